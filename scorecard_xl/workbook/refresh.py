"""Refresh a workbook: read its inputs, work out the scorecard, fill it in."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.rules import Fill
from scorecard_xl.workbook.agreement import typed_over
from scorecard_xl.workbook.checks import rows_of_checks, write_checks
from scorecard_xl.workbook.contents import contents_of
from scorecard_xl.workbook.fill import fill_body, fill_top, read_shown
from scorecard_xl.workbook.reading import read_workbook

if TYPE_CHECKING:
    from scorecard_xl.problems import Problem
    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.engine import Workbook


@dataclasses.dataclass(frozen=True)
class Refreshed:
    """What a refresh gave: the scorecard as filled in, and the warnings, each with its cell."""

    scorecard: Scorecard
    warnings: tuple[Problem, ...]


def refresh(
    workbook: Workbook, *, fill: Fill | str | None = None, restyle: bool = False
) -> Refreshed:
    """Fill a workbook's Scorecard from its counts; it is not saved.

    Everything is read, and everything that could be wrong is found, before the
    first cell is written.

    Parameters
    ----------
    fill
        ``"formulas"``, with which the workbook goes on calculating by itself,
        or ``"values"``; by default what the workbook's setting ``fill`` says.
    restyle
        Give every row the look of its prototype row again; otherwise only rows
        that are new at their place get it, and others keep what they have.

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
    chosen = Fill(fill or scorecard.settings.fill)
    contents = contents_of(workbook, reading, template, scorecard, chosen)
    shown = read_shown(workbook, template, len(contents.rows))
    warnings = (*typed_over(template, shown, contents.rows), *reading.problems)
    checks = template.cells.get("checks_body")
    old_checks = rows_of_checks(workbook, checks) if checks else 0
    fill_top(workbook, template, contents.texts, shown)
    fill_body(workbook, template, scorecard, contents.rows, shown, restyle=restyle)
    workbook.set_names(contents.names)
    if checks:
        write_checks(workbook, checks, reading.problems, old_rows=old_checks)
    return Refreshed(scorecard, warnings)
