"""The rules of a scorecard, for frames of any number of indicators, areas and periods."""

from __future__ import annotations

from scorecard_xl.rules.counts import COUNT_COLUMNS, State, read_counts
from scorecard_xl.rules.direction_of_travel import Travel, direction_of_travel
from scorecard_xl.rules.explanation_records import Explanation
from scorecard_xl.rules.history import HISTORY_COLUMNS, read_history
from scorecard_xl.rules.indicators import (
    INDICATOR_COLUMNS,
    Measure,
    Polarity,
    ToleranceUnit,
    read_indicators,
)
from scorecard_xl.rules.periods import YearStart
from scorecard_xl.rules.rag import Rag, rag_ratings
from scorecard_xl.rules.results import as_shown, results_of, rounded_as_shown
from scorecard_xl.rules.scorecard import (
    RESULT_COLUMNS,
    Scorecard,
    build_scorecard,
    problems_of,
    scorecard_and_problems,
)
from scorecard_xl.rules.settings import (
    SETTING_NAMES,
    Compare,
    Fill,
    Frequency,
    Settings,
    read_settings,
)
from scorecard_xl.rules.summary import (
    Tallies,
    period_line,
    summary_sentence,
    tallies_of,
    tally_line,
)

__all__ = [
    "COUNT_COLUMNS",
    "HISTORY_COLUMNS",
    "INDICATOR_COLUMNS",
    "RESULT_COLUMNS",
    "SETTING_NAMES",
    "Compare",
    "Explanation",
    "Fill",
    "Frequency",
    "Measure",
    "Polarity",
    "Rag",
    "Scorecard",
    "Settings",
    "State",
    "Tallies",
    "ToleranceUnit",
    "Travel",
    "YearStart",
    "as_shown",
    "build_scorecard",
    "direction_of_travel",
    "period_line",
    "problems_of",
    "rag_ratings",
    "read_counts",
    "read_history",
    "read_indicators",
    "read_settings",
    "results_of",
    "rounded_as_shown",
    "scorecard_and_problems",
    "summary_sentence",
    "tallies_of",
    "tally_line",
]
