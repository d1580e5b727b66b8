"""What a workbook that was sent has on its sheets that hides or covers figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.circulated.appearance import size_of
from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.xml import Q
from scorecard_xl.workbook.engine import Area, column_letters, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lxml import etree

    from scorecard_xl.engines.file.plan import Plan
    from scorecard_xl.engines.file.sheet import Sheet

# What every program writes that saves a sheet of values.
_PLAIN = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "mergeCells", "phoneticPr", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "ignoredErrors", "tableParts",
)  # fmt: skip
_IN_WORDS = {
    "conditionalFormatting": "conditional formats, which can change how a figure is shown",
    "dataValidations": "a validation of entries",
    "drawing": "a picture, a shape or a chart, which can cover a figure",
    "legacyDrawing": "comments or buttons, which can cover a figure",
    "picture": "a picture behind its cells",
    "sheetProtection": "a protection",
    "autoFilter": "a filter, which can hide rows",
    "hyperlinks": "links",
    "extLst": "an extension, which can change how a figure is shown",
}
_LOWEST_ROW, _NARROWEST_COLUMN = 4.0, 1.0
_LIKE_TRUE = ("1", "true", "on")
_HEIGHT = re.compile(rb'\bht="([^"]*)"')
_SHARED = re.compile(rb"<v>0*(\d+)</v>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true|on)"')


class Oddity(NamedTuple):
    """A place of a workbook, and what is there that hides or covers what it shows."""

    place: str
    finding: str


def oddities_of(plan: Plan, cells: Mapping[str, Collection[tuple[int, int]]]) -> list[Oddity]:
    """What a workbook has that hides figures or can cover them.

    `cells` are those that hold something, by sheet, row and column.
    """
    in_parts = _texts_in_parts(plan)
    found = [
        Oddity(quoted(element.get("name", "")), "this sheet is hidden")
        for element in plan.book.root.iter(f"{Q}sheet")
        if element.get("state", "visible") != "visible"
    ]
    for name in plan.sheets:
        sheet = plan.sheet(name)
        tags = dict.fromkeys(_local(child) for child in sheet.shell_as_read)
        for tag in tags:
            if tag not in _PLAIN:
                finding = f"this sheet has {_IN_WORDS.get(tag, f'an element {tag!r}')}"
                found.append(Oddity(quoted(name), finding))
        found += _hidden_in_views(name, sheet.shell_as_read)
        found += _hidden_rows(name, sheet)
        found += _hidden_columns(name, sheet)
        found += _merged_away(name, sheet, cells[name])
        found += _told_in_parts(name, sheet, in_parts)
    return found


def _hidden_in_views(sheet: str, root: etree._Element) -> Iterator[Oddity]:
    for view in root.iter(f"{Q}sheetView"):
        if view.get("showZeros", "1") not in _LIKE_TRUE:
            yield Oddity(quoted(sheet), "this sheet does not show zeros")
        if view.get("showFormulas", "0") in _LIKE_TRUE:
            yield Oddity(quoted(sheet), "this sheet shows what is in cells without its formats")


def _hidden_rows(name: str, sheet: Sheet) -> Iterator[Oddity]:
    defaults = sheet.shell_as_read.find(f"{Q}sheetFormatPr")
    hides_all = defaults is not None and defaults.get("zeroHeight", "0") in _LIKE_TRUE
    for number, row in sheet.rows.items():
        height = _HEIGHT.search(row.attributes)
        is_low = size_of(height[1].decode()) < _LOWEST_ROW if height else hides_all
        if is_low or _HIDDEN.search(row.attributes):
            yield Oddity(f"{quoted(name)}!{number}:{number}", "this row is hidden")


def _hidden_columns(name: str, sheet: Sheet) -> Iterator[Oddity]:
    used = max((cell[0] for row in sheet.rows.values() for cell in row.cells()), default=0)
    for columns in sheet.shell_as_read.iter(f"{Q}col"):
        width = columns.get("width")
        is_narrow = width is not None and size_of(width) < _NARROWEST_COLUMN
        first, last = (xml.whole_number(columns, edge) for edge in ("min", "max"))
        if 0 < first <= used and (is_narrow or columns.get("hidden", "0") in _LIKE_TRUE):
            letters = f"{column_letters(first)}:{column_letters(min(last, used))}"
            yield Oddity(f"{quoted(name)}!{letters}", "this column is hidden")


def _merged_away(name: str, sheet: Sheet, cells: Collection[tuple[int, int]]) -> Iterator[Oddity]:
    """Cells that hold something under another one that stretches over them."""
    for merge in sheet.shell_as_read.iter(f"{Q}mergeCell"):
        try:
            area = Area.of(name, merge.get("ref", ""))
        except ValueError as error:
            raise xml.damaged(sheet.part, str(error)) from error
        for row, column in sorted(cells):
            is_in = area.top <= row <= area.bottom and area.left <= column <= area.right
            if is_in and (row, column) != (area.top, area.left):
                yield Oddity(str(Area.cell(name, row, column)), "merged cells hide what it holds")


def _texts_in_parts(plan: Plan) -> frozenset[bytes]:
    """The numbers of the texts whose letters do not all look alike."""
    for kind, part in plan.package.relationships(plan.workbook_part).values():
        if kind == "sharedStrings" and part in plan.package:
            items = xml.parse(plan.package.read(part), part).iterchildren(f"{Q}si")
            return frozenset(
                str(number).encode()
                for number, item in enumerate(items)
                if item.find(f"{Q}r/{Q}rPr") is not None
            )
    return frozenset()


def _told_in_parts(name: str, sheet: Sheet, in_parts: Collection[bytes]) -> Iterator[Oddity]:
    """Cells of which a part of the text looks otherwise, and could be hidden."""
    for row in sheet.rows.values():
        for column, attributes, inside in row.cells():
            shared = _SHARED.search(inside) if b't="s"' in attributes else None
            if b"<rPr" in inside or (shared and shared[1] in in_parts):
                cell = Area.cell(name, row.number, column)
                yield Oddity(str(cell), "a part of its text looks otherwise than the rest")


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
