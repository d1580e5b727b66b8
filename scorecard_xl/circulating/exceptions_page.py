"""The sheet Exceptions: Reds and changed letters, with what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard_xl.circulating import house_look as house
from scorecard_xl.circulating.accessible_columns import (
    NO_COMMENT,
    NO_SECTION,
    NO_TARGET,
    NOT_RATED,
)
from scorecard_xl.circulating.paper import scale_of
from scorecard_xl.circulating.table_pages import first_rows, table_page
from scorecard_xl.engines.circulated import Cell, Page, Row
from scorecard_xl.rules import State

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scorecard_xl.circulating.table_pages import Marks
    from scorecard_xl.engines.circulated import Look
    from scorecard_xl.rules.exceptional_results import ExceptionalResult

SHEET, TABLE = "Exceptions", "ListedExceptions"
NOT_HELD, NONE_LISTED = "Not known", "There are none."
NO_ACTION, NO_OWNER = "no action", "no owner"
_PURPOSE = "Red results, and ratings that are not those of the period before, with commentary."
_WITHOUT_LETTERS = "Ratings are not shown, so that no exceptions are listed."
# Under each heading a field of an exception, and what the Scorecard must show for it.
HEADINGS = (
    ("Section", 24.0, "section", "rag"),
    ("Indicator", 46.0, "name", "rag"),
    ("Rating", 10.0, "rag", "rag"),
    ("Rating the period before", 12.0, "rag_before", "rag"),
    ("Latest result", 12.0, "result", "result"),
    ("Target", 10.0, "target", "target"),
    ("Comment", 60.0, "comment", "rag"),
    ("Action", 36.0, "action", "rag"),
    ("Owner", 18.0, "owner", "rag"),
)
# The one column of a sheet that is a sentence: as wide as a page, so that it prints at its left.
_WIDTH = (180.0,)


def exceptions_page(
    exceptions: Sequence[ExceptionalResult], title: str, *, shown: Collection[str], marks: Marks
) -> Page:
    """The sheet; without letters on the Scorecard nothing is listed."""
    top = first_rows(f"{title}: exceptions", _PURPOSE)
    if "rag" not in shown or not exceptions:
        sentence = NONE_LISTED if "rag" in shown else _WITHOUT_LETTERS
        rows = (*top, Row(cells={1: Cell(sentence, house.TEXT)}, height=18))
        set_up = marks.set_up(heading_row=None, scale=scale_of(_WIDTH))
        return Page(name=SHEET, rows=rows, widths=_WIDTH, set_up=set_up)
    columns = [each for each in HEADINGS if each[3] in shown]
    return table_page(
        SHEET,
        top,
        table=TABLE,
        columns=[(heading, width) for heading, width, *_ in columns],
        rows=[[_cell(each, field) for _, _, field, _ in columns] for each in exceptions],
        marks=marks,
    )


def _cell(exception: ExceptionalResult, field: str) -> Cell:
    value = exception_value(exception, field)
    return Cell(value, exception_look(value, exception.measure))


def exception_look(value: Any, measure: str) -> Look:
    """How a cell of the table looks, by what it says."""
    if isinstance(value, str):
        return house.TABLE_TEXT
    return house.formatted(house.TABLE_FIGURE, house.figure_format(measure))


def exception_value(exception: ExceptionalResult, field: str) -> Any:
    """What the table says of an exception under one of its headings; never nothing."""
    if field == "section":
        return exception.section or NO_SECTION
    if field == "name":
        return exception.name
    if field == "rag":
        return exception.rag.words if exception.rag else NOT_RATED
    if field == "rag_before":
        return exception.rag_before.words if exception.rag_before else NOT_HELD
    if field == "result":
        if exception.result is None:
            return State(exception.state or State.NOT_ENTERED).words
        return exception.result
    if field == "target":
        return NO_TARGET if exception.target is None else exception.target
    blanks = {"comment": NO_COMMENT, "action": NO_ACTION, "owner": NO_OWNER}
    return getattr(exception.comment, field) or blanks[field]
