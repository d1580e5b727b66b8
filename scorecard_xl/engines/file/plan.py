"""A workbook file parsed once, for any number of scorecards to be stamped into."""

from __future__ import annotations

import copy
import dataclasses
import functools
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.cell_reading import CellReader
from scorecard_xl.engines.file.cells import CellWriter
from scorecard_xl.engines.file.names import WorkbookPart
from scorecard_xl.engines.file.part_lists import CONTENT_TYPES_PART
from scorecard_xl.engines.file.shared_strings import read_shared_strings
from scorecard_xl.engines.file.sheet import Sheet
from scorecard_xl.engines.file.styles import Styles
from scorecard_xl.engines.file.tables import TableDefinition, read_definition
from scorecard_xl.engines.file.xml import Q
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.engine import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.engines.file.package import Package
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Area

_STRICT = "http://purl.oclc.org/ooxml/"

MOST_TABLE_CELLS = 2_000_000


class Plan:
    """What a package holds, found once and never changed: sheets, tables, names, styles.

    Raises
    ------
    FileError
        The package is no workbook that can be read without loss.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.workbook_part = self._find_workbook()
        self.book = WorkbookPart(package.read(self.workbook_part), self.workbook_part)
        if self.book.root.tag.startswith(f"{{{_STRICT}"):
            message = (
                f"{package.name} is saved as Strict Open XML; save it as an ordinary Excel "
                "workbook (.xlsx)."
            )
            raise FileError(message)
        if self.book.root.tag != f"{Q}workbook":
            raise self._no_workbook()
        related = package.relationships(self.workbook_part)
        self.sheets = {
            name: related[relationship][1]
            for name, relationship in self.book.sheet_ids().items()
            if related.get(relationship, ("",))[0] == "worksheet"
        }
        self._by_type = dict(related.values())
        self.tables = self._find_tables()
        self._split: dict[str, Sheet] = {}

    def after(self, package: Package) -> Plan:
        """The plan of this package as edits left it; what they left alone is not parsed again."""
        changed = package.changed_since(self.package)
        if not changed <= set(self.sheets.values()):
            return Plan(package)
        plan = copy.copy(self)
        plan.package = package
        # Threads share a plan, and another one may be reading too.
        split = list(self._split.items())
        plan._split = {name: sheet for name, sheet in split if self.sheets[name] not in changed}
        # It would keep this plan's sheets in memory.
        plan.__dict__.pop("reader", None)
        return plan

    def _find_workbook(self) -> str:
        if CONTENT_TYPES_PART not in self.package:
            raise self._no_workbook()
        for kind, part in self.package.relationships("").values():
            if kind == "officeDocument" and part in self.package:
                return part
        raise self._no_workbook()

    def _no_workbook(self) -> FileError:
        return FileError(
            f"{self.package.name} is not an Excel workbook; choose an .xlsx or .xlsm file."
        )

    def _find_tables(self) -> dict[str, TableDefinition]:
        found = {}
        for sheet, part in self.sheets.items():
            for kind, target in self.package.relationships(part).values():
                if kind == "table":
                    table = read_definition(self.package.read(target), target, sheet)
                    if table.name.casefold() in found:
                        raise xml.damaged(target, f"there are two tables named {table.name}")
                    found[table.name.casefold()] = table
        return found

    @property
    def calculation_chain(self) -> str | None:
        """The part that lists formula cells in the order Excel last calculated them."""
        return self._by_type.get("calcChain")

    @functools.cached_property
    def styles(self) -> Styles:
        """The styles as they are in the file; not to be added to."""
        return self.new_styles()

    def new_styles(self) -> Styles:
        """The styles, to be added to."""
        part = self._by_type.get("styles")
        if part is None:
            message = f"{self.package.name} has no styles; open it in Excel and save it."
            raise FileError(message)
        return Styles(self.package.read(part), part)

    @functools.cached_property
    def shared_strings(self) -> list[str]:
        """The texts that cells refer to by their number."""
        part = self._by_type.get("sharedStrings")
        if part is None:
            return []
        return read_shared_strings(self.package.read(part), part)

    @functools.cached_property
    def reader(self) -> CellReader:
        """Reads this workbook's cells."""
        return CellReader(
            shared_strings=lambda: self.shared_strings,
            date_styles=self.styles.date_styles(),
            from_1904=self.book.from_1904,
        )

    @property
    def writer(self) -> CellWriter:
        """Writes cells for this workbook."""
        return CellWriter(from_1904=self.book.from_1904)

    def sheet(self, name: str) -> Sheet:
        """A sheet, split into rows; not to be changed."""
        if name not in self._split:
            self._split[name] = Sheet(self.package.read(self.sheets[name]), self.sheets[name])
        return self._split[name]

    def read(self, area: Area) -> list[list[Content]]:
        """Read what the cells of an area hold."""
        return self.sheet(area.sheet).read(area, self.reader)

    def read_table(self, definition: TableDefinition) -> Table:
        """Read a table's rows, and what the cells of its headings show."""
        area = definition.area
        if area.height * area.width > MOST_TABLE_CELLS:
            message = (
                f"The table {definition.name} has {area.height:,} rows; take away the empty ones "
                "below your data."
            )
            raise FileError(message)
        # Rows alike are proved by the way they are read, so they come first.
        rows, shown = self.read(area), None
        if definition.shows_headings:
            (shown,) = self.read(dataclasses.replace(area, top=area.top - 1, bottom=area.top - 1))
        return Table(definition.name, area, definition.headings, rows, shown, definition.has_totals)

    def read_together(self, areas: Sequence[Area]) -> list[list[list[Content]]]:
        """Read several areas of the same rows of a sheet."""
        return self.sheet(areas[0].sheet).read_together(areas, self.reader)
