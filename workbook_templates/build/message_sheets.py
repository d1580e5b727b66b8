"""The sheets that speak to the analyst: Checks, Why and the Guide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook_templates.build import look as house
from workbook_templates.build.input_sheets import HEADING_ROW, set_up_page
from workbook_templates.build.text_lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from workbook_templates.build.look import Look

CHECKS = {"Severity": 11, "Place": 24, "Finding": 72, "Remedy": 60, "Code": 28}
# What the last refresh left, right of the list.
LAST_REFRESHED = {
    "Period": 16,
    "Code": 36,
    "RAG": 6,
    "From previous": 9,
    "From outturn": 9,
    "Result, unrounded": 16,
    "Num": 10,
    "Denom": 10,
}
LAST_REFRESHED_LEFT = len(CHECKS) + 1
CHECKS_SCALE = 70
LAST_REFRESHED_CELL = "$G$5"
_CENTRED = ("RAG", "From previous", "From outturn")
_FIGURES = ("Result, unrounded", "Num", "Denom")
WHY = {
    "Indicator": 44,
    "Result, unrounded": 27,
    "RAG": 10,
    "Why": 70,
    "Next letter": 32,
    "Arrows": 70,
}
# Room for four lines in every row, which costs a refresh nothing.
WHY_ROW, WHY_POINTS = 51, 9
GUIDE_WIDTH = 96
GUIDE_LINE = 13.5


def write_checks(sheet: Worksheet, look: Look) -> None:
    """Write the Checks sheet's headings; a refresh lists what is wrong below them."""
    purpose = "What the last refresh found to put right, and where. It says so when nothing was."
    _write_frame(sheet, look, title="Checks", purpose=purpose, columns=CHECKS)
    sheet.set_column(len(CHECKS), len(CHECKS), 3)
    caption = "As the last refresh left it; the next one says what has moved since."
    sheet.write_string(1, LAST_REFRESHED_LEFT, caption, look.format("purpose"))
    for position, (heading, width) in enumerate(LAST_REFRESHED.items(), LAST_REFRESHED_LEFT):
        properties: dict[str, object] = {"valign": "top", "align": "left", "indent": 1}
        if heading in _CENTRED:
            properties = {"valign": "top", "align": "center"}
        elif heading in _FIGURES:
            properties = {"valign": "top", "align": "right"}
        body = look.format("text", font_color=house.QUIET_GREY, **properties)
        sheet.set_column(position, position, width, body)
        sheet.write_string(HEADING_ROW, position, heading, look.format("table_heading"))
    # The list prints as wide as a page, what is remembered on pages of its own.
    sheet.set_print_scale(CHECKS_SCALE)
    sheet.set_v_pagebreaks([LAST_REFRESHED_LEFT])


def write_why(sheet: Worksheet, look: Look) -> None:
    """Write the Why sheet's headings; a refresh lists the explanations below them."""
    purpose = (
        "Why each indicator has its letter and its arrows, and what its next letter needs, as the"
        " last refresh found it."
    )
    sheet.set_default_row(WHY_ROW)
    sheet.set_row(HEADING_ROW - 1, 15)
    _write_frame(sheet, look, title="Why", purpose=purpose, columns=WHY, font_size=WHY_POINTS)


def _write_frame(
    sheet: Worksheet,
    look: Look,
    *,
    title: str,
    purpose: str,
    columns: dict[str, int],
    font_size: int = 10,
) -> None:
    sheet.set_row(0, 24)
    sheet.set_row(1, 16)
    sheet.write_string(0, 0, title, look.format("sheet_title"))
    sheet.write_string(1, 0, purpose, look.format("purpose"))
    sheet.set_row(HEADING_ROW, 20)
    body = look.format(
        "text", text_wrap=True, valign="top", align="left", indent=1, font_size=font_size
    )
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


def guide_texts() -> list[str]:
    """What the Guide's rows hold."""
    return [text for _, text in _paragraphs()]


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
