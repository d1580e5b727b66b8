"""Where commentary is missing, or belongs to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.rules.doubt import doubt, unknown_codes
from scorecard_xl.rules.periods import british_date
from scorecard_xl.rules.rag import Rag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.last_period import LastPeriod


def doubtful_commentary(last: LastPeriod, *, is_expected: bool) -> Iterator[Problem]:
    """Comments on unknown indicators; Reds and changed letters without a comment.

    The latter only where commentary `is_expected`, or in use: where there is a
    comment of this period or of the one before.
    """
    commentary, rows = last.inputs.commentary, last.inputs.commentary.rows
    dates = np.array([own.as_at for own in last.settings], dtype="datetime64[D]")
    is_now = np.isin(rows.numbers("as_at"), dates)
    codes = rows.words("indicator")
    for row, remedy in unknown_codes(codes, last.inputs.indicators.words("indicator"), is_now):
        yield doubt(
            "unknown_indicator", ("Commentary", rows, row), "indicator",
            f"{codes[row]} is not among the indicators, and its comment is not shown", remedy,
        )  # fmt: skip
    used = [
        is_expected or commentary.is_used_at(own.as_at, own.previous_as_at) for own in last.settings
    ]
    if any(used):
        yield from _without_comment(last, used)


def _without_comment(last: LastPeriod, used: list[bool]) -> Iterator[Problem]:
    results, indicators = last.results, last.inputs.indicators
    letters = results.words("rag")
    for row, before in enumerate(last.letters()):
        own = last.settings[last.scorecards.scorecard[row]]
        code, letter = str(results.words("indicator")[row]), letters[row]
        has_changed = before is not None and before != letter
        if not used[last.scorecards.scorecard[row]] or not (letter == Rag.RED or has_changed):
            continue
        if last.inputs.commentary.of(code, own.as_at) is None:
            now = Rag(letter).words if isinstance(letter, str) else "not rated"
            was = (
                f", {before.words} as at {british_date(own.previous_as_at)},"
                if (has_changed and before is not None)
                else ""
            )
            place = int(last.scorecards.indicator[row])
            yield doubt(
                "no_commentary", ("Indicators", indicators, place), "indicator",
                f"{code} is {now}{was} and has no comment as at {british_date(own.as_at)}",
                "say on Commentary what lies behind it",
            )  # fmt: skip
