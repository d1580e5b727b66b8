"""How the cells of a workbook that was sent are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.xml import Q

if TYPE_CHECKING:
    from lxml import etree

    from scorecard_xl.engines.file.plan import Plan

# Excel's own number formats, as far as figures and dates have them.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "dd/mm/yyyy", 49: "@",
}  # fmt: skip
_QUOTED = re.compile(r'"([^"]*)"')
_STYLE = re.compile(rb'\bs="(\d{1,6})"')


class ShownLook(NamedTuple):
    """How a cell is shown: its number format, the colours of its text and ground, its size.

    Colours are ``RRGGBB``, or a word where they are told in another way; a ground
    without a fill is None.
    """

    number_format: str
    ink: str
    fill: str | None
    points: float


_UNKNOWN = ShownLook("unknown", "unknown", "unknown", 0.0)


def plain_format(code: str) -> str:
    """A number format with each letter of its texts marked by itself, and not by quotes.

    Programs differ in how they mark them; and ``0.0"%"`` is another format than ``0.0%``.
    """
    return _QUOTED.sub(lambda text: "".join(f"\\{letter}" for letter in text[1]), code)


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
                is_known = number < len(looks)
                own[row.number, column] = looks[number] if is_known else _UNKNOWN
    return found


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
        code = plain_format(formats.get(number, f"number {number}"))
        looks.append(ShownLook(code, ink, ground, points))
    return looks


def _ink_and_points(font: etree._Element) -> tuple[str, float]:
    size = font.find(f"{Q}sz")
    points = 0.0 if size is None else size_of(size.get("val", ""))
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
    given = sorted((str(name), str(value)) for name, value in element.attrib.items())
    if [name for name, _ in given] == ["rgb"]:
        return given[0][1][-6:].upper()
    return ", ".join(f"{name} {value}" for name, value in given)


def size_of(text: str) -> float:
    """A size as written; what is none hides its cells."""
    try:
        return float(text)
    except ValueError:
        return 0.0
