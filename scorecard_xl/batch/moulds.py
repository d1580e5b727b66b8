"""Areas whose workbooks differ in figures and texts alone: worked out and stamped together."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from scorecard_xl.batch.stamping import AreaStamp
from scorecard_xl.engines.file.stencil import NotAlikeError, RecordedWorkbook
from scorecard_xl.rules.side_by_side import AreaTables, SideBySide
from scorecard_xl.workbook.history_notes import notes_of
from scorecard_xl.workbook.inputs import (
    COMMENTARY,
    COUNTS,
    HISTORY,
    INDICATORS,
    SETTINGS,
    read_inputs,
)
from scorecard_xl.workbook.reading import in_sheet_order
from scorecard_xl.workbook.refresh import prepared
from scorecard_xl.workbook.template import COMMENTARY_COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard_xl.batch.entering import Entering
    from scorecard_xl.batch.facts import AreaFacts
    from scorecard_xl.engines.file.plan import Plan
    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.explanation import ExplanationLine
    from scorecard_xl.rules.side_by_side import ScorecardOfMany

_NAMED_ROW = re.compile(r", row \d")
_RESTATED = ("previous_restated", "outturn_restated")


@dataclasses.dataclass(frozen=True)
class Cast:
    """A workbook made in a mould, and what it shows."""

    data: bytes
    scorecard: ScorecardOfMany
    warnings: int


class Mould:
    """Makes workbooks like one that a refresh made.

    Raises
    ------
    NotAlikeError
        The template cannot be used for a mould, so that each is to be made by itself.
    ScorecardError
        The first area's facts cannot be used.
    """

    def __init__(
        self, plan: Plan, entering: Entering, facts: AreaFacts, *, fill: str | None
    ) -> None:
        self._entering = entering
        workbook = RecordedWorkbook(plan)
        entering.enter(workbook, facts)
        self._inputs, self._unreadable = read_inputs(workbook)
        self._taken = {problem.place for problem in self._unreadable}
        self._sheets = workbook.sheet_names
        filling, _ = prepared(workbook, fill=fill)
        filling.write(workbook)
        data = workbook.to_bytes()
        scorecard = filling.reading.scorecard()
        self._extracted = scorecard.extracted
        self._expects_commentary = COMMENTARY_COLUMN in filling.template.columns
        # Some count the indicators that a setting rates, which no area by itself tells.
        self._of_settings = [each for each in filling.problems if _table_of(each) == SETTINGS.name]
        notes = notes_of(self._inputs.columns(HISTORY), scorecard)
        self._stamp = AreaStamp(workbook, filling, entering, facts, notes=notes)
        (own,) = self.cast([facts])
        if own is None or own.data != data:
            raise NotAlikeError

    def cast(self, areas: Sequence[AreaFacts]) -> Iterator[Cast | None]:
        """Make a workbook for each area; None for one that is to be made by itself."""
        whole, together = self._without_errors(areas)
        if together is None:
            yield from [None] * len(areas)
            return
        expects = self._expects_commentary
        of_each = zip(
            together.scorecards(extracted=self._extracted),
            together.problems(expects_commentary=expects),
            together.explanations(),
            strict=True,
        )
        for facts, is_whole in zip(areas, whole, strict=True):
            yield self._cast(facts, *next(of_each)) if is_whole else None

    def _without_errors(self, areas: Sequence[AreaFacts]) -> tuple[list[bool], SideBySide | None]:
        """Which areas have no errors, and those worked out together; None where that fails."""
        chosen = list(range(len(areas)))
        while chosen:
            together = SideBySide(
                [self._tables(areas[i]) for i in chosen],
                self._inputs.columns(SETTINGS),
                self._inputs.columns(COMMENTARY) or None,
                names=_RESTATED,
            )
            if together.errors_of is None:
                break
            if not together.errors_of:
                kept = set(chosen)
                return [i in kept for i in range(len(areas))], together
            chosen = [i for place, i in enumerate(chosen) if place not in together.errors_of]
        return [], None

    def _tables(self, facts: AreaFacts) -> AreaTables:
        counts: dict[str, Sequence[Any]] = dict(self._inputs.columns(COUNTS))
        counts["value"] = self._entering.column_of(facts)
        return AreaTables(
            area=facts.area,
            indicators=self._entering.indicators_of(facts, self._inputs.columns(INDICATORS)),
            counts=counts,
            history=self._entering.history_of(facts, self._inputs.columns(HISTORY)),
        )

    def _cast(
        self,
        facts: AreaFacts,
        scorecard: ScorecardOfMany,
        found: list[Problem],
        lines: list[ExplanationLine],
    ) -> Cast | None:
        if any(_NAMED_ROW.search(problem.finding) for problem in found):
            return None
        own = [problem for problem in found if _table_of(problem) != SETTINGS.name]
        located = [*map(self._inputs.located, own), *self._of_settings]
        of_rules = [problem for problem in located if problem.place not in self._taken]
        problems = in_sheet_order(self._sheets, [*self._unreadable, *of_rules])
        try:
            data = self._stamp.stamped(facts, scorecard, problems, lines)
        except NotAlikeError:
            return None
        return Cast(data, scorecard, len(problems))


def _table_of(problem: Problem) -> str:
    return "" if problem.position is None else problem.position.table
