"""Reading in blocks: what xlwings gives as contents of cells, kept so that it is read once."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.xlwings_book.busy import patient
from scorecard_xl.workbook.cell_content import ErrorValue, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xlwings

    from scorecard_xl.workbook.cell_content import Content, Value
    from scorecard_xl.workbook.engine import Area

# Errors as Excel on Windows hands them over, a fixed number before each of its own.
_FIRST_ERROR = -2146828288
_ERRORS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?",
    2036: "#NUM!", 2042: "#N/A", 2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!",
    2047: "#BLOCKED!", 2048: "#UNKNOWN!", 2049: "#FIELD!", 2050: "#CALC!",
}  # fmt: skip
_ERROR_TEXTS = set(_ERRORS.values())
# Excel counts a column's width without the space at its sides, files with it.
_PADDING = 0.71


@dataclasses.dataclass(frozen=True)
class Region:
    """Cells that were read together; `has_formulas` says whether formulas were, too."""

    area: Area
    rows: Sequence[Sequence[Content]]
    has_formulas: bool

    def __contains__(self, area: Area) -> bool:
        """Whether an area lies within it."""
        mine = self.area
        return (
            mine.sheet == area.sheet
            and mine.top <= area.top
            and mine.left <= area.left
            and mine.bottom >= area.bottom
            and mine.right >= area.right
        )

    def block(self, area: Area) -> list[list[Content]]:
        """The contents of an area within it."""
        top, left = area.top - self.area.top, area.left - self.area.left
        rows = self.rows[top : top + area.height]
        return [list(row[left : left + area.width]) for row in rows]


def content_of(value: Any) -> Value | ErrorValue:
    """A value as xlwings gives it, as the content of a cell."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | datetime.datetime | ErrorValue):
        return value
    if isinstance(value, int) and value - _FIRST_ERROR in _ERRORS:
        return ErrorValue(_ERRORS[value - _FIRST_ERROR])
    # Cells in a currency format come as decimals.
    if isinstance(value, int | float | decimal.Decimal):
        return float(value)
    if isinstance(value, datetime.date):
        return datetime.datetime.combine(value, datetime.time())
    return str(value)


def values_of(cells: xlwings.Range) -> list[list[Any]]:
    """The values of a block, in one call.

    A second call is made only where a text reads like an error: what is one has
    no value then. Excel on the web gives both alike, so there each is an error.
    """
    rows = _values(cells, are_errors_told=True)
    if not any(value.__class__ is str and value in _ERROR_TEXTS for row in rows for value in row):
        return rows
    return [
        [
            ErrorValue(told) if told in _ERROR_TEXTS and plain is None else told
            for told, plain in zip(row, line, strict=True)
        ]
        for row, line in zip(rows, _values(cells, are_errors_told=False), strict=True)
    ]


@patient
def _values(cells: xlwings.Range, *, are_errors_told: bool) -> list[list[Any]]:
    return [list(row) for row in cells.options(ndim=2, err_to_str=are_errors_told).value]


@patient
def formulas_of(cells: xlwings.Range, area: Area) -> list[list[Any]]:
    """The formulas of a block, in one call; constants stand for themselves."""
    found = cells.formula
    # A single cell comes alone, and on a Mac a single row does.
    if not isinstance(found, list | tuple):
        return [[found]]
    if not isinstance(found[0], list | tuple):
        return [list(found)] if area.height == 1 else [[each] for each in found]
    return [list(row) for row in found]


def with_formulas(
    values: Sequence[Sequence[Any]], formulas: Sequence[Sequence[Any]] | None
) -> list[list[Content]]:
    """Join values and formulas; without `formulas` there are only values."""
    if formulas is None:
        return [[content_of(value) for value in row] for row in values]
    return [
        [
            # Text that looks like a formula has itself for its value.
            Formula(formula, content_of(value))
            if isinstance(formula, str) and formula[:1] == "=" and formula != value
            else content_of(value)
            for value, formula in zip(row, line, strict=True)
        ]
        for row, line in zip(values, formulas, strict=True)
    ]


@patient
def width_of(column: xlwings.Range, several: xlwings.Range | None = None) -> float | None:
    """The width of a column, in characters, or of several that begin with it.

    Programs tell only the points that several columns take.
    """
    characters = column.column_width
    if not characters:
        return None
    width = float(characters) + _PADDING
    return width if several is None else width * several.width / column.width
