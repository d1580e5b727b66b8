"""What travels between the machine that leads a batch and those that make its workbooks."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.batch.facts import AreaFacts
    from scorecard_xl.batch.outcome import Failure

# Beside the workbooks: what a run needs, and what it leaves for the next.
WORK_FOLDER = ".batch"
_NONE = "-"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Place:
    """Where a batch works: its folder, which all who work on it see, and how it fills.

    `template` is the SHA-256 of the template, of which a copy lies in the work
    folder; `template_name` is what its owner calls it.
    """

    folder: Path
    template: str
    template_name: str
    suffix: str
    fill: str | None

    @property
    def work_folder(self) -> Path:
        """Where the template and the parts of the manifest lie."""
        return self.folder / WORK_FOLDER

    @property
    def template_path(self) -> Path:
        """The copy of the template that workbooks are made from."""
        return self.work_folder / f"template{self.suffix}"


class Order(NamedTuple):
    """A workbook to be made: from what, under which name, known by which fingerprint."""

    facts: AreaFacts
    file: str
    fingerprint: str


class Task(NamedTuple):
    """Orders that are carried out together."""

    number: int
    orders: tuple[Order, ...]


class Shown(NamedTuple):
    """The letters and arrows of a scorecard, a character an indicator, ``-`` for none."""

    rag: str
    previous: str
    outturn: str

    @classmethod
    def of(cls, *columns: list[str | None]) -> Shown:
        """Pack columns of letters, and of arrows."""
        return cls(*("".join([each or _NONE for each in column]) for column in columns))


class Entry(NamedTuple):
    """A line of the manifest: a workbook, what it was made from, and what it shows.

    `pdf` is the SHA-256 of the workbook that its PDF was printed from.
    """

    file: str
    area: str
    as_at: str
    fingerprint: str
    sha256: str
    rag: str
    previous: str
    outturn: str
    warnings: int
    pdf: str = ""

    def to_line(self) -> bytes:
        """The entry as a line of JSON."""
        return json.dumps(self._asdict(), ensure_ascii=False).encode() + b"\n"

    @classmethod
    def of_line(cls, line: bytes) -> Entry | None:
        """Read a line; None where a run was killed while it wrote it."""
        try:
            return cls(**json.loads(line))
        except (ValueError, TypeError):
            return None


class TaskDone(NamedTuple):
    """What a task came to."""

    number: int
    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...]
