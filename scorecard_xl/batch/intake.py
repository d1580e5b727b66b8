"""Long tables taken in: rows that can be told apart into the store, the others told."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

from scorecard_xl.batch.entries import count_of, day_of, figure_of, flaw_of_area, label_of
from scorecard_xl.batch.facts import Target
from scorecard_xl.batch.long_tables import Columns, LongRow, LongRows, long_rows, long_tables
from scorecard_xl.batch.outcome import Failure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scorecard_xl.batch.store import Store
    from scorecard_xl.workbook.cell_content import Value

COUNTS = Columns(("code", "value"), ("area", "as_at"))
HISTORY = Columns(
    ("as_at", "indicator", "result"),
    ("area", "numerator", "denominator", "target", "rag", "restated", "status"),
)
TARGETS = Columns(("indicator", "target"), ("area", "floor", "green_tolerance", "amber_tolerance"))
_MOST_TOLD = 20


@dataclasses.dataclass(kw_only=True)
class Intake:
    """Takes tables in, for a template whose own area and date stand where a table has none.

    `in_hundredths` says of each indicator, by its code in small letters,
    whether a bare 69.5 in text is 0.695; `bands_in_hundredths` says it of its
    tolerances.
    """

    store: Store
    area: str
    as_at: dt.date
    in_hundredths: Mapping[str, bool]
    bands_in_hundredths: Mapping[str, bool]
    failures: list[Failure] = dataclasses.field(default_factory=list)
    _untold: int = 0
    _days: dict[object, dt.date | None] = dataclasses.field(default_factory=dict)

    def counts(self, path: Path) -> None:
        """Take the counts in."""
        for rows in long_tables(path, COUNTS):
            codes, values, areas, days = rows.columns
            counts = list(zip(map(label_of, codes), map(count_of, values), strict=True))
            labels = list(map(label_of, areas))
            # Where others name theirs, a row that names none is not the template's area's.
            names = labels if any(labels) else [self.area] * len(labels)
            for own in _runs(list(zip(names, days, strict=True))):
                self._counts_of_run(rows, own, names[own.start], counts[own])
        self.store.settle()
        self._tell_rest()

    def _counts_of_run(
        self, rows: LongRows, own: slice, name: str, counts: list[tuple[str, Value]]
    ) -> None:
        """Take in rows that follow each other and are of one area and date."""
        *_, days = rows.columns
        day = days[own.start]
        as_at = self.as_at if day is None or day == "" else self._day(day)
        flaw = flaw_of_area(name) if name else "the row names no area; give it one."
        if flaw is not None:
            self._tell(rows.row(own.start), flaw)
            return
        for place, (code, _) in enumerate(counts, own.start):
            if as_at is None:
                self._tell_of_day(rows.row(place), day)
            elif not code:
                self._tell(rows.row(place), f"the row of {name} names no code; give it one.")
        if as_at is not None:
            self.store.add_counts(name, as_at, [each for each in counts if each[0]])

    def history(self, path: Path) -> None:
        """Take results published before in."""
        self.store.add_own("history", self._history(path))
        self._tell_rest()

    def targets(self, path: Path) -> None:
        """Take targets in."""
        self.store.add_own("targets", self._targets(path))
        self._tell_rest()

    def _history(self, path: Path) -> Iterator[tuple[str, Sequence[Sequence[Value]]]]:
        """The fields of `Published`, dates in ISO form, of rows that follow each other."""
        for rows in long_tables(path, HISTORY):
            days, indicators, result, areas, numerator, denominator, target, *rest = rows.columns
            dates = [None if day is None else day.isoformat() for day in map(self._day, days)]
            codes = list(map(label_of, indicators))
            fractions = {code: not rows.is_typed and self.in_hundredths.get(code.lower(), False)
                         for code in set(codes)}  # fmt: skip
            in_hundredths = [fractions[code] for code in codes]
            as_they_are = [False] * len(codes)
            rag, restated, status = rest
            published = list(
                zip(
                    dates,
                    codes,
                    _figures(result, in_hundredths),
                    _figures(numerator, as_they_are),
                    _figures(denominator, as_they_are),
                    _figures(target, in_hundredths),
                    [label_of(cell) or None for cell in rag],
                    _figures(restated, in_hundredths),
                    [label_of(cell) or None for cell in status],
                    strict=True,
                )
            )
            for place, (date, code, *_) in enumerate(published):
                if date is None:
                    self._tell_of_day(rows.row(place), days[place])
                elif not code:
                    self._tell(rows.row(place), "the row names no indicator; give it one.")
            names = list(map(label_of, areas))
            for own in _runs(names):
                yield names[own.start], [row for row in published[own] if row[0] and row[1]]

    def _targets(self, path: Path) -> Iterator[tuple[str, list[Target]]]:
        for row in long_rows(path, TARGETS):
            indicator, target, area, floor, *bands = row.cells
            code = label_of(indicator)
            if code.lower() not in self.in_hundredths:
                self._tell(row, f"{code!r} is not among the indicators; correct the code.")
                continue
            hundredths = not row.is_typed and self.in_hundredths[code.lower()]
            of_bands = not row.is_typed and self.bands_in_hundredths[code.lower()]
            figures = [figure_of(cell, in_hundredths=hundredths) for cell in (target, floor)]
            figures += [figure_of(cell, in_hundredths=of_bands) for cell in bands]
            yield label_of(area), [Target(code, *figures)]

    def _day(self, cell: object) -> dt.date | None:
        """A date; each is read once."""
        if cell not in self._days:
            self._days[cell] = day_of(cell)
        return self._days[cell]

    def _tell_of_day(self, row: LongRow, day: object) -> None:
        self._tell(row, f"as_at {day!r} is not a date; write dates as 2013-01-31.")

    def _tell(self, row: LongRow, reason: str) -> None:
        if len(self.failures) < _MOST_TOLD:
            self.failures.append(Failure(whose=row.place, reasons=(reason,)))
        else:
            self._untold += 1

    def _tell_rest(self) -> None:
        if self._untold:
            reason = f"{self._untold:,} more lines cannot be used; put those above right first."
            self.failures.append(Failure(whose="The tables", reasons=(reason,)))
            self._untold = 0


def _runs(keys: Sequence[object]) -> Iterator[slice]:
    """The rows that follow each other and are alike."""
    starts = [0, *(place for place, (before, own) in enumerate(itertools.pairwise(keys), 1)
                   if own != before)]  # fmt: skip
    for start, end in itertools.pairwise([*starts, len(keys)]):
        yield slice(start, end)


def _figures(cells: Sequence[object], in_hundredths: Sequence[bool]) -> Sequence[Value]:
    """A column of figures, each in the units of its indicator."""
    if cells.count(None) == len(cells):
        return [None] * len(cells)
    return [figure_of(cell, in_hundredths=own)
            for cell, own in zip(cells, in_hundredths, strict=True)]  # fmt: skip
