"""Rows proved to be well-formed and plain in one go, as nearly all are.

A parser would have to tell every tag. Rows that hold nothing but what spreadsheet programs
write, each attribute once and in their order, are matched by one expression that never goes back.
Both proofs together, `are_sound` and `are_plain`, make rows well-formed.
"""

from __future__ import annotations

import codecs
import re

from scorecard_xl.engines.file.xml import MOST_TAGS

# Before Python 3.11.5 a repeated group that never goes back could end in the middle of itself
# (CPython's issues 100061 and 106052): there a parser looks at every sheet. In such a repeat, what
# a group found may be lost where it need not be found each time (issue 101955): ours always is.
CAN_BE_TOLD = (
    re.fullmatch("(?:ab?c)*+", "a") is None
    and re.fullmatch("(?:(?P<a>[ab]),(?:c(?P=a))*+;)*+", "a,caca;b,cb;a,;") is not None
    and re.fullmatch("(?:(?P<a>[ab]),(?:c(?P=a))*+;)*+", "a,caca;b,cbca;") is None
)

_SWITCH = '="(?:0|1|true|false)"'
_NUMBER = '="[0-9.]++"'
_WHOLE = '="[0-9]++"'


def _each_once(*attributes: str) -> str:
    return "".join(f"(?:{attribute})?+" for attribute in attributes)


# One from nought would be another row for those who look for its cells.
ROW_NUMBER = "[1-9][0-9]*+"
# What may follow a row's number.
ROW_ATTRIBUTES = _each_once(
    ' spans="[0-9: ]*+"', f" s{_NUMBER}", f" customFormat{_SWITCH}", f" ht{_NUMBER}",
    f" hidden{_SWITCH}", f" customHeight{_SWITCH}", f" outlineLevel{_NUMBER}",
    f" collapsed{_SWITCH}", f" thickTop{_SWITCH}", f" thickBot{_SWITCH}", f" ph{_SWITCH}",
    f" x14ac:dyDescent{_NUMBER}",
)  # fmt: skip
_FORMULA_ATTRIBUTES = _each_once(
    ' t="[A-Za-z]++"', f" aca{_SWITCH}", ' ref="[A-Z0-9:]++"', f" ca{_SWITCH}", f" si{_NUMBER}"
)
# Those of a cell that tell Excel more of its value, such as that it is a dynamic array's.
_METADATA = f" cm{_WHOLE}", f" vm{_WHOLE}", f" ph{_SWITCH}"
_TEXT = "[^<]*+"
_FORMULA = f"<f>{_TEXT}</f>|<f{_FORMULA_ATTRIBUTES}(?:/>|>{_TEXT}</f>)"
_INLINE = f'<is><t(?: xml:space="preserve")?+>{_TEXT}</t></is>'
# A cell of its row. Most are blank, texts or numbers: these are tried first.
_CELL = (
    '<c r="[A-Z]{1,3}+(?P=row)"(?: s="[0-9]++")?+'
    f'(?:/>| t="inlineStr"><is><t>{_TEXT}</t></is></c>|><v>{_TEXT}</v></c>'
    f'|(?: t="[A-Za-z]++")?+{_each_once(*_METADATA)}'
    f"(?:/>|>(?:{_FORMULA})?+(?:<v>{_TEXT}</v>)?+(?:{_INLINE})?+</c>))"
)
_ROWS = re.compile(
    f'(?:<row r="(?P<row>{ROW_NUMBER})"{ROW_ATTRIBUTES}(?:/>|>(?:{_CELL})*+</row>))*+'.encode()
)
# Characters beyond ASCII by their numbers, as openpyxl writes them, tabs and ends of lines; some of
# those that XML allows are left out, to keep it short.
_NUMBERED = (
    "#(?:9|10|13|1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3}|[1-4][0-9]{4}|5[0-4][0-9]{3}|1[0-9]{5})"
)
# An ampersand that begins no reference by one of XML's names or by such a number.
_OTHER_REFERENCE = re.compile(f"&(?!(?:amp|lt|gt|quot|apos|{_NUMBERED});)".encode())
# How characters begin in UTF-8 of which XML allows some and not others.
_SPECIAL = b"\xef\xbf"
_PIECE = 1 << 16
_UNWRITABLE = bytes(code for code in range(32) if chr(code) not in "\t\n\r")
# All but angle brackets and what XML cannot hold.
_OTHERS = bytes(sorted(set(range(256)) - set(b"<>") - set(_UNWRITABLE)))


def are_plain(rows: bytes) -> bool:
    """Whether rows are written in the plain form, if their characters are known to be sound."""
    return bool(_ROWS.fullmatch(rows))


def are_sound(rows: bytes) -> bool:
    """Whether all characters of rows are sure to stand where XML allows them.

    Parameters
    ----------
    rows
        What lies in ``<sheetData>``, or other elements without attributes that hold brackets.
        Of some that are well-formed it is not told: a parser has to look at them.
    """
    brackets = rows.translate(None, _OTHERS)
    return (
        CAN_BE_TOLD
        and len(brackets) <= 2 * MOST_TAGS
        and brackets == b"<>" * (len(brackets) // 2)
        and not _OTHER_REFERENCE.search(rows)
        and (rows.isascii() or _is_text(rows))
    )


def _is_text(data: bytes) -> bool:
    """Whether it is UTF-8, without the characters of its last group that XML cannot hold."""
    # The first is quickly looked for, and rare.
    if _SPECIAL[:1] in data and _SPECIAL in data:
        return False
    place = 0
    try:
        # Pieces fit a processor's cache; a whole sheet as text is up to four times as large.
        while place < len(data):
            piece = data[place : place + _PIECE]
            place += codecs.utf_8_decode(piece, "strict", place + _PIECE >= len(data))[1]
    except UnicodeDecodeError:
        return False
    return True
