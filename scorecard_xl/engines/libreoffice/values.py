"""Values and formulas, read and written in blocks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.libreoffice import cell_groups, python_values
from scorecard_xl.engines.libreoffice.formula_text import to_calc, to_excel
from scorecard_xl.engines.libreoffice.number_formats import DATE, LOGICAL, TEXT, NumberFormats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DATE_CODE = "yyyy-mm-dd"
_TIME_CODE = "yyyy-mm-dd hh:mm:ss"
_ERROR_CONSTANTS = {f"={text}": text for text in ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!")}
# What Excel stores as a constant and LibreOffice as a formula.
_CONSTANTS = {"=TRUE()": "TRUE", "=FALSE()": "FALSE", **_ERROR_CONSTANTS}

# So many cells are asked for their formats one by one; more, by the formats that there are.
_FEW = 16

Position = tuple[int, int]


class Values:
    """The values and formulas of some cells of a workbook."""

    def __init__(self, document: Any, cells: Any) -> None:
        self._cells = cells
        self._formats = NumberFormats(document)
        day = document.NullDate
        self._null_date = dt.datetime(day.Year, day.Month, day.Day)

    def read(self) -> list[list[Any]]:
        """Read floats, texts, bools, datetimes and `ErrorText`, row by row; a blank is ``""``."""
        data = [[_with_tabs(value) for value in row] for row in self._cells.getDataArray()]
        self._name_errors(data)
        candidates = _truths_among(data) | {
            (i, j)
            for i, j in cell_groups.positions(self._cells, cell_groups.DATES | cell_groups.FORMULAS)
            if isinstance(data[i][j], float)
        }
        for (i, j), kind in self._kinds(candidates):
            if kind & DATE:
                data[i][j] = python_values.date_of(data[i][j], self._null_date)
            elif kind & LOGICAL:
                data[i][j] = bool(data[i][j])
        return data

    def _name_errors(self, data: list[list[Any]]) -> None:
        for i, row in enumerate(data):
            for j, value in enumerate(row):
                if value is None:
                    code = self._cells.getCellByPosition(j, i).getError()
                    row[j] = python_values.error_text(code)

    def _kinds(self, places: set[Position]) -> Iterator[tuple[Position, int]]:
        """Yield what the number formats of cells are for, as far as it matters here."""
        if len(places) <= _FEW:
            for i, j in places:
                cell = self._cells.getCellByPosition(j, i)
                yield (i, j), self._formats.kind_of(cell.NumberFormat)
            return
        for key, blocks in cell_groups.format_groups(self._cells):
            kind = self._formats.kind_of(key)
            if kind & (DATE | LOGICAL | TEXT):
                for block in blocks:
                    for at in ((i, j) for i in block.rows for j in block.columns):
                        if at in places:
                            yield at, kind

    def formulas(self) -> tuple[tuple[str, ...], ...]:
        """Read formulas as Excel writes them, and of other cells what they hold, as text."""
        texts = [list(row) for row in self._cells.getFormulaArray()]
        is_formula = cell_groups.positions(self._cells, cell_groups.FORMULAS)
        for i, row in enumerate(texts):
            for j, text in enumerate(row):
                if (i, j) in is_formula:
                    row[j] = to_excel(_CONSTANTS.get(text, text))
                else:
                    # An apostrophe says that what looks like a number is text.
                    row[j] = _with_tabs(text.removeprefix("'"))
        for (i, j), kind in self._kinds(_truths_among(texts) - is_formula):
            if kind & LOGICAL:
                texts[i][j] = "TRUE" if texts[i][j] == "1" else "FALSE"
        return tuple(tuple(row) for row in texts)

    def fill(self, value: Any) -> None:
        """Write one value into every cell; a formula's relative references move with it."""
        rows, columns = self._shape()
        if not (isinstance(value, str) and value.startswith("=")) or rows * columns == 1:
            self.write([[value] * columns] * rows)
            return
        self.write_plain([[""] * columns] * rows)
        first = self._cells.getCellByPosition(0, 0)
        first.setFormula(to_calc(value))
        tokens = first.getTokens()
        for i in range(rows):
            for j in range(columns):
                self._cells.getCellByPosition(j, i).setTokens(tokens)

    def _shape(self) -> Position:
        address = self._cells.RangeAddress
        return (
            address.EndRow - address.StartRow + 1,
            address.EndColumn - address.StartColumn + 1,
        )

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Write values row by row, as Excel takes them.

        A text that starts with ``=`` is a formula, but text in a cell formatted as text; one
        leading apostrophe makes any text text and is dropped. Other texts stay text, "123" too.
        """
        found: dict[type, dict[Position, Any]] = {}
        plain = [
            tuple(self._noted(value, (i, j), found) for j, value in enumerate(row))
            for i, row in enumerate(rows)
        ]
        self.write_plain(plain)
        self._write_formulas(found.get(_Formula, {}))
        for block in cell_groups.rectangles(found.get(bool, {})):
            block.within(self._cells).NumberFormat = self._formats.logical
        dates = found.get(dt.date, {})
        for code, timed in ((_DATE_CODE, False), (_TIME_CODE, True)):
            some = [at for at, date in dates.items() if python_values.has_time(date) is timed]
            self._show_dates(cell_groups.rectangles(some), code)

    def _noted(self, value: Any, at: Position, found: dict[type, dict[Position, Any]]) -> Any:
        """Take note of what needs more than being put in its cell; give what to put there."""
        if isinstance(value, str):
            if value.startswith("="):
                found.setdefault(_Formula, {})[at] = value
                return ""
            return value.removeprefix("'")
        if isinstance(value, bool):
            found.setdefault(bool, {})[at] = value
            return float(value)
        if isinstance(value, dt.date):
            found.setdefault(dt.date, {})[at] = value
            return python_values.serial_of(value, self._null_date)
        return "" if value is None else float(value)

    def write_plain(self, rows: Sequence[Sequence[Any]]) -> None:
        """Write floats and texts; cells that showed TRUE or FALSE show what is written."""
        self.forget_truths()
        self._cells.setDataArray(tuple(tuple(row) for row in rows))

    def forget_truths(self) -> None:
        """Give cells that show TRUE or FALSE the General format, for what comes after."""
        truths = [
            at
            for at, kind in self._kinds(_truths_among(self._cells.getDataArray()))
            if kind & LOGICAL
        ]
        for block in cell_groups.rectangles(truths):
            block.within(self._cells).NumberFormat = self._formats.general

    def _write_formulas(self, formulas: dict[Position, str]) -> None:
        if not formulas:
            return
        as_text = {at for at, kind in self._kinds(set(formulas)) if kind & TEXT}
        for at in as_text:
            self._cells.getCellByPosition(at[1], at[0]).String = formulas[at]
        for block in cell_groups.rectangles(formulas.keys() - as_text):
            block.within(self._cells).setFormulaArray(
                tuple(
                    tuple(to_calc(formulas[i, j]) for j in block.columns) for i in block.rows
                )
            )  # fmt: skip

    def _show_dates(self, blocks: Iterable[cell_groups.Block], code: str) -> None:
        """Give cells of General format one that shows a date, as typing it would."""
        for block in blocks:
            cells = block.within(self._cells)
            for key, groups in list(cell_groups.format_groups(cells)):
                if self._formats.is_general(key):
                    for group in groups:
                        group.within(cells).NumberFormat = self._formats.key_of(code)


def _with_tabs(value: Any) -> Any:
    """A text as it was typed: LibreOffice hands over the tabs of a text of several lines as 1."""
    return value.replace("\x01", "\t") if isinstance(value, str) else value


def _truths_among(rows: Sequence[Sequence[Any]]) -> set[Position]:
    """Cells that may hold TRUE or FALSE, which are 1 and 0."""
    return {
        (i, j)
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
        if value in (0.0, 1.0, "0", "1")
    }


class _Formula:
    """Mark of a formula among the values of a block."""


def typed(text: Any) -> Any:
    """Take a text for what it would be if typed into a cell: a number, TRUE, FALSE, an error."""
    if not isinstance(text, str):
        return text
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if f"={text}" in _ERROR_CONSTANTS:
        return f"={text}"
    try:
        number = float(text)
    except ValueError:
        return text
    return number if text.strip()[-1:].isdigit() and "_" not in text else text
