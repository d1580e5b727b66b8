"""The next period's file, made from a workbook on disk or open in Excel, which stays as it is."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.opening import open_workbook
from scorecard_xl.exceptions import EngineError, RefusedError
from scorecard_xl.rolling.file_names import next_path
from scorecard_xl.rolling.refusals import refuse_on_the_web
from scorecard_xl.rolling.roll import roll_forward

if TYPE_CHECKING:
    import datetime as dt

    from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
    from scorecard_xl.rolling.roll import Rolled


class NextFile(NamedTuple):
    """The next period's file, and how it was rolled forward."""

    path: Path
    rolled: Rolled


def roll_file(
    path: Path,
    *,
    output: Path | None = None,
    beside: Path | None = None,
    to: dt.date | None = None,
    clear_counts: bool = False,
    is_outturn_final: bool = False,
    overwrite: bool = False,
) -> NextFile:
    """Make the next period's file; `roll_forward` tells what that does and what it refuses.

    Parameters
    ----------
    output
        The new file; by default it lies beside `beside`, and is called like it
        but for the month.
    beside
        The file that the new one follows, where that is not `path`.

    Raises
    ------
    FileError
        `path` cannot be read, or the new file cannot be written.
    RefusedError
        The new file is there already and `overwrite` was not given.
    """
    with open_workbook(path) as workbook:
        rolled = roll_forward(
            workbook, to=to, clear_counts=clear_counts, is_outturn_final=is_outturn_final
        )
        start = rolled.refreshed.scorecard.settings.year_start
        following = output or next_path(
            beside or path, closed=rolled.closed, as_at=rolled.as_at, year_start=start
        )
        workbook.save_copy(following, overwrite=overwrite)
    return NextFile(following, rolled)


def roll_open_workbook(workbook: XlwingsWorkbook) -> NextFile:
    """Make the next period's file from a workbook as it stands open in Excel.

    It is a copy that is rolled forward, and the open workbook stays this
    period's: of its file, where that holds all that is in it, else one that the program
    saves. Where it saves none, as on a Mac, the workbook is saved first.

    Raises
    ------
    RefusedError
        The workbook is open in Excel on the web, or does not lie on this computer.
    """
    refuse_on_the_web(workbook)
    if workbook.path is None:
        message = (
            f"{workbook.name} has no folder on this computer that the next file could go to; save "
            "it in one first."
        )
        raise RefusedError(message)
    with tempfile.TemporaryDirectory(prefix="scorecard_xl_") as folder:
        copy = Path(folder) / workbook.path.name
        _copy(workbook, workbook.path, copy)
        return roll_file(copy, beside=workbook.path)


def _copy(workbook: XlwingsWorkbook, path: Path, copy: Path) -> None:
    """Copy an open workbook as it stands."""
    if not workbook.is_saved or not path.is_file():
        try:
            workbook.save_copy(copy)
        except EngineError:
            workbook.save()
        else:
            return
    shutil.copyfile(path, copy)
