"""A worksheet's XML, split into its rows and the shell around them."""

from __future__ import annotations

import copy
import dataclasses
import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.parsers import expat

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.cell_reading import NotPlainError
from scorecard_xl.engines.file.plain_form import find_rows, in_plain_form, is_unusual
from scorecard_xl.engines.file.xml import Q, damaged
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.engine import LAST_ROW, column_letters, column_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from scorecard_xl.engines.file.cell_reading import CellReader
    from scorecard_xl.workbook.engine import Area, Content

_FORMULA_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"[^>]*><f')
MOST_ROWS = 300_000
# Of areas this narrow only the cells themselves are read, not all of their rows.
_NARROW = 4
_MOST_DIGITS = 7
_SLASH = ord("/")
_CELL_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_CELL_STYLE = re.compile(rb'\bs="(\d+)"')
_ANY_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)


@dataclasses.dataclass(slots=True)
class Row:
    """A row as stored: its number, the attributes of its ``<row>``, and its cells."""

    number: int
    attributes: bytes
    inner: bytes

    def as_stored(self) -> bytes:
        """The whole element."""
        end = b"/>" if not self.inner else b">" + self.inner + b"</row>"
        return b"<row" + self.attributes + end

    def cells(self) -> Iterator[tuple[int, bytes, bytes]]:
        """Each cell's column, attributes and inside."""
        for attributes, inner in _ANY_CELL.findall(self.inner):
            match = _CELL_REFERENCE.search(attributes)
            if match:
                yield column_number(match[1].decode()), attributes, inner


class Rows(Mapping[int, Row]):
    """The rows of a sheet by number, each told apart from its attributes when it is asked for."""

    def __init__(self, pieces: dict[int, bytes], part: str) -> None:
        self._pieces = pieces
        self._part = part

    def __getitem__(self, number: int) -> Row:
        head, _, _ = self._pieces[number].partition(b">")
        return Row(number, b" " + head.removesuffix(b"/"), self.inner(number))

    def __iter__(self) -> Iterator[int]:
        return iter(self._pieces)

    def __len__(self) -> int:
        return len(self._pieces)

    def __contains__(self, number: object) -> bool:
        return number in self._pieces

    def inner(self, number: int) -> bytes:
        """The cells of a row."""
        piece = self._pieces[number]
        start = piece.find(b">")
        if piece[start - 1] == _SLASH:
            return b""
        end = piece.rfind(b"</row>")
        if end < 0:
            raise damaged(self._part, f"row {number} lies around another")
        return piece[start + 1 : end]


def _part_of(inner: bytes, number: int, tags: Sequence[bytes]) -> bytes:
    """The part of a row that holds the cells whose tags begin so; others may lie between them."""
    digits = b'%d"' % number
    found = [place for tag in tags if (place := inner.find(tag + digits)) >= 0]
    if not found:
        return inner
    end = inner.find(b"<c ", max(found) + 1)
    return inner[min(found) :] if end < 0 else inner[min(found) : end]


