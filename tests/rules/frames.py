"""Small inputs to make claims about: one indicator, its counts, its history, its settings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from scorecard_xl.rules import Polarity, Scorecard, Settings, build_scorecard, problems_of

if TYPE_CHECKING:
    from scorecard_xl.problems import Problem

KENT_TOLERANCES: dict[str, dict[Polarity, float | None]] = {
    "green_tolerance": {Polarity.HIGH: 0.0, Polarity.LOW: 0.0, Polarity.TARGET: 0.05},
    "amber_tolerance": {Polarity.HIGH: 0.1, Polarity.LOW: 0.1, Polarity.TARGET: 0.15},
}


def settings_as_at(as_at: dt.date = dt.date(2013, 1, 31), **changes: Any) -> Settings:
    """Kent's settings, changed as told."""
    return Settings(**{"area": "Kent", "as_at": as_at, **KENT_TOLERANCES, **changes})


def one_indicator(**changes: Any) -> pd.DataFrame:
    """A percentage for which high is good, 75 of 100 against 80%, changed as told."""
    row = {
        "indicator": "visits_in_time",
        "section": "HOW WELL ?",
        "name": "Visits in time",
        "polarity": "H",
        "data_period": "SS",
        "measure": "percentage",
        "numerator": "visits",
        "denominator": "visits_due",
        "target": 0.8,
        "floor": None,
        "green_tolerance": None,
        "amber_tolerance": None,
        "tolerance_unit": None,
    }
    return pd.DataFrame([row | changes])


def counts_of(**values: Any) -> pd.DataFrame:
    """A count for each name, in order; 75 visits of 100 due if none is named."""
    values = values or {"visits": 75, "visits_due": 100}
    return pd.DataFrame(
        {
            "code": list(values),
            "count": [code.replace("_", " ") for code in values],
            "data_period": "SS",
            "value": pd.Series(list(values.values()), dtype=object),
        }
    )


def history_of(*rows: tuple[Any, str, Any], **columns: list[Any]) -> pd.DataFrame:
    """Published results: as at, indicator, result; other columns by name."""
    return pd.DataFrame(list(rows), columns=["as_at", "indicator", "result"]).assign(**columns)


def setting_table(**values: Any) -> pd.DataFrame:
    """A table of settings with Kent's area and date, changed as told."""
    values = {"area": "Kent", "as_at": dt.date(2013, 1, 31)} | values
    return pd.DataFrame(
        {"name": list(values), "value": pd.Series([*values.values()], dtype=object)}
    )


def inputs_with(**changes: Any) -> dict[str, Any]:
    """The four tables of one indicator, those named replaced."""
    inputs = {
        "indicators": one_indicator(),
        "counts": counts_of(),
        "history": history_of(),
        "settings": settings_as_at(),
    }
    return inputs | changes


def scorecard_with(**changes: Any) -> Scorecard:
    """The scorecard of one indicator, the tables named replaced."""
    return build_scorecard(**inputs_with(**changes))


def problems_with(**changes: Any) -> list[Problem]:
    """Every problem of one indicator's tables, those named replaced."""
    return problems_of(**inputs_with(**changes))


def codes_of(problems: list[Problem]) -> list[str]:
    """What kinds of problem there are, in order."""
    return [problem.code for problem in problems]


def row_of(scorecard: Scorecard, indicator: str | None = None) -> dict[str, Any]:
    """One row of the results as plain values; the only one, or the one named."""
    rows = scorecard.to_record()["results"]
    (row,) = [row for row in rows if indicator in (None, row["indicator"])]
    return row
