"""How formulas refer to the input tables: by name and heading, or cell by cell with a guard."""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.workbook.engine import Area, column_letters, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

# In a structured reference these letters of a heading are escaped by an apostrophe.
_SPECIAL = re.compile(r"(['\[\]#@])")
_ESCAPED = r"'\1"


@dataclasses.dataclass(frozen=True)
class TableReference:
    """A table as formulas see it: its name, its headings as written, and its cells."""

    name: str
    area: Area
    headings: Mapping[str, str]
    columns: Mapping[str, int]

    def __contains__(self, key: str) -> bool:
        """Whether the table has such a column."""
        return key in self.headings

    def column(self, key: str) -> str:
        """A whole column: ``Counts[Value]``."""
        return self._columns[key]

    @functools.cached_property
    def _columns(self) -> dict[str, str]:
        return {
            key: f"{self.name}[{_SPECIAL.sub(_ESCAPED, heading)}]"
            for key, heading in self.headings.items()
        }

    @functools.cached_property
    def _letters(self) -> dict[str, str]:
        sheet = quoted(self.area.sheet)
        return {key: f"{sheet}!${column_letters(at)}$" for key, at in self.columns.items()}

    def cell(self, key: str, row: str) -> str:
        """The cell in a row of the sheet: ``'Counts'!$D$14``."""
        return self._letters[key] + row

    def row_at(self, place: int) -> str:
        """The sheet's row of a data row counted from 0."""
        return str(self.area.top + place)

    def lookup(self, value: str, key: str, wanted: str, *, row: str = "") -> Lookup:
        """The `value` column where the column `key` holds `wanted`.

        With `row`, that row of the sheet is tried first: a hundred times quicker
        to calculate in large workbooks, and still right when rows are sorted.
        """
        found = f"INDEX({self.column(value)},MATCH({wanted},{self.column(key)},0))"
        if not row:
            return Lookup(found)
        return Lookup(found, f"{self.cell(key, row)}={wanted}", self.cell(value, row))


class Lookup(NamedTuple):
    """A cell looked up; with `still`, at `cell` unless rows have moved."""

    found: str
    still: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return f"IF({self.still},{self.cell},{self.found})" if self.still else self.found

    def number(self, otherwise: str = '""') -> str:
        """The cell's number, and something else where it holds none: a blank is never 0."""
        number = f"IF(ISNUMBER({self.found}),{self.found},{otherwise})"
        if not self.still:
            return number
        return f"IF({self.still},IF(ISNUMBER({self.cell}),{self.cell},{otherwise}),{number})"
