"""The Why sheet: why each indicator has its letter and its arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.workbook.changed_rows import write_changed
from scorecard_xl.workbook.engine import LAST_ROW, Area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.rules.explanation import ExplanationLine
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook

# Indicator, result and target, rating, why, next letter, arrows.
WIDTH = 6
# A list that has become shorter by no more than this is read at once.
_SPARE = 100


class Standing(NamedTuple):
    """What stands on the sheet: the rows of the list, and how many rows it may take."""

    rows: list[list[Content]]
    room: int


def read_why(workbook: Workbook, first: Area, number: int) -> Standing:
    """Read the list from the cell `first` on, before `number` rows are written instead.

    The list ends at the first blank row; what an analyst has typed further down stays,
    and a blank row above it.
    """
    height, blank = number + _SPARE, [None] * WIDTH
    while True:
        bottom = min(first.top + height - 1, LAST_ROW)
        area = Area(first.sheet, first.top, first.left, bottom, first.left + WIDTH - 1)
        block = workbook.read_block(area)
        filled = [
            bool(line[0]) or (line != blank and any(content not in (None, "") for content in line))
            for line in block
        ]
        if False in filled or bottom == LAST_ROW:
            break
        height *= 2
    taken = filled.index(False) if False in filled else len(filled)
    below = filled[taken:]
    room = taken + (below.index(True) - 1 if True in below else len(below))
    return Standing(block[:taken], max(room, taken))


def why_rows(lines: Sequence[ExplanationLine], *, room: int) -> list[list[Content]]:
    """Lay explanations out, one a row; the last of `room` rows tells of those that do not fit."""
    rows: list[list[Content]] = [[text or None for text in line] for line in lines[:room]]
    if len(lines) > room and rows:
        left = len(lines) - room + 1
        rows[-1] = [f"{left:,} more; scorecard-xl explain lists them all.", *[None] * (WIDTH - 1)]
    return rows


def write_why(
    workbook: Workbook, first: Area, lines: Sequence[ExplanationLine], standing: Standing
) -> None:
    """Write explanations from the cell `first` on, instead of those that stand there.

    Rows left of a longer list are emptied and keep their look.
    """
    rows = why_rows(lines, room=standing.room)
    rows += [[None] * WIDTH] * (len(standing.rows) - len(rows))
    write_changed(workbook, first, rows, standing.rows)
