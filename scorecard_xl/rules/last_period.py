"""What the period before held, for each indicator and for each count."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.rules.columns import Columns, choice_codes
from scorecard_xl.rules.entries import number_entries, text_of
from scorecard_xl.rules.history import starts_reporting_year
from scorecard_xl.rules.indicators import Measure
from scorecard_xl.rules.joining import published_results
from scorecard_xl.rules.rag import Rag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from scorecard_xl.rules.history import PublishedResults
    from scorecard_xl.rules.inputs import TypedInputs
    from scorecard_xl.rules.joining import Scorecards
    from scorecard_xl.rules.keys import Ids
    from scorecard_xl.rules.settings import Settings

_COUNT = list(Measure).index(Measure.COUNT)
_LETTERS = {letter.value: letter for letter in Rag}


@dataclasses.dataclass(frozen=True, kw_only=True)
class LastPeriod:
    """Scorecards as worked out, beside what History holds of other dates.

    `results` has a row for each indicator of each scorecard. `is_each_alone` tells
    that each is judged and told as if there were no other.
    """

    inputs: TypedInputs
    scorecards: Scorecards
    results: Columns
    is_each_alone: bool = False

    @property
    def settings(self) -> Sequence[Settings]:
        """The settings of each scorecard."""
        return self.scorecards.settings

    @functools.cached_property
    def previous_rows(self) -> Ids:
        """The row of History with each indicator's previous result, -1 for none."""
        return self._rows_at("previous_as_at")

    @functools.cached_property
    def outturn_rows(self) -> Ids:
        """The row of History with each indicator's outturn, -1 for none."""
        return self._rows_at("outturn_as_at")

    @functools.cached_property
    def own_rows(self) -> Ids:
        """The row of History of the scorecard's own date, -1 for none."""
        return self._rows_at("as_at")

    def _rows_at(self, name: str) -> Ids:
        published, code = self._published
        return published.rows_at(
            [getattr(own, name) for own in self.settings],
            areas=self.scorecards.areas,
            scorecard=self.scorecards.scorecard,
            code=code,
        )

    @functools.cached_property
    def _published(self) -> tuple[PublishedResults, Ids]:
        inputs = self.inputs
        return published_results(inputs.indicators, inputs.history, self.scorecards)

    @functools.cached_property
    def counts(self) -> NDArray[np.float64]:
        """What each row of Counts was in the period before, NaN where nobody knows.

        It is the numerator or denominator that History holds of an indicator
        that uses the count; for an indicator that is a count, its result. Else
        it is what Counts itself keeps under Previous value.
        """
        known = np.flatnonzero(self.previous_rows >= 0)
        places = self.previous_rows[known]
        before = np.append(self._kept(), np.nan)
        is_count = choice_codes(self.results["measure"], Measure)[known] == _COUNT
        held = {
            "numerator": self._entered("numerator", places),
            "denominator": self._entered("denominator", places),
        }
        published = self.inputs.history.numbers("result")[places]
        held["numerator"] = np.where(
            np.isnan(held["numerator"]) & is_count, published, held["numerator"]
        )
        for name in ("denominator", "numerator"):
            rows = self.inputs.joined_rows(name)[known]
            is_known = ~np.isnan(held[name])
            before[rows[is_known]] = held[name][is_known]
        return before[:-1]

    def letters(self) -> list[Rag | None]:
        """The letter each indicator had in the period before, where History holds one."""
        letters: list[Rag | None] = [None] * len(self.results)
        history = self.inputs.history
        if "rag" in history:
            known = np.flatnonzero(self.previous_rows >= 0)
            entries = history.numbers("rag")[self.previous_rows[known]].tolist()
            for row, entry in zip(known.tolist(), entries, strict=True):
                letters[row] = _LETTERS.get((text_of(entry) or "").upper())
        return letters

    def starts_year(self) -> NDArray[np.bool_]:
        """Which scorecards' previous period lies in another reporting year."""
        return np.array([starts_reporting_year(own) for own in self.settings], dtype=np.bool_)

    def of_counts(self, values: NDArray[Any]) -> NDArray[Any]:
        """What belongs to each scorecard, put to the rows of Counts."""
        return values[np.maximum(self.scorecards.of_counts, 0)]

    def whose(self, scorecard: int) -> str:
        """Whose scorecard it is, for sentences, where there are many."""
        is_named = self.scorecards.are_many and not self.is_each_alone
        return f" of {self.settings[scorecard].area}" if is_named else ""

    def _kept(self) -> NDArray[np.float64]:
        counts = self.inputs.counts
        if "previous_value" not in counts:
            return np.full(len(counts), np.nan)
        return number_entries(counts.numbers("previous_value"))[0]

    def _entered(self, column: str, rows: Ids) -> NDArray[np.float64]:
        if column not in self.inputs.history:
            return np.full(len(rows), np.nan)
        return number_entries(self.inputs.history.numbers(column)[rows])[0]
