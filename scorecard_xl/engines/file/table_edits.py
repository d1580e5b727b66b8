"""Edits of a table's rows: in the look of one that is there, and not over a user's cells."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.obstacles import obstacle_over
from scorecard_xl.exceptions import RefusedError
from scorecard_xl.workbook import table_growth
from scorecard_xl.workbook.engine import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.engines.file.plan import Plan
    from scorecard_xl.engines.file.stamp import Edits
    from scorecard_xl.engines.file.tables import TableDefinition
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Area


def write_rows(
    plan: Plan,
    edits: Edits,
    rows: Sequence[Sequence[Content]],
    number_formats: Sequence[Sequence[str | None]] | None,
    *,
    top: int,
    like: Area,
) -> None:
    """Write rows from row `top` on, in the look and height of the row `like`."""
    sheet, own = plan.sheet(like.sheet), edits.sheet(like.sheet)
    looks = [sheet.look(like.top, like.left + i) for i in range(like.width)]
    height = sheet.height(like.top)
    for i, contents in enumerate(rows):
        row = own.row(top + i)
        row.contents.update(enumerate(contents, like.left))
        codes = number_formats[i] if number_formats else [None] * like.width
        row.styles.update(
            (column, edits.style_with(plan, look, code) if code else look)
            for column, (look, code) in enumerate(zip(looks, codes, strict=True), like.left)
        )
        row.height = height


def set_number_format(plan: Plan, edits: Edits, area: Area, code: str) -> None:
    """Give cells a number format; the rest of their look stays, edited or not."""
    sheet, own = plan.sheet(area.sheet), edits.sheet(area.sheet)
    for number in range(area.top, area.bottom + 1):
        styles = own.row(number).styles
        for column in range(area.left, area.right + 1):
            look = styles.get(column) or sheet.look(number, column)
            styles[column] = edits.style_with(plan, look, code)


def refuse_to_grow(plan: Plan, definition: TableDefinition, height: int) -> None:
    """Refuse a table of that many rows where it would do harm, with a RefusedError."""
    area = definition.area
    table_growth.refuse_to_grow(
        definition.name, area, height, has_totals=lambda: definition.has_totals,
        read_block=plan.read,
    )  # fmt: skip
    if height <= area.height:
        return
    below = dataclasses.replace(area, top=area.bottom + 1, bottom=area.top + height - 1)
    obstacle = obstacle_over(plan, below)
    if obstacle:
        message = (
            f"{quoted(area.sheet)}: the table {definition.name} would grow over {obstacle}; move "
            "that out of its way."
        )
        raise RefusedError(message)
