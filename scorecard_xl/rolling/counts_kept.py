"""Last period's counts: kept beside the new ones, or emptied."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.problems import Problem, Severity
from scorecard_xl.workbook.cell_content import ErrorValue, Formula, NotCalculated, value_of
from scorecard_xl.workbook.counts_entry import runs_without_formulas
from scorecard_xl.workbook.input_problems import heading_key

if TYPE_CHECKING:
    from scorecard_xl.workbook.cell_content import Content, Value
    from scorecard_xl.workbook.engine import Table, Workbook

# The column of Counts that holds what each count was in the period before.
PREVIOUS_VALUE = "previous_value"


@dataclasses.dataclass(frozen=True, kw_only=True)
class KeptCounts:
    """What is to be written to Counts, column by column: where, what stands there, what will.

    `kept` counts the values there are, `emptied` those that go.
    """

    sheet: str
    top: int
    columns: tuple[tuple[int, list[Content], list[Content]], ...]
    kept: int
    emptied: int
    warnings: tuple[Problem, ...]

    def write(self, workbook: Workbook) -> None:
        """Write them, around the formulas, which stay to the letter."""
        for left, before, after in self.columns:
            for start, end in runs_without_formulas(before):
                block = [[content] for content in after[start:end]]
                workbook.write_block(self.sheet, self.top + start, left, block)


def counts_kept(workbook: Workbook, table: Table, *, clear: bool) -> KeptCounts:
    """Keep each count under Previous value; with `clear`, empty those that are typed."""
    keys = [heading_key(heading) for heading in table.headings]

    def column(key: str) -> tuple[int, list[Content]]:
        left = table.area.left + keys.index(key)
        area = dataclasses.replace(table.area, left=left, right=left)
        return left, [row[0] for row in workbook.read_block(area)]

    _, values = column("value")
    is_typed = [not isinstance(content, Formula) for content in values]
    columns: list[tuple[int, list[Content], list[Content]]] = []
    if PREVIOUS_VALUE in keys:
        columns.append((*column(PREVIOUS_VALUE), list(map(_plain, values))))
    for key in ("value", "extracted") if clear else ():
        if key in keys:
            left, before = column(key)
            kept = [None if typed else old for typed, old in zip(is_typed, before, strict=True)]
            columns.append((left, before, kept))
    filled = [content not in (None, "") for content in values]
    return KeptCounts(
        sheet=table.area.sheet,
        top=table.area.top,
        columns=tuple(columns),
        kept=sum(filled),
        emptied=sum(map(min, filled, is_typed)) if clear else 0,
        warnings=() if PREVIOUS_VALUE in keys else (_no_column(table),),
    )


def _plain(content: Content) -> Value:
    value = value_of(content)
    return None if isinstance(value, ErrorValue | NotCalculated) else value


def _no_column(table: Table) -> Problem:
    headings = dataclasses.replace(table.area, top=table.area.top - 1, bottom=table.area.top - 1)
    return Problem(
        code="no_previous_value",
        severity=Severity.WARNING,
        place=str(headings),
        finding="there is no column Previous value, so that nothing tells which counts are new",
        remedy="add a column with that heading to the table, as scorecard-xl upgrade does",
    )
