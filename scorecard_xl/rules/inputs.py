"""The tables of a scorecard, read and joined, with everything that is wrong in them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.rules.bands import problems_of_bands
from scorecard_xl.rules.commentary import Commentary, read_commentary
from scorecard_xl.rules.counts import typed_counts
from scorecard_xl.rules.history import typed_history
from scorecard_xl.rules.indicators import typed_indicators
from scorecard_xl.rules.joining import Scorecards, join_counts, scorecards_of, unknown_areas
from scorecard_xl.rules.settings import Settings, read_settings
from scorecard_xl.rules.settings_table import rows_of_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.columns import Column, Columns
    from scorecard_xl.rules.keys import Ids
    from scorecard_xl.rules.tables import InputTable


@dataclasses.dataclass(frozen=True, kw_only=True)
class TypedInputs:
    """The tables as read, joined as far as they can be."""

    indicators: Columns
    counts: Columns
    history: Columns
    commentary: Commentary
    settings: Settings | None
    setting_rows: Mapping[str, int]
    scorecards: Scorecards | None
    joined: Mapping[str, Column]
    problems: list[Problem]

    @property
    def has_errors(self) -> bool:
        """Whether any of the problems stops the scorecard."""
        return any(problem.is_error for problem in self.problems)

    def joined_rows(self, name: str) -> Ids:
        """The row of Counts that is each result's ``numerator`` or ``denominator``, or -1."""
        rows: Ids = self.joined[f"{name}_row"]  # type: ignore[assignment]
        return rows


def read_inputs(
    indicators: InputTable,
    counts: InputTable,
    history: InputTable,
    settings: Settings | InputTable,
    commentary: InputTable | None = None,
) -> TypedInputs:
    """Read and join the tables, with every problem, table by table in the order of rows."""
    own_indicators, of_indicators = typed_indicators(indicators)
    own_counts, of_counts = typed_counts(counts, own_indicators)
    own_history, of_history = typed_history(history, own_indicators)
    own_commentary, of_commentary = read_commentary(commentary)
    own: Settings | None
    of_settings: list[Problem] = []
    setting_rows: dict[str, int] = {}
    if isinstance(settings, Settings):
        own = settings
    else:
        own, of_settings = read_settings(settings)
        setting_rows = rows_of_settings(settings)
    scorecards: Scorecards | None = None
    joined: Mapping[str, Column] = {}
    if own is not None:
        scorecards = scorecards_of(own_indicators, own_counts, own)
        joined, unknown = join_counts(own_indicators, own_counts, scorecards)
        of_indicators += unknown_areas(own_indicators, scorecards) + unknown
        bands = problems_of_bands(own_indicators, own, setting_rows)
        of_indicators += [problem for problem in bands if _table(problem) == "Indicators"]
        of_settings += [problem for problem in bands if _table(problem) == "Settings"]
    of_indicators.sort(key=_row)
    return TypedInputs(
        indicators=own_indicators,
        counts=own_counts,
        history=own_history,
        commentary=own_commentary,
        settings=own,
        setting_rows=setting_rows,
        scorecards=scorecards,
        joined=joined,
        problems=of_counts + of_indicators + of_history + of_commentary + of_settings,
    )


def _table(problem: Problem) -> str:
    return "" if problem.position is None else problem.position.table


def _row(problem: Problem) -> int:
    row = problem.position.row if problem.position is not None else None
    return -1 if row is None else row
