"""A worksheet's XML, split into its rows and the shell around them."""

from __future__ import annotations

import copy
import functools
import itertools
import re
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.cell_reading import NotPlainError
from scorecard_xl.engines.file.plain_form import find_rows, in_plain_form, is_unusual
from scorecard_xl.engines.file.plain_rows import are_plain, are_sound
from scorecard_xl.engines.file.row_layouts import RowLayouts
from scorecard_xl.engines.file.rows import Rows, column_of, narrowed
from scorecard_xl.engines.file.well_formed import check_well_formed
from scorecard_xl.engines.file.xml import Q, damaged
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.engine import LAST_ROW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from lxml import etree

    from scorecard_xl.engines.file.cell_reading import CellReader
    from scorecard_xl.engines.file.row_layouts import RowLayout
    from scorecard_xl.engines.file.rows import Row
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Area

_FORMULA_CELL = re.compile(rb'<c r="([A-Z]++)[0-9]++"[^>]*+>\s*+<f')
MOST_ROWS = 300_000
# Of areas this narrow only the cells themselves are read, not all of their rows.
_NARROW = 4
_MOST_DIGITS = 7
_CELL_STYLE = re.compile(rb'\bs="(\d+)"')


class Sheet:
    """A worksheet read into rows, with everything else kept as it is."""

    def __init__(self, data: bytes, part: str) -> None:
        self.part = part
        start, end = find_rows(data)
        self._is_proven = False
        rows = data[start:end] if 0 <= start <= end else None
        # Whether every cell has r, s and t in this order, and nothing before or between them.
        self.is_plain = rows is not None and _may_be_plain(rows, data[:start] + data[end:], part)
        if rows is None or not (self.is_plain and self._is_split(data, start, rows)):
            self._parse(data)

    def _parse(self, data: bytes) -> None:
        """Have a parser look at all of it, and write what is unusual in the plain form."""
        self.is_plain = False
        xml.refuse_too_many_tags(data, self.part)
        has_only_tags = check_well_formed(data, self.part)
        start, end = find_rows(data)
        if start < 0 or not has_only_tags or is_unusual(data, start, end):
            data = in_plain_form(data, self.part)
            start, end = find_rows(data)
            if start < 0 or is_unusual(data, start, end, is_anew=True):
                raise damaged(self.part, "its rows are written in an unknown way")
        self._split(data, start, data[start:end])
        self._is_proven = True

    def _is_split(self, data: bytes, start: int, rows: bytes) -> bool:
        try:
            self._split(data, start, rows)
        except FileError:
            # A parser knows better what is wrong, or finds nothing wrong at all.
            return False
        return True

    def _prove(self, but: Collection[int] = ()) -> bool:
        """Make sure that all rows are plain, `but` those that are known to be.

        Where one is not, a parser looks at the sheet, and the rows are told apart anew. Tells
        whether they are as they were.
        """
        if self._is_proven:
            return True
        rows = [row for number, row in self._own_rows.stored().items() if number not in but]
        self._is_proven = are_plain(b"<row ".join([b"", *rows]))
        if self._is_proven:
            return True
        self._parse(self._data)
        return False

    def _split(self, data: bytes, start: int, rows: bytes) -> None:
        self._data = data
        self._head, self._tail = data[:start], data[start + len(rows) :]
        _, *stored_rows = rows.split(b"<row ", MOST_ROWS + 1)
        if len(stored_rows) > MOST_ROWS:
            message = (
                f"The part {self.part} of the workbook is too large; it has more than "
                f"{MOST_ROWS:,} rows: delete the empty ones below its data."
            )
            raise FileError(message)
        if not self.is_plain:
            # Of what may stand between rows, space is usual.
            stored_rows = [piece.rstrip() for piece in stored_rows]
        self._own_rows = Rows(_by_number(stored_rows, self.part), self.part)
        self._rows: Mapping[int, Row] = self._own_rows
        self._layouts = RowLayouts(self._own_rows.stored(), are_plain=self.is_plain)

    @property
    def rows(self) -> Mapping[int, Row]:
        """The rows by their numbers."""
        self._prove()
        return self._rows

    def read(self, area: Area, reader: CellReader) -> list[list[Content]]:
        """Read what the cells of an area hold."""
        return self._read(range(area.top, area.bottom + 1), _columns_of(area), reader)

    def read_together(self, areas: Sequence[Area], reader: CellReader) -> list[list[list[Content]]]:
        """Read several areas of the same rows: where there are many, all of them in one go."""
        first = areas[0]
        if len(areas) == 1 or first.height < reader.alike.fewest:
            return [self.read(area, reader) for area in areas]
        columns = [column for area in areas for column in _columns_of(area)]
        block = self._read(range(first.top, first.bottom + 1), columns, reader)
        ends = itertools.accumulate(area.width for area in areas)
        return [
            [line[end - area.width : end] for line in block]
            for area, end in zip(areas, ends, strict=True)
        ]

    def _read(
        self, numbers: range, columns: Sequence[int], reader: CellReader
    ) -> list[list[Content]]:
        """Read the cells of some columns in the rows with these numbers."""
        is_narrow = self.is_plain and isinstance(columns, range) and len(columns) <= _NARROW
        if is_narrow:
            is_narrow = self._prove() and self.is_plain
        width, top = len(columns), numbers.start
        block: list[list[Content]] = [[None] * width for _ in numbers]
        there: Iterable[int] = numbers
        if len(numbers) > len(self._own_rows):
            there = (number for number in self._own_rows if number in numbers)
        stored = self._own_rows.stored(there)
        if is_narrow:
            stored = narrowed(stored, columns)
        lines = {number: block[number - top] for number in stored}
        # Rows on their own need not be put together again.
        are_whole = self.is_plain and not is_narrow and len(stored) > len(self._own_rows) // 2
        middle = (self._data, len(self._head), len(self._data) - len(self._tail))
        left = reader.alike.fill(stored, lines, columns, among=middle if are_whole else None)
        if not self._prove(stored.keys() - left.keys()):
            return self._read(numbers, columns, reader)
        rows = ((number, self._own_rows.cells_in(row, number)) for number, row in left.items())
        try:
            reader.fill(rows, lines, columns, are_plain=self.is_plain)
        except NotPlainError:
            self._write_plainly()
            return self._read(numbers, columns, reader)
        return block

    def layout(self, number: int) -> RowLayout | None:
        """How a row is laid out, as stored; None for one that is written unusually."""
        self._prove()
        return self._layouts.of(number)

    def formula_count(self, area: Area) -> int:
        """Count the formulas in an area."""
        self._prove()
        total = 0
        known: dict[RowLayout, int] = {}
        for number, row in self._own_rows.stored(range(area.top, area.bottom + 1)).items():
            layout = self._layouts.of(number)
            if layout is None:
                columns = map(column_of, _FORMULA_CELL.findall(row))
                total += sum(area.left <= column <= area.right for column in columns)
            elif layout in known:
                total += known[layout]
            else:
                count = sum(area.left <= column <= area.right for column in layout.of_formulas)
                total += count
                if layout.is_kept:
                    known[layout] = count
        return total

    def _write_plainly(self) -> None:
        """Write the sheet anew in the one form that cells are read in, once."""
        plain = in_plain_form(self._data, self.part)
        if plain == self._data:
            raise damaged(self.part, "a cell is written in an unknown way")
        self.is_plain = False
        start, end = find_rows(plain)
        self._split(plain, start, plain[start:end])

    def with_rows(self, rows: Mapping[int, Row]) -> Sheet:
        """The same sheet with other rows; this one stays as it is."""
        if rows is self.rows:
            return self
        other = copy.copy(self)
        other._rows = rows
        return other

    @property
    def has_shared_formulas(self) -> bool:
        """Whether cells share formulas."""
        self._prove()
        return b't="shared"' in self._data

    def shell(self) -> etree._Element:
        """Everything of the sheet but its rows, parsed."""
        self._prove()
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


