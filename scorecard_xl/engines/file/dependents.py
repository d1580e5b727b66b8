"""Formulas of a workbook that read what was written elsewhere: their stored values are stale."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.cells import text_of
from scorecard_xl.engines.file.plain_form import find_rows
from scorecard_xl.engines.file.xml import Q
from scorecard_xl.exceptions import FileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.engines.file.plan import Plan

_FORMULA = re.compile(rb"<f(?:\s[^<>]*+)?>([^<]++)</f")
# How a part begins whose rows can be searched as they are: with no other encoding than UTF-8.
_HEAD = re.compile(
    rb"""\s*<(?:worksheet|\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["']|(?! enc)))"""
)
_NO_ROWS = re.compile(rb"<sheetData\s*/>")
# What a parser takes out of a formula, or puts together. A single letter is looked for quickly.
_NOT_AS_IT_IS = ((b"!", b"<!"), (b"?", b"<?"))
# A word, and whether it is the name of a function.
_WORD = re.compile(r"([\w.\\?]++)(\s*\()?")
# A reference to the same cells of several sheets: ``Jan:Dec!A1``, ``'Jan 13:Dec 13'!A1``.
_OF_SEVERAL_SHEETS = re.compile(r"[\w.]:[\w.]++!|:[^'!:]++'!")
_BUILT_IN = "_xlnm."


def others_depend(plan: Plan, stamped_sheets: Mapping[str, bool]) -> bool:
    """Whether formulas that were not written here read what was edited.

    `stamped_sheets` tells of each edited sheet whether it keeps a formula of others. Of what
    cannot be told, it is taken for granted.
    """
    if not stamped_sheets or any(stamped_sheets.values()):
        return any(stamped_sheets.values())
    found = [
        _formulas_of(plan.package.read(part), part)
        for name, part in plan.sheets.items()
        if name not in stamped_sheets
    ]
    if None in found:
        return True
    together = "\n".join(each for each in found if each)
    return bool(together) and _read_by(together.casefold(), plan, stamped_sheets)


def _read_by(formulas: str, plan: Plan, sheets: Mapping[str, bool]) -> bool:
    """Whether formulas, without case, mention one of the sheets, or what may lie on them."""
    for sheet in sheets:
        name = sheet.replace("'", "''").casefold()
        if f"{name}!" in formulas or f"{name}'!" in formulas:
            return True
    names: set[str] = set()
    functions: set[str] = set()
    for name, meaning in plan.book.all_names():
        if not name.startswith(_BUILT_IN):
            # What a name of a function stands for may read cells, too.
            (functions if "LAMBDA(" in meaning.upper() else names).add(name.casefold())
    names |= {each.name.casefold() for each in plan.tables.values() if each.area.sheet in sheets}
    for word, is_function in set(_WORD.findall(formulas)):
        if word in functions or (word in names and not is_function):
            return True
    return bool(_OF_SEVERAL_SHEETS.search(formulas))


def _formulas_of(data: bytes, part: str) -> str | None:
    """A sheet's formulas, each once, in lines of their own; None where it cannot be read."""
    start, end = find_rows(data)
    if _HEAD.match(data) and (0 <= start <= end or _NO_ROWS.search(data)):
        rows = data[start:end] if start >= 0 else b""
        # Nearly all sheets that are not refreshed have no formulas at all.
        if b"</f" not in rows and b":f>" not in rows:
            return ""
        if b":f>" not in rows and not any(
            letter in rows and mark in rows for letter, mark in _NOT_AS_IT_IS
        ):
            try:
                return text_of(b"\n".join(set(_FORMULA.findall(rows))))
            except ValueError:
                return None
    try:
        root = xml.parse(data, part)
    except FileError:
        return None
    formulas = root.iterfind(f"{Q}sheetData/{Q}row/{Q}c/{Q}f")
    return "\n".join({"".join(map(str, formula.itertext())) for formula in formulas})
