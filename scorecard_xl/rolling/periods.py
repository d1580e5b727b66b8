"""The period after this one, and whether a reporting year ends between them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.rules.periods import british_date, month_end, reporting_year, year_end_before
from scorecard_xl.rules.settings import Frequency

if TYPE_CHECKING:
    from scorecard_xl.rules import Settings


def period_after(settings: Settings) -> dt.date:
    """The last day of the month or quarter after the one that `as_at` lies in.

    Raises
    ------
    RefusedError
        Excel has no such date.
    """
    day, months = settings.as_at, 1
    if settings.frequency is Frequency.QUARTER:
        months = 5 - (day.month - settings.year_start.month) % 3
    if day.year == dt.MAXYEAR and day.month + months > 12:
        message = f"as_at is {british_date(day)}, and there is no later {settings.frequency}."
        raise RefusedError(message)
    return month_end(day.year, day.month + months)


@dataclasses.dataclass(frozen=True)
class YearEnd:
    """The reporting year that a roll closes: its last day, and whether its last period is closed.

    Where periods were left out, what is closed is no outturn.
    """

    last_day: dt.date
    is_outturn: bool


def year_end_between(settings: Settings, to: dt.date) -> YearEnd | None:
    """The reporting year that ends between `as_at` and the day `to`, if one does."""
    start = settings.year_start
    if reporting_year(to, start) == reporting_year(settings.as_at, start):
        return None
    last_day = year_end_before(to, start)
    ends_here = reporting_year(period_after(settings), start) == reporting_year(to, start)
    return YearEnd(last_day, ends_here)
