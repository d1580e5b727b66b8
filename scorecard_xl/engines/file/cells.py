"""Cells as a worksheet's XML holds them: contents out of it, contents into it."""

from __future__ import annotations

import datetime
import math
import re
from typing import TYPE_CHECKING, TypeAlias

from scorecard_xl.exceptions import EngineError, FileError
from scorecard_xl.workbook.engine import (
    NOT_CALCULATED,
    ErrorValue,
    Formula,
    NotCalculated,
    column_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from scorecard_xl.workbook.engine import Content, Value

LONGEST_TEXT = 32_767

# A cell in the plain form: letters, row, attributes, and what it holds: a value alone, a text
# alone, or anything else.
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)'
    rb"(?:/>|><v>([^<]*)</v></c>|><is><t>([^<]*)</t></is></c>|>(.*?)</c>)",
    re.DOTALL,
)
_ATTRIBUTES = re.compile(
    rb'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?: (?![st]=)[A-Za-z0-9:]+="[^"]*")*\s*'
)
# Anything else that a cell may hold: formula, value, text with looks.
_INSIDE = re.compile(
    rb"(<f\b[^>]*?(?:/>|>([^<]*)</f>))?(<v\b[^>]*?(?:/>|>([^<]*)</v>))?((?:<is>(?>.*?</is>))?)"
    rb"(?:<extLst>(?>.*?</extLst>))?",
    re.DOTALL,
)
_PHONETIC = re.compile(rb"<rPh(?:\s[^>]*?)?(?:/>|>.*?</rPh>)", re.S)
_TEXT = re.compile(rb"<t(?:\s[^>]*?)?(?:/>|>(.*?)</t>)", re.S)
_REFERENCE = re.compile(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|(amp|lt|gt|quot|apos));")
_FromStored: TypeAlias = "Callable[[bytes], Value | ErrorValue]"
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What XML cannot hold, and what would be read as such an escape.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_DAY_0 = datetime.datetime(1899, 12, 30)
_DAY_0_OF_1904 = datetime.datetime(1904, 1, 1)


def date_of(serial: float, *, from_1904: bool) -> datetime.datetime:
    """Turn a serial number into a date; raises OverflowError beyond the calendar."""
    day_0 = _DAY_0_OF_1904 if from_1904 else _DAY_0
    # Microseconds would be noise: a serial number is exact to about a millisecond.
    return day_0 + datetime.timedelta(milliseconds=round(serial * 86_400_000))


def serial_of(date: datetime.date, *, from_1904: bool) -> float:
    """Turn a date into its serial number."""
    moment = (
        date
        if isinstance(date, datetime.datetime)
        else datetime.datetime.combine(date, datetime.time())
    )
    since = moment.replace(tzinfo=None) - (_DAY_0_OF_1904 if from_1904 else _DAY_0)
    return since / datetime.timedelta(days=1)


