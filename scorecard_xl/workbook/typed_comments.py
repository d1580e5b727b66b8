"""Comments typed into the Scorecard itself, which a refresh would take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.workbook.cell_content import Formula, value_of
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.template import COMMENTARY_COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.fill import Shown
    from scorecard_xl.workbook.template import Template


def refuse_typed_comments(template: Template, shown: Shown, rows: Sequence[BodyRow]) -> None:
    """Refuse to write over a comment that was typed beside its indicator.

    It can be told where the other comments are formulas.

    Raises
    ------
    RefusedError
        A comment stands where a formula stood; its cell is named.
    """
    held = [row.get(COMMENTARY_COLUMN) for row in shown.rows]
    if not any(isinstance(content, Formula) for content in held):
        return
    known = {row.code: row.commentary for row in rows if row.kind.is_indicator}
    for number, (content, row) in enumerate(zip(held, shown.rows, strict=True), template.body_top):
        code = str(value_of(row.get("code")) or "")
        is_typed = isinstance(content, str) and content.strip() != ""
        if is_typed and content != known.get(code):
            cell = Area.cell(template.sheet, number, template.columns[COMMENTARY_COLUMN])
            message = (
                f"{cell}: this comment was typed on the Scorecard, where a refresh would write"
                " over it; move it to the sheet Commentary, or clear the cell."
            )
            raise RefusedError(message)
