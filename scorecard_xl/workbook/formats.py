"""The conditional formats of the body: letters, arrows and states, each in its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.rules import Rag, Travel
from scorecard_xl.workbook.body import RowKind
from scorecard_xl.workbook.engine import Condition, column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.engine import Area
    from scorecard_xl.workbook.template import Template

# Letter and fill of each rating; contrasts 7.2, 11.3 and 7.5 to 1, and apart for the colour-blind.
RAG_COLOURS = {
    Rag.GREEN: ("1A1A1A", "57B894"),
    Rag.AMBER: ("1A1A1A", "FFC83D"),
    Rag.RED: ("FFFFFF", "A61C1C"),
}
# Blue, so that an up arrow is never read as a Green rating.
ARROW_COLOURS = {Travel.IMPROVED: "1B5E9B", Travel.WORSENED: "A61C1C", Travel.SAME: "595959"}
STATE_COLOUR = "595959"
# A restated figure stays a number, and shows an r beside it.
_RESTATED = {RowKind.COUNT: '#,##0"r"', RowKind.PERCENTAGE: '0.0%"r"'}
_RESTATED_DECIMAL = '#,##0.0"r"'


def restated_formats(
    template: Template, rows: Sequence[BodyRow], new: Sequence[bool]
) -> dict[Area, str]:
    """The number formats that mark what was restated with an r, in the rows given their look."""
    return {
        template.column_area(role, number, number): _RESTATED.get(row.kind, _RESTATED_DECIMAL)
        for number, (row, is_new) in enumerate(zip(rows, new, strict=True), template.body_top)
        for role in row.restated
        if is_new and role in template.columns
    }


def body_conditions(template: Template, top: int, bottom: int) -> list[Condition]:
    """The rules for the indicators' rows `top` to `bottom`, for the columns that are there."""
    conditions = []
    if "rag" in template.columns:
        area = template.column_area("rag", top, bottom)
        for rating, (letter, fill) in RAG_COLOURS.items():
            conditions.append(
                Condition(area, equals=rating.value, font_color=letter, fill_color=fill, bold=True)
            )
    for role in ("dot_previous", "dot_outturn"):
        if role in template.columns:
            area = template.column_area(role, top, bottom)
            for travel, colour in ARROW_COLOURS.items():
                conditions.append(
                    Condition(area, equals=travel.arrow, font_color=colour, bold=True)
                )
    for role in ("result", "previous"):
        if role in template.columns:
            area = template.column_area(role, top, bottom)
            formula = f"ISTEXT(${column_letters(area.left)}{top})"
            conditions.append(
                Condition(area, formula=formula, font_color=STATE_COLOUR, bold=False, italic=True)
            )
    return conditions
