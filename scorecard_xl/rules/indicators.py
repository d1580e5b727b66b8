"""The indicators: what is measured, from which counts, and what would be good."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.rules.columns import Columns, choice_codes, chosen
from scorecard_xl.rules.keys import combined, ids_in, repeated
from scorecard_xl.rules.tables import Table, listed

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.columns import Column
    from scorecard_xl.rules.tables import InputTable

NEEDED_COLUMNS = (
    "indicator",
    "section",
    "name",
    "polarity",
    "data_period",
    "measure",
    "numerator",
    "denominator",
    "target",
)
OPTIONAL_COLUMNS = ("floor", "green_tolerance", "amber_tolerance", "tolerance_unit")
INDICATOR_COLUMNS = (*NEEDED_COLUMNS, *OPTIONAL_COLUMNS)


class Polarity(StrEnum):
    """Whether high is good, low is good, or close to the target is good."""

    HIGH = "H"
    LOW = "L"
    TARGET = "T"


class Measure(StrEnum):
    """How a result is made from its counts."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    RATE = "rate"
    AVERAGE = "average"
    SUPPLIED = "supplied"

    @property
    def has_denominator(self) -> bool:
        """Whether the numerator is divided by a second count."""
        return self not in (Measure.COUNT, Measure.SUPPLIED)


class ToleranceUnit(StrEnum):
    """Whether a tolerance is a share of the target or in the indicator's own units."""

    SHARE = "share"
    POINTS = "points"


