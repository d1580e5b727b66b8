"""The counts: whole numbers, or a word for why there is none."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scorecard_xl.rules.columns import categories, choice_codes
from scorecard_xl.rules.entries import date_entries
from scorecard_xl.rules.indicators import Measure
from scorecard_xl.rules.keys import combined, ids_in, repeated, vocabulary
from scorecard_xl.rules.tables import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scorecard_xl.problems import Problem

COUNT_COLUMNS = ("code", "count", "data_period", "value")


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


def read_counts(
    frame: pd.DataFrame, indicators: pd.DataFrame
) -> tuple[pd.DataFrame, list[Problem]]:
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
    table = Table(
        "Counts", frame, key="code", columns=COUNT_COLUMNS, optional=("extracted", "area", "as_at")
    )
    columns: dict[str, Any] = {}
    if table.has("area"):
        columns["area"] = table.area()
    if table.has("as_at"):
        columns["as_at"] = table.dates("as_at").astype("datetime64[s]")
    columns["code"] = table.codes("code")
    for column in ("count", "data_period"):
        columns[column] = table.column(column).to_numpy(dtype=object)
    if table.is_readable:
        columns["value"], columns["state"] = _values(table, columns["code"])
        _note_repeated_codes(table, columns)
        _note_wrong_counts(table, columns["code"], columns["value"], indicators)
    else:
        columns["value"] = np.full(len(table), np.nan)
        columns["state"] = categories(np.full(len(table), -1, np.int8), State)
    if table.has("extracted"):
        columns["extracted"] = date_entries(table.column("extracted"))[0].astype("datetime64[s]")
    return pd.DataFrame(columns, index=table.rows), table.in_order()


def _values(
    table: Table, codes: pd.Categorical[str]
) -> tuple[NDArray[np.float64], pd.Categorical[str]]:
    """Each count's number, or the state that stands for it."""
    values, others = table.raw_numbers("value")
    for row in np.flatnonzero(np.isinf(values)).tolist():
        others[row] = float(values[row])
    values = np.where(np.isinf(values), np.nan, values)
    places = {state: place for place, state in enumerate(State)}
    states = np.where(np.isnan(values), places[State.NOT_ENTERED], -1).astype(np.int8)
    foreign = _of_unknown_class(table.column("value"), values)
    for row in np.flatnonzero((states == places[State.NOT_ENTERED]) & ~foreign).tolist():
        if row not in others:
            table.warning(
                "count_not_entered", row, "value", f"{codes[row]} is blank",
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
            "count_not_supplied", row, "value", f"{codes[row]} is {shown!r}, {state.words}",
            "type the count when it is known",
        )  # fmt: skip
    return values, categories(states, State)


def _of_unknown_class(column: pd.Series[Any], values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where a value is missing because of what an engine put there, such as an error marker."""
    unknown = np.zeros(len(values), dtype=np.bool_)
    if column.dtype == object:
        entries = column.to_numpy(dtype=object)
        missing = np.isnan(values) & ~pd.isna(entries)
        rows = np.flatnonzero(missing)
        unknown[rows] = [not isinstance(entries[row], str | float | np.floating) for row in rows]
    return unknown


def _note_repeated_codes(table: Table, columns: dict[str, Any]) -> None:
    words = vocabulary(columns["code"])
    parts = [(ids_in(words, columns["code"]), len(words))]
    if "area" in columns:
        areas = vocabulary(columns["area"])
        parts.append((ids_in(areas, columns["area"]), len(areas)))
    if "as_at" in columns:
        days, distinct = pd.factorize(columns["as_at"])
        parts.append((days.astype(np.int64), len(distinct)))
    table.repeated("code", columns["code"], *repeated(*combined(*parts)))


def _note_wrong_counts(
    table: Table, codes: pd.Categorical[str], values: NDArray[np.float64], indicators: pd.DataFrame
) -> None:
    may_be_fractional, may_be_negative = _freedoms(codes, indicators)
    for row in np.flatnonzero((values < 0) & ~may_be_negative).tolist():
        table.error(
            "negative_count", row, "value", f"{codes[row]} is {values[row]:g}", "counts start at 0"
        )
    for row in np.flatnonzero(np.abs(values) > LARGEST_COUNT).tolist():
        table.error(
            "count_too_large", row, "value", f"{codes[row]} is {values[row]:g}",
            "Excel keeps 15 digits of a number, and no count has more",
        )  # fmt: skip
    whole = np.isnan(values) | (values == np.floor(values))
    for row in np.flatnonzero(~whole & ~may_be_fractional).tolist():
        table.error(
            "fractional_count", row, "value", f"{codes[row]} is {values[row]:.15g}",
            "counts are whole numbers, unless only averages and supplied results use them",
        )  # fmt: skip


def _freedoms(
    codes: pd.Categorical[str], indicators: pd.DataFrame
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each count may be fractional, and whether it may be negative, by its use."""
    words = vocabulary(codes)
    measures = choice_codes(indicators["measure"], Measure)
    supplied = measures == list(Measure).index(Measure.SUPPLIED)
    average = measures == list(Measure).index(Measure.AVERAGE)
    used, bound_to_whole, bound_to_sign = np.zeros((3, len(words) + 1), dtype=np.bool_)
    for column in ("numerator", "denominator"):
        ids = ids_in(words, indicators[column].array)
        used[ids] = True
        bound_to_whole[ids[~supplied & ~average]] = True
        bound_to_sign[ids[~supplied]] = True
    own = ids_in(words, codes)
    return (used & ~bound_to_whole)[own], (used & ~bound_to_sign)[own]
