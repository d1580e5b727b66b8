"""When a roll would do harm: twice, backwards, or over results that History already holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard_xl.exceptions import InvalidWorkbookError, RefusedError
from scorecard_xl.problems import TablePosition
from scorecard_xl.rolling.history_rows import entry_of, is_held, is_unchanged, rows_by_code
from scorecard_xl.rules import as_shown
from scorecard_xl.rules.periods import british_date
from scorecard_xl.rules.settings_table import rows_of_settings
from scorecard_xl.workbook.checking import problems_shown
from scorecard_xl.workbook.inputs import HISTORY, SETTINGS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rolling.history_rows import PeriodResult
    from scorecard_xl.rules import Settings
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.inputs import Inputs
    from scorecard_xl.workbook.reading import Reading


def refuse_on_the_web(workbook: Workbook) -> None:
    """Refuse a workbook in Excel on the web, where a roll could not read what it has entered.

    Raises
    ------
    RefusedError
        It is open there.
    """
    if not workbook.reads_back:
        message = (
            f"{workbook.name} is open in Excel on the web, where it cannot be rolled forward; roll "
            "it in Excel on a computer, or the closed file with scorecard-xl roll."
        )
        raise RefusedError(message)


def refuse_errors(workbook: Workbook, reading: Reading) -> None:
    """Refuse a workbook with errors, or whose Scorecard shows other than its counts give.

    Raises
    ------
    InvalidWorkbookError
        It has errors; every problem is told.
    RefusedError
        It has not been refreshed since indicators came or went.
    """
    problems = problems_shown(workbook, reading)
    if any(problem.is_error for problem in problems):
        raise InvalidWorkbookError(problems)
    for problem in problems:
        if problem.code == "not_filled":
            message = (
                f"{problem.place}: {problem.finding}; refresh the workbook before it is rolled."
            )
            raise RefusedError(message)


def refuse_dates(inputs: Inputs, settings: Settings, to: dt.date) -> None:
    """Refuse to roll backwards, to the same date, or a workbook whose History is further on."""
    rows = rows_of_settings(inputs.columns(SETTINGS))
    place = _place(inputs, "Settings", rows.get("as_at"), "value")
    now = british_date(settings.as_at)
    if to <= settings.as_at:
        message = (
            f"{place}: as_at is {now}, and {british_date(to)} is not after it; give a later date."
        )
        raise RefusedError(message)
    for row, day in enumerate(inputs.columns(HISTORY)["as_at"]):
        if isinstance(day, type(to)) and day > settings.as_at:
            message = (
                f"{_place(inputs, 'History', row, 'as_at')}: History holds results as at "
                f"{british_date(day)}, and as_at is {now}; correct as_at, or take them out."
            )
            raise RefusedError(message)


def refuse_results(
    inputs: Inputs, settings: Settings, results: Sequence[PeriodResult], *, is_date_given: bool
) -> None:
    """Refuse results that contradict History's of that day, that are none, or last period's."""
    history = inputs.columns(HISTORY)
    if all(result.result is None for result in results):
        message = "No indicator has a result; enter the counts of this period before you roll."
        raise RefusedError(message)
    _refuse_others(inputs, history, settings, results)
    if not is_date_given and is_unchanged(results, history, settings.previous_as_at):
        message = (
            f"No count has changed since the results as at {british_date(settings.previous_as_at)} "
            f"were put into History; enter this {settings.frequency}'s counts before you roll, or "
            "name the next date if they are right."
        )
        raise RefusedError(message)


def _refuse_others(
    inputs: Inputs,
    history: Mapping[str, Sequence[Any]],
    settings: Settings,
    results: Sequence[PeriodResult],
) -> None:
    """Refuse what History holds otherwise for the same day; the cell is named."""
    rows = rows_by_code(history, settings.as_at)
    statuses = history.get("status")
    for result in results:
        row = rows.get(result.code.casefold())
        if row is None:
            continue
        column, entry = entry_of(history, row)
        if is_held(result, entry, statuses and statuses[row]):
            continue
        holds, gives, remedy = _compared(entry, result)
        message = (
            f"{_place(inputs, 'History', row, column)}: History holds {holds} for {result.code} "
            f"as at {british_date(settings.as_at)}, and the counts give {gives}; {remedy}."
        )
        raise RefusedError(message)


def _compared(entry: object, result: PeriodResult) -> tuple[str, str, str]:
    """Two results as they are shown, or exactly where that looks the same, and what would do."""
    holds, gives = (_shown(value, result) for value in (entry, result.entry))
    if holds != gives:
        return holds, gives, "take the row out, or type the new result under Restated"
    holds, gives = (_shown(value, result, exactly=True) for value in (entry, result.entry))
    return holds, gives, "take the row out, or type rounded under Status"


def _shown(value: object, result: PeriodResult, *, exactly: bool = False) -> str:
    if isinstance(value, int | float):
        return f"{value:.15g}" if exactly else as_shown(float(value), result.measure)
    return "nothing" if value is None else repr(value)


def _place(inputs: Inputs, table: str, row: int | None, column: str) -> str:
    position = TablePosition(table=table, row=row, column=column)
    return str(inputs.tables[table].place_of(position))
