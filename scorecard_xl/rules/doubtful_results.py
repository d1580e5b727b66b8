"""Results that can hardly be right, or that are compared with less than they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.rules.columns import choice_codes
from scorecard_xl.rules.doubt import doubt, figure, unknown_codes
from scorecard_xl.rules.entries import text_entries
from scorecard_xl.rules.indicators import Measure, ToleranceUnit
from scorecard_xl.rules.keys import day_ids, ids_in
from scorecard_xl.rules.periods import british_date
from scorecard_xl.rules.results import as_shown, rounded_as_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.keys import Ids
    from scorecard_xl.rules.last_period import LastPeriod

_PERCENTAGE = list(Measure).index(Measure.PERCENTAGE)
_SHARE = list(ToleranceUnit).index(ToleranceUnit.SHARE)
_SAME = 1e-9


class DoubtfulResults:
    """Finds what is doubtful in Indicators and History, each check a method."""

    def __init__(self, last: LastPeriod) -> None:
        self._last = last
        self._indicators = last.inputs.indicators
        self._results = last.results
        self._codes = last.results.words("indicator")
        self._measures = choice_codes(last.results["measure"], Measure)

    def all(self) -> Iterator[Problem]:
        """Everything doubtful."""
        yield from self.numerators_above_denominators()
        yield from self.different_data_periods()
        yield from self.large_tolerances()
        yield from self.not_compared()
        yield from self.differing_from_history()
        yield from self.unknown_in_history()

    def numerators_above_denominators(self) -> Iterator[Problem]:
        """Percentages of which the part is more than the whole, each numerator once."""
        part, whole = self._results.numbers("numerator"), self._results.numbers("denominator")
        rows = self._last.inputs.joined_rows("numerator")
        told = set()
        for row in np.flatnonzero((self._measures == _PERCENTAGE) & (part > whole)).tolist():
            if rows[row] in told:
                continue
            told.add(rows[row])
            numerator, denominator = (
                self._results.words(f"{name}_code")[row] for name in ("numerator", "denominator")
            )
            yield doubt(
                "numerator_above_denominator", ("Counts", self._last.inputs.counts, rows[row]),
                "value",
                f"{numerator} is {figure(part[row])}, above the {figure(whole[row])} of"
                f" {denominator}, of which {self._codes[row]} is the percentage",
                "check both counts",
            )  # fmt: skip

    def different_data_periods(self) -> Iterator[Problem]:
        """Percentages that divide a count of some months by one of others."""
        counts = self._last.inputs.counts
        periods = text_entries(counts.numbers("data_period"))
        ids = np.append(ids_in(periods.vocabulary, periods), -1)
        part, whole = (
            ids[self._last.inputs.joined_rows(name)] for name in ("numerator", "denominator")
        )
        differ = (self._measures == _PERCENTAGE) & (part >= 0) & (whole >= 0) & (part != whole)
        words = list(periods.vocabulary)
        for row in self._first_of_each_indicator(differ):
            yield self._of_indicator(
                "data_periods_differ", row, "denominator",
                f"{self._codes[row]} divides a count of {words[part[row]].upper()} by one of"
                f" {words[whole[row]].upper()}",
                "name two counts of the same data period, or correct it on Counts",
            )  # fmt: skip

    def large_tolerances(self) -> Iterator[Problem]:
        """Tolerances of more than the whole target: 10 typed for 10%."""
        unit = choice_codes(self._indicators["tolerance_unit"], ToleranceUnit)
        for column in ("green_tolerance", "amber_tolerance"):
            tolerance = self._indicators.numbers(column)
            for row in np.flatnonzero((unit == _SHARE) & (tolerance > 1)).tolist():
                yield doubt(
                    "tolerance_above_1", ("Indicators", self._indicators, row), column,
                    f"{column.replace('_', ' ')} is {tolerance[row]:g}, which is"
                    f" {tolerance[row] * 100:,.10g}% of the target",
                    f"type {tolerance[row]:g}%, or choose points as its unit",
                )  # fmt: skip

    def not_compared(self) -> Iterator[Problem]:
        """Indicators without a previous result, or an outturn, where others have one."""
        has_polarity = self._results.words("polarity").codes >= 0
        is_asked = has_polarity & ~np.isnan(self._results.numbers("result"))
        starts_year = self._results.numbers("starts_year")
        for what, rows, among in (
            ("previous", self._last.previous_rows, is_asked & ~starts_year),
            ("outturn", self._last.outturn_rows, is_asked),
        ):
            missing = among & (rows < 0) & self._is_published(rows)
            for row in self._first_of_each_indicator(missing):
                own = self._last.settings[self._scorecard(row)]
                date = british_date(getattr(own, f"{what}_as_at"))
                yield self._of_indicator(
                    f"{what}_missing", row, "indicator",
                    f"History has no result of {self._codes[row]} as at {date}, so that no arrow"
                    " compares with it",
                    "add it to History, with N/A for its result if there is none",
                )  # fmt: skip

    def differing_from_history(self) -> Iterator[Problem]:
        """Results unlike those that History holds for the scorecard's own date."""
        rows = self._last.own_rows
        places = np.flatnonzero(rows >= 0)
        history, result = self._last.inputs.history, self._results.numbers("result")
        restated = history.numbers("restated")[rows[places]]
        held = np.where(np.isnan(restated), history.numbers("result")[rows[places]], restated)
        measures = self._results.words("measure").take(places)
        shown = rounded_as_shown(held, measures)
        is_rounded = np.abs(held - shown) <= _SAME * np.maximum(1.0, np.abs(held))
        gives = np.where(is_rounded, rounded_as_shown(result[places], measures), result[places])
        differs = np.abs(gives - held) > _SAME * np.maximum(1.0, np.abs(held))
        for place in np.flatnonzero(differs).tolist():
            row, measure = int(places[place]), str(measures[place])
            date = british_date(self._last.settings[self._scorecard(row)].as_at)
            yield doubt(
                "differs_from_history", ("History", history, rows[row]), "result",
                f"{self._codes[row]} was published as {as_shown(held[place], measure)} as at"
                f" {date}, and the counts give {as_shown(result[row], measure)}",
                "correct the counts, or type the new result under Restated",
            )  # fmt: skip

    def unknown_in_history(self) -> Iterator[Problem]:
        """Codes of results to compare with that no indicator has, each once."""
        history = self._last.inputs.history
        codes = history.words("indicator")
        day, days = day_ids(history.numbers("as_at"))
        asked = {
            date
            for own in self._last.settings
            for date in (own.as_at, own.previous_as_at, own.outturn_as_at)
        }
        is_asked = np.array([*(each in asked for each in days), False])[day]
        whose = None
        if self._last.is_each_alone and "area" in history:
            whose = history.words("area").codes
        known = self._indicators.words("indicator")
        for row, remedy in unknown_codes(codes, known, is_asked, whose):
            yield doubt(
                "unknown_indicator", ("History", history, row), "indicator",
                f"{codes[row]} is not among the indicators", remedy,
            )  # fmt: skip

    def _is_published(self, rows: Ids) -> NDArray[np.bool_]:
        """Whether History has any result of each row's scorecard at the date that was asked for."""
        whose = self._last.scorecards.scorecard
        found = np.bincount(whose[rows >= 0], minlength=len(self._last.settings))
        return (found > 0)[whose]

    def _first_of_each_indicator(self, chosen: NDArray[np.bool_]) -> list[int]:
        """The chosen rows, each indicator but once."""
        rows = np.flatnonzero(chosen)
        _, first = np.unique(self._last.scorecards.indicator[rows], return_index=True)
        chosen_rows: list[int] = rows[np.sort(first)].tolist()
        return chosen_rows

    def _scorecard(self, row: int) -> int:
        return int(self._last.scorecards.scorecard[row])

    def _of_indicator(self, code: str, row: int, column: str, finding: str, remedy: str) -> Problem:
        place = int(self._last.scorecards.indicator[row])
        return doubt(code, ("Indicators", self._indicators, place), column, finding, remedy)
