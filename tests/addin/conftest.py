"""The add-in's macros, ready to be run in LibreOffice."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.addin.macro_calc import MacroBook, MacroCalc, XlwingsStandIn, write_small_scorecard
from tests.judges.absence import JudgeAbsentError, skip_or_fail
from tests.scorecards import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


UNO = ("uno", "pyuno", "unohelper", "com")


@pytest.fixture(scope="session")
def macro_calc() -> Iterator[MacroCalc]:
    """One LibreOffice that runs macros; skips where it is absent, fails where CI=true."""
    try:
        with MacroCalc() as running:
            yield running
    except JudgeAbsentError as absence:
        skip_or_fail(absence)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Folder of the workbook the buttons are clicked in."""
    path = tmp_path / "own folder"
    path.mkdir()
    return path


@pytest.fixture
def xlwings(macro_calc: MacroCalc, tmp_path: Path) -> Iterator[XlwingsStandIn]:
    """The stand-in for the xlwings add-in, loaded."""
    place = tmp_path / "xlwings"
    place.mkdir()
    stand_in = XlwingsStandIn(place)
    with macro_calc.open(stand_in.path):
        yield stand_in


@pytest.fixture
def kent_path(folder: Path) -> Path:
    """A copy of the template with buttons, alone in its folder."""
    path = folder / "kent.xlsm"
    path.write_bytes((TEMPLATES / "scorecard_kent_2013_01.xlsm").read_bytes())
    return path


@pytest.fixture
def kent(xlwings: XlwingsStandIn, macro_calc: MacroCalc, kent_path: Path) -> Iterator[MacroBook]:
    """The copy, open and active, the stand-in being loaded."""
    assert xlwings.path.exists()
    with macro_calc.open(kent_path) as book:
        yield book


@pytest.fixture
def book(xlwings: XlwingsStandIn, macro_calc: MacroCalc, folder: Path) -> Iterator[MacroBook]:
    """A workbook that passes for a scorecard and opens faster, with the same macros."""
    assert xlwings.path.exists()
    write_small_scorecard(folder / "kent.xlsm")
    with macro_calc.open(folder / "kent.xlsm") as book:
        yield book


@pytest.fixture
def as_started_by_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a Python that a click has started: other tests' bridge to LibreOffice is not loaded."""
    for name in [each for each in sys.modules if each.partition(".")[0] in UNO]:
        monkeypatch.delitem(sys.modules, name)
