"""Cells as a worksheet's XML holds them: contents out of it, contents into it."""

from __future__ import annotations

import datetime
import functools
import math
import re
from typing import TYPE_CHECKING, TypeAlias

from scorecard_xl.exceptions import EngineError
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, ErrorValue, Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard_xl.workbook.cell_content import Content, NotCalculated, Value

FromStored: TypeAlias = "Callable[[bytes], Value | ErrorValue]"

LONGEST_TEXT = 32_767
# Longer texts hardly ever come again.
_LONGEST_WORD = 32

_PHONETIC = re.compile(rb"<rPh(?:\s[^>]*?)?(?:/>|>.*?</rPh>)", re.S)
_TEXT = re.compile(rb"<t(?:\s[^>]*?)?(?:/>|>(.*?)</t>)", re.S)
_REFERENCE = re.compile(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|(amp|lt|gt|quot|apos));")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What XML cannot hold, and what would be read as such an escape.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
# Of those in UTF-8: control characters, and how the last of all begin.
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n")
_MAY_BE_UNWRITABLE = b"\xef\xbf"
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


def texts_of(stored: Sequence[bytes]) -> list[str]:
    """Many pieces of text, as `text_of` reads each."""
    together = b"\n".join(stored)
    if b"&" in together or b"_x" in together or b"\r" in together:
        return list(map(text_of, stored))
    texts = str(together, "utf-8", "surrogatepass").split("\n")
    return texts if len(texts) == len(stored) else list(map(text_of, stored))


def number_of(stored: bytes) -> float:
    """A number as stored; raises ValueError for what is none."""
    number = float(stored)
    if not math.isfinite(number):
        raise ValueError(stored)
    return number


def _numbers_of(stored: Sequence[bytes]) -> list[Value | ErrorValue]:
    """Many numbers, as `number_of` reads each."""
    numbers: list[Value | ErrorValue] = [*map(float, stored)]
    if not all(map(math.isfinite, numbers)):  # type: ignore[arg-type]
        raise ValueError(stored)
    return numbers


# What reads many values at once, by what reads each.
READ_MANY: Mapping[FromStored, Callable[[Sequence[bytes]], Sequence[Value | ErrorValue]]] = {
    text_of: texts_of,
    number_of: _numbers_of,
}


def formula_of(formula: bytes, stored: bytes | None, read: FromStored) -> Formula:
    """A formula and its value, not calculated yet where none is stored."""
    if stored is None or (not stored and read is not text_of):
        return Formula(formula_text(formula), NOT_CALCULATED)
    return Formula(formula_text(formula), read(stored))


@functools.lru_cache(maxsize=1024)
def formula_text(formula: bytes) -> str:
    """A formula as stored, as it is written: with ``=``."""
    return "=" + text_of(formula)


def escaped(text: str) -> str:
    """Escape a text for XML, with Excel's own escapes for what XML cannot hold."""
    # What is printable can be written, but for what looks like an escape: no need to search it.
    if not text.isprintable() or "_x" in text:
        text = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def number_text(number: float) -> str:
    """Write a number as Excel does: the shortest text that reads back the same."""
    text = repr(number)
    if text[-1] in "fn":
        message = f"{number} cannot be written to a cell"
        raise ValueError(message)
    return text[:-2] if text[-2:] == ".0" else text


