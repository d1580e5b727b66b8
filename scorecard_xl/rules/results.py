"""Results from counts, why there is none, and how they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scorecard_xl.rules.columns import choice_codes, choice_column, floats, slices
from scorecard_xl.rules.counts import State
from scorecard_xl.rules.indicators import Measure
from scorecard_xl.rules.settings import Compare

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RATE = list(Measure).index(Measure.RATE)
_STATES = {state: place for place, state in enumerate(State)}
_DIVIDED = np.array([measure.has_denominator for measure in Measure] + [False])
_NO_DIVISOR = np.array([np.nan if measure.has_denominator else 1.0 for measure in Measure] + [1.0])
_DECIMALS = np.array([0, 3, 1, 1, 1, 1])
_SIGNIFICANT_DIGITS = 15


def results_of(joined: pd.DataFrame, *, rate_base: float = 10_000.0) -> pd.DataFrame:
    """Work out each indicator's result, or say why there is none.

    Parameters
    ----------
    joined
        One row an indicator, with ``measure``, ``numerator`` and
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
    measure = choice_codes(joined["measure"], Measure)
    numerator = joined["numerator"].to_numpy(np.float64)
    denominator = joined["denominator"].to_numpy(np.float64)
    result = np.empty(len(joined))
    for rows in slices(len(joined)):
        result[rows] = _results(measure[rows], numerator[rows], denominator[rows], rate_base)
    state = np.full(len(joined), np.nan, dtype=object)
    missing = np.flatnonzero(np.isnan(result))
    if len(missing):
        state[missing] = _states(joined.iloc[missing])
    columns = {"result": pd.Series(result, index=joined.index, copy=False)}
    columns["state"] = pd.Series(state, index=joined.index, dtype=object, copy=False)
    return pd.DataFrame(columns, copy=False)


def rounded_as_shown(
    values: NDArray[np.float64] | pd.Series[Any], measures: pd.Series[Any]
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


def compared(results: pd.DataFrame, column: str, compare: Compare) -> NDArray[np.float64]:
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


def _results(
    measure: NDArray[np.int8],
    numerator: NDArray[np.float64],
    denominator: NDArray[np.float64],
    rate_base: float,
) -> NDArray[np.float64]:
    is_divided = _DIVIDED[measure]
    divisor = np.where(is_divided & (denominator != 0), denominator, _NO_DIVISOR[measure])
    return np.where(measure == _RATE, numerator * rate_base, numerator) / divisor


def _states(unresolved: pd.DataFrame) -> pd.Series[Any]:
    """Why each of some rows has no result: its numerator's state, else its denominator's."""
    divided = _DIVIDED[choice_codes(unresolved["measure"], Measure)]
    numerator = unresolved["numerator"].to_numpy(np.float64)
    denominator = unresolved["denominator"].to_numpy(np.float64)
    state = np.where(numerator == 0, _STATES[State.NONE_DUE], _STATES[State.ZERO_DENOMINATOR])
    for name, missing in (
        ("denominator", divided & np.isnan(denominator)),
        ("numerator", np.isnan(numerator)),
    ):
        own = np.full(len(unresolved), -1, dtype=np.int8)
        if f"{name}_state" in unresolved:
            own = choice_codes(unresolved[f"{name}_state"], State)
        own = np.where(own < 0, _STATES[State.NOT_ENTERED], own)
        state = np.where(missing, own, state)
    return choice_column(state.astype(np.int8), State)


def _round_half_away(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to whole numbers by 15 significant digits, half away from zero."""
    size = np.abs(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = np.floor(np.log10(size))
        digits = np.clip(_SIGNIFICANT_DIGITS - 1 - exponent, 0, 22)
        scale = 10.0**digits
        seen = np.where(size == 0, 0.0, np.rint(size * scale) / scale)
    return np.copysign(np.floor(seen + 0.5), values) + 0.0
