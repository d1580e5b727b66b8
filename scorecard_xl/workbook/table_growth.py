"""Tables that get more rows: not over a user's cells, nor with a totals row below."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.workbook.engine import LAST_ROW, Area

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard_xl.workbook.cell_content import Content


def refuse_to_grow(
    name: str,
    area: Area,
    height: int,
    *,
    has_totals: Callable[[], bool],
    read_block: Callable[[Area], Sequence[Sequence[Content]]],
) -> None:
    """Refuse a table of that many data rows where it would do harm.

    Parameters
    ----------
    area
        Its data rows as they are.
    has_totals
        Whether a totals row stands below them; only asked where the height changes.

    Raises
    ------
    RefusedError
        It would grow over a cell that holds something, or has a totals row to move.
    """
    if height == area.height:
        return
    if has_totals():
        message = (
            f"The table {name} has a totals row, which would have to move; switch it off first."
        )
        raise RefusedError(message)
    bottom = min(area.top + height - 1, LAST_ROW)
    below = dataclasses.replace(area, top=area.bottom + 1, bottom=bottom)
    if below.height < 1:
        return
    for i, row in enumerate(read_block(below)):
        for j, content in enumerate(row):
            # A formula that shows nothing is something, too.
            if content not in (None, ""):
                cell = Area.cell(area.sheet, below.top + i, below.left + j)
                message = f"{cell}: the table {name} would grow over this cell; move what it holds."
                raise RefusedError(message)
