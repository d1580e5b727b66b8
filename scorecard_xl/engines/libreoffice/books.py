"""Workbooks open in LibreOffice."""

from __future__ import annotations

import contextlib
import functools
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from scorecard_xl.engines.libreoffice.addresses import area_of_uno
from scorecard_xl.engines.libreoffice.conditional_parts import rules_whole
from scorecard_xl.engines.libreoffice.failures import with_sentences
from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.engines.libreoffice.looks import ColumnUnit, column_unit
from scorecard_xl.engines.libreoffice.names import Names
from scorecard_xl.engines.libreoffice.number_formats import NumberFormats
from scorecard_xl.engines.libreoffice.office import properties, url_of
from scorecard_xl.engines.libreoffice.sheets import Sheet, Sheets
from scorecard_xl.exceptions import EngineError, FileError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}
_WITH_MACROS = (".xlsm", ".xltm", ".xlam", ".xls")


@with_sentences
class Book(base_classes.Book):
    """One workbook."""

    def __init__(self, books: Books, document: Any) -> None:
        self._books = books
        self.document = document

    @property
    def api(self) -> Any:
        return self.document

    @property
    def app(self) -> Any:
        return self._books.app

    @property
    def fullname(self) -> str:
        url = self.document.URL
        return str(uno_module().fileUrlToSystemPath(url) if url else self.document.Title)

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def counts_from_1904(self) -> bool:
        """Whether serial numbers count days from 1904."""
        return bool(self.document.NullDate.Year == 1904)

    @property
    def cut_sheets(self) -> set[str]:
        """The sheets on which this Python has cut rules into parts."""
        return self._books.cut_sheets.setdefault(self.document.RuntimeUID, set())

    @functools.cached_property
    def number_formats(self) -> NumberFormats:
        """Number formats of the workbook."""
        return NumberFormats(self.document)

    @functools.cached_property
    def column_unit(self) -> ColumnUnit:
        """What column widths are counted in."""
        return column_unit(self.app.office, self.document)

    def range_of(self, address: Any) -> Any:
        """Turn LibreOffice's range address into a range."""
        sheet = Sheet(self, self.document.Sheets.getByIndex(address.Sheet))
        return sheet.range(tuple(area_of_uno(address)))

    def activate(self) -> None:
        self._books.activate(self)

    def close(self) -> None:
        self.document.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save the workbook; a new path becomes the workbook's own."""
        saved_before = bool(self.document.URL)
        own = Path(self.fullname if saved_before else f"{self.name}.xlsx").absolute()
        target = Path(path).absolute() if path else own
        if self.document.isReadonly() and target == own:
            raise FileError(
                f"{target} is open for reading only, here or because another program has it; "
                "close it there, or save under another name."
            )
        self.refuse_to_spoil_macros(target)
        wanted: dict[str, object] = {"FilterName": _filter_of(target)}
        if password:
            wanted["Password"] = password
        with rules_whole(self.document, self.cut_sheets), _told(target):
            if saved_before and target == own and self.app.office.is_own:
                self._replace(target, wanted)
            else:
                self.document.storeAsURL(url_of(target), properties(**wanted, Overwrite=True))
                self.app.office.opened(target)

    def refuse_to_spoil_macros(self, target: Path) -> None:
        """Raise RefusedError for a file with macros, which Excel would not open again.

        LibreOffice writes them without what ties them to the sheets, and buttons without shapes.
        """
        if target.suffix.lower() in _WITH_MACROS and self.document.BasicLibraries.hasByName(
            "VBAProject"
        ):
            raise RefusedError(
                f"{target.name} has macros, which LibreOffice would write so that Excel does not "
                "open them; nothing was saved: use --engine file, which keeps them."
            )

    def _replace(self, target: Path, wanted: dict[str, object]) -> None:
        """Put the file in its place whole, whenever LibreOffice may end."""
        written = target.resolve().with_name(f".{target.stem[:80]}.{secrets.token_hex(4)}.tmp")
        try:
            self.document.storeToURL(url_of(written), properties(**wanted))
            shutil.copymode(target, written)
            written.replace(target.resolve())
        finally:
            with contextlib.suppress(OSError):
                written.unlink()
        self.document.setModified(False)

    def save_copy(self, path: str) -> None:
        """Save a copy; the workbook stays open under its own name."""
        target = Path(path).absolute()
        self.refuse_to_spoil_macros(target)
        with rules_whole(self.document, self.cut_sheets), _told(target):
            wanted = properties(FilterName=_filter_of(target), Overwrite=True)
            self.document.storeToURL(url_of(target), wanted)

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        self.export_pdf(path)

    def export_pdf(self, path: str, *, selection: Any = None) -> None:
        """Print the workbook, a sheet or a range into a PDF file."""
        wanted = properties(FilterName="calc_pdf_Export", Overwrite=True)
        if selection is not None:
            only = properties(FilterData=None)[0]
            data = properties(Selection=selection)
            only.Value = uno_module().Any("[]com.sun.star.beans.PropertyValue", data)
            wanted = (*wanted, only)
        target = Path(path).absolute()
        with _told(target):
            self.document.storeToURL(url_of(target), wanted)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Name the file that LibreOffice could not write."""
    if not path.parent.is_dir():
        raise FileError(
            f"The folder {path.parent} was not found; check its name, or make it first."
        )
    refused = uno_module().getClass("com.sun.star.io.IOException")
    try:
        yield
    except (refused, OSError) as error:
        raise FileError(
            f"{path} cannot be written; close it where it is open, and check the right to change "
            "it and the room on the disk."
        ) from error


def _filter_of(path: Path) -> str:
    """Name LibreOffice's filter for a file by its suffix."""
    try:
        return _FILTERS[path.suffix.lower()]
    except KeyError:
        choices = ", ".join(_FILTERS)
        raise FileError(
            f"{path}: workbooks are not saved as {path.suffix!r}; use {choices}."
        ) from None