def _columns_of(area: Area) -> range:
    return range(area.left, area.right + 1)


def _by_number(rows: Sequence[bytes], part: str) -> dict[int, bytes]:
    """Rows by their numbers, each given as it is stored after ``<row ``."""
    stored = [row[3 : row.find(b'"', 3)] for row in rows]
    longest = max(map(len, stored), default=0)
    if longest <= _MOST_DIGITS and all(stored) and b"".join([b"1", *stored]).isdigit():
        numbers = list(map(int, stored))
        found = dict(zip(numbers, rows, strict=True))
        if len(found) == len(rows) and (not rows or 1 <= min(numbers) <= max(numbers) <= LAST_ROW):
            return found
    found = {}
    for row, number in zip(rows, stored, strict=True):
        if not (number.isdigit() and len(number) <= _MOST_DIGITS and 1 <= int(number) <= LAST_ROW):
            shown = row[:40].partition(b">")[0].decode("utf-8", "replace")
            raise damaged(part, f"a row starts with {shown!r}")
        if int(number) in found:
            raise damaged(part, f"row {int(number)} is there twice")
        found[int(number)] = row
    return found


def _may_be_plain(rows: bytes, frame: bytes, part: str) -> bool:
    """Whether a sheet is sure to be well-formed, if its rows are plain.

    Parameters
    ----------
    rows, frame
        What lies in ``<sheetData>``, and what lies around it.
    """
    if (rows and not rows.startswith(b"<row ")) or not are_sound(rows):
        return False
    try:
        return frame.count(b"<sheetData") == 1 and check_well_formed(frame, part)
    except FileError:
        # What is wrong, and where, is told of the whole.
        return False
