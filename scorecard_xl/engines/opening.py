"""Which engine opens which workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

if TYPE_CHECKING:
    from scorecard_xl.engines.file import FileWorkbook
    from scorecard_xl.engines.xlwings_book import XlwingsWorkbook

Engine = Literal["file", "excel"]


@overload
def open_workbook(path: str | Path, *, engine: Literal["file"] = "file") -> FileWorkbook: ...
@overload
def open_workbook(path: str | Path, *, engine: Literal["excel"]) -> XlwingsWorkbook: ...
def open_workbook(path: str | Path, *, engine: Engine = "file") -> FileWorkbook | XlwingsWorkbook:
    """Open a workbook, to be read, refreshed and saved.

    Use it in a ``with`` block; nothing is saved unless `save` or `save_copy` is called.

    Parameters
    ----------
    path
        An .xlsx or .xlsm file.
    engine
        ``"file"`` reads and writes the file itself, without a spreadsheet program;
        ``"excel"`` takes hold of the workbook that is open in the running Excel.

    Raises
    ------
    FileError
        The file is missing, open in another program, encrypted, damaged, or no workbook.
    EngineError
        There is no Excel, it does not run, or does not have the workbook open.
    """
    if engine == "excel":
        return attach_to_excel(path)
    if engine != "file":
        message = f"engine {engine!r} is not known; use 'file' or 'excel'."
        raise ValueError(message)
    from scorecard_xl.engines.file import open_file

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
