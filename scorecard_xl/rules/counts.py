"""The counts: whole numbers, or a word for why there is none."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.rules.columns import Columns, choice_codes, chosen
from scorecard_xl.rules.entries import date_entries
from scorecard_xl.rules.indicators import Measure
from scorecard_xl.rules.keys import combined, day_ids, ids_in, repeated
from scorecard_xl.rules.tables import Table
from scorecard_xl.rules.words import is_missing, objects_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.columns import Column, Rows
    from scorecard_xl.rules.tables import InputTable
    from scorecard_xl.rules.words import Words

COUNT_COLUMNS = ("code", "count", "data_period", "value")
OPTIONAL_COLUMNS = ("extracted", "previous_value", "area", "as_at")


class State(StrEnum):
    """Why a count or a result is missing, or an arrow at the start of a year."""

    NOT_ENTERED = "not_entered"
    NOT_AVAILABLE = "not_available"
    TO_BE_SUPPLIED = "to_be_supplied"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    NONE_DUE = "none_due"
    ZERO_DENOMINATOR = "zero_denominator"
    NEW_YEAR = "new_year"

    @property
    def words(self) -> str:
        """What directors read, ``not available``."""
        return self.value.replace("_", " ")


STATES_AS_TYPED = {
    "n/a": State.NOT_AVAILABLE,
    "x": State.NOT_AVAILABLE,
    "tbs": State.TO_BE_SUPPLIED,
    "c": State.SUPPRESSED,
    "z": State.NOT_APPLICABLE,
}
STATES_LISTED = "N/A or x (not available), TBS (to be supplied), c (suppressed), z (not applicable)"
LARGEST_COUNT = 999_999_999_999_999


def read_counts(frame: InputTable, indicators: Rows) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the table of counts, with every problem found in it.

    Parameters
    ----------
    frame
        One row a count, with ``code``, ``count``, ``data_period`` and ``value``;
        optionally ``area``, ``as_at`` and ``extracted``.
    indicators
        As `read_indicators` returns them: what a count is used for decides
        whether it must be whole, and whether it may be negative.

    Returns
    -------
    The counts with a float ``value`` and, where that is missing, its ``state``.
    The index is the position of each row in `frame`; blank rows are left out.
    """
    counts, problems = typed_counts(frame, Columns.of(indicators))
    return counts.to_frame(), problems


def typed_counts(given: InputTable, indicators: Columns) -> tuple[Columns, list[Problem]]:
    """The same as columns, for the rules."""
    table = Table("Counts", given, key="code", columns=COUNT_COLUMNS, optional=OPTIONAL_COLUMNS)
    columns: dict[str, Column] = {}
    if table.has("area"):
        columns["area"] = table.area()
    if table.has("as_at"):
        columns["as_at"] = table.dates("as_at").astype("datetime64[s]")
    codes = columns["code"] = table.codes("code")
    for column in ("count", "data_period"):
        columns[column] = objects_of(table.entries(column))
    if table.is_readable:
        columns["value"], columns["state"] = values, _ = _values(table, codes)
    else:
        columns["value"] = np.full(len(table), np.nan)
        columns["state"] = chosen(np.full(len(table), -1, np.int8), State)
    if table.has("extracted"):
        columns["extracted"] = date_entries(table.entries("extracted"))[0].astype("datetime64[s]")
    if table.has("previous_value"):
        columns["previous_value"] = objects_of(table.entries("previous_value"))
    counts = Columns(columns, table.rows)
    if table.is_readable:
        _note_repeated_codes(table, counts)
        _note_wrong_counts(table, codes, values, indicators)
    return counts, table.in_order()


