"""Indicators, counts and history joined: one row an indicator of each scorecard."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rules.codes import MOST_SUGGESTIONS, likely_meant
from scorecard_xl.rules.columns import choice_codes, chosen
from scorecard_xl.rules.counts import State
from scorecard_xl.rules.history import (
    PublishedResults,
    is_year_to_date,
    previous_at_year_start,
    starts_reporting_year,
)
from scorecard_xl.rules.keys import (
    Ids,
    Lookup,
    combined,
    day_ids,
    distinct_keys,
    ids_in,
)
from scorecard_xl.rules.periods import year_earlier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Column, Columns
    from scorecard_xl.rules.settings import Settings
    from scorecard_xl.rules.words import Words


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scorecards:
    """The scorecards that counts hold, and which rows make each of them.

    `settings` has one entry a scorecard. `of_counts` says which scorecard each
    row of counts belongs to, -1 for none. The rows of the scorecards are
    `scorecard` and, beside it, `indicator`, a position in the indicators.
    """

    settings: tuple[Settings, ...]
    area_words: Mapping[str, int]
    areas: Ids
    of_counts: Ids
    scorecard: NDArray[np.intp]
    indicator: NDArray[np.intp]

    @property
    def are_many(self) -> bool:
        """Whether there is more than one."""
        return len(self.settings) > 1


def scorecards_of(indicators: Columns, counts: Columns, settings: Settings) -> Scorecards:
    """Find the scorecards: each area and date of the counts, in order of first appearance.

    Without areas or dates in the counts, they are those of the settings.
    """
    area_ids = day_ids_of_counts = np.zeros(len(counts), dtype=np.int64)
    names, days = [settings.area], [settings.as_at]
    if "area" in counts and len(counts):
        area_column = counts.words("area")
        names = _names(area_column)
        area_ids = ids_in(area_column.vocabulary, area_column)
    if "as_at" in counts and len(counts):
        day_ids_of_counts, days = day_ids(counts.numbers("as_at"))
    keys, _ = combined((area_ids, len(names)), (day_ids_of_counts, len(days)))
    of_counts, distinct = distinct_keys(keys)
    if not len(counts):
        distinct = [0]
    places = [divmod(key, max(len(days), 1)) for key in distinct]
    areas = np.array([area for area, _ in places], dtype=np.int64)
    area_words = {name.lower(): place for place, name in enumerate(names)}
    scorecard, indicator = _rows(indicators, areas, area_words)
    return Scorecards(
        settings=tuple(settings.at(area=names[area], as_at=days[day]) for area, day in places),
        area_words=area_words,
        areas=areas,
        of_counts=of_counts,
        scorecard=scorecard,
        indicator=indicator,
    )


def unknown_areas(indicators: Columns, scorecards: Scorecards) -> list[Problem]:
    """One problem for each area that has indicators and no counts."""
    if "area" not in indicators:
        return []
    areas = indicators.words("area")
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
    indicators: Columns, counts: Columns, scorecards: Scorecards
) -> tuple[dict[str, Column], list[Problem]]:
    """Put to each row of the scorecards its two counts and their states.

    Returns ``numerator_code``, ``numerator``, ``numerator_state`` and the same
    for the denominator, each with its ``_row`` among the counts, -1 for none;
    with a problem for each count that is named and not there.
    """
    codes = counts.words("code")
    words = codes.vocabulary
    code_count = max(len(words), 1)
    lookup = Lookup(
        *combined(
            (scorecards.of_counts, len(scorecards.settings)), (ids_in(words, codes), code_count)
        )
    )
    values = np.append(counts.numbers("value"), np.nan)
    states = np.append(choice_codes(counts["state"], State), np.int8(-1))
    columns: dict[str, Column] = {}
    problems: list[Problem] = []
    for name in ("numerator", "denominator"):
        used = indicators.words(name)
        keys, _ = combined(
            (scorecards.scorecard, len(scorecards.settings)),
            (ids_in(words, used)[scorecards.indicator], code_count),
        )
        rows = lookup.rows_of(keys)
        columns[name] = values[rows]
        columns[f"{name}_row"] = rows
        columns[f"{name}_state"] = chosen(states[rows], State)
        is_unknown = (used.codes >= 0)[scorecards.indicator] & (rows < 0)
        problems += _unknown_counts(name, is_unknown, indicators, codes, scorecards)
    return columns, problems


def join_history(
    indicators: Columns, history: Columns, scorecards: Scorecards
) -> dict[str, Column]:
    """Put to each row of the scorecards what its result is compared with.

    Returns ``previous`` and ``outturn``, each with its ``_as_at``,
    ``_restated`` and ``_row`` in the history; and ``starts_year`` where a year
    to date has just begun.
    """
    published, code = published_results(indicators, history, scorecards)
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
    starts_year &= is_year_to_date(indicators.words("data_period"))[scorecards.indicator]
    references["previous"] = previous_at_year_start(
        references["previous"], references.pop("year_earlier"), starts_year
    )
    columns: dict[str, Column] = {"starts_year": starts_year}
    for name, found in references.items():
        columns[name] = found.value
        columns[f"{name}_as_at"] = found.as_at
        columns[f"{name}_restated"] = found.is_restated
        columns[f"{name}_row"] = found.row
    return columns


def published_results(
    indicators: Columns, history: Columns, scorecards: Scorecards
) -> tuple[PublishedResults, Ids]:
    """What finds results published before, and which indicator each row asks it for."""
    codes = indicators.words("indicator").vocabulary
    code = ids_in(codes, indicators.words("indicator"))[scorecards.indicator]
    return PublishedResults(history, scorecards.area_words, codes), code


def _rows(
    indicators: Columns, areas: Ids, area_words: Mapping[str, int]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows of the scorecards: the indicators of each area, in their own order."""
    if "area" not in indicators:
        scorecard = np.repeat(np.arange(len(areas)), len(indicators))
        return scorecard, np.tile(np.arange(len(indicators)), len(areas))
    own = ids_in(area_words, indicators.words("area"))
    order = np.argsort(own, kind="stable")
    starts = np.searchsorted(own[order], np.arange(len(area_words) + 1))
    counted = np.diff(starts)[areas]
    scorecard = np.repeat(np.arange(len(areas)), counted)
    within = np.arange(len(scorecard)) - np.repeat(np.cumsum(counted) - counted, counted)
    return scorecard, order[starts[areas][scorecard] + within]


def _names(areas: Words) -> list[str]:
    """The areas as they are first written, those the same without case but once."""
    written: dict[str, str] = {}
    for name, word in zip(areas.distinct, areas.lowered, strict=True):
        written.setdefault(word, name)
    return list(written.values())


def _unknown_counts(
    column: str,
    missing: NDArray[np.bool_],
    indicators: Columns,
    codes: Words,
    scorecards: Scorecards,
) -> list[Problem]:
    """One problem for each indicator that names a count which is not there."""
    if not missing.any():
        return []
    rows, first = np.unique(scorecards.indicator[missing], return_index=True)
    absent_from = scorecards.scorecard[missing]
    by_lower = dict(zip(codes.lowered, codes.distinct, strict=True))
    problems: list[Problem] = []
    for row, where in zip(rows.tolist(), absent_from[first].tolist(), strict=True):
        code = str(indicators.words(column)[row])
        place = f" of {scorecards.settings[where].area}" if scorecards.are_many else ""
        remedy, meant = "add it to Counts", None
        if len(problems) < MOST_SUGGESTIONS:
            meant = likely_meant(code.lower(), by_lower)
        if meant is not None:
            remedy = f"use {by_lower[meant]!r}, or {remedy}"
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
