"""What is to become of one sheet: cells and heights by row, and what lies around the rows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml import etree

    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Area, Condition, Pages

KEEP = object()
NO_STYLE = "0"


class ColumnLook(NamedTuple):
    """How wide a column is to be, in characters, and the style of its empty cells.

    A column that has a width keeps it, unless it is `instead_of`.
    """

    width: float
    style: str
    instead_of: float | None = None


@dataclasses.dataclass(slots=True)
class RowEdits:
    """What becomes of a row: contents and styles by column, and a height (None: the default).

    A cell keeps what is not given: its style, its content, or both.
    """

    contents: dict[int, Content] = dataclasses.field(default_factory=dict)
    styles: dict[int, str] = dataclasses.field(default_factory=dict)
    height: float | object | None = KEEP


@dataclasses.dataclass
class SheetEdits:
    """The edits of one sheet that wait to be stamped."""

    rows: dict[int, RowEdits] = dataclasses.field(default_factory=dict)
    merges: list[tuple[Area, tuple[Area, ...]]] = dataclasses.field(default_factory=list)
    conditions: tuple[Area, tuple[Condition, ...]] | None = None
    pages: Pages | None = None
    # Tables that grow: the data rows they had, and the last row they will have.
    grown: list[tuple[Area, int]] = dataclasses.field(default_factory=list)
    # Columns that get a width and a style where they have none of their own.
    columns: dict[int, ColumnLook] = dataclasses.field(default_factory=dict)
    # Lists and messages to be added, each ready for its cells.
    validations: list[etree._Element] = dataclasses.field(default_factory=list)
    # Whether stamping left a formula that was not written here.
    keeps_a_formula: bool = False

    def row(self, number: int) -> RowEdits:
        """The edits of a row, to be added to."""
        if number not in self.rows:
            self.rows[number] = RowEdits()
        return self.rows[number]

    def written_columns(self) -> set[int]:
        """The columns of the cells that hold or show something then, and did not before."""
        rows = self.rows.values()
        contents = set[int]().union(*(row.contents for row in rows))
        styles = set[int]().union(*(row.styles for row in rows))
        written = {
            column
            for column in contents
            if any(row.contents.get(column) is not None for row in rows)
        }
        return written | {
            column
            for column in styles
            if any(row.styles.get(column, NO_STYLE) != NO_STYLE for row in rows)
        }
