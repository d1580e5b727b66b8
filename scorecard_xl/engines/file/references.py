"""What cells a formula reads, as far as its text tells."""

from __future__ import annotations

import contextlib
import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorecard_xl.workbook.engine import LAST_COLUMN, LAST_ROW, Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from scorecard_xl.engines.file.plan import Plan
    from scorecard_xl.engines.file.tables import TableDefinition

# Functions whose arguments do not say what they read.
_ANYWHERE = {"INDIRECT", "OFFSET"}
# These add up as many cells as the range that they look at has, whatever theirs says.
_STRETCHING = {"AVERAGEIF", "LOOKUP", "SUMIF"}
# Known to spreadsheet programs, though not to openpyxl.
_OTHER_FUNCTIONS = {"AGGREGATE", "CONCAT", "IFS", "MAXIFS", "MINIFS", "SWITCH", "TEXTJOIN"}
# How functions are stored that Excel has got since 2007, in capitals, and names within a formula.
_NEWER, _OF_FORMULA = re.compile(r"_XLFN\.(?:_XLWS\.)?"), "_xlpm."
_OF_THIS_WORKBOOK = re.compile(r"^('?)\[0\]!?")
_EXTERNAL = re.compile(r"'?\[[0-9]+\][^\]]")
_ABSOLUTE = re.compile(
    r"\$[A-Z]+\$[0-9]+(?::\$[A-Z]+\$[0-9]+)?|\$[A-Z]+:\$[A-Z]+|\$[0-9]+:\$[0-9]+", re.IGNORECASE
)
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:\[\]]+))!(.+)")
_TABLE = re.compile(r"([^\[\]!']+)\[(.*)\]")
# A range between two structured references.
_BETWEEN = re.compile(r"\]\s*:\s*[^\[\s]")
_COLUMN = re.compile(r"(?<!#)\[((?:[^\[\]#']|'.)+)\]")
_ESCAPE = re.compile(r"'(.)")


class UnknownError(Exception):
    """What a formula reads cannot be told."""


@dataclass(frozen=True)
class _Operands:
    """The references and names in a formula, and the functions that it calls."""

    references: tuple[str, ...]
    functions: frozenset[str]


