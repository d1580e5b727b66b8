"""Which engine opens which workbook."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from scorecard_xl.engines.file.workbook import FileWorkbook
    from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
    from scorecard_xl.workbook.engine import Workbook

Engine = Literal["file", "excel", "libreoffice", "auto"]
ENGINES: tuple[Engine, ...] = ("auto", "file", "excel", "libreoffice")


@overload
def open_workbook(path: str | Path, *, engine: Literal["file"] = "file") -> FileWorkbook: ...
@overload
def open_workbook(
    path: str | Path, *, engine: Literal["excel", "libreoffice"]
) -> XlwingsWorkbook: ...
@overload
def open_workbook(path: str | Path, *, engine: Engine) -> FileWorkbook | XlwingsWorkbook: ...
def open_workbook(path: str | Path, *, engine: Engine = "file") -> FileWorkbook | XlwingsWorkbook:
    """Open a workbook, to be read, refreshed and saved.

    Use it in a ``with`` block; nothing is saved unless `save` or `save_copy` is called.

    Parameters
    ----------
    path
        An .xlsx or .xlsm file.
    engine
        ``"file"`` reads and writes the file itself, without a spreadsheet program;
        ``"excel"`` takes hold of the workbook that is open in the running Excel;
        ``"libreoffice"`` takes hold of it in a LibreOffice that listens, or opens it in one
        of its own, without a window, which ends with the ``with`` block; ``"auto"`` takes
        hold of it where it is open, and is ``"file"`` where it is not.

    Raises
    ------
    FileError
        The file is missing, open in a program that cannot be reached, encrypted, damaged, or
        no workbook.
    EngineError
        There is no such program, it does not run, or does not have the workbook open.
    """
    path = Path(path)
    if engine == "excel":
        return attach_to_excel(path)
    if engine == "libreoffice":
        from scorecard_xl.engines.in_libreoffice import open_in_libreoffice

        return open_in_libreoffice(path)
    if engine not in ENGINES:
        choices = ", ".join(map(repr, ENGINES))
        message = f"engine {engine!r} is not known; use one of {choices}."
        raise ValueError(message)
    found = _where_it_is_open(path) if engine == "auto" else None
    if found is not None:
        return found
    from scorecard_xl.engines.file.workbook import open_file

    return open_file(path)


def attach_to_excel(path: str | Path | None = None) -> XlwingsWorkbook:
    """Take hold of a workbook that is open in Excel; the active one where no `path` is given.

    Raises
    ------
    EngineError
        There is no Excel, it does not run, or does not have the workbook open.
    """
    from scorecard_xl.engines.xlwings_book import attach_to_excel as attach

    return attach(Path(path) if path is not None else None)


def program_that_keeps(workbook: Workbook) -> str | None:
    """Name the program in which a workbook stays open and unsaved; None where none has it open."""
    app = getattr(workbook, "app", None)
    if app is None:
        return None
    from scorecard_xl.engines.in_libreoffice import OwnLibreOfficeWorkbook

    if isinstance(workbook, OwnLibreOfficeWorkbook):
        return None
    return "LibreOffice" if app.engine.name == "libreoffice" else "Excel"


def what_rewriting_lost(workbook: Workbook) -> str:
    """Say what a saved workbook has lost by being written anew; blank where it was not."""
    return str(getattr(workbook, "written_anew", ""))


def _where_it_is_open(path: Path) -> XlwingsWorkbook | None:
    """Take hold of a workbook that a lock file says is open; None if it is not, or out of reach."""
    from scorecard_xl.engines.file.lock_files import holder_of
    from scorecard_xl.engines.file.saving import real_path

    if holder_of(real_path(path)) is None:
        return None
    from scorecard_xl.engines.in_libreoffice import attach_to_libreoffice

    with contextlib.suppress(EngineError):
        return attach_to_excel(path)
    with contextlib.suppress(EngineError):
        return attach_to_libreoffice(path)
    return None
