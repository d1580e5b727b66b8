"""Roll forward and Circulate, clicked: a file beside the open workbook, which stays as it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from scorecard_xl import addin
from scorecard_xl.circulating import verify
from tests.engines.desktop_engine import opened
from tests.rolling.rolled import history_at, settings_of
from tests.scorecards import KENT, change_settings, refreshed, shown_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("as_started_by_excel")

of_both = pytest.mark.parametrize(
    ("click", "done", "made"),
    [
        pytest.param(addin.roll_forward, "rolled forward", "the next file", id="roll forward"),
        pytest.param(addin.circulate, "circulated", "its copy", id="circulate"),
    ],
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Kent's workbook, in a folder of its own."""
    folder = tmp_path / "own"
    folder.mkdir()
    path = folder / "kent_2013_01.xlsx"
    path.write_bytes(KENT.read_bytes())
    change_settings(path, fill="values")
    refreshed(path)
    return path


@pytest.fixture(params=["excel", "no copies"])
def book(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> xw.Book:
    """The workbook open in a program that saves copies, or does not."""
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


def test_a_second_click_replaces_no_next_file(book: xw.Book, path: Path) -> None:
    addin.roll_forward()
    book.app.impl.alerts.clear()
    following = path.with_name("kent_2013_02.xlsx")
    before = following.read_bytes()
    addin.roll_forward()
    assert "is there already" in said_by(book)
    assert following.read_bytes() == before


def test_the_copy_is_made_and_the_open_workbook_stays(book: xw.Book, path: Path) -> None:
    before = shown_rows(path)
    addin.circulate()
    copy = path.with_name("kent_2013_01_circulated.xlsx")
    assert said_by(book).startswith(
        "kent_2013_01_circulated.xlsx is made beside this workbook, to be sent: values, and "
        "nothing that its pages do not show. This workbook stays as it is."
    )
    assert verify(copy).problems == ()
    assert shown_rows(path) == before
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, copy.name]


def test_a_second_click_replaces_no_copy(book: xw.Book, path: Path) -> None:
    copy = path.with_name("kent_2013_01_circulated.xlsx")
    copy.write_bytes(b"mine")
    addin.circulate()
    assert "is there already; move, rename or delete it" in said_by(book)
    assert copy.read_bytes() == b"mine"


@of_both
def test_errors_are_listed_on_checks(
    book: xw.Book, path: Path, click: Callable[[], None], done: str, made: str
) -> None:
    row = book.sheets["Counts"].range("A1:A90").value.index("referrals_r12m") + 1
    book.sheets["Counts"].range(f"D{row}").formula = (("5.5",),)
    click()
    assert said_by(book).startswith(f"Nothing was {done}: 1 error")
    assert [each.name for each in path.parent.iterdir()] == [path.name], made


@of_both
def test_a_workbook_that_has_no_file_on_this_computer_is_refused(
    book: xw.Book, path: Path, click: Callable[[], None], done: str, made: str
) -> None:
    path.unlink()
    click()
    assert f"has no folder on this computer that {made} could go to" in said_by(book), done
