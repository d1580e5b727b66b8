"""The Checks sheet: what is wrong, each with a link to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.problems import Problem
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook

# Severity, place, finding, remedy, code.
WIDTH = 5
NOTHING_FOUND = "Nothing was found."
_MOST_ROWS = 1_000


def link_to(place: str) -> Content:
    """A place that takes the reader there when it is clicked; plain text where it is no cell."""
    if "!" not in place:
        return place
    address, shown = ("#" + place).replace('"', '""'), place.replace('"', '""')
    return Formula(f'=HYPERLINK("{address}","{shown}")', place)


def check_rows(problems: Sequence[Problem], *, room: int = _MOST_ROWS) -> list[list[Content]]:
    """Lay problems out, one a row; the last of `room` rows tells of those that do not fit."""
    if not problems:
        return [["", "", NOTHING_FOUND, "", ""]]
    rows: list[list[Content]] = [
        [
            problem.severity.value,
            link_to(problem.place),
            problem.finding,
            problem.remedy,
            problem.code,
        ]
        for problem in problems[:room]
    ]
    if len(problems) > room:
        left = len(problems) - room + 1
        rows[-1] = ["", "", f"{left:,} more; scorecard-xl check lists them all.", "", ""]
    return rows


def room_for_checks(workbook: Workbook, first: Area) -> tuple[int, int]:
    """Count the rows that the list takes now, from the cell `first` on, and those it may take.

    The list ends at the first blank row; what an analyst has typed further down stays.
    """
    area = Area(first.sheet, first.top, first.left, first.top + _MOST_ROWS, first.left + WIDTH - 1)
    blank: list[Content] = [None] * WIDTH
    filled = [
        line != blank and any(content not in (None, "") for content in line)
        for line in workbook.read_block(area)
    ]
    taken = filled.index(False) if False in filled else len(filled)
    below = filled[taken:]
    room = taken + (below.index(True) - 1 if True in below else len(below))
    return taken, max(min(room, _MOST_ROWS), 1)


def write_checks(
    workbook: Workbook, first: Area, problems: Sequence[Problem], *, taken: int, room: int
) -> None:
    """Write problems from the cell `first` on, instead of the `taken` rows that stand there."""
    rows = check_rows(problems, room=room)
    # The columns have a look of their own, and rows the height that their texts need: copied
    # looks would bring a height along.
    blank: list[Content] = [None] * WIDTH
    rows += [blank] * (taken - len(rows))
    workbook.write_block(first.sheet, first.top, first.left, rows)
