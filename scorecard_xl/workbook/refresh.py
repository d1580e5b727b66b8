"""Refresh a workbook: read its inputs, work out the scorecard, fill it in."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.problems import Problem, Severity
from scorecard_xl.workbook.body import body_rows
from scorecard_xl.workbook.checks import write_checks
from scorecard_xl.workbook.fill import fill_body, fill_top, read_shown
from scorecard_xl.workbook.reading import read_workbook

if TYPE_CHECKING:
    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.engine import Workbook


@dataclasses.dataclass(frozen=True)
class Refreshed:
    """What a refresh gave: the scorecard as filled in, and the warnings, each with its cell."""

    scorecard: Scorecard
    warnings: tuple[Problem, ...]


def refresh(workbook: Workbook) -> Refreshed:
    """Fill a workbook's Scorecard from its counts; it is not saved.

    Everything is read, and everything that could be wrong is found, before the
    first cell is written.

    Raises
    ------
    InvalidWorkbookError
        The inputs or the template have errors; nothing was written.
    RefusedError
        The scorecard would grow over a cell that holds something.
    """
    reading = read_workbook(workbook)
    scorecard = reading.scorecard()
    template = reading.template
    assert template is not None
    warnings = tuple(
        problem for problem in reading.problems if problem.severity is Severity.WARNING
    )
    rows = body_rows(scorecard, with_footnote=template.has_footnote)
    shown = read_shown(workbook, template, len(rows))
    fill_top(workbook, template, scorecard)
    fill_body(workbook, template, scorecard, rows, shown)
    if "checks_body" in template.cells:
        write_checks(workbook, template.cells["checks_body"], warnings)
    return Refreshed(scorecard, warnings)
