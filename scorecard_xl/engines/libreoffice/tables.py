"""Excel's tables, which are database ranges in LibreOffice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from scorecard_xl.engines.libreoffice.addresses import Area, area_of_uno
from scorecard_xl.engines.libreoffice.cell_groups import formula_blocks
from scorecard_xl.engines.libreoffice.failures import with_sentences
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator


@with_sentences
class Table(base_classes.Table):
    """A table on a sheet."""

    def __init__(self, sheet: Any, name: str) -> None:
        self._sheet, self._name = sheet, name

    @property
    def api(self) -> Any:
        return self._sheet.book.document.DatabaseRanges.getByName(self._name)

    @property
    def parent(self) -> Any:
        return self._sheet

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        # LibreOffice forgets a renamed table in formulas; Excel renames it there too.
        affected = list(_formulas_naming(self._sheet.book.document, self._name))
        self.api.setName(value)
        pattern = _named(self._name)
        for cell, formula in affected:
            cell.setFormula(pattern.sub(lambda _: value, formula))
        self._name = value

    @property
    def display_name(self) -> str:
        return self._name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def _area(self) -> Area:
        return area_of_uno(self.api.DataArea)

    def _cells(self, area: Area) -> Any:
        return self._sheet.range(tuple(area))

    @property
    def range(self) -> Any:
        return self._cells(self._area)

    @property
    def header_row_range(self) -> Any:
        return self._cells(self._area._replace(rows=1)) if self.show_headers else None

    @property
    def data_body_range(self) -> Any:
        area = self._area
        top = int(self.show_headers)
        rows = area.rows - top - int(self.show_totals)
        if rows <= 0:
            return None
        return self._cells(area._replace(row=area.row + top, rows=rows))

    @property
    def totals_row_range(self) -> Any:
        area = self._area
        return self._cells(area._replace(row=area.last_row, rows=1)) if self.show_totals else None

    @property
    def insert_row_range(self) -> Any:
        return None

    @property
    def show_headers(self) -> bool:
        return bool(self.api.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        self.api.ContainsHeader = value

    @property
    def show_totals(self) -> bool:
        return bool(self.api.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        """Have a totals row: the row below the table becomes it, as in Excel."""
        if value != self.show_totals:
            address = self.api.DataArea
            address.EndRow += 1 if value else -1
            self.api.setDataArea(address)
            self.api.TotalsRow = value

    @property
    def show_autofilter(self) -> bool:
        return bool(self.api.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.api.AutoFilter = value

    @property
    def table_style(self) -> None:
        """None: LibreOffice has no styles for tables, and saves none."""

    @table_style.setter
    def table_style(self, value: str) -> None:
        raise NotImplementedError("LibreOffice has no styles for tables; format their cells.")

    def resize(self, range: Any) -> None:
        """Make the table as large as a range, which has the table's heading row on top."""
        self.api.setDataArea(range.impl.cells.RangeAddress)


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){re.escape(name)}(?=\[)", re.IGNORECASE)


def _formulas_naming(document: Any, name: str) -> Iterator[tuple[Any, str]]:
    """Yield every cell whose formula speaks of a table, with the formula."""
    pattern = _named(name)
    for i in range(document.Sheets.Count):
        sheet = document.Sheets.getByIndex(i)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        used = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
        for block in formula_blocks(used):
            cells = block.within(used)
            for row, texts in enumerate(cells.getFormulaArray()):
                for column, text in enumerate(texts):
                    if pattern.search(text):
                        yield cells.getCellByPosition(column, row), text


@with_sentences
class Tables(base_classes.Tables):
    """The tables on a sheet."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.book.document.DatabaseRanges

    @property
    def parent(self) -> Any:
        return self._sheet

    def _names(self) -> list[str]:
        ranges, index = self.api, self._sheet.index - 1
        return [
            name for name in ranges.ElementNames if ranges.getByName(name).DataArea.Sheet == index
        ]

    def __call__(self, key: str | int) -> Table:
        names = self._names()
        if isinstance(key, int):
            return Table(self._sheet, names[key - 1])
        for name in names:
            if name.lower() == key.lower():
                return Table(self._sheet, name)
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Table]:
        return iter([Table(self._sheet, name) for name in self._names()])

    def __contains__(self, key: str) -> bool:
        return key.lower() in (name.lower() for name in self._names())

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: bool = True,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        """Make a table of a range that has its headings; its style is not LibreOffice's to keep."""
        if not has_headers:
            raise NotImplementedError(
                "The libreoffice engine makes tables of ranges that have headings; write a row "
                "of headings first."
            )
        taken = {known.lower() for known in self.api.ElementNames}
        if name is not None and name.lower() in taken:
            raise EngineError(
                f"{name}: another table of the workbook is called so; choose another name."
            )
        name = name or next(f"Table{i}" for i in range(1, 9999) if f"table{i}" not in taken)
        self.api.addNewByName(name, source.impl.cells.RangeAddress)
        table = Table(self._sheet, name)
        table.show_headers = table.show_autofilter = True
        return table


def table_at(sheet: Any, area: Area) -> Table | None:
    """Find the table that an area's first cell is in."""
    for table in Tables(sheet):
        there = table._area
        in_rows = there.row <= area.row <= there.last_row
        if in_rows and there.column <= area.column <= there.last_column:
            return table
    return None
