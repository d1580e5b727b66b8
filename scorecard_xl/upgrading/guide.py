"""The Guide as today's template has it; one that an analyst has changed stays beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.upgrading.first_template import GUIDES, fingerprint_of
from scorecard_xl.upgrading.room import refuse_taken
from scorecard_xl.workbook.engine import Area, value_of

if TYPE_CHECKING:
    from scorecard_xl.engines.file.adopting import AdoptingWorkbook

SHEET, NEW_SHEET = "Guide", "Guide (new)"
# What the Guide of the workbook's template is told by.
NAME = "template_guide"
_MOST_PARAGRAPHS = 500


def renew_guide(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Write today's Guide over one that nobody has changed, or else add it as a sheet."""
    wanted = _texts(today, SHEET)
    guides = {
        sheet: _texts(workbook, sheet)
        for sheet in (NEW_SHEET, SHEET)
        if sheet in workbook.sheet_names
    }
    if wanted in guides.values():
        return []
    of_template = (workbook.formula_of(NAME) or "").strip('"')
    known = {*GUIDES, of_template}
    untouched = [sheet for sheet, texts in guides.items() if fingerprint_of(texts) in known]
    workbook.define_hidden(NAME, f'"{fingerprint_of(wanted)}"')
    if not untouched:
        name = NEW_SHEET if SHEET in guides else SHEET
        if name in guides:
            return []
        workbook.add_sheet(today, SHEET, as_name=name)
        return [f"the sheet {name}"]
    sheet = untouched[0]
    old, new = len(guides[sheet]), len(wanted)
    if new > old:
        refuse_taken(workbook, Area(sheet, old + 1, 1, new, 1), "today's Guide")
    column = Area(SHEET, 1, 1, new, 1)
    workbook.adopt_cells(today, column, Area(sheet, 1, 1, new, 1))
    if old > new:
        workbook.clear(Area(sheet, new + 1, 1, old, 1))
    return [f"the texts of {sheet}"]


def _texts(workbook: AdoptingWorkbook, sheet: str) -> list[str]:
    """The paragraphs down the first column."""
    block = workbook.read_block(Area(sheet, 1, 1, _MOST_PARAGRAPHS, 1))
    texts = [str(value_of(content) or "") for (content,) in block]
    while texts and not texts[-1]:
        texts.pop()
    return texts