@with_sentences
class Books(base_classes.Books):
    """The workbooks open in one LibreOffice."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._active: Any = None
        self.cut_sheets: dict[str, set[str]] = {}

    @property
    def api(self) -> Any:
        return self.app.office.desktop.Components

    def _documents(self) -> list[Any]:
        found = []
        components = self.api.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            services = getattr(component, "supportsService", None)
            if services is not None and services(_SPREADSHEET):
                found.append(component)
        return found

    def __iter__(self) -> Iterator[Book]:
        return iter([Book(self, document) for document in self._documents()])

    def __len__(self) -> int:
        return len(self._documents())

    def __call__(self, name_or_index: str | int) -> Book:
        books = list(self)
        if isinstance(name_or_index, int):
            return books[name_or_index - 1]
        wanted = name_or_index.lower()
        for book in books:
            if wanted in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(name_or_index)

    @property
    def active(self) -> Book:
        documents = self._documents()
        current = self.app.office.desktop.getCurrentComponent()
        for document in (self._active, current):
            if document is not None and document in documents:
                return Book(self, document)
        if not documents:
            raise EngineError("No workbook is open in LibreOffice; open one, or add one.")
        return Book(self, documents[0])

    def activate(self, book: Book) -> None:
        """Make a workbook the active one."""
        self._active = book.document
        frame = book.document.CurrentController.Frame
        if frame.ContainerWindow.isVisible():
            frame.activate()

    def add(self) -> Book:
        return self._loaded("private:factory/scalc", {})

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: bool | None = None,
        format: Any = None,
        password: str | None = None,
        *_: Any,
        **__: Any,
    ) -> Book:
        path = Path(fullname).absolute()
        if not path.is_file():
            raise FileNotFoundError(
                f"{path} was not found, or is no file; check the name and the folder."
            )
        self.app.office.opened(path)
        wanted: dict[str, object] = {"ReadOnly": bool(read_only)}
        if password:
            wanted["Password"] = password
        return self._loaded(url_of(path), wanted)

    def _loaded(self, url: str, wanted: dict[str, object]) -> Book:
        wanted["Hidden"] = not self.app.visible
        document = self.app.office.desktop.loadComponentFromURL(
            url, "_blank", 0, properties(**wanted)
        )
        if document is None or not document.supportsService(_SPREADSHEET):
            if document is not None:
                document.close(True)
            name = uno_module().fileUrlToSystemPath(url)
            raise FileError(
                f"{name} cannot be opened by LibreOffice: it is no workbook, or locked by a "
                "password or another program; check it there."
            )
        book = Book(self, document)
        self._active = document
        self.app.prepare(document)
        return book
