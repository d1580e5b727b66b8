"""A restated result keeps the published one beside it, and is shown with an r."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scorecard_xl import check, open_workbook, refresh
from tests.engines.tried import ENGINES, engine_called
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT, area_of_name, copy_of, edited, refreshed, table_in, text_at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.judges.libreoffice import Calc

NOTE = "r: restated since it was published."
RESTATED = 8


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def restate(path: Path, code: str, as_at: dt.date, value: float | None) -> None:
    """Type a result under Restated."""
    table = table_in(path, "History")
    row = next(
        i for i, each in enumerate(table.rows) if each[1] == code and each[0].date() == as_at
    )
    edited(path, {f"'History'!H{table.area.top + row}": value})


def shown(path: Path, code: str, role: str) -> Any:
    """The cell of an indicator on the Scorecard."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheet, _, column = area_of_name(book, f"column_{role}")
    codes = area_of_name(book, "column_code")[2]
    row = next(i for i in range(7, 60) if book[sheet].cell(i, codes).value == code)
    return book[sheet].cell(row, column)


@pytest.mark.parametrize("name", ENGINES)
def test_a_restated_figure_is_a_number_with_an_r(
    kent: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    restate(kent, "leaving_care_sgo", dt.date(2012, 12, 31), 0.065)
    restate(kent, "referrals", dt.date(2012, 3, 31), 540.25)
    engine_called(name, monkeypatch).use(kent, lambda workbook: refresh(workbook, fill="values"))
    cells = [shown(kent, "leaving_care_sgo", "previous"), shown(kent, "referrals", "outturn")]
    # LibreOffice writes "r" as \\r, which is the same.
    formats = [cell.number_format.replace("\\r", '"r"') for cell in cells]
    assert list(zip([cell.value for cell in cells], formats, strict=True)) == [
        (0.065, '0.0%"r"'),
        (540.25, '#,##0.0"r"'),
    ]
    assert "r" not in shown(kent, "referrals", "previous").number_format
    assert str(text_at(kent, "scorecard_footnote")).endswith(NOTE)


def test_without_the_restatement_the_r_goes(kent: Path) -> None:
    before = shown(kent, "leaving_care_sgo", "previous").number_format
    for value in (0.065, None):
        restate(kent, "leaving_care_sgo", dt.date(2012, 12, 31), value)
        refreshed(kent)
    assert shown(kent, "leaving_care_sgo", "previous").number_format == before
    assert NOTE not in str(text_at(kent, "scorecard_footnote"))


def test_the_published_result_stays_beside_it(kent: Path) -> None:
    restate(kent, "leaving_care_sgo", dt.date(2012, 12, 31), 0.065)
    sheet = openpyxl.load_workbook(kent)["History"]
    row = next(row for row in sheet.iter_rows(min_row=5) if row[7].value == 0.065)
    assert (row[2].value, row[7].number_format) == (0.07, '0.0%"r"')


def test_a_restatement_is_told_until_the_workbook_is_refreshed(kent: Path) -> None:
    restate(kent, "leaving_care_sgo", dt.date(2012, 12, 31), 0.065)
    with open_workbook(kent) as workbook:
        assert any(problem.is_error for problem in check(workbook))
    refreshed(kent)
    with open_workbook(kent) as workbook:
        assert check(workbook) == ()
    assert problems_of_package(kent) == []


def test_libreoffice_shows_the_r_and_calculates_the_note(kent: Path, calc: Calc) -> None:
    restate(kent, "leaving_care_sgo", dt.date(2012, 12, 31), 0.065)
    refreshed(kent)
    cell = shown(kent, "leaving_care_sgo", "previous").coordinate
    expected = str(text_at(kent, "scorecard_footnote"))
    with calc.open(kent) as book:
        book.recalculate()
        assert book.shown("Scorecard", cell) == [["6.5%r"]]
        texts = [row[0] for row in book.values("Scorecard", "A50:A60")]
    assert NOTE in expected
    assert expected in texts
