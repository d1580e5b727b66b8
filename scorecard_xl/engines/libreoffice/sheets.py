"""Sheets of a workbook."""

from __future__ import annotations

import numbers
from typing import TYPE_CHECKING, Any, NoReturn

from xlwings import NoSuchObjectError, base_classes

from scorecard_xl.engines.libreoffice.addresses import Area, area_between, area_of, area_of_uno
from scorecard_xl.engines.libreoffice.failures import CLOSED, with_sentences
from scorecard_xl.engines.libreoffice.names import Names, range_named
from scorecard_xl.engines.libreoffice.notes import Note, notes_on
from scorecard_xl.engines.libreoffice.ranges import Range
from scorecard_xl.engines.libreoffice.tables import Tables
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRINT_AREA = "_xlnm.Print_Area"


@with_sentences
class PageSetup(base_classes.PageSetup):
    """How a sheet prints."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.api

    @property
    def print_area(self) -> str | None:
        areas = self._sheet.api.getPrintAreas()
        return ",".join(area_of_uno(area).address() for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        parts = value.split(",") if value else []
        ranges = [self._sheet.range(part.strip()) for part in parts]
        # The name that a file brought along would be saved beside the one for the new area.
        if self._sheet.api.NamedRanges.hasByName(_PRINT_AREA):
            self._sheet.api.NamedRanges.removeByName(_PRINT_AREA)
        self._sheet.api.setPrintAreas(tuple(part.cells.RangeAddress for part in ranges))


@with_sentences
class Sheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, book: Any, native: Any) -> None:
        self._book, self._native = book, native

    @property
    def api(self) -> Any:
        return self._native

    @property
    def book(self) -> Any:
        return self._book

    @property
    def name(self) -> str:
        return str(self._native.Name)

    @name.setter
    def name(self, value: str) -> None:
        others = {name.lower() for name in self._book.document.Sheets.ElementNames}
        if value.lower() in others - {self.name.lower()}:
            raise EngineError(
                f"{value}: another sheet of the workbook is called so; choose another name."
            )
        self._native.setName(value)

    @property
    def index(self) -> int:
        return int(self._native.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self._native.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self._native.IsVisible = bool(value)

    @property
    def is_protected(self) -> bool:
        """Whether the cells are protected."""
        return bool(self._native.isProtected())

    def break_before(self, row: int, *, breaks: bool) -> None:
        """Have a page begin with a row, or not."""
        self._native.Rows.getByIndex(row - 1).IsStartOfNewPage = breaks

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns the sheet has."""
        rows, columns = self._native.Rows, self._native.Columns
        if rows is None or columns is None:
            raise EngineError(CLOSED)
        return int(rows.Count), int(columns.Count)

    def native_cells(self, area: Area) -> Any:
        """Cells of an area, as LibreOffice has them."""
        return self._native.getCellRangeByPosition(
            area.column - 1, area.row - 1, area.last_column - 1, area.last_row - 1
        )

    def range(self, first: Any, last: Any = None) -> Range:
        area = self._area(first)
        if isinstance(area, Range):
            return area
        return Range(self, area if last is None else area_between(area, self._area(last)))

    def _area(self, place: Any) -> Any:
        """Area that a range, a pair of numbers, an address or a name stands for."""
        if isinstance(place, tuple):
            if 0 in place[:2]:
                raise IndexError("Rows and columns are counted from 1; there is none at 0.")
            return Area(*place)
        if isinstance(place, str):
            return self._area_named(place)
        return place.area

    def _area_named(self, name: str) -> Any:
        rows, columns = self.size
        area = area_of(name, rows=rows, columns=columns)
        if area is not None:
            return area
        address = range_named(self._book, self._native, name)
        if address is not None:
            found = self._book.range_of(address)
            return found if found.sheet.index != self.index else found.area
        if name in Tables(self):
            body = Tables(self)(name).data_body_range
            return body.area
        raise NoSuchObjectError(f"The address/named range '{name}' doesn't exist.")

    @property
    def cells(self) -> Range:
        return Range(self, Area(1, 1, *self.size))

    @property
    def used_area(self) -> Area:
        """Area from the first cell that was filled or formatted to the last."""
        cursor = self._native.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return area_of_uno(cursor.RangeAddress)

    @property
    def used_range(self) -> Range:
        return Range(self, self.used_area)

    def activate(self) -> None:
        self._book.activate()
        self._book.document.CurrentController.setActiveSheet(self._native)

    def select(self) -> None:
        self.activate()

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        self.used_range.clear_formats()

    def clear(self) -> None:
        self.used_range.clear()

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def delete(self) -> None:
        sheets = self._book.document.Sheets
        if sheets.Count == 1:
            raise EngineError(
                f"'{self.name}' is the only sheet; a workbook keeps one: add another first."
            )
        sheets.removeByName(self.name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        target = before or after
        assert target is not None
        position = target.index - 1 if before else target.index
        sheets = target.book.document.Sheets
        if target.book.document == self._book.document:
            taken = {name.lower() for name in sheets.ElementNames}
            names = (f"{self.name[:26]} ({i})" for i in range(2, 9999))
            name = next(name for name in names if name.lower() not in taken)
            sheets.copyByName(self.name, name, position)
        else:
            sheets.importSheet(self._book.document, self.name, position)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        target = before or after
        assert target is not None
        position = target.index - 1 if before else target.index
        self._book.document.Sheets.moveByName(self.name, position)

    @property
    def names(self) -> Names:
        return Names(self._book, self._native)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def notes(self) -> list[Note]:
        return notes_on(self)

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    @property
    def charts(self) -> NoReturn:
        raise NotImplementedError("The libreoffice engine leaves charts alone; edit them there.")

    @property
    def pictures(self) -> NoReturn:
        raise NotImplementedError("The libreoffice engine leaves pictures alone; edit them there.")

    @property
    def shapes(self) -> NoReturn:
        raise NotImplementedError("The libreoffice engine leaves shapes alone; edit them there.")

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        self._book.export_pdf(path, selection=self._native)


@with_sentences
class Sheets(base_classes.Sheets):
    """The sheets of a workbook, hidden ones too."""

    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        return self._book.document.Sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self._book, self._book.document.CurrentController.ActiveSheet)

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, numbers.Number):
            if not 1 <= name_or_index <= len(self):  # type: ignore[operator]
                raise NoSuchObjectError(f"There is no sheet {name_or_index}.")
            return Sheet(self._book, self.api.getByIndex(int(name_or_index) - 1))
        for name in self.api.ElementNames:
            if name.lower() == str(name_or_index).lower():
                return Sheet(self._book, self.api.getByName(name))
        raise NoSuchObjectError(f"There is no sheet {name_or_index!r}.")

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([self(i + 1) for i in range(len(self))])

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        position = after.index if after is not None else (before or self.active).index - 1
        taken = {known.lower() for known in self.api.ElementNames}
        name = name or next(f"Sheet{i}" for i in range(1, 9999) if f"sheet{i}" not in taken)
        self.api.insertNewByName(name, position)
        sheet = self(name)
        sheet.activate()
        return sheet
