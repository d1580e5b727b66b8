"""Rows written anew where they are edited, and copied to the byte where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.engines.file.alike_stamping import AlikeStamper
from scorecard_xl.engines.file.row_forms import RowForms
from scorecard_xl.engines.file.shared_formulas import without_lost_formulas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.engines.file.cells import CellWriter
    from scorecard_xl.engines.file.edits import RowEdits
    from scorecard_xl.engines.file.sheet import Sheet


def stamped_rows(
    sheet: Sheet, edits: Mapping[int, RowEdits], writer: CellWriter
) -> tuple[list[bytes], bool]:
    """Write the rows anew where they are edited, and copy them where not.

    Tells, too, whether a formula was copied. Rows that would be empty are left out.
    """
    written: dict[int, bytes] = {}
    keeps_a_formula = False
    layouts = {sheet.layout(number) for number in edits}
    may_share = any(layout is None or layout.may_share_formulas for layout in layouts)
    if may_share and sheet.has_shared_formulas:
        sheet = sheet.with_rows(without_lost_formulas(sheet.rows, edits))
    forms, alike, rows = RowForms(sheet), AlikeStamper(writer), sheet.rows
    numbers = sorted({*rows, *edits})
    for number in numbers:
        own = edits.get(number)
        if own is not None:
            form = forms.of(number, own)
            if not alike.takes(number, form, own):
                written[number] = form.written(number, own.contents, writer)
            keeps_a_formula |= form.keeps_a_formula
        else:
            row = rows[number]
            written[number] = row.as_stored()
            keeps_a_formula |= b"<f" in row.inner
    written |= alike.written()
    return [written[number] for number in numbers if written[number]], keeps_a_formula
