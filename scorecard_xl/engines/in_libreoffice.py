"""Workbooks in LibreOffice: one that runs and has it open, or one started for it."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.saving import real_path, refuse_if_open
from scorecard_xl.engines.file.temporaries import backup_of
from scorecard_xl.engines.libreoffice import attach, engine
from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
from scorecard_xl.exceptions import EngineError, FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    import xlwings

PIPE_FOLDERS = (tempfile.gettempdir(), "/var/tmp")
_PIPE = re.compile(r"OSL_PIPE_\d+_(scorecard_xl_office_\w+)")
_ACCEPT = re.compile(r"-{1,2}accept=((?:pipe|socket),[^;]+)")


class OwnLibreOfficeWorkbook(XlwingsWorkbook):
    """A workbook in a LibreOffice that was started for it, and ends with it."""

    def __init__(self, book: xlwings.Book, path: Path) -> None:
        super().__init__(book)
        self._path = path

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End LibreOffice; what was not saved is gone with it."""
        try:
            super().__exit__(kind, error, trace)
        finally:
            self._book.app.quit()

    def save(self) -> None:
        """Save the file, written anew by LibreOffice; as it was, it stays beside it.

        Raises
        ------
        EngineError
            LibreOffice cannot save it.
        """
        try:
            shutil.copy2(self._path, backup_of(self._path))
        except OSError as error:
            message = (
                f"{self._path} was not saved, because it cannot be kept as it was beside it: "
                f"{error.strerror}; check the folder and the room on the disk."
            )
            raise FileError(message) from error
        super().save()

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
    for where in _listeners():
        with contextlib.suppress(EngineError):
            app = attach(where)
            for book in app.books:
                if real_path(Path(book.fullname)) == wanted:
                    return XlwingsWorkbook(book)
            app.quit()
    return None


def _listeners() -> Iterator[str]:
    """Where programs of LibreOffice listen, as their command lines and their pipes tell."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if "soffice" in command[0]:
                yield from (found[1] for found in map(_ACCEPT.match, command) if found)
    for folder in PIPE_FOLDERS:
        for pipe in Path(folder).glob("OSL_PIPE_*"):
            found = _PIPE.fullmatch(pipe.name)
            if found:
                yield found[1]


def book_open_at(pipe: str, identifier: str) -> xlwings.Book:
    """The open workbook that has an identifier, by which LibreOffice knows even unsaved ones.

    Raises
    ------
    EngineError
        It has been closed, or nobody listens at the pipe.
    """
    from scorecard_xl.engines.libreoffice import attach

    for book in attach(pipe).books:
        if book.api.RuntimeUID == identifier:
            return book
    message = "The workbook has been closed since the button was pressed; open it, and try again."
    raise EngineError(message)
