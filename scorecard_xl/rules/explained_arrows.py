"""What each arrow compares, whether it could be another one, and the rule in a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scorecard_xl.rules.columns import choice_codes, floats
from scorecard_xl.rules.direction_of_travel import travel_codes
from scorecard_xl.rules.entries import number_of
from scorecard_xl.rules.explanation_records import NoArrow
from scorecard_xl.rules.figures import distance, told_apart, unrounded
from scorecard_xl.rules.indicators import Measure, Polarity
from scorecard_xl.rules.periods import british_date
from scorecard_xl.rules.rag import NOTHING
from scorecard_xl.rules.result_columns import plain_columns
from scorecard_xl.rules.results import compared
from scorecard_xl.rules.settings import Compare

if TYPE_CHECKING:
    import datetime as dt

    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Columns
    from scorecard_xl.rules.explained_rows import Row
    from scorecard_xl.rules.settings import Settings

# Half a unit of the last decimal that a measure is shown with; counts are not rounded.
_HALF_A_UNIT = {"percentage": 0.0005, "rate": 0.05, "average": 0.05}
_HALVES = np.array([_HALF_A_UNIT.get(measure.value, np.nan) for measure in Measure])
_ROUNDED = re.compile(r"\brounded\b", re.IGNORECASE)
_NO_ARROWS = {
    NoArrow.NO_RESULT: "No arrows: there is no result.",
    NoArrow.NO_POLARITY: "No arrows: no polarity says which way is good.",
    NoArrow.NO_TARGET: "No arrows: it has no target to come nearer to.",
    NoArrow.NO_REFERENCE: "No arrow since {0}: History has no result as at that date.",
    NoArrow.NEW_YEAR: "No arrow: a new year has begun, and History has no result as at {0},"
    " a year earlier.",
}
_TRAVELLED = {
    "improved": "↑ Improved since",
    "worsened": "↓ Worsened since",
    "same": "→ Same as at",
}
_BETTER = {"H": "higher is better", "L": "lower is better"}


class Comparison(NamedTuple):
    """What one row's result is compared with, and how that went.

    `can_turn` tells whether the arrow would be another one if the reference were off by what
    rounding can take away.
    """

    value: float | None
    as_at: dt.date
    is_restated: bool
    travel: str | None
    starts_year: bool
    history_row: int
    compared_value: float
    can_turn: bool


class Comparisons:
    """The arrows of results against one reference, ``"previous"`` or ``"outturn"``."""

    def __init__(
        self, results: Columns, history: Columns, settings: Settings, reference: str
    ) -> None:
        self.reference = reference
        self._history, self._settings = history, settings
        self._dates: dict[dt.date, str] = {}
        names = [f"{reference}_as_at", f"{reference}_restated", f"dot_{reference}", "starts_year"]
        columns = plain_columns(results, [reference, *names, f"{reference}_row"])
        before = compared(results, reference, settings.compare)
        columns += [before.tolist(), _can_turn(results, before, settings).tolist()]
        self.rows = list(map(Comparison._make, zip(*columns, strict=True)))

    def no_arrow(self, row: Row, own: Comparison) -> NoArrow | None:
        """Why there is no arrow, None where there is one."""
        if own.travel is not None:
            return None
        if row.result is None:
            return NoArrow.NO_RESULT
        if row.polarity is None:
            return NoArrow.NO_POLARITY
        if row.polarity == "T" and row.target is None:
            return NoArrow.NO_TARGET
        is_new_year = self.reference == "previous" and own.starts_year
        return NoArrow.NEW_YEAR if is_new_year else NoArrow.NO_REFERENCE

    def sentence(self, row: Row, own: Comparison) -> str:
        """The arrow, its rule and both values; or why there is none."""
        day = self._dates.get(own.as_at)
        if day is None:
            day = self._dates[own.as_at] = british_date(own.as_at)
        if own.travel is None:
            reason = self.no_arrow(row, own)
            return "" if reason is None else _NO_ARROWS[reason].format(day)
        shown = row.previous_shown if self.reference == "previous" else row.outturn_shown
        before, now, same_look = shown, row.result_shown, ""
        if before == now and abs(own.compared_value - row.compared_result) >= NOTHING:
            before, now = told_apart(
                own.compared_value, row.compared_result, is_percentage=row.is_percentage
            )
            same_look = f" Both show as {shown}."
        restated = " (restated)" if own.is_restated else ""
        rule = _BETTER.get(row.polarity or "") or _nearer(row, own)
        text = f"{_TRAVELLED[own.travel]} {day}: {before}{restated} then, {now} now; {rule}."
        return f"{text}{same_look}{self._notes(row, own, shown)}"

    def _notes(self, row: Row, own: Comparison, shown: str) -> str:
        """What else decides, or could decide, about the arrow."""
        notes = ""
        if self._settings.same_within and own.travel == "same":
            share = unrounded(self._settings.same_within, is_percentage=True)
            notes = f" A change of up to {share} of what it was counts as none."
        if self.is_within_rounding(row, own):
            notes += (
                f" The {shown} is known only rounded, and the change lies within that rounding."
            )
        return notes

    def is_within_rounding(self, row: Row, own: Comparison) -> bool:
        """Whether the reference is known only rounded, and the arrow could be another one."""
        return own.can_turn and self._is_rounded(row, own, _HALF_A_UNIT[row.measure] * 2)

    def _is_rounded(self, row: Row, own: Comparison, unit: float) -> bool:
        """Whether a reference is said to be rounded, or looks it and no counts give it."""
        value = own.compared_value
        if abs(value - round(value / unit) * unit) >= NOTHING:
            return False
        status, *counts = (
            self._history[name][own.history_row] if name in self._history else None
            for name in ("status", "numerator", "denominator")
        )
        if isinstance(status, str) and _ROUNDED.search(status):
            return True
        numerator, denominator = map(number_of, counts)
        if numerator is None or not denominator:
            return True
        base = self._settings.rate_base if row.measure == "rate" else 1.0
        # Counts that are missing may be NaN, and give nothing.
        return not abs(numerator * base / denominator - value) < NOTHING


def _can_turn(
    results: Columns, before: NDArray[np.float64], settings: Settings
) -> NDArray[np.bool]:
    """Whether each arrow would be another one if its reference were off by its rounding."""
    if settings.compare is Compare.AS_SHOWN:
        return np.zeros(len(before), dtype=bool)
    polarity = choice_codes(results["polarity"], Polarity)
    result, target = floats(results, "result"), floats(results, "target")
    slack = _HALVES.take(choice_codes(results["measure"], Measure)) + NOTHING
    lowest, highest = before - slack, before + slack
    # Off by less, it could stand on the target itself, as near as can be.
    on_target = np.where(np.isnan(target), before, np.clip(target, lowest, highest))
    as_it_is, *others = (
        travel_codes(polarity, result, each, target, settings.same_within)
        for each in (before, lowest, highest, on_target)
    )
    is_known = (as_it_is >= 0) & ~np.isnan(slack)
    turns: NDArray[np.bool] = is_known & np.any([each != as_it_is for each in others], axis=0)
    return turns


def _nearer(row: Row, own: Comparison) -> str:
    """How near to the target both values are."""
    target, is_percentage = row.compared_target, row.is_percentage
    before, now = abs(own.compared_value - target), abs(row.compared_result - target)
    texts = [distance(each, is_percentage=is_percentage) for each in (before, now)]
    if texts[0] == texts[1] and abs(before - now) >= NOTHING:
        texts = list(told_apart(before, now, is_percentage=is_percentage))
    return f"{texts[0]} then and {texts[1]} now from the target, and nearer is better"
