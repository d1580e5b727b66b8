"""Read everything a scorecard is made from, and work it out, without writing anything."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import InvalidWorkbookError
from scorecard_xl.problems import Problem, Severity
from scorecard_xl.rules import scorecard_and_problems
from scorecard_xl.rules.history import problems_of_dates
from scorecard_xl.rules.settings_table import rows_of_settings
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.inputs import (
    COMMENTARY,
    COUNTS,
    HISTORY,
    INDICATORS,
    SETTINGS,
    Inputs,
    read_inputs,
)
from scorecard_xl.workbook.template import COMMENTARY_COLUMN, Template, read_template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.rules import Scorecard, Settings
    from scorecard_xl.workbook.engine import Workbook

_NEEDED = (INDICATORS, COUNTS, HISTORY, SETTINGS)
_OF_HEADINGS = ("missing_heading", "changed_heading")
_IN_RULES_ORDER = (*_NEEDED, COMMENTARY)


@dataclasses.dataclass(frozen=True)
class Reading:
    """A workbook as read: its template, its inputs, and every problem in sheet order."""

    template: Template | None
    inputs: Inputs
    problems: tuple[Problem, ...]
    worked_out: Scorecard | None

    @property
    def has_errors(self) -> bool:
        """Whether the scorecard cannot be made."""
        return self.worked_out is None or any(problem.is_error for problem in self.problems)

    def scorecard(self) -> Scorecard:
        """The scorecard; raises InvalidWorkbookError, with every problem, where there is none."""
        if self.worked_out is None or self.has_errors:
            raise InvalidWorkbookError(self.problems)
        return self.worked_out


def read_workbook(workbook: Workbook) -> Reading:
    """Read everything a scorecard is made from, and find every problem at once."""
    template, problems = read_template(workbook)
    inputs, unreadable = read_inputs(workbook)
    taken = {problem.place for problem in unreadable}
    tables = (inputs.columns(layout) for layout in _IN_RULES_ORDER)
    scorecard, found = scorecard_and_problems(*tables)
    if template is None and not inputs.tables:
        return Reading(None, inputs, (_no_scorecard(workbook),), None)
    missing = {layout.name for layout in _NEEDED} - set(inputs.tables)
    of_rules = [inputs.located(problem) for problem in found]
    if missing or any(each.code in _OF_HEADINGS and each.is_error for each in unreadable):
        # What depends on a missing table or column would only repeat that it is missing.
        of_rules = []
    elif scorecard is not None:
        of_dates = problems_of_settings(inputs, scorecard.settings)
        expects = template is not None and COMMENTARY_COLUMN in template.columns
        of_doubts = scorecard.doubts(expects_commentary=expects)
        of_rules += map(inputs.located, (*of_dates, *of_doubts))
    of_rules = [problem for problem in of_rules if problem.place not in taken]
    problems = [*problems, *in_sheet_order(workbook.sheet_names, [*unreadable, *of_rules])]
    if scorecard is not None:
        scorecard = dataclasses.replace(scorecard, problems=tuple(problems))
    return Reading(template, inputs, tuple(problems), scorecard)


def problems_of_settings(inputs: Inputs, settings: Settings) -> list[Problem]:
    """What is wrong with the dates of the settings, seen what dates History holds."""
    dates = inputs.columns(HISTORY)["as_at"]
    published = {date for date in dates if isinstance(date, datetime.date)}
    return list(problems_of_dates(published, settings, rows_of_settings(inputs.columns(SETTINGS))))


def _no_scorecard(workbook: Workbook) -> Problem:
    """Say that a workbook has nothing of a scorecard's."""
    return Problem(
        code="no_scorecard",
        severity=Severity.ERROR,
        place=workbook.name,
        finding="this is not a scorecard workbook: it has none of the tables and names of one",
        remedy="choose another, or make one with scorecard-xl new",
    )


def in_sheet_order(names: Sequence[str], problems: Sequence[Problem]) -> list[Problem]:
    """Sort problems by sheet, row and column; those without a cell come first."""
    sheets = list(names)

    def key(problem: Problem) -> tuple[int, int, int]:
        sheet, bang, cells = problem.place.rpartition("!")
        name = sheet.strip("'").replace("''", "'")
        if not bang or name not in sheets:
            return -1, 0, 0
        area = Area.of(name, cells)
        return sheets.index(name), area.top, area.left

    return sorted(problems, key=key)


def scorecard_of(workbook: Workbook) -> Scorecard:
    """Work out a workbook's scorecard from its inputs, without writing anything.

    Raises
    ------
    InvalidWorkbookError
        The inputs have errors; all of them are told.
    """
    return read_workbook(workbook).scorecard()
