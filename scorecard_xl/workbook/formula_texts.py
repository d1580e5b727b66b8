"""Formulas of many rows: written once for each definition, then only what differs is put in."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from scorecard_xl.workbook.definitions import RowCells

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard_xl.workbook.definitions import Definition

# Characters that no cell can hold: one stands before what differs, one between two formulas.
_MARK, _BETWEEN = "\uffff", "\ufffe"
_MARKED = re.compile(_MARK + "(.)")
_FIRST = "A"


class FormulaTexts:
    """The formulas of rows, by what their column shows.

    `write` writes those of one row. It is asked once for all rows that have the
    same definition, whatever their codes and places.
    """

    def __init__(self, write: Callable[[Definition, RowCells], Mapping[str, str]]) -> None:
        self._write = write
        self._written: dict[object, _Written] = {}

    def of(self, definition: Definition, cells: RowCells) -> dict[str, str]:
        """The formulas of one row."""
        key = (definition, *map(bool, cells))
        written = self._written.get(key)
        if written is None:
            marks = [
                _MARK + chr(ord(_FIRST) + place) if cell else "" for place, cell in enumerate(cells)
            ]
            written = self._written[key] = _Written(self._write(definition, RowCells(*marks)))
        return written.with_cells(cells)


class _Written:
    """The formulas of a definition, cut where rows differ."""

    def __init__(self, formulas: Mapping[str, str]) -> None:
        self._roles = tuple(formulas)
        self._pieces = _MARKED.split(_BETWEEN.join(formulas.values()))
        self._different: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(
            *(ord(mark) - ord(_FIRST) for mark in self._pieces[1::2])
        )

    def with_cells(self, cells: RowCells) -> dict[str, str]:
        """The formulas with what differs put in."""
        pieces = self._pieces.copy()
        pieces[1::2] = self._different(cells)
        return dict(zip(self._roles, "".join(pieces).split(_BETWEEN), strict=True))
