"""The four tables of a scorecard, read and joined, with everything that is wrong in them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd

from scorecard_xl.rules.bands import problems_of_bands
from scorecard_xl.rules.counts import read_counts
from scorecard_xl.rules.history import read_history
from scorecard_xl.rules.indicators import read_indicators
from scorecard_xl.rules.joining import Scorecards, join_counts, scorecards_of, unknown_areas
from scorecard_xl.rules.settings import Settings, read_settings
from scorecard_xl.rules.settings_table import rows_of_settings

if TYPE_CHECKING:
    from scorecard_xl.problems import Problem


@dataclasses.dataclass(frozen=True, kw_only=True)
class TypedInputs:
    """The four tables as read, joined as far as they can be."""

    indicators: pd.DataFrame
    counts: pd.DataFrame
    history: pd.DataFrame
    settings: Settings | None
    scorecards: Scorecards | None
    joined: pd.DataFrame
    problems: list[Problem]

    @property
    def has_errors(self) -> bool:
        """Whether any of the problems stops the scorecard."""
        return any(problem.is_error for problem in self.problems)


def read_inputs(
    indicators: pd.DataFrame,
    counts: pd.DataFrame,
    history: pd.DataFrame,
    settings: Settings | pd.DataFrame,
) -> TypedInputs:
    """Read and join the four tables, with every problem, table by table in the order of rows."""
    typed_indicators, of_indicators = read_indicators(indicators)
    typed_counts, of_counts = read_counts(counts, typed_indicators)
    typed_history, of_history = read_history(history, typed_indicators)
    own: Settings | None
    of_settings: list[Problem] = []
    setting_rows: dict[str, int] = {}
    if isinstance(settings, Settings):
        own = settings
    else:
        own, of_settings = read_settings(settings)
        setting_rows = rows_of_settings(settings)
    scorecards, joined = None, pd.DataFrame()
    if own is not None:
        scorecards = scorecards_of(typed_indicators, typed_counts, own)
        joined, unknown = join_counts(typed_indicators, typed_counts, scorecards)
        of_indicators += unknown_areas(typed_indicators, scorecards) + unknown
        bands = problems_of_bands(typed_indicators, own, setting_rows)
        of_indicators += [problem for problem in bands if _table(problem) == "Indicators"]
        of_settings += [problem for problem in bands if _table(problem) == "Settings"]
    of_indicators.sort(key=_row)
    return TypedInputs(
        indicators=typed_indicators,
        counts=typed_counts,
        history=typed_history,
        settings=own,
        scorecards=scorecards,
        joined=joined,
        problems=of_counts + of_indicators + of_history + of_settings,
    )


def _table(problem: Problem) -> str:
    return "" if problem.position is None else problem.position.table


def _row(problem: Problem) -> int:
    row = problem.position.row if problem.position is not None else None
    return -1 if row is None else row
