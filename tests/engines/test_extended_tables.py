"""Rows added to a table, and number formats, on every engine."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.workbook.engine import Area
from tests.engines.tried import ENGINES, engine_called
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT, copy_of, edited

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content
    from tests.engines.tried import TriedEngine

ROWS: list[list[Content]] = [
    [dt.date(2013, 1, 31), "referrals", 530.5, 1, 2, 543.7, "G", None, "=text", "key"],
    [dt.date(2013, 1, 31), "other", 0.25, None, None, None, None, None, None, "key"],
]
FORMATS = [[None, None, code, *[None] * 7] for code in ("#,##0.0", "0.0%")]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> TriedEngine:
    return engine_called(request.param, monkeypatch)


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


@pytest.mark.parametrize(("after", "bottom"), [(83, 89), (82, 88), (10, 87)])
def test_rows_follow_those_that_are_kept(
    engine: TriedEngine, kent: Path, after: int, bottom: int
) -> None:
    before = list(openpyxl.load_workbook(kent)["History"].iter_rows(values_only=True))
    engine.use(kent, lambda book: book.extend_table("History", ROWS, FORMATS, after=after))
    sheet = openpyxl.load_workbook(kent)["History"]
    assert sheet.tables["History"].ref == f"A4:J{bottom}"
    kept = list(sheet.iter_rows(values_only=True, max_row=4 + after))
    assert [row[:9] for row in kept] == [row[:9] for row in before[: 4 + after]]
    first, second = (list(sheet[5 + after + i]) for i in range(2))
    assert [cell.value for cell in first[:9]] == [
        dt.datetime(2013, 1, 31), "referrals", 530.5, 1, 2, 543.7, "G", None, "=text",
    ]  # fmt: skip
    assert [cell.number_format for cell in first[:4]] == [
        "dd/mm/yyyy", "General", "#,##0.0", "#,##0",
    ]  # fmt: skip
    assert second[2].number_format == "0.0%"
    assert first[1].font.name == sheet["B5"].font.name
    assert problems_of_package(kent) == []


def test_a_cell_in_the_way_is_refused(engine: TriedEngine, kent: Path) -> None:
    edited(kent, {"'History'!C89": "mine"})
    with pytest.raises(RefusedError, match=r"'History'!C89: the table History would grow"):
        engine.use(kent, lambda book: book.extend_table("History", ROWS * 2, after=83))


def test_a_number_format_leaves_the_rest_of_a_look(engine: TriedEngine, kent: Path) -> None:
    area, book = Area("Scorecard", 8, 4, 9, 4), openpyxl.load_workbook(kent)
    before = book["Scorecard"]["D8"]
    engine.use(kent, lambda workbook: workbook.set_number_formats({area: '0.0"r"'}))
    sheet = openpyxl.load_workbook(kent)["Scorecard"]
    # LibreOffice writes "r" as \\r, which is the same.
    codes = [sheet[cell].number_format.replace("\\r", '"r"') for cell in ("D8", "D9")]
    assert codes == ['0.0"r"'] * 2
    assert sheet["D10"].number_format == book["Scorecard"]["D10"].number_format
    after = sheet["D8"]
    assert (after.font.name, after.font.b, after.border.bottom.style) == (
        before.font.name, before.font.b, before.border.bottom.style,
    )  # fmt: skip
