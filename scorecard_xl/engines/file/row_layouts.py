"""How rows are laid out: what of them stays where only contents change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.rows import column_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The column and style of each cell, and how its formula begins, if it holds one; where rows are not
# sure to be plain, of each one whose attributes stand in Excel's order, with no others.
_CELLS = re.compile(rb'<c r="([A-Z]++)[0-9]++"(?: s="([0-9]++)")?+[^>]*+>(<f.)?+', re.DOTALL)
_PLAIN_CELLS = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]+"(?: s="([0-9]+)")?(?: t="[A-Za-z]+")?/?>(<f.)?', re.DOTALL
)


# So many layouts are kept: rows of a scorecard have some dozens.
MOST_KEPT = 1_000


class RowLayout:
    """How a row is laid out; one for all rows of a sheet that are laid out alike.

    Parameters
    ----------
    attributes
        Those of the row, as stored after its number.
    cells
        The column and style of each cell, as stored, and how its formula begins, if it holds one.
    """

    __slots__ = ("attributes", "cells", "is_kept", "may_share_formulas")

    def __init__(
        self, attributes: bytes, cells: Sequence[tuple[bytes, bytes, bytes]], *, is_kept: bool
    ) -> None:
        self.attributes = attributes
        self.cells = cells
        # Whether other rows may be laid out so, too.
        self.is_kept = is_kept
        # A formula that is shared says so in an attribute.
        self.may_share_formulas = any(formula not in (b"", b"<f>") for _, _, formula in cells)

    @property
    def of_formulas(self) -> list[int]:
        """The columns of the cells that hold a formula."""
        return [column_of(letters) for letters, _, formula in self.cells if formula]


class RowLayouts:
    """The layouts of a sheet's rows.

    Parameters
    ----------
    rows
        Each row by its number, as it is stored after ``<row ``.
    are_plain
        Whether every cell is sure to have r, s and t first, in this order.
    """

    def __init__(self, rows: Mapping[int, bytes], *, are_plain: bool) -> None:
        self._rows = rows
        self._are_plain = are_plain
        self._of_rows: dict[int, RowLayout] = {}
        self._known: dict[object, RowLayout] = {}

    def of(self, number: int) -> RowLayout | None:
        """The layout of a row, empty where there is no row; None for one written unusually."""
        if number in self._of_rows:
            return self._of_rows[number]
        layout = self._found(number)
        # Where each row is laid out in a way of its own, nothing is gained by keeping it.
        if layout is not None and layout.is_kept:
            self._of_rows[number] = layout
        return layout

    def _found(self, number: int) -> RowLayout | None:
        row = self._rows.get(number)
        attributes: bytes = b""
        cells: tuple[tuple[bytes, bytes, bytes], ...] = ()
        if row is not None:
            start = b'r="%d"' % number
            if not row.startswith(start):
                return None
            cells = tuple((_CELLS if self._are_plain else _PLAIN_CELLS).findall(row))
            if not self._are_plain and not _are_all(cells, row):
                return None
            attributes = row[len(start) : row.find(b">")]
        key = attributes, cells
        layout = self._known.get(key)
        if layout is None:
            layout = RowLayout(attributes, cells, is_kept=len(self._known) < MOST_KEPT)
            if layout.is_kept:
                self._known[key] = layout
        return layout


def _are_all(cells: Sequence[tuple[bytes, bytes, bytes]], row: bytes) -> bool:
    """Whether those found are all cells and formulas of a row that may be written in other ways."""
    formulas = sum(bool(formula) for _, _, formula in cells)
    return len(cells) == row.count(b"<c ") and formulas == row.count(b"<f")
