"""Formulas as Excel writes them, and as LibreOffice's interface reads and writes them.

Excel: ``=SUM('My data'!A1:B2,Counts[[#This Row],[Count]],{1,2;3,4})``. The interface of
LibreOffice: ``=SUM($'My data'.A1:B2;Counts[[#This Row];[Count]];{1;2|3;4})``. Function names
are English in both.
"""

from __future__ import annotations

import re

_TEXT = r'"(?:[^"]|"")*"'
_ERROR = r"\#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)"
_BRACKETS = r"\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\]"
_WORD = r"[\w.$\\?]+"
_REFERENCE_AHEAD = r"(?=\$?[A-Za-z]{1,3}\$?\d|\$?[A-Za-z]{1,3}:|\$?\d+:|\#REF!)"

_EXCEL = re.compile(
    rf"(?P<text>{_TEXT})|(?P<error>{_ERROR})|(?P<quoted>'(?:[^']|'')+')!|(?P<sheet>[^\W\d][\w.]*)!"
    rf"|(?P<brackets>{_BRACKETS})|(?P<word>{_WORD})|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
_CALC = re.compile(
    rf"(?P<text>{_TEXT})|(?P<error>{_ERROR})|(?P<function>[^\W\d][\w.]*)(?=\()"
    rf"|\$?(?P<quoted>'(?:[^']|'')+')\.|\$(?P<sheet>[^\W\d]\w*)\."
    rf"|(?P<plain>[^\W\d]\w*)\.{_REFERENCE_AHEAD}"
    rf"|(?P<brackets>{_BRACKETS})|(?P<word>{_WORD})|(?P<other>.)",
    re.DOTALL,
)
_LATER_FUNCTION = re.compile(r"_xlfn\.(?:_xlws\.)?", re.IGNORECASE)
_SIMPLE_SHEET = re.compile(r"[^\W\d]\w*")
_LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")


def to_calc(formula: str) -> str:
    """Write one of Excel's formulas as LibreOffice's interface wants it."""
    return _ToCalc().written(formula)


class _ToCalc:
    """One pass over a formula, which knows the parentheses and braces it is in."""

    def __init__(self) -> None:
        self._calls: list[bool] = []
        self._in_array = False
        self._operand_before = False
        self._word_before = False

    def written(self, formula: str) -> str:
        pieces = []
        for match in _EXCEL.finditer(formula):
            kind = match.lastgroup or "other"
            pieces.append(self._piece(kind, match[kind], formula[match.end() :]))
            if kind != "space":
                self._word_before = kind == "word"
                self._operand_before = kind in ("word", "brackets") or match[0] == ")"
        return "".join(pieces)

    def _piece(self, kind: str, text: str, rest: str) -> str:
        if kind in ("quoted", "sheet"):
            return f"${text}." if kind == "quoted" else f"$'{text}'."
        if kind == "brackets":
            return _brackets_to_calc(text)
        if kind == "word":
            if text.upper() in ("TRUE", "FALSE") and not rest.startswith("("):
                return f"{text}()"
            return _LATER_FUNCTION.sub("", text)
        if kind == "space":
            crossing = self._operand_before and re.match(r"[\w$']", rest) is not None
            return "!" if crossing else text
        return self._punctuation(text) if kind == "other" else text

    def _punctuation(self, text: str) -> str:
        if text in "{}":
            self._in_array = text == "{"
        elif text == "(":
            self._calls.append(self._word_before)
        elif text == ")":
            if self._calls:
                self._calls.pop()
        elif text == ";":
            return "|"
        elif text == ",":
            separates = self._in_array or (bool(self._calls) and self._calls[-1])
            return ";" if separates else "~"
        return text


def _brackets_to_calc(text: str) -> str:
    """Write what follows a table's name: items and columns, each in brackets of its own."""
    inside = text[1:-1]
    if inside.startswith("@"):
        column = inside[1:].strip()
        if not column:
            return "[[#This Row]]"
        return f"[[#This Row];{column if column.startswith('[') else f'[{column}]'}]"
    if inside.startswith("#"):
        return f"[[{inside}]]"
    return "[" + re.sub(r"(\])\s*,\s*(\[)", r"\1;\2", inside) + "]"


def to_excel(formula: str) -> str:
    """Write one of LibreOffice's formulas as Excel does."""
    pieces = []
    in_array = False
    for match in _CALC.finditer(formula):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind in ("quoted", "sheet", "plain"):
            text = f"{_sheet_in_excel(text)}!"
        elif kind == "function":
            text = text.upper()
        elif kind == "brackets":
            text = _brackets_to_excel(text)
        elif kind == "other":
            in_array = (in_array or text == "{") and text != "}"
            text = _punctuation_to_excel(text, in_array=in_array)
        pieces.append(text)
    return "".join(pieces)


def _sheet_in_excel(name: str) -> str:
    """Quote a sheet's name where Excel would."""
    plain = name[1:-1].replace("''", "'") if name.startswith("'") else name
    if _SIMPLE_SHEET.fullmatch(plain) and not _LOOKS_LIKE_CELL.fullmatch(plain):
        return plain
    return quoted_sheet(plain)


def quoted_sheet(name: str) -> str:
    """Write a sheet's name in quotation marks, as any reference may have it."""
    return "'" + name.replace("'", "''") + "'"


def _brackets_to_excel(text: str) -> str:
    single = re.fullmatch(r"\[\[(#[^\[\]]+)\]\]", text)
    if single:
        return f"[{single[1]}]"
    return text.replace("];[", "],[")


def _punctuation_to_excel(text: str, *, in_array: bool) -> str:
    if text == "|" and in_array:
        return ";"
    return {";": ",", "~": ",", "!": " "}.get(text, text)
