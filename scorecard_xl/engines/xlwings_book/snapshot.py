"""What has been read of a workbook, kept so that nothing is read twice."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.xlwings_book.definitions import has_totals
from scorecard_xl.engines.xlwings_book.reading import (
    Region,
    formulas_of,
    values_of,
    with_formulas,
)
from scorecard_xl.exceptions import EngineError
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.engine import LAST_ROW, Area, Table

if TYPE_CHECKING:
    import xlwings

    from scorecard_xl.engines.xlwings_book.definitions import Definitions, FoundTable
    from scorecard_xl.workbook.cell_content import Content

MOST_CELLS = 2_000_000
# A name that covers more rows than this says nothing of where a sheet's cells are.
_TALLEST_NAME = 100_000


class Snapshot:
    """Reads blocks as large as is sensible, and gives parts of them without a further call.

    Formulas can be told from values where the program lets them be read. Excel
    on the web does not, within a script: there every content is a value.
    """

    def __init__(self, definitions: Definitions, *, reads_formulas: bool) -> None:
        self._definitions = definitions
        self._reads_formulas = reads_formulas
        self._regions: list[Region] = []
        self._written: set[str] = set()
        self._is_calculated = True

    def cells(self, area: Area) -> xlwings.Range:
        """The cells of an area, as xlwings has them."""
        sheet = self._definitions.sheet(area.sheet)
        return sheet.range((area.top, area.left), (area.bottom, area.right))

    def written(self, sheet: str) -> None:
        """Have a sheet's cells read anew when they are asked for."""
        # What a script has written on the web, it cannot read back.
        if self._reads_formulas:
            self._written.add(sheet)
            self._is_calculated = False

    def before(self, area: Area) -> list[list[Content]] | None:
        """What an area held when it was read; None where it was not read with its formulas."""
        for region in self._regions:
            if area in region and (region.has_formulas or not self._reads_formulas):
                return region.block(area)
        return None

    def block(self, area: Area) -> list[list[Content]]:
        """What the cells of an area hold."""
        if area.sheet in self._written:
            self._written.discard(area.sheet)
            self._regions = [each for each in self._regions if each.area.sheet != area.sheet]
        held = self.before(area)
        if held is not None:
            return held
        values = next((each.block(area) for each in self._regions if area in each), None)
        if values is not None:
            # A table's values are there already; what is missing is which are formulas.
            return with_formulas(values, formulas_of(self.cells(area), area))
        region = self._read(self._sensible(area), with_formulas_of_cells=self._reads_formulas)
        return region.block(area)

    def table(self, found: FoundTable) -> Table:
        """A table's headings and the values of its data rows; formulas come as their values.

        They are calculated first where something was written. The row below is read along, for
        whether something stands there is asked of each table.
        """
        area = found.area
        if area.height * area.width > MOST_CELLS:
            message = (
                f"The table {found.name} has {area.height:,} rows; take away the empty ones "
                "below your data."
            )
            raise EngineError(message)
        if area.top == 1:
            message = f"The table {found.name} shows no headings; switch its header row on."
            raise EngineError(message)
        if not self._is_calculated:
            self._is_calculated = True
            self._definitions.calculate()
            self._regions = []
        bottom = min(area.bottom + 1, LAST_ROW)
        whole = dataclasses.replace(area, top=area.top - 1, bottom=bottom)
        region = self._read(whole, with_formulas_of_cells=False)
        below = dataclasses.replace(area, top=bottom, bottom=bottom)
        self._regions.append(Region(below, region.block(below), has_formulas=True))
        # Most tables have nothing below, and need not be asked.
        totals = any(map(value_of, region.block(below)[0])) and has_totals(found)
        headings = region.block(dataclasses.replace(area, top=area.top - 1, bottom=area.top - 1))
        texts = tuple(str(value_of(heading) or "") for heading in headings[0])
        return Table(found.name, area, texts, region.block(area), has_totals=totals)

    def _read(self, area: Area, *, with_formulas_of_cells: bool) -> Region:
        cells = self.cells(area)
        values = values_of(cells)
        formulas = formulas_of(cells, area) if with_formulas_of_cells else None
        region = Region(area, with_formulas(values, formulas), formulas is not None)
        self._regions.append(region)
        return region

    def _sensible(self, area: Area) -> Area:
        """An area, with all cells of its sheet that the workbook has names for.

        They mark what a scorecard consists of, so the rest will be asked for, too.
        """
        areas = [
            named
            for named in self._definitions.areas().values()
            if named and named.sheet == area.sheet and named.height <= _TALLEST_NAME
        ]
        box = Area(
            area.sheet,
            min([area.top, *(each.top for each in areas)]),
            min([area.left, *(each.left for each in areas)]),
            max([area.bottom, *(each.bottom for each in areas)]),
            max([area.right, *(each.right for each in areas)]),
        )
        return box if box.height * box.width <= MOST_CELLS else area
