"""The engines that the contract is tried on, each used in one way: open, do, keep what came out."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

from scorecard_xl import EngineError, open_workbook
from scorecard_xl.engines.libreoffice import engine
from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
from tests.engines.desktop_engine import opened
from tests.judges.absence import JudgeAbsentError, skip_or_fail
from tests.judges.remote_actions import actions_of, carry_out, remote_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    import xlwings as xw

    from scorecard_xl.workbook.engine import Workbook

    Action = Callable[[Workbook], Any]


@dataclasses.dataclass(frozen=True, kw_only=True)
class TriedEngine:
    """An engine, what it can do, and how it is used on a file.

    `use` opens the file, does something with the workbook, saves it in its
    place and gives what doing it gave. What it writes of its own accord, it does
    not do to the cells alone: `rewrites` says that it writes the whole file anew.
    """

    use: Callable[[Path, Action], Any]
    rewrites: bool = False
    reads_formulas: bool = True
    reads_layout: bool = True


def _in_file(path: Path, action: Action) -> Any:
    with open_workbook(path) as workbook:
        outcome = action(workbook)
        path.write_bytes(workbook.to_bytes())
    return outcome


def _on_desktop(path: Path, action: Action) -> Any:
    with XlwingsWorkbook(opened(path)) as workbook:
        outcome = action(workbook)
        workbook.save()
    return outcome


def _remotely(path: Path, action: Action, monkeypatch: pytest.MonkeyPatch) -> Any:
    book = remote_book(path, monkeypatch)
    with XlwingsWorkbook(book) as workbook:
        outcome = action(workbook)
        workbook.save()
    carry_out(actions_of(book), path)
    return outcome


@functools.cache
def libreoffice() -> xw.App:
    """One LibreOffice for all tests; it ends with Python, if not before."""
    try:
        return engine().apps.add(add_book=False)
    except EngineError as absence:
        skip_or_fail(JudgeAbsentError(str(absence)))


def _in_libreoffice(path: Path, action: Action) -> Any:
    book = libreoffice().books.open(str(path))
    try:
        with XlwingsWorkbook(book) as workbook:
            outcome = action(workbook)
            workbook.save()
    finally:
        book.close()
    return outcome


ENGINES = ("file", "xlwings on the desktop", "xlwings remotely", "xlwings over LibreOffice")


def nothing(workbook: Workbook) -> None:
    """Do nothing with a workbook, which is then only opened and saved."""
    assert workbook.name


def engine_called(name: str, monkeypatch: pytest.MonkeyPatch) -> TriedEngine:
    """One of `ENGINES`, ready to be used."""
    if name == "file":
        return TriedEngine(use=_in_file)
    if name == "xlwings on the desktop":
        return TriedEngine(use=_on_desktop)
    if name == "xlwings over LibreOffice":
        return TriedEngine(use=_in_libreoffice, rewrites=True)
    return TriedEngine(
        use=lambda path, action: _remotely(path, action, monkeypatch),
        reads_formulas=False,
        reads_layout=False,
    )
