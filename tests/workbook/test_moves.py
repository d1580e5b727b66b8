"""What moved since the last refresh is told by what Checks remembers, not by what is shown."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl import open_workbook
from scorecard_xl.workbook.changed_ratings import Move, sentences_of
from scorecard_xl.workbook.checking import moves_shown
from scorecard_xl.workbook.last_refreshed import NAME, read_last
from scorecard_xl.workbook.reading import read_workbook
from tests.rearranging import redefine
from tests.scorecards import (
    EMPTY,
    KENT,
    change_settings,
    copy_of,
    edited,
    enter,
    indicator_rows,
    more_indicators,
    names_of,
    refreshed,
    replace_rows,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.judges.libreoffice import Calc

IN_7_DAYS = "initial_assessments_in_7_days"
NAME_IN_7_DAYS = (
    "NI 59 - Percentage of IA's that were carried out within 7 working days of referral"
)


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def moves_in(path: Path) -> tuple[Move, ...]:
    with open_workbook(path) as workbook:
        return moves_shown(workbook, read_workbook(workbook))


def remembered_in(path: Path) -> dict[str, tuple[object, ...]]:
    with open_workbook(path) as workbook:
        block = workbook.read_names()[NAME]
        assert block is not None
        return dict(read_last(workbook, block))


def test_checks_shows_letters_arrows_and_counts_as_last_refreshed(kent: Path) -> None:
    sheet = openpyxl.load_workbook(kent)["Checks"]
    headings = [cell.value for cell in sheet[4][6:14]]
    assert headings == [
        "Period", "Code", "RAG", "From previous", "From outturn", "Result, unrounded", "Num",
        "Denom",
    ]  # fmt: skip
    # NI 59: 7,307 of 8,611 is better than last March's 76.2%, and worse than December's 86.1%.
    assert [cell.value for cell in sheet[18][6:14]] == [
        "as at 31/01/2013", IN_7_DAYS, "G", "↓", "↑", 7307 / 8611, 7307, 8611,
    ]  # fmt: skip
    assert str(names_of(kent)[NAME]) == "'Checks'!G5:N46"


def test_nothing_has_moved_after_a_refresh(kent: Path) -> None:
    assert moves_in(kent) == ()
    assert refreshed(kent).moves == ()


def test_a_refresh_tells_letters_arrows_and_the_counts_behind_them(kent: Path) -> None:
    enter(kent, initial_assessments_in_7_days_ytd=5_000)
    checked, moves = moves_in(kent), refreshed(kent).moves
    assert checked == moves
    # 5,000 of 8,611 is 58.1%, more than 10% below 78.8%, and below last March's 76.2%.
    assert list(sentences_of(moves)) == [
        f"Rating changed: {NAME_IN_7_DAYS}, Green to Red"
        " (initial_assessments_in_7_days_ytd 7,307 to 5,000)",
        f"Arrow changed: {NAME_IN_7_DAYS}, since the outturn improved to worsened",
    ]


def test_what_moves_without_another_letter_is_told_with_its_counts(kent: Path) -> None:
    enter(kent, lac_5_to_16_with_pep=1_006)
    assert list(sentences_of(refreshed(kent).moves)) == [
        "1 result moved without another letter or arrow: lac_5_to_16_with_pep 1,005 to 1,006"
    ]


def test_the_sheet_may_have_moved_before_the_refresh(calc: Calc, kent: Path) -> None:
    """With formulas a letter has changed on the Scorecard by the time Refresh is clicked."""
    enter(kent, initial_assessments_in_7_days_ytd=5_000)
    with calc.open(kent) as book:
        book.recalculate()
        assert book.values("Scorecard", "E22") == [["R"]]
        book.save_xlsx(kent)
    (change,) = refreshed(kent).changed_ratings
    assert (change.code, change.before, change.after) == (IN_7_DAYS, "G", "R")


def test_the_record_of_a_move_is_plain(kent: Path) -> None:
    enter(kent, initial_assessments_in_7_days_ytd=5_000)
    (move,) = moves_in(kent)
    before = {"rag": "G", "dot_previous": "worsened", "dot_outturn": "improved"}
    assert move.to_record() == {
        "indicator": IN_7_DAYS,
        "name": NAME_IN_7_DAYS,
        "before": before | {"result": 7307 / 8611, "numerator": 7307, "denominator": 8611},
        "after": {
            "rag": "R", "dot_previous": "worsened", "dot_outturn": "worsened",
            "result": 5000 / 8611, "numerator": 5000, "denominator": 8611,
        },
        "counts": [
            {"code": "initial_assessments_in_7_days_ytd", "before": 7307, "after": 5000}
        ],
    }  # fmt: skip


def test_in_another_month_only_letters_are_told(kent: Path) -> None:
    change_settings(kent, as_at=dt.date(2013, 2, 28), previous_as_at=None, period_label=None)
    enter(kent, initial_assessments_in_7_days_ytd=5_000, lac_5_to_16_with_pep=1_006)
    (move,) = moves_in(kent)
    assert (move.code, move.counts) == (IN_7_DAYS, ())


def test_what_is_remembered_grows_and_shrinks_with_the_indicators(kent: Path) -> None:
    rows = indicator_rows(kent)
    for some in ([*rows, *more_indicators(rows, 5)], rows[:3], rows):
        replace_rows(kent, "Indicators", some)
        refreshed(kent)
        assert list(remembered_in(kent)) == [row[0] for row in some]


def test_what_an_analyst_has_typed_below_is_not_written_over(kent: Path) -> None:
    edited(kent, {"'Checks'!H48": "mine"})
    rows = indicator_rows(kent)
    replace_rows(kent, "Indicators", [*rows, *more_indicators(rows, 5)])
    refreshed(kent)
    assert openpyxl.load_workbook(kent)["Checks"]["H48"].value == "mine"
    assert len(remembered_in(kent)) == len(rows)


def test_a_workbook_without_the_block_compares_what_it_shows(kent: Path) -> None:
    redefine(kent, {NAME: None})
    enter(kent, initial_assessments_in_7_days_ytd=5_000)
    outcome = refreshed(kent)
    assert [change.code for change in outcome.changed_ratings] == [IN_7_DAYS]
    assert outcome.moves == ()


def test_a_workbook_that_was_never_refreshed_remembers_nothing(tmp_path: Path) -> None:
    assert remembered_in(copy_of(EMPTY, tmp_path)) == {}
