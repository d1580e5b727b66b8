"""The seam: what a workbook must be able to do."""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


@functools.lru_cache(maxsize=LAST_COLUMN)
def column_letters(column: int) -> str:
    """Name column 1 ``A``, column 28 ``AB``; raises ValueError for one that no sheet has."""
    if not 1 <= column <= LAST_COLUMN:
        message = f"a sheet has no column {column}"
        raise ValueError(message)
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Number column ``A`` 1, column ``AB`` 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


_CORNER = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def quoted(sheet: str) -> str:
    """Write a sheet's name as it stands in a reference: ``'Jan ''13'``."""
    return "'" + sheet.replace("'", "''") + "'"


@dataclasses.dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells on one sheet; rows and columns count from 1, ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, sheet: str, reference: str) -> Area:
        """Read ``B3`` or ``$B$3:$D$9``; raises ValueError for anything else."""
        corners = reference.split(":")
        matches = [_CORNER.fullmatch(corner) for corner in corners]
        if len(matches) > 2 or None in matches:
            message = f"{reference!r} is not a range of cells"
            raise ValueError(message)
        columns = [column_number(match[1]) for match in matches if match]
        rows = [int(match[2]) for match in matches if match]
        area = cls(sheet, min(rows), min(columns), max(rows), max(columns))
        if area.top < 1 or area.bottom > LAST_ROW or area.right > LAST_COLUMN:
            message = f"{reference!r} lies outside a sheet"
            raise ValueError(message)
        return area

    @classmethod
    def cell(cls, sheet: str, row: int, column: int) -> Area:
        """The area of a single cell."""
        return cls(sheet, row, column, row, column)

    @property
    def width(self) -> int:
        """How many columns."""
        return self.right - self.left + 1

    @property
    def height(self) -> int:
        """How many rows."""
        return self.bottom - self.top + 1

    def meets(self, other: Area) -> bool:
        """Whether a cell lies in both."""
        return (
            self.sheet == other.sheet
            and self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    @property
    def range(self) -> str:
        """The area without its sheet: ``B3`` or ``B3:D9``."""
        first = f"{column_letters(self.left)}{self.top}"
        if self.top == self.bottom and self.left == self.right:
            return first
        return f"{first}:{column_letters(self.right)}{self.bottom}"

    @property
    def absolute(self) -> str:
        """The area as a defined name refers to it: ``'Counts'!$B$3:$D$9``."""
        dollars = ":".join(_CORNER.sub(r"$\1$\2", corner) for corner in self.range.split(":"))
        return f"{quoted(self.sheet)}!{dollars}"

    def __str__(self) -> str:
        return f"{quoted(self.sheet)}!{self.range}"


def runs_of(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Rows or columns that follow each other, as first and last."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        first = runs.pop()[0] if runs and runs[-1][1] == number - 1 else number
        runs.append((first, number))
    return runs


@dataclasses.dataclass(frozen=True)
class Table:
    """An Excel table as read: `area` is its data rows, without headings and totals.

    `shown` is what the cells of the headings show, where that may differ: a file keeps both.
    `has_totals` tells whether what stands directly below is the table's own.
    """

    name: str
    area: Area
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Content]]
    shown: Sequence[Content] | None = None
    has_totals: bool = False


class Condition(NamedTuple):
    """A conditional format: where, when, and how it then looks.

    `equals` compares the cell with a text; otherwise `formula` decides, written
    for the area's first cell. Colours are RRGGBB; None leaves a property alone.
    """

    area: Area
    equals: str | None = None
    formula: str | None = None
    font_color: str | None = None
    fill_color: str | None = None
    bold: bool | None = None
    italic: bool | None = None


class Pages(NamedTuple):
    """How a sheet prints: its area, the rows that start a page, the footer's left text.

    `old_bottom` is where the scorecard ended before: a print area that ended
    elsewhere is the analyst's. `own_breaks` are the rows at which a break may
    have been set by an earlier refresh; others, too, are the analyst's.
    """

    area: Area
    old_bottom: int
    own_breaks: Collection[int]
    breaks_before: Sequence[int]
    footer_left: str


