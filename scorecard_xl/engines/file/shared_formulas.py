"""Formulas that cells share: one whose first cell is overwritten is written out in the others."""

from __future__ import annotations

import dataclasses
import html
import re
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.cells import escaped
from scorecard_xl.exceptions import FileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.engines.file.edits import RowEdits
    from scorecard_xl.engines.file.rows import Row

# Excel stores a formula once, in the first cell of a range filled with it; the others name it.
_FIRST = re.compile(rb'<f\b(?=[^>]*\bt="shared")(?=[^>]*\bsi="([0-9]+)")[^>]*>([^<]+)</f>')
_OTHER = re.compile(rb'<f\b(?=[^>]*\bt="shared")(?=[^>]*\bsi="([0-9]+)")[^>]*/>')


def without_lost_formulas(
    rows: Mapping[int, Row], edits: Mapping[int, RowEdits]
) -> Mapping[int, Row]:
    """Give the rows with their own formulas in all cells that name an overwritten one."""
    lost = _lost_formulas(rows, edits)
    if not lost:
        return rows
    firsts = [number for row in rows.values() for number, _ in _FIRST.findall(row.inner)]
    for number, (place, _) in lost.items():
        if firsts.count(number) > 1:
            raise _damaged(place)
    return {
        number: dataclasses.replace(row, inner=_written_out(row, lost))
        if b't="shared"' in row.inner
        else row
        for number, row in rows.items()
    }


def _lost_formulas(
    rows: Mapping[int, Row], edits: Mapping[int, RowEdits]
) -> dict[bytes, tuple[str, str]]:
    """The shared formulas whose first cell is overwritten: by number, the cell and the formula."""
    lost = {}
    for number, row_edits in edits.items():
        row = rows.get(number)
        if row is None or b't="shared"' not in row.inner:
            continue
        for column, attributes, inner in row.cells():
            found = _FIRST.search(inner)
            if found and column in row_edits.contents:
                formula = "=" + html.unescape(found[2].decode())
                lost[found[1]] = (_reference(attributes), formula)
    return lost


def _written_out(row: Row, lost: Mapping[bytes, tuple[str, str]]) -> bytes:
    """A row's inside, each of its cells with a formula of its own where the shared one is lost."""
    cells = []
    for _, attributes, inner in row.cells():
        found = _OTHER.search(inner)
        if found and found[1] in lost:
            origin, formula = lost[found[1]]
            place = _reference(attributes)
            own = moved_formula(formula, origin, place)
            if own is None:
                raise _damaged(place)
            inner = inner.replace(found[0], f"<f>{escaped(own[1:])}</f>".encode())
        cells.append(b"<c" + attributes + (b">" + inner + b"</c>" if inner else b"/>"))
    return b"".join(cells)


def moved_formula(formula: str, origin: str, place: str) -> str | None:
    """A formula of one cell, as it reads in another; None where it is not understood."""
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        return str(Translator(formula, origin=origin).translate_formula(place))
    except (TranslatorError, TokenizerError, IndexError):
        return None


def _reference(attributes: bytes) -> str:
    match = re.search(rb'\br="([A-Z]+[0-9]+)"', attributes)
    return match[1].decode() if match else "A1"


def _damaged(place: str) -> FileError:
    return FileError(
        f"The workbook is damaged (the formula of {place} is shared in a way that Excel does not "
        "write); open it in Excel, repair it and save."
    )
