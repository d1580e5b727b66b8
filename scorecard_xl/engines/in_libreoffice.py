"""Workbooks in LibreOffice: one that runs and has it open, or one started for it."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.saving import real_path, refuse_if_open
from scorecard_xl.engines.file.temporaries import backup_of
from scorecard_xl.engines.libreoffice import attach, engine
from scorecard_xl.engines.listeners import listeners
from scorecard_xl.engines.rewriting import left_out, told
from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
from scorecard_xl.exceptions import EngineError, FileError

if TYPE_CHECKING:
    import xlwings


class OwnLibreOfficeWorkbook(XlwingsWorkbook):
    """A workbook in a LibreOffice that was started for it, and ends with it."""

    def __init__(self, book: xlwings.Book, path: Path) -> None:
        super().__init__(book)
        self._path = path
        self.written_anew = ""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """End LibreOffice; what was not saved is gone with it."""
        try:
            super().__exit__(kind, error, trace)
        finally:
            self._book.app.quit()

    def save(self) -> None:
        """Save the file, written anew by LibreOffice; as it was, it stays beside it.

        What LibreOffice leaves out, `written_anew` says then.

        Raises
        ------
        RefusedError
            It has macros, which LibreOffice would spoil.
        EngineError
            LibreOffice cannot save it.
        """
        self._book.impl.refuse_to_spoil_macros(self._path)
        before = self._path.read_bytes()
        try:
            shutil.copy2(self._path, backup_of(self._path))
        except OSError as error:
            message = (
                f"{self._path} was not saved, because it cannot be kept as it was beside it: "
                f"{error.strerror}; check the folder and the room on the disk."
            )
            raise FileError(message) from error
        super().save()
        self._tell(self._path, before)

    def save_copy(self, path: str | Path, *, overwrite: bool = False) -> None:
        """Save under another name; what LibreOffice leaves out, `written_anew` says then.

        Raises
        ------
        RefusedError
            The name is taken and `overwrite` was not given, its ending does not fit, or the
            workbook has macros, which LibreOffice would spoil.
        EngineError
            LibreOffice cannot save it.
        """
        before = self._path.read_bytes()
        super().save_copy(path, overwrite=overwrite)
        self._tell(Path(path), before)

    def _tell(self, path: Path, before: bytes) -> None:
        self.written_anew = told(path.name, left_out(before, path.read_bytes()))

    def close(self) -> None:
        """End LibreOffice; what was not saved is gone with it."""
        super().close()
        self._book.app.quit()


def open_in_libreoffice(path: Path) -> XlwingsWorkbook:
    """Take hold of a workbook in a LibreOffice that listens, or else open it in one of its own.

    Raises
    ------
    EngineError
        LibreOffice or its Python bridge is missing, or it cannot open the file.
    FileError
        The file is missing, or open in a program that does not listen.
    """
    running = attach_to_libreoffice(path)
    if running is not None:
        return running
    if not path.is_file():
        message = f"{path} was not found, or is no file; check the name and the folder."
        raise FileError(message)
    refuse_if_open(path)
    app = engine().apps.add(add_book=False)
    try:
        return OwnLibreOfficeWorkbook(app.books.open(str(path)), real_path(path))
    except BaseException:
        app.quit()
        raise


def attach_to_libreoffice(path: Path) -> XlwingsWorkbook | None:
    """Take hold of a workbook that is open in a LibreOffice that listens; None where none has it.

    Such are one started with ``--accept``, and one in which a button of ours was pressed.
    """
    wanted = real_path(path)
    for where in listeners():
        with contextlib.suppress(EngineError):
            app = attach(where)
            for book in app.books:
                if real_path(Path(book.fullname)) == wanted:
                    return XlwingsWorkbook(book)
            app.quit()
    return None


def book_open_in(app: xlwings.App, identifier: str) -> xlwings.Book:
    """The open workbook that has an identifier, by which LibreOffice knows even unsaved ones.

    Raises
    ------
    EngineError
        It has been closed.
    """
    for book in app.books:
        if book.api.RuntimeUID == identifier:
            return book
    message = "The workbook has been closed since the button was pressed; open it, and try again."
    raise EngineError(message)
