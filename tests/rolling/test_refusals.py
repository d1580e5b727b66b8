"""What a roll refuses, in a sentence, with nothing written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scorecard_xl import InvalidWorkbookError, RefusedError, open_workbook
from scorecard_xl.rolling import roll_forward
from scorecard_xl.workbook.cell_content import Content, Formula
from tests.rolling.rolled import rolled
from tests.scorecards import (
    KENT,
    change_settings,
    copy_of,
    edited,
    enter,
    indicator_rows,
    place_in,
    refreshed,
    replace_rows,
    table_in,
)

if TYPE_CHECKING:
    from pathlib import Path

JANUARY = dt.date(2013, 1, 31)


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def refused(path: Path, **options: Any) -> str:
    """The sentence a roll is refused with; the file stays as it is."""
    before = path.read_bytes()
    with open_workbook(path) as workbook:
        with pytest.raises((RefusedError, InvalidWorkbookError)) as told:
            roll_forward(workbook, **options)
        assert workbook.to_bytes() == before
    return str(told.value)


@pytest.mark.parametrize(
    ("to", "date"),
    [
        pytest.param(dt.date(2012, 12, 31), "31/12/2012", id="backwards"),
        pytest.param(JANUARY, "31/01/2013", id="to the same date"),
    ],
)
def test_a_roll_goes_forward(kent: Path, to: dt.date, date: str) -> None:
    assert refused(kent, to=to) == (
        f"'Settings'!B7: as_at is 31/01/2013, and {date} is not after it; give a later date."
    )


def test_after_the_last_month_there_is_none(kent: Path) -> None:
    last = dt.date(9999, 12, 31)
    change_settings(kent, as_at=last, previous_as_at=dt.date(9999, 11, 30))
    refreshed(kent)
    assert refused(kent) == "as_at is 31/12/9999, and there is no later month."


def test_a_second_roll_without_new_counts_is_refused(kent: Path) -> None:
    rolled(kent)
    assert refused(kent) == (
        "No count has changed since the results as at 31/01/2013 were put into History; enter this "
        "month's counts before you roll, or name the next date if they are right."
    )


def test_one_new_count_is_enough(kent: Path) -> None:
    rolled(kent)
    enter(kent, referrals_r12m=13_400)
    refreshed(kent)
    assert rolled(kent).as_at == dt.date(2013, 3, 31)


def test_a_date_that_is_given_says_that_the_counts_are_right(kent: Path) -> None:
    rolled(kent)
    assert rolled(kent, to=dt.date(2013, 3, 31)).added == 42


def test_a_second_roll_of_emptied_counts_is_refused(kent: Path) -> None:
    rolled(kent, clear_counts=True)
    assert refused(kent) == (
        "No indicator has a result; enter the counts of this period before you roll."
    )


def test_a_workbook_with_errors_is_refused_with_all_of_them(kent: Path) -> None:
    enter(kent, referrals_r12m=5.5, referrals_ytd=-1)
    assert refused(kent).count("\n") == 1


def test_a_scorecard_that_shows_other_results_is_refused(kent: Path) -> None:
    enter(kent, children_under_18=330_000)
    assert "its formula is" in refused(kent)


def test_a_scorecard_that_lists_other_indicators_is_refused(kent: Path) -> None:
    replace_rows(kent, "Indicators", indicator_rows(kent)[1:])
    assert refused(kent) == (
        "'Scorecard'!A7: the scorecard shows other indicators than the sheet Indicators lists; "
        "refresh the workbook before it is rolled."
    )


@pytest.mark.parametrize(
    ("held", "told", "remedy"),
    [
        pytest.param(0.071, "7.1%", "type the new result under Restated", id="another figure"),
        pytest.param(0.07, "0.07", "type rounded under Status", id="one that only looks the same"),
        pytest.param("N/A", "'N/A'", "type the new result under Restated", id="a word"),
        pytest.param(None, "nothing", "type the new result under Restated", id="nothing"),
    ],
)
def test_other_results_of_that_date_are_not_covered_up(
    kent: Path, held: Content, told: str, remedy: str
) -> None:
    cell = hold_for_january(kent, held)
    sentence = refused(kent)
    assert sentence.startswith(
        f"{cell}: History holds {told} for leaving_care_sgo as at 31/01/2013, and the counts give"
    )
    assert sentence.endswith(f"take the row out, or {remedy}.")


def hold_for_january(path: Path, held: Content, *, restated: float | None = None) -> str:
    """Have History hold a result of January already; the cell of it."""
    table = table_in(path, "History")
    row: list[Content] = [JANUARY, "leaving_care_sgo", held, *[None] * 4, restated, None, None]
    replace_rows(path, "History", [*table.rows, row])
    refreshed(path)
    return f"'History'!C{table.area.bottom + 1}"


@pytest.mark.parametrize("held", [0.071, "N/A", None])
def test_a_result_typed_under_restated_is_what_history_holds(kent: Path, held: Content) -> None:
    # 54 of 768 left care by an SGO.
    hold_for_january(kent, held, restated=54 / 768)
    assert rolled(kent).added == 41


def test_a_restated_result_that_differs_is_named(kent: Path) -> None:
    cell = hold_for_january(kent, 54 / 768, restated=0.08).replace("!C", "!H")
    assert refused(kent).startswith(f"{cell}: History holds 8.0% for leaving_care_sgo")


def test_a_history_that_is_further_on_is_refused(kent: Path) -> None:
    rolled(kent)
    change_settings(kent, as_at=JANUARY, previous_as_at=dt.date(2012, 12, 31))
    change_settings(kent, as_at=dt.date(2013, 1, 30))
    refreshed(kent)
    assert refused(kent) == (
        "'History'!A88: History holds results as at 31/01/2013, and as_at is 30/01/2013; correct "
        "as_at, or take them out."
    )


def test_a_date_that_is_a_formula_is_not_written_over(kent: Path) -> None:
    place = place_in(kent, "Settings", "as_at", "Value")
    edited(kent, {place: Formula("=DATE(2013,1,31)", JANUARY)})
    refreshed(kent)
    assert refused(kent) == (
        f"{place}: as_at is a formula, which would be lost; type its value, or leave it blank to "
        "have it derived."
    )


@pytest.mark.parametrize("held", ["my note", Formula('=IF(1=2,1,"")', "")], ids=["text", "formula"])
def test_a_cell_below_history_is_not_grown_over(kent: Path, held: Content) -> None:
    bottom = table_in(kent, "History").area.bottom
    edited(kent, {f"'History'!B{bottom + 3}": held})
    with open_workbook(kent) as workbook, pytest.raises(RefusedError) as told:
        roll_forward(workbook)
    assert str(told.value) == (
        f"'History'!B{bottom + 3}: the table History would grow over this cell; move what it holds."
    )


@pytest.mark.parametrize(
    ("formula", "is_refused"),
    [
        ("=IF(setting_as_at=DATE(2013,1,31),77.2,50)", True),
        ("=AVERAGE(History[Result])", True),
        ("=70+7.2", False),
        ("=Counts[[#Headers],[Value]]", False),
    ],
)
def test_a_target_that_reads_what_a_roll_moves_is_not_carried_on_as_it_was(
    kent: Path, formula: str, is_refused: bool
) -> None:
    place = place_in(kent, "Indicators", "cafs_completed", "Target")
    edited(kent, {place: Formula(formula, 77.2)})
    refreshed(kent)
    if not is_refused:
        rolled(kent)
        return
    with open_workbook(kent) as workbook, pytest.raises(InvalidWorkbookError) as told:
        roll_forward(workbook)
    assert [str(each) for each in told.value.problems if each.is_error] == [
        f"{place}: the formula reads what is entered here, and its value is that of before; type "
        "its value instead, or enter the rest in Excel or LibreOffice and save."
    ]


def test_an_outturn_that_is_not_provisional_cannot_be_said_final(kent: Path) -> None:
    assert refused(kent, is_outturn_final=True) == (
        "History holds no provisional result as at 31/03/2012."
    )


def test_a_history_does_not_grow_over_merged_cells(kent: Path) -> None:
    book = openpyxl.load_workbook(kent)
    book["History"].merge_cells("B90:C91")
    book.save(kent)
    refreshed(kent)
    assert refused(kent) == (
        "'History': the table History would grow over the merged cells B90:C91; move that out of "
        "its way."
    )
