"""The scorecard: indicators, counts, history and settings become results, ratings and arrows."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scorecard_xl.exceptions import InvalidInputsError, ScorecardError
from scorecard_xl.rules.columns import objects
from scorecard_xl.rules.counts import State
from scorecard_xl.rules.direction_of_travel import direction_of_travel
from scorecard_xl.rules.inputs import TypedInputs, read_inputs
from scorecard_xl.rules.joining import Scorecards, join_history
from scorecard_xl.rules.rag import rag_ratings
from scorecard_xl.rules.results import results_of
from scorecard_xl.rules.summary import (
    Tallies,
    period_line,
    summary_sentence,
    tallies_by_scorecard,
    tallies_of,
    tally_line,
)

if TYPE_CHECKING:
    import datetime as dt

    from scorecard_xl.problems import Problem
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
_RECORD_COLUMNS = RESULT_COLUMNS[:17]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scorecard:
    """One scorecard, or many in one frame.

    `results` has one row an indicator, in the indicators' order; with ``area``
    and ``as_at`` first where the inputs carry them. `problems` are warnings.
    """

    results: pd.DataFrame
    settings: Settings
    problems: tuple[Problem, ...]
    extracted: dt.date | None = None
    _scorecards: Scorecards = dataclasses.field(repr=False, compare=False)

    @functools.cached_property
    def tallies(self) -> Tallies:
        """How many letters and arrows of each kind it shows."""
        self._only_one("tallies_by_scorecard")
        return tallies_of(self.results)

    @functools.cached_property
    def tallies_by_scorecard(self) -> pd.DataFrame:
        """The tallies of each scorecard, one row an area and date."""
        settings = self._scorecards.settings
        counted = tallies_by_scorecard(self.results, self._scorecards.scorecard, len(settings))
        counted.insert(0, "area", [own.area for own in settings])
        counted.insert(1, "as_at", [own.as_at for own in settings])
        return counted

    @property
    def summary(self) -> str:
        """The sentence that sums it up."""
        self._only_one("summaries")
        return summary_sentence(self.tallies, self.settings)

    @functools.cached_property
    def summaries(self) -> pd.DataFrame:
        """The sentence of each scorecard: ``area``, ``as_at`` and ``summary``."""
        counted = self.tallies_by_scorecard
        names = [field.name for field in dataclasses.fields(Tallies)]
        sentences = [
            summary_sentence(Tallies(**dict(zip(names, tallies, strict=True))), own)
            for tallies, own in zip(
                counted[names].to_numpy().tolist(), self._scorecards.settings, strict=True
            )
        ]
        return counted[["area", "as_at"]].assign(summary=sentences)

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
        rows = self.results[list(_RECORD_COLUMNS)].to_dict("records")
        return {
            "title": self.title,
            "area": self.settings.area,
            "as_at": self.settings.as_at.isoformat(),
            "period_label": self.settings.period_label,
            "summary": self.summary,
            "results": [{name: _plain(value) for name, value in row.items()} for row in rows],
        }

    def sections(self) -> dict[str, list[dict[str, Any]]]:
        """The results of the record by section, in order of first appearance.

        Those without a section come first, under no heading.
        """
        sections: dict[str, list[dict[str, Any]]] = {"": []}
        for row in self.to_record()["results"]:
            sections.setdefault(row["section"] or "", []).append(row)
        return {section: rows for section, rows in sections.items() if rows}

    def _only_one(self, instead: str) -> None:
        if self._scorecards.are_many:
            raise ScorecardError(
                f"There are {len(self._scorecards.settings)} scorecards here; use .{instead}."
            )


def build_scorecard(
    indicators: pd.DataFrame,
    counts: pd.DataFrame,
    history: pd.DataFrame,
    settings: Settings | pd.DataFrame,
) -> Scorecard:
    """Work out a scorecard from its four tables, or many scorecards at once.

    Parameters
    ----------
    indicators, counts, history
        The tables, columns in snake case, percentages as fractions of 1.
        Counts with ``area`` or ``as_at`` hold a scorecard for each; the other
        two may have ``area``, and without it are the same for all.
    settings
        The settings, or their table of ``name`` and ``value``.

    Raises
    ------
    InvalidInputsError
        With every error of all four tables, and the warnings.
    """
    scorecard, problems = scorecard_and_problems(indicators, counts, history, settings)
    if scorecard is None:
        raise InvalidInputsError(problems)
    return scorecard


def scorecard_and_problems(
    indicators: pd.DataFrame,
    counts: pd.DataFrame,
    history: pd.DataFrame,
    settings: Settings | pd.DataFrame,
) -> tuple[Scorecard | None, list[Problem]]:
    """Work out a scorecard, None where errors stop it, and tell every problem of its tables.

    Problems are in the order of the tables: counts, indicators, history, settings.
    """
    inputs = read_inputs(indicators, counts, history, settings)
    if inputs.settings is None or inputs.scorecards is None or inputs.has_errors:
        return None, inputs.problems
    own = inputs.settings if inputs.scorecards.are_many else inputs.scorecards.settings[0]
    scorecard = Scorecard(
        results=_results(inputs, inputs.settings, inputs.scorecards),
        settings=own,
        problems=tuple(inputs.problems),
        extracted=_last_extracted(inputs.counts),
        _scorecards=inputs.scorecards,
    )
    return scorecard, inputs.problems


def problems_of(
    indicators: pd.DataFrame,
    counts: pd.DataFrame,
    history: pd.DataFrame,
    settings: Settings | pd.DataFrame,
) -> list[Problem]:
    """Every problem of the four tables, in their order: counts, indicators, history, settings."""
    return read_inputs(indicators, counts, history, settings).problems


def _results(inputs: TypedInputs, settings: Settings, scorecards: Scorecards) -> pd.DataFrame:
    indicators = inputs.indicators.iloc[scorecards.indicator].reset_index(drop=True)
    indicators = indicators.rename(
        columns={"numerator": "numerator_code", "denominator": "denominator_code"}
    )
    compared = join_history(inputs.indicators, inputs.history, scorecards)
    results = pd.concat([indicators, inputs.joined, compared], axis=1)
    results[["result", "state"]] = results_of(results, rate_base=settings.rate_base)
    results["rag"] = rag_ratings(
        results,
        green_tolerance=settings.green_tolerance,
        amber_tolerance=settings.amber_tolerance,
        minimum_denominator=settings.minimum_denominator,
        compare=settings.compare,
    )
    for reference in ("previous", "outturn"):
        results[f"dot_{reference}"] = direction_of_travel(
            results,
            reference=reference,
            same_within=settings.same_within,
            compare=settings.compare,
        )
    is_new_year = (
        results["starts_year"] & results["result"].notna() & results["previous"].isna()
    ).to_numpy()
    results.loc[is_new_year, "state"] = State.NEW_YEAR
    return _with_keys(results, inputs, scorecards)


def _with_keys(results: pd.DataFrame, inputs: TypedInputs, scorecards: Scorecards) -> pd.DataFrame:
    """The columns in order, text written out, area and date first where inputs carry them."""
    columns = {name: results[name] for name in RESULT_COLUMNS}
    for name, column in columns.items():
        if isinstance(column.dtype, pd.CategoricalDtype):
            columns[name] = objects(column)
    keys = {}
    if "area" in inputs.counts or "area" in inputs.indicators:
        areas = np.array([own.area for own in scorecards.settings], dtype=object)
        keys["area"] = pd.Series(areas[scorecards.scorecard], dtype=object)
    if "as_at" in inputs.counts:
        days = np.array([own.as_at for own in scorecards.settings], dtype="datetime64[s]")
        keys["as_at"] = pd.Series(days[scorecards.scorecard])
    return pd.DataFrame(keys | columns, copy=False)


def _last_extracted(counts: pd.DataFrame) -> dt.date | None:
    if "extracted" not in counts:
        return None
    last = counts["extracted"].max()
    return None if pd.isna(last) else last.date()


def _plain(value: Any) -> str | float | None:
    """A value as JSON has it; whole numbers without a decimal point."""
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return str(value)
    return int(value) if float(value).is_integer() else float(value)
