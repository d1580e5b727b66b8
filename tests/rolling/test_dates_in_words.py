"""Dates in labels and file names are moved on as they are written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scorecard_xl.rolling.dates_in_words import (
    month_names,
    month_renderings,
    moved,
    quarter_renderings,
    year_renderings,
)
from scorecard_xl.rolling.file_names import next_path
from scorecard_xl.rules import YearStart

DECEMBER, JANUARY, FEBRUARY = dt.date(2012, 12, 31), dt.date(2013, 1, 31), dt.date(2013, 2, 28)
MARCH, APRIL = dt.date(2013, 3, 31), dt.date(2013, 4, 30)
APRIL_FIRST = YearStart(month=4, day=1)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        pytest.param("Jan 2013", "Feb 2013", id="as it is derived"),
        pytest.param("January 2013", "February 2013", id="in full"),
        pytest.param("JANUARY 2013", "FEBRUARY 2013", id="in capitals"),
        pytest.param("Jan-13 (draft)", "Feb-13 (draft)", id="two digits, among other words"),
        pytest.param("31 January 2013", "28 February 2013", id="a day"),
        pytest.param("31/01/2013", "28/02/2013", id="in figures"),
        pytest.param("the winter", None, id="no date"),
        pytest.param("Jan 2012", None, id="another year"),
    ],
)
def test_a_month_is_moved_on_as_it_is_written(label: str, expected: str | None) -> None:
    assert moved(label, month_renderings(JANUARY, FEBRUARY)) == expected


def test_a_month_alone_is_a_word_of_its_own() -> None:
    names = month_names(MARCH, APRIL)
    assert moved("since March", names) == "since April"
    assert moved("Marchmont", names) is None


def test_quarters_and_years_are_those_of_the_reporting_year() -> None:
    both = year_renderings(MARCH, APRIL, APRIL_FIRST) | quarter_renderings(
        MARCH, dt.date(2013, 6, 30), APRIL_FIRST
    )
    assert moved("Q4 2012-13", both) == "Q1 2013-14"
    assert moved("Target 12/13", both) == "Target 13/14"
    calendar = YearStart(month=1, day=1)
    assert moved("2012", year_renderings(DECEMBER, JANUARY, calendar)) == "2013"


@pytest.mark.parametrize(
    ("name", "closed", "as_at", "expected"),
    [
        pytest.param("kent_2013_01.xlsx", JANUARY, FEBRUARY, "kent_2013_02.xlsx", id="figures"),
        pytest.param("Kent Jan 2013.xlsm", JANUARY, FEBRUARY, "Kent Feb 2013.xlsm", id="words"),
        pytest.param("dec12.xlsx", DECEMBER, JANUARY, "jan13.xlsx", id="across a year"),
        pytest.param("2013-01-31.xlsx", JANUARY, FEBRUARY, "2013-02-28.xlsx", id="a day"),
        pytest.param(
            "kent_Q3_2012_13.xlsx", DECEMBER, MARCH, "kent_Q4_2012_13.xlsx", id="quarter"
        ),
        pytest.param("kent.xlsx", JANUARY, FEBRUARY, "kent_2013_02.xlsx", id="no date"),
        pytest.param("kent_2012_12.xlsx", JANUARY, FEBRUARY, "kent_2012_12_2013_02.xlsx",
                     id="another date"),
    ],
)  # fmt: skip
def test_the_next_file_is_called_like_this_one_but_for_the_date(
    name: str, closed: dt.date, as_at: dt.date, expected: str
) -> None:
    path = next_path(Path("folder") / name, closed=closed, as_at=as_at, year_start=APRIL_FIRST)
    assert path == Path("folder") / expected
