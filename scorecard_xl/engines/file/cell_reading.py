"""Contents of cells out of a worksheet's XML; rows that are built alike, with one expression."""

from __future__ import annotations

import datetime
import functools
import math
import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from scorecard_xl.engines.file.cells import date_of, rich_text_of, text_of
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.engine import NOT_CALCULATED, ErrorValue, Formula, column_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence, Set

    from scorecard_xl.workbook.engine import Content, Value

_FromStored: TypeAlias = "Callable[[bytes], Value | ErrorValue]"

_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_ATTRIBUTES = re.compile(
    rb'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?: (?![st]=)[A-Za-z0-9:]+="[^"]*")*\s*'
)
_INSIDE = re.compile(
    rb"(<f\b[^>]*?(?:/>|>([^<]*)</f>))?(<v\b[^>]*?(?:/>|>([^<]*)</v>))?((?:<is/>|<is>(?>.*?</is>))?)"
    rb"(?:<extLst>(?>.*?</extLst>))?",
    re.DOTALL,
)
# Of a cell as nearly all are: its attributes, formula, value and text.
_ALIKE = rb'"([^>]*)(?:/>|>(?:<f>([^<]*)</f>)?(?:<v>([^<]*)</v>)?(?:<is><t>([^<]*)</t></is>)?</c>)'
_GROUPS = 4
# Of more kinds than these, and of wider rows, each row is read cell by cell.
_MOST_KINDS = 64
_MOST_CELLS = 64


class NotPlainError(Exception):
    """A cell is written in another form than the plain one."""


