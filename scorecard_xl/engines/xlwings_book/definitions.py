"""Where a workbook's sheets, tables and defined names are, looked up once."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.names import area_of
from scorecard_xl.engines.xlwings_book.busy import patient
from scorecard_xl.engines.xlwings_book.writing import plain_formula
from scorecard_xl.exceptions import EngineError
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import xlwings


@dataclasses.dataclass(frozen=True)
class FoundTable:
    """A table's name as written, and its data rows; its headings stand above them."""

    handle: xlwings.main.Table
    name: str
    area: Area


@dataclasses.dataclass(frozen=True)
class FoundName:
    """A workbook-level name, and what it refers to, with its ``=``."""

    handle: xlwings.main.Name
    name: str
    refers_to: str


class Definitions:
    """Looks sheets, tables and names up, each of them once."""

    def __init__(self, book: xlwings.Book) -> None:
        self._book = book
        self._tables: dict[str, FoundTable] = {}
        self._searched: set[str] = set()

    def calculate(self) -> None:
        """Have the program calculate, also while it stands still."""
        self._book.app.calculate()

    @functools.cached_property
    def sheets(self) -> Mapping[str, xlwings.Sheet]:
        """The worksheets by name, in order."""
        return _sheets_of(self._book)

    def sheet(self, name: str) -> xlwings.Sheet:
        """A worksheet; raises EngineError if there is none of that name."""
        if name not in self.sheets:
            message = (
                f"{self._book.name} has no worksheet {name!r}; its sheets are "
                f"{', '.join(self.sheets)}."
            )
            raise EngineError(message)
        return self.sheets[name]

    def table(self, name: str) -> FoundTable | None:
        """Find a table; most stand on the sheet that is called like them."""
        key = name.casefold()
        order = sorted(self.sheets, key=lambda sheet: sheet.casefold() != key)
        for sheet in order:
            if key in self._tables:
                break
            if sheet not in self._searched:
                self._searched.add(sheet)
                self._tables |= {
                    table.name.casefold(): table for table in _tables_on(self.sheets[sheet])
                }
        return self._tables.get(key)

    def resize(self, table: FoundTable, area: Area, cells: xlwings.Range) -> None:
        """Give a table other data rows; `cells` are these with the headings above."""
        _resize(table.handle, cells)
        self._tables[table.name.casefold()] = dataclasses.replace(table, area=area)

    @functools.cached_property
    def names(self) -> dict[str, FoundName]:
        """The workbook-level names, by name without case."""
        return {found.name.casefold(): found for found in _names_of(self._book)}

    def areas(self) -> dict[str, Area | None]:
        """The range of cells of each name, None where it is something else."""
        areas = {found.name: area_of(found.refers_to) for found in self.names.values()}
        return {
            name: area if area and area.sheet in self.sheets else None
            for name, area in areas.items()
        }

    def define(self, names: Mapping[str, Area | str]) -> None:
        """Define names; one whose definition stays is not written again."""
        for name, meaning in names.items():
            text = meaning if isinstance(meaning, str) else f"={meaning.absolute}"
            found = self.names.get(name.casefold())
            if found is None:
                found = FoundName(_add_name(self._book, name, text), name, text)
            elif plain_formula(found.refers_to) != plain_formula(text):
                _redefine(found.handle, text)
            self.names[name.casefold()] = dataclasses.replace(found, refers_to=text)


@patient
def _sheets_of(book: xlwings.Book) -> dict[str, xlwings.Sheet]:
    return {sheet.name: sheet for sheet in book.sheets}


@patient
def _tables_on(sheet: xlwings.Sheet) -> list[FoundTable]:
    """The tables of a sheet; one that is empty has the row below its headings."""
    sheet_name = sheet.name
    return [FoundTable(table, table.name, _rows_of(sheet_name, table)) for table in sheet.tables]


def _rows_of(sheet: str, table: xlwings.main.Table) -> Area:
    body = table.data_body_range
    if body is not None:
        return Area.of(sheet, body.address)
    whole = Area.of(sheet, table.range.address)
    return dataclasses.replace(whole, top=whole.top + 1, bottom=whole.top + 1)


def _names_of(book: xlwings.Book) -> Iterator[FoundName]:
    """The workbook's names; a sheet's own have its name in front."""
    for handle, name, refers_to in _all_names(book):
        if "!" not in name:
            yield FoundName(handle, name, refers_to)


@patient
def _all_names(book: xlwings.Book) -> list[tuple[xlwings.main.Name, str, str]]:
    return [(each, each.name, each.refers_to or "") for each in book.names]


@patient
def _resize(table: xlwings.main.Table, cells: xlwings.Range) -> None:
    table.resize(cells)


@patient
def has_totals(table: FoundTable) -> bool:
    """Whether a totals row follows the data rows."""
    return bool(table.handle.show_totals)


@patient
def _add_name(book: xlwings.Book, name: str, refers_to: str) -> xlwings.main.Name:
    return book.names.add(name, refers_to)


@patient
def _redefine(name: xlwings.main.Name, refers_to: str) -> None:
    name.refers_to = refers_to
