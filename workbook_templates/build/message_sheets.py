"""The sheets that speak to the analyst: Checks, Why and the Guide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook_templates.build.input_sheets import HEADING_ROW, set_up_page
from workbook_templates.build.text_lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from workbook_templates.build.look import Look

CHECKS = {"Severity": 11, "Place": 24, "Finding": 72, "Remedy": 60, "Code": 28}
WHY = {"Indicator": 60, "Result": 12, "Target": 12, "RAG": 8, "Why": 95}
GUIDE_WIDTH = 96
GUIDE_LINE = 13.5


def write_checks(sheet: Worksheet, look: Look) -> None:
    """Write the Checks sheet's headings; a refresh lists what is wrong below them."""
    purpose = "What the last refresh found to put right, and where. It says so when nothing was."
    _write_frame(sheet, look, title="Checks", purpose=purpose, columns=CHECKS)


def write_why(sheet: Worksheet, look: Look) -> None:
    """Write the Why sheet's headings."""
    purpose = "Kept for explanations of the ratings; nothing writes them yet."
    _write_frame(sheet, look, title="Why", purpose=purpose, columns=WHY)


def _write_frame(
    sheet: Worksheet, look: Look, *, title: str, purpose: str, columns: dict[str, int]
) -> None:
    sheet.set_row(0, 24)
    sheet.set_row(1, 16)
    sheet.write_string(0, 0, title, look.format("sheet_title"))
    sheet.write_string(1, 0, purpose, look.format("purpose"))
    sheet.set_row(HEADING_ROW, 20)
    body = look.format("text", text_wrap=True, valign="top", align="left", indent=1)
    for position, (heading, width) in enumerate(columns.items()):
        sheet.set_column(position, position, width, body)
        sheet.write_string(HEADING_ROW, position, heading, look.format("table_heading"))
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    sheet.hide_gridlines(2)
    set_up_page(sheet)


def write_guide(sheet: Worksheet, look: Look) -> None:
    """Write guide.md down column A, a paragraph a row."""
    sheet.set_column(0, 0, GUIDE_WIDTH)
    for row, (kind, text) in enumerate(_paragraphs()):
        if kind == "sheet_title":
            sheet.set_row(row, 24)
        elif kind == "guide_heading":
            sheet.set_row(row, 28)
        else:
            room = GUIDE_WIDTH - (2 if kind == "guide_item" else 0)
            sheet.set_row(row, GUIDE_LINE * lines_of(text, width=room) + 4)
        sheet.write_string(row, 0, text, look.format(kind))
    sheet.hide_gridlines(2)
    set_up_page(sheet)
    sheet.set_portrait()
    sheet.repeat_rows(0)


def _paragraphs() -> Iterator[tuple[str, str]]:
    text = Path(__file__).with_name("guide.md").read_text(encoding="utf-8")
    for block in text.strip().split("\n\n"):
        for line in block.split("\n"):
            if line.startswith("# "):
                yield "sheet_title", line.removeprefix("# ")
            elif line.startswith("## "):
                yield "guide_heading", line.removeprefix("## ")
            elif line.startswith("- "):
                yield "guide_item", "•  " + line.removeprefix("- ")
            elif line[0].isdigit():
                yield "guide_item", line
            else:
                yield "guide_text", line
