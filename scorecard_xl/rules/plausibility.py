"""What may be wrong in a scorecard that can be made: every check beyond the tables' shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.rules.doubtful_commentary import doubtful_commentary
from scorecard_xl.rules.doubtful_counts import DoubtfulCounts
from scorecard_xl.rules.doubtful_results import DoubtfulResults
from scorecard_xl.rules.doubtful_settings import doubtful_settings

if TYPE_CHECKING:
    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.last_period import LastPeriod


def doubts_about(last: LastPeriod, *, expects_commentary: bool = False) -> list[Problem]:
    """Every doubt, a warning each, by table: counts, results, commentary, settings.

    No check takes a count for wrong because it is unusual for its council: each
    rests on other counts, on what the same count was a period before, or on dates.
    """
    own = last.inputs.settings
    return [
        *DoubtfulCounts(last).all(),
        *DoubtfulResults(last).all(),
        *doubtful_commentary(last, is_expected=expects_commentary),
        *(doubtful_settings(own, last.inputs.setting_rows) if own is not None else ()),
    ]
