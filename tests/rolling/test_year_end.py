"""Across the end of a reporting year: outturn, targets, counts to date; quarters, too."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import check, open_workbook
from tests.rolling.rolled import history_at, rolled, settings_of
from tests.scorecards import (
    KENT,
    change_settings,
    copy_of,
    enter,
    refreshed,
    replace_rows,
    table_in,
    text_at,
)

if TYPE_CHECKING:
    from pathlib import Path

MARCH, APRIL = dt.date(2013, 3, 31), dt.date(2013, 4, 30)
PROVISIONAL = "The outturn is provisional."


@pytest.fixture
def march(tmp_path: Path) -> Path:
    """Kent's workbook, rolled on to March 2013 and counted anew."""
    path = copy_of(KENT, tmp_path)
    rolled(path, to=MARCH)
    enter(path, referrals_r12m=13_400)
    refreshed(path)
    return path


def test_the_last_month_of_a_year_becomes_its_provisional_outturn(march: Path) -> None:
    rolled(march)
    assert {row["status"] for row in history_at(march, MARCH).values()} == {"provisional"}
    settings = settings_of(march)
    assert (settings["outturn_as_at"], settings["outturn_label"]) == (MARCH, "March 13")
    assert (settings["as_at"], settings["target_label"]) == (APRIL, "13/14")
    assert str(text_at(march, "scorecard_footnote")).endswith(PROVISIONAL)


def test_the_new_year_is_asked_for(march: Path) -> None:
    told = {problem.code: str(problem) for problem in rolled(march).warnings}
    assert told == {
        "targets_of_last_year": (
            "'Indicators'!I4: 41 targets are those of 12/13; type those of 13/14."
        ),
        "year_to_date_anew": (
            "'Counts'!C4: 32 counts are for the year to date, and a new year began on 01/04/2013; "
            "count them from that day."
        ),
        "outturn_provisional": (
            "'History'!I4: the outturn as at 31/03/2013 is entered as provisional; type what "
            "changes under Restated, and final under Status when it is."
        ),
    }


def test_the_outturn_is_provisional_until_it_is_said_final(march: Path) -> None:
    rolled(march)
    enter(march, referrals_r12m=13_500)
    refreshed(march)
    rolled(march, is_outturn_final=True)
    assert {row["status"] for row in history_at(march, MARCH).values()} == {"final"}
    assert PROVISIONAL not in str(text_at(march, "scorecard_footnote"))
    with open_workbook(march) as workbook:
        assert not any(problem.is_error for problem in check(workbook))


def test_an_outturn_that_no_period_ends_on_has_rows_of_its_own(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    as_at = dt.date(2013, 3, 28)
    rolled(path, to=as_at)
    enter(path, referrals_r12m=13_400)
    refreshed(path)
    assert rolled(path).added == 42
    monthly, outturn = history_at(path, as_at), history_at(path, MARCH)
    assert {row["status"] for row in monthly.values()} == {None}
    assert {row["status"] for row in outturn.values()} == {"provisional"}
    assert [row["result"] for row in monthly.values()] == [
        row["result"] for row in outturn.values()
    ]


def test_where_months_were_left_out_nothing_is_called_an_outturn(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    outcome = rolled(path, to=APRIL)
    assert history_at(path, MARCH) == {}
    assert "outturn_provisional" not in [problem.code for problem in outcome.warnings]
    assert "no_history" in [problem.code for problem in outcome.refreshed.warnings]


def test_quarters_follow_quarters(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    december = dt.date(2012, 12, 31)
    change_settings(
        path, frequency="quarter", as_at=december, previous_as_at=None, period_label="Q3 2012/13",
        previous_words="Q2", current_words="Q3",
    )  # fmt: skip
    refreshed(path)
    rows = [row for row in table_in(path, "History").rows if row[0].date() < december]
    replace_rows(path, "History", rows)
    refreshed(path)
    assert rolled(path).as_at == MARCH
    settings = settings_of(path)
    words = [settings[name] for name in ("period_label", "previous_words", "current_words")]
    assert words == ["Q4 2012/13", "Q3", "Q4"]
    enter(path, referrals_r12m=13_400)
    refreshed(path)
    assert rolled(path).as_at == dt.date(2013, 6, 30)
    settings = settings_of(path)
    words = [settings[name] for name in ("period_label", "previous_words", "current_words")]
    assert words == ["Q1 2013/14", "Q4", "Q1"]
