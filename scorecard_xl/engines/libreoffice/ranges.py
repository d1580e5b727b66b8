"""Ranges of cells: how they look, what is attached to them, and how they move."""

from __future__ import annotations

from typing import Any

from scorecard_xl.engines.libreoffice import copying, looks, notes, tables
from scorecard_xl.engines.libreoffice.addresses import Area, area_of_uno
from scorecard_xl.engines.libreoffice.cell_groups import common
from scorecard_xl.engines.libreoffice.conditional_formats import ConditionalFormats
from scorecard_xl.engines.libreoffice.failures import with_sentences
from scorecard_xl.engines.libreoffice.formula_text import quoted_sheet
from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.engines.libreoffice.names import Names, name_of
from scorecard_xl.engines.libreoffice.range_values import RangeValues
from scorecard_xl.exceptions import EngineError


@with_sentences
class Range(RangeValues):
    """A rectangle of cells on a sheet."""

    @property
    def number_format(self) -> str | None:
        key = common(self.cells, "NumberFormat")
        return None if key is None else self.sheet.book.number_formats.code_of(key)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.cells.NumberFormat = self.sheet.book.number_formats.key_of(value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        return looks.rgb(common(self.cells, "CellBackColor"))

    @color.setter
    def color(self, value: Any) -> None:
        self.cells.CellBackColor = looks.colour_number(value)

    def set_colors(self, colors: Any) -> None:
        for i, row in enumerate(colors):
            for j, color in enumerate(row):
                if color is not ...:
                    self(i + 1, j + 1).color = color

    @property
    def font(self) -> looks.Font:
        return looks.Font(self.cells)

    @property
    def wrap_text(self) -> bool | None:
        return common(self.cells, "IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.cells.IsTextWrapped = value

    @property
    def horizontal_alignment(self) -> str | None:
        return looks.horizontal_alignment(self.cells)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        looks.align_horizontally(self.cells, value)

    @property
    def vertical_alignment(self) -> str | None:
        return looks.vertical_alignment(self.cells)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        looks.align_vertically(self.cells, value)

    @property
    def column_width(self) -> float | None:
        """Width in characters, as Excel counts, without padding; None where columns differ."""
        columns = self.cells.Columns
        widths = {columns.getByIndex(i).Width for i in range(self.shape[1])}
        if len(widths) > 1:
            return None
        unit: looks.ColumnUnit = self.sheet.book.column_unit
        return unit.characters(widths.pop())

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.cells.Columns.Width = self.sheet.book.column_unit.width(value)

    @property
    def row_height(self) -> float | None:
        """Height in points; None where the rows differ."""
        rows = self.cells.Rows
        heights = {rows.getByIndex(i).Height for i in range(self.shape[0])}
        return looks.points(heights.pop()) if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.cells.Rows.Height = looks.hundredths_of_mm(value)

    @property
    def left(self) -> float:
        return looks.points(self.cells.Position.X)

    @property
    def top(self) -> float:
        return looks.points(self.cells.Position.Y)

    @property
    def width(self) -> float:
        return looks.points(self.cells.Size.Width)

    @property
    def height(self) -> float:
        return looks.points(self.cells.Size.Height)

    @property
    def row_hidden(self) -> bool:
        return not self.cells.Rows.getByIndex(0).IsVisible

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.cells.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool:
        return not self.cells.Columns.getByIndex(0).IsVisible

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.cells.Columns.IsVisible = not value

    def autofit(self, axis: str | None = None) -> None:
        if axis in (None, "columns", "c"):
            self.cells.Columns.OptimalWidth = True
        if axis in (None, "rows", "r"):
            self.cells.Rows.OptimalHeight = True

    def merge(self, across: bool = False) -> None:
        for part in self.rows if across else [self]:
            part.cells.merge(True)

    def unmerge(self) -> None:
        self.cells.merge(False)

    @property
    def merge_area(self) -> Range:
        first = self.sheet.native_cells(Area(self.row, self.column))
        cursor = self.sheet.api.createCursorByRange(first)
        cursor.collapseToMergedArea()
        return Range(self.sheet, area_of_uno(cursor.RangeAddress))

    @property
    def merge_cells(self) -> bool:
        return len(self.merge_area) > 1

    @property
    def conditional_formats(self) -> ConditionalFormats:
        return ConditionalFormats(self)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        way = {"right": "RIGHT", "down": "DOWN"}[shift or self._likely("right", "down")]
        mode = uno_module().Enum("com.sun.star.sheet.CellInsertMode", way)
        self.sheet.api.insertCells(self.cells.RangeAddress, mode)

    def delete(self, shift: str | None = None) -> None:
        way = {"left": "LEFT", "up": "UP"}[shift or self._likely("left", "up")]
        mode = uno_module().Enum("com.sun.star.sheet.CellDeleteMode", way)
        self.sheet.api.removeRange(self.cells.RangeAddress, mode)

    def _likely(self, sideways: str, lengthwise: str) -> str:
        """Which way Excel moves the other cells, judging by the range's shape."""
        return sideways if self.shape[0] > self.shape[1] else lengthwise

    def copy(self, destination: Any = None) -> None:
        if destination is None:
            self.sheet.book.app.copied = self
        else:
            copying.copy(self, destination.impl)

    def copy_from(
        self,
        source_range: Any,
        copy_type: str = "all",
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        copying.paste(source_range.impl, self, kind=copy_type, transpose=transpose)

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        source = self.sheet.book.app.copied
        if source is None:
            raise EngineError(f"{self.address}: nothing was copied to paste; copy a range first.")
        if operation is not None or skip_blanks:
            raise NotImplementedError(
                "The libreoffice engine pastes without operations, and blanks too."
            )
        copying.paste(source, self, kind=paste or "all", transpose=transpose)

    def move(self, destination: Any) -> None:
        target = destination.impl.cells.getCellByPosition(0, 0).CellAddress
        destination.impl.sheet.api.moveRange(target, self.cells.RangeAddress)

    def select(self) -> None:
        self.sheet.activate()
        self.sheet.book.document.CurrentController.select(self.cells)

    @property
    def hyperlink(self) -> str:
        first = self.cells.getCellByPosition(0, 0)
        return notes.hyperlink_of(first, self.sheet.book.document)

    def add_hyperlink(
        self, address: str, text_to_display: str | None = None, screen_tip: str | None = None
    ) -> None:
        first = self.cells.getCellByPosition(0, 0)
        text = text_to_display or first.String or address
        notes.link(first, self.sheet.book.document, address, text)

    @property
    def note(self) -> notes.Note | None:
        return notes.note_on(self)

    def add_note(self, text: str) -> notes.Note:
        return notes.add_note(self, text)

    @property
    def name(self) -> Any:
        return name_of(self.sheet.book, self.cells)

    @name.setter
    def name(self, value: str) -> None:
        Names(self.sheet.book).add(value, f"={quoted_sheet(self.sheet.name)}!{self.address}")

    @property
    def table(self) -> tables.Table | None:
        return tables.table_at(self.sheet, self.area)

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        self.sheet.book.export_pdf(path, selection=self.cells)
