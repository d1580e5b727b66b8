"""The Checks sheet: what is wrong, each with a link to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.workbook.engine import Area, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.problems import Problem
    from scorecard_xl.workbook.engine import Content, Workbook

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


def check_rows(problems: Sequence[Problem]) -> list[list[Content]]:
    """Lay problems out, one a row."""
    if not problems:
        return [["", "", NOTHING_FOUND, "", ""]]
    return [
        [
            problem.severity.value,
            link_to(problem.place),
            problem.finding,
            problem.remedy,
            problem.code,
        ]
        for problem in problems[:_MOST_ROWS]
    ]


def rows_of_checks(workbook: Workbook, first: Area) -> int:
    """Count the rows that the list of problems takes now, from the cell `first` on."""
    area = Area(first.sheet, first.top, first.left, first.top + _MOST_ROWS, first.left + WIDTH - 1)
    block = workbook.read_block(area)
    filled = [i for i, line in enumerate(block) if any(each not in (None, "") for each in line)]
    return max(filled, default=-1) + 1


def write_checks(
    workbook: Workbook, first: Area, problems: Sequence[Problem], *, old_rows: int
) -> None:
    """Write problems from the cell `first` on, instead of the `old_rows` that stand there."""
    right = first.left + WIDTH - 1
    rows = check_rows(problems)
    workbook.write_block(first.sheet, first.top, first.left, rows)
    bottom = first.top + len(rows) - 1
    if len(rows) > 1:
        source = Area(first.sheet, first.top, first.left, first.top, right)
        workbook.copy_looks(source, Area(first.sheet, first.top + 1, first.left, bottom, right))
    if old_rows > len(rows):
        last = first.top + old_rows - 1
        workbook.clear(Area(first.sheet, bottom + 1, first.left, last, right))
