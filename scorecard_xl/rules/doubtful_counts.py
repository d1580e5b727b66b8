"""Counts that can hardly be right, judged by each other and by what they were a period before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.rules.codes import ROLLING, YEAR_TO_DATE, event_of
from scorecard_xl.rules.columns import choice_codes
from scorecard_xl.rules.doubt import doubt, figure
from scorecard_xl.rules.entries import text_entries, words_of
from scorecard_xl.rules.history import is_period
from scorecard_xl.rules.indicators import Measure
from scorecard_xl.rules.keys import Lookup, combined, ids_in
from scorecard_xl.rules.periods import british_date, months_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.last_period import LastPeriod
    from scorecard_xl.rules.words import Words

_RATE = list(Measure).index(Measure.RATE)
_MONTHS_IN_A_YEAR = 12
# The share of a rolling count that may come or go, in average months of it.
_MOST_MONTHS_MOVED = 2
# Fewer cases than this come and go by chance.
_FEW_CASES = 10
# A year to date that grows by as many a month stands still once in twenty thousand months.
_CASES_A_MONTH = 10
# Other counts stand still by chance about once in a hundred months, but not several at once.
_LARGE, _FEWEST_LARGE_UNCHANGED = 1_000, 3
# From so many on, counts are taken into account when it is asked whether most stand still.
_COMPARED_FROM = 20
_FEWEST_UNCHANGED = 5
_MOST_NAMED = 3


class DoubtfulCounts:
    """Finds what is doubtful in Counts, each check a method."""

    def __init__(self, last: LastPeriod) -> None:
        self._last = last
        self._counts = last.inputs.counts
        self._codes = self._counts.words("code")
        self._value = self._counts.numbers("value")
        self._before = last.counts
        periods = text_entries(self._counts.numbers("data_period"))
        self._is_year_to_date = is_period(periods, YEAR_TO_DATE)
        self._is_rolling = is_period(periods, ROLLING)
        self._belongs = last.scorecards.of_counts >= 0
        gaps = [months_between(own.previous_as_at, own.as_at) for own in last.settings]
        self._months = last.of_counts(np.maximum(np.array(gaps), 1))
        self._same_year = ~last.of_counts(last.starts_year()).astype(np.bool_) & self._belongs
        self._population = self._populations()

    def all(self) -> Iterator[Problem]:
        """Everything doubtful."""
        yield from self.not_used()
        yield from self.fallen_years_to_date()
        yield from self.years_to_date_above_rolling()
        yield from self.moved_rolling_counts()
        yield from self.empty_populations()
        yield from self.changed_populations()
        yield from self.unchanged()

    def not_used(self) -> Iterator[Problem]:
        """Counts that no indicator uses, each code once for those that are told together."""
        words = self._codes.vocabulary
        used = np.zeros(len(words) + 1, dtype=np.bool_)
        for name in ("numerator", "denominator"):
            used[ids_in(words, self._last.inputs.indicators.words(name))] = True
        used[-1] = True
        ids = ids_in(words, self._codes)
        whose = np.zeros_like(ids)
        if self._last.is_each_alone:
            whose = self._last.scorecards.of_counts
        told = set()
        for row in np.flatnonzero(~used[ids]).tolist():
            if (whose[row], ids[row]) not in told:
                told.add((whose[row], ids[row]))
                yield self._doubt(
                    "unused_count", row, "code", f"no indicator uses {self._codes[row]}",
                    "correct the code here or on Indicators, or take the row out",
                )  # fmt: skip

    def fallen_years_to_date(self) -> Iterator[Problem]:
        """Years to date below what they were a period before in the same year."""
        fell = self._is_year_to_date & self._same_year & (self._value < self._before)
        for row in np.flatnonzero(fell).tolist():
            yield self._doubt(
                "year_to_date_fell", row, "value",
                f"{self._was_and_is(row)}, and a year to date cannot fall within its year",
                "check the count, and whether it is in the right row",
            )  # fmt: skip

    def years_to_date_above_rolling(self) -> Iterator[Problem]:
        """Years to date above the rolling twelve months of the same event.

        The event is the same where codes differ only in the ending ``_ytd`` and
        ``_r12m``, or where the names of the counts are the same.
        """
        told = set()
        for names in (_events(self._codes), text_entries(self._counts.numbers("count"))):
            for row, rolling in self._pairs(names):
                if self._value[row] > self._value[rolling] and row not in told:
                    told.add(row)
                    yield self._doubt(
                        "year_to_date_above_rolling", row, "value",
                        f"{self._codes[row]} is {figure(self._value[row])}, above the"
                        f" {figure(self._value[rolling])} of {self._codes[rolling]}, whose twelve"
                        " months hold the year to date",
                        "check both counts",
                    )  # fmt: skip

    def moved_rolling_counts(self) -> Iterator[Problem]:
        """Rolling counts that moved more than the month that came and the one that went explain.

        By more than two average months: even if the month that went had held
        nothing, the one that came would be twice the average, or the other way round.
        """
        share = _MOST_MONTHS_MOVED * self._months / _MONTHS_IN_A_YEAR
        moved = np.abs(self._value - self._before)
        explained = np.maximum(self._before * share, _FEW_CASES * self._months)
        for row in np.flatnonzero(self._is_rolling & (moved > explained)).tolist():
            yield self._doubt(
                "rolling_count_moved", row, "value",
                f"{self._was_and_is(row)}, a change of {figure(moved[row])} where an average"
                f" month holds {figure(self._before[row] / _MONTHS_IN_A_YEAR)}",
                "check the count, and whether it is in the right row",
            )  # fmt: skip

    def empty_populations(self) -> Iterator[Problem]:
        """Populations of nobody: nothing can be divided by them."""
        for row in np.flatnonzero(self._population & (self._value == 0)).tolist():
            yield self._doubt(
                "empty_population", row, "value",
                f"{self._codes[row]} is 0, and no rate can be worked out that divides by it",
                "type how many there are",
            )  # fmt: skip

    def changed_populations(self) -> Iterator[Problem]:
        """Populations, that is counts that only rates divide by, that are not what they were."""
        changed = self._population & (self._value != self._before) & (self._value != 0)
        changed &= ~np.isnan(self._value) & ~np.isnan(self._before)
        for row in np.flatnonzero(changed).tolist():
            yield self._doubt(
                "population_changed", row, "value",
                f"{self._was_and_is(row)}, which moves every rate that divides by it, its rating"
                " and its arrow",
                "check that the change is meant; if so, consider restating results in History",
            )  # fmt: skip

    def unchanged(self) -> Iterator[Problem]:
        """Counts that are last period's still: most of them, or some that could hardly be."""
        comparable = ~np.isnan(self._value) & (self._before >= _COMPARED_FROM)
        comparable &= ~self._population & self._belongs
        same = comparable & (self._value == self._before)
        number = len(self._last.settings)
        whose = np.maximum(self._last.scorecards.of_counts, 0)
        totals = np.bincount(whose[comparable], minlength=number)
        unchanged = np.bincount(whose[same], minlength=number)
        mostly = (unchanged >= _FEWEST_UNCHANGED) & (2 * unchanged > totals)
        for scorecard in np.flatnonzero(mostly).tolist():
            rows = np.flatnonzero(same & (whose == scorecard)).tolist()
            yield self._mostly_unchanged(rows, int(totals[scorecard]), scorecard)
        large = same & ~self._is_year_to_date & (self._before >= _LARGE)
        several = np.bincount(whose[large], minlength=number) >= _FEWEST_LARGE_UNCHANGED
        large &= several[whose]
        large |= same & self._is_year_to_date & (self._before >= self._least_to_grow())
        for row in np.flatnonzero(large & ~mostly[whose]).tolist():
            yield self._doubt(
                "count_unchanged", row, "value",
                f"{self._codes[row]} is {figure(self._value[row])}, just what it was as at"
                f" {self._previous_date(row)}",
                "type this period's count, if this is still the one before",
            )  # fmt: skip

    def _mostly_unchanged(self, rows: list[int], compared: int, scorecard: int) -> Problem:
        named = [str(self._codes[row]) for row in rows[:_MOST_NAMED]]
        return self._doubt(
            "counts_unchanged", rows[0], "value",
            f"{len(rows)} of the {compared} counts{self._last.whose(scorecard)} that can be"
            f" compared are what they were as at {self._previous_date(rows[0])}, such as"
            f" {', '.join(named)}",
            "type this period's counts",
        )  # fmt: skip

    def _least_to_grow(self) -> NDArray[np.float64]:
        """How large a year to date must have been to grow by some cases every month."""
        passed = [
            (own.previous_as_at.month - own.year_start.month) % _MONTHS_IN_A_YEAR + 1
            for own in self._last.settings
        ]
        months: NDArray[np.float64] = self._last.of_counts(np.array(passed, dtype=np.float64))
        return np.where(self._same_year, _CASES_A_MONTH * months, np.inf)

    def _populations(self) -> NDArray[np.bool_]:
        inputs, results = self._last.inputs, self._last.results
        is_rate = choice_codes(results["measure"], Measure) == _RATE
        divided, otherwise = np.zeros((2, len(self._counts) + 1), dtype=np.bool_)
        denominators = inputs.joined_rows("denominator")
        divided[denominators[is_rate]] = True
        otherwise[denominators[~is_rate]] = True
        otherwise[inputs.joined_rows("numerator")] = True
        return (divided & ~otherwise)[:-1] & ~self._is_year_to_date & ~self._is_rolling

    def _pairs(self, events: Words) -> Iterator[tuple[int, int]]:
        """The rows of years to date, each with the row of the same event's rolling count."""
        words = events.vocabulary
        keys, size = combined(
            (self._last.scorecards.of_counts, len(self._last.settings)),
            (ids_in(words, events), max(len(words), 1)),
        )
        rolling = Lookup(np.where(self._is_rolling, keys, -1), size)
        rows = np.flatnonzero(self._is_year_to_date & (keys >= 0))
        found = rolling.rows_of(keys[rows])
        yield from zip(rows[found >= 0].tolist(), found[found >= 0].tolist(), strict=True)

    def _was_and_is(self, row: int) -> str:
        return (
            f"{self._codes[row]} was {figure(self._before[row])} as at"
            f" {self._previous_date(row)} and is {figure(self._value[row])}"
        )

    def _previous_date(self, row: int) -> str:
        scorecard = max(int(self._last.scorecards.of_counts[row]), 0)
        return british_date(self._last.settings[scorecard].previous_as_at)

    def _doubt(self, code: str, row: int, column: str, finding: str, remedy: str) -> Problem:
        return doubt(code, ("Counts", self._counts, row), column, finding, remedy)


def _events(codes: Words) -> Words:
    """What codes count, without the ending that says over which months."""
    return words_of(codes.codes, list(map(event_of, codes.distinct)))
