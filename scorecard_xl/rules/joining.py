"""Indicators, counts and history joined: one row an indicator of each scorecard."""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rules.columns import categories, choice_codes
from scorecard_xl.rules.counts import State
from scorecard_xl.rules.history import (
    PublishedResults,
    is_year_to_date,
    previous_at_year_start,
    starts_reporting_year,
)
from scorecard_xl.rules.keys import Ids, Lookup, combined, ids_in, vocabulary
from scorecard_xl.rules.periods import year_earlier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scorecard_xl.rules.settings import Settings


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scorecards:
    """The scorecards that counts hold, and which rows make each of them.

    `settings` has one entry a scorecard. `of_counts` says which scorecard each
    row of counts belongs to, -1 for none. The rows of the scorecards are
    `scorecard` and, beside it, `indicator`, a position in the indicators.
    """

    settings: tuple[Settings, ...]
    area_words: pd.Index[str]
    areas: Ids
    of_counts: Ids
    scorecard: NDArray[np.intp]
    indicator: NDArray[np.intp]

    @property
    def are_many(self) -> bool:
        """Whether there is more than one."""
        return len(self.settings) > 1


def scorecards_of(indicators: pd.DataFrame, counts: pd.DataFrame, settings: Settings) -> Scorecards:
    """Find the scorecards: each area and date of the counts, in order of first appearance.

    Without areas or dates in the counts, they are those of the settings.
    """
    if counts.empty:
        counts = counts.drop(columns=["area", "as_at"], errors="ignore")
    own_area = pd.Categorical([settings.area])
    area_column = counts["area"].array if "area" in counts else own_area
    area_words = vocabulary(area_column)
    area_ids = np.zeros(len(counts), dtype=np.int64)
    if "area" in counts:
        area_ids = ids_in(area_words, area_column)
    day_ids, days = np.zeros(len(counts), dtype=np.int64), pd.Index([settings.as_at])
    if "as_at" in counts:
        found, distinct = pd.factorize(counts["as_at"])
        day_ids, days = found.astype(np.int64), pd.Index(distinct)
    keys, _ = combined((area_ids, len(area_words)), (day_ids, len(days)))
    of_counts, distinct_keys = pd.factorize(np.where(keys < 0, np.nan, keys))
    if counts.empty:
        distinct_keys = np.zeros(1)
    areas, day_places = np.divmod(distinct_keys.astype(np.int64), max(len(days), 1))
    shown = _names(area_words, area_column)
    own = [
        settings.at(area=shown[area], as_at=pd.Timestamp(days[day]).date())
        for area, day in zip(areas.tolist(), day_places.tolist(), strict=True)
    ]
    scorecard, indicator = _rows(indicators, areas, area_words)
    return Scorecards(
        settings=tuple(own),
        area_words=area_words,
        areas=areas,
        of_counts=of_counts.astype(np.int64),
        scorecard=scorecard,
        indicator=indicator,
    )


def unknown_areas(indicators: pd.DataFrame, scorecards: Scorecards) -> list[Problem]:
    """One problem for each area that has indicators and no counts."""
    if "area" not in indicators:
        return []
    areas = indicators["area"].array
    unknown = (ids_in(scorecards.area_words, areas) < 0) & (areas.codes >= 0)
    _, rows = np.unique(areas.codes[unknown], return_index=True)
    return [
        Problem(
            code="unknown_area",
            severity=Severity.ERROR,
            finding=f"area {areas[row]!r} has indicators and no counts",
            remedy="add its counts, or take its indicators out",
            position=TablePosition(
                table="Indicators", row=int(indicators.index[row]), column="area"
            ),
        )
        for row in np.sort(np.flatnonzero(unknown)[rows]).tolist()
    ]


def join_counts(
    indicators: pd.DataFrame, counts: pd.DataFrame, scorecards: Scorecards
) -> tuple[pd.DataFrame, list[Problem]]:
    """Put to each row of the scorecards its two counts and their states.

    Returns ``numerator_code``, ``numerator``, ``numerator_state`` and the same
    for the denominator; with a problem for each count that is named and not
    there.
    """
    words = vocabulary(counts["code"].array)
    code_count = max(len(words), 1)
    lookup = Lookup(
        *combined(
            (scorecards.of_counts, len(scorecards.settings)),
            (ids_in(words, counts["code"].array), code_count),
        )
    )
    values = np.append(counts["value"].to_numpy(), np.nan)
    states = np.append(choice_codes(counts["state"], State), np.int8(-1))
    columns: dict[str, pd.Categorical[str] | NDArray[np.float64]] = {}
    problems: list[Problem] = []
    for name in ("numerator", "denominator"):
        code = ids_in(words, indicators[name].array)[scorecards.indicator]
        keys, _ = combined(
            (scorecards.scorecard.astype(np.int64), len(scorecards.settings)), (code, code_count)
        )
        rows = lookup.rows_of(keys)
        columns[name] = values[rows]
        columns[f"{name}_state"] = categories(states[rows], State)
        named = (indicators[name].cat.codes.to_numpy() >= 0)[scorecards.indicator]
        problems += _unknown_counts(name, named & (rows < 0), indicators, counts, scorecards)
    return pd.DataFrame(columns), problems


