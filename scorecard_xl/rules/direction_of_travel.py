"""Arrows: whether a result moved for the better."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.rules.columns import choice_codes, choice_column, chosen
from scorecard_xl.rules.indicators import Polarity
from scorecard_xl.rules.results import compared
from scorecard_xl.rules.settings import Compare
from scorecard_xl.rules.words import slices

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Rows
    from scorecard_xl.rules.words import Words

_TARGET = list(Polarity).index(Polarity.TARGET)
_FOR_THE_BETTER = np.array([1.0, -1.0, np.nan, np.nan])
_IMPROVED, _WORSENED, _SAME, _UNKNOWN = np.array([0, 1, 2, -1], dtype=np.int8)
# ROUND(difference, 9) > 0 in the sheet's formulas is a difference of at least this.
_SOMETHING = 5e-10


class Travel(StrEnum):
    """The direction in which a result moved."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    SAME = "same"

    @property
    def arrow(self) -> str:
        """The arrow a scorecard shows."""
        return {"improved": "↑", "worsened": "↓", "same": "→"}[self.value]


def direction_of_travel(
    results: Rows,
    *,
    reference: str,
    same_within: float = 0.0,
    compare: Compare = Compare.UNROUNDED,
) -> pd.Series[Any]:
    """Say for each indicator whether its result moved for the better.

    Parameters
    ----------
    results
        A frame or columns, one row an indicator, with ``result``, ``target``,
        ``polarity`` and the `reference` column, all in the indicator's units,
        unrounded. To compare as shown, ``measure`` too.
    reference
        Column to compare with: ``"previous"`` or ``"outturn"``.
    same_within
        Largest change that still counts as none, as a share of the reference.

    Returns
    -------
    Series of `Travel` on the index of `results`; missing where either value
    is, where the indicator has no polarity, or polarity T and no target.

    Notes
    -----
    For polarity T, nearer to the target is better. Differences are rounded to
    9 decimals, so that 9.9 and 10.1 are as near to 10. The January 2013
    scorecard shows that it compares unrounded.
    """
    travels = travelled(results, reference=reference, same_within=same_within, compare=compare)
    return choice_column(travels, results.index)


def travelled(results: Rows, *, reference: str, same_within: float, compare: Compare) -> Words:
    """The same as words, for the rules."""
    polarity = choice_codes(results["polarity"], Polarity)
    result, before, target = (
        compared(results, column, compare) for column in ("result", reference, "target")
    )
    travels = np.empty(len(results), dtype=np.int8)
    for rows in slices(len(results)):
        travels[rows] = travel_codes(
            polarity[rows], result[rows], before[rows], target[rows], same_within
        )
    return chosen(travels, Travel)


def travel_codes(
    polarity: NDArray[np.int8],
    result: NDArray[np.float64],
    before: NDArray[np.float64],
    target: NDArray[np.float64],
    same_within: float,
) -> NDArray[np.int8]:
    """The arrows as positions among `Travel`, by those of the polarities among `Polarity`."""
    rise = result - before
    nearer = np.abs(before - target) - np.abs(result - target)
    better = np.where(polarity == _TARGET, nearer, rise * _FOR_THE_BETTER.take(polarity))
    improved, worsened = better >= _SOMETHING, better <= -_SOMETHING
    if same_within:
        moved = np.abs(rise) - same_within * np.abs(before) >= _SOMETHING
        improved, worsened = improved & moved, worsened & moved
    travels = np.where(improved, _IMPROVED, np.where(worsened, _WORSENED, _SAME))
    known: NDArray[np.int8] = np.where(np.isnan(better), _UNKNOWN, travels)
    return known
