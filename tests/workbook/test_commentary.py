"""Commentary on the Scorecard: what stands there, how it moves, and what is never lost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl import RefusedError, check, open_workbook, refresh, scorecard_of
from scorecard_xl.workbook.cell_content import Formula
from tests.commented import DECEMBER, JANUARY, SHOWN, comments_shown, with_commentary
from tests.generated.workbooks import differences_in_libreoffice, formulas_in, problems_told
from tests.scorecards import (
    KENT,
    change_settings,
    copy_of,
    edited,
    names_of,
    part_of,
    refreshed,
    replace_rows,
    sheet_part,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.judges.libreoffice import Calc

REFERRALS = "'Scorecard'!Q9"


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    path = copy_of(KENT, tmp_path)
    with_commentary(path)
    return path


def formula_at(path: Path, cell: str) -> object:
    return openpyxl.load_workbook(path)["Scorecard"][cell].value


def test_what_looks_like_a_formula_is_shown_as_text(kent: Path) -> None:
    refreshed(kent, fill="values")
    cells = openpyxl.load_workbook(kent)["Scorecard"]["Q"]
    found = [cell for cell in cells if cell.value in SHOWN.values()]
    assert {cell.data_type for cell in found} == {"s"}
    assert len(found) == len(SHOWN)


def test_the_formulas_calculate_what_the_core_says(calc: Calc, kent: Path) -> None:
    refreshed(kent)
    formulas = {place: each for place, each in formulas_in(kent).items() if place[1] == 17}
    assert len(formulas) == 42
    with calc.open(kent) as book:
        assert [str(each) for each in differences_in_libreoffice(book, formulas)] == []
    assert problems_told(kent) == []


def test_a_comment_moves_as_it_is_typed(calc: Calc, kent: Path) -> None:
    refreshed(kent)
    with calc.open(kent) as book:
        book.set_cell("Commentary", "C6", "Another comment.")
        book.recalculate()
        assert book.values("Scorecard", "Q9") == [["Another comment."]]


def test_last_months_comments_go_with_the_date(calc: Calc, kent: Path) -> None:
    change_settings(kent, as_at=DECEMBER, previous_as_at=None, period_label=None)
    refreshed(kent)
    assert comments_shown(kent) == {"referrals": "Of December."}


def test_a_comment_typed_on_the_scorecard_is_not_written_over(kent: Path) -> None:
    refreshed(kent)
    edited(kent, {REFERRALS: "Typed here."})
    before = kent.read_bytes()
    with (
        open_workbook(kent) as workbook,
        pytest.raises(RefusedError, match=r"'Scorecard'!Q9: this comment was typed on the"),
    ):
        refresh(workbook)
    assert kent.read_bytes() == before


def test_a_comment_of_the_kind_that_is_typed_anyway_is_replaced(kent: Path) -> None:
    refreshed(kent)
    edited(kent, {REFERRALS: SHOWN["referrals"]})
    refreshed(kent)
    assert isinstance(formulas_in(kent)[9, 17], Formula)


def test_check_asks_for_a_refresh_where_values_no_longer_say_it(kent: Path) -> None:
    refreshed(kent, fill="values")
    change_settings(kent, fill="values")
    replace_rows(kent, "Commentary", [[JANUARY, "referrals", "Another.", None, None]])
    with open_workbook(kent) as workbook:
        found = {problem.place: problem for problem in check(workbook)}
    assert (found[REFERRALS].code, found[REFERRALS].is_error) == ("commentary_not_refreshed", False)


def test_a_workbook_without_the_table_has_no_comments(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    book = openpyxl.load_workbook(path)
    del book["Commentary"].tables["Commentary"]
    book.save(path)
    assert refreshed(path).warnings == ()


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        pytest.param(
            [JANUARY, "nobody_knows", "Said.", None, None],
            "unknown_indicator", "'Commentary'!B6", id="of no indicator",
        ),
        pytest.param(
            ["January", "cp_plans", "Said.", None, None],
            "date_as_text", "'Commentary'!A6", id="of no date",
        ),
        pytest.param(
            [None, "cp_plans", "Said.", None, None],
            "not_a_date", "'Commentary'!A6", id="without a date",
        ),
        pytest.param(
            [JANUARY, None, "Said.", None, None],
            "code_blank", "'Commentary'!B6", id="without an indicator",
        ),
        pytest.param(
            [JANUARY, "REFERRALS", "Said.", None, None],
            "two_comments", "'Commentary'!C6", id="the second of an indicator",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_comment_is_a_warning_at_its_cell(
    row: list[object], code: str, place: str, tmp_path: Path
) -> None:
    path = copy_of(KENT, tmp_path)
    first = [JANUARY, "referrals", "Said.", None, None]
    replace_rows(path, "Commentary", [first, row])  # type: ignore[list-item]
    found = [
        (warning.code, warning.place, warning.is_error)
        for warning in refreshed(path).warnings
        if warning.code != "no_commentary"
    ]
    assert found == [(code, place, False)]


def test_rows_make_room_for_a_comment_that_is_printed(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    book = openpyxl.load_workbook(path)
    book["Scorecard"].column_dimensions["M"].width = 40
    book.save(path)
    with_commentary(path, column=13)
    refreshed(path)
    rows = openpyxl.load_workbook(path)["Scorecard"].row_dimensions
    # Some 440 characters of 10 points in 40 columns take more than ten lines of 13 points.
    assert rows[9].height > 18 + 10 * 13
    assert rows[8].height == 18
    replace_rows(path, "Commentary", [[dt.date(2013, 1, 31), "cp_plans", "Short.", None, None]])
    refreshed(path)
    assert openpyxl.load_workbook(path)["Scorecard"].row_dimensions[9].height == 18


def test_rows_beside_unprinted_comments_keep_their_height(kent: Path) -> None:
    refreshed(kent)
    assert openpyxl.load_workbook(kent)["Scorecard"].row_dimensions[9].height == 18


def test_commentary_is_read_and_never_written(kent: Path) -> None:
    part = sheet_part(kent, "Commentary")
    before = part_of(kent, part)
    refreshed(kent)
    assert part_of(kent, part) == before


def test_exceptions_are_reds_and_changed_letters_with_what_is_said(kent: Path) -> None:
    with open_workbook(kent) as workbook:
        exceptions = scorecard_of(workbook).exceptions
    assert {each.rag for each in exceptions} == {"R"}
    said = {each.indicator: each.comment.comment for each in exceptions if each.comment.comment}
    assert said == {
        "referrals": SHOWN["referrals"],
        "core_assessments": "- as planned",
    }
    assert "column_commentary" in names_of(kent)
