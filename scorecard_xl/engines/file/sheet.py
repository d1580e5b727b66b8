"""A worksheet's XML, split into its rows and the shell around them."""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from lxml import etree

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.xml import Q
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.engine import column_letters, column_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorecard_xl.engines.file.cells import CellReader, CellWriter
    from scorecard_xl.workbook.engine import Area, Content

_ROW = re.compile(rb"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.S)
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_CELL_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_CELL_STYLE = re.compile(rb'\bs="(\d+)"')
_ANY_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_CHILD_ORDER = {f"{Q}f": 0, f"{Q}v": 1, f"{Q}is": 2}
_SPANS = re.compile(rb'\s*\bspans="[^"]*"')
_HEIGHT = re.compile(rb'\s*\b(?:ht|customHeight)="[^"]*"')


@dataclasses.dataclass(slots=True)
class Row:
    """A row as stored: its number, the attributes of its ``<row>``, and its cells."""

    number: int
    attributes: bytes
    inner: bytes

    def cells(self) -> Iterator[tuple[int, bytes, bytes]]:
        """Each cell's column, attributes and inside."""
        for attributes, inner in _ANY_CELL.findall(self.inner):
            match = _CELL_REFERENCE.search(attributes)
            if match:
                yield column_number(match[1].decode()), attributes, inner


class Sheet:
    """A worksheet read into rows, with everything else kept as it is."""

    def __init__(self, data: bytes, part: str) -> None:
        self.part = part
        _check_well_formed(data, part)
        start, end = _sheet_data(data)
        if start < 0 or _is_unusual(data, start, end):
            data = _usual(data, part)
            start, end = _sheet_data(data)
        self._split(data, start, end)

    def _split(self, data: bytes, start: int, end: int) -> None:
        self._data = data
        self._head, middle, self._tail = data[:start], data[start:end], data[end:]
        self.rows: dict[int, Row] = {}
        for attributes, inner in _ROW.findall(middle):
            match = _ROW_NUMBER.search(attributes)
            number = int(match[1]) if match else 0
            if number < 1 or number in self.rows:
                raise _damaged(self.part, f"row {number} is there twice")
            self.rows[number] = Row(number, attributes, inner)

    def read(self, area: Area, reader: CellReader) -> list[list[Content]]:
        """Read what the cells of an area hold."""
        block: list[list[Content]] = [[None] * area.width for _ in range(area.height)]
        numbers: Iterable[int] = range(area.top, area.bottom + 1)
        if area.height > len(self.rows):
            numbers = (number for number in self.rows if area.top <= number <= area.bottom)
        inside = b"".join([self.rows[number].inner for number in numbers if number in self.rows])
        try:
            found = reader.fill(block, inside, top=area.top, left=area.left)
        except IndexError as error:
            raise _damaged(self.part, "a cell stands in another row than its own") from error
        if found != inside.count(b"<c "):
            self._write_plainly()
            return self.read(area, reader)
        return block

    def formula_count(self, area: Area) -> int:
        """Count the formulas in the rows of an area, whatever their column."""
        numbers = range(area.top, area.bottom + 1)
        return sum(
            self.rows[number].inner.count(b"<f") for number in numbers if number in self.rows
        )

    def _write_plainly(self) -> None:
        """Write the sheet anew in the one form that cells are read in, once."""
        plain = _usual(self._data, self.part)
        if plain == self._data:
            raise _damaged(self.part, "a cell is written in an unknown way")
        self._split(plain, *_sheet_data(plain))

    def shell(self) -> etree._Element:
        """Everything of the sheet but its rows, parsed."""
        return xml.parse(self._head + self._tail, self.part)

    def style(self, row: int, column: int) -> str | None:
        """The style of a cell, None where there is no cell."""
        if row in self.rows:
            for found, attributes, _ in self.rows[row].cells():
                if found == column:
                    match = _CELL_STYLE.search(attributes)
                    return match[1].decode() if match else "0"
        return None

    def look(self, row: int, column: int) -> str:
        """The style a cell shows: its own, or that of its row or column where there is no cell."""
        own = self.style(row, column)
        if own is not None:
            return own
        attributes = self.rows[row].attributes if row in self.rows else b""
        match = _CELL_STYLE.search(attributes) if b"customFormat=" in attributes else None
        groups = self._column_styles
        of_column = (style for first, last, style in groups if first <= column <= last)
        return match[1].decode() if match else next(of_column, "0")

    @functools.cached_property
    def _column_styles(self) -> list[tuple[int, int, str]]:
        """First and last column of each group that has a style."""
        return [
            (int(group.get("min", "0")), int(group.get("max", "0")), group.get("style", "0"))
            for group in self.shell().iterfind(f"{Q}cols/{Q}col")
        ]

    def height(self, row: int) -> float | None:
        """The height given to a row, None where it has none of its own."""
        if row in self.rows:
            match = re.search(rb'\bht="([\d.]+)"', self.rows[row].attributes)
            return float(match[1]) if match else None
        return None


def _damaged(part: str, why: str) -> FileError:
    return FileError(
        f"The part {part} of the workbook is damaged ({why}); open it in Excel, repair it and save."
    )


def _check_well_formed(data: bytes, part: str) -> None:
    """Refuse what is no XML, before regular expressions look at it."""
    parser = expat.ParserCreate()

    def refuse_doctype(*_: object) -> None:
        message = (
            f"The part {part} of the workbook declares a document type, which Excel never writes; "
            "it is not read."
        )
        raise FileError(message)

    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = (
            f"The part {part} of the workbook is damaged ({error}); open it in Excel, repair it "
            "and save."
        )
        raise FileError(message) from error


def _sheet_data(data: bytes) -> tuple[int, int]:
    """Where the rows lie: just inside ``<sheetData>``; an empty element has no room."""
    opening = re.search(rb"<sheetData\b[^>]*?(/?)>", data)
    if not opening or opening[1]:
        return -1, -1
    return opening.end(), data.rfind(b"</sheetData>")


def _is_unusual(data: bytes, start: int, end: int) -> bool:
    """Whether the rows are written in a way that only a parser understands."""
    middle = data[start:end]
    declared = data[:200].split(b"?>", 1)[0].lower()
    if b"encoding" in declared and b"utf-8" not in declared:
        return True
    cells = middle.count(b"<c ") + middle.count(b"<c>")
    if cells != middle.count(b'<c r="') or middle.count(b"<row") != middle.count(b'<row r="'):
        return True
    return b"<!" in middle or b"<?" in middle


def _usual(data: bytes, part: str) -> bytes:
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
        row_number = int(row.get("r", row_number + 1))
        _order(row, str(row_number))
        column = 0
        for cell in row.iterchildren(f"{Q}c"):
            reference = cell.get("r")
            column = column_number(reference.rstrip("0123456789")) if reference else column + 1
            _order(cell, f"{column_letters(column)}{row_number}")
    etree.strip_tags(sheet_data, etree.Comment, etree.ProcessingInstruction)
    if None not in root.nsmap:
        root = _without_prefix(root)
        sheet_data = root.find(f"{Q}sheetData")
        assert sheet_data is not None
    if not len(sheet_data):
        sheet_data.text = "\n"
    else:
        sheet_data.text = None
    return xml.serialised(root)


def _order(element: etree._Element, place: str) -> None:
    """Put an element's place, style and kind first, and its children in order without space."""
    attributes = _attributes(element)
    attributes["r"] = place
    element.attrib.clear()
    for name in ("r", "s", "t"):
        if name in attributes:
            element.set(name, attributes.pop(name))
    for name, value in attributes.items():
        element.set(name, value)
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
    return {str(name): str(value) for name, value in element.attrib.items()}


def _foreign(element: etree._Element) -> dict[str, str]:
    """The namespaces an element knows, but for the spreadsheet's own."""
    return {prefix: uri for prefix, uri in element.nsmap.items() if prefix and uri != xml.MAIN}


KEEP = object()


@dataclasses.dataclass
class CellEdit:
    """What becomes of a cell: its content, its style, or both; KEEP leaves one alone."""

    content: Content | object = KEEP
    style: str | object = KEEP


@dataclasses.dataclass
class RowEdits:
    """What becomes of a row: cells by column, and a height (None: the default)."""

    cells: dict[int, CellEdit] = dataclasses.field(default_factory=dict)
    height: float | object | None = KEEP


def stamped_rows(
    sheet: Sheet, edits: Mapping[int, RowEdits], writer: CellWriter
) -> tuple[bytes, bool]:
    """Write the rows anew where they are edited, and copy them where not.

    Tells, too, whether a formula was copied.
    """
    pieces: list[bytes] = []
    keeps_a_formula = False
    for number in sorted(sheet.rows.keys() | edits.keys()):
        row = sheet.rows.get(number)
        if number in edits:
            piece, keeps = _stamped_row(number, row, edits[number], writer)
            pieces.append(piece)
            keeps_a_formula |= keeps
        elif row is not None:
            end = b"/>" if not row.inner else b">" + row.inner + b"</row>"
            pieces.append(b"<row" + row.attributes + end)
            keeps_a_formula |= b"<f" in row.inner
    return b"".join(pieces), keeps_a_formula


def _stamped_row(
    number: int, row: Row | None, edits: RowEdits, writer: CellWriter
) -> tuple[bytes, bool]:
    """Write one edited row; cells that are not edited are copied as they are."""
    kept, styles, keeps_a_formula = _kept_cells(row, edits)
    cells: dict[int, bytes] = kept
    for column, edit in edits.cells.items():
        if column in cells:
            continue
        style = styles.get(column, "0") if edit.style is KEEP else edit.style
        content = None if edit.content is KEEP else edit.content
        if content is None and style == "0":
            continue
        reference = f"{column_letters(column)}{number}"
        cells[column] = writer.cell(reference, style, content).encode()  # type: ignore[arg-type]
    attributes = _row_attributes(number, row, edits)
    if not cells:
        is_bare = re.fullmatch(rb'\s*r="\d+"\s*', attributes)
        return (b"" if is_bare else b"<row" + attributes + b"/>"), keeps_a_formula
    inner = b"".join([cells[column] for column in sorted(cells)])
    return b"<row" + attributes + b">" + inner + b"</row>", keeps_a_formula


def _kept_cells(row: Row | None, edits: RowEdits) -> tuple[dict[int, bytes], dict[int, str], bool]:
    """The cells that keep their content, the styles of all, and whether a formula is kept."""
    kept: dict[int, bytes] = {}
    styles: dict[int, str] = {}
    keeps_a_formula = False
    for column, attributes, inner in row.cells() if row is not None else ():
        edit = edits.cells.get(column)
        if edit is None or edit.content is KEEP:
            style = KEEP if edit is None else edit.style
            kept[column] = _restyled(attributes, inner, style)
            keeps_a_formula |= b"<f" in inner
        else:
            match = _CELL_STYLE.search(attributes)
            styles[column] = match[1].decode() if match else "0"
    return kept, styles, keeps_a_formula


def _restyled(attributes: bytes, inner: bytes, style: str | object) -> bytes:
    """A cell with another style and the same content."""
    if style is not KEEP:
        attributes = re.sub(rb'\s*\bs="\d+"', b"", attributes)
        attributes += f' s="{style}"'.encode()
    return b"<c" + attributes + (b">" + inner + b"</c>" if inner else b"/>")


def _row_attributes(number: int, row: Row | None, edits: RowEdits) -> bytes:
    """The attributes of an edited row: no spans, and its height if that is edited."""
    attributes = _SPANS.sub(b"", row.attributes) if row else f' r="{number}"'.encode()
    if edits.height is KEEP:
        return attributes
    attributes = _HEIGHT.sub(b"", attributes)
    if edits.height is not None:
        attributes += f' ht="{edits.height:g}" customHeight="1"'.encode()
    return attributes
