"""The workbook that is open in the Excel that runs on this computer."""

from __future__ import annotations

import ntpath
import sys
import unicodedata
from typing import TYPE_CHECKING

import xlwings

from scorecard_xl.engines.xlwings_book.busy import patient, rejections_told
from scorecard_xl.engines.xlwings_book.workbook import XlwingsWorkbook
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from pathlib import Path

NO_EXCEL = "The excel engine needs Excel, and none is installed here; use --engine file."
NOT_RUNNING = "Excel is not running; open the workbook in Excel, then try again."


def attach_to_excel(path: Path | None = None) -> XlwingsWorkbook:
    """Take hold of a workbook that is open in Excel; the active one where no `path` is given.

    The workbook stays open, and is not saved unless `save` is called. One from
    OneDrive or SharePoint is known by its file name alone.

    Raises
    ------
    EngineError
        There is no Excel, it does not run, it is busy, or the workbook is not open in it.
    """
    with rejections_told():
        apps = _running_apps()
        return XlwingsWorkbook(_active(apps[0]) if path is None else _open_in(apps, path))


def calling_workbook() -> XlwingsWorkbook:
    """Take hold of the workbook whose button was clicked, or else of the active one.

    Raises
    ------
    EngineError
        The workbook that was clicked is not found, none is open, or Excel is busy.
    """
    name = _argument("--wb")
    if name is not None and not hasattr(xlwings.Book, "_mock_caller"):
        with rejections_told():
            return XlwingsWorkbook(_clicked(_running_apps(), name, _argument("--hwnd")))
    try:
        return XlwingsWorkbook(xlwings.Book.caller())
    except Exception:  # noqa: BLE001 - without a caller each platform raises something else
        return attach_to_excel()


def _argument(name: str) -> str | None:
    """What the vendor's add-in says after ``name=``; xlwings itself cuts it at a second ``=``."""
    found = [each for each in sys.argv if each.startswith(f"{name}=")]
    return found[-1].partition("=")[2].strip() if found else None


def _running_apps() -> list[xlwings.App]:
    """The instances of Excel that run; raises EngineError without one."""
    engine = next((each for each in xlwings.engines if each.name == "excel"), None)
    if engine is None:
        raise EngineError(NO_EXCEL)
    apps = _apps_of(engine)
    if not apps:
        raise EngineError(NOT_RUNNING)
    return apps


def _clicked(apps: list[xlwings.App], name: str, window: str | None) -> xlwings.Book:
    """The book of that name, in the instance of Excel that has that window, if one is told."""
    in_window = [app for app in apps if window and _window_of(app) == window]
    books = [book for app in in_window or apps for book in _books_of(app)]
    for book in books:
        if _plain(book.name) == _plain(name):
            return book
    others = ", ".join(book.name for book in books)
    told = f"the workbooks open there are {others}" if books else "no workbook is open there"
    message = (
        f"Excel does not have {name} open, in which the button was clicked: {told}. Open it, then "
        "try again."
    )
    raise EngineError(message)


def _plain(name: str) -> str:
    """A file name as names are compared: a Mac writes letters and their accents apart."""
    return unicodedata.normalize("NFC", name).casefold()


@patient
def _window_of(app: xlwings.App) -> str:
    """The number of an instance's window, which only Windows has."""
    return str(app.hwnd)


@patient
def _apps_of(engine: xlwings.main.Engine) -> list[xlwings.App]:
    """The running instances, the one used last first."""
    return list(engine.apps)


@patient
def _active(app: xlwings.App) -> xlwings.Book:
    if not len(app.books):
        message = "No workbook is open in Excel; open yours, then try again."
        raise EngineError(message)
    return app.books.active


def _open_in(apps: list[xlwings.App], path: Path) -> xlwings.Book:
    books = [book for app in apps for book in _books_of(app)]
    named = [book for book in books if book.name.casefold() == path.name.casefold()]
    for book in named:
        if _is_at(book, path):
            return book
    others = ", ".join(book.name for book in books if book not in named) or "none"
    told = f"the workbooks open there are {others}" if books else "no workbook is open there"
    if named:
        told = f"the {path.name} that is open there lies in another folder"
    message = f"Excel does not have {path} open: {told}."
    raise EngineError(message)


@patient
def _books_of(app: xlwings.App) -> list[xlwings.Book]:
    return list(app.books)


def _is_at(book: xlwings.Book, path: Path) -> bool:
    """Whether a book of that name lies there, too; it need not lie on this computer."""
    try:
        where = str(book.fullname)
    except xlwings.XlwingsError:
        # A synchronised folder that xlwings cannot find; Excel opens a name only once.
        return True
    is_known = "://" not in where and bool(ntpath.dirname(where)) and path.exists()
    return not is_known or path.resolve() == path.__class__(where).resolve()