class Sheet:
    """A worksheet read into rows, with everything else kept as it is."""

    def __init__(self, data: bytes, part: str) -> None:
        self.part = part
        has_only_tags = _check_well_formed(data, part)
        start, end = find_rows(data)
        if start < 0 or not has_only_tags or is_unusual(data, start, end):
            data = in_plain_form(data, part)
            start, end = find_rows(data)
            if start < 0 or is_unusual(data, start, end):
                raise damaged(part, "its rows are written in an unknown way")
        self._split(data, start, end)

    def _split(self, data: bytes, start: int, end: int) -> None:
        self._data = data
        self._head, middle, self._tail = data[:start], data[start:end], data[end:]
        count = middle.count(b"<row ")
        if count > MOST_ROWS:
            message = (
                f"The part {self.part} of the workbook is too large; it has {count:,} rows: delete "
                "the empty ones below its data."
            )
            raise FileError(message)
        pieces: dict[int, bytes] = {}
        for piece in middle.split(b"<row ")[1:]:
            stored = piece[3 : piece.find(b'"', 3)]
            number = int(stored) if stored.isdigit() and len(stored) <= _MOST_DIGITS else 0
            if not 1 <= number <= LAST_ROW:
                shown = piece[:40].partition(b">")[0].decode("utf-8", "replace")
                raise damaged(self.part, f"a row starts with {shown!r}")
            if number in pieces:
                raise damaged(self.part, f"row {number} is there twice")
            pieces[number] = piece
        self._own_rows = Rows(pieces, self.part)
        self.rows: Mapping[int, Row] = self._own_rows

    def read(self, area: Area, reader: CellReader) -> list[list[Content]]:
        """Read what the cells of an area hold."""
        block: list[list[Content]] = [[None] * area.width for _ in range(area.height)]
        numbers: Iterable[int] = range(area.top, area.bottom + 1)
        if area.height > len(self.rows):
            numbers = (number for number in self.rows if area.top <= number <= area.bottom)
        there = self._own_rows
        pieces = [(number, there.inner(number)) for number in numbers if number in there]
        if area.width <= _NARROW:
            columns = range(area.left, area.right + 1)
            tags = [f'<c r="{column_letters(column)}'.encode() for column in columns]
            pieces = [(number, _part_of(inner, number, tags)) for number, inner in pieces]
        lines = {number: block[number - area.top] for number, _ in pieces}
        try:
            reader.fill(pieces, lines, left=area.left)
        except NotPlainError:
            self._write_plainly()
            return self.read(area, reader)
        return block

    def formula_count(self, area: Area) -> int:
        """Count the formulas in an area."""
        letters = {column_letters(column).encode() for column in range(area.left, area.right + 1)}
        numbers = range(area.top, area.bottom + 1)
        there = self._own_rows
        rows = [there.inner(number) for number in numbers if number in there]
        return sum(found in letters for row in rows for found in _FORMULA_CELL.findall(row))

    def _write_plainly(self) -> None:
        """Write the sheet anew in the one form that cells are read in, once."""
        plain = in_plain_form(self._data, self.part)
        if plain == self._data:
            raise damaged(self.part, "a cell is written in an unknown way")
        self._split(plain, *find_rows(plain))

    def with_rows(self, rows: Mapping[int, Row]) -> Sheet:
        """The same sheet with other rows; this one stays as it is."""
        if rows is self.rows:
            return self
        other = copy.copy(self)
        other.rows = rows
        return other

    @property
    def has_shared_formulas(self) -> bool:
        """Whether cells share formulas."""
        return b't="shared"' in self._data

    def shell(self) -> etree._Element:
        """Everything of the sheet but its rows, parsed."""
        return xml.parse(self._head + self._tail, self.part)

    @functools.cached_property
    def shell_as_read(self) -> etree._Element:
        """The same, parsed once; not to be changed."""
        return self.shell()

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
            (
                xml.whole_number(group, "min"),
                xml.whole_number(group, "max"),
                str(xml.whole_number(group, "style")),
            )
            for group in self.shell_as_read.iterfind(f"{Q}cols/{Q}col")
        ]

    def height(self, row: int) -> float | None:
        """The height given to a row, None where it has none of its own."""
        if row in self.rows:
            match = re.search(rb'\bht="(\d+\.?\d*)"', self.rows[row].attributes)
            return float(match[1]) if match else None
        return None


def _check_well_formed(data: bytes, part: str) -> bool:
    """Refuse what is no XML, before regular expressions look at it.

    Tells whether there is nothing in it but elements and text in UTF-8.
    """
    xml.refuse_too_many_tags(data, part)
    parser = expat.ParserCreate()
    others: list[object] = []

    def refuse_doctype(*_: object) -> None:
        raise xml.with_doctype(part)

    def note_declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.casefold() != "utf-8":
            others.append(encoding)

    def note(*found: object) -> None:
        others[:] = found

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.XmlDeclHandler = note_declared
    parser.CommentHandler = parser.ProcessingInstructionHandler = note
    parser.StartCdataSectionHandler = note
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # An encoding that Python does not know, or that Expat cannot do, is told in two other ways.
        raise damaged(part, str(error)) from error
    return not others
