"""Roll a workbook forward: close this period, and open the next."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.rolling.counts_kept import counts_kept
from scorecard_xl.rolling.history_entry import history_entry
from scorecard_xl.rolling.history_rows import results_of_period
from scorecard_xl.rolling.new_year import new_year_warnings
from scorecard_xl.rolling.periods import period_after, year_end_between
from scorecard_xl.rolling.refusals import (
    refuse_dates,
    refuse_errors,
    refuse_on_the_web,
    refuse_results,
)
from scorecard_xl.rolling.settings_entry import settings_entry
from scorecard_xl.rolling.settings_moved import moved_settings
from scorecard_xl.workbook.inputs import COUNTS, SETTINGS
from scorecard_xl.workbook.reading import read_workbook
from scorecard_xl.workbook.refresh import refresh

if TYPE_CHECKING:
    import datetime as dt

    from scorecard_xl.problems import Problem
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.refresh import Refreshed


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rolled:
    """What a roll did: the day closed and the next, results added, counts kept and emptied.

    `warnings` ask for what the new period needs; those of the refresh are `refreshed.warnings`.
    """

    closed: dt.date
    as_at: dt.date
    added: int
    kept: int
    emptied: int
    refreshed: Refreshed
    warnings: tuple[Problem, ...]


def roll_forward(
    workbook: Workbook,
    *,
    to: dt.date | None = None,
    clear_counts: bool = False,
    is_outturn_final: bool = False,
) -> Rolled:
    """Put this period's results into History, and move the workbook on; it is not saved.

    Results go in unrounded, as the rules give them. Dates and typed labels move
    on, the counts stay until they are typed over, and are kept as last period's
    in the column Previous value. Then the workbook is refreshed, so that its
    arrows compare with the period just closed. Everything that could be wrong is
    found before the first cell is written.

    Parameters
    ----------
    to
        The last day of the next period; by default that of the month or quarter
        after this one, as the setting ``frequency`` says.
    clear_counts
        Empty the counts that are no formulas.
    is_outturn_final
        Have History say ``final`` where it says that this year's outturn is provisional.

    Raises
    ------
    InvalidWorkbookError
        The workbook has errors, or shows other results than its counts give.
    RefusedError
        It would roll backwards, twice, or over other results of the same day; or the
        workbook is open in Excel on the web.
    """
    refuse_on_the_web(workbook)
    reading = read_workbook(workbook)
    scorecard, inputs = reading.scorecard(), reading.inputs
    settings, results = scorecard.settings, results_of_period(scorecard)
    refuse_errors(workbook, reading)
    day = to or period_after(settings)
    refuse_dates(inputs, settings, day)
    refuse_results(inputs, settings, results, is_date_given=to is not None)
    year_end = year_end_between(settings, day)
    entry = history_entry(workbook, inputs, settings, results, year_end)
    final = entry.said_final(settings) if is_outturn_final else None
    moved = moved_settings(settings, inputs.columns(SETTINGS), day)
    of_settings = settings_entry(workbook, inputs, moved.values)
    table = workbook.read_table(COUNTS.name)
    assert table is not None
    counts = counts_kept(workbook, table, clear=clear_counts)
    warnings = list(moved.warnings)
    if year_end is not None:
        periods = inputs.columns(COUNTS)["data_period"]
        warnings += new_year_warnings(year_end, settings, results, periods, day)
    entry.write(workbook)
    if final is not None:
        final.write(workbook)
    of_settings.write(workbook)
    counts.write(workbook)
    return Rolled(
        closed=settings.as_at,
        as_at=day,
        added=entry.added,
        kept=counts.kept,
        emptied=counts.emptied,
        refreshed=refresh(workbook),
        warnings=(*map(inputs.located, warnings), *counts.warnings),
    )
