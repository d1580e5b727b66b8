"""What a batch did: what was made, what was up to date, what failed and why."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_TOLD_APART = 3


@dataclasses.dataclass(frozen=True, kw_only=True)
class Failure:
    """Something that was not made; every reason is a sentence that says what would do.

    `whose` names the area and its date, or the line of a table that no area
    could be told from.
    """

    whose: str
    reasons: tuple[str, ...]


class Shared(NamedTuple):
    """A reason, and all who have it, in the order of their names."""

    reason: str
    whose: list[str]

    @property
    def is_told_once(self) -> bool:
        """Whether so many have it that a sentence for each would tell nothing more."""
        return len(self.whose) > _TOLD_APART

    def sentences(self) -> list[str]:
        """A sentence for each who has it, or one for all."""
        if self.is_told_once:
            return [f"{self.whose[0]} and {len(self.whose) - 1:,} more: {self.reason}"]
        return [f"{each}: {self.reason}" for each in self.whose]


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

    def reasons(self) -> list[Shared]:
        """Every reason of the failures once, in the order in which they come first."""
        found: dict[str, Shared] = {}
        for failure in self.failures:
            for reason in failure.reasons:
                found.setdefault(reason, Shared(reason, [])).whose.append(failure.whose)
        # Several processes finish in any order.
        return [shared._replace(whose=sorted(shared.whose)) for shared in found.values()]