class _RowKind(NamedTuple):
    """Rows with cells in the same columns."""

    columns: tuple[int, ...]
    pattern: re.Pattern[bytes]

    def places(self, left: int, width: int) -> list[tuple[int, int]]:
        """Where in the groups each cell of an area begins, and where it goes."""
        return [
            (1 + _GROUPS * i, column - left)
            for i, column in enumerate(self.columns)
            if left <= column < left + width
        ]


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
        self._of_kind: dict[bytes, _FromStored] = {
            b"": _number,
            b"n": _number,
            b"s": self._shared,
            b"str": text_of,
            b"inlineStr": text_of,
            b"b": lambda stored: stored.strip() == b"1",
            b"e": lambda stored: ErrorValue(stored.decode()),
            b"d": _iso_date,
        }
        self._with_attributes = _ByAttributes(self._reader_of)
        self._row_kinds: dict[tuple[bytes, ...], _RowKind] = {}

    def fill(
        self, rows: Iterable[tuple[int, bytes]], lines: Mapping[int, list[Content]], *, left: int
    ) -> None:
        """Put the contents of rows into lines.

        Parameters
        ----------
        rows
            The number and the inside of each row, or of a part of it.
        lines
            A list of contents for each row, the first for column `left`.

        Raises
        ------
        NotPlainError
            A cell is not written in the plain form.
        FileError
            A cell holds what is no value, or stands in another row than its own.
        """
        width = max(map(len, lines.values()), default=0)
        kind: _RowKind | None = None
        places: list[tuple[int, int]] = []
        for number, inside in rows:
            match = kind.pattern.fullmatch(inside) if kind is not None else None
            if match is None:
                kind = self._row_kind(inside)
                match = kind.pattern.fullmatch(inside) if kind is not None else None
                if kind is None or match is None:
                    kind = None
                    self._fill_by_cell(number, inside, lines[number], left)
                    continue
                places = kind.places(left, width)
            if int(match[1]) != number:
                raise _elsewhere(number)
            self._fill_alike(match.groups(), places, lines[number])

    def _row_kind(self, inside: bytes) -> _RowKind | None:
        """The kind of a row, None where it is read cell by cell."""
        letters = tuple(_COLUMN.findall(inside))
        kind = self._row_kinds.get(letters)
        if kind is None and 0 < len(letters) <= _MOST_CELLS and len(self._row_kinds) < _MOST_KINDS:
            cells = [rb'<c r="%s(?P=row)' % each + _ALIKE for each in letters]
            cells[0] = cells[0].replace(b"(?P=row)", b"(?P<row>[0-9]{1,7})")
            columns = tuple(column_number(each.decode()) for each in letters)
            kind = self._row_kinds[letters] = _RowKind(columns, re.compile(b"".join(cells)))
        return kind

    def _fill_alike(
        self,
        groups: Sequence[bytes | None],
        places: Sequence[tuple[int, int]],
        line: list[Content],
    ) -> None:
        """Fill a line from what the pattern of its row's kind found."""
        readers = self._with_attributes
        stored: bytes | None = b""
        try:
            for at, place in places:
                stored = groups[at + 2]
                formula = groups[at + 1]
                if formula is not None:
                    read = readers[groups[at]]  # type: ignore[index]
                    line[place] = _formula(formula, stored, read)
                elif stored:
                    line[place] = readers[groups[at]](stored)  # type: ignore[index]
                elif text := groups[at + 3]:
                    line[place] = text_of(text)
        except (ValueError, IndexError) as error:
            raise _damaged(stored or b"") from error

    def _fill_by_cell(self, number: int, inside: bytes, line: list[Content], left: int) -> None:
        """Fill a line from a row that is not of a kind with others."""
        cells = _CELL.findall(inside)
        if len(cells) != inside.count(b"<c "):
            raise NotPlainError
        for letters, row, attributes, inner in cells:
            if int(row) != number:
                raise _elsewhere(number)
            place = column_number(letters.decode()) - left
            if inner and 0 <= place < len(line):
                line[place] = self._content(self._with_attributes[attributes], inner)

    def _content(self, read: _FromStored, inside: bytes) -> Content:
        """The content of a cell, whatever it holds."""
        match = _INSIDE.fullmatch(inside)
        if match is None:
            raise NotPlainError
        has_formula, formula, has_value, stored, inline = match.groups()
        try:
            if has_formula is not None:
                value = None if has_value is None else stored or b""
                return _formula(formula or b"", value, read)
            if inline:
                return rich_text_of(inline)
            return read(stored) if stored else None
        except (ValueError, IndexError) as error:
            raise _damaged(stored or b"") from error

    def _reader_of(self, attributes: bytes) -> _FromStored:
        """How a cell with such attributes is read."""
        match = _ATTRIBUTES.fullmatch(attributes)
        if match is None:
            raise NotPlainError
        style, kind = match[1] or b"0", match[2] or b""
        if kind in (b"", b"n") and style in self._date_styles:
            return self._date
        return self._of_kind.get(kind, _of_no_kind)

    def _shared(self, stored: bytes) -> str:
        if not stored.isdigit():
            raise ValueError(stored)
        return self._shared_strings()[int(stored)]

    def _date(self, stored: bytes) -> Value:
        return _date(stored, from_1904=self._from_1904)


class _ByAttributes(dict[bytes, _FromStored]):
    """How cells are read, by their attributes; worked out once for all that have the same."""

    def __init__(self, reader_of: Callable[[bytes], _FromStored]) -> None:
        self._reader_of = reader_of

    def __missing__(self, attributes: bytes) -> _FromStored:
        found = self[attributes] = self._reader_of(attributes)
        return found


def _formula(formula: bytes, stored: bytes | None, read: _FromStored) -> Formula:
    """A formula and its value, not calculated yet where none is stored."""
    if stored is None or (not stored and read is not text_of):
        return Formula(_formula_text(formula), NOT_CALCULATED)
    return Formula(_formula_text(formula), read(stored))


@functools.lru_cache(maxsize=1024)
def _formula_text(formula: bytes) -> str:
    return "=" + text_of(formula)


def _number(stored: bytes) -> float:
    number = float(stored)
    if not math.isfinite(number):
        raise ValueError(stored)
    return number


@functools.lru_cache(maxsize=1024)
def _date(stored: bytes, *, from_1904: bool) -> Value:
    number = _number(stored)
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
