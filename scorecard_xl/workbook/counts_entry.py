"""Enter new counts into the Counts table, leaving formulas and everything else alone."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from scorecard_xl.exceptions import InvalidWorkbookError
from scorecard_xl.problems import Problem, Severity
from scorecard_xl.rules.codes import MOST_SUGGESTIONS, is_code, likely_meant
from scorecard_xl.rules.entries import text_of
from scorecard_xl.workbook.cell_content import Formula, value_of
from scorecard_xl.workbook.engine import Area, runs_of
from scorecard_xl.workbook.input_problems import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorecard_xl.workbook.cell_content import Content, Value
    from scorecard_xl.workbook.engine import Table, Workbook


@dataclasses.dataclass(frozen=True)
class Entered:
    """How many counts were entered of how many there are, and the cells that kept a formula.

    `cells` gives the code of each cell that was entered.
    """

    entered: int
    counts: int
    kept: tuple[Problem, ...]
    cells: Mapping[str, str]

    def at_sources(self, problems: Iterable[Problem], places: Mapping[str, str]) -> list[Problem]:
        """Problems with the place that a value came from, by code, instead of its new cell."""
        return [
            dataclasses.replace(problem, place=places[self.cells[problem.place]])
            if problem.place in self.cells
            else problem
            for problem in problems
        ]


@dataclasses.dataclass(frozen=True)
class CountsEntry:
    """Where counts are entered: the table, what its values are now, and the row of each code.

    In the table's rows a code is the text that its cell shows.
    """

    table: Table
    value_at: int
    rows: Mapping[str, int]
    column: Sequence[Content]

    @classmethod
    def into(cls, workbook: Workbook) -> Self:
        """Find the table.

        Raises
        ------
        InvalidWorkbookError
            There is none.
        """
        table = workbook.read_table("Counts")
        keys = [heading_key(heading) for heading in table.headings] if table else []
        if table is None or "code" not in keys or "value" not in keys:
            problem = Problem(
                code="missing_table",
                severity=Severity.ERROR,
                place="'Counts'",
                finding="there is no table Counts with Code and Value",
                remedy="copy the sheet back from an earlier workbook",
            )
            raise InvalidWorkbookError([problem])
        table = _with_plain_codes(table, keys.index("code"))
        codes = [row[keys.index("code")] for row in table.rows]
        rows = {_folded(code): row for row, code in enumerate(codes) if code is not None}
        value_at = keys.index("value")
        left = table.area.left + value_at
        area = dataclasses.replace(table.area, left=left, right=left)
        return cls(table, value_at, rows, [row[0] for row in workbook.read_block(area)])

    def cell(self, row: int) -> Area:
        """The cell of a row's value."""
        area = self.table.area
        return Area.cell(area.sheet, area.top + row, area.left + self.value_at)

    def enter(
        self, workbook: Workbook, values: Mapping[str, Value], *, places: Mapping[str, str]
    ) -> Entered:
        """Put values beside their codes, as `enter_counts` does."""
        column, kept = self.with_values(values, places=places)
        given = {self.rows[_folded(code)]: code for code in values}
        given = {row: code for row, code in given.items() if not isinstance(column[row], Formula)}
        first = self.cell(0)
        # All other cells are left out of the blocks that are written: they stay to the letter.
        for start, last in runs_of(given):
            block = [[content] for content in column[start : last + 1]]
            workbook.write_block(first.sheet, first.top + start, first.left, block)
        cells = {str(self.cell(row)): code for row, code in given.items()}
        return Entered(len(cells), len(self.rows), tuple(kept), cells)

    def with_values(
        self, values: Mapping[str, Value], *, places: Mapping[str, str]
    ) -> tuple[list[Content], list[Problem]]:
        """The column of values with others put in, and the cells that kept a formula."""
        rows = [self.rows.get(_folded(code)) for code in values]
        if None in rows:
            unknown = [code for code, row in zip(values, rows, strict=True) if row is None]
            raise InvalidWorkbookError(
                [
                    _unknown(self, code, places[code], suggests=number < MOST_SUGGESTIONS)
                    for number, code in enumerate(unknown)
                ]
            )
        column, kept = list(self.column), []
        for row, (code, value) in zip(rows, values.items(), strict=True):
            assert row is not None
            if isinstance(column[row], Formula):
                kept.append(_formula_kept(self.cell(row), code, value))
            else:
                column[row] = value
        return column, kept


def enter_counts(
    workbook: Workbook, values: Mapping[str, Value], *, places: Mapping[str, str]
) -> Entered:
    """Put values beside their codes; codes match without case.

    Parameters
    ----------
    places
        Where each value comes from, by its code, for messages: a file and a line.

    Raises
    ------
    InvalidWorkbookError
        A code is not in the table, or there is no such table; nothing was written.
    """
    return CountsEntry.into(workbook).enter(workbook, values, places=places)


def _with_plain_codes(table: Table, code_at: int) -> Table:
    """The table with each code as its cell shows it, which may be a formula's value."""
    rows = [list(row) for row in table.rows]
    for row in rows:
        row[code_at] = text_of(value_of(row[code_at]))
    return dataclasses.replace(table, rows=rows)


def _folded(code: object) -> str:
    return str(code).strip().casefold()


def runs_without_formulas(column: Sequence[object]) -> list[tuple[int, int]]:
    """The rows between formulas, as starts and ends."""
    stops = [-1, *(i for i, each in enumerate(column) if isinstance(each, Formula)), len(column)]
    return [(start + 1, end) for start, end in pairwise(stops) if start + 1 < end]


def _unknown(counts: CountsEntry, code: str, place: str, *, suggests: bool) -> Problem:
    known = filter(is_code, counts.rows)
    meant = likely_meant(_folded(code), known) if suggests else None
    return Problem(
        code="unknown_code",
        severity=Severity.ERROR,
        place=place,
        finding=f"{code!r} is not among the codes of {counts.table.area}",
        remedy=f"use {meant!r}, or take it out" if meant else "add a row for it, or take it out",
    )


def _formula_kept(cell: Area, code: str, value: Value) -> Problem:
    shown = f"{value:.15g}" if isinstance(value, float) else repr(value)
    return Problem(
        code="formula_kept",
        severity=Severity.WARNING,
        place=str(cell),
        finding=f"the cell holds a formula, so the new value {shown} of {code} was not entered",
        remedy="change what the formula reads, or clear it",
    )
