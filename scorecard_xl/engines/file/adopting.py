"""A workbook file that takes over sheets, columns, cells and looks of another workbook."""

from __future__ import annotations

import copy
import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import shell
from scorecard_xl.engines.file.adopted_sheet import with_sheet
from scorecard_xl.engines.file.columns import column_look
from scorecard_xl.engines.file.edits import ColumnLook
from scorecard_xl.engines.file.names import area_of
from scorecard_xl.engines.file.obstacles import obstacle_over
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.engines.file.tables import with_column
from scorecard_xl.engines.file.workbook import FileWorkbook, open_file
from scorecard_xl.engines.file.xml import Q, whole_number
from scorecard_xl.workbook.engine import Area, Condition, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

    from scorecard_xl.engines.file.names import WorkbookPart
    from scorecard_xl.engines.file.package import Package


class AdoptingWorkbook(FileWorkbook):
    """A workbook on disk that can take over parts of another; all else in it stays as it is.

    What it takes over changes no figure of its own, so that nothing need be calculated again.
    """

    _backup = ".before-upgrade"

    @classmethod
    def at(cls, path: str | Path) -> AdoptingWorkbook:
        """Open a workbook on disk; raises FileError like `open_file`."""
        opened = open_file(path)
        return cls(opened._plan, path=opened._path, read=opened._fingerprint)

    def to_bytes(self) -> bytes:
        """The whole file with everything in it that was taken over."""
        return self._settled().package.to_bytes()

    def _exchange(self, package: Package) -> None:
        self._plan = Plan(package)

    def _exchange_book(self, book: WorkbookPart) -> None:
        self._exchange(self._plan.package.replaced({book.part: book.to_bytes()}))

    def formula_of(self, name: str) -> str | None:
        """What a defined name stands for, without its ``=``; None if there is none."""
        return self._settled().book.formula_of(name)

    def refers_to_nothing(self, name: str) -> bool:
        """Whether a defined name stands for cells that are gone, or whose sheet is."""
        meaning = self.formula_of(name) or ""
        area = area_of(meaning)
        return "#REF!" in meaning or (area is not None and not self.has_sheet(area.sheet))

    def define_hidden(self, name: str, formula: str) -> None:
        """Define a name that Excel lists nowhere, as a formula without its ``=``."""
        book = self._settled().book.copy()
        book.set_hidden(name, formula)
        self._exchange_book(book)

    def set_print_area(self, sheet: str, columns: str) -> None:
        """Have a sheet print some of its columns, such as ``$A:$E``, unless it says what prints."""
        plan = self._settled()
        if "_xlnm.Print_Area" not in plan.book.names_of(sheet):
            book = plan.book.copy()
            book.set_names_of(sheet, {"_xlnm.Print_Area": f"{quoted(sheet)}!{columns}"})
            self._exchange_book(book)

    def has_sheet(self, name: str) -> bool:
        """Whether a sheet, of cells or of a chart, has a name, as Excel compares names."""
        return name.casefold() in {each.casefold() for each in self._settled().book.sheet_ids()}

    def add_sheet(self, other: FileWorkbook, name: str, *, as_name: str | None = None) -> None:
        """Take over a sheet, with its tables, behind the sheets that are there."""
        plan = self._settled()
        self._exchange(with_sheet(plan, other._plan, name, as_name=as_name or name))

    def obstacle_over(self, area: Area) -> str | None:
        """Name a table, or merged cells, that cells of an area belong to."""
        return obstacle_over(self._settled(), area)

    def beside(self, table: str) -> Area:
        """The cells that one more column of a table would take, from heading to totals."""
        definition = self._settled().tables[table.casefold()]
        area, right = definition.area, definition.area.right + 1
        bottom = area.bottom + definition.has_totals
        return Area(area.sheet, area.top - 1, right, bottom, right)

    def add_heading(self, table: str, heading: str, *, formula: str | None = None) -> Area:
        """Give a table one more column, right of the others; gives its data cells.

        The heading looks like the one beside it; new rows will have the `formula`.
        """
        plan = self._settled()
        definition = plan.tables[table.casefold()]
        content = with_column(
            plan.package.read(definition.part), definition.part, definition, heading, formula
        )
        self._exchange(plan.package.replaced({definition.part: content}))
        area = definition.area
        sheet, row, column = area.sheet, area.top - 1, area.right + 1
        self.write_block(sheet, row, column, [[heading]])
        beside = Area.cell(sheet, row, column - 1)
        self.copy_looks(beside, Area.cell(sheet, row, column))
        return dataclasses.replace(area, left=column, right=column)

    def copy_styles(self, source: Area, target: Area) -> None:
        """Give a cell the style of another of this workbook; heights stay."""
        look = self._plan.sheet(source.sheet).look(source.top, source.left)
        self._sheet(target.sheet).row(target.top).styles[target.left] = look

    def adopt_cells(self, other: FileWorkbook, source: Area, target: Area) -> None:
        """Write what cells of the other workbook hold, and give them their look and height."""
        self.write_block(target.sheet, target.top, target.left, other.read_block(source))
        self.adopt_looks(other, source, target)
        self.adopt_height(other, source, target)

    def adopt_height(self, other: FileWorkbook, source: Area, target: Area) -> None:
        """Give rows the heights that rows of the other workbook have been given."""
        sheet = other._plan.sheet(source.sheet)
        rows = enumerate(range(source.top, source.bottom + 1), target.top)
        known = {row: sheet.height(theirs) for row, theirs in rows}
        self.set_heights(target.sheet, {row: it for row, it in known.items() if it is not None})

    def adopt_looks(self, other: FileWorkbook, source: Area, target: Area) -> None:
        """Give cells the look that cells of the other workbook have, again and again downwards."""
        sheet, edits = other._plan.sheet(source.sheet), self._sheet(target.sheet)
        styles, theirs = self._edits.new_styles(self._plan), other._plan.styles
        looks = [
            [styles.adopted(sheet.look(row, column), theirs)
             for column in range(source.left, source.right + 1)]
            for row in range(source.top, source.bottom + 1)
        ]  # fmt: skip
        for i, row in enumerate(range(target.top, target.bottom + 1)):
            edits.row(row).styles.update(enumerate(looks[i % source.height], target.left))

    def adopt_column(
        self,
        other: FileWorkbook,
        source: Area,
        target: Area,
        *,
        instead_of: float | None = None,
    ) -> None:
        """Give a column the width and look of the other workbook's, where it has none of its own.

        A width of `instead_of` counts as none.
        """
        shown = other._plan.sheet(source.sheet).shell_as_read
        width, style = column_look(shown, source.left)
        if width is None:
            return
        styles = self._edits.new_styles(self._plan)
        look = ColumnLook(width, styles.adopted(style, other._plan.styles), instead_of)
        self._sheet(target.sheet).columns[target.left] = look

    def adopt_validations(self, other: FileWorkbook, source: Area, target: Area) -> None:
        """Take over the lists and messages of a cell or column for cells of this workbook."""
        edits = self._sheet(target.sheet)
        shown = other._plan.sheet(source.sheet).shell_as_read
        for validation in shown.iterfind(f"{Q}dataValidations/{Q}dataValidation"):
            if _covers(validation.get("sqref", ""), source):
                own = copy.deepcopy(validation)
                own.set("sqref", target.range)
                edits.validations.append(own)

    def rules_of(self, sheet: str) -> list[Condition]:
        """The conditional formats of a sheet that are formulas over one range."""
        plan = self._settled()
        found = []
        for element in plan.sheet(sheet).shell_as_read.iterfind(f"{Q}conditionalFormatting"):
            for rule in element.iterfind(f"{Q}cfRule"):
                sqref = element.get("sqref", "")
                if rule.get("type") == "expression" and "dxfId" in rule.attrib and " " not in sqref:
                    look = plan.styles.look(whole_number(rule, "dxfId"))
                    area = Area.of(sheet, sqref)
                    found.append(_condition(area, rule.findtext(f"{Q}formula", ""), look))
        return found


def _covers(references: str, area: Area) -> bool:
    return any(shell.reaches_into(area, reference) for reference in references.split())


def _condition(area: Area, formula: str, look: etree._Element) -> Condition:
    font_color, fill_color = (look.find(path) for path in (f"{Q}font/{Q}color", f".//{Q}bgColor"))
    bold, italic = (look.find(f"{Q}font/{Q}{tag}") for tag in ("b", "i"))
    return Condition(
        area,
        formula=formula,
        font_color=None if font_color is None else font_color.get("rgb", "")[-6:] or None,
        fill_color=None if fill_color is None else fill_color.get("rgb", "")[-6:] or None,
        bold=None if bold is None else bold.get("val", "1") in ("1", "true"),
        italic=None if italic is None else italic.get("val", "1") in ("1", "true"),
    )
