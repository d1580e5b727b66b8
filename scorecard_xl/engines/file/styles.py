"""The styles part: number formats looked up, cell formats and conditional looks added."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from lxml import etree

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.xml import Q

if TYPE_CHECKING:
    from scorecard_xl.workbook.engine import Condition

# The built-in formats 14-22, 27-36, 45-47 and 50-58 show dates or times.
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_BUILT_IN = {
    "General": 0,
    "0": 1,
    "0.00": 2,
    "#,##0": 3,
    "#,##0.00": 4,
    "0%": 9,
    "0.00%": 10,
    "@": 49,
}
# What shows no part of a date. Of brackets only those of elapsed time do, such as [hh] or [m].
_NOT_CODE = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE | re.DOTALL
)
_FIRST_OWN_FORMAT = 164
_LONGEST_NUMBER = 9
# What a cell style refers to, and where that is listed.
_LISTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
# The children of <styleSheet>, in the order that the schema asks for.
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
          "tableStyles", "colors", "extLst")  # fmt: skip


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    first = _NOT_CODE.sub("", code).split(";")[0]
    return (
        re.search(r"[dmyhs]", first, re.IGNORECASE) is not None and "general" not in first.lower()
    )


class Styles:
    """A styles part that can be added to; nothing that is there changes its number."""

    def __init__(self, data: bytes, part: str) -> None:
        self.part = part
        self._root = xml.parse(data, part)
        if self._root.tag != f"{Q}styleSheet":
            raise xml.damaged(part, "it holds no styles")
        self.is_changed = False
        self._conditional: dict[bytes, int] | None = None

    def to_bytes(self) -> bytes:
        """The part as it now is."""
        return xml.serialised(self._root)

    def _formats(self) -> dict[int, str]:
        found = self._root.iterfind(f"{Q}numFmts/{Q}numFmt")
        return {xml.whole_number(fmt, "numFmtId"): fmt.get("formatCode", "") for fmt in found}

    def _cell_formats(self) -> etree._Element:
        return self._child("cellXfs")

    def date_styles(self) -> frozenset[bytes]:
        """The numbers of all cell styles that show a date, as cells write them."""
        formats = self._formats()
        own = {number for number, code in formats.items() if is_date_format(code)}
        dates = own | {n for n in _BUILT_IN_DATES if n not in formats}
        return frozenset(
            str(style).encode()
            for style, fmt in enumerate(self._cell_formats())
            if xml.whole_number(fmt, "numFmtId") in dates
        )

    def with_number_format(self, style: str, code: str) -> str:
        """The number of a cell style like `style` but with the number format `code`."""
        wanted = copy.deepcopy(self._cell_format(style))
        wanted.set("numFmtId", str(self._format_number(code)))
        wanted.set("applyNumberFormat", "1")
        return str(self._number_of("cellXfs", wanted))

    def adopted(self, style: str, other: Styles) -> str:
        """The number of a cell style that looks like one of another workbook's."""
        wanted = copy.deepcopy(other._cell_format(style))
        for attribute, group in _LISTS.items():
            theirs = other._member(group, xml.whole_number(wanted, attribute))
            wanted.set(attribute, str(self._number_of(group, theirs)))
        code = other._formats().get(xml.whole_number(wanted, "numFmtId"))
        if code is not None:
            wanted.set("numFmtId", str(self._format_number(code)))
        wanted.set("xfId", "0")
        return str(self._number_of("cellXfs", wanted))

    def adopted_look(self, number: int, other: Styles) -> int:
        """The number of the look that a conditional format of another workbook's gives."""
        self._conditional = None
        return self._number_of("dxfs", other._member("dxfs", number))

    def look(self, number: int) -> etree._Element:
        """What a conditional format gives, as it is stored; not to be changed."""
        return self._member("dxfs", number)

    def _cell_format(self, style: str) -> etree._Element:
        formats = self._cell_formats()
        if len(style) > _LONGEST_NUMBER or not style.isdecimal() or int(style) >= len(formats):
            raise xml.damaged(self.part, f"a cell has the style {style[:50]}, which is not there")
        return formats[int(style)]

    def _member(self, group: str, number: int) -> etree._Element:
        members = self._child(group)
        if number >= len(members):
            raise xml.damaged(self.part, f"{group} number {number} is not there")
        return members[number]

    def _number_of(self, group: str, wanted: etree._Element) -> int:
        """The number of the first that is the same, added if there is none."""
        parent, canonical = self._child(group), _canonical(wanted)
        for number, each in enumerate(parent):
            if _canonical(each) == canonical:
                return number
        parent.append(copy.deepcopy(wanted))
        parent.set("count", str(len(parent)))
        self.is_changed = True
        return len(parent) - 1

    def _format_number(self, code: str) -> int:
        if code in _BUILT_IN:
            return _BUILT_IN[code]
        known = {text: number for number, text in self._formats().items()}
        if code in known:
            return known[code]
        parent = self._child("numFmts")
        number = max([_FIRST_OWN_FORMAT - 1, *known.values()]) + 1
        etree.SubElement(parent, f"{Q}numFmt", numFmtId=str(number), formatCode=code)
        parent.set("count", str(len(parent)))
        self.is_changed = True
        return number

    def conditional_style(self, condition: Condition) -> int:
        """The number of the look that a conditional format gives, added if it is new."""
        look = _conditional_look(condition)
        parent = self._child("dxfs")
        if self._conditional is None:
            known = list(enumerate(parent))
            self._conditional = {_canonical(each): number for number, each in reversed(known)}
        canonical = _canonical(look)
        if canonical not in self._conditional:
            self._conditional[canonical] = len(parent)
            parent.append(look)
            parent.set("count", str(len(parent)))
            self.is_changed = True
        return self._conditional[canonical]

    def _child(self, name: str) -> etree._Element:
        """A child of the style sheet, made in its place if there is none."""
        found = self._root.find(Q + name)
        if found is None:
            found = etree.Element(Q + name, count="0")
            later = {Q + each for each in _ORDER[_ORDER.index(name) + 1 :]}
            after = next(
                (i for i, child in enumerate(self._root) if child.tag in later), len(self._root)
            )
            self._root.insert(after, found)
        return found


def _canonical(element: etree._Element) -> bytes:
    """An element in the one form that equals only its like, whatever its prefixes."""
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)


def _conditional_look(condition: Condition) -> etree._Element:
    """The ``<dxf>`` of a condition."""
    look = etree.Element(f"{Q}dxf", nsmap={None: xml.MAIN})  # type: ignore[dict-item]
    font = etree.SubElement(look, f"{Q}font")
    for tag, value in (("b", condition.bold), ("i", condition.italic)):
        if value is not None:
            etree.SubElement(font, Q + tag, val=str(int(value)))
    if condition.font_color:
        etree.SubElement(font, f"{Q}color", rgb=f"FF{condition.font_color}")
    if condition.fill_color:
        pattern = etree.SubElement(
            etree.SubElement(look, f"{Q}fill"), f"{Q}patternFill", patternType="solid"
        )
        etree.SubElement(pattern, f"{Q}fgColor", rgb=f"FF{condition.fill_color}")
        etree.SubElement(pattern, f"{Q}bgColor", rgb=f"FF{condition.fill_color}")
    return look
