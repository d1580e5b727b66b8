"""The Refresh buttons on the sheets of the template that carries macros."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING

from workbook_templates.build.macros import vba_project

if TYPE_CHECKING:
    from xlsxwriter import Workbook


@dataclasses.dataclass(frozen=True, kw_only=True)
class Button:
    """A form button; XlsxWriter's buttons are never printed."""

    sheet: str
    row: int
    column: int
    caption: str
    macro: str
    description: str
    x_offset: int
    y_offset: int = 1
    width: int = 88
    height: int = 30


REFRESH = {
    "caption": "Refresh",
    "macro": "ScorecardRefresh",
    "description": "Refresh the scorecard from the counts",
}
# In the frozen rows, where they stay in sight, and over cells that hold nothing.
BUTTONS = (
    Button(sheet="Scorecard", row=0, column=6, x_offset=40, **REFRESH),
    Button(sheet="Counts", row=0, column=3, x_offset=6, **REFRESH),
)


def add_buttons(workbook: Workbook) -> None:
    """Put the buttons on their sheets, and the macros they run into the workbook."""
    sheets = workbook.worksheets()
    for button in BUTTONS:
        options = {
            name: value
            for name, value in dataclasses.asdict(button).items()
            if name not in ("sheet", "row", "column")
        }
        sheet = workbook.get_worksheet_by_name(button.sheet)
        sheet.insert_button(button.row, button.column, options)
    project = vba_project(sheet_count=len(sheets))
    workbook.add_vba_project(io.BytesIO(project), is_stream=True)
