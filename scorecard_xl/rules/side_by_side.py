"""The scorecards of many areas worked out together, each exactly as it would be alone."""

from __future__ import annotations

import bisect
import dataclasses
import functools
import itertools
from typing import TYPE_CHECKING, Any

from scorecard_xl.rules.explanation import explanation_lines
from scorecard_xl.rules.inputs import read_inputs
from scorecard_xl.rules.last_period import LastPeriod
from scorecard_xl.rules.plausibility import doubts_about
from scorecard_xl.rules.result_columns import (
    RECORD_COLUMNS,
    by_section,
    plain_columns,
    records_of,
    result_columns,
)
from scorecard_xl.rules.summary import (
    period_line,
    summary_sentence,
    tallies_by_scorecard,
    tally_line,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.columns import Columns
    from scorecard_xl.rules.commentary import Comment, Commentary
    from scorecard_xl.rules.explanation import ExplanationLine
    from scorecard_xl.rules.settings import Settings
    from scorecard_xl.rules.summary import Tallies
    from scorecard_xl.rules.tables import InputTable

    Table = Mapping[str, Sequence[Any]]


@dataclasses.dataclass(frozen=True, kw_only=True)
class AreaTables:
    """An area's own tables, each a list for each column; all areas have the same columns."""

    area: str
    indicators: Table
    counts: Table
    history: Table


class ScorecardOfMany:
    """One of many scorecards, to be shown as one that was worked out alone."""

    def __init__(
        self,
        settings: Settings,
        tallies: Tallies,
        columns: Mapping[str, list[Any]],
        rows: slice,
        commentary: Commentary,
        extracted: dt.date | None,
    ) -> None:
        self.settings = settings
        self.tallies = tallies
        self._extracted = extracted
        self._columns, self._rows, self._commentary = columns, rows, commentary

    @property
    def title(self) -> str:
        """Its title."""
        return self.settings.title

    @property
    def summary(self) -> str:
        """The sentence that sums it up."""
        return summary_sentence(self.tallies, self.settings)

    @property
    def tally_line(self) -> str:
        """Its tallies in one line."""
        return tally_line(self.tallies, self.settings)

    @property
    def period_line(self) -> str:
        """Which period, which data and which version it shows."""
        return period_line(self.settings, self._extracted)

    def columns(self, names: Iterable[str]) -> list[list[Any]]:
        """Some columns of the results, each a list of plain values."""
        return [self._columns[name][self._rows] for name in names]

    def records(self) -> list[dict[str, Any]]:
        """The results: for each indicator its plain values by name."""
        return records_of(self.columns(RECORD_COLUMNS))

    def sections(self) -> dict[str, list[dict[str, Any]]]:
        """The results by section, in order of first appearance; those without one come first."""
        return by_section(self.records())

    def comments(self) -> dict[str, Comment]:
        """What is said of each indicator at its date, by code, where anything is."""
        return self._commentary.on(self.columns(["indicator"])[0], self.settings.as_at)


class SideBySide:
    """Many areas at one date; errors of one leave all without scorecards.

    `errors_of` holds the places of the areas that have errors among those given,
    None where an error belongs to no single one; then there are no scorecards.
    """

    def __init__(
        self,
        areas: Sequence[AreaTables],
        settings: InputTable,
        commentary: InputTable | None,
        *,
        names: Iterable[str],
    ) -> None:
        self._tables = {
            "Indicators": _Stacked([(each.area, each.indicators) for each in areas], "indicator"),
            "Counts": _Stacked([(each.area, each.counts) for each in areas], "code"),
            "History": _Stacked([(each.area, each.history) for each in areas], "indicator"),
        }
        self._number = len(areas)
        indicators, counts, history = (
            self._tables[name].columns for name in ("Indicators", "Counts", "History")
        )
        self._inputs = read_inputs(indicators, counts, history, settings, commentary)
        self.errors_of = self._areas_with_errors()
        self._names = (*RECORD_COLUMNS, *names)

    @functools.cached_property
    def _results(self) -> Columns:
        inputs = self._inputs
        assert inputs.settings is not None
        assert inputs.scorecards is not None
        return result_columns(inputs, inputs.settings, inputs.scorecards)

    def _areas_with_errors(self) -> set[int] | None:
        errors = [problem for problem in self._inputs.problems if problem.is_error]
        whose = {self._place(problem)[0] for problem in errors}
        is_made = self._inputs.settings is not None and self._inputs.scorecards is not None
        if None in whose or not is_made:
            return None
        return {place for place in whose if place is not None}

    def _place(self, problem: Problem) -> tuple[int | None, Problem]:
        """Which area a problem is of, and the problem at its place in that area's own table."""
        position = problem.position
        if position is None or position.row is None or position.table not in self._tables:
            return None, problem
        area, row = self._tables[position.table].area_and_row(position.row)
        return area, dataclasses.replace(problem, position=dataclasses.replace(position, row=row))

    def scorecards(self, *, extracted: dt.date | None) -> list[ScorecardOfMany]:
        """The scorecard of each area, in their order; `extracted` is when their counts were."""
        inputs = self._inputs
        assert inputs.settings is not None
        assert inputs.scorecards is not None
        lists = plain_columns(self._results, self._names)
        columns = dict(zip(self._names, lists, strict=True))
        own = inputs.scorecards
        tallies = tallies_by_scorecard(self._results, own.scorecard, self._number)
        height = len(own.scorecard) // self._number
        return [
            ScorecardOfMany(
                settings,
                each,
                columns,
                slice(i * height, (i + 1) * height),
                inputs.commentary,
                extracted,
            )
            for i, (settings, each) in enumerate(zip(own.settings, tallies, strict=True))
        ]

    def problems(self, *, expects_commentary: bool) -> list[list[Problem]]:
        """Every problem and doubt of each area as it would be told alone, but those of Settings.

        Of settings some tell how many indicators they rate, and here that is of all areas.
        """
        inputs = self._inputs
        assert inputs.scorecards is not None
        last = LastPeriod(
            inputs=inputs, scorecards=inputs.scorecards, results=self._results, is_each_alone=True
        )
        told: list[list[Problem]] = [[] for _ in range(self._number)]
        doubts = doubts_about(last, expects_commentary=expects_commentary)
        for area, problem in map(self._place, (*inputs.problems, *doubts)):
            for own in told if area is None else (told[area],):
                own.append(problem)
        return told

    def explanations(self) -> Iterator[list[ExplanationLine]]:
        """Why each has its letters and arrows, area by area."""
        assert self._inputs.settings is not None
        lines = explanation_lines(self._results, self._inputs.history, self._inputs.settings)
        height = len(lines) // self._number
        for start in range(0, len(lines), height):
            yield lines[start : start + height]


class _Stacked:
    """The tables of areas one below the other, with a column of areas."""

    def __init__(self, tables: Sequence[tuple[str, Table]], key: str) -> None:
        self.columns: dict[str, list[Any]] = {
            name: list(itertools.chain.from_iterable([table[name] for _, table in tables]))
            for name in tables[0][1]
        }
        heights = [len(table[key]) for _, table in tables]
        self._starts = list(itertools.accumulate(heights, initial=0))
        self.columns["area"] = [
            area for (area, _), height in zip(tables, heights, strict=True) for _ in range(height)
        ]
        for row, code in enumerate(self.columns[key]):
            if code is None:
                self._leave_out_if_blank(row)

    def _leave_out_if_blank(self, row: int) -> None:
        """Take the area from a row that holds nothing else."""
        if all(column[row] is None for name, column in self.columns.items() if name != "area"):
            self.columns["area"][row] = None

    def area_and_row(self, row: int) -> tuple[int, int]:
        """Which area's table a row is from, and where it stands there."""
        area = bisect.bisect_right(self._starts, row) - 1
        return area, row - self._starts[area]
