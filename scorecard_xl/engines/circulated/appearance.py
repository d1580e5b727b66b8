"""How a workbook that was sent looks, and what lies on its sheets that could cover a figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.xml import Q
from scorecard_xl.workbook.engine import column_letters, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from scorecard_xl.engines.file.plan import Plan
    from scorecard_xl.engines.file.sheet import Sheet

# What every program writes that saves a sheet of values.
_PLAIN = frozenset(
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr mergeCells phoneticPr "
    "printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks ignoredErrors "
    "tableParts".split()
)
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
# Excel's own number formats, as far as figures and dates have them.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "dd/mm/yyyy", 49: "@",
}  # fmt: skip
_LOWEST_ROW, _NARROWEST_COLUMN = 4.0, 1.0
_LIKE_TRUE = ("1", "true", "on")
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_HEIGHT = re.compile(rb'\bht="([^"]*)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true|on)"')


class ShownLook(NamedTuple):
    """How a cell is shown: its number format, the colours of its text and ground, its size.

    Colours are ``RRGGBB``, or a word where they are told in another way; a ground
    without a fill is None. Quotes of a number format are left out, for programs
    differ in them.
    """

    number_format: str
    ink: str
    fill: str | None
    points: float


class Oddity(NamedTuple):
    """A place of a workbook, and what is there that hides or covers what it shows."""

    place: str
    finding: str


def bare_format(code: str) -> str:
    """A number format without the quotes and signs that mark its texts as texts."""
    return code.replace('"', "").replace("\\", "")


def looks_of(plan: Plan) -> dict[str, dict[tuple[int, int], ShownLook]]:
    """How the cells of each sheet look, by row and column; of cells that are there."""
    looks = _looks_by_number(plan)
    found: dict[str, dict[tuple[int, int], ShownLook]] = {}
    for name in plan.sheets:
        own = found.setdefault(name, {})
        for row in plan.sheet(name).rows.values():
            for column, attributes, _ in row.cells():
                style = _STYLE.search(attributes)
                number = int(style[1]) if style else 0
                if number < len(looks):
                    own[row.number, column] = looks[number]
    return found


def oddities_of(plan: Plan) -> list[Oddity]:
    """What a workbook has that hides figures or can cover them."""
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
        is_low = _number(height[1].decode()) < _LOWEST_ROW if height else hides_all
        if is_low or _HIDDEN.search(row.attributes):
            yield Oddity(f"{quoted(name)}!{number}:{number}", "this row is hidden")


def _hidden_columns(name: str, sheet: Sheet) -> Iterator[Oddity]:
    used = max((cell[0] for row in sheet.rows.values() for cell in row.cells()), default=0)
    for columns in sheet.shell_as_read.iter(f"{Q}col"):
        width = columns.get("width")
        is_narrow = width is not None and _number(width) < _NARROWEST_COLUMN
        first, last = (xml.whole_number(columns, edge) for edge in ("min", "max"))
        if 0 < first <= used and (is_narrow or columns.get("hidden", "0") in _LIKE_TRUE):
            letters = f"{column_letters(first)}:{column_letters(min(last, used))}"
            yield Oddity(f"{quoted(name)}!{letters}", "this column is hidden")


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _number(text: str) -> float:
    """A size as written; what is none hides its cells."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def _looks_by_number(plan: Plan) -> list[ShownLook]:
    """The looks that cells name by their number."""
    root = xml.parse(plan.styles.to_bytes(), plan.styles.part)
    formats = _BUILT_IN | {
        xml.whole_number(each, "numFmtId"): each.get("formatCode", "")
        for each in root.iterfind(f"{Q}numFmts/{Q}numFmt")
    }
    fonts = [_ink_and_points(font) for font in root.iterfind(f"{Q}fonts/{Q}font")]
    fills = [_ground(fill) for fill in root.iterfind(f"{Q}fills/{Q}fill")]
    looks = []
    for record in root.iterfind(f"{Q}cellXfs/{Q}xf"):
        number = xml.whole_number(record, "numFmtId")
        font, fill = (xml.whole_number(record, name) for name in ("fontId", "fillId"))
        ink, points = fonts[font] if font < len(fonts) else ("none", 0.0)
        ground = fills[fill] if fill < len(fills) else None
        code = bare_format(formats.get(number, f"number {number}"))
        looks.append(ShownLook(code, ink, ground, points))
    return looks


def _ink_and_points(font: etree._Element) -> tuple[str, float]:
    size = font.find(f"{Q}sz")
    points = 0.0 if size is None else _number(size.get("val", ""))
    return _colour(font.find(f"{Q}color")), points


def _ground(fill: etree._Element) -> str | None:
    pattern = fill.find(f"{Q}patternFill")
    if pattern is None:
        return "a gradient"
    kind = pattern.get("patternType", "none")
    if kind == "solid":
        return _colour(pattern.find(f"{Q}fgColor"))
    return None if kind == "none" else f"the pattern {kind}"


def _colour(element: etree._Element | None) -> str:
    """A colour; one that is not given by its own value is told by the words that give it."""
    if element is None:
        return "automatic"
    given = dict(element.attrib)
    if set(given) == {"rgb"}:
        return str(given["rgb"])[-6:].upper()
    return ", ".join(f"{name} {value}" for name, value in sorted(given.items()))
