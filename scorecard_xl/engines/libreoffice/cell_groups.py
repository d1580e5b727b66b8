"""Cells taken together: by their number format, or as rectangles of a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATES = 2
FORMULAS = 16


class Block(NamedTuple):
    """A rectangle in a larger one, counted from 0 at that one's first cell, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> range:
        """Rows of the block."""
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        """Columns of the block."""
        return range(self.left, self.right + 1)

    def within(self, cells: Any) -> Any:
        """Take the block's cells out of the larger ones."""
        return cells.getCellRangeByPosition(self.left, self.top, self.right, self.bottom)


def blocks_of(addresses: Iterable[Any], cells: Any) -> Iterator[Block]:
    """Place addresses on the sheet within cells that hold them all."""
    whole = cells.RangeAddress
    for address in addresses:
        yield Block(
            address.StartRow - whole.StartRow,
            address.StartColumn - whole.StartColumn,
            address.EndRow - whole.StartRow,
            address.EndColumn - whole.StartColumn,
        )


def formula_blocks(cells: Any) -> list[Block]:
    """Where the formulas are."""
    return list(blocks_of(cells.queryContentCells(FORMULAS).RangeAddresses, cells))


def positions(cells: Any, contents: int) -> set[tuple[int, int]]:
    """Row and column of each cell with such contents, a sum of LibreOffice's flags."""
    addresses = cells.queryContentCells(contents).RangeAddresses
    return {
        (i, j) for block in blocks_of(addresses, cells) for i in block.rows for j in block.columns
    }


def format_groups(cells: Any) -> Iterator[tuple[int, list[Block]]]:
    """Yield each number format of the cells, as key, with the blocks that have it.

    A formula that says General has the format of what it calculates, a date or TRUE.
    """
    whole = cells.RangeAddress
    last = Block(0, 0, whole.EndRow - whole.StartRow, whole.EndColumn - whole.StartColumn)
    if last.bottom == last.right == 0:
        yield int(cells.getCellByPosition(0, 0).NumberFormat), [last]
    elif _is_uniform(cells, "NumberFormat") and not formula_blocks(cells):
        yield int(cells.NumberFormat), [last]
    else:
        groups = cells.UniqueCellFormatRanges
        for i in range(groups.Count):
            group = groups.getByIndex(i)
            yield int(group.NumberFormat), list(blocks_of(group.RangeAddresses, cells))


def common(cells: Any, name: str) -> Any:
    """Read a property that all the cells agree on; None where they do not."""
    return getattr(cells, name) if _is_uniform(cells, name) else None


def _is_uniform(cells: Any, name: str) -> bool:
    return bool(cells.getPropertyState(name).value != "AMBIGUOUS_VALUE")


def rectangles(places: Iterable[tuple[int, int]]) -> list[Block]:
    """Cover cells, each a row and a column, with few rectangles that do not overlap."""
    runs: dict[tuple[int, int], list[int]] = {}
    columns: dict[int, list[int]] = {}
    for row, column in places:
        columns.setdefault(column, []).append(row)
    for column, rows in columns.items():
        for run in _runs(sorted(rows)):
            runs.setdefault(run, []).append(column)
    return [
        Block(top, left, bottom, right)
        for (top, bottom), places in runs.items()
        for left, right in _runs(sorted(places))
    ]


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each row of consecutive numbers."""
    start = previous = numbers[0]
    for number in numbers[1:]:
        if number != previous + 1:
            yield start, previous
            start = number
        previous = number
    yield start, previous
