"""The tolerances that apply to each indicator: its own, else the settings' by polarity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rules.columns import choice_codes, floats
from scorecard_xl.rules.indicators import Polarity, ToleranceUnit
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Columns, Rows
    from scorecard_xl.rules.settings import Settings
_TAKES_FLOOR = np.array([*(polarity is not Polarity.TARGET for polarity in Polarity), False])


def tolerances(
    own: NDArray[np.float64],
    *,
    polarity: NDArray[np.integer[Any]],
    in_points: NDArray[np.bool_],
    defaults: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Each indicator's tolerance, NaN where none is agreed.

    A default, as `default_tolerances` gives them, is a share of the target, so
    it does not stand in for an indicator whose tolerances are in points.
    """
    return np.where(np.isnan(own) & ~in_points, defaults.take(polarity), own)


def default_tolerances(by_polarity: Mapping[Polarity, float | None]) -> NDArray[np.float64]:
    """The settings' tolerances in the order of `Polarity`, and NaN for no polarity."""
    agreed = [by_polarity.get(polarity) for polarity in Polarity]
    return np.array([*agreed, None], dtype=np.float64)


def is_in_points(indicators: Rows) -> NDArray[np.bool_]:
    """Whether each indicator's tolerances are in its own units."""
    if "tolerance_unit" not in indicators:
        return np.zeros(len(indicators), dtype=np.bool_)
    points = list(ToleranceUnit).index(ToleranceUnit.POINTS)
    in_points: NDArray[np.bool_] = (
        choice_codes(indicators["tolerance_unit"], ToleranceUnit) == points
    )
    return in_points


def has_floor(floor: NDArray[np.float64], polarity: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Whether a floor replaces the amber tolerance: only where high or low is good."""
    replaces: NDArray[np.bool_] = ~np.isnan(floor)
    if replaces.any():
        replaces &= _TAKES_FLOOR.take(polarity)
    return replaces


def problems_of_bands(
    indicators: Columns, settings: Settings, setting_rows: Mapping[str, int]
) -> list[Problem]:
    """Amber tolerances below green, and polarities whose bands nobody has agreed."""
    polarity, in_points = choice_codes(indicators["polarity"], Polarity), is_in_points(indicators)
    green, amber = (
        tolerances(
            floats(indicators, f"{colour}_tolerance"),
            polarity=polarity,
            in_points=in_points,
            defaults=default_tolerances(defaults),
        )
        for colour, defaults in (
            ("green", settings.green_tolerance),
            ("amber", settings.amber_tolerance),
        )
    )
    own = ~np.isnan(floats(indicators, "green_tolerance"))
    own |= ~np.isnan(floats(indicators, "amber_tolerance"))
    floored = has_floor(floats(indicators, "floor"), polarity)
    below = own & (np.round(green - amber, 9) > 0) & ~floored
    problems = [
        Problem(
            code="amber_below_green",
            severity=Severity.ERROR,
            finding=f"amber tolerance is {amber[row]:.10g}, below the green tolerance of"
            f" {green[row]:.10g}",
            remedy="amber reaches at least as far as green",
            position=TablePosition(
                table="Indicators", row=int(indicators.index[row]), column="amber_tolerance"
            ),
        )
        for row in np.flatnonzero(below).tolist()
    ]
    unrated = np.isnan(green) | (np.isnan(amber) & ~floored)
    unrated &= ~np.isnan(floats(indicators, "target"))
    return problems + _not_agreed(polarity[unrated], setting_rows)


def _not_agreed(unrated: NDArray[np.int8], setting_rows: Mapping[str, int]) -> list[Problem]:
    """One problem for each polarity that has indicators without bands."""
    problems = []
    for place, name in enumerate(Polarity):
        count = int(np.count_nonzero(unrated == place))
        if not count:
            continue
        settings = f"green_tolerance_{name}", f"amber_tolerance_{name}"
        problems.append(
            Problem(
                code="tolerances_not_agreed",
                severity=Severity.WARNING,
                finding=f"{counted(count, 'indicator')} of polarity {name!s}"
                f" {'is' if count == 1 else 'are'} not rated until bands are agreed",
                remedy=f"agree and type {settings[0]} and {settings[1]}, or the indicators' own",
                position=TablePosition(
                    table="Settings", row=setting_rows.get(settings[0]), column="value"
                ),
            )
        )
    return problems
