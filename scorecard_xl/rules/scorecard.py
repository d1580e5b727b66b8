"""The scorecard: indicators, counts, history and settings become results, ratings and arrows."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.exceptions import InvalidInputsError, ScorecardError
from scorecard_xl.rules.exceptional_results import ExceptionalResult, exceptional_results
from scorecard_xl.rules.explanation import explanation_lines, explanations_of
from scorecard_xl.rules.inputs import read_inputs
from scorecard_xl.rules.last_period import LastPeriod
from scorecard_xl.rules.plausibility import doubts_about
from scorecard_xl.rules.result_columns import (
    RESULT_COLUMNS,
    by_section,
    plain_columns,
    plain_records,
    result_columns,
    results_frame,
)
from scorecard_xl.rules.summary import (
    Tallies,
    period_line,
    summary_sentence,
    tallies_by_scorecard,
    tally_line,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.columns import Columns
    from scorecard_xl.rules.commentary import Comment
    from scorecard_xl.rules.explanation import ExplanationLine
    from scorecard_xl.rules.explanation_records import Explanation
    from scorecard_xl.rules.inputs import TypedInputs
    from scorecard_xl.rules.joining import Scorecards
    from scorecard_xl.rules.settings import Settings
    from scorecard_xl.rules.tables import InputTable

__all__ = [
    "RESULT_COLUMNS",
    "Scorecard",
    "build_scorecard",
    "problems_of",
    "scorecard_and_problems",
]


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Scorecard:
    """One scorecard, or many at once.

    `problems` are warnings.
    """

    settings: Settings
    problems: tuple[Problem, ...]
    extracted: dt.date | None = None
    _columns: Columns = dataclasses.field(repr=False)
    _scorecards: Scorecards = dataclasses.field(repr=False)
    _inputs: TypedInputs = dataclasses.field(repr=False)

    @functools.cached_property
    def results(self) -> pd.DataFrame:
        """The results, one row an indicator, in the indicators' order.

        ``area`` and ``as_at`` come first where the inputs carry them.
        """
        return results_frame(self._columns)

    @functools.cached_property
    def tallies(self) -> Tallies:
        """How many letters and arrows of each kind it shows."""
        self._only_one("tallies_by_scorecard")
        (tallies,) = self._all_tallies
        return tallies

    @functools.cached_property
    def tallies_by_scorecard(self) -> pd.DataFrame:
        """The tallies of each scorecard, one row an area and date."""
        import pandas as pd

        names = [field.name for field in dataclasses.fields(Tallies)]
        return pd.DataFrame(
            {
                "area": [own.area for own in self._scorecards.settings],
                "as_at": [own.as_at for own in self._scorecards.settings],
            }
            | {name: [getattr(own, name) for own in self._all_tallies] for name in names}
        )

    @functools.cached_property
    def _all_tallies(self) -> list[Tallies]:
        count = len(self._scorecards.settings)
        return tallies_by_scorecard(self._columns, self._scorecards.scorecard, count)

    @property
    def summary(self) -> str:
        """The sentence that sums it up."""
        self._only_one("summaries")
        return summary_sentence(self.tallies, self.settings)

    @functools.cached_property
    def summaries(self) -> pd.DataFrame:
        """The sentence of each scorecard: ``area``, ``as_at`` and ``summary``."""
        import pandas as pd

        settings = self._scorecards.settings
        return pd.DataFrame(
            {
                "area": [own.area for own in settings],
                "as_at": [own.as_at for own in settings],
                "summary": [
                    summary_sentence(tallies, own)
                    for tallies, own in zip(self._all_tallies, settings, strict=True)
                ],
            }
        )

    def doubts(self, *, expects_commentary: bool = False) -> tuple[Problem, ...]:
        """What may be wrong though it can be made: warnings, beyond those of `problems`.

        Parameters
        ----------
        expects_commentary
            Whether Reds and changed letters should have a comment even where nobody
            has written one for this period or the one before.
        """
        return tuple(doubts_about(self._last_period, expects_commentary=expects_commentary))

    @functools.cached_property
    def exceptions(self) -> tuple[ExceptionalResult, ...]:
        """What a committee asks about: Reds and changed letters, with what is said of them."""
        return exceptional_results(self._last_period)

    def comments(self) -> dict[str, Comment]:
        """What is said of each indicator at its date, by code, where anything is."""
        self._only_one("exceptions")
        return self._inputs.commentary.on(self.columns(["indicator"])[0], self.settings.as_at)

    @functools.cached_property
    def _last_period(self) -> LastPeriod:
        return LastPeriod(inputs=self._inputs, scorecards=self._scorecards, results=self._columns)

    @property
    def title(self) -> str:
        """Its title."""
        self._only_one("summaries")
        return self.settings.title

    @property
    def period_line(self) -> str:
        """Which period, which data and which version it shows."""
        self._only_one("summaries")
        return period_line(self.settings, self.extracted)

    @property
    def tally_line(self) -> str:
        """Its tallies in one line."""
        return tally_line(self.tallies, self.settings)

    def to_record(self) -> dict[str, Any]:
        """The scorecard as plain values, for JSON: None where missing, ISO dates."""
        self._only_one("results")
        return {
            "title": self.title,
            "area": self.settings.area,
            "as_at": self.settings.as_at.isoformat(),
            "period_label": self.settings.period_label,
            "summary": self.summary,
            "results": self.records(),
        }

    def records(self) -> list[dict[str, Any]]:
        """The results of the record: for each indicator its plain values by name."""
        self._only_one("results")
        return plain_records(self._columns)

    def columns(self, names: Iterable[str]) -> list[list[Any]]:
        """Some columns of the results, each a list of plain values.

        None where missing; numbers that are whole without a decimal point, days
        as dates. The names are among `RESULT_COLUMNS`.
        """
        return plain_columns(self._columns, names)

    @functools.cached_property
    def explanations(self) -> tuple[Explanation, ...]:
        """Why each result has its letter and its arrows, in the order of the results."""
        return explanations_of(self._columns, self._inputs.history, self.settings)

    def explanation_lines(self) -> list[ExplanationLine]:
        """The explanations in texts alone, as a list shows them."""
        return explanation_lines(self._columns, self._inputs.history, self.settings)

    def sections(self) -> dict[str, list[dict[str, Any]]]:
        """The results of the record by section, in order of first appearance.

        Those without a section come first, under no heading.
        """
        return by_section(self.records())

    def _only_one(self, instead: str) -> None:
        if self._scorecards.are_many:
            raise ScorecardError(
                f"There are {len(self._scorecards.settings)} scorecards here; use .{instead}."
            )


def build_scorecard(
    indicators: InputTable,
    counts: InputTable,
    history: InputTable,
    settings: Settings | InputTable,
    commentary: InputTable | None = None,
) -> Scorecard:
    """Work out a scorecard from its tables, or many scorecards at once.

    Parameters
    ----------
    indicators, counts, history
        The tables, each a frame, or a list for each column by its name;
        columns in snake case, percentages as fractions of 1.
        Counts with ``area`` or ``as_at`` hold a scorecard for each; the other
        two may have ``area``, and without it are the same for all.
    settings
        The settings, or their table of ``name`` and ``value``.
    commentary
        Comments, ``as_at``, ``indicator`` and ``comment``, if there are any.

    Raises
    ------
    InvalidInputsError
        With every error of all tables, and the warnings.
    """
    scorecard, problems = scorecard_and_problems(indicators, counts, history, settings, commentary)
    if scorecard is None:
        raise InvalidInputsError(problems)
    return scorecard


def scorecard_and_problems(
    indicators: InputTable,
    counts: InputTable,
    history: InputTable,
    settings: Settings | InputTable,
    commentary: InputTable | None = None,
) -> tuple[Scorecard | None, list[Problem]]:
    """Work out a scorecard, None where errors stop it, and tell every problem of its tables.

    Problems are in the order of the tables: counts, indicators, history, commentary, settings.
    """
    inputs = read_inputs(indicators, counts, history, settings, commentary)
    if inputs.settings is None or inputs.scorecards is None or inputs.has_errors:
        return None, inputs.problems
    own = inputs.settings if inputs.scorecards.are_many else inputs.scorecards.settings[0]
    scorecard = Scorecard(
        settings=own,
        problems=tuple(inputs.problems),
        extracted=_last_extracted(inputs.counts),
        _columns=result_columns(inputs, inputs.settings, inputs.scorecards),
        _scorecards=inputs.scorecards,
        _inputs=inputs,
    )
    return scorecard, inputs.problems


def problems_of(
    indicators: InputTable,
    counts: InputTable,
    history: InputTable,
    settings: Settings | InputTable,
) -> list[Problem]:
    """Every problem of the four tables, in their order: counts, indicators, history, settings."""
    return read_inputs(indicators, counts, history, settings).problems


def _last_extracted(counts: Columns) -> dt.date | None:
    if "extracted" not in counts:
        return None
    days: NDArray[np.datetime64] = counts.numbers("extracted")
    known = days[~np.isnat(days)]
    last: dt.date | None = known.max().astype("datetime64[D]").item() if len(known) else None
    return last
