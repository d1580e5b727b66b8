"""Refresh a workbook: read its inputs, work out the scorecard, fill it in."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.rules import Fill
from scorecard_xl.workbook.agreement import typed_over
from scorecard_xl.workbook.changed_ratings import changed_ratings
from scorecard_xl.workbook.checks import room_for_checks, write_checks
from scorecard_xl.workbook.contents import contents_of
from scorecard_xl.workbook.engine import Area, Formula
from scorecard_xl.workbook.fill import (
    PLACE_COLUMNS,
    fill_body,
    fill_top,
    read_shown,
    refuse_to_grow,
)
from scorecard_xl.workbook.reading import read_workbook
from scorecard_xl.workbook.template import with_prototypes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.changed_ratings import RatingChange
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.template import Template


@dataclasses.dataclass(frozen=True)
class Refreshed:
    """What a refresh gave: the scorecard as filled in, the warnings, and which letters changed."""

    scorecard: Scorecard
    warnings: tuple[Problem, ...]
    changed_ratings: tuple[RatingChange, ...] = ()


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
    refuse_to_grow(workbook, template, len(contents.rows))
    shown = read_shown(workbook, template, (*PLACE_COLUMNS, "rag"))
    replaced = _typed_over(workbook, template, contents.rows)
    checks = template.cells.get("checks_body")
    taken, room = room_for_checks(workbook, checks) if checks else (0, 0)
    is_new = shown.new_rows(contents.rows, restyle=restyle)
    if any(is_new):
        template = with_prototypes(workbook, template)
    fill_top(workbook, template, contents.texts, shown)
    fill_body(workbook, template, scorecard, contents.rows, shown, is_new)
    workbook.set_names(contents.names)
    if checks:
        write_checks(workbook, checks, reading.problems, taken=taken, room=room)
    changes = changed_ratings(shown, contents.rows)
    return Refreshed(scorecard, (*replaced, *reading.problems), changes)


def _typed_over(workbook: Workbook, template: Template, rows: Sequence[BodyRow]) -> list[Problem]:
    """Name the formulas of the body that were typed over, if fewer stand there than should."""
    wanted = sum(isinstance(content, Formula) for row in rows for content in row.contents.values())
    columns = template.columns.values()
    body = Area(template.sheet, template.body_top, min(columns), template.body_bottom, max(columns))
    if not wanted or workbook.count_formulas(body) in (0, wanted):
        return []
    return typed_over(template, read_shown(workbook, template), rows)
