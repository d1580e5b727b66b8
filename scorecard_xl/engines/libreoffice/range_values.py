"""Ranges of cells: where they are and what they hold."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from scorecard_xl.engines.libreoffice.addresses import Area, area_of_uno
from scorecard_xl.engines.libreoffice.failures import with_sentences
from scorecard_xl.engines.libreoffice.formula_text import quoted_sheet, to_calc, to_excel
from scorecard_xl.engines.libreoffice.values import Values, typed

_STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}
_DIRECTIONS = {"d": "down", "u": "up", "r": "right", "l": "left"}
_CONTENTS = 1 | 2 | 4 | 16
_FORMATS = 32 | 64
_EVERYTHING = 1023


@with_sentences
class RangeValues(base_classes.Range):
    """A rectangle of cells on a sheet; `cells` is LibreOffice's object, None where it is empty."""

    def __init__(self, sheet: Any, area: Area) -> None:
        self.sheet = sheet
        self.area = area
        self.options: dict[str, Any] = {}
        self.cells: Any = sheet.native_cells(area) if area.rows and area.columns else None

    def _at(self, area: Area) -> Any:
        return type(self)(self.sheet, area)

    @property
    def api(self) -> Any:
        return self.cells

    @property
    def row(self) -> int:
        return self.area.row

    @property
    def column(self) -> int:
        return self.area.column

    @property
    def shape(self) -> tuple[int, int]:
        return self.area.rows, self.area.columns

    @property
    def coords(self) -> tuple[int, int, int, int]:
        return self.area.row, self.area.column, self.area.rows, self.area.columns

    def __len__(self) -> int:
        return self.area.rows * self.area.columns

    def __call__(self, row: int, column: int | None = None) -> Any:
        if column is None:
            row, column = (number + 1 for number in divmod(row - 1, self.area.columns))
        return self._at(Area(self.row + row - 1, self.column + column - 1))

    @property
    def rows(self) -> list[Any]:
        return [
            self._at(self.area._replace(row=self.row + i, rows=1)) for i in range(self.shape[0])
        ]

    @property
    def columns(self) -> list[Any]:
        return [
            self._at(self.area._replace(column=self.column + i, columns=1))
            for i in range(self.shape[1])
        ]

    @property
    def address(self) -> str:
        return self.area.address()

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        address = self.area.address(row_absolute=row_absolute, column_absolute=col_absolute)
        if not external:
            return address
        return f"{quoted_sheet(f'[{self.sheet.book.name}]{self.sheet.name}')}!{address}"

    @property
    def max_cells_per_read(self) -> None:
        return None

    @property
    def max_cells_per_write(self) -> None:
        return None

    @property
    def _values(self) -> Values:
        return Values(self.sheet.book.document, self.cells)

    @property
    def raw_value(self) -> Any:
        return None if self.cells is None else self._values.read()

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if self.cells is None:
            return
        if isinstance(value, list | tuple):
            self._values.write(value if isinstance(value[0], list | tuple) else [value])
        else:
            self._values.fill(value)

    @property
    def formula(self) -> Any:
        if self.cells is None:
            return None
        texts = self._values.formulas()
        return texts[0][0] if len(self) == 1 else texts

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, list | tuple):
            rows = value if isinstance(value[0], list | tuple) else [value]
            self.raw_value = [[typed(text) for text in row] for row in rows]
        else:
            self.raw_value = typed(value)

    # LibreOffice 7.4 has no formulas that spill.
    formula2 = formula

    @property
    def formula_array(self) -> str | None:
        text = str(self.cells.getArrayFormula())
        return to_excel(text.strip("{}")) if text else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.cells.setArrayFormula(to_calc(value))

    @property
    def has_array(self) -> bool:
        return bool(self.cells.getCellByPosition(0, 0).getPropertyValue("FormulaLocal")[:1] == "{")

    def clear_contents(self) -> None:
        self._values.forget_truths()
        self.cells.clearContents(_CONTENTS)

    def clear_formats(self) -> None:
        self.cells.clearContents(_FORMATS)

    def clear(self) -> None:
        self.cells.clearContents(_EVERYTHING)

    def end(self, direction: str) -> Any:
        """Go where Ctrl and an arrow key lead from the range's first cell."""
        down, right = _STEPS[_DIRECTIONS.get(direction, direction)]
        filled = self._filled(down, right)
        position = 0
        if len(filled) > 1 and filled[0] and filled[1]:
            while position + 1 < len(filled) and filled[position + 1]:
                position += 1
        else:
            following = (i for i, full in enumerate(filled) if full and i)
            position = next(following, self._steps_to_edge(down, right))
        return self._at(Area(self.row + down * position, self.column + right * position))

    def _steps_to_edge(self, down: int, right: int) -> int:
        rows, columns = self.sheet.size
        if down:
            return int(rows - self.row if down > 0 else self.row - 1)
        return int(columns - self.column if right > 0 else self.column - 1)

    def _filled(self, down: int, right: int) -> list[bool]:
        """Whether each cell from the first on holds anything, to the last that may."""
        used = self.sheet.used_area
        rows, columns = self.sheet.size
        last = Area(
            max(used.last_row, self.row) if down > 0 else 1 if down else self.row,
            max(used.last_column, self.column) if right > 0 else 1 if right else self.column,
        )
        last = Area(min(last.row, rows), min(last.column, columns))
        strip = self.sheet.range((self.row, self.column), (last.row, last.column))
        texts = [text for row in strip.cells.getFormulaArray() for text in row]
        return [bool(text) for text in (texts[::-1] if down < 0 or right < 0 else texts)]

    @property
    def current_region(self) -> Any:
        first = self.sheet.native_cells(Area(self.row, self.column))
        cursor = self.sheet.api.createCursorByRange(first)
        cursor.collapseToCurrentRegion()
        return self._at(area_of_uno(cursor.RangeAddress))
