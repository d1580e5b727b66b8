"""The manifest of a batch's folder: which workbooks are there, and what each was made from."""

from __future__ import annotations

import hashlib
from enum import Enum
from typing import TYPE_CHECKING

from scorecard_xl.batch.records import Entry
from scorecard_xl.batch.tasks import PART_SUFFIX, part_path
from scorecard_xl.engines.file.many_saving import append_lines
from scorecard_xl.engines.file.saving import save_new

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scorecard_xl.batch.records import Place

NAME = "manifest.jsonl"
_SCHEMA = """
    CREATE TABLE made (file TEXT PRIMARY KEY, line BLOB);
    CREATE TABLE current (file TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE known (file TEXT, sha256 TEXT, PRIMARY KEY (file, sha256)) WITHOUT ROWID;
"""
_LINES_AT_A_TIME = 10_000


class Standing(Enum):
    """How a workbook that is asked for stands."""

    TO_MAKE = "to make"
    UP_TO_DATE = "up to date"
    CHANGED_BY_HAND = "changed by hand"
    NOT_OURS = "not made by a batch"
    IN_THE_WAY = "changed by hand, and its facts have changed, too"


class Manifest:
    """The lines of JSON in the folder, the last of a file counting, kept in a database to look up.

    Lines are only added while a batch runs, each before its workbook is put in
    place; `settle` writes one a workbook.
    """

    def __init__(self, place: Place, db: sqlite3.Connection) -> None:
        self._path, self._place, self._db = place.work_folder / NAME, place, db
        db.executescript(_SCHEMA)
        self._take_in(_lines_of(self._path))
        self.take_parts()

    def take_parts(self) -> None:
        """Take over what tasks told that nobody took over: their run was stopped."""
        for part in sorted(self._place.work_folder.glob(f"*{PART_SUFFIX}")):
            self.add(filter(None, map(Entry.of_line, _lines_of(part))))
            part.unlink()

    def take_over(self, number: int, entries: Iterable[Entry]) -> None:
        """Take over what a task made; it need not be told apart from now on."""
        made = list(entries)
        self.add(made)
        self._note_current([entry.file for entry in made])
        part_path(self._place, number).unlink(missing_ok=True)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add what was made."""
        lines = b"".join([entry.to_line() for entry in entries])
        if lines:
            # A run that was killed may have left half a line.
            append_lines(self._path, b"\n" + lines)
            self._take_in(lines.splitlines())

    def _take_in(self, lines: Iterable[bytes]) -> None:
        self._db.execute("BEGIN")
        with self._db:
            for line in lines:
                entry = Entry.of_line(line)
                if entry is not None:
                    self._db.execute(
                        "INSERT OR REPLACE INTO made VALUES (?, ?)", (entry.file, entry.to_line())
                    )
                    self._db.execute(
                        "INSERT OR IGNORE INTO known VALUES (?, ?)", (entry.file, entry.sha256)
                    )

    def entry(self, file: str) -> Entry | None:
        """The last line of a workbook."""
        found = self._db.execute("SELECT line FROM made WHERE file = ?", (file,)).fetchone()
        return None if found is None else Entry.of_line(found[0])

    def current(self, file: str) -> Entry | None:
        """The last line of a workbook that this run asked for and found, or made."""
        is_current = self._db.execute("SELECT 1 FROM current WHERE file = ?", (file,)).fetchone()
        return self.entry(file) if is_current else None

    def standing(self, file: str, fingerprint: str) -> Standing:
        """Whether a workbook is there as a batch made it from facts with that fingerprint."""
        held = _sha256_of(self._place.folder / file)
        if held is None:
            return Standing.TO_MAKE
        entry = self.entry(file)
        if entry is None:
            return Standing.NOT_OURS
        is_same = entry.fingerprint == fingerprint
        if is_same and held == entry.sha256:
            self._note_current([file])
            return Standing.UP_TO_DATE
        known = "SELECT 1 FROM known WHERE file = ? AND sha256 = ?"
        if self._db.execute(known, (file, held)).fetchone():
            return Standing.TO_MAKE
        if not is_same:
            return Standing.IN_THE_WAY
        self._note_current([file])
        return Standing.CHANGED_BY_HAND

    def _note_current(self, files: Iterable[str]) -> None:
        self._db.execute("BEGIN")
        with self._db:
            self._db.executemany("INSERT OR IGNORE INTO current VALUES (?)", zip(files))

    def settle(self) -> None:
        """Write the manifest anew, a line for each workbook that is still there."""
        save_new(self._path, b"".join(self._standing_lines()), overwrite=True)

    def _standing_lines(self) -> Iterator[bytes]:
        for file, line in self._db.execute("SELECT file, line FROM made ORDER BY file"):
            if (self._place.folder / file).exists():
                yield line


def _lines_of(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as lines:
            yield from lines


def _sha256_of(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