class Workbook(Protocol):
    """A workbook that can be read and filled in blocks.

    Every call is a round trip in a live spreadsheet program, so callers work in
    blocks, and read everything before they write anything.
    """

    @property
    def name(self) -> str:
        """The workbook's file name, for sentences."""

    @property
    def reads_back(self) -> bool:
        """Whether what was written can be read again; on the web, a script cannot."""

    @property
    def sheet_names(self) -> Sequence[str]:
        """The sheets in order."""

    def read_table(self, name: str) -> Table | None:
        """Read a table by its name, wherever it lies; None if there is none.

        Its formulas may come as the values they have; `read_block` tells them apart.
        """

    def read_names(self) -> Mapping[str, Area | None]:
        """Read every workbook-level name: its range of cells, None where it is something else."""

    def read_block(self, area: Area) -> list[list[Content]]:
        """Read what the cells of `area` hold."""

    def read_side_by_side(self, areas: Sequence[Area]) -> list[list[list[Content]]]:
        """Read several areas of the same rows of a sheet, which may be quicker than one by one."""

    def count_formulas(self, area: Area) -> int:
        """Count the formulas in an area."""

    def outdated(self, cells: Sequence[Area]) -> Sequence[Area]:
        """Those cells whose formulas may read what was written since they were calculated.

        Where a program calculates there are none.
        """

    def column_width(self, sheet: str, column: int, last: int | None = None) -> float | None:
        """Tell how wide a column is, or those from it to `last` together, in characters.

        None where the engine cannot, or where one of them has no width of its own.
        """

    def date_of(self, serial: float) -> datetime.datetime:
        """Turn a date's serial number into a date, by the workbook's date system."""

    def write_block(
        self, sheet: str, top: int, left: int, rows: Sequence[Sequence[Content]]
    ) -> None:
        """Write a rectangle of contents; looks stay as they are. Text stays text."""

    def write_table(
        self,
        name: str,
        rows: Sequence[Sequence[Content]],
        number_formats: Sequence[Sequence[str | None]] | None = None,
    ) -> None:
        """Replace a table's data rows; the table grows or shrinks with them."""

    def extend_table(
        self,
        name: str,
        rows: Sequence[Sequence[Content]],
        number_formats: Sequence[Sequence[str | None]] | None = None,
        *,
        after: int,
    ) -> None:
        """Put rows below the first `after` data rows of a table, which grows over them.

        They look like the row above; rules and lists that reach the table's last row go on.
        """

    def copy_looks(self, source: Area, target: Area) -> None:
        """Give every row of `target` the look and height of the row `source`."""

    def set_number_formats(self, formats: Mapping[Area, str]) -> None:
        """Give the cells of each area a number format; the rest of their look stays."""

    def set_heights(self, sheet: str, heights: Mapping[int, float]) -> None:
        """Set rows' heights in points."""

    def clear(self, area: Area) -> None:
        """Empty the cells of `area` and take away their look."""

    def set_merges(self, owned: Area, merges: Sequence[Area]) -> None:
        """Replace the merges that reach into `owned`."""

    def set_names(self, names: Mapping[str, Area | str]) -> None:
        """Define workbook-level names: a place, or a formula with its ``=``."""

    def keep_conditions(self, owned: Area, ours: Sequence[Condition]) -> None:
        """Have the conditional formats of `owned` outlast the looks that are copied there next.

        Asked for before anything is written, for where one that is unlike all of `ours` would
        be lost, RefusedError is raised. `replace_conditions` ends it.
        """

    def replace_conditions(self, owned: Area, conditions: Sequence[Condition]) -> None:
        """Replace those conditional formats within `owned` that are alike, and keep others."""

    def lay_out_pages(self, pages: Pages) -> None:
        """Set print area, page breaks and footer of a sheet."""

    def save(self) -> None:
        """Save over the file it was opened from."""

    def save_copy(self, path: Path, *, overwrite: bool = False) -> None:
        """Save under another name; the opened file stays as it was."""

    def close(self) -> None:
        """Let go of the workbook without saving."""
