"""The house look of a copy: colours, fonts and number formats, each named once."""

from __future__ import annotations

import dataclasses
import functools

from scorecard_xl.engines.circulated import Edge, Look
from scorecard_xl.rules import Rag, Travel
from scorecard_xl.workbook.formats import ARROW_COLOURS, RAG_COLOURS, STATE_COLOUR

NAVY, WHITE, FIGURE_GREY, QUIET_GREY = "1F3A5F", "FFFFFF", "404040", "595959"
LINE_GREY, BAND_BLUE, WARNING_RED = "BFC7D1", "DCE6F1", "A61C1C"

COUNT, PERCENTAGE, DECIMAL, DATE = "#,##0", "0.0%", "#,##0.0", "dd/mm/yyyy"
# Excel's _x leaves the width of x: these keep decimal points in one line although only
# percentages end in a sign.
COUNT_ALIGNED, DECIMAL_ALIGNED = "#,##0_._0_%", "#,##0.0_%"
# As many decimals as there are, so that two percentages are never shown alike.
SHARE = "0.0##########%"

_LINE, _HEAVY = Edge("thin", LINE_GREY), Edge("medium", NAVY)
TEXT = Look()
TITLE = Look(points=16, is_bold=True, ink=NAVY)
SHEET_TITLE = Look(points=14, is_bold=True, ink=NAVY)
SUBTITLE = Look(points=12, is_bold=True, ink=NAVY, vertical="bottom")
PERIOD = Look(ink=FIGURE_GREY)
MARKING = Look(is_bold=True, ink=FIGURE_GREY)
REASON = Look(is_bold=True, ink=WARNING_RED)
TALLIES = Look(is_bold=True)
KEY = Look(points=9, ink=FIGURE_GREY)
GROUP = Look(points=9, is_bold=True, ink=NAVY, bottom=_HEAVY)
HEADING = Look(points=9, is_bold=True, ink=WHITE, fill=NAVY, horizontal="center", wraps=True)
TABLE_HEADING = Look(
    points=9, is_bold=True, ink=WHITE, fill=NAVY, wraps=True, horizontal="left", indent=1
)
SECTION = Look(is_bold=True, ink=NAVY, fill=BAND_BLUE, bottom=Edge("thin", NAVY))
SUMMARY = Look(wraps=True)
FOOTNOTE = Look(points=9, is_italic=True, ink=QUIET_GREY, wraps=True)
PARAGRAPH = Look(wraps=True, vertical="top")

NAME = Look(horizontal="left", indent=1, wraps=True, bottom=_LINE)
WORD = Look(horizontal="center", bottom=_LINE)
FIGURE = Look(horizontal="right", indent=1, bottom=_LINE)
RESULT = dataclasses.replace(FIGURE, is_bold=True, shrinks=True)
COUNTED = dataclasses.replace(FIGURE, ink=FIGURE_GREY, number_format=COUNT)
COMMENT = Look(horizontal="left", vertical="top", indent=1, wraps=True, bottom=_LINE)
STATE = dataclasses.replace(FIGURE, ink=STATE_COLOUR, is_italic=True, shrinks=True)
TABLE_TEXT = Look(horizontal="left", vertical="top", indent=1, wraps=True, bottom=_LINE)
TABLE_WORD = Look(horizontal="right", vertical="top", indent=1, shrinks=True, bottom=_LINE)
TABLE_FIGURE = Look(horizontal="right", vertical="top", indent=1, bottom=_LINE)


@functools.lru_cache(maxsize=256)
def formatted(look: Look, number_format: str) -> Look:
    """A look with a number format."""
    return dataclasses.replace(look, number_format=number_format)


@functools.lru_cache(maxsize=16)
def letter_look(letter: str | None) -> Look:
    """How a letter is shown."""
    if letter is None:
        return dataclasses.replace(WORD, is_bold=True)
    ink, fill = RAG_COLOURS[Rag(letter)]
    return dataclasses.replace(WORD, is_bold=True, ink=ink, fill=fill)


@functools.lru_cache(maxsize=16)
def arrow_look(travel: str | None) -> Look:
    """How an arrow is shown."""
    plain = dataclasses.replace(WORD, is_bold=True, points=12)
    return (
        plain if travel is None else dataclasses.replace(plain, ink=ARROW_COLOURS[Travel(travel)])
    )


def figure_format(measure: str, *, is_aligned: bool = False) -> str:
    """The number format of a measure's figures."""
    if measure == "percentage":
        return PERCENTAGE
    if measure == "count":
        return COUNT_ALIGNED if is_aligned else COUNT
    return DECIMAL_ALIGNED if is_aligned else DECIMAL
