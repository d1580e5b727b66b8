"""Facts kept on disk by area and date while a batch runs, so that no table need fit in memory."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from scorecard_xl.batch.facts import AreaFacts, Published, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from scorecard_xl.workbook.cell_content import Value

_SCHEMA = """
    CREATE TABLE units (
        id INTEGER PRIMARY KEY, area TEXT, key TEXT, as_at TEXT, is_parent INTEGER,
        UNIQUE (key, as_at)
    );
    CREATE TABLE pieces (unit INTEGER, counts TEXT, sources TEXT);
    CREATE INDEX pieces_of_unit ON pieces (unit);
    CREATE TABLE own (key TEXT, kind TEXT, rows TEXT);
    CREATE INDEX own_of_area ON own (key, kind);
"""
_ROWS_KEPT = 200_000


class Unit(NamedTuple):
    """One scorecard to be made: its number, its area, its date, and whether it is added up."""

    id: int
    area: str
    as_at: dt.date
    is_parent: bool


class Store:
    """Counts, histories and targets by area, in a file that goes when the batch is done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        self._waiting: dict[int, list[tuple[str, Value]]] = {}
        self._rows_waiting = 0
        self._ids: dict[tuple[str, dt.date], int] = {}
        self._days: dict[str, dt.date] = {}
        self.has_history = self.has_targets = False

    def __enter__(self) -> Self:
        """Use it in a `with` block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it and take its file away."""
        self._db.close()
        self._path.unlink(missing_ok=True)

    @property
    def database(self) -> sqlite3.Connection:
        """The database, for what else a batch looks up while it runs."""
        return self._db

    def number_of_units(self) -> int:
        """How many scorecards there are to make."""
        found: tuple[int] = self._db.execute("SELECT COUNT(*) FROM units").fetchone()
        return found[0]

    def add_counts(self, area: str, as_at: dt.date, counts: Sequence[tuple[str, Value]]) -> None:
        """Keep counts by their codes; `settle` must be called before anything is read."""
        if not counts:
            return
        key = (area, as_at)
        if len(self._ids) >= _ROWS_KEPT:
            self._ids.clear()
        if key not in self._ids:
            self._ids[key] = self._unit(area, as_at, is_parent=False)
        self._waiting.setdefault(self._ids[key], []).extend(counts)
        self._rows_waiting += len(counts)
        if self._rows_waiting >= _ROWS_KEPT:
            self.settle()

    def settle(self) -> None:
        """Put what waits on disk."""
        pieces = ((unit, json.dumps(counts)) for unit, counts in self._waiting.items())
        with self._transaction():
            self._db.executemany("INSERT INTO pieces (unit, counts) VALUES (?, ?)", pieces)
        self._waiting, self._rows_waiting = {}, 0

    def add_parent(
        self, area: str, as_at: dt.date, counts: Mapping[str, Value], sources: Mapping[str, str]
    ) -> None:
        """Keep counts that were added up, with what each is a sum of."""
        unit = self._unit(area, as_at, is_parent=True)
        self._db.execute("UPDATE units SET is_parent = 1 WHERE id = ?", (unit,))
        self._db.execute("DELETE FROM pieces WHERE unit = ?", (unit,))
        kept = (unit, json.dumps(list(counts.items())), json.dumps(dict(sources)))
        self._db.execute("INSERT INTO pieces VALUES (?, ?, ?)", kept)

    def remove(self, area: str, as_at: dt.date) -> None:
        """Make no scorecard of an area at a date."""
        key = (_key(area), as_at.isoformat())
        self._db.execute("DELETE FROM units WHERE key = ? AND as_at = ?", key)

    def add_own(self, kind: str, rows: Iterable[tuple[str, Sequence[Sequence[Value]]]]) -> None:
        """Keep the history or the targets of areas; those of no area, "", are everyone's.

        Of each row the fields of `Published`, its date in ISO form, or of `Target`.
        """
        waiting: dict[str, list[Sequence[Value]]] = {}
        count = 0
        for area, own in rows:
            waiting.setdefault(_key(area), []).extend(own)
            count += len(own)
            if count >= _ROWS_KEPT:
                self._keep_own(kind, waiting)
                waiting, count = {}, 0
        self._keep_own(kind, waiting)
        if kind == "history":
            self.has_history = True
        else:
            self.has_targets = True

    def _keep_own(self, kind: str, rows: Mapping[str, list[Sequence[Value]]]) -> None:
        kept = ((key, kind, json.dumps(own)) for key, own in rows.items())
        with self._transaction():
            self._db.executemany("INSERT INTO own VALUES (?, ?, ?)", kept)

    def units(self) -> Iterator[Unit]:
        """Every scorecard there is to make: parents first, then in the order of the tables."""
        query = "SELECT id, area, as_at, is_parent FROM units ORDER BY is_parent DESC, id"
        for number, area, as_at, is_parent in self._db.execute(query):
            yield Unit(number, area, dt.date.fromisoformat(as_at), bool(is_parent))

    def units_at(self, as_at: dt.date, *, start: int, count: int) -> Iterator[Unit]:
        """So many of the scorecards of one date, in the same order."""
        query = (
            "SELECT id, area, is_parent FROM units WHERE as_at = ? "
            "ORDER BY is_parent DESC, id LIMIT ? OFFSET ?"
        )
        for number, area, is_parent in self._db.execute(query, (as_at.isoformat(), count, start)):
            yield Unit(number, area, as_at, bool(is_parent))

    def areas(self) -> list[str]:
        """The areas there are, in the order of the tables."""
        found = self._db.execute("SELECT area FROM units GROUP BY key ORDER BY MIN(id)")
        return [area for (area,) in found]

    def areas_without_counts(self) -> dict[str, list[str]]:
        """Areas, in small letters, of the history or the targets that have no scorecard."""
        query = (
            "SELECT kind, key FROM own WHERE key != '' AND key NOT IN (SELECT key FROM units) "
            "GROUP BY kind, key ORDER BY MIN(rowid)"
        )
        found: dict[str, list[str]] = {}
        for kind, key in self._db.execute(query):
            found.setdefault(kind, []).append(key)
        return found

    def dates_and_numbers(self) -> list[tuple[dt.date, int]]:
        """The dates there are, and how many scorecards each has."""
        found = self._db.execute("SELECT as_at, COUNT(*) FROM units GROUP BY as_at ORDER BY as_at")
        return [(dt.date.fromisoformat(as_at), count) for as_at, count in found]

    def dates(self) -> list[dt.date]:
        """The dates there are."""
        return [as_at for as_at, _ in self.dates_and_numbers()]

    def counts(self, area: str, as_at: dt.date) -> list[tuple[str, Value]] | None:
        """The counts of an area at a date as they were given, None where there is no row."""
        query = "SELECT id FROM units WHERE key = ? AND as_at = ?"
        found = self._db.execute(query, (_key(area), as_at.isoformat())).fetchone()
        return None if found is None else self._pieces(found[0])[0]

    def facts(self, unit: Unit) -> tuple[AreaFacts, list[str]]:
        """The facts of a scorecard, and what of them was given more than once."""
        given, sources = self._pieces(unit.id)
        counts: dict[str, Value] = {}
        known: set[str] = set()
        twice: dict[str, None] = {}
        for code, value in given:
            folded = code.casefold()
            if folded in known:
                twice[folded] = None
            known.add(folded)
            counts[code] = value
        history = self._history(unit, twice) if self.has_history else None
        targets = self._targets(unit.area, twice) if self.has_targets else None
        facts = AreaFacts(
            area=unit.area,
            as_at=unit.as_at,
            counts=counts,
            history=history,
            targets=targets,
            sources=sources,
        )
        return facts, list(twice)

    def _pieces(self, unit: int) -> tuple[list[tuple[str, Value]], dict[str, str]]:
        query = "SELECT counts, sources FROM pieces WHERE unit = ? ORDER BY rowid"
        counts: list[tuple[str, Value]] = []
        sources: dict[str, str] = {}
        for piece, named in self._db.execute(query, (unit,)):
            counts += [(code, value) for code, value in json.loads(piece)]
            sources |= json.loads(named) if named else {}
        return counts, sources

    def _history(self, unit: Unit, twice: dict[str, None]) -> tuple[Published, ...]:
        """Results by date and indicator, the area's own before everyone's."""
        last, days = unit.as_at.isoformat(), self._days
        found: dict[tuple[str, str], list[Any]] = {}
        for own in self._own(unit.area, "history"):
            rows = [row for row in own if row[0] <= last]
            by_key = {(row[0], row[1].casefold()): row for row in rows}
            if len(by_key) < len(rows):
                keys = [(row[0], row[1].casefold()) for row in rows]
                again = {key: None for key, times in Counter(keys).items() if times > 1}
                twice |= {f"history of {code} as at {day}": None for day, code in again}
            found |= by_key
        rows = list(found.values())
        for row in rows:
            day = days.get(row[0])
            if day is None:
                day = days[row[0]] = dt.date.fromisoformat(row[0])
            row[0] = day
        return tuple(map(Published._make, rows))

    def _targets(self, area: str, twice: dict[str, None]) -> tuple[Target, ...]:
        """Targets by indicator, the area's own before everyone's."""
        found: dict[str, Target] = {}
        for rows in self._own(area, "targets"):
            times = Counter(row[0].casefold() for row in rows)
            twice |= {f"target of {code}": None for code, number in times.items() if number > 1}
            found |= {row[0].casefold(): Target(*row) for row in rows}
        return tuple(found.values())

    def _own(self, area: str, kind: str) -> Iterator[list[list[Any]]]:
        """The rows that are everyone's, then those of an area."""
        query = "SELECT rows FROM own WHERE key = ? AND kind = ? ORDER BY rowid"
        for key in ("", _key(area)):
            kept = self._db.execute(query, (key, kind))
            yield [row for (rows,) in kept for row in json.loads(rows)]

    def _unit(self, area: str, as_at: dt.date, *, is_parent: bool) -> int:
        day = as_at.isoformat()
        new = (area, _key(area), day, is_parent)
        insert = "INSERT OR IGNORE INTO units (area, key, as_at, is_parent) VALUES (?, ?, ?, ?)"
        self._db.execute(insert, new)
        query = "SELECT id FROM units WHERE key = ? AND as_at = ?"
        found: tuple[int] = self._db.execute(query, (_key(area), day)).fetchone()
        return found[0]

    def _transaction(self) -> sqlite3.Connection:
        self._db.execute("BEGIN")
        return self._db


def _key(area: str) -> str:
    """What tells areas apart: their names without case, as the rules have it."""
    return area.strip().lower()