def read_indicators(frame: InputTable) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the table of indicators, with every problem found in it.

    Returns
    -------
    The indicators, typed: text and choices as categoricals, missing where
    blank, a blank tolerance unit as share, and numbers as floats. Its index
    is the position of each row in `frame`; blank rows are left out. A column
    ``area`` is kept if there is one.
    """
    indicators, problems = typed_indicators(frame)
    return indicators.to_frame(), problems


def typed_indicators(given: InputTable) -> tuple[Columns, list[Problem]]:
    """The same as columns, for the rules."""
    table = Table(
        "Indicators",
        given,
        key="indicator",
        columns=NEEDED_COLUMNS,
        optional=(*OPTIONAL_COLUMNS, "area"),
    )
    columns: dict[str, Column] = {}
    if table.has("area"):
        columns["area"] = table.area()
    columns["indicator"] = table.codes("indicator")
    for column in ("section", "name", "data_period", "numerator", "denominator"):
        columns[column] = table.text(column)
    columns["polarity"] = table.choices("polarity", Polarity, blank="leave it blank")
    columns["measure"] = table.choices("measure", Measure)
    for column in ("target", "floor", "green_tolerance", "amber_tolerance"):
        columns[column] = table.numbers(column)
    unit = table.choices("tolerance_unit", ToleranceUnit, blank="leave it blank for share")
    columns["tolerance_unit"] = chosen(np.maximum(unit.codes, np.int8(0)), ToleranceUnit)
    order = [name for name in ("area", *INDICATOR_COLUMNS) if name in columns]
    indicators = Columns({name: columns[name] for name in order}, table.rows)
    if table.is_readable:
        _note_problems(table, indicators)
    return indicators, table.in_order()


def _note_problems(table: Table, indicators: Columns) -> None:
    _note_repeated_codes(table, indicators)
    for row in _blank(indicators, "name"):
        table.error("name_blank", row, "name", "name is blank", "type what directors should read")
    for row in _blank(indicators, "section"):
        remedy = "type the heading to list the indicator under"
        table.warning("section_blank", row, "section", "section is blank", remedy)
    _note_counts_named(table, indicators)
    _note_floors(table, indicators)
    _note_tolerances(table, indicators)
    for column in ("target", "floor"):
        _note_percentages(table, indicators, column)


def _blank(indicators: Columns, column: str) -> list[int]:
    """The rows that have no text in a column."""
    rows: list[int] = np.flatnonzero(indicators.words(column).codes < 0).tolist()
    return rows


def _note_repeated_codes(table: Table, indicators: Columns) -> None:
    codes = indicators.words("indicator")
    words = codes.vocabulary
    parts = [(ids_in(words, codes), len(words))]
    if "area" in indicators:
        areas = indicators.words("area").vocabulary
        parts.append((ids_in(areas, indicators.words("area")), len(areas)))
    table.repeated("indicator", codes, *repeated(*combined(*parts)))


def _note_counts_named(table: Table, indicators: Columns) -> None:
    """Note counts that are missing where needed, or named where not used."""
    measure, denominator = indicators.words("measure"), indicators.words("denominator")
    measures = choice_codes(measure, Measure)
    divided = np.array([measure.has_denominator for measure in Measure] + [False])[measures]
    has_denominator = denominator.codes >= 0
    blank_text = table.text("measure").codes < 0
    for row in np.flatnonzero(blank_text).tolist():
        remedy = f"use {listed(Measure)}"
        table.error("measure_blank", row, "measure", "measure is blank", remedy)
    for row in _blank(indicators, "numerator"):
        table.error(
            "numerator_missing", row, "numerator", "numerator is blank",
            "name the count the result is made from",
        )  # fmt: skip
    for row in np.flatnonzero(divided & ~has_denominator).tolist():
        which = f"{'an' if measure[row] == Measure.AVERAGE else 'a'} {measure[row]}"
        table.error(
            "denominator_missing", row, "denominator", f"{which} has no denominator",
            "name the count to divide by",
        )  # fmt: skip
    for row in np.flatnonzero((measures >= 0) & ~divided & has_denominator).tolist():
        table.warning(
            "denominator_ignored", row, "denominator",
            f"denominator {denominator[row]!r} is not used by measure {str(measure[row])!r}",
            "clear it, or choose another measure",
        )  # fmt: skip


def _note_floors(table: Table, indicators: Columns) -> None:
    floor, target = indicators.numbers("floor"), indicators.numbers("target")
    given = ~np.isnan(floor)
    if not given.any():
        return
    polarity = choice_codes(indicators["polarity"], Polarity)
    high, low, close = (polarity == place for place in range(3))
    for row in np.flatnonzero(given & close).tolist():
        table.error(
            "floor_with_polarity_t", row, "floor", f"floor is {floor[row]:g} with polarity 'T'",
            "use an amber tolerance instead, or polarity H or L",
        )  # fmt: skip
    for row in np.flatnonzero(given & (polarity < 0)).tolist():
        table.warning(
            "floor_ignored", row, "floor", f"floor is {floor[row]:g} without a polarity",
            "choose polarity H or L, or clear the floor",
        )  # fmt: skip
    for row in np.flatnonzero(given & (high | low) & np.isnan(target)).tolist():
        table.warning(
            "floor_without_target", row, "floor", f"floor is {floor[row]:g} without a target",
            "type the target, or clear the floor",
        )  # fmt: skip
    beyond = np.round(np.where(high, floor - target, target - floor), 9) > 0
    for row in np.flatnonzero(given & (high | low) & beyond).tolist():
        side = "above" if high[row] else "below"
        table.error(
            "floor_beyond_target", row, "floor",
            f"floor {floor[row]:g} is {side} the target of {target[row]:g}"
            f" with polarity {'H' if high[row] else 'L'!r}",
            f"a floor is {'at most' if high[row] else 'at least'} the target",
        )  # fmt: skip


def _note_tolerances(table: Table, indicators: Columns) -> None:
    for column in ("green_tolerance", "amber_tolerance"):
        tolerance = indicators.numbers(column)
        for row in np.flatnonzero(tolerance < 0).tolist():
            table.error(
                "negative_tolerance", row, column,
                f"{column.replace('_', ' ')} is {tolerance[row]:g}", "tolerances start at 0",
            )  # fmt: skip
        points = choice_codes(indicators["tolerance_unit"], ToleranceUnit) == 1
        _note_percentages(table, indicators, column, among=points)


def _note_percentages(
    table: Table, indicators: Columns, column: str, among: NDArray[np.bool_] | None = None
) -> None:
    """Note percentages above 1: 69.5 typed or pasted for 69.5%."""
    percentages = choice_codes(indicators["measure"], Measure) == list(Measure).index(
        Measure.PERCENTAGE
    )
    if among is not None:
        percentages &= among
    table.percentages_above_1(column, indicators.numbers(column), percentages)
