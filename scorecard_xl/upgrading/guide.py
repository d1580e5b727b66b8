"""The Guide as today's template has it; one that an analyst has changed stays beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.upgrading.first_template import GUIDES, fingerprint_of
from scorecard_xl.upgrading.room import refuse_foreign_name, refuse_taken
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.engine import Area, quoted

if TYPE_CHECKING:
    from scorecard_xl.engines.file.adopting import AdoptingWorkbook

SHEET, NEW_SHEET = "Guide", "Guide (new)"
# What the Guide of the workbook's template is told by.
NAME = "template_guide"
_MOST_PARAGRAPHS = 500


def renew_guide(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Write today's Guide over one that nobody has changed, or else add it as a sheet.

    Where there is none, an analyst has taken it away.

    Raises
    ------
    RefusedError
        A cell below it holds something, or an analyst's sheet or name has the name of ours.
    """
    wanted = _texts(today, SHEET)
    texts = {sheet: _texts(workbook, sheet) for sheet in workbook.sheet_names}
    known = {*GUIDES, (workbook.formula_of(NAME) or "").strip('"')}
    # An analyst may have given its sheet another name.
    untouched = [sheet for sheet, held in texts.items() if fingerprint_of(held) in known]
    is_missed = SHEET in texts and NEW_SHEET not in texts
    if wanted in texts.values() or not (untouched or is_missed):
        return []
    refuse_foreign_name(workbook, NAME, own=r'"\w*"')
    workbook.define_hidden(NAME, f'"{fingerprint_of(wanted)}"')
    if not untouched:
        return _add_beside(workbook, today)
    # A sheet that was added lies behind the first.
    sheet = untouched[-1]
    old, new = len(texts[sheet]), len(wanted)
    if new > old:
        refuse_taken(workbook, Area(sheet, old + 1, 1, new, 1), "today's Guide")
    column = Area(SHEET, 1, 1, new, 1)
    workbook.adopt_cells(today, column, Area(sheet, 1, 1, new, 1))
    if old > new:
        workbook.clear(Area(sheet, new + 1, 1, old, 1))
    return [f"the texts of {sheet}"]


def _add_beside(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Add today's Guide as a sheet of another name."""
    if workbook.has_sheet(NEW_SHEET):
        message = f"{quoted(NEW_SHEET)}: today's Guide would be a sheet of this name; rename yours."
        raise RefusedError(message)
    workbook.add_sheet(today, SHEET, as_name=NEW_SHEET)
    return [f"the sheet {NEW_SHEET}"]


def _texts(workbook: AdoptingWorkbook, sheet: str) -> list[str]:
    """The paragraphs down the first column."""
    block = workbook.read_block(Area(sheet, 1, 1, _MOST_PARAGRAPHS, 1))
    texts = [str(value_of(content) or "") for (content,) in block]
    while texts and not texts[-1]:
        texts.pop()
    return texts
