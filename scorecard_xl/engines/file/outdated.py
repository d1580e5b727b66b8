"""Cells whose formulas read what was written since a spreadsheet program calculated them."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.file.cells import formula_text
from scorecard_xl.engines.file.references import References, UnknownError
from scorecard_xl.engines.file.shared_formulas import moved_formula
from scorecard_xl.workbook.engine import Area, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from scorecard_xl.engines.file.edits import RowEdits, SheetEdits
    from scorecard_xl.engines.file.plan import Plan

# Where more formulas than so many would have to be looked at, the rest is taken for outdated.
_MOST = 1_000_000
_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>([^<]*)</f>)")
_REF = re.compile(rb"""\bref=["']([A-Z0-9:$]+)["']""")
_SHARED = re.compile(rb"""\bsi=["']([0-9]+)["']""")


class _Held(NamedTuple):
    """A formula: its cell, the cells that show what it gives, and its text where that is told."""

    cell: Area
    shown_in: Area
    text: str | None


class _Formulas(NamedTuple):
    """The formulas on a sheet: those shown in their own cell, by row and column, and others."""

    of_cells: Mapping[tuple[int, int], _Held]
    spread: Sequence[_Held]

    def within(self, area: Area) -> Iterator[_Held]:
        """The formulas that some of an area's cells show."""
        yield from (held for held in self.spread if held.shown_in.meets(area))
        if area.height * area.width > len(self.of_cells):
            yield from (held for held in self.of_cells.values() if held.cell.meets(area))
            return
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                if (row, column) in self.of_cells:
                    yield self.of_cells[row, column]


def areas_written(sheets: Mapping[str, SheetEdits]) -> Iterator[Area]:
    """The cells that edits give other contents, rows alike together."""
    for sheet, of_sheet in sheets.items():
        alike: list[tuple[int, int, RowEdits]] = []
        for number, row in sorted(of_sheet.rows.items(), key=operator.itemgetter(0)):
            top, last, first = alike[-1] if alike else (0, -1, row)
            if last == number - 1 and first.shape == row.shape:
                alike[-1] = (top, number, first)
            else:
                alike.append((number, number, row))
        for top, bottom, row in alike:
            for left, right in runs_of(row.columns):
                yield Area(sheet, top, left, bottom, right)


class OutdatedCells:
    """Tells which formulas may give something else since some areas were written."""

    def __init__(self, plan: Plan, written: Sequence[Area]) -> None:
        self._plan, self._written = plan, written
        self._references = References(plan)
        self._of_sheets: dict[str, _Formulas] = {}
        # What reads nothing that was written, and how many more formulas are looked at.
        self._is_clear: set[_Held | Area] = set()
        self._left = _MOST

    def among(self, cells: Sequence[Area]) -> list[Area]:
        """Those of some cells with formulas whose values are outdated."""
        return [cell for cell in cells if self._is_outdated(cell)]

    def _is_outdated(self, cell: Area) -> bool:
        waiting = [*self._within(cell)]
        seen: set[_Held | Area] = {*waiting}
        # A formula that is not found here is written in a way that is not known.
        if not waiting:
            return True
        while waiting:
            areas = self._read_by(waiting.pop())
            if areas is None:
                return True
            for area in areas:
                if area in seen or area in self._is_clear:
                    continue
                seen.add(area)
                if self._left < 0 or any(area.meets(written) for written in self._written):
                    return True
                for held in self._within(area):
                    self._left -= 1
                    if held not in seen and held not in self._is_clear:
                        seen.add(held)
                        waiting.append(held)
        self._is_clear |= seen
        return False

    def _read_by(self, formula: _Held) -> Set[Area] | None:
        """What a formula reads; None where that is not told."""
        if formula.text is None:
            return None
        try:
            return self._references.read_by(formula.text, formula.cell)
        except (UnknownError, RecursionError):
            return None

    def _within(self, area: Area) -> Iterator[_Held]:
        if area.sheet not in self._of_sheets:
            self._of_sheets[area.sheet] = _formulas_on(self._plan, area.sheet)
        return self._of_sheets[area.sheet].within(area)


def _formulas_on(plan: Plan, sheet: str) -> _Formulas:
    """Every formula on a sheet."""
    of_cells: dict[tuple[int, int], _Held] = {}
    spread: list[_Held] = []
    # Excel stores a formula once, in the first cell of a range filled with it; the others name it.
    shared: dict[bytes, _Held] = {}
    for number, row in plan.sheet(sheet).rows.items():
        if b"<f" not in row.inner:
            continue
        for column, _, inner in row.cells():
            found = _FORMULA.search(inner)
            if found is None:
                continue
            cell = Area.cell(sheet, number, column)
            held = _held(cell, found, shared)
            if held.shown_in == cell:
                of_cells[number, column] = held
            else:
                spread.append(held)
    return _Formulas(of_cells, spread)


def _held(cell: Area, found: re.Match[bytes], shared: dict[bytes, _Held]) -> _Held:
    """A formula as it is stored in a cell, given those before it that others share."""
    attributes, stored = found.groups()
    text = formula_text(stored) if stored else None
    number, ref = _SHARED.search(attributes), _REF.search(attributes)
    if number is not None and text is not None:
        held = shared[number[1]] = _Held(cell, cell, text)
        return held
    if number is not None and number[1] in shared:
        origin, _, own = shared[number[1]]
        moved = moved_formula(own, origin.range, cell.range) if own is not None else None
        return _Held(cell, cell, moved)
    try:
        shown_in = Area.of(cell.sheet, ref[1].decode()) if ref else cell
    except ValueError:
        shown_in = cell
    return _Held(cell, shown_in, text)