@functools.lru_cache(maxsize=1024)
def _operands(formula: str) -> _Operands | None:
    """What a formula is made of; None where a part of it is not understood."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token, TokenizerError

    try:
        items = Tokenizer(formula).items
    except (TokenizerError, IndexError):
        return None
    references = tuple(
        item.value for item in items if item.type == Token.OPERAND and item.subtype == Token.RANGE
    )
    functions = {
        item.value[:-1].upper()
        for item in items
        if item.type == Token.FUNC and item.subtype == Token.OPEN
    }
    return _Operands(references, frozenset(functions))


class References:
    """Finds what the formulas of a workbook read."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._of_names: dict[str, Iterable[Area] | None] = {}
        self._sheets = {sheet.casefold(): sheet for sheet in plan.sheets}
        self._names = {name.casefold() for name, _ in plan.book.all_names()}

    def read_by(self, formula: str, cell: Area) -> Set[Area]:
        """The areas that a formula in a cell reads; it begins with ``=``.

        Raises
        ------
        UnknownError
            It may read any cell, as far as its text tells.
        """
        operands = _operands(formula)
        if operands is None or not all(map(self._is_told_by_arguments, operands.functions)):
            raise UnknownError
        # Each once: names that stand for others twice would double them.
        areas = {area for each in operands.references for area in self._areas(each, cell)}
        if _STRETCHING & operands.functions:
            areas = {replace(area, bottom=LAST_ROW, right=LAST_COLUMN) for area in areas}
        return areas

    def _is_told_by_arguments(self, function: str) -> bool:
        """Whether a function reads nothing but what it is given."""
        from openpyxl.utils import FORMULAE

        newer = _NEWER.match(function)
        name = function[newer.end() :] if newer else function
        if name in _ANYWHERE or name.casefold() in self._names:
            return False
        return newer is not None or name in FORMULAE or name in _OTHER_FUNCTIONS

    def _areas(self, reference: str, cell: Area) -> Iterable[Area]:
        """What a reference stands for in a formula in `cell`."""
        reference = _OF_THIS_WORKBOOK.sub(r"\1", reference)
        # Cells of other workbooks, and names that a formula gives, are none of this one's.
        if _EXTERNAL.match(reference):
            return []
        if reference.startswith(_OF_FORMULA):
            if ":" in reference:
                raise UnknownError
            return []
        of_table = _TABLE.fullmatch(reference)
        if of_table:
            return [self._of_table(of_table[1], of_table[2], cell)]
        on_sheet = _SHEET.fullmatch(reference)
        if on_sheet:
            sheet = on_sheet[1].replace("''", "'") if on_sheet[1] else on_sheet[2]
            return self._on_sheet(sheet, on_sheet[3], cell)
        return self._on_sheet(cell.sheet, reference, cell)

    def _on_sheet(self, sheet: str, reference: str, cell: Area) -> Iterable[Area]:
        """What a range or name stands for whose sheet is known."""
        area = _range(self._sheets.get(sheet.casefold(), ""), reference)
        if area is None:
            return self._of_name(reference, cell)
        if not area.sheet:
            raise UnknownError
        return [area]

    def _of_name(self, name: str, cell: Area) -> Iterable[Area]:
        """What a defined name reads."""
        key = name.casefold()
        if key not in self._of_names:
            # A name that stands for itself would have no end.
            self._of_names[key] = None
            with contextlib.suppress(UnknownError):
                self._of_names[key] = self._meant_by(key, cell)
        found = self._of_names[key]
        if found is None:
            raise UnknownError
        return found

    def _meant_by(self, name: str, cell: Area) -> Iterable[Area]:
        """What a defined name reads that is not known yet."""
        table = self._plan.tables.get(name)
        if table is not None:
            return [table.area]
        meanings = [
            meaning for known, meaning in self._plan.book.all_names() if known.casefold() == name
        ]
        # A sheet may have a name of its own beside the workbook's.
        if len(meanings) != 1:
            raise UnknownError
        operands = _operands(f"={meanings[0]}")
        # What is relative in a name, or of a row, is another cell in each that uses it.
        if operands is None or not all(map(_is_the_same_everywhere, operands.references)):
            raise UnknownError
        return self.read_by(f"={meanings[0]}", cell)

    def _of_table(self, name: str, inside: str, cell: Area) -> Area:
        """The cells of a table that a structured reference names; rather more than fewer."""
        table = self._plan.tables.get(name.strip().casefold())
        if table is None:
            raise UnknownError
        if _BETWEEN.search(inside):
            raise UnknownError
        columns = _columns_of(table, inside)
        area = replace(table.area, left=columns[0], right=columns[-1])
        if "#this row" in inside.casefold() or inside.startswith("@"):
            return replace(area, top=cell.top, bottom=cell.bottom)
        if "#" in inside:
            return replace(area, top=area.top - 1, bottom=area.bottom + 1)
        return area


def _columns_of(table: TableDefinition, inside: str) -> list[int]:
    """The columns that lie in the brackets of a structured reference, in order; all if none."""
    named = _COLUMN.findall(inside)
    if not named and "[" not in inside and not inside.startswith("#"):
        named = [inside.removeprefix("@")]
    headings = [heading.casefold() for heading in table.headings]
    wanted = [_ESCAPE.sub(r"\1", name).casefold() for name in named if name]
    if not wanted or not set(wanted) <= set(headings):
        return [table.area.left, table.area.right]
    return sorted(table.area.left + headings.index(name) for name in wanted)


def _is_the_same_everywhere(reference: str) -> bool:
    """Whether a reference in a name stands for the same cells wherever the name is used."""
    of_table = _TABLE.fullmatch(reference)
    if of_table:
        return "#this row" not in reference.casefold() and "@" not in of_table[2]
    cells = _OF_THIS_WORKBOOK.sub(r"\1", reference).rpartition("!")[2]
    try:
        return _range("", cells) is None or _ABSOLUTE.fullmatch(cells) is not None
    except UnknownError:
        return False


def _range(sheet: str, reference: str) -> Area | None:
    """A range of cells, of whole columns or of whole rows; None for anything else."""
    from openpyxl.utils.cell import range_boundaries

    # A range may begin where a function ends: ``INDEX(A:A,2):B3``.
    if reference.startswith(":") or reference.endswith("#"):
        raise UnknownError
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return None
    if ":" not in reference and None in (top, left):
        # A letter alone is a name, and so is a number.
        return None
    if max(top or 1, bottom or 1) > LAST_ROW or max(left or 1, right or 1) > LAST_COLUMN:
        # Such as YTD2013.
        return None
    rows, columns = (
        sorted((top or 1, bottom or LAST_ROW)),
        sorted((left or 1, right or LAST_COLUMN)),
    )
    return Area(sheet, rows[0], columns[0], rows[1], columns[1])
