"""Contents of cells out of a worksheet's XML."""

from __future__ import annotations

import datetime
import functools
import re
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.alike_rows import AlikeRows
from scorecard_xl.engines.file.cells import (
    date_of,
    formula_of,
    number_of,
    rich_text_of,
    text_of,
)
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.cell_content import ErrorValue
from scorecard_xl.workbook.engine import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence, Set

    from scorecard_xl.engines.file.cells import FromStored
    from scorecard_xl.workbook.cell_content import Content, Value

_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
# A cell of a plain row that holds something, written as nearly all are.
_PLAIN = re.compile(
    rb'<c r="([A-Z]{1,3}+)[0-9]++"([^/>]*+)>(?:<f[^/>]*+>([^<]++)</f>)?+'
    rb'(?:(<v>|(?<=t="inlineStr">)<is><t(?: xml:space="preserve")?+>(?!<))([^<]*+)'
    rb"(?:</v>|</t></is>))?+</c>"
)
_ATTRIBUTES = re.compile(
    rb'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?: (?![st]=)[A-Za-z0-9:]+="[^"]*")*\s*'
)
_INSIDE = re.compile(
    rb"(<f\b[^>]*?(?:/>|>([^<]*)</f>))?(<v\b[^>]*?(?:/>|>([^<]*)</v>))?((?:<is/>|<is>(?>.*?</is>))?)"
    rb"(?:<extLst>(?>.*?</extLst>))?",
    re.DOTALL,
)


class NotPlainError(Exception):
    """A cell is written in another form than the plain one."""


class CellReader:
    """Reads contents of cells from their XML, with what the workbook knows of strings and dates."""

    def __init__(
        self,
        *,
        shared_strings: Callable[[], Sequence[str]],
        date_styles: Set[bytes],
        from_1904: bool,
    ) -> None:
        self._shared_strings = shared_strings
        self._date_styles = date_styles
        self._from_1904 = from_1904
        self._of_kind: dict[bytes, FromStored] = {
            b"": number_of,
            b"n": number_of,
            b"s": self._shared,
            b"str": text_of,
            b"inlineStr": text_of,
            b"b": lambda stored: stored.strip() == b"1",
            b"e": lambda stored: ErrorValue(text_of(stored)),
            b"d": _iso_date,
        }
        self._with_attributes = _ByAttributes(self._reader_of)
        self.alike = AlikeRows(self._with_attributes.__getitem__, date_styles)

    def fill(
        self,
        rows: Iterable[tuple[int, bytes]],
        lines: Mapping[int, list[Content]],
        columns: Sequence[int],
        *,
        are_plain: bool = False,
    ) -> None:
        """Put the contents of rows into lines.

        Parameters
        ----------
        rows
            The number and the inside of each row, or of a part of it.
        lines
            A list of contents for each row, with a place for each of the columns.
        columns
            Those that are read; what is in others is not looked at.
        are_plain
            Whether the rows are proved to be so, as `plain_rows.are_plain` does.

        Raises
        ------
        NotPlainError
            A cell is not written in the plain form.
        FileError
            A cell holds what is no value, or stands in another row than its own.
        """
        places = {column_letters(column).encode(): place for place, column in enumerate(columns)}
        for number, inside in rows:
            found = _PLAIN.findall(inside) if are_plain else None
            # All others are blank, and end where they begin.
            if found is not None and len(found) == inside.count(b"</c>"):
                self._fill_plain(found, lines[number], places)
            else:
                self._fill_any(number, inside, lines[number], places)

    def _fill_plain(
        self, cells: Sequence[Sequence[bytes]], line: list[Content], places: Mapping[bytes, int]
    ) -> None:
        """Fill a line from cells of a plain row, of which each that holds something is found."""
        readers, stored = self._with_attributes, b""
        try:
            for letters, attributes, formula, has_value, stored in cells:
                place = places.get(letters)
                if place is None:
                    continue
                if formula:
                    value = stored if has_value else None
                    line[place] = formula_of(formula, value, readers[attributes])
                else:
                    line[place] = readers[attributes](stored) if stored else None
        except (ValueError, IndexError) as error:
            raise _damaged(stored) from error

    def _fill_any(
        self, number: int, inside: bytes, line: list[Content], places: Mapping[bytes, int]
    ) -> None:
        """Fill a line from cells that are written in any way."""
        cells = _CELL.findall(inside)
        if len(cells) != inside.count(b"<c "):
            raise NotPlainError
        for letters, row, attributes, inner in cells:
            place = places.get(letters)
            if place is not None and int(row) != number:
                raise _elsewhere(number)
            if inner and place is not None:
                line[place] = self._content(self._with_attributes[attributes], inner)

    def _content(self, read: FromStored, inside: bytes) -> Content:
        """The content of a cell, whatever it holds."""
        match = _INSIDE.fullmatch(inside)
        if match is None:
            raise NotPlainError
        has_formula, formula, has_value, stored, inline = match.groups()
        try:
            if has_formula is not None:
                value = None if has_value is None else stored or b""
                return formula_of(formula or b"", value, read)
            if inline:
                return rich_text_of(inline)
            return read(stored) if stored else None
        except (ValueError, IndexError) as error:
            raise _damaged(stored or b"") from error

    def _reader_of(self, attributes: bytes) -> FromStored:
        """How a cell with such attributes is read."""
        match = _ATTRIBUTES.fullmatch(attributes)
        if match is None:
            raise NotPlainError
        style, kind = match[1] or b"0", match[2] or b""
        if kind in (b"", b"n") and style in self._date_styles:
            return self._date
        return self._of_kind.get(kind, _of_no_kind)

    def _shared(self, stored: bytes) -> str:
        if not stored.strip().isdigit():
            raise ValueError(stored)
        return self._shared_strings()[int(stored)]

    def _date(self, stored: bytes) -> Value:
        return _date(stored, from_1904=self._from_1904)


class _ByAttributes(dict[bytes, "FromStored"]):
    """How cells are read, by their attributes; worked out once for all that have the same."""

    def __init__(self, reader_of: Callable[[bytes], FromStored]) -> None:
        self._reader_of = reader_of

    def __missing__(self, attributes: bytes) -> FromStored:
        found = self[attributes] = self._reader_of(attributes)
        return found


@functools.lru_cache(maxsize=1024)
def _date(stored: bytes, *, from_1904: bool) -> Value:
    number = number_of(stored)
    try:
        return date_of(number, from_1904=from_1904)
    except (OverflowError, ValueError):
        return number


def _of_no_kind(stored: bytes) -> Value:
    raise ValueError(stored)


def _iso_date(stored: bytes) -> datetime.datetime:
    return datetime.datetime.fromisoformat(stored.decode()).replace(tzinfo=None)


def _elsewhere(row: int) -> FileError:
    return FileError(
        f"The workbook is damaged (in row {row} a cell stands in another row than its own); open "
        "it in Excel, repair it and save."
    )


def _damaged(stored: bytes) -> FileError:
    shown = stored[:50].decode("utf-8", "replace")
    return FileError(
        f"The workbook is damaged (a cell holds {shown!r} as its value); "
        "open it in Excel, repair it and save."
    )
