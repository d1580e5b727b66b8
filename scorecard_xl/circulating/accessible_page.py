"""The sheet Accessible: the same results as one marked-up table, without blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard_xl.circulating import house_look as house
from scorecard_xl.circulating.printed_figures import are_counts_shown
from scorecard_xl.circulating.table_pages import first_rows, table_page
from scorecard_xl.engines.circulated import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.circulating.accessible_columns import Column
    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.circulating.table_pages import Marks
    from scorecard_xl.engines.circulated import Look, Page

SHEET, TABLE = "Accessible", "Results"
_PURPOSE = (
    "The results of the sheet Scorecard as one table, with words for letters and arrows. {figures} "
    "Better and worse are by what is good; Notes has more."
)
_UNROUNDED = "Figures are shown rounded and held unrounded."
_ROUNDED = "Figures are held rounded, as they are shown."
_COUNTS = ("numerator", "denominator")
_FIGURES = ("result", "target", "previous", "outturn")


def accessible_page(
    lines: Sequence[Line], columns: Sequence[Column], title: str, marks: Marks
) -> Page:
    """The sheet with a row for each line."""
    rows: list[list[Cell]] = [
        [Cell(column.said(line), _look(column.role, line, column.said(line))) for column in columns]
        for line in lines
    ]
    is_unrounded = are_counts_shown({column.role for column in columns})
    purpose = _PURPOSE.format(figures=_UNROUNDED if is_unrounded else _ROUNDED)
    return table_page(
        SHEET,
        first_rows(f"{title}: results as a table", purpose),
        table=TABLE,
        columns=[(column.heading, column.width) for column in columns],
        rows=rows,
        marks=marks,
    )


def _look(role: str, line: Line, value: Any) -> Look:
    """How a cell of the table looks; a word where a figure is missing looks like one."""
    if isinstance(value, str):
        is_figures = role in (*_COUNTS, *_FIGURES)
        return house.TABLE_WORD if is_figures else house.TABLE_TEXT
    if role in _COUNTS:
        return house.formatted(house.TABLE_FIGURE, house.COUNT)
    if role in _FIGURES:
        number_format = house.figure_format(line.measure)
        return house.formatted(house.TABLE_FIGURE, number_format)
    return house.formatted(house.TABLE_FIGURE, house.DATE)
