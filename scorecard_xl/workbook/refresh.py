"""Refresh a workbook: read its inputs, work out the scorecard, fill it in."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.problems import Problem, Severity
from scorecard_xl.rules import Fill
from scorecard_xl.workbook.body import body_rows
from scorecard_xl.workbook.checks import write_checks
from scorecard_xl.workbook.fill import fill_body, fill_top, read_shown, texts_of
from scorecard_xl.workbook.formula_fill import FormulaFill
from scorecard_xl.workbook.reading import read_workbook
from scorecard_xl.workbook.setting_names import PREFIX
from scorecard_xl.workbook.text_formulas import TALLY_PREFIX

if TYPE_CHECKING:
    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.engine import Workbook


@dataclasses.dataclass(frozen=True)
class Refreshed:
    """What a refresh gave: the scorecard as filled in, and the warnings, each with its cell."""

    scorecard: Scorecard
    warnings: tuple[Problem, ...]


def refresh(workbook: Workbook, *, fill: Fill | str | None = None) -> Refreshed:
    """Fill a workbook's Scorecard from its counts; it is not saved.

    Everything is read, and everything that could be wrong is found, before the
    first cell is written.

    Parameters
    ----------
    fill
        ``"formulas"``, with which the workbook goes on calculating by itself,
        or ``"values"``; by default what the workbook's setting ``fill`` says.

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
    texts = texts_of(scorecard)
    rows = body_rows(scorecard, texts, with_footnote=template.has_footnote)
    shown = read_shown(workbook, template, len(rows))
    # Names that only formulas use go away with them.
    names: dict[str, str | None] = dict.fromkeys(
        name for name in reading.names if name.startswith((PREFIX, TALLY_PREFIX))
    )
    if Fill(fill or scorecard.settings.fill) is Fill.FORMULAS:
        formulas = FormulaFill(workbook, template, reading.inputs, scorecard)
        rows, texts = formulas.rows(rows), formulas.texts(texts)
        names = formulas.names(rows)
    fill_top(workbook, template, texts, shown)
    fill_body(workbook, template, scorecard, rows, shown)
    workbook.set_names(names)
    if "checks_body" in template.cells:
        write_checks(workbook, template.cells["checks_body"], warnings)
    return Refreshed(scorecard, warnings)
