"""The columns of a scorecard's results: worked out by the rules, and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.rules.columns import Columns, Spread
from scorecard_xl.rules.counts import State
from scorecard_xl.rules.direction_of_travel import travelled
from scorecard_xl.rules.joining import Scorecards, join_history
from scorecard_xl.rules.rag import rated
from scorecard_xl.rules.results import worked_out
from scorecard_xl.rules.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from scorecard_xl.rules.columns import Column
    from scorecard_xl.rules.inputs import TypedInputs
    from scorecard_xl.rules.settings import Settings

RESULT_COLUMNS = (
    "indicator",
    "section",
    "name",
    "polarity",
    "data_period",
    "measure",
    "result",
    "state",
    "rag",
    "numerator",
    "denominator",
    "target",
    "floor",
    "previous",
    "dot_previous",
    "outturn",
    "dot_outturn",
    "numerator_code",
    "denominator_code",
    "numerator_state",
    "denominator_state",
    "previous_as_at",
    "outturn_as_at",
    "previous_restated",
    "outturn_restated",
)
RECORD_COLUMNS = RESULT_COLUMNS[:17]


def result_columns(inputs: TypedInputs, settings: Settings, scorecards: Scorecards) -> Columns:
    """Every column of the results, `RESULT_COLUMNS` among them, one row an indicator.

    ``area`` and ``as_at`` are there where the inputs carry them.
    """
    results = Columns(
        {
            **_of_indicators(inputs.indicators, scorecards),
            **_keys(inputs, scorecards),
            **inputs.joined,
            **join_history(inputs.indicators, inputs.history, scorecards),
        },
        np.arange(len(scorecards.scorecard)),
    )
    result, state = worked_out(results, rate_base=settings.rate_base)
    is_new_year = results.numbers("starts_year") & ~np.isnan(result)
    is_new_year &= np.isnan(results.numbers("previous"))
    state.codes[is_new_year] = list(State).index(State.NEW_YEAR)
    results = results.beside(result=result, state=state)
    return results.beside(
        rag=rated(
            results,
            green_tolerance=settings.green_tolerance,
            amber_tolerance=settings.amber_tolerance,
            minimum_denominator=settings.minimum_denominator,
            compare=settings.compare,
        ),
        **{
            f"dot_{reference}": travelled(
                results,
                reference=reference,
                same_within=settings.same_within,
                compare=settings.compare,
            )
            for reference in ("previous", "outturn")
        },
    )


def results_frame(results: Columns) -> pd.DataFrame:
    """The results as a frame, text written out, area and date first where they are there."""
    import pandas as pd

    keys = [name for name in ("area", "as_at") if name in results]
    columns = {}
    for name in (*keys, *RESULT_COLUMNS):
        values = results.written(name)
        # Text stays a column of objects.
        columns[name] = pd.Series(values, dtype=values.dtype, copy=False)
    return pd.DataFrame(columns, copy=False)


def plain_columns(results: Columns, names: Iterable[str]) -> list[list[Any]]:
    """Some columns as lists of plain values, None where missing.

    Numbers that are whole have no decimal point; days are dates.
    """
    return [_plain(results[name]) for name in names]


def plain_records(results: Columns) -> list[dict[str, Any]]:
    """The columns of the record as plain values, a dict for each indicator."""
    return records_of(plain_columns(results, RECORD_COLUMNS))


def records_of(columns: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """The columns of the record, each a list, as a dict for each indicator."""
    return [dict(zip(RECORD_COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]


def by_section(records: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Records by section, in order of first appearance; those without one come first."""
    sections: dict[str, list[dict[str, Any]]] = {"": []}
    for record in records:
        sections.setdefault(record["section"] or "", []).append(record)
    return {section: own for section, own in sections.items() if own}


def _of_indicators(indicators: Columns, scorecards: Scorecards) -> dict[str, Spread]:
    """The indicators' columns, put to the rows of the scorecards; counts by their codes."""
    columns = indicators.spread(scorecards.indicator)
    for name in ("numerator", "denominator"):
        columns[f"{name}_code"] = columns.pop(name)
    columns.pop("area", None)
    return columns


def _keys(inputs: TypedInputs, scorecards: Scorecards) -> dict[str, Spread]:
    """Each row's area and date, where the inputs carry them."""
    keys = {}
    if "area" in inputs.counts or "area" in inputs.indicators:
        areas = [own.area for own in scorecards.settings]
        keys["area"] = Spread(Words(np.arange(len(areas)), areas), scorecards.scorecard)
    if "as_at" in inputs.counts:
        days = np.array([own.as_at for own in scorecards.settings], dtype="datetime64[s]")
        keys["as_at"] = Spread(days, scorecards.scorecard)
    return keys


def _plain(column: Column) -> list[Any]:
    if isinstance(column, Words):
        return column.plain()
    if column.dtype.kind == "M":
        column = column.astype("datetime64[D]")
    values: list[Any] = column.tolist()
    if column.dtype.kind != "f":
        return values
    return [
        None if value != value else int(value) if value.is_integer() else value for value in values
    ]
