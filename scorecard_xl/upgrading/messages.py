"""What the sheets that speak to the analyst do not say yet: Checks, Why and the Guide."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.upgrading import first_template as first
from scorecard_xl.upgrading.room import refuse_foreign_name, refuse_taken
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.engine import Area, column_letters
from scorecard_xl.workbook.last_refreshed import NAME as LAST

if TYPE_CHECKING:
    from collections.abc import Collection

    from scorecard_xl.engines.file.adopting import AdoptingWorkbook

CHECKS, WHY = "checks_body", "why_body"
# Rows from a list's first up to its headings, and to what the sheet is for.
_HEADING, _PURPOSE = 1, 3
_LAST_WIDTH = 8
_WHY_WIDTH = 6


def add_last_refreshed(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Add the place where a refresh leaves what it showed, right of the list on Checks.

    Raises
    ------
    RefusedError
        A cell there holds something.
    """
    names, theirs = workbook.read_names(), today.read_names()
    listed, like = names.get(CHECKS), theirs[LAST]
    if names.get(LAST) is not None or listed is None or like is None:
        return []
    listed_there = theirs[CHECKS]
    assert listed_there is not None
    right = like.left - listed_there.left
    left, top = listed.left + right, listed.top - _PURPOSE
    block = Area(listed.sheet, top, left, listed.top, left + _LAST_WIDTH - 1)
    refuse_foreign_name(workbook, LAST)
    refuse_taken(workbook, block, "what the last refresh left")
    source = Area(like.sheet, like.top - _PURPOSE, like.left, like.top, like.left + _LAST_WIDTH - 1)
    for row in (0, _PURPOSE - _HEADING):
        line = dataclasses.replace(source, top=source.top + row, bottom=source.top + row)
        place = dataclasses.replace(block, top=block.top + row, bottom=block.top + row)
        workbook.write_block(place.sheet, place.top, place.left, today.read_block(line))
        workbook.adopt_looks(today, line, place)
    for step in range(-1, _LAST_WIDTH):
        workbook.adopt_column(today, _column(source, like.left + step), _column(block, left + step))
    workbook.set_names({LAST: Area.cell(listed.sheet, listed.top, left)})
    letters = [column_letters(each) for each in (listed.left, left - 2)]
    # What is remembered would otherwise be squeezed onto the list's pages.
    workbook.set_print_area(listed.sheet, ":".join(f"${each}" for each in letters))
    return ["what the last refresh left, on Checks"]


def _column(area: Area, column: int) -> Area:
    return dataclasses.replace(area, left=column, right=column)


def renew_texts(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Write the texts of Checks and Why as today's template has them, where nobody changed them."""
    return [
        *_renew_purpose(workbook, today, CHECKS, first.CHECKS_PURPOSES, "what Checks is for"),
        *_renew_purpose(workbook, today, WHY, first.WHY_PURPOSES, "what Why is for"),
        *_renew_why_headings(workbook, today),
    ]


def _renew_purpose(
    workbook: AdoptingWorkbook,
    today: AdoptingWorkbook,
    name: str,
    known: Collection[str],
    what: str,
) -> list[str]:
    own, theirs = (book.read_names().get(name) for book in (workbook, today))
    if own is None or theirs is None or own.top <= _PURPOSE:
        return []
    cell, like = (Area.cell(it.sheet, it.top - _PURPOSE, it.left) for it in (own, theirs))
    wanted = today.read_block(like)
    if value_of(workbook.read_block(cell)[0][0]) not in known or wanted[0][0] in known:
        return []
    workbook.write_block(cell.sheet, cell.top, cell.left, wanted)
    return [f"a line that says {what}"]


def _renew_why_headings(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Write the headings of Why anew; one that an analyst wrote stays.

    Raises
    ------
    RefusedError
        A cell that gets a heading for the first time holds something else.
    """
    own, theirs = (book.read_names().get(WHY) for book in (workbook, today))
    if own is None or theirs is None or own.top <= _HEADING:
        return []
    line, like = (
        Area(it.sheet, it.top - _HEADING, it.left, it.top - _HEADING, it.left + _WHY_WIDTH - 1)
        for it in (own, theirs)
    )
    held, wanted = (
        [value_of(each) for each in book.read_block(cells)[0]]
        for book, cells in ((workbook, line), (today, like))
    )
    known = {*first.WHY_HEADINGS, None, ""}
    # A template's headings, as they are today, need nothing; an analyst's own stay.
    if held[: _WHY_WIDTH - 1] == wanted[: _WHY_WIDTH - 1] or held[-1] == wanted[-1]:
        return []
    refuse_taken(workbook, Area.cell(line.sheet, line.top, line.right), "a heading of Why")
    for i, (old, new) in enumerate(zip(held, wanted, strict=True)):
        place, source = (Area.cell(it.sheet, it.top, it.left + i) for it in (line, like))
        if old in known and old != new:
            workbook.write_block(place.sheet, place.top, place.left, [[str(new)]])
        if old in (None, ""):
            workbook.adopt_looks(today, source, place)
        width = first.WHY_WIDTHS[i] if i < len(first.WHY_WIDTHS) else None
        workbook.adopt_column(today, source, place, instead_of=width)
    return ["the headings of Why"]