def number_texts(numbers: Sequence[float]) -> list[str]:
    """Write many numbers, as `number_text` does each."""
    texts = "\n".join(map(repr, numbers)) + "\n"
    if "n" in texts:
        return [number_text(number) for number in numbers]
    return texts.replace(".0\n", "\n").split("\n")[:-1]


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
        return start_of_cell(reference, style) + self.rest_of_cell(content)

    def rest_of_cell(self, content: Content) -> str:
        """Write what follows a cell's reference and style."""
        kind = content.__class__
        if isinstance(content, Formula):
            return self._rest_of_formula(content)
        if kind is str:
            return word_cell(content) if content else "/>"  # type: ignore[arg-type]
        if kind is float:
            return f"><v>{number_text(content)}</v></c>"  # type: ignore[arg-type]
        if content is None:
            return "/>"
        if isinstance(content, str):
            return word_cell(content) if content else "/>"
        type_, stored = self.stored(content)
        return f"{type_}><v>{stored}</v></c>"

    def _rest_of_formula(self, formula: Formula) -> str:
        text, value = escaped(formula.text[1:]), formula.value
        kind = value.__class__
        if kind is float:
            return f"><f>{text}</f><v>{number_text(value)}</v></c>"  # type: ignore[arg-type]
        if kind is str:
            return f' t="str"><f>{text}</f><v>{escaped_word(value)}</v></c>'  # type: ignore[arg-type]
        if value is NOT_CALCULATED:
            return f"><f>{text}</f></c>"
        type_, stored = self.stored(value)
        return f"{type_}><f>{text}</f><v>{stored}</v></c>"

    def stored(self, value: Value | ErrorValue | NotCalculated) -> tuple[str, str]:
        """A value's type, as the attribute of its cell, and how it is stored."""
        if isinstance(value, float):
            return "", number_text(value)
        if isinstance(value, str):
            return ' t="str"', escaped(value)
        if isinstance(value, bool):
            return ' t="b"', str(int(value))
        if isinstance(value, int):
            return "", number_text(value)
        if isinstance(value, datetime.date):
            return "", number_text(serial_of(value, from_1904=self._from_1904))
        if isinstance(value, ErrorValue):
            return ' t="e"', value.text
        return ' t="str"', ""


def start_of_cell(reference: str, style: str) -> str:
    """Write how a cell starts."""
    return f'<c r="{reference}" s="{style}"' if style not in ("", "0") else f'<c r="{reference}"'


def escaped_word(text: str) -> str:
    """What `escaped` gives, worked out once for letters, arrows, states and codes."""
    return _known_word(text) if len(text) <= _LONGEST_WORD else escaped(text)


_known_word = functools.lru_cache(maxsize=1_024)(escaped)


def formula_element(text: str) -> str:
    """A formula and the beginning of its value, as they follow the start of a cell."""
    return f"><f>{escaped(text[1:])}</f><v>"


def text_cell(text: str) -> str:
    """A text as it follows the start of a cell."""
    if len(text) > LONGEST_TEXT:
        message = (
            f"A text of {len(text):,} characters does not fit a cell; shorten it to "
            f"{LONGEST_TEXT:,}."
        )
        raise EngineError(message)
    stored = escaped(text)
    if stored != stored.strip() or "\n" in stored:
        return f' t="inlineStr"><is><t xml:space="preserve">{stored}</t></is></c>'
    return f' t="inlineStr"><is><t>{stored}</t></is></c>'


def plain_texts(texts: Sequence[str]) -> list[str] | None:
    """Texts as `text_cell` stores them, with a character for each byte.

    None where one of them has to be told to be kept as it is, or may have to be: a text that is
    blank, begins or ends with space, is too long, or has a character that is rare.
    """
    if "" in texts or max(map(len, texts)) > LONGEST_TEXT:
        return None
    if any(text[0].isspace() or text[-1].isspace() for text in texts):
        return None
    try:
        together = "\n".join(texts).encode()
    except UnicodeEncodeError:
        return None
    is_rare = _MAY_BE_UNWRITABLE in together or len(together.translate(None, _CONTROLS)) < len(
        together
    )
    if is_rare or b"_x" in together or together.count(b"\n") != len(texts) - 1:
        return None
    for character, reference in ((b"&", b"&amp;"), (b"<", b"&lt;"), (b">", b"&gt;")):
        together = together.replace(character, reference)
    return together.decode("latin-1").split("\n")


def word_cell(text: str) -> str:
    """What `text_cell` gives, worked out once for short texts, which come again and again."""
    return _known_cell(text) if len(text) <= _LONGEST_WORD else text_cell(text)


_known_cell = functools.lru_cache(maxsize=4096)(text_cell)
