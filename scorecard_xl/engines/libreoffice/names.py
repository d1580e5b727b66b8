"""Defined names, of a workbook and of its sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from scorecard_xl.engines.libreoffice.addresses import area_of_uno
from scorecard_xl.engines.libreoffice.failures import with_sentences
from scorecard_xl.engines.libreoffice.formula_text import quoted_sheet, to_calc, to_excel
from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIMPLE_SHEET = re.compile(r"[^\W\d]\w*")


@with_sentences
class Name(base_classes.Name):
    """A defined name; `sheet` is the sheet it belongs to, None where it is the workbook's."""

    def __init__(self, book: Any, natives: Any, short: str, sheet: Any) -> None:
        self._book, self._natives, self._short, self._sheet = book, natives, short, sheet

    @property
    def api(self) -> Any:
        return self._natives.getByName(self._short)

    @property
    def name(self) -> str:
        if self._sheet is None:
            return self._short
        return f"{_sheet_before(self._sheet.Name)}!{self._short}"

    @name.setter
    def name(self, value: str) -> None:
        short = value.rpartition("!")[2]
        self.api.setName(short)
        self._short = short

    @property
    def refers_to(self) -> str:
        return "=" + to_excel(self.api.Content)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(to_calc(value.removeprefix("=")))

    @property
    def refers_to_range(self) -> Any:
        cells = self.api.getReferredCells()
        if cells is None:
            raise EngineError(
                f"{self.name}: it refers to {self.refers_to}, which is no range; read refers_to "
                "instead."
            )
        return self._book.range_of(cells.RangeAddress)

    def delete(self) -> None:
        self._natives.removeByName(self._short)


def _sheet_before(name: str) -> str:
    return name if _SIMPLE_SHEET.fullmatch(name) else quoted_sheet(name)


@with_sentences
class Names(base_classes.Names):
    """The names of a workbook, its sheets' own ones included, or of one sheet alone."""

    def __init__(self, book: Any, sheet: Any = None) -> None:
        self._book, self._sheet = book, sheet

    @property
    def api(self) -> Any:
        return (self._book.document if self._sheet is None else self._sheet).NamedRanges

    def _all(self) -> Iterator[Name]:
        owners = [self._sheet]
        if self._sheet is None:
            sheets = self._book.document.Sheets
            owners += [sheets.getByIndex(i) for i in range(sheets.Count)]
        for owner in owners:
            natives = (self._book.document if owner is None else owner).NamedRanges
            for name in natives.ElementNames:
                yield Name(self._book, natives, name, owner)

    def _found(self, name: str) -> Name | None:
        """Find a name, without case; one of a sheet has its sheet before it."""
        wanted = name.replace("'", "").lower()
        for known in self._all():
            full = known.name.replace("'", "").lower()
            if wanted == full or (self._sheet and wanted == full.rpartition("!")[2]):
                return known
        return None

    def __call__(self, name_or_index: str | int) -> Name:
        if isinstance(name_or_index, str):
            found = self._found(name_or_index)
            if found is None:
                raise KeyError(name_or_index)
            return found
        return list(self._all())[name_or_index - 1]

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self._all()]

    def contains(self, name_or_index: str | int) -> bool:
        if isinstance(name_or_index, str):
            return self._found(name_or_index) is not None
        return 1 <= name_or_index <= len(self)

    def __len__(self) -> int:
        return sum(1 for _ in self._all())

    def __iter__(self) -> Iterator[Name]:
        return iter(list(self._all()))

    def add(self, name: str, refers_to: str) -> Name:
        sheet_name, _, short = name.rpartition("!")
        owner = self._sheet
        if sheet_name:
            plain = sheet_name.removeprefix("'").removesuffix("'").replace("''", "'")
            owner = self._book.document.Sheets.getByName(plain)
        natives = (self._book.document if owner is None else owner).NamedRanges
        content = to_calc(refers_to.removeprefix("="))
        if natives.hasByName(short):
            natives.getByName(short).setContent(content)
        else:
            origin = uno_module().createUnoStruct("com.sun.star.table.CellAddress")
            natives.addNewByName(short, content, origin, 0)
        return Name(self._book, natives, short, owner)


def range_named(book: Any, sheet: Any, name: str) -> Any:
    """Cells, in LibreOffice's terms, that a sheet's or workbook's name or table stands for.

    None if nothing is called so, or it is no range.
    """
    for natives in (sheet.NamedRanges, book.document.NamedRanges):
        for known in natives.ElementNames:
            if known.lower() == name.lower():
                cells = natives.getByName(known).getReferredCells()
                return None if cells is None else cells.RangeAddress
    return None


def name_of(book: Any, cells: Any) -> Name | None:
    """Find a name that stands for these very cells."""
    wanted = cells.RangeAddress
    for name in Names(book)._all():
        referred = name.api.getReferredCells()
        if referred is not None:
            address = referred.RangeAddress
            if address.Sheet == wanted.Sheet and area_of_uno(address) == area_of_uno(wanted):
                return name
    return None
