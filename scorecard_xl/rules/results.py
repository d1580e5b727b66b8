"""Results from counts, why there is none, and how they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.rules.columns import choice_codes, choice_column, chosen, floats
from scorecard_xl.rules.counts import State
from scorecard_xl.rules.indicators import Measure
from scorecard_xl.rules.settings import Compare
from scorecard_xl.rules.words import slices

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Column, Rows
    from scorecard_xl.rules.words import Words

_RATE = list(Measure).index(Measure.RATE)
_STATES = {state: place for place, state in enumerate(State)}
_DIVIDED = np.array([measure.has_denominator for measure in Measure] + [False])
_NO_DIVISOR = np.array([np.nan if measure.has_denominator else 1.0 for measure in Measure] + [1.0])
_DECIMALS = np.array([0, 3, 1, 1, 1, 1])
_SIGNIFICANT_DIGITS = 15


def results_of(joined: Rows, *, rate_base: float = 10_000.0) -> pd.DataFrame:
    """Work out each indicator's result, or say why there is none.

    Parameters
    ----------
    joined
        A frame or columns, one row an indicator, with ``measure``, ``numerator`` and
        ``denominator`` (numbers); optionally ``numerator_state`` and
        ``denominator_state``. A missing count without a state is not entered.
    rate_base
        Rates are per this many.

    Returns
    -------
    ``result``, unrounded, percentages as fractions of 1, and ``state``, on the
    index of `joined`. The numerator's state wins, then the denominator's;
    zero over zero is none due, another zero denominator says so.
    """
    import pandas as pd

    result, state = worked_out(joined, rate_base=rate_base)
    columns = {
        "result": pd.Series(result, index=joined.index, copy=False),
        "state": choice_column(state, joined.index),
    }
    return pd.DataFrame(columns, copy=False)


def worked_out(joined: Rows, *, rate_base: float) -> tuple[NDArray[np.float64], Words]:
    """The same as an array and words, for the rules."""
    measure = choice_codes(joined["measure"], Measure)
    numerator, denominator = floats(joined, "numerator"), floats(joined, "denominator")
    result = np.empty(len(joined))
    for rows in slices(len(joined)):
        result[rows] = divided(measure[rows], numerator[rows], denominator[rows], rate_base)
    state = np.full(len(joined), -1, dtype=np.int8)
    missing = np.flatnonzero(np.isnan(result))
    if len(missing):
        states = {
            name: choice_codes(joined[f"{name}_state"].take(missing), State)
            for name in ("numerator", "denominator")
            if f"{name}_state" in joined
        }
        state[missing] = _states(measure[missing], numerator[missing], denominator[missing], states)
    return result, chosen(state, State)


def rounded_as_shown(
    values: NDArray[np.float64] | pd.Series[Any], measures: Column | pd.Series[Any]
) -> NDArray[np.float64]:
    """Round values to the decimals their measure is shown with, half away from zero.

    Counts have none, others one; percentages, being fractions of 1, three.
    As in Excel, a value counts by its 15 significant digits, so that the
    double just below 0.0625 is still 6.3%.
    """
    values = np.asarray(values, dtype=np.float64)
    codes = choice_codes(measures, Measure)
    rounded = np.empty(len(values))
    for rows in slices(len(values)):
        scale = (10.0**_DECIMALS)[codes[rows]]
        rounded[rows] = _round_half_away(values[rows] * scale) / scale
    return rounded


def compared(results: Rows, column: str, compare: Compare) -> NDArray[np.float64]:
    """A column as ratings and arrows compare it: unrounded, or as shown."""
    if compare is Compare.AS_SHOWN and column in results:
        return rounded_as_shown(floats(results, column), results["measure"])
    return floats(results, column)


def as_shown(value: float | None, measure: Measure | str) -> str:
    """A value as its cell shows it: ``67.0``, ``75.4%``, ``1,234``; empty where missing."""
    if value is None or np.isnan(value):
        return ""
    measure = Measure(measure)
    decimals = int(_DECIMALS[list(Measure).index(measure)])
    units = float(_round_half_away(np.array([value * 10.0**decimals]))[0])
    if measure is Measure.PERCENTAGE:
        return f"{units / 10:,.1f}%"
    return f"{units / 10.0**decimals:,.{decimals}f}"


def divided(
    measure: NDArray[np.int8],
    numerator: NDArray[np.float64],
    denominator: NDArray[np.float64],
    rate_base: float,
) -> NDArray[np.float64]:
    """The results that counts give, by the positions of their measures among `Measure`."""
    is_divided = _DIVIDED.take(measure)
    divisor = np.where(is_divided & (denominator != 0), denominator, _NO_DIVISOR.take(measure))
    return np.where(measure == _RATE, numerator * rate_base, numerator) / divisor


def _states(
    measure: NDArray[np.int8],
    numerator: NDArray[np.float64],
    denominator: NDArray[np.float64],
    states: Mapping[str, NDArray[np.int8]],
) -> NDArray[np.int8]:
    """Why each of some rows has no result: its numerator's state, else its denominator's."""
    state = np.where(numerator == 0, _STATES[State.NONE_DUE], _STATES[State.ZERO_DENOMINATOR])
    for name, missing in (
        ("denominator", _DIVIDED[measure] & np.isnan(denominator)),
        ("numerator", np.isnan(numerator)),
    ):
        own = states.get(name, np.full(len(measure), -1, dtype=np.int8))
        own = np.where(own < 0, _STATES[State.NOT_ENTERED], own)
        state = np.where(missing, own, state)
    return state.astype(np.int8)


def _round_half_away(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to whole numbers by 15 significant digits, half away from zero."""
    size = np.abs(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = np.floor(np.log10(size))
        digits = np.clip(_SIGNIFICANT_DIGITS - 1 - exponent, 0, 22)
        scale = 10.0**digits
        seen = np.where(size == 0, 0.0, np.rint(size * scale) / scale)
    return np.copysign(np.floor(seen + 0.5), values) + 0.0
