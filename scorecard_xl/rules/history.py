"""Results published before, and which of them a result is compared with."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rules.columns import Columns, choice_codes
from scorecard_xl.rules.counts import STATES_AS_TYPED, STATES_LISTED
from scorecard_xl.rules.indicators import Measure
from scorecard_xl.rules.keys import Ids, Lookup, combined, day_ids, ids_in, repeated
from scorecard_xl.rules.periods import british_date, reporting_year
from scorecard_xl.rules.tables import Table
from scorecard_xl.rules.words import objects_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Column, Rows
    from scorecard_xl.rules.settings import Settings
    from scorecard_xl.rules.tables import InputTable
    from scorecard_xl.rules.words import Words

HISTORY_COLUMNS = ("as_at", "indicator", "result")
_OPTIONAL = ("numerator", "denominator", "target", "rag", "restated", "status", "area")
# Read only where what a result was made of is asked for.
_AS_ENTERED = ("numerator", "denominator", "rag", "status")
_SHOWN_WITHIN = 0.0005


def read_history(frame: InputTable, indicators: Rows) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the table of results published before, with every problem found in it.

    Parameters
    ----------
    frame
        One row an indicator and date, with ``as_at``, ``indicator`` and
        ``result``; optionally ``restated`` and ``area``, and how a result came
        about: ``numerator``, ``denominator``, ``rag``, ``status``. A frame without any
        column or row is an empty history.
    indicators
        As `read_indicators` returns them.

    Returns
    -------
    ``as_at``, ``indicator``, ``result`` and ``restated`` (and the others, if
    given), NaN where a state such as N/A stands for a result; ``numerator``,
    ``denominator``, ``rag`` and ``status``, if given, as entered. The index is the position
    of each row in `frame`; blank rows are left out.
    """
    history, problems = typed_history(frame, Columns.of(indicators))
    return history.to_frame(), problems


def typed_history(given: InputTable, indicators: Columns) -> tuple[Columns, list[Problem]]:
    """The same as columns, for the rules."""
    if not list(given):
        given = {column: [] for column in HISTORY_COLUMNS}
    table = Table("History", given, key="indicator", columns=HISTORY_COLUMNS, optional=_OPTIONAL)
    columns: dict[str, Column] = {}
    if table.has("area"):
        columns["area"] = table.area()
    columns["as_at"] = table.dates("as_at").astype("datetime64[s]")
    columns["indicator"] = table.codes("indicator")
    columns["result"] = _published(table, "result")
    columns["restated"] = _published(table, "restated")
    for column in filter(table.has, _AS_ENTERED):
        columns[column] = objects_of(table.entries(column))
    history = Columns(columns, table.rows)
    if table.is_readable:
        _note_repeated_rows(table, history)
        _note_percentages(table, history, indicators)
    return history, table.in_order()


def problems_of_dates(
    published: Collection[dt.date], settings: Settings, setting_rows: Mapping[str, int]
) -> list[Problem]:
    """Warn of dates to compare with that are not the period before, or have no results.

    `published` holds the dates of History, `setting_rows` the rows of the Settings table.
    """
    before = settings.period_before()
    findings = []
    if settings.previous_as_at != before:
        findings.append(
            (
                "previous_not_the_period_before", "previous_as_at",
                f"previous_as_at is {british_date(settings.previous_as_at)}, and the"
                f" {settings.frequency} before ended on {british_date(before)}",
                "correct the date, or leave it blank to have it worked out",
            )
        )  # fmt: skip
    for name in ("previous_as_at", "outturn_as_at"):
        date = getattr(settings, name)
        if date not in published:
            findings.append(
                (
                    "no_history", name,
                    f"History has no results as at {british_date(date)}, so that no arrow compares"
                    " with them",
                    f"add them to History, or correct {name}",
                )
            )  # fmt: skip
    return [
        Problem(
            code=code,
            severity=Severity.WARNING,
            finding=finding,
            remedy=remedy,
            position=TablePosition(table="Settings", row=setting_rows.get(name), column="value"),
        )
        for code, name, finding, remedy in findings
    ]


@dataclasses.dataclass(frozen=True, kw_only=True)
class References:
    """What each row's result is compared with: the value, its date, whether restated.

    `row` is its place in the history, -1 where there is none.
    """

    value: NDArray[np.float64]
    as_at: NDArray[np.datetime64]
    is_restated: NDArray[np.bool_]
    row: Ids


