"""Cells as a worksheet's XML holds them: contents out of it, contents into it."""

from __future__ import annotations

import datetime
import math
import re
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import EngineError, FileError
from scorecard_xl.workbook.engine import (
    NOT_CALCULATED,
    ErrorValue,
    Formula,
    column_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from scorecard_xl.workbook.engine import Content, NotCalculated, Value

LONGEST_TEXT = 32_767

# A cell in the plain form: letters, row, style, kind, what follows, formula, value, inline text.
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?[^>]*?'
    rb"(/>|>(?:<f\b[^>]*?(?:/>|>([^<]*)</f>))?(?:<v\b[^>]*?(?:/>|>([^<]*)</v>))?(?:(<is>(?>.*?</is>)))?"
    rb"(?:<extLst>(?>.*?</extLst>))?</c>)",
    re.DOTALL,
)
# The same where a sheet has no formulas, which is read twice as fast.
_CELL_WITHOUT_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?[^>]*?'
    rb"(/>|>()(?:<v>([^<]*)</v>|<v/>)?(?:(<is>(?>.*?</is>)))?(?:<extLst>(?>.*?</extLst>))?</c>)",
    re.DOTALL,
)
_PHONETIC = re.compile(rb"<rPh(?:\s[^>]*?)?(?:/>|>.*?</rPh>)", re.S)
_TEXT = re.compile(rb"<t(?:\s[^>]*?)?(?:/>|>(.*?)</t>)", re.S)
_REFERENCE = re.compile(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|(amp|lt|gt|quot|apos));")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LONGEST_INDEX = 10
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
    text = xml.decode("utf-8", "surrogatepass").replace("\r\n", "\n").replace("\r", "\n")
    return unescaped(_REFERENCE.sub(_character, text) if "&" in text else text)


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
        self._kinds: dict[bytes, Callable[[bytes, bytes], Value | ErrorValue]] = {
            b"": self._number,
            b"n": self._number,
            b"s": self._shared,
            b"str": lambda stored, _: text_of(stored),
            b"b": lambda stored, _: stored.strip() == b"1",
            b"e": lambda stored, _: ErrorValue(stored.decode()),
            b"d": self._iso_date,
        }

    def fill(self, rows: Mapping[bytes, list[Content]], xml: bytes, *, left: int) -> list[bytes]:
        """Put the contents of the cells in a piece of ``<sheetData>`` into rows.

        `rows` holds a list of contents for each row number as cells write it,
        the first for column `left`. Returns the row number of each cell found;
        those not written in the plain form are passed over. Raises KeyError for
        a cell of another row.
        """
        found = _CELL.findall(xml) if b"<f" in xml else _CELL_WITHOUT_FORMULA.findall(xml)
        width = max(map(len, rows.values()), default=0)
        places = {
            letters: column_number(letters.decode()) - left
            for letters in {each[0] for each in found}
        }
        inside = {letters: place for letters, place in places.items() if 0 <= place < width}
        strings, dates, isfinite = self._shared_strings(), self._date_styles, math.isfinite
        for letters, row, style, kind, tail, formula, stored, inline in found:
            if tail == b"/>" or letters not in inside:
                continue
            # The two kinds that nearly all cells are of, without further calls.
            if kind == b"s" and tail.startswith(b"><v>") and stored.isdigit():
                index = int(stored) if len(stored) < _LONGEST_INDEX else len(strings)
                content: Content = strings[index] if index < len(strings) else None
                if index >= len(strings):
                    raise _damaged(stored)
            elif not kind and stored and style not in dates and tail.startswith(b"><v>"):
                try:
                    content = float(stored)
                except ValueError as error:
                    raise _damaged(stored) from error
                if not isfinite(content):
                    raise _damaged(stored)
            else:
                content = self._content(style, kind, tail, formula, stored, inline)
            rows[row][inside[letters]] = content
        return [each[1] for each in found]

    def _content(
        self, style: bytes, kind: bytes, tail: bytes, formula: bytes, stored: bytes, inline: bytes
    ) -> Content:
        """The content of a cell from the pieces that `_CELL` finds in it."""
        if kind == b"inlineStr":
            return rich_text_of(inline)
        has_value = b"<v" in tail
        if b"<f" not in tail:
            return self._value(stored, kind, style) if has_value else None
        text = "=" + text_of(formula)
        if not has_value or (not stored and kind != b"str"):
            return Formula(text, NOT_CALCULATED)
        return Formula(text, self._value(stored, kind, style))

    def _value(self, stored: bytes, kind: bytes, style: bytes) -> Value | ErrorValue:
        try:
            return self._kinds[kind](stored, style)
        except (KeyError, ValueError) as error:
            raise _damaged(stored) from error

    def _number(self, stored: bytes, style: bytes) -> Value:
        if not stored:
            return None
        number = float(stored)
        if not math.isfinite(number):
            raise ValueError(stored)
        if style in self._date_styles:
            try:
                return date_of(number, from_1904=self._from_1904)
            except (OverflowError, ValueError):
                return number
        return number

    def _shared(self, stored: bytes, _: bytes) -> str:
        strings = self._shared_strings()
        if not 0 <= int(stored) < len(strings):
            raise ValueError(stored)
        return strings[int(stored)]

    def _iso_date(self, stored: bytes, _: bytes) -> datetime.datetime:
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
        if content is None or (isinstance(content, str) and content == ""):
            return f"{start}/>"
        if isinstance(content, Formula):
            kind, stored = self._stored(content.value)
            kind = "str" if kind == "inlineStr" else kind
            value = f"<v>{stored}</v>" if stored is not None else ""
            return f"{start}{_typed(kind)}><f>{escaped(content.text[1:])}</f>{value}</c>"
        kind, stored = self._stored(content)
        if kind == "inlineStr":
            assert stored is not None
            if len(stored) > LONGEST_TEXT and len(str(content)) > LONGEST_TEXT:
                message = (
                    f"A text of {len(str(content)):,} characters does not fit a cell; shorten it "
                    f"to {LONGEST_TEXT:,}."
                )
                raise EngineError(message)
            space = ' xml:space="preserve"' if stored != stored.strip() or "\n" in stored else ""
            return f'{start} t="inlineStr"><is><t{space}>{stored}</t></is></c>'
        return f"{start}{_typed(kind)}><v>{stored}</v></c>"

    def _stored(self, value: Value | ErrorValue | NotCalculated) -> tuple[str, str | None]:
        """A value's cell type and how it is stored."""
        if value is None:
            return "str", ""
        if isinstance(value, bool):
            return "b", str(int(value))
        if isinstance(value, int | float):
            return "n", number_text(value)
        if isinstance(value, str):
            return "inlineStr", escaped(value)
        if isinstance(value, datetime.date):
            return "n", number_text(serial_of(value, from_1904=self._from_1904))
        if isinstance(value, ErrorValue):
            return "e", value.text
        return "n", None


def _typed(kind: str) -> str:
    return "" if kind == "n" else f' t="{kind}"'
