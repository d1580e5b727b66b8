from __future__ import annotations

import datetime as dt

import pytest

from scorecard_xl.rules.periods import (
    YearStart,
    month_end_before,
    quarter_end_before,
    reporting_year,
    year_earlier,
    year_end_before,
    year_label,
)

APRIL, JANUARY, SEPTEMBER = (YearStart(month=month, day=1) for month in (4, 1, 9))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [("2013-01-31", "2012-12-31"), ("2013-03-31", "2013-02-28"), ("2012-03-15", "2012-02-29")],
)
def test_the_month_before_ends_on_its_last_day(as_at: str, expected: str) -> None:
    assert month_end_before(day(as_at)) == day(expected)


@pytest.mark.parametrize(
    ("as_at", "start", "expected"),
    [
        pytest.param("2013-03-31", APRIL, "2012-12-31", id="fourth quarter"),
        pytest.param("2013-01-31", APRIL, "2012-12-31", id="within the fourth quarter"),
        pytest.param("2012-06-30", APRIL, "2012-03-31", id="first quarter"),
        pytest.param("2012-11-30", SEPTEMBER, "2012-08-31", id="an academic year's first"),
    ],
)
def test_the_quarter_before_ends_on_its_last_day(
    as_at: str, start: YearStart, expected: str
) -> None:
    assert quarter_end_before(day(as_at), start) == day(expected)


@pytest.mark.parametrize(
    ("as_at", "expected"), [("2013-03-31", 2012), ("2013-04-01", 2013), ("2013-12-31", 2013)]
)
def test_a_reporting_year_is_named_for_the_year_it_begins_in(as_at: str, expected: int) -> None:
    assert reporting_year(day(as_at), APRIL) == expected


@pytest.mark.parametrize(
    ("as_at", "start", "expected"),
    [
        pytest.param("2013-01-31", APRIL, "2012-03-31", id="from April"),
        pytest.param("2013-04-30", APRIL, "2013-03-31", id="just begun"),
        pytest.param("2013-01-31", JANUARY, "2012-12-31", id="a calendar year"),
    ],
)
def test_the_outturn_is_of_the_year_before(as_at: str, start: YearStart, expected: str) -> None:
    assert year_end_before(day(as_at), start) == day(expected)


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        pytest.param("2012-02-29", "2011-02-28", id="leap day to the month's end"),
        pytest.param("2013-02-28", "2012-02-29", id="month end to month end"),
        pytest.param("2013-04-30", "2012-04-30", id="April"),
        pytest.param("2013-04-12", "2012-04-12", id="mid-month"),
    ],
)
def test_a_year_earlier_is_month_end_to_month_end(as_at: str, expected: str) -> None:
    assert year_earlier(day(as_at)) == day(expected)


@pytest.mark.parametrize(
    ("as_at", "start", "expected"),
    [
        ("2013-01-31", APRIL, "12/13"),
        ("2000-01-31", APRIL, "99/00"),
        ("2013-01-31", JANUARY, "2013"),
    ],
)
def test_a_year_is_labelled_by_its_two_halves(as_at: str, start: YearStart, expected: str) -> None:
    assert year_label(day(as_at), start) == expected
