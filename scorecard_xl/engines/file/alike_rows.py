"""Many rows read at once: one expression for all that are built as a sample of them is."""

from __future__ import annotations

import collections
import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.file.cells import READ_MANY, formula_of, formula_text, text_of
from scorecard_xl.engines.file.plain_rows import CAN_BE_TOLD, ROW_ATTRIBUTES, ROW_NUMBER
from scorecard_xl.engines.file.rows import column_of
from scorecard_xl.workbook.cell_content import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

    from scorecard_xl.engines.file.cells import FromStored
    from scorecard_xl.workbook.cell_content import Content, ErrorValue, Value

# An expression takes some milliseconds to make, as so many rows take that are read cell by cell.
_FEWEST = 250
_SAMPLE = 40
# How often the rows that are left are sampled again.
_TRIES = 3
# What more columns or forms of cells would need is slow to make.
_MOST_COLUMNS, _MOST_FORMS = 64, 64
# So many rows together bound the memory that their cells take on the way.
_TOGETHER = 10_000

# Its inside ends where another cell begins, so that rows without an end are soon given up.
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"((?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?)'
    rb"(?:/>|>((?:[^<]|<(?!/?c[ >]))*+)</c>)"
)
_INSIDE = re.compile(
    rb'(?:(<f(?: aca="false")?+>)[^<]++</f>)?(<v>[^<]*+</v>)?'
    rb'(<is><t(?: xml:space="preserve")?+>[^<]++</t></is>)?'
)
_ANY_STYLE, _ANY_KIND = b'(?: s="[0-9]++")?+', b'(?: t="[A-Za-z]++")?+'
_BLANK = _ANY_STYLE + _ANY_KIND + b"(?:/>|></c>)"
# What is in a cell, but how its formula begins: whether a formula, a value, a text of its own.
_INSIDES = {
    (False, True, False): b"<v>([^<]*+)</v>",
    (True, True, False): b"([^<]++)</f><v>([^<]*+)</v>",
    (True, False, False): b"([^<]++)</f>",
    (False, False, True): b'<is><t(?: xml:space="preserve")?+>([^<]++)</t></is>',
}


class _Form(NamedTuple):
    """How cells that hold something are written: an expression, and what its groups find."""

    expression: bytes
    has_formula: bool
    has_value: bool


class _Column(NamedTuple):
    """The cells of a column: the forms they have, and what reads what these hold."""

    letters: bytes
    forms: Mapping[_Form, FromStored]
    is_in_every_row: bool

    def expression(self, *, is_wanted: bool) -> bytes:
        """An expression for a cell, with groups only where it is wanted."""
        forms = b"|".join((*(form.expression for form in self.forms), _BLANK))
        if not is_wanted:
            forms = forms.replace(b"([", b"(?:[")
        cell = b'<c r="%s\\1"(?:%s)' % (self.letters, forms)
        return cell if self.is_in_every_row else b"(?:%s)?+" % cell

    def contents(self, groups: Iterator[Sequence[bytes]]) -> Sequence[Content] | None:
        """What the cells hold, row by row, out of what the groups found; None if nothing."""
        merged: Sequence[Content] | None = None
        for form, read in self.forms.items():
            contents = _contents(form, read, groups)
            if merged is not None:
                pairs = zip(merged, contents, strict=True)
                contents = [one if one is not None else other for one, other in pairs]
            merged = contents
        return merged


class _RowForm(NamedTuple):
    """How rows of a sheet are built: their columns, and which of them are wanted, by place."""

    columns: Sequence[_Column]
    places: Sequence[int | None]

    def expression(self) -> re.Pattern[bytes]:
        """For a row: its number is the first group, the last is empty."""
        cells = [
            column.expression(is_wanted=place is not None)
            for column, place in zip(self.columns, self.places, strict=True)
        ]
        start = f'<row r="({ROW_NUMBER})"{ROW_ATTRIBUTES}>'.encode()
        return re.compile(start + b"".join(cells) + rb"</row>(?=<row |\Z)()")

    def fill(
        self,
        rows: Sequence[bytes],
        lines: Mapping[int, list[Content]],
        among: tuple[bytes, int, int] | None,
    ) -> Set[int]:
        """Fill the lines of those rows that are built so; gives their numbers."""
        expression, numbers = self.expression(), set[int]()
        if among is not None and len(rows) <= _TOGETHER:
            return set(self._fill(expression.findall(*among), lines))
        for start in range(0, len(rows), _TOGETHER):
            together = b"<row ".join([b"", *rows[start : start + _TOGETHER]])
            numbers.update(self._fill(expression.findall(together), lines))
        return numbers

    def _fill(
        self, found: Sequence[Sequence[bytes]], lines: Mapping[int, list[Content]]
    ) -> Sequence[int]:
        """Fill lines with what the groups found in each row; gives the rows' numbers."""
        if not found:
            return []
        groups = zip(*found, strict=True)
        numbers = list(map(int, next(groups)))
        width = len(next(iter(lines.values())))
        filled: list[Iterable[Content]] = [itertools.repeat(None)] * width
        for column, place in zip(self.columns, self.places, strict=True):
            # A column that is not wanted has no groups.
            found_there = None if place is None else column.contents(groups)
            if place is not None and found_there is not None:
                filled[place] = found_there
        # Not strictly: what is repeated has no end.
        for number, contents in zip(numbers, zip(*filled, strict=False), strict=False):
            line = lines.get(number)
            if line is not None:
                line[:] = contents
        return [number for number in numbers if number in lines]


