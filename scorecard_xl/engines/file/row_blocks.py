"""Rows of which only some cells differ from stamp to stamp: the rest is text, put together once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.file.cells import (
    escaped_word,
    formula_element,
    number_text,
    word_cell,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.engines.file.cells import CellWriter
    from scorecard_xl.workbook.cell_content import Value

_END_OF_VALUE = "</v></c>"


class WrittenBlock(NamedTuple):
    """Rows as written, from the first to the last, and whether a formula was copied among them."""

    top: int
    bottom: int
    rows: bytes
    keeps_a_formula: bool


class _Slot(NamedTuple):
    """A cell among what is the same each time: a value behind its formula, or all of a cell.

    `start` is what a text comes after: the formula of a text, or the cell's own start.
    """

    formula: str | None
    start: str
    is_left_out: bool


class Block:
    """Rows to be written with other values in some of their cells."""

    def __init__(self, writer: CellWriter) -> None:
        self.writer = writer
        self._pieces: list[str] = []
        self._waiting: list[str] = []
        # The slots as they follow each other, each behind the piece of its number, and for each
        # the place of its value.
        self._slots: list[_Slot] = []
        self._places: list[int] = []
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
        self._slots.append(_Slot(own, start, is_left_out))
        self._places.append(place)
        if formula is not None:
            self.add(_END_OF_VALUE)

    def _settle(self) -> None:
        self._pieces.append("".join(self._waiting))
        self._waiting = []

    def close(self, top: int, bottom: int) -> int:
        """End it, so that nothing can be added; tells how many cells are to be given values."""
        self._settle()
        self.top, self.bottom = top, bottom
        return len(self._slots)

    def written(self, values: Sequence[Value]) -> WrittenBlock:
        """The rows with these values, in the order of the places."""
        cells: list[str] = []
        add, stored, rest_of_cell = cells.append, self.writer.stored, self.writer.rest_of_cell
        own = map(values.__getitem__, self._places)
        for (formula, start, is_left_out), value in zip(self._slots, own, strict=True):
            kind = value.__class__
            if formula is None:
                if kind is str and value:
                    add(start + word_cell(value))  # type: ignore[arg-type]
                elif kind is float:
                    add(f"{start}><v>{number_text(value)}</v></c>")  # type: ignore[arg-type]
                elif value is None and is_left_out:
                    add("")
                else:
                    add(start + rest_of_cell(value))
            elif kind is float or kind is int:
                add(formula + number_text(value))  # type: ignore[arg-type]
            elif kind is str:
                add(start + escaped_word(value))  # type: ignore[arg-type]
            elif value is None:
                add(start)
            else:
                type_, text = stored(value)
                add(f"{type_}{formula}{text}")
        pieces = self._pieces + cells
        pieces[::2], pieces[1::2] = self._pieces, cells
        return WrittenBlock(self.top, self.bottom, "".join(pieces).encode(), self.keeps_a_formula)
