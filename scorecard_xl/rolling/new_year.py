"""What a new reporting year asks of an analyst, told when a roll begins one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rules.periods import british_date, year_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.rolling.history_rows import PeriodResult
    from scorecard_xl.rolling.periods import YearEnd
    from scorecard_xl.rules import Settings


def new_year_warnings(
    year_end: YearEnd,
    settings: Settings,
    results: Sequence[PeriodResult],
    periods_of_counts: Sequence[object],
    to: dt.date,
) -> list[Problem]:
    """Ask for the targets of the new year, counts that start anew, and the final outturn."""
    warnings = []
    targets = sum(result.target is not None for result in results)
    if targets:
        old, new = (year_label(day, settings.year_start) for day in (settings.as_at, to))
        verb = "target is that" if targets == 1 else "targets are those"
        finding = f"{targets} {verb} of {old}"
        remedy = f"type those of {new}"
        warnings.append(_warning("targets_of_last_year", "Indicators", "target", finding, remedy))
    to_date = sum(str(period or "").strip().casefold() == "ytd" for period in periods_of_counts)
    if to_date:
        first = british_date(year_end.last_day + dt.timedelta(days=1))
        counts = "count is" if to_date == 1 else "counts are"
        finding = f"{to_date} {counts} for the year to date, and a new year began on {first}"
        remedy = "count them from that day"
        warnings.append(_warning("year_to_date_anew", "Counts", "data_period", finding, remedy))
    if year_end.is_outturn:
        day = british_date(year_end.last_day)
        finding = f"the outturn as at {day} is entered as provisional"
        remedy = "type what changes under Restated, and final under Status when it is"
        warnings.append(_warning("outturn_provisional", "History", "status", finding, remedy))
    return warnings


def _warning(code: str, table: str, column: str, finding: str, remedy: str) -> Problem:
    return Problem(
        code=code,
        severity=Severity.WARNING,
        finding=finding,
        remedy=remedy,
        position=TablePosition(table=table, column=column),
    )
