"""The calendar of reporting: ends of months and quarters, reporting years, their labels."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True, order=True)
class YearStart:
    """The month and day on which a reporting year begins."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month; months beyond 1 to 12 run into the years around."""
    years, index = divmod(month - 1, 12)
    year, month = year + years, index + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def month_end_before(day: dt.date) -> dt.date:
    """The last day of the month before."""
    return month_end(day.year, day.month - 1)


def months_between(first: dt.date, last: dt.date) -> int:
    """How many months the second day's month is after the first's."""
    return (last.year - first.year) * 12 + last.month - first.month


def quarter_end_before(day: dt.date, year_start: YearStart) -> dt.date:
    """The last day of the quarter before, quarters counted from the reporting year's start."""
    months_into_quarter = (day.month - year_start.month) % 3
    return month_end(day.year, day.month - months_into_quarter - 1)


def reporting_year(day: dt.date, year_start: YearStart) -> int:
    """The calendar year in which the day's reporting year began."""
    began = (day.month, day.day) >= (year_start.month, year_start.day)
    return day.year if began else day.year - 1


def year_end_before(day: dt.date, year_start: YearStart) -> dt.date:
    """The last day of the reporting year before the day's own."""
    began = reporting_year(day, year_start)
    return dt.date(began, year_start.month, year_start.day) - dt.timedelta(days=1)


def year_earlier(day: dt.date) -> dt.date:
    """The same day a year before; the end of a month gives the end of that month."""
    last = month_end(day.year - 1, day.month)
    if day == month_end(day.year, day.month):
        return last
    return dt.date(last.year, last.month, day.day)


def month_label(day: dt.date) -> str:
    """A period's label, ``Jan 2013``."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def outturn_label(day: dt.date) -> str:
    """An outturn's label, ``March 12``."""
    return f"{MONTHS[day.month - 1]} {day.year % 100:02}"


def year_label(day: dt.date, year_start: YearStart) -> str:
    """A reporting year's label, ``12/13``, or ``2013`` where it is the calendar year."""
    began = reporting_year(day, year_start)
    if (year_start.month, year_start.day) == (1, 1):
        return str(began)
    return f"{began % 100:02}/{(began + 1) % 100:02}"


def british_date(day: dt.date) -> str:
    """A date as it is read here, ``31/01/2013``."""
    return f"{day.day:02}/{day.month:02}/{day.year}"
