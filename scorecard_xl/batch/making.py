"""Workbooks made from a template and facts, each exactly what a refresh would make."""

from __future__ import annotations

import functools
import hashlib
import threading
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.batch.entering import Entering
from scorecard_xl.batch.moulds import Mould
from scorecard_xl.batch.outcome import Failure
from scorecard_xl.batch.records import Shown
from scorecard_xl.batch.shapes import shape_of
from scorecard_xl.batch.template import BatchTemplate
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.engines.file.stencil import NotAlikeError
from scorecard_xl.engines.file.workbook import FileWorkbook
from scorecard_xl.exceptions import FileError, InvalidInputsError, ScorecardError
from scorecard_xl.rules import Travel
from scorecard_xl.workbook.inputs import INDICATORS
from scorecard_xl.workbook.refresh import refresh

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard_xl.batch.facts import AreaFacts
    from scorecard_xl.batch.records import Place
    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.one_scorecard import OneScorecard

# Fewer areas alike are made sooner each by itself; of areas with errors, the next is tried.
_WORTH_A_MOULD, _TRIED, _MOST_MOULDS = 3, 3, 24
_ARROWS = {travel.value: travel.arrow for travel in Travel}


class Made(NamedTuple):
    """A workbook: its bytes, what it shows, and how many warnings are on its Checks."""

    data: bytes
    shown: Shown
    warnings: int


class Maker:
    """Makes workbooks from one template."""

    def __init__(self, template: bytes, *, name: str, fill: str | None) -> None:
        self._plan = Plan(Package(template, name=name))
        self._fill = fill
        with self._workbook() as workbook:
            self.template = BatchTemplate.of(workbook)
            self.entering = Entering(self.template, workbook)
        self._moulds: dict[object, Mould | None] = {}
        # Threads of a cluster's worker share a maker.
        self._alone = threading.Lock()

    def _workbook(self) -> FileWorkbook:
        return FileWorkbook(self._plan)

    def made(self, facts: Sequence[AreaFacts]) -> Iterator[Made | Failure]:
        """Make a workbook of each area's facts, in their order, or say why there is none."""
        made: dict[int, Made] = {}
        shapes: dict[object, list[int]] = {}
        with self._alone:
            for place, each in enumerate(facts):
                shapes.setdefault(self.shape(each), []).append(place)
            for shape, places in shapes.items():
                mould = self._mould(shape, [facts[place] for place in places])
                if mould is not None:
                    casts = mould.cast([facts[place] for place in places])
                    made |= {
                        place: Made(cast.data, shown_by(cast.scorecard), cast.warnings)
                        for place, cast in zip(places, casts, strict=True)
                        if cast is not None
                    }
        for place, each in enumerate(facts):
            yield made.pop(place) if place in made else self.one(each)

    def shape(self, facts: AreaFacts) -> object | None:
        """What areas that are made in one mould have in common; None for one made by itself."""
        own = self.template.settings
        if not self.entering.knows_codes_of(facts):
            return None
        is_own = self.entering.is_own_area(facts)
        return shape_of(facts, is_own=is_own, has_own_name=facts.area == own.area)

    def _mould(self, shape: object | None, facts: Sequence[AreaFacts]) -> Mould | None:
        """The mould of a shape, made where it is worth while; None where there can be none."""
        if shape is None:
            return None
        if shape not in self._moulds and len(facts) >= _WORTH_A_MOULD:
            if len(self._moulds) >= _MOST_MOULDS:
                self._moulds.clear()
            self._moulds[shape] = None
            for each in facts[:_TRIED]:
                try:
                    self._moulds[shape] = Mould(self._plan, self.entering, each, fill=self._fill)
                except NotAlikeError:
                    break
                except ScorecardError:
                    continue
                break
        return self._moulds.get(shape)

    def one(self, facts: AreaFacts) -> Made | Failure:
        """Make one workbook as a refresh makes it."""
        try:
            with self._workbook() as workbook:
                self.entering.enter(workbook, facts)
                refreshed = refresh(workbook, fill=self._fill)
                data = workbook.to_bytes()
        except InvalidInputsError as error:
            problems = [problem for problem in error.problems if problem.is_error]
            codes = self.template.inputs.columns(INDICATORS)["indicator"]
            reasons = tuple(_reason(problem, facts, codes) for problem in problems)
            return Failure(whose=facts.whose, reasons=reasons)
        except ScorecardError as error:
            return Failure(whose=facts.whose, reasons=(str(error),))
        return Made(data, shown_by(refreshed.scorecard), len(refreshed.scorecard.problems))


def _reason(problem: Problem, facts: AreaFacts, indicators: Sequence[object]) -> str:
    """A problem without the cell where it is a fact's: there is no workbook to look it up in."""
    position = problem.position
    table, row = ("", None) if position is None else (position.table, position.row)
    if table == "Counts" or problem.code == "unknown_code":
        return f"{problem.finding}; {problem.remedy}."
    if table == "History" and row is not None and row < len(facts.history or ()):
        published = (facts.history or ())[row]
        whose = f"history of {published.indicator} as at {published.as_at:%d/%m/%Y}"
        return f"{whose}: {problem.finding}; {problem.remedy}."
    if table == "Indicators" and row is not None and row < len(indicators):
        own = {target.indicator.lower() for target in facts.targets or ()}
        if str(indicators[row]).strip().lower() in own:
            whose = f"targets of {indicators[row]}"
            return f"{whose}: {problem.finding}; {problem.remedy}."
    return str(problem)


def shown_by(scorecard: OneScorecard) -> Shown:
    """The letters and arrows of a scorecard."""
    rag, previous, outturn = scorecard.columns(("rag", "dot_previous", "dot_outturn"))
    return Shown.of(
        rag, [_ARROWS.get(each) for each in previous], [_ARROWS.get(each) for each in outturn]
    )


@functools.lru_cache(maxsize=2)
def maker_for(place: Place) -> Maker:
    """The maker of a batch, made once a process.

    Raises
    ------
    FileError
        The template is not there as the batch's leader left it.
    """
    data = place.template_path.read_bytes()
    if hashlib.sha256(data).hexdigest() != place.template:
        message = f"{place.template_path} is not the template of this batch; start it again."
        raise FileError(message)
    return Maker(data, name=place.template_name, fill=place.fill)
