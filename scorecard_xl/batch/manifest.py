"""The manifest of a batch's folder: which workbooks are there, and what each was made from."""

from __future__ import annotations

import hashlib
from enum import Enum
from typing import TYPE_CHECKING

from scorecard_xl.batch.records import Entry
from scorecard_xl.batch.tasks import PART_SUFFIX, part_path
from scorecard_xl.engines.file.many_saving import append_lines, save_each
from scorecard_xl.engines.file.saving import real_path, save_new
from scorecard_xl.exceptions import RefusedError

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
    READ = "read by this batch"


class Manifest:
    """The lines of JSON in the folder, the last of a file counting, kept in a database to look up.

    Lines are only added while a batch runs, each before its file is put in
    place; `settle` writes one a file. Files of the folder that are `read` by
    the batch, such as its template, are never replaced.
    """

    def __init__(self, place: Place, db: sqlite3.Connection, *, read: Iterable[Path]) -> None:
        self._path, self._place, self._db = place.work_folder / NAME, place, db
        self._read = _names_in(place.folder, read)
        db.executescript(_SCHEMA)
        self._take_in(_lines_of(self._path))
        self.take_parts()

    def take_parts(self) -> list[Entry]:
        """Take over what tasks told that nobody took over; gives what of it is in place."""
        in_place = []
        for part in sorted(self._place.work_folder.glob(f"*{PART_SUFFIX}")):
            entries = list(filter(None, map(Entry.of_line, _lines_of(part))))
            self.add(entries)
            in_place += [
                entry
                for entry in entries
                if _sha256_of(self._place.folder / entry.file) == entry.sha256
            ]
            part.unlink()
        return in_place

    def put(self, file: str, data: bytes, *, overwrite: bool) -> None:
        """Put a file of the batch's own in place, known as such beforehand.

        Raises
        ------
        RefusedError
            There is one that no batch made, or that was changed by hand, and not
            `overwrite`; or it is one that the batch reads.
        """
        self._refuse_anothers(file, overwrite=overwrite)
        self.add([Entry(file, "", "", "", hashlib.sha256(data).hexdigest(), "", "", "", 0)])
        save_each(self._place.folder, [(file, data)])

    def take_away(self, file: str) -> None:
        """Remove a file of the batch's own; one that is not stays."""
        try:
            self._refuse_anothers(file, overwrite=False)
        except RefusedError:
            return
        (self._place.folder / file).unlink(missing_ok=True)

    def _refuse_anothers(self, file: str, *, overwrite: bool) -> None:
        if file.casefold() in self._read:
            message = f"{file} is there, {Standing.READ.value}; choose another folder."
            raise RefusedError(message)
        held = _sha256_of(self._place.folder / file)
        if held is not None and not overwrite and not self._knows(file, held):
            message = (
                f"{file} is there, and is not as a batch made it; move it away, or --force to "
                "replace it."
            )
            raise RefusedError(message)

    def take_over(self, number: int, entries: Iterable[Entry]) -> None:
        """Take over what a task made; it need not be told apart from now on."""
        made = list(entries)
        self.add(made)
        self.note_current([entry.file for entry in made])
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
        if file.casefold() in self._read:
            return Standing.READ
        held = _sha256_of(self._place.folder / file)
        if held is None:
            return Standing.TO_MAKE
        entry = self.entry(file)
        if entry is None:
            return Standing.NOT_OURS
        is_same = entry.fingerprint == fingerprint
        if is_same and held == entry.sha256:
            self.note_current([file])
            return Standing.UP_TO_DATE
        if self._knows(file, held):
            return Standing.TO_MAKE
        if not is_same:
            return Standing.IN_THE_WAY
        self.note_current([file])
        return Standing.CHANGED_BY_HAND

    def _knows(self, file: str, checksum: str) -> bool:
        """Whether a batch made a file of that name and checksum."""
        known = "SELECT 1 FROM known WHERE file = ? AND sha256 = ?"
        return self._db.execute(known, (file, checksum)).fetchone() is not None

    def note_current(self, files: Iterable[str]) -> None:
        """Note workbooks that this run asked for and that are there as it wants them."""
        self._db.execute("BEGIN")
        with self._db:
            self._db.executemany("INSERT OR IGNORE INTO current VALUES (?)", zip(files))

    def settle(self) -> None:
        """Write the manifest anew, a line for each file that is still there."""
        save_new(self._path, b"".join(self._standing_lines()), overwrite=True)

    def _standing_lines(self) -> Iterator[bytes]:
        for file, line in self._db.execute("SELECT file, line FROM made ORDER BY file"):
            if (self._place.folder / file).exists():
                yield line


def _lines_of(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as lines:
            yield from lines


def _names_in(folder: Path, paths: Iterable[Path]) -> set[str]:
    """The names without case of those paths that lie in the folder."""
    return {path.name.casefold() for path in map(real_path, paths) if path.parent == folder}


def _sha256_of(path: Path) -> str | None:
    """The checksum of a file: None where there is none, nothing where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError:
        return ""
