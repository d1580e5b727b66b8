"""Circulate, clicked: a copy beside the open workbook, which stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlwings as xw

from scorecard_xl import addin
from scorecard_xl.circulating import verify
from tests.engines.desktop_engine import opened
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


def test_a_second_click_replaces_nothing(book: xw.Book, path: Path) -> None:
    copy = path.with_name("kent_2013_01_circulated.xlsx")
    copy.write_bytes(b"mine")
    addin.circulate()
    assert "is there already; move, rename or delete it" in said_by(book)
    assert copy.read_bytes() == b"mine"


def test_errors_are_listed_on_checks(book: xw.Book, path: Path) -> None:
    row = book.sheets["Counts"].range("A1:A90").value.index("referrals_r12m") + 1
    book.sheets["Counts"].range(f"D{row}").formula = (("5.5",),)
    addin.circulate()
    assert said_by(book).startswith("Nothing was circulated: 1 error")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_workbook_that_has_no_file_on_this_computer_is_refused(book: xw.Book, path: Path) -> None:
    path.unlink()
    addin.circulate()
    assert "has no folder on this computer that its copy could go to" in said_by(book)
