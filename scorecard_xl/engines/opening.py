"""Which engine opens which workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.engines.file import FileWorkbook


def open_workbook(path: str | Path) -> FileWorkbook:
    """Open a workbook file, to be read, refreshed and saved without a spreadsheet program.

    Use it in a ``with`` block; nothing is saved unless `save` or `save_copy` is called.

    Parameters
    ----------
    path
        An .xlsx or .xlsm file.

    Raises
    ------
    FileError
        The file is missing, open in another program, encrypted, damaged, or no workbook.
    """
    from scorecard_xl.engines.file import open_file

    return open_file(path)
