"""What is to become of one sheet: cells and heights by row, and what lies around the rows."""

from __future__ import annotations

import dataclasses
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import LAST_COLUMN, LAST_ROW
from scorecard_xl.workbook.formula_rows import FormulaRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Area, Condition, Pages

KEEP = object()
NO_STYLE = "0"
_MOST_RUNS = 8


class ColumnLook(NamedTuple):
    """How wide a column is to be, in characters, and the style of its empty cells.

    A column that has a width keeps it, unless it is `instead_of`.
    """

    width: float
    style: str
    instead_of: float | None = None


class RowEdits:
    """What becomes of a row: contents and styles by column, and a height (None: the default).

    A cell keeps what is not given: its style, its content, or both.
    """

    __slots__ = ("_contents", "height", "runs", "styles")

    def __init__(
        self,
        contents: dict[int, Content] | None = None,
        styles: dict[int, str] | None = None,
        height: float | object | None = KEEP,
    ) -> None:
        self._contents = {} if contents is None else contents
        self.styles = {} if styles is None else styles
        self.height = height
        # Contents of cells side by side, each with its first column, where nothing but a few of
        # these was written.
        self.runs: list[tuple[int, FormulaRow]] = []

    @property
    def contents(self) -> dict[int, Content]:
        """The contents by column, to be added to; runs are among them then, and no more apart."""
        if self.runs:
            for left, run in self.runs:
                self._contents.update(enumerate(run, left))
            self.runs = []
        return self._contents

    def write(self, left: int, contents: Sequence[Content]) -> None:
        """Write what cells side by side are to hold, from a column on.

        Raises
        ------
        ValueError
            No sheet has so many columns, or that one.
        """
        if left < 1 or left + len(contents) - 1 > LAST_COLUMN:
            message = f"a sheet has no columns {left} to {left + len(contents) - 1}"
            raise ValueError(message)
        if self._contents or len(self.runs) == _MOST_RUNS or not self._is_free(left, len(contents)):
            self.contents.update(enumerate(contents, left))
        elif type(contents) is FormulaRow:
            self.runs.append((left, contents))
        else:
            no_patterns = (None,) * len(contents)
            self.runs.append((left, FormulaRow(no_patterns, tuple(contents), ())))

    def _is_free(self, left: int, width: int) -> bool:
        """Whether no run has any of so many columns from `left` on."""
        for first, run in self.runs:
            if left < first + len(run.values) and first < left + width:
                return False
        return True

    @property
    def are_runs(self) -> bool:
        """Whether the contents are all of cells side by side."""
        return bool(self.runs) and not self._contents

    @property
    def shape(self) -> tuple[object, ...]:
        """What rows have in common whose contents have the same columns."""
        return (*self._contents, *[(left, len(run.values)) for left, run in self.runs])

    @property
    def columns(self) -> set[int]:
        """The columns of the contents."""
        columns = set(self._contents)
        for left, run in self.runs:
            columns.update(range(left, left + len(run.values)))
        return columns

    def holds(self, column: int) -> bool:
        """Whether something is to be in a cell."""
        if self._contents.get(column) is not None:
            return True
        return any(
            left <= column < left + len(run) and run[column - left] is not None
            for left, run in self.runs
        )

    @property
    def has_formula(self) -> bool:
        """Whether a formula is to be in a cell."""
        together = chain(self._contents.values(), *(run for _, run in self.runs))
        return any(isinstance(content, Formula) for content in together)


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
        """The edits of a row, to be added to; raises ValueError for one that no sheet has."""
        if number not in self.rows:
            if not 1 <= number <= LAST_ROW:
                message = f"a sheet has no row {number}"
                raise ValueError(message)
            self.rows[number] = RowEdits()
        return self.rows[number]

    def written_columns(self) -> set[int]:
        """The columns of the cells that hold or show something then, and did not before."""
        of_runs = [row for row in self.rows.values() if row.are_runs]
        columns = set[int]().union(
            *(each.columns for each in {r.shape: r for r in of_runs}.values())
        )
        written = {column for column in columns if any(row.holds(column) for row in of_runs)}
        for row in self.rows.values():
            if not row.are_runs:
                written.update(c for c, content in row.contents.items() if content is not None)
            written.update(c for c, style in row.styles.items() if style != NO_STYLE)
        return written
