"""What a roll writes to History: rows for the period closed, and whether they are final."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.rolling.history_rows import HistoryLayout, rows_by_code
from scorecard_xl.rules.periods import british_date
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.history_notes import FINAL, PROVISIONAL, is_provisional
from scorecard_xl.workbook.inputs import HISTORY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rolling.history_rows import PeriodResult
    from scorecard_xl.rolling.periods import YearEnd
    from scorecard_xl.rules import Settings
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.inputs import Inputs, Located


@dataclasses.dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """The rows to put below the first `after` of History, with their number formats."""

    located: Located
    rows: Sequence[Sequence[Content]]
    formats: Sequence[Sequence[str | None]]
    after: int
    added: int

    def write(self, workbook: Workbook) -> None:
        """Have the table grow by them."""
        if self.rows:
            name = self.located.name
            workbook.extend_table(name, self.rows, self.formats, after=self.after)

    def said_final(self, settings: Settings) -> StatusEntry:
        """The rows of this year's outturn that are to be final from now on.

        Raises
        ------
        RefusedError
            None of them is provisional.
        """
        values, day = self.located.values, settings.outturn_as_at
        statuses = values.get("status", [None] * len(values["as_at"]))
        rows = [
            row
            for row, (as_at, status) in enumerate(zip(values["as_at"], statuses, strict=True))
            if as_at == day and is_provisional(status)
        ]
        if not rows:
            message = f"History holds no provisional result as at {british_date(day)}."
            raise RefusedError(message)
        return StatusEntry(self.located, tuple(rows))


@dataclasses.dataclass(frozen=True)
class StatusEntry:
    """Rows of History that are to be final."""

    located: Located
    rows: tuple[int, ...]

    def write(self, workbook: Workbook) -> None:
        """Say so under Status, run by run."""
        area, left = self.located.area, self.located.columns["status"]
        start = 0
        for i in range(1, len(self.rows) + 1):
            if i == len(self.rows) or self.rows[i] != self.rows[i - 1] + 1:
                block: list[list[Content]] = [[FINAL] for _ in range(i - start)]
                workbook.write_block(area.sheet, area.top + self.rows[start], left, block)
                start = i


def history_entry(
    workbook: Workbook,
    inputs: Inputs,
    settings: Settings,
    results: Sequence[PeriodResult],
    year_end: YearEnd | None,
) -> HistoryEntry:
    """Make the rows of a period, but for what History holds of it already.

    The last period of a reporting year is its outturn, and provisional; where
    the year does not end with it, the outturn has rows of its own.
    """
    located, history = inputs.tables[HISTORY.name], inputs.columns(HISTORY)
    after = _filled_rows(history)
    layout = _layout(workbook, located, after)
    outturn = year_end.last_day if year_end is not None and year_end.is_outturn else None
    days = [settings.as_at, *([outturn] if outturn not in (None, settings.as_at) else [])]
    rows, formats, added = [], [], 0
    for day in days:
        if day is None:
            continue
        held = rows_by_code(history, day)
        new = [result for result in results if result.code.casefold() not in held]
        status = PROVISIONAL if day == outturn else None
        rows += [layout.row(result, as_at=day, status=status) for result in new]
        formats += [layout.formats(result) for result in new]
        added += len(new) if day == settings.as_at else 0
    return HistoryEntry(located=located, rows=rows, formats=formats, after=after, added=added)


def _filled_rows(history: Mapping[str, Sequence[Any]]) -> int:
    """How many rows there are down to the last that holds anything."""
    filled = len(history["as_at"])
    columns = [history[key] for key in ("as_at", "indicator", "result")]
    while filled and all(column[filled - 1] is None for column in columns):
        filled -= 1
    return filled


def _layout(workbook: Workbook, located: Located, after: int) -> HistoryLayout:
    area = located.area
    row = area.top + max(after - 1, 0)
    headings, last = (
        workbook.read_block(dataclasses.replace(area, top=number, bottom=number))[0]
        for number in (area.top - 1, row)
    )
    names = [str(value_of(heading) or "") for heading in headings]
    return HistoryLayout.of(names, day_0=workbook.date_of(0).date(), last_row=last)