class PublishedResults:
    """Finds the result an indicator had at a date, without case; restated, if it was."""

    def __init__(
        self, history: Columns, areas: Mapping[str, int], codes: Mapping[str, int]
    ) -> None:
        day, days = day_ids(history.numbers("as_at"))
        self._days = {day: place for place, day in enumerate(days)}
        self._area_count = len(areas) if "area" in history else 1
        self._code_count = len(codes)
        area = np.zeros(len(history), dtype=np.int64)
        if "area" in history:
            area = ids_in(areas, history.words("area"))
        self._lookup = Lookup(
            *combined(
                (area, self._area_count),
                (day, len(days)),
                (ids_in(codes, history.words("indicator")), self._code_count),
            )
        )
        restated = history.numbers("restated")
        self._is_restated = np.append(~np.isnan(restated), False)
        published = np.where(np.isnan(restated), history.numbers("result"), restated)
        self._value = np.append(published, np.nan)

    def at(
        self, days: Sequence[dt.date], *, areas: Ids, scorecard: NDArray[np.intp], code: Ids
    ) -> References:
        """The references of rows.

        `days` and `areas` hold a day and an area for each scorecard; `scorecard`
        and `code` say for each row which scorecard and which indicator it is.
        """
        rows = self.rows_at(days, areas=areas, scorecard=scorecard, code=code)
        return References(
            value=self._value[rows],
            as_at=np.array(days, dtype="datetime64[s]")[scorecard],
            is_restated=self._is_restated[rows],
            row=rows,
        )

    def rows_at(
        self, days: Sequence[dt.date], *, areas: Ids, scorecard: NDArray[np.intp], code: Ids
    ) -> Ids:
        """The rows of History that hold the same; -1 where there is none."""
        day = np.array([self._days.get(day, -1) for day in days], dtype=np.int64)
        area = areas if self._area_count > 1 else np.zeros(len(days), dtype=np.int64)
        places, count = combined((area, self._area_count), (day, len(self._days)))
        keys, _ = combined((places[scorecard], count), (code, self._code_count))
        return self._lookup.rows_of(keys)


def previous_at_year_start(
    published: References, a_year_earlier: References, starts_year: NDArray[np.bool_]
) -> References:
    """The previous results, a year earlier where one month would face twelve."""
    return References(
        value=np.where(starts_year, a_year_earlier.value, published.value),
        as_at=np.where(starts_year, a_year_earlier.as_at, published.as_at),
        is_restated=np.where(starts_year, a_year_earlier.is_restated, published.is_restated),
        row=np.where(starts_year, a_year_earlier.row, published.row),
    )


def starts_reporting_year(settings: Settings) -> bool:
    """Whether the previous period lies in another reporting year than this one."""
    this_year, previous_year = (
        reporting_year(day, settings.year_start)
        for day in (settings.as_at, settings.previous_as_at)
    )
    return this_year != previous_year


def is_year_to_date(data_period: Words) -> NDArray[np.bool_]:
    """Whether each indicator counts from the start of the reporting year."""
    return is_period(data_period, "ytd")


def is_period(data_period: Words, period: str) -> NDArray[np.bool_]:
    """Which rows have that data period, given in small letters."""
    found = [each == period for each in data_period.lowered]
    return np.array([*found, False]).take(data_period.codes)


def _published(table: Table, column: str) -> NDArray[np.float64]:
    """A column of results, NaN where a state stands for one."""
    numbers, others = table.raw_numbers(column)
    infinite = np.isinf(numbers)
    if infinite.any():
        others |= {row: float(numbers[row]) for row in np.flatnonzero(infinite).tolist()}
        numbers = np.where(infinite, np.nan, numbers)
    for row, entry in others.items():
        if not isinstance(entry, str) or entry.strip().lower() not in STATES_AS_TYPED:
            table.no_number_or_state(row, column, entry, STATES_LISTED)
    return numbers


def _note_repeated_rows(table: Table, history: Columns) -> None:
    codes = history.words("indicator")
    words = codes.vocabulary
    days, distinct = day_ids(history.numbers("as_at"))
    parts = [(ids_in(words, codes), len(words)), (days, len(distinct))]
    if "area" in history:
        areas = history.words("area").vocabulary
        parts.append((ids_in(areas, history.words("area")), len(areas)))
    table.repeated("indicator", codes, *repeated(*combined(*parts)))


def _note_percentages(table: Table, history: Columns, indicators: Columns) -> None:
    """Note percentages above 1, unless the row's own counts give them."""
    words = indicators.words("indicator").vocabulary
    percentage = choice_codes(indicators["measure"], Measure) == list(Measure).index(
        Measure.PERCENTAGE
    )
    is_percentage = np.zeros(len(words) + 1, dtype=np.bool_)
    is_percentage[ids_in(words, indicators.words("indicator"))[percentage]] = True
    is_percentage[-1] = False
    among = is_percentage[ids_in(words, history.words("indicator"))]
    results = {column: history.numbers(column) for column in ("result", "restated")}
    if not any((among & (result > 1)).any() for result in results.values()):
        return
    numerator, denominator = (
        table.raw_numbers(column)[0] for column in ("numerator", "denominator")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = numerator / denominator
    for column, result in results.items():
        given = np.abs(ratio - result) <= _SHOWN_WITHIN + 1e-9
        table.percentages_above_1(column, result, among & ~given)
