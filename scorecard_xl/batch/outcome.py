"""What a batch did: what was made, what was up to date, what failed and why."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclasses.dataclass(frozen=True, kw_only=True)
class Failure:
    """Something that was not made; every reason is a sentence that says what would do.

    `whose` names the area and its date, or the line of a table that no area
    could be told from.
    """

    whose: str
    reasons: tuple[str, ...]

    def sentences(self) -> list[str]:
        """Each reason with whose it is."""
        return [f"{self.whose}: {reason}" for reason in self.reasons]


@dataclasses.dataclass(kw_only=True)
class Outcome:
    """How a batch ended.

    `kept` are files that were changed by hand since they were made from the
    same facts, and were left alone; `notes` are sentences on the whole. `report` is
    a text file with every note and failure, where there are any.
    """

    folder: Path
    made: int = 0
    up_to_date: int = 0
    kept: int = 0
    warnings: int = 0
    failures: list[Failure] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    indexes: list[Path] = dataclasses.field(default_factory=list)
    pdfs: int = 0
    seconds: float = 0.0
    report: Path | None = None
    is_stopped: bool = False