def text_of(xml: bytes) -> str:
    """Undo XML's and Excel's escapes in a piece of text."""
    text = str(xml, "utf-8", "surrogatepass")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    return unescaped(text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    """The character that an XML reference stands for."""
    decimal, hexadecimal, name = match.groups()
    return _CHARACTERS[name] if name else chr(int(decimal or hexadecimal, 10 if decimal else 16))


def unescaped(text: str) -> str:
    """Undo Excel's own escapes, such as ``_x000D_``."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Two escapes may be the halves of one character; half a character alone is none.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def rich_text_of(xml: bytes) -> str:
    """The text of an ``<si>`` or ``<is>``, all its runs, without phonetic hints."""
    if xml.count(b"<t") == 1 and xml.endswith(b"</t></is>"):
        return text_of(xml[xml.index(b">", xml.index(b"<t")) + 1 : -9])
    return "".join(text_of(piece) for piece in _TEXT.findall(_PHONETIC.sub(b"", xml)))


def escaped(text: str) -> str:
    """Escape a text for XML, with Excel's own escapes for what XML cannot hold."""
    # What is printable can be written, but for what looks like an escape: no need to search it.
    if not text.isprintable() or "_x" in text:
        text = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
        # How what a cell stores is read, by the attributes of the cell.
        self._with_attributes: dict[bytes, _FromStored] = {}

    def fill(self, rows: Mapping[bytes, list[Content]], xml: bytes, *, left: int) -> list[bytes]:
        """Put the contents of the cells in a piece of ``<sheetData>`` into rows.

        `rows` holds a list of contents for each row number as cells write it,
        the first for column `left`. Returns the row number of each cell; none
        where one is not written in the plain form. Raises KeyError for a cell
        of another row.
        """
        found = _CELL.findall(xml)
        places = self._places(found, left, max(map(len, rows.values()), default=0))
        of_attributes = self._with_attributes
        stored = b""
        try:
            for attributes in {cell[2] for cell in found} - of_attributes.keys():
                of_attributes[attributes] = self._reader_of(attributes)
            for letters, row, attributes, stored, text, inside in found:
                if letters not in places:
                    continue
                if stored:
                    content: Content = of_attributes[attributes](stored)
                elif text:
                    content = text_of(text)
                elif inside:
                    content = self._content(of_attributes[attributes], inside)
                else:
                    continue
                rows[row][places[letters]] = content
        except _NotPlainError:
            return []
        except (ValueError, IndexError) as error:
            raise _damaged(stored) from error
        return [cell[1] for cell in found]

    def _places(
        self, found: Sequence[tuple[bytes, ...]], left: int, width: int
    ) -> dict[bytes, int]:
        """Where the cells of each column go, of those columns that are read."""
        columns = {letters: column_number(letters.decode()) for letters in {c[0] for c in found}}
        return {
            letters: column - left
            for letters, column in columns.items()
            if left <= column < left + width
        }

    def _reader_of(self, attributes: bytes) -> _FromStored:
        """How a cell with such attributes is read."""
        match = _ATTRIBUTES.fullmatch(attributes)
        if match is None:
            raise _NotPlainError
        style, kind = match[1] or b"0", match[2] or b""
        if kind in (b"", b"n") and style in self._date_styles:
            return self._date
        return self._of_kind.get(kind, _of_no_kind)

    def _content(self, read: _FromStored, inside: bytes) -> Content:
        """The content of a cell that holds more than a value, or a text with looks."""
        match = _INSIDE.fullmatch(inside)
        if match is None:
            raise _NotPlainError
        has_formula, formula, has_value, stored, inline = match.groups()
        if has_formula is None:
            if inline:
                return rich_text_of(inline)
            return read(stored) if stored else None
        text = "=" + text_of(formula or b"")
        if has_value is None or (not stored and read is not text_of):
            return Formula(text, NOT_CALCULATED)
        return Formula(text, read(stored or b""))

    def _shared(self, stored: bytes) -> str:
        if not stored.isdigit():
            raise ValueError(stored)
        return self._shared_strings()[int(stored)]

    def _date(self, stored: bytes) -> Value:
        number = _number(stored)
        try:
            return date_of(number, from_1904=self._from_1904)
        except (OverflowError, ValueError):
            return number


class _NotPlainError(Exception):
    """A cell is written in another form than the plain one."""


def _number(stored: bytes) -> float:
    number = float(stored)
    if not math.isfinite(number):
        raise ValueError(stored)
    return number


def _of_no_kind(stored: bytes) -> Value:
    raise ValueError(stored)


def _iso_date(stored: bytes) -> datetime.datetime:
    return datetime.datetime.fromisoformat(stored.decode()).replace(tzinfo=None)


def _damaged(stored: bytes) -> FileError:
    shown = stored[:50].decode("utf-8", "replace")
    return FileError(
        f"The workbook is damaged (a cell holds {shown!r} as its value); "
        "open it in Excel, repair it and save."
    )


def number_text(number: float) -> str:
    """Write a number as Excel does: the shortest text that reads back the same."""
    if not math.isfinite(number):
        message = f"{number} cannot be written to a cell"
        raise ValueError(message)
    text = repr(number)
    return text[:-2] if text.endswith(".0") else text


class CellWriter:
    """Writes cells; text is always written as text, whatever it starts with."""

    def __init__(self, *, from_1904: bool) -> None:
        self._from_1904 = from_1904

    def cell(self, reference: str, style: str, content: Content) -> str:
        """Write one cell.

        Raises
        ------
        EngineError
            A text longer than a cell can hold.
        """
        start = (
            f'<c r="{reference}" s="{style}"' if style not in ("", "0") else f'<c r="{reference}"'
        )
        if content is None or content == "":
            return f"{start}/>"
        if isinstance(content, str):
            return f'{start} t="inlineStr"><is>{_text_element(content)}</is></c>'
        if isinstance(content, Formula):
            kind, stored = self._stored(content.value)
            formula = escaped(content.text[1:])
            if isinstance(content.value, NotCalculated):
                return f"{start}><f>{formula}</f></c>"
            return f"{start}{kind}><f>{formula}</f><v>{stored}</v></c>"
        kind, stored = self._stored(content)
        return f"{start}{kind}><v>{stored}</v></c>"

    def _stored(self, value: Value | ErrorValue | NotCalculated) -> tuple[str, str]:
        """A value's type, as the attribute of its cell, and how it is stored."""
        if isinstance(value, str):
            return ' t="str"', escaped(value)
        if isinstance(value, bool):
            return ' t="b"', str(int(value))
        if isinstance(value, int | float):
            return "", number_text(value)
        if isinstance(value, datetime.date):
            return "", number_text(serial_of(value, from_1904=self._from_1904))
        if isinstance(value, ErrorValue):
            return ' t="e"', value.text
        return ' t="str"', ""


def _text_element(text: str) -> str:
    """A text as the element that a cell holds it in."""
    if len(text) > LONGEST_TEXT:
        message = (
            f"A text of {len(text):,} characters does not fit a cell; shorten it to "
            f"{LONGEST_TEXT:,}."
        )
        raise EngineError(message)
    stored = escaped(text)
    if stored != stored.strip() or "\n" in stored:
        return f'<t xml:space="preserve">{stored}</t>'
    return f"<t>{stored}</t>"
