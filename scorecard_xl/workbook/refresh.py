"""Refresh a workbook: read its inputs, work out the scorecard, fill it in."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.collector import collector_paused
from scorecard_xl.rules import Fill
from scorecard_xl.workbook.agreement import typed_over
from scorecard_xl.workbook.changed_ratings import changed_ratings, moves_since, ratings_of
from scorecard_xl.workbook.checks import room_for_checks, write_checks
from scorecard_xl.workbook.contents import contents_of
from scorecard_xl.workbook.engine import Area
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
    from scorecard_xl.rules import Scorecard, Settings
    from scorecard_xl.rules.explanation import ExplanationLine
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.changed_ratings import Move, RatingChange
    from scorecard_xl.workbook.contents import Contents
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.fill import Shown
    from scorecard_xl.workbook.last_refreshed import Memory
    from scorecard_xl.workbook.reading import Reading
    from scorecard_xl.workbook.template import Template
    from scorecard_xl.workbook.why import Standing


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


@collector_paused()
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
    filling, replaced = prepared(workbook, fill=fill, restyle=restyle)
    filling.write(workbook)
    scorecard, memory = filling.reading.scorecard(), filling.memory
    moves = moves_since(memory.last, scorecard, memory.now)
    rows = filling.contents.rows
    changes = ratings_of(moves) if memory.last else changed_ratings(filling.shown, rows)
    return Refreshed(scorecard, (*replaced, *filling.problems), changes, moves)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Filling:
    """What is to be filled in, and what stands there: everything that is read before it is written.

    Parameters
    ----------
    settings, contents, problems, lines, memory
        What this refresh shows: the settings of the scorecard, its rows and texts, the list on
        Checks, the list on Why, and what is remembered.
    template, shown, is_new, taken, room, explained
        Where it goes, and what stands there: the body, which of its rows are new at their
        place, how many rows the list on Checks takes and may take, the list on Why.
    """

    reading: Reading
    settings: Settings
    contents: Contents
    problems: Sequence[Problem]
    lines: Sequence[ExplanationLine]
    memory: Memory
    template: Template
    shown: Shown
    is_new: Sequence[bool]
    taken: int
    room: int
    explained: Standing | None

    def write(self, workbook: Workbook) -> None:
        """Fill it in."""
        template, rows = self.template, self.contents.rows
        keep_rules(workbook, template, len(rows), is_moved=any(self.is_new))
        fill_body(workbook, template, self.settings, rows, self.shown, self.is_new)
        fill_top(workbook, template, self.contents.texts, self.shown)
        checks, why = template.cells.get("checks_body"), template.cells.get("why_body")
        if checks:
            write_checks(workbook, checks, self.problems, taken=self.taken, room=self.room)
        if why and self.explained:
            write_why(workbook, why, self.lines, self.explained)
        workbook.set_names({**self.contents.names, **self.memory.write(workbook)})


def prepared(
    workbook: Workbook, *, fill: Fill | str | None = None, restyle: bool = False
) -> tuple[Filling, list[Problem]]:
    """Read everything for a refresh; tells, too, what was typed over and will be replaced.

    Raises
    ------
    InvalidWorkbookError, RefusedError
        As `refresh` does.
    """
    reading = read_workbook(workbook)
    scorecard = reading.scorecard()
    template = reading.template
    assert template is not None
    chosen = Fill(fill or scorecard.settings.fill)
    contents = contents_of(workbook, reading, template, scorecard, chosen)
    refuse_to_grow(workbook, template, len(contents.rows))
    checks = template.cells.get("checks_body")
    taken, room = room_for_checks(workbook, checks) if checks else (0, 0)
    memory = read_memory(workbook, template.cells.get(NAME), scorecard)
    # What is remembered tells the letters of last time; only where nothing is are they read.
    letters = () if memory.last else ("rag",)
    shown = read_shown(workbook, template, (*PLACE_COLUMNS, *letters, COMMENTARY_COLUMN))
    refuse_typed_comments(template, shown, contents.rows)
    replaced = _typed_over(workbook, template, contents.rows)
    why = template.cells.get("why_body")
    explained = read_why(workbook, why, len(contents.rows)) if why else None
    is_new = shown.new_rows(contents.rows, restyle=restyle)
    if any(is_new):
        template = with_prototypes(workbook, template)
    filling = Filling(
        reading=reading, settings=scorecard.settings, contents=contents,
        problems=reading.problems, lines=scorecard.explanation_lines() if explained else (),
        memory=memory, template=template, shown=shown, is_new=is_new, taken=taken, room=room,
        explained=explained,
    )  # fmt: skip
    return filling, replaced


def _typed_over(workbook: Workbook, template: Template, rows: Sequence[BodyRow]) -> list[Problem]:
    """Name the formulas of the body that were typed over, if fewer stand there than should."""
    wanted = sum(row.formula_count(run) for run in template.runs() for row in rows)
    columns = template.columns.values()
    body = Area(template.sheet, template.body_top, min(columns), template.body_bottom, max(columns))
    if not wanted or workbook.count_formulas(body) in (0, wanted):
        return []
    return typed_over(template, read_shown(workbook, template), rows)
