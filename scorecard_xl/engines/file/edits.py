"""What is to become of one sheet: cells and heights by row, and what lies around the rows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorecard_xl.workbook.engine import Area, Condition, Content, Pages

KEEP = object()


@dataclasses.dataclass
class CellEdit:
    """What becomes of a cell: its content, its style, or both; KEEP leaves one alone."""

    content: Content | object = KEEP
    style: str | object = KEEP


@dataclasses.dataclass
class RowEdits:
    """What becomes of a row: cells by column, and a height (None: the default)."""

    cells: dict[int, CellEdit] = dataclasses.field(default_factory=dict)
    height: float | object | None = KEEP


@dataclasses.dataclass
class SheetEdits:
    """The edits of one sheet that wait to be stamped."""

    rows: dict[int, RowEdits] = dataclasses.field(default_factory=dict)
    merges: list[tuple[Area, tuple[Area, ...]]] = dataclasses.field(default_factory=list)
    conditions: tuple[Area, tuple[Condition, ...]] | None = None
    pages: Pages | None = None
    # Whether stamping left a formula that was not written here.
    keeps_a_formula: bool = False

    def row(self, number: int) -> RowEdits:
        """The edits of a row, to be added to."""
        if number not in self.rows:
            self.rows[number] = RowEdits()
        return self.rows[number]

    def cell(self, row: int, column: int) -> CellEdit:
        """The edit of a cell, to be added to."""
        cells = self.row(row).cells
        if column not in cells:
            cells[column] = CellEdit()
        return cells[column]
