"""The one form that rows and cells are read in, and sheets of other forms written anew in it."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.xml import Q
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.engine import column_letters, column_number

# The tag of a cell or row that does not begin with its place.
_ODD_CELL = re.compile(rb'<c(?! r="|[A-Za-z])')
_ODD_ROW = re.compile(rb'<row(?! r="|[A-Za-z])')
# A tag that holds more than a name and attributes in double quotes, each after one space.
_ODD_TAG = re.compile(rb"""<(?!/[^\s<>]++>|[^\s<>"'=/]++(?: [^\s<>"'=/]++="[^"<>]*+")*+ ?/?>)""")
_PREFIXED = re.compile(rb"<[^\s<>/:]++:")
# A figure, letter or sign by its number: numbers, places and styles may be written so.
_NUMBERED = re.compile(
    rb"&#(?:x0*+(?:2[B-Fb-f]|[3-7][0-9A-Fa-f])|0*+(?:4[3-9]|[5-9][0-9]|1[0-2][0-9]));"
)
_SHEET_DATA = b"<sheetData"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CHILD_ORDER = {f"{Q}f": 0, f"{Q}v": 1, f"{Q}is": 2}


def find_rows(data: bytes) -> tuple[int, int]:
    """Where the rows lie: just inside ``<sheetData>``; an empty element has no room."""
    start = data.find(_SHEET_DATA)
    opened = data.find(b">", start)
    if start < 0 or opened < 0 or data[opened - 1 : opened] == b"/":
        return -1, -1
    # Another element may have a longer name.
    if data[start + len(_SHEET_DATA)] not in b">\t\n\r ":
        return -1, -1
    return opened + 1, data.rfind(b"</sheetData>")


def is_unusual(data: bytes, start: int, end: int, *, is_anew: bool = False) -> bool:
    """Whether the rows are written in a way that only a parser understands.

    A prefix may stand for the spreadsheet's own namespace, unless all `is_anew` in the plain form.
    """
    if end < start or data.count(b"<sheetData") > 1:
        return True
    middle = data[start:end]
    # Counting is quicker than searching, and tells that there is nothing to be found.
    if middle.count(b"<c") != middle.count(b'<c r="') and _ODD_CELL.search(middle):
        return True
    if middle.count(b"<row") != middle.count(b'<row r="') and _ODD_ROW.search(middle):
        return True
    # An angle bracket that ends no tag stands in a text or an attribute.
    if middle.count(b">") != middle.count(b"<"):
        return True
    if not is_anew and _PREFIXED.search(middle):
        return True
    return bool(_ODD_TAG.search(middle) or _NUMBERED.search(middle))


def in_plain_form(data: bytes, part: str) -> bytes:
    """Write a sheet anew in the plain way: no prefixes, every row and cell with its place."""
    root = xml.parse(data, part)
    sheet_data = root.find(f"{Q}sheetData")
    if sheet_data is None:
        message = (
            f"The part {part} is no worksheet with cells; move the table to an ordinary sheet."
        )
        raise FileError(message)
    row_number = 0
    for row in sheet_data.iterchildren(f"{Q}row"):
        row_number = xml.whole_number(row, "r", default=row_number + 1)
        _order(row, str(row_number), part)
        column = 0
        for cell in row.iterchildren(f"{Q}c"):
            column = _column_of(cell, row_number, column + 1, part)
            _order(cell, f"{column_letters(column)}{row_number}", part)
    if any(each.prefix and each.tag.startswith(Q) for each in root.iter()):
        root = _without_prefix(root)
        sheet_data = root.find(f"{Q}sheetData")
        assert sheet_data is not None
    if not len(sheet_data):
        sheet_data.text = "\n"
    else:
        sheet_data.text = None
    return xml.serialised(root)


def _column_of(cell: etree._Element, row: int, following: int, part: str) -> int:
    """The column of a cell, the following one where it does not say; its row must be its own."""
    reference = cell.get("r")
    if reference is None:
        return following
    match = _REFERENCE.fullmatch(reference)
    if match is None or int(match[2]) != row:
        raise xml.damaged(part, f"a cell of row {row} is named {reference[:50]!r}")
    return column_number(match[1])


def _order(element: etree._Element, place: str, part: str) -> None:
    """Put an element's place, style and kind first, and its children in order without space."""
    attributes = _attributes(element)
    attributes["r"] = place
    element.attrib.clear()
    for name in ("r", "s", "t"):
        if name in attributes:
            element.set(name, attributes.pop(name))
    for name, value in attributes.items():
        try:
            element.set(name, value)
        except ValueError as error:
            # The parser lets names with a colon at their end pass.
            raise xml.damaged(part, f"{place} has an attribute named {name[:50]!r}") from error
    if element.text and not element.text.strip():
        element.text = None
    children = sorted(element, key=lambda child: _CHILD_ORDER.get(child.tag, 9))
    for child in children:
        child.tail = None
    if element.tag == f"{Q}c":
        element[:] = children


def _without_prefix(root: etree._Element) -> etree._Element:
    """Make the spreadsheet namespace the default one."""
    spaces: Any = {None: xml.MAIN} | _foreign(root)
    plain = etree.Element(root.tag, _attributes(root), nsmap=spaces)
    _fill(plain, root)
    return plain


def _fill(copy: etree._Element, original: etree._Element) -> None:
    """Copy what is inside an element; its children take the copy's prefixes."""
    copy.text, copy.tail = original.text, original.tail
    for child in original:
        if isinstance(child.tag, str):
            inside = etree.SubElement(copy, child.tag, _attributes(child), nsmap=_foreign(child))
            _fill(inside, child)


def _attributes(element: etree._Element) -> dict[str, str]:
    """What an element's attributes hold, but for those of the spreadsheet's own namespace.

    They say nothing to any program, and would need a prefix.
    """
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    return {name: value for name, value in attributes.items() if not name.startswith(Q)}


def _foreign(element: etree._Element) -> dict[str, str]:
    """The namespaces an element knows, but for the spreadsheet's own."""
    return {prefix: uri for prefix, uri in element.nsmap.items() if prefix and uri != xml.MAIN}
