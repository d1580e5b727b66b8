"""A sheet's rows as they are stored."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.xml import damaged
from scorecard_xl.workbook.engine import column_letters, column_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SLASH = ord("/")
_CELL_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_ANY_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)


@functools.lru_cache(maxsize=1024)
def column_of(letters: bytes) -> int:
    """The number of a column, by its letters as they are stored."""
    return column_number(letters.decode())


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
                yield column_of(match[1]), attributes, inner


class Rows(Mapping[int, Row]):
    """The rows of a sheet by number, each told apart from its attributes when it is asked for."""

    def __init__(self, pieces: dict[int, bytes], part: str) -> None:
        self._pieces = pieces
        self._part = part

    def __getitem__(self, number: int) -> Row:
        piece = self._pieces[number]
        head = piece[: piece.find(b">")]
        return Row(number, b" " + head.removesuffix(b"/"), self.cells_in(piece, number))

    def __iter__(self) -> Iterator[int]:
        return iter(self._pieces)

    def __len__(self) -> int:
        return len(self._pieces)

    def __contains__(self, number: object) -> bool:
        return number in self._pieces

    def stored(self, numbers: Iterable[int] | None = None) -> Mapping[int, bytes]:
        """The rows, or those of some that are there, as they are stored after ``<row ``."""
        pieces = self._pieces
        if numbers is None:
            return pieces
        return {number: pieces[number] for number in numbers if number in pieces}

    def cells_in(self, stored: bytes, number: int) -> bytes:
        """The cells of a row, of which no more needs to be there than is stored here."""
        start = stored.find(b">")
        if stored[start - 1] == _SLASH:
            return b""
        end = stored.rfind(b"</row>")
        if end < 0:
            raise damaged(self._part, f"row {number} lies around another")
        return stored[start + 1 : end]


def narrowed(rows: Mapping[int, bytes], columns: Iterable[int]) -> dict[int, bytes]:
    """Plain rows with only those of their cells that some columns have, and what lies between.

    Rows without such a cell are left out; one that has such a cell twice stays as it is.
    """
    tags = [f'<c r="{column_letters(column)}'.encode() for column in columns]
    narrow = {number: _narrowed(row, number, tags) for number, row in rows.items()}
    return {number: row for number, row in narrow.items() if row}


def _narrowed(row: bytes, number: int, tags: Sequence[bytes]) -> bytes:
    """A row with the cells whose tags begin so, and what lies between; nothing without them."""
    digits, found = b'%d"' % number, []
    for tag in tags:
        place = row.find(tag + digits)
        if place >= 0:
            if row.find(tag + digits, place + 1) >= 0:
                return row
            found.append(place)
    if not found:
        return b""
    following = row.find(b"<c ", max(found) + 1)
    end = row.rfind(b"</row>") if following < 0 else following
    return b'r="%d">%s</row>' % (number, row[min(found) : end])
