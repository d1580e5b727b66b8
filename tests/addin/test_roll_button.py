"""Roll forward, clicked: the next file beside the open workbook, which stays as it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from scorecard_xl import addin
from tests.engines.desktop_engine import opened
from tests.rolling.rolled import history_at, settings_of
from tests.scorecards import KENT, change_settings, refreshed, shown_rows

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("as_started_by_excel")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Kent's workbook, in a folder of its own."""
    folder = tmp_path / "own"
    folder.mkdir()
    path = folder / "kent_2013_01.xlsx"
    path.write_bytes(KENT.read_bytes())
    return path


@pytest.fixture(params=["excel", "no copies"])
def book(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> xw.Book:
    """The workbook, filled with values and open, in a program that saves copies or does not."""
    change_settings(path, fill="values")
    refreshed(path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    book = opened(path, name=request.param)
    monkeypatch.setattr(xw.Book, "_mock_caller", book, raising=False)
    return book


def said_by(book: xw.Book) -> str:
    [(said, _)] = book.app.impl.alerts
    return str(said)


def test_the_next_file_is_made_and_the_open_workbook_stays(book: xw.Book, path: Path) -> None:
    before = shown_rows(path)
    addin.roll_forward()
    following = path.with_name("kent_2013_02.xlsx")
    assert said_by(book).startswith(
        "kent_2013_02.xlsx is made beside this workbook, for 28/02/2013; 42 results in its History "
        "are new. Open it and type the new counts. This workbook stays as it is."
    )
    assert len(history_at(following, dt.date(2013, 1, 31))) == 42
    assert settings_of(following)["as_at"] == dt.date(2013, 2, 28)
    assert (shown_rows(path), settings_of(path)["period_label"]) == (before, "Jan 2013")
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, following.name]


def test_a_second_click_replaces_nothing(book: xw.Book, path: Path) -> None:
    addin.roll_forward()
    book.app.impl.alerts.clear()
    following = path.with_name("kent_2013_02.xlsx")
    before = following.read_bytes()
    addin.roll_forward()
    assert "is there already" in said_by(book)
    assert following.read_bytes() == before


def test_errors_are_listed_on_checks(book: xw.Book, path: Path) -> None:
    row = book.sheets["Counts"].range("A1:A90").value.index("referrals_r12m") + 1
    book.sheets["Counts"].range(f"D{row}").formula = (("5.5",),)
    addin.roll_forward()
    assert said_by(book).startswith("Nothing was rolled forward: 1 error")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_workbook_that_has_no_file_on_this_computer_is_refused(book: xw.Book, path: Path) -> None:
    path.unlink()
    addin.roll_forward()
    assert "has no folder on this computer that the next file could go to" in said_by(book)
