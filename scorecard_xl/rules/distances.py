"""How many cases lie between a result and its next better letter, by the rule that rates it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scorecard_xl.rules.columns import chosen
from scorecard_xl.rules.indicators import Measure, Polarity
from scorecard_xl.rules.rag import NOTHING
from scorecard_xl.rules.results import divided, rounded_as_shown
from scorecard_xl.rules.settings import Compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from scorecard_xl.rules.rag import Bands

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]

_PERCENTAGE, _RATE, _SUPPLIED = (
    list(Measure).index(measure) for measure in (Measure.PERCENTAGE, Measure.RATE, Measure.SUPPLIED)
)
_DIVIDED = np.array([measure.has_denominator for measure in Measure])
_TARGET = list(Polarity).index(Polarity.TARGET)
# Beyond this, adding a case to a number of cases is no longer exact.
_MOST_CASES = 1e15


class Cases(NamedTuple):
    """Whole numbers of cases: infinite where no number is enough, NaN where none is asked for."""

    today: Numbers
    future: Numbers


class Short(NamedTuple):
    """Results that are Amber or Red, with what they are made of; an entry each.

    `beyond` says how far each is from its next better letter, in its units.
    """

    measure: NDArray[np.int8]
    numerator: Numbers
    denominator: Numbers
    result: Numbers
    beyond: Numbers
    is_amber: Truths
    is_high: Truths
    bands: Bands
    rate_base: float
    compare: Compare

    def take(self, rows: NDArray[np.intp]) -> Short:
        """Some of the results."""
        columns = [column.take(rows) for column in self[:7]]
        return Short._make([*columns, self.bands.take(rows), *self[8:]])

    def reaches(self, numerator: Numbers, denominator: Numbers) -> Truths:
        """Whether other counts would be rated better."""
        result = divided(self.measure, numerator, denominator, self.rate_base)
        if self.compare is Compare.AS_SHOWN:
            result = rounded_as_shown(result, chosen(self.measure, Measure))
        beyond = beyond_next_letter(*self.bands.beyond(result), is_amber=self.is_amber)
        better: Truths = beyond < NOTHING
        return better


def beyond_next_letter(
    beyond_green: Numbers, beyond_amber: Numbers, *, is_amber: Truths
) -> Numbers:
    """How far results are from the next better letter, given how far from each."""
    # Where Green reaches as far as Amber, Green is what comes next after Red.
    return np.where(is_amber, beyond_green, np.fmin(beyond_green, beyond_amber))


def cases_to_next_letter(short: Short) -> Cases:
    """Count the cases that the next better letter needs.

    Returns
    -------
    ``today``
        How many more in the numerator where high is good, fewer where low is,
        the denominator staying as it is: never below none, nor above all of a
        percentage's cases. Not for supplied results, nor for polarity T.
    ``future``
        For percentages, how many cases to come would be enough if all of them
        went right.

    Notes
    -----
    Every number is settled by rating: it is enough, and one less is not.
    """
    one_by_one = (short.bands.polarity != _TARGET) & (short.measure != _SUPPLIED)
    today = np.flatnonzero(one_by_one)
    future = np.flatnonzero(one_by_one & (short.measure == _PERCENTAGE))
    cases = Cases(*np.full((2, len(short.result)), np.nan))
    if len(today):
        # Both at once, for each try costs the same however many there are.
        own = short.take(np.concatenate((today, future)))
        searches = _today(short.take(today)), _future(short.take(future))
        search = _Search(*map(np.concatenate, zip(*searches, strict=True)))
        found = _least(lambda tried: search.reaches(own, tried), search.guess, search.most)
        cases.today[today], cases.future[future] = found[: len(today)], found[len(today) :]
    return cases


class _Search(NamedTuple):
    """Where to look for numbers of cases, and what a case adds to either count."""

    guess: Numbers
    most: Numbers
    to_numerator: Numbers
    to_denominator: Numbers

    def reaches(self, short: Short, tried: Numbers) -> Truths:
        """Whether so many cases are enough."""
        return short.reaches(
            short.numerator + self.to_numerator * tried,
            short.denominator + self.to_denominator * tried,
        )


def _today(short: Short) -> _Search:
    """More, or fewer, of the cases there are."""
    per_unit = np.where(_DIVIDED[short.measure], short.denominator, 1.0)
    per_unit = per_unit / np.where(short.measure == _RATE, short.rate_base, 1.0)
    most = np.where(short.is_high, _MOST_CASES, np.floor(short.numerator))
    # A share of all cases ends at all of them.
    is_share = short.is_high & (short.measure == _PERCENTAGE)
    is_share &= short.numerator <= short.denominator
    most = np.where(is_share, short.denominator - short.numerator, most)
    guess = (short.beyond - NOTHING) * per_unit
    return _Search(guess, most, np.where(short.is_high, 1.0, -1.0), np.zeros(len(most)))


def _future(short: Short) -> _Search:
    """Cases to come, all going right: (edge x d - n) / (1 - edge) where high is good."""
    allowance = short.beyond - NOTHING
    edge = short.result + np.where(short.is_high, allowance, -allowance)
    missing = np.where(short.is_high, 1.0, -1.0) * (edge * short.denominator - short.numerator)
    part = np.where(short.is_high, 1.0 - edge, edge)
    # What once went wrong stays so: all right, or none wrong, is not reached by adding cases,
    # unless it is enough that it shows so.
    is_out = part < (0.0 if short.compare is Compare.AS_SHOWN else 2 * NOTHING)
    guess, most = missing / np.where(part > 0, part, np.inf), np.where(is_out, 0.0, _MOST_CASES)
    return _Search(guess, most, np.where(short.is_high, 1.0, 0.0), np.ones(len(most)))


def _least(reaches: Callable[[Numbers], Truths], guess: Numbers, most: Numbers) -> Numbers:
    """The smallest whole numbers up to `most` that reach, infinite where none does.

    None is no reaching number; once reached, more reach, too.
    """
    high = np.minimum(np.maximum(np.ceil(guess), 1.0), most)
    low = np.maximum(high - 1.0, 0.0)
    step = 1.0
    while (is_under := ~(has_reached := reaches(high)) & (high < most)).any():
        low = np.where(is_under, high, low)
        high = np.where(is_under, np.minimum(high + step, most), high)
        step *= 2.0
    low = np.where(has_reached, low, high)
    step = 1.0
    while (is_over := (low > 0) & reaches(low)).any():
        high = np.where(is_over, low, high)
        low = np.where(is_over, np.maximum(low - step, 0.0), low)
        step *= 2.0
    while (is_apart := high - low > 1).any():
        middle = np.floor((low + high) / 2)
        is_enough = reaches(middle)
        high = np.where(is_apart & is_enough, middle, high)
        low = np.where(is_apart & ~is_enough, middle, low)
    return np.where(has_reached, high, np.inf)
