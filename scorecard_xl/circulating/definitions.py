"""How each indicator is worked out and rated: a table of words, and of the numbers behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard_xl.circulating.accessible_columns import (
    NOT_APPLICABLE,
    NOT_RATED,
    Column,
    NotStatedError,
)
from scorecard_xl.rules import Measure, Polarity, ToleranceUnit
from scorecard_xl.rules.figures import unrounded
from scorecard_xl.rules.rag import NOTHING

if TYPE_CHECKING:
    from collections.abc import Collection

    from scorecard_xl.circulating.lines import Line

NO_TOLERANCE, NO_FLOOR = "none agreed", "no floor"
_UNITS = {
    ToleranceUnit.SHARE.value: "share of the target",
    ToleranceUnit.POINTS.value: "the indicator's own units",
}


def made_of(measure: str, numerator: str, denominator: str, rate_base: float) -> str:
    """How a result comes about, from the names of its counts."""
    if measure == Measure.COUNT:
        return numerator
    if measure == Measure.SUPPLIED:
        return f"{numerator}, as supplied"
    divided = f"{numerator}, divided by: {denominator}"
    if measure == Measure.PERCENTAGE:
        return f"{divided}, as a percentage"
    if measure == Measure.RATE:
        return f"{divided}, per {rate_base:,.10g}"
    return divided


def bands_in_words(line: Line) -> str:
    """Where a line is Green, Amber and Red."""
    floor = None if line.polarity == Polarity.TARGET else line.floor
    missing = {
        "no polarity": line.polarity is None,
        "no target": line.target is None,
        "no bands agreed": line.green_tolerance is None
        or (line.amber_tolerance is None and floor is None),
    }
    for why, is_missing in missing.items():
        if is_missing:
            return f"{NOT_RATED}: {why}"
    assert line.target is not None
    assert line.green_tolerance is not None
    unit = abs(line.target) if line.tolerance_unit == ToleranceUnit.SHARE else 1.0
    green = line.green_tolerance * unit
    amber = (line.amber_tolerance or 0.0) * unit
    if floor is not None:
        amber = abs(line.target - floor)
    has_amber = amber - green >= NOTHING
    if line.polarity == Polarity.TARGET:
        band = f"Amber {_range(line, amber)}" if has_amber else "no Amber"
        return f"Green {_range(line, green)}; {band}; Red beyond, on either side"
    is_high = line.polarity == Polarity.HIGH
    side, sign = ("or more", -1) if is_high else ("or less", 1)
    edge = line.target + sign * amber
    band = f"Amber at {_figure(line, edge)} {side}" if has_amber else "no Amber"
    return (
        f"Green at {_figure(line, line.target + sign * green)} {side}; {band}; "
        f"Red {'below' if is_high else 'above'}"
    )


def _range(line: Line, tolerance: float) -> str:
    assert line.target is not None
    return f"{_figure(line, line.target - tolerance)} to {_figure(line, line.target + tolerance)}"


def _figure(line: Line, value: float) -> str:
    return unrounded(value, is_percentage=line.measure == Measure.PERCENTAGE)


def _number_or(role: str, heading: str, width: float, blank: str) -> Column:
    def said(line: Line) -> Any:
        value = getattr(line, role)
        return blank if value is None else value

    def read(value: Any) -> dict[str, Any]:
        if value == blank:
            return {role: None}
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NotStatedError
        return {role: value}

    return Column(role, heading, width, "rag", said, read)


def _said_floor(line: Line) -> Any:
    if line.polarity == Polarity.TARGET:
        return NOT_APPLICABLE
    return NO_FLOOR if line.floor is None else line.floor


def _read_floor(value: Any) -> dict[str, Any]:
    if value in (NOT_APPLICABLE, NO_FLOOR):
        return {"floor": None}
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotStatedError
    return {"floor": value}


def _read_unit(value: Any) -> dict[str, Any]:
    by_word = {words: unit for unit, words in _UNITS.items()}
    if value not in by_word:
        raise NotStatedError
    return {"tolerance_unit": by_word[value]}


def _nothing(value: Any) -> dict[str, Any]:
    if not isinstance(value, str):
        raise NotStatedError
    return {}


_BANDS = (
    Column("bands", "How it is rated", 58, "rag", bands_in_words, _nothing),
    _number_or("green_tolerance", "Green tolerance", 13, NO_TOLERANCE),
    _number_or("amber_tolerance", "Amber tolerance", 13, NO_TOLERANCE),
    Column(
        "tolerance_unit", "Tolerances are in", 17, "rag",
        lambda line: _UNITS[line.tolerance_unit], _read_unit,
    ),
    Column("floor", "Floor", 14, "rag", _said_floor, _read_floor),
)  # fmt: skip
BANDS_BY_HEADING = {column.heading: column for column in _BANDS}


def definition_columns(shown: Collection[str]) -> tuple[Column, ...]:
    """The columns that say how indicators are rated, where letters and targets are shown."""
    return _BANDS if {"rag", "target"} <= set(shown) else ()
