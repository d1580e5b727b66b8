"""Check a workbook without writing: its inputs, and whether it shows what its counts give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.rules import Fill
from scorecard_xl.workbook.agreement import disagreements, text_disagreements
from scorecard_xl.workbook.changed_ratings import moves_since
from scorecard_xl.workbook.checks import room_for_checks, write_checks
from scorecard_xl.workbook.contents import contents_of
from scorecard_xl.workbook.fill import TITLE_CELLS, read_shown
from scorecard_xl.workbook.last_refreshed import NAME, read_last
from scorecard_xl.workbook.reading import read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.problems import Problem
    from scorecard_xl.workbook.changed_ratings import Move
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.reading import Reading


def list_on_checks(workbook: Workbook, problems: Sequence[Problem]) -> bool:
    """List problems on the sheet Checks, instead of what is listed there; False without one."""
    first = workbook.read_names().get("checks_body")
    if first is None:
        return False
    taken, room = room_for_checks(workbook, first)
    write_checks(workbook, first, problems, taken=taken, room=room)
    return True


def check(workbook: Workbook) -> tuple[Problem, ...]:
    """Tell every problem of a workbook, errors and warnings, in sheet order.

    Where the inputs have no errors, what the Scorecard shows is compared with
    what they give, cell by cell: numbers to 9 decimals, texts to the letter.
    """
    return problems_shown(workbook, read_workbook(workbook))


def problems_shown(workbook: Workbook, reading: Reading) -> tuple[Problem, ...]:
    """Tell the same of a workbook that has been read already."""
    template = reading.template
    if reading.has_errors or template is None:
        return reading.problems
    contents = contents_of(workbook, reading, template, reading.scorecard(), Fill.FORMULAS)
    shown = read_shown(workbook, template)
    problems = disagreements(template, shown, contents.rows)
    if not any(problem.code == "not_filled" for problem in problems):
        names: tuple[str, ...] = TITLE_CELLS
        if "indicator" not in template.columns:
            names = (*TITLE_CELLS, "summary", "footnote")
        places = {name: template.cells[name] for name in names if name in template.cells}
        texts = {name: workbook.read_block(place)[0][0] for name, place in places.items()}
        problems = text_disagreements(places, texts, contents.texts) + problems
    return (*problems, *reading.problems)


def moves_shown(workbook: Workbook, reading: Reading) -> tuple[Move, ...]:
    """Tell what is not as the last refresh left it, of a workbook that has been read already."""
    template = reading.template
    if reading.has_errors or template is None or NAME not in template.cells:
        return ()
    return moves_since(read_last(workbook, template.cells[NAME]), reading.scorecard())
