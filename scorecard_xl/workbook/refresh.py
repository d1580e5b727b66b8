"""Refresh a workbook: read its inputs, work out the scorecard, fill it in."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.rules import Fill
from scorecard_xl.workbook.agreement import typed_over
from scorecard_xl.workbook.changed_ratings import changed_ratings, moves_since, ratings_of
from scorecard_xl.workbook.checks import room_for_checks, write_checks
from scorecard_xl.workbook.contents import contents_of
from scorecard_xl.workbook.engine import Area, Formula
from scorecard_xl.workbook.fill import (
    PLACE_COLUMNS,
    fill_body,
    fill_top,
    keep_rules,
    read_shown,
    refuse_to_grow,
)
from scorecard_xl.workbook.last_refreshed import NAME, read_memory
from scorecard_xl.workbook.reading import read_workbook
from scorecard_xl.workbook.template import COMMENTARY_COLUMN, with_prototypes
from scorecard_xl.workbook.typed_comments import refuse_typed_comments
from scorecard_xl.workbook.why import read_why, write_why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.changed_ratings import Move, RatingChange
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.template import Template


@dataclasses.dataclass(frozen=True)
class Refreshed:
    """What a refresh gave: the scorecard as filled in, the warnings, and what moved.

    `moves` tells of every indicator that is not as the refresh before left it;
    `changed_ratings` of those whose letter is another one.
    """

    scorecard: Scorecard
    warnings: tuple[Problem, ...]
    changed_ratings: tuple[RatingChange, ...] = ()
    moves: tuple[Move, ...] = ()


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
        The scorecard would grow over a cell that holds something, or a comment
        was typed on it.
    """
    reading = read_workbook(workbook)
    scorecard = reading.scorecard()
    template = reading.template
    assert template is not None
    chosen = Fill(fill or scorecard.settings.fill)
    contents = contents_of(workbook, reading, template, scorecard, chosen)
    refuse_to_grow(workbook, template, len(contents.rows))
    shown = read_shown(workbook, template, (*PLACE_COLUMNS, "rag", COMMENTARY_COLUMN))
    refuse_typed_comments(template, shown, contents.rows)
    replaced = _typed_over(workbook, template, contents.rows)
    checks = template.cells.get("checks_body")
    taken, room = room_for_checks(workbook, checks) if checks else (0, 0)
    memory = read_memory(workbook, template.cells.get(NAME), scorecard)
    why = template.cells.get("why_body")
    explained = read_why(workbook, why, len(contents.rows)) if why else None
    is_new = shown.new_rows(contents.rows, restyle=restyle)
    if any(is_new):
        template = with_prototypes(workbook, template)
    keep_rules(workbook, template, len(contents.rows), is_moved=any(is_new))
    fill_body(workbook, template, scorecard, contents.rows, shown, is_new)
    fill_top(workbook, template, contents.texts, shown)
    if checks:
        write_checks(workbook, checks, reading.problems, taken=taken, room=room)
    if why and explained:
        write_why(workbook, why, scorecard.explanation_lines(), explained)
    workbook.set_names({**contents.names, **memory.write(workbook)})
    moves = moves_since(memory.last, scorecard, memory.now)
    changes = ratings_of(moves) if memory.last else changed_ratings(shown, contents.rows)
    return Refreshed(scorecard, (*replaced, *reading.problems), changes, moves)


def _typed_over(workbook: Workbook, template: Template, rows: Sequence[BodyRow]) -> list[Problem]:
    """Name the formulas of the body that were typed over, if fewer stand there than should."""
    wanted = sum(isinstance(content, Formula) for row in rows for content in row.contents.values())
    columns = template.columns.values()
    body = Area(template.sheet, template.body_top, min(columns), template.body_bottom, max(columns))
    if not wanted or workbook.count_formulas(body) in (0, wanted):
        return []
    return typed_over(template, read_shown(workbook, template), rows)
