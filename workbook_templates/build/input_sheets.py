"""Write the sheets analysts type into: each a title, a sentence and an Excel table."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from workbook_templates.build import look as house
from workbook_templates.build.input_rows import Cell
from workbook_templates.build.text_lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from workbook_templates.build.input_tables import Column, InputSheet
    from workbook_templates.build.look import Look

HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1


def write_input_sheet(
    sheet: Worksheet, look: Look, *, spec: InputSheet, rows: Sequence[Sequence[Cell]]
) -> None:
    """Write the title, the sentence and the table, and set up the page."""
    sheet.set_row(0, 24)
    sheet.set_row(1, 16)
    # An Excel table has one row at least, blank if need be.
    # Its key is that of no date and no code.
    rows = rows or [[Cell(value="|" if column.formula else None) for column in spec.columns]]
    sheet.write_string(0, 0, spec.title, look.format("sheet_title"))
    sheet.write_string(1, 0, spec.purpose, look.format("purpose"))
    sheet.set_row(HEADING_ROW, 30)
    for position, column in enumerate(spec.columns):
        sheet.set_column(position, position, column.width)
    _add_table(sheet, look, spec=spec, row_count=len(rows))
    for row, cells in enumerate(rows, start=FIRST_ROW):
        sheet.set_row(row, _row_height(spec, cells))
        for position, (column, cell) in enumerate(zip(spec.columns, cells, strict=True)):
            _write_cell(sheet, row, position, column, cell, _cell_format(look, column, cell))
    sheet.freeze_panes(FIRST_ROW, spec.frozen_columns)
    set_up_page(sheet)


def _row_height(spec: InputSheet, cells: Sequence[Cell]) -> float:
    lines = 1
    for column, cell in zip(spec.columns, cells, strict=True):
        if column.wraps and isinstance(cell.value, str):
            lines = max(lines, lines_of(cell.value, width=column.width))
    return 17 + 13 * (lines - 1)


def _cell_format(look: Look, column: Column, cell: Cell) -> Format:
    properties: dict[str, object] = {
        "align": column.align,
        "num_format": cell.number_format or column.number_format,
        "font_color": house.QUIET_GREY if column.formula else house.TEXT,
        "bottom": house.THIN,
        "bottom_color": house.LINE_GREY,
    }
    if column.align != "center":
        properties["indent"] = 1
    if column.wraps:
        properties["text_wrap"] = True
    if column.is_typed:
        properties["bg_color"] = house.INPUT_CREAM
    return look.format("text", **properties)


def _write_cell(
    sheet: Worksheet, row: int, position: int, column: Column, cell: Cell, shown: Format
) -> None:
    """Write a value as what it is: text is never taken for a formula or a number."""
    if column.formula:
        formula = column.formula.replace("@", "[#This Row],")
        sheet.write_formula(row, position, formula, shown, cell.value)
    elif isinstance(cell.value, datetime.date):
        sheet.write_datetime(row, position, cell.value, shown)
    elif isinstance(cell.value, float):
        sheet.write_number(row, position, cell.value, shown)
    elif cell.value:
        sheet.write_string(row, position, cell.value, shown)
    else:
        sheet.write_blank(row, position, None, shown)


def _add_table(sheet: Worksheet, look: Look, *, spec: InputSheet, row_count: int) -> None:
    headings = []
    for column in spec.columns:
        heading: dict[str, object] = {
            "header": column.heading,
            "header_format": look.format("table_heading"),
        }
        if column.formula:
            heading["formula"] = column.formula
        headings.append(heading)
    options = {"name": spec.name, "columns": headings, "style": "Table Style Light 2"}
    last = len(spec.columns) - 1
    sheet.add_table(HEADING_ROW, 0, HEADING_ROW + row_count, last, options)


def set_up_page(sheet: Worksheet) -> None:
    """Print landscape on A4, one page wide, the headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    margin = 10 / 25.4
    sheet.set_margins(left=margin, right=margin, top=margin, bottom=15 / 25.4)
    sheet.set_footer(f'&L&"{house.FONT},Regular"&8&A&R&"{house.FONT},Regular"&8Page &P of &N')