class AlikeRows:
    """Reads rows that are built alike.

    Parameters
    ----------
    reader_of
        Gives what turns the stored value of a cell with such attributes into its content.
    date_styles
        The styles that make a number a date.
    fewest
        Of fewer rows than so many all are left.
    """

    def __init__(
        self,
        reader_of: Callable[[bytes], FromStored],
        date_styles: Set[bytes],
        *,
        fewest: int = _FEWEST,
    ) -> None:
        self.fewest = fewest
        self._reader_of = reader_of
        self._date_styles = date_styles
        # The style of a date: a cell that names none has the first.
        named = b' s="(?:%s)"' % b"|".join(sorted(date_styles)) if date_styles else b"(?!)"
        self._dates = b'(?:%s|(?! s="))' % named if b"0" in date_styles else named

    def fill(
        self,
        rows: Mapping[int, bytes],
        lines: Mapping[int, list[Content]],
        columns: Sequence[int],
        *,
        among: tuple[bytes, int, int] | None = None,
    ) -> Mapping[int, bytes]:
        """Put the contents of rows into lines, and give the rows that are left.

        The others are in the plain form, as `plain_rows.are_plain` has it.

        Parameters
        ----------
        rows
            Each row by its number, as it is stored after ``<row ``.
        lines
            A list of contents for each row, with a place for each of the columns.
        columns
            Those that are read.
        among
            Bytes that hold these rows, and perhaps others, and where rows begin and end in them.
        """
        for _ in range(_TRIES):
            if len(rows) < self.fewest or not CAN_BE_TOLD:
                break
            stored = [*rows.values()]
            form = self._sampled(stored, columns)
            if form is None:
                break
            try:
                numbers = form.fill(stored, lines, among)
            except (ValueError, IndexError):
                # A cell holds what is no value; read one by one, it is found and named.
                break
            rows = {number: row for number, row in rows.items() if number not in numbers}
            among = None
        return rows

    def _sampled(self, rows: Sequence[bytes], wanted: Sequence[int]) -> _RowForm | None:
        """How rows are built, going by some of them; None where these are written in other ways."""
        sample = rows[:: max(1, len(rows) // _SAMPLE)]
        forms: dict[bytes, dict[_Form, FromStored]] = {}
        seen: collections.Counter[bytes] = collections.Counter()
        for row in sample:
            for letters, attributes, style, kind, inside in _CELL.findall(row):
                seen[letters] += 1
                known = forms.setdefault(letters, {})
                form = self._form(style, kind, inside) if inside else None
                if form is not None:
                    is_text = not (form.has_formula or form.has_value)
                    known.setdefault(form, text_of if is_text else self._reader_of(attributes))
        together = sum(map(len, forms.values()))
        if not forms or len(forms) > _MOST_COLUMNS or together > _MOST_FORMS:
            return None
        columns = [
            _Column(letters, forms[letters], seen[letters] == len(sample))
            for letters in sorted(forms, key=column_of)
        ]
        places = {column: place for place, column in enumerate(wanted)}
        return _RowForm(columns, [places.get(column_of(column.letters)) for column in columns])

    def _form(self, style: bytes, kind: bytes, inside: bytes) -> _Form | None:
        """The form of a cell; None for one that only cells like it have."""
        match = _INSIDE.fullmatch(inside)
        formula = match[1] or b"" if match else b""
        shape = tuple(map(bool, match.groups())) if match else ()
        if shape not in _INSIDES:
            return None
        look = _ANY_STYLE
        if kind in (b"", b"n"):
            is_date = (style or b"0") in self._date_styles
            look = self._dates if is_date else b"(?!%s)%s" % (self._dates, _ANY_STYLE)
        kind = b' t="%s"' % kind if kind else b""
        return _Form(look + kind + b">" + formula + _INSIDES[shape] + b"</c>", *shape[:2])


def _contents(
    form: _Form, read: FromStored, groups: Iterator[Sequence[bytes]]
) -> Sequence[Content]:
    """What cells of a form hold; None where a group is empty, for that is another form's."""
    first = next(groups)
    if not form.has_formula:
        return _read(first, read)
    second = next(groups) if form.has_value else None
    if second is not None and b"" not in first and b"" not in second:
        of_cells = zip(map(formula_text, first), _read(second, read), strict=True)
        return list(map(Formula._make, of_cells))
    stored: Sequence[bytes | None] = second or [None] * len(first)
    pairs = list(zip(first, stored, strict=True))
    known = {pair: formula_of(*pair, read) if pair[0] else None for pair in set(pairs)}
    return list(map(known.__getitem__, pairs))


def _read(stored: Sequence[bytes], read: FromStored) -> Sequence[Value | ErrorValue]:
    """What cells without formulas hold, each value that comes again read once."""
    distinct = set(stored)
    read_many = READ_MANY.get(read)
    if read_many is not None and len(distinct) > len(stored) // 2 and b"" not in distinct:
        return read_many(stored)
    known = {each: read(each) if each else None for each in distinct}
    return list(map(known.__getitem__, stored))
