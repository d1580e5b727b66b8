"""Rows of which only some cells differ from stamp to stamp: the rest is text, put together once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.file.cells import escaped, formula_element, number_text, text_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard_xl.engines.file.cells import CellWriter
    from scorecard_xl.workbook.engine import Value

_END_OF_VALUE = "</v></c>"


# Letters, arrows and states, which come again and again.
_escaped_word = functools.lru_cache(maxsize=1_024)(escaped)


class WrittenBlock(NamedTuple):
    """Rows as written, from the first to the last, and whether a formula was copied among them."""

    top: int
    bottom: int
    rows: bytes
    keeps_a_formula: bool


class _Slot(NamedTuple):
    """Where a cell goes among the pieces: a value behind its formula, or all of a cell.

    `start` is what a text comes after: the formula of a text, or the cell's own start.
    """

    piece: int
    formula: str | None
    start: str
    is_left_out: bool


class Block:
    """Rows to be written with other values in some of their cells."""

    def __init__(self, writer: CellWriter) -> None:
        self.writer = writer
        self._pieces: list[str] = []
        self._waiting: list[str] = []
        self._slots: dict[int, _Slot] = {}
        self._in_order: list[_Slot] = []
        self.keeps_a_formula = False
        self.top = self.bottom = 0

    def add(self, text: str) -> None:
        """Add what is the same each time."""
        self._waiting.append(text)

    def add_slot(self, place: int, start: str, formula: str | None, *, is_left_out: bool) -> None:
        """Add the cell of the value at that place of those to be given."""
        if formula is not None:
            self.add(start)
        self._settle()
        own = None if formula is None else formula_element(formula)
        if own is not None:
            start = f' t="str"{own}'
        self._slots[place] = _Slot(len(self._pieces), own, start, is_left_out)
        self._pieces.append("")
        if formula is not None:
            self.add(_END_OF_VALUE)

    def _settle(self) -> None:
        self._pieces.append("".join(self._waiting))
        self._waiting = []

    def close(self, top: int, bottom: int) -> int:
        """End it, so that nothing can be added; tells how many cells are to be given values."""
        self._settle()
        self.top, self.bottom = top, bottom
        self._in_order = [slot for _, slot in sorted(self._slots.items())]
        return len(self._in_order)

    def written(self, values: Iterable[Value]) -> WrittenBlock:
        """The rows with these values, in the order of the places."""
        pieces = self._pieces.copy()
        stored, rest_of_cell = self.writer.stored, self.writer.rest_of_cell
        for (piece, formula, start, is_left_out), value in zip(self._in_order, values, strict=True):
            kind = value.__class__
            if formula is None:
                if kind is str and value:
                    pieces[piece] = start + text_cell(value)  # type: ignore[arg-type]
                elif value is not None or not is_left_out:
                    pieces[piece] = start + rest_of_cell(value)
            elif kind is float or kind is int:
                pieces[piece] = formula + number_text(value)  # type: ignore[arg-type]
            elif kind is str:
                pieces[piece] = start + _escaped_word(value)
            elif value is None:
                pieces[piece] = start
            else:
                type_, text = stored(value)
                pieces[piece] = f"{type_}{formula}{text}"
        rows = "".join(pieces).encode()
        return WrittenBlock(self.top, self.bottom, rows, self.keeps_a_formula)
