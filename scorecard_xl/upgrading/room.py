"""Cells that something new is to stand in, and that must be free."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.workbook.engine import LAST_COLUMN, Area

if TYPE_CHECKING:
    from scorecard_xl.engines.file.adopting import AdoptingWorkbook
    from scorecard_xl.workbook.engine import Workbook


def refuse_taken(workbook: AdoptingWorkbook, area: Area, what: str) -> None:
    """Refuse to put something where a cell holds something already, or belongs to something.

    Raises
    ------
    RefusedError
        The first such cell is named, or the table or merged cells.
    """
    taken = first_taken(workbook, area)
    if taken is not None:
        message = f"{taken}: {what} would be written over this cell; move what it holds."
        raise RefusedError(message)
    obstacle = workbook.obstacle_over(area)
    if obstacle:
        message = f"{area}: {what} would be written over {obstacle}; move that out of its way."
        raise RefusedError(message)


def refuse_foreign_name(workbook: AdoptingWorkbook, name: str, *, own: str = "") -> None:
    """Refuse to give a name another meaning, where an analyst uses it for something else.

    Parameters
    ----------
    own
        A pattern of what the template's name stands for, which may be replaced.

    Raises
    ------
    RefusedError
        It stands for something else.
    """
    meaning = workbook.formula_of(name)
    if meaning is None or re.fullmatch(own, meaning) or workbook.refers_to_nothing(name):
        return
    message = (
        f"The name {name} stands for {meaning}, and the template's name would take its place; "
        "give yours another name under Formulas, Name Manager."
    )
    raise RefusedError(message)


def first_taken(workbook: Workbook, area: Area) -> Area | None:
    """The first cell of an area that holds something."""
    for i, row in enumerate(workbook.read_block(area)):
        for j, content in enumerate(row):
            if content not in (None, ""):
                return Area.cell(area.sheet, area.top + i, area.left + j)
    return None


def free_column(workbook: AdoptingWorkbook, area: Area) -> Area:
    """The first column from that of `area` on whose cells in its rows are free."""
    while first_taken(workbook, area) is not None or workbook.obstacle_over(area):
        area = dataclasses.replace(area, left=area.left + 1, right=area.right + 1)
        if area.right > LAST_COLUMN:
            message = f"{area}: there is no free column on this sheet; delete some."
            raise RefusedError(message)
    return area
