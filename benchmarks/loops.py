"""A scorecard's rules as a script would apply them, row by row, to tuples and dicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard_xl.rules.periods import reporting_year, year_earlier

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from scorecard_xl.rules import Settings


def rated_by_loop(rows: Iterable[tuple[Any, ...]], settings: Settings) -> list[tuple[Any, ...]]:
    """Result, state, letter and two arrows of each joined row."""
    rate_base = settings.rate_base
    rated = []
    for (
        measure, numerator, denominator, polarity, target, floor, green, amber, unit,
        previous, outturn,
    ) in rows:  # fmt: skip
        result, state = result_of(measure, numerator, denominator, rate_base)
        letter = letter_of(result, target, polarity, floor, green, amber, unit, settings)
        rated.append(
            (
                result,
                state,
                letter,
                arrow_of(result, previous, target, polarity),
                arrow_of(result, outturn, target, polarity),
            )
        )
    return rated


def joined_by_loop(
    indicators: pd.DataFrame, counts: pd.DataFrame, history: pd.DataFrame, settings: Settings
) -> list[tuple[Any, ...]]:
    """Area, indicator, result, state, letter and two arrows, joined by dicts from the tables."""
    values = {
        (area, code.lower()): value
        for area, code, value in zip(counts["area"], counts["code"], counts["value"], strict=True)
    }
    published = {
        (area, day, code.lower()): value
        for area, day, code, value in zip(
            history["area"], history["as_at"], history["indicator"], history["result"], strict=True
        )
    }
    missing = indicators.astype(object).where(indicators.notna(), None)
    each = [
        (code, code.lower(), numerator.lower(), denominator and denominator.lower(), *others)
        for code, numerator, denominator, *others in zip(
            *(
                missing[name]
                for name in (
                    "indicator", "numerator", "denominator", "measure", "data_period", "polarity",
                    "target", "floor", "green_tolerance", "amber_tolerance", "tolerance_unit",
                )
            ),
            strict=True,
        )
    ]  # fmt: skip
    before, outturn_day, rate_base = (
        settings.previous_as_at, settings.outturn_as_at, settings.rate_base,
    )  # fmt: skip
    is_new_year = reporting_year(before, settings.year_start) != reporting_year(
        settings.as_at, settings.year_start
    )
    rows = []
    for area in dict.fromkeys(counts["area"]):
        for (
            code, key, numerator_key, denominator_key, measure, period, polarity, target, floor,
            green, amber, unit,
        ) in each:  # fmt: skip
            numerator = values[area, numerator_key]
            denominator = values[area, denominator_key] if denominator_key else None
            starts = is_new_year and period == "YTD"
            previous = published.get(
                (area, year_earlier(settings.as_at) if starts else before, key)
            )
            outturn = published.get((area, outturn_day, key))
            result, state = result_of(measure, numerator, denominator, rate_base)
            if starts and result is not None and previous is None:
                state = "new_year"
            letter = letter_of(result, target, polarity, floor, green, amber, unit, settings)
            rows.append(
                (
                    area,
                    code,
                    result,
                    state,
                    letter,
                    arrow_of(result, previous, target, polarity),
                    arrow_of(result, outturn, target, polarity),
                )
            )
    return rows


def result_of(
    measure: str, numerator: float | None, denominator: float | None, rate_base: float
) -> tuple[float | None, str | None]:
    """The result, or why there is none."""
    if numerator is None:
        return None, "not_entered"
    if measure in ("count", "supplied"):
        return numerator, None
    if denominator is None:
        return None, "not_entered"
    if not denominator:
        return None, "zero_denominator" if numerator else "none_due"
    return (numerator * rate_base if measure == "rate" else numerator) / denominator, None


def letter_of(
    result: float | None,
    target: float | None,
    polarity: str | None,
    floor: float | None,
    green: float | None,
    amber: float | None,
    unit: str | None,
    settings: Settings,
) -> str | None:
    """The letter of a result, if it can be rated."""
    if result is None or target is None or polarity is None:
        return None
    width = 1.0
    if unit != "points":
        width = abs(target)
        if green is None:
            green = settings.green_tolerance.get(polarity)
        if amber is None:
            amber = settings.amber_tolerance.get(polarity)
    has_floor = floor is not None and polarity != "T"
    if green is None or (amber is None and not has_floor):
        return None
    gap = target - result
    gap = gap if polarity == "H" else -gap if polarity == "L" else abs(gap)
    if round(gap - green * width, 9) <= 0:
        return "G"
    if has_floor:
        beyond = floor - result if polarity == "H" else result - floor
    else:
        beyond = gap - amber * width
    return "A" if round(beyond, 9) <= 0 else "R"


def arrow_of(
    result: float | None, before: float | None, target: float | None, polarity: str | None
) -> str | None:
    """The arrow of a result against what it was before."""
    if result is None or before is None or polarity is None:
        return None
    if polarity == "T":
        if target is None:
            return None
        better = abs(before - target) - abs(result - target)
    else:
        better = result - before if polarity == "H" else before - result
    better = round(better, 9)
    if better > 0:
        return "improved"
    return "worsened" if better < 0 else "same"
