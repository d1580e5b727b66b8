"""Red, Amber and Green: how far a result may be from its target."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from scorecard_xl.rules.bands import default_tolerances, has_floor, is_in_points, tolerances
from scorecard_xl.rules.columns import choice_codes, choice_column, chosen, floats
from scorecard_xl.rules.indicators import Measure, Polarity
from scorecard_xl.rules.results import compared
from scorecard_xl.rules.settings import Compare
from scorecard_xl.rules.words import slices

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Rows
    from scorecard_xl.rules.words import Words

_TARGET = list(Polarity).index(Polarity.TARGET)
_DIVIDED = np.array([measure.has_denominator for measure in Measure] + [False])
_TOWARDS_TARGET = np.array([1.0, -1.0, np.nan, np.nan])
_GREEN, _AMBER, _RED, _UNRATED = np.array([0, 1, 2, -1], dtype=np.int8)
# ROUND(difference, 9) <= 0 in the sheet's formulas is a difference below this.
NOTHING = 5e-10


class Rag(StrEnum):
    """The rating of a result against its target."""

    GREEN = "G"
    AMBER = "A"
    RED = "R"

    @property
    def words(self) -> str:
        """The colour's name, ``Green``."""
        return self.name.capitalize()


def rag_ratings(
    results: Rows,
    *,
    green_tolerance: Mapping[Polarity, float | None] | None = None,
    amber_tolerance: Mapping[Polarity, float | None] | None = None,
    minimum_denominator: float | None = None,
    compare: Compare = Compare.UNROUNDED,
) -> pd.Series[Any]:
    """Rate each result against its target.

    Parameters
    ----------
    results
        A frame or columns, one row an indicator, with ``result``, ``target`` and ``polarity``;
        optionally its own ``green_tolerance`` and ``amber_tolerance``, their
        ``tolerance_unit``, a ``floor``, and the ``denominator``. To compare
        as shown, ``measure`` too.
    green_tolerance, amber_tolerance
        For indicators without their own, by polarity, as shares of the target.
    minimum_denominator
        Results of fewer than this are not rated; by ``measure``, if there is one,
        only those that are divided.

    Returns
    -------
    Series of `Rag` on the index of `results`; missing where the indicator has
    no polarity, target or tolerance, or no result.

    Notes
    -----
    An edge counts as achieved: gap minus tolerance, rounded to 9 decimals, is
    at most 0. A floor, for polarities H and L, replaces the amber tolerance.
    The published scorecard states no bands; Kent's are inferred from one month.
    """
    letters = rated(
        results,
        green_tolerance=green_tolerance or {},
        amber_tolerance=amber_tolerance or {},
        minimum_denominator=minimum_denominator,
        compare=compare,
    )
    return choice_column(letters, results.index)


def rated(
    results: Rows,
    *,
    green_tolerance: Mapping[Polarity, float | None],
    amber_tolerance: Mapping[Polarity, float | None],
    minimum_denominator: float | None,
    compare: Compare,
) -> Words:
    """The same as words, for the rules."""
    columns = _columns(results, minimum_denominator, compare)
    defaults = default_tolerances(green_tolerance), default_tolerances(amber_tolerance)
    ratings = np.empty(len(results), dtype=np.int8)
    for rows in slices(len(results)):
        ratings[rows] = _ratings(columns.of(rows), *defaults)
    return chosen(ratings, Rag)


class Bands(NamedTuple):
    """How far from its target each result may be, an array each.

    `green` and `amber` are margins in the indicator's units, NaN where none is
    agreed; where a `floor` is given, it decides instead of the amber margin.
    """

    polarity: NDArray[np.intp]
    target: NDArray[np.float64]
    green: NDArray[np.float64]
    amber: NDArray[np.float64]
    floor: NDArray[np.float64]
    has_floor: NDArray[np.bool_]

    def take(self, rows: NDArray[np.intp]) -> Bands:
        """The bands of some rows."""
        return Bands._make(column.take(rows) for column in self)

    def beyond(self, result: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """How far results lie beyond Green and beyond Amber, below 0 where they lie within.

        An edge counts as achieved: what is less than `NOTHING` beyond it lies within.
        """
        towards_target = _TOWARDS_TARGET.take(self.polarity)
        gap = self.target - result
        gap = np.where(self.polarity == _TARGET, np.abs(gap), gap * towards_target)
        beyond_amber = gap - self.amber
        if self.has_floor.any():
            floored = (self.floor - result) * towards_target
            beyond_amber = np.where(self.has_floor, floored, beyond_amber)
        return gap - self.green, beyond_amber


def bands_of(
    results: Rows,
    *,
    green_tolerance: Mapping[Polarity, float | None],
    amber_tolerance: Mapping[Polarity, float | None],
    compare: Compare,
) -> Bands:
    """The bands by which each indicator is rated; settings as in `rag_ratings`."""
    defaults = default_tolerances(green_tolerance), default_tolerances(amber_tolerance)
    return _bands(_columns(results, None, compare), *defaults)


class _Columns(NamedTuple):
    """What a rating depends on, an array each."""

    polarity: NDArray[Any]
    in_points: NDArray[Any]
    result: NDArray[Any]
    target: NDArray[Any]
    floor: NDArray[Any]
    green: NDArray[Any]
    amber: NDArray[Any]
    is_too_few: NDArray[Any]

    def of(self, rows: slice) -> _Columns:
        """The same of some rows."""
        return _Columns(*(column[rows] for column in self))


def _columns(results: Rows, minimum_denominator: float | None, compare: Compare) -> _Columns:
    return _Columns(
        polarity=choice_codes(results["polarity"], Polarity),
        in_points=is_in_points(results),
        result=compared(results, "result", compare),
        target=compared(results, "target", compare),
        floor=compared(results, "floor", compare),
        green=floats(results, "green_tolerance"),
        amber=floats(results, "amber_tolerance"),
        is_too_few=has_too_few(results, minimum_denominator),
    )


def _bands(
    columns: _Columns, default_green: NDArray[np.float64], default_amber: NDArray[np.float64]
) -> Bands:
    codes, in_points, _, target, floor, own_green, own_amber, _ = columns
    polarity = codes.astype(np.intp)
    green, amber = (
        tolerances(own, polarity=polarity, in_points=in_points, defaults=defaults)
        for own, defaults in ((own_green, default_green), (own_amber, default_amber))
    )
    unit = np.where(in_points, 1.0, np.abs(target))
    return Bands(polarity, target, green * unit, amber * unit, floor, has_floor(floor, polarity))


def _ratings(
    columns: _Columns, default_green: NDArray[np.float64], default_amber: NDArray[np.float64]
) -> NDArray[np.int8]:
    bands = _bands(columns, default_green, default_amber)
    beyond_green, beyond_amber = bands.beyond(columns.result)
    ratings = np.where(beyond_amber < NOTHING, _AMBER, _RED)
    ratings = np.where(beyond_green < NOTHING, _GREEN, ratings)
    is_unrated = columns.is_too_few | np.isnan(beyond_green + beyond_amber)
    rated: NDArray[np.int8] = np.where(is_unrated, _UNRATED, ratings)
    return rated


def has_too_few(results: Rows, minimum: float | None) -> NDArray[np.bool_]:
    """Whether a result is made of too few to be rated."""
    if minimum is None:
        return np.broadcast_to(np.False_, len(results))
    is_too_few = floats(results, "denominator") < minimum
    if "measure" in results:
        # A denominator beside a count or a supplied result is not used, so it cannot be too small.
        is_too_few &= _DIVIDED[choice_codes(results["measure"], Measure)]
    return is_too_few
