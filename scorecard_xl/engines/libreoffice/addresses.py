"""Addresses of cells, as Excel writes them: ``$B$2:$D$9``."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_ROW = re.compile(r"\$?(\d{1,7})")


class Area(NamedTuple):
    """A rectangle of cells; rows and columns are counted from 1, and may be none."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def last_row(self) -> int:
        """Row of the last cell."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """Column of the last cell."""
        return self.column + self.columns - 1

    def address(self, *, row_absolute: bool = True, column_absolute: bool = True) -> str:
        """Write the area's address."""
        dollars = ("$" if column_absolute else "", "$" if row_absolute else "")
        first = f"{dollars[0]}{letters(self.column)}{dollars[1]}{self.row}"
        if self.rows == self.columns == 1:
            return first
        return f"{first}:{dollars[0]}{letters(self.last_column)}{dollars[1]}{self.last_row}"


def letters(column: int) -> str:
    """Name a column that is counted from 1.

    Examples
    --------
    >>> letters(28)
    'AB'
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    """Count a column from 1."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def area_between(first: Area, last: Area) -> Area:
    """Smallest area that holds both."""
    row, column = min(first.row, last.row), min(first.column, last.column)
    bottom = max(first.last_row, last.last_row)
    right = max(first.last_column, last.last_column)
    return Area(row, column, bottom - row + 1, right - column + 1)


def area_of(address: str, *, rows: int, columns: int) -> Area | None:
    """Read an address on a sheet with so many rows and columns; None if it is none.

    Whole columns and rows, ``A:C`` and ``2:3``, are areas too.
    """
    first, colon, last = address.partition(":")
    whole = [_whole(part, rows=rows, columns=columns) for part in (first, last)]
    if colon and whole[0] and whole[1]:
        return area_between(whole[0], whole[1])
    ends = [_CELL.fullmatch(part) for part in ((first, last) if colon else (first,))]
    areas = [Area(int(end[2]), column_number(end[1])) for end in ends if end]
    if len(areas) < len(ends) or not all(
        1 <= area.row <= rows and area.column <= columns for area in areas
    ):
        return None
    return area_between(areas[0], areas[-1])


def _whole(part: str, *, rows: int, columns: int) -> Area | None:
    """A whole column or row."""
    if match := _COLUMN.fullmatch(part):
        return Area(1, column_number(match[1]), rows, 1)
    if match := _ROW.fullmatch(part):
        return Area(int(match[1]), 1, 1, columns)
    return None


def area_of_uno(address: Any) -> Area:
    """Turn LibreOffice's range address, counted from 0, into an area."""
    rows = address.EndRow - address.StartRow + 1
    columns = address.EndColumn - address.StartColumn + 1
    return Area(address.StartRow + 1, address.StartColumn + 1, rows, columns)
