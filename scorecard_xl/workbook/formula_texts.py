"""Formulas of many rows: written once for each definition, then only what differs is put in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard_xl.workbook.definitions import RowCells
from scorecard_xl.workbook.formula_rows import FormulaPattern, RowPatterns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorecard_xl.workbook.definitions import Definition

# A character that no cell can hold: it stands before what differs.
_MARK = "\uffff"
_MARKED = re.compile(_MARK + "(.)")
_FIRST = "A"


class FormulaTexts:
    """The formulas of rows, by what their column shows.

    `write` writes those of one row. It is asked once for all rows that have the
    same definition, whatever their codes and places.
    """

    def __init__(self, write: Callable[[Definition, RowCells], Mapping[str, str]]) -> None:
        self._write = write
        self._written: dict[object, RowPatterns] = {}

    def of(self, definition: Definition, cells: RowCells) -> RowPatterns:
        """The formulas of a row, into which its cells are to be put."""
        key = (definition, *map(bool, cells))
        written = self._written.get(key)
        if written is None:
            marks = [
                _MARK + chr(ord(_FIRST) + place) if cell else "" for place, cell in enumerate(cells)
            ]
            formulas = self._write(definition, RowCells(*marks))
            written = RowPatterns({role: _pattern(text) for role, text in formulas.items()})
            self._written[key] = written
        return written


def _pattern(formula: str) -> FormulaPattern:
    """A formula, cut where rows differ."""
    pieces = _MARKED.split(formula)
    return FormulaPattern(pieces[::2], [ord(mark) - ord(_FIRST) for mark in pieces[1::2]])
