"""Long tables taken in: rows that can be told apart into the store, the others told."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.batch.entries import count_of, day_of, figure_of, label_of
from scorecard_xl.batch.facts import Published, Target
from scorecard_xl.batch.long_tables import Columns, LongRow, long_rows
from scorecard_xl.batch.outcome import Failure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scorecard_xl.batch.store import Store

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
        for row in long_rows(path, COUNTS):
            code, value, area, day = row.cells
            name, code = label_of(area) or self.area, label_of(code)
            as_at = self.as_at if day is None or day == "" else self._day(day)
            if as_at is None:
                self._tell(row, f"as_at {day!r} is not a date; write dates as 2013-01-31.")
            elif not code:
                self._tell(row, f"the row of {name} names no code; give it one.")
            else:
                self.store.add_count(name, as_at, code, count_of(value))
        self.store.settle()
        self._tell_rest()

    def history(self, path: Path) -> None:
        """Take results published before in."""
        self.store.add_own("history", self._history(path))
        self._tell_rest()

    def targets(self, path: Path) -> None:
        """Take targets in."""
        self.store.add_own("targets", self._targets(path))
        self._tell_rest()

    def _history(self, path: Path) -> Iterator[tuple[str, Published]]:
        for row in long_rows(path, HISTORY):
            day, indicator, result, area, numerator, denominator, target, *rest = row.cells
            as_at, code = self._day(day), label_of(indicator)
            if as_at is None:
                self._tell(row, f"as_at {day!r} is not a date; write dates as 2013-01-31.")
                continue
            hundredths = not row.is_typed and self.in_hundredths.get(code.lower(), False)
            rag, restated, status = rest
            yield (
                label_of(area),
                Published(
                    as_at,
                    code,
                    figure_of(result, in_hundredths=hundredths),
                    figure_of(numerator, in_hundredths=False),
                    figure_of(denominator, in_hundredths=False),
                    figure_of(target, in_hundredths=hundredths),
                    label_of(rag) or None,
                    figure_of(restated, in_hundredths=hundredths),
                    label_of(status) or None,
                ),
            )

    def _targets(self, path: Path) -> Iterator[tuple[str, Target]]:
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
            yield label_of(area), Target(code, *figures)

    def _day(self, cell: object) -> dt.date | None:
        """A date; each is read once."""
        if cell not in self._days:
            self._days[cell] = day_of(cell)
        return self._days[cell]

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