def join_history(
    indicators: pd.DataFrame, history: pd.DataFrame, scorecards: Scorecards
) -> pd.DataFrame:
    """Put to each row of the scorecards what its result is compared with.

    Returns ``previous`` and ``outturn``, each with its ``_as_at`` and
    ``_restated``; and ``starts_year`` where a year to date has just begun.
    """
    codes = vocabulary(indicators["indicator"].array)
    code = ids_in(codes, indicators["indicator"].array)[scorecards.indicator]
    published = PublishedResults(history, scorecards.area_words, codes)
    days = {
        "previous": [own.previous_as_at for own in scorecards.settings],
        "outturn": [own.outturn_as_at for own in scorecards.settings],
        "year_earlier": [year_earlier(own.as_at) for own in scorecards.settings],
    }
    references = {
        name: published.at(when, areas=scorecards.areas, scorecard=scorecards.scorecard, code=code)
        for name, when in days.items()
    }
    new_year = np.array([starts_reporting_year(own) for own in scorecards.settings])
    starts_year = new_year[scorecards.scorecard]
    starts_year &= is_year_to_date(indicators["data_period"])[scorecards.indicator]
    references["previous"] = previous_at_year_start(
        references["previous"], references.pop("year_earlier"), starts_year
    )
    columns = {"starts_year": starts_year}
    for name, found in references.items():
        columns[name] = found.value
        columns[f"{name}_as_at"] = found.as_at
        columns[f"{name}_restated"] = found.is_restated
    return pd.DataFrame(columns)


def _rows(
    indicators: pd.DataFrame, areas: Ids, area_words: pd.Index[str]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows of the scorecards: the indicators of each area, in their own order."""
    if "area" not in indicators:
        scorecard = np.repeat(np.arange(len(areas)), len(indicators))
        return scorecard, np.tile(np.arange(len(indicators)), len(areas))
    own = ids_in(area_words, indicators["area"].array)
    order = np.argsort(own, kind="stable")
    starts = np.searchsorted(own[order], np.arange(len(area_words) + 1))
    counted = np.diff(starts)[areas]
    scorecard = np.repeat(np.arange(len(areas)), counted)
    within = np.arange(len(scorecard)) - np.repeat(np.cumsum(counted) - counted, counted)
    return scorecard, order[starts[areas][scorecard] + within]


def _names(words: pd.Index[str], column: pd.Categorical[str]) -> list[str]:
    """The areas as they are first written."""
    written: dict[str, str] = {}
    for name in column.categories:
        written.setdefault(name.lower(), name)
    return [written[word] for word in words]


def _unknown_counts(
    column: str,
    missing: NDArray[np.bool_],
    indicators: pd.DataFrame,
    counts: pd.DataFrame,
    scorecards: Scorecards,
) -> list[Problem]:
    """One problem for each indicator that names a count which is not there."""
    if not missing.any():
        return []
    rows, first = np.unique(scorecards.indicator[missing], return_index=True)
    absent_from = scorecards.scorecard[missing]
    by_lower = {code.lower(): code for code in counts["code"].array.categories}
    problems = []
    for row, where in zip(rows.tolist(), absent_from[first].tolist(), strict=True):
        code = str(indicators[column].iat[row])
        place = f" of {scorecards.settings[where].area}" if scorecards.are_many else ""
        close = difflib.get_close_matches(code.lower(), by_lower, n=1)
        remedy = "add it to Counts"
        if close:
            remedy = f"use {by_lower[close[0]]!r}, or {remedy}"
        problems.append(
            Problem(
                code="unknown_count",
                severity=Severity.ERROR,
                finding=f"{column} {code!r} is not among the counts{place}",
                remedy=remedy,
                position=TablePosition(
                    table="Indicators", row=int(indicators.index[row]), column=column
                ),
            )
        )
    return problems