def _values(table: Table, codes: Words) -> tuple[NDArray[np.float64], Words]:
    """Each count's number, or the state that stands for it."""
    values, others = table.raw_numbers("value")
    infinite = np.isinf(values)
    if infinite.any():
        others |= {row: float(values[row]) for row in np.flatnonzero(infinite).tolist()}
        values = np.where(infinite, np.nan, values)
    missing = np.flatnonzero(np.isnan(values))
    states = np.full(len(values), -1, dtype=np.int8)
    places = {state: place for place, state in enumerate(State)}
    states[missing] = places[State.NOT_ENTERED]
    for row in _blank_rows(table, missing):
        if row not in others:
            table.warning(
                "count_not_entered", row, "value", f"{_name(codes, row)} is blank",
                f"type the count, or {STATES_LISTED}",
            )  # fmt: skip
    for row, entry in others.items():
        state = STATES_AS_TYPED.get(entry.strip().lower()) if isinstance(entry, str) else None
        if state is None:
            table.no_number_or_state(row, "value", entry, STATES_LISTED)
            continue
        states[row] = places[state]
        shown = str(entry).strip()
        table.warning(
            "count_not_supplied", row, "value", f"{_name(codes, row)} is {shown!r}, {state.words}",
            "type the count when it is known",
        )  # fmt: skip
    return values, chosen(states, State)


def _name(codes: Words, row: int) -> str:
    """What a count is called: its code, or its column where it has none."""
    return str(codes[row]) if codes.codes[row] >= 0 else "value"


def _blank_rows(table: Table, missing: NDArray[np.intp]) -> list[int]:
    """The rows without a number, save where an engine put something there, as an error marker."""
    rows: list[int] = missing.tolist()
    entries = table.entries("value")
    if entries.dtype != object or not rows:
        return rows
    found = entries.take(missing).tolist()
    return [
        row
        for row, entry in zip(rows, found, strict=True)
        if isinstance(entry, str | float | np.floating) or is_missing(entry)
    ]


def _note_repeated_codes(table: Table, counts: Columns) -> None:
    codes = counts.words("code")
    words = codes.vocabulary
    parts = [(ids_in(words, codes), len(words))]
    if "area" in counts:
        areas = counts.words("area").vocabulary
        parts.append((ids_in(areas, counts.words("area")), len(areas)))
    if "as_at" in counts:
        days, distinct = day_ids(counts.numbers("as_at"))
        parts.append((days, len(distinct)))
    table.repeated("code", codes, *repeated(*combined(*parts)))


def _note_wrong_counts(
    table: Table, codes: Words, values: NDArray[np.float64], indicators: Columns
) -> None:
    may_be_fractional, may_be_negative = _freedoms(codes, indicators)
    for row in np.flatnonzero((values < 0) & ~may_be_negative).tolist():
        table.error(
            "negative_count", row, "value", f"{_name(codes, row)} is {values[row]:g}",
            "counts start at 0",
        )  # fmt: skip
    for row in np.flatnonzero(np.abs(values) > LARGEST_COUNT).tolist():
        table.error(
            "count_too_large", row, "value", f"{_name(codes, row)} is {values[row]:g}",
            "type it anew: Excel keeps 15 digits of a number, and no count has more",
        )  # fmt: skip
    whole = np.isnan(values) | (values == np.floor(values))
    for row in np.flatnonzero(~whole & ~may_be_fractional).tolist():
        table.error(
            "fractional_count", row, "value", f"{_name(codes, row)} is {values[row]:.15g}",
            "counts are whole numbers, unless only averages and supplied results use them",
        )  # fmt: skip


def _freedoms(codes: Words, indicators: Columns) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each count may be fractional, and whether it may be negative, by its use."""
    words = codes.vocabulary
    measures = choice_codes(indicators["measure"], Measure)
    supplied = measures == list(Measure).index(Measure.SUPPLIED)
    average = measures == list(Measure).index(Measure.AVERAGE)
    used, bound_to_whole, bound_to_sign = np.zeros((3, len(words) + 1), dtype=np.bool_)
    for column in ("numerator", "denominator"):
        ids = ids_in(words, indicators.words(column))
        used[ids] = True
        bound_to_whole[ids[~supplied & ~average]] = True
        bound_to_sign[ids[~supplied]] = True
    own = ids_in(words, codes)
    return (used & ~bound_to_whole)[own], (used & ~bound_to_sign)[own]
