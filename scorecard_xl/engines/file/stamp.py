"""Edits put into a package: new sheets, names, styles and tables beside untouched bytes."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import shell, xml
from scorecard_xl.engines.file.columns import set_column
from scorecard_xl.engines.file.dependents import others_depend
from scorecard_xl.engines.file.edits import SheetEdits
from scorecard_xl.engines.file.package import relationships_part
from scorecard_xl.engines.file.part_lists import CONTENT_TYPES_PART
from scorecard_xl.engines.file.row_stamping import stamped_rows
from scorecard_xl.engines.file.table_rules import follow_table
from scorecard_xl.engines.file.tables import resized

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard_xl.engines.file.package import Package
    from scorecard_xl.engines.file.plan import Plan
    from scorecard_xl.engines.file.sheet import Sheet
    from scorecard_xl.engines.file.styles import Styles
    from scorecard_xl.workbook.engine import Area, Condition

_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
EMPTY_DATA = re.compile(rb"<sheetData\b[^>]*?(?:/>|>\s*</sheetData>)")


@dataclasses.dataclass
class Edits:
    """Everything that waits to be stamped into a workbook."""

    sheets: dict[str, SheetEdits] = dataclasses.field(default_factory=dict)
    tables: dict[str, int] = dataclasses.field(default_factory=dict)
    names: dict[str, Area | str] = dataclasses.field(default_factory=dict)
    styles: Styles | None = None
    formatted: dict[tuple[str, str], str] = dataclasses.field(default_factory=dict)

    @property
    def is_pending(self) -> bool:
        """Whether there is anything to stamp."""
        return bool(self.sheets or self.tables or self.names)

    def sheet(self, name: str) -> SheetEdits:
        """The edits of a sheet, to be added to."""
        if name not in self.sheets:
            self.sheets[name] = SheetEdits()
        return self.sheets[name]

    def new_styles(self, plan: Plan) -> Styles:
        """The styles that the edits add to."""
        if self.styles is None:
            self.styles = plan.new_styles()
        return self.styles

    def style_with(self, plan: Plan, style: str, number_format: str) -> str:
        """A style like another one but for its number format."""
        known = (style, number_format)
        if known not in self.formatted:
            self.formatted[known] = self.new_styles(plan).with_number_format(*known)
        return self.formatted[known]


def stamped(plan: Plan, edits: Edits) -> Package:
    """Give the plan's package with the edits in it; parts that come out equal keep their bytes."""
    parts: dict[str, bytes] = {}
    for name, sheet in edits.sheets.items():
        parts[plan.sheets[name]] = _stamped_sheet(plan, name, sheet, edits)
    for name, rows in edits.tables.items():
        table = plan.tables[name.casefold()]
        parts[table.part] = resized(plan.package.read(table.part), table.part, table, rows)
    if edits.styles is not None and edits.styles.is_changed:
        parts[edits.styles.part] = edits.styles.to_bytes()
    dropped = stale_chain(plan, parts, edits)
    if dropped:
        parts |= without_chain(plan, dropped)
    book = stamped_book(plan, edits)
    if book is not None:
        parts[plan.workbook_part] = book
    return plan.package.replaced(parts, dropped=[dropped] if dropped else [])


def _stamped_sheet(plan: Plan, name: str, edits: SheetEdits, all_edits: Edits) -> bytes:
    """Write a sheet's part with its edits."""
    rows, edits.keeps_a_formula = stamped_rows(plan.sheet(name), edits.rows, plan.writer)
    first, last = (_ROW.match(rows[0]), _ROW.match(rows[-1])) if rows else (None, None)
    written = framed(
        plan.sheet(name),
        edits,
        lambda condition: all_edits.new_styles(plan).conditional_style(condition),
        used=(int(first[1]), int(last[1])) if first and last else None,
        columns=sorted(edits.written_columns()),
    )
    before, after = EMPTY_DATA.split(written, maxsplit=1)
    return b"".join((before, b"<sheetData>", *rows, b"</sheetData>", after))


def framed(
    sheet: Sheet,
    edits: SheetEdits,
    style_of: Callable[[Condition], int],
    *,
    used: tuple[int, int] | None,
    columns: Sequence[int],
) -> bytes:
    """Write a sheet with its edits, all but the rows.

    Parameters
    ----------
    style_of
        Gives the number of a conditional format's look.
    used
        The first and the last row that will be there.
    columns
        Those of the edited cells that hold or show something.
    """
    root = sheet.shell()
    for owned, merges in edits.merges:
        shell.set_merges(root, owned, merges)
    for table, bottom in edits.grown:
        follow_table(root, table, bottom)
    if edits.conditions is not None:
        shell.replace_conditions(root, *edits.conditions, style_of)
    if edits.pages is not None:
        shell.set_pages(root, edits.pages)
    for column, look in edits.columns.items():
        set_column(root, column, look)
    shell.add_validations(root, edits.validations)
    if used:
        shell.set_dimension(root, *used, columns)
    return xml.serialised(root)


def stamped_book(plan: Plan, edits: Edits) -> bytes | None:
    """Write the workbook part if its names or print areas change."""
    book = plan.book.copy()
    before = book.to_bytes()
    book.set_names(edits.names)
    for sheet in edits.sheets.values():
        if sheet.pages is not None:
            book.set_print_area(sheet.pages.area, old_bottom=sheet.pages.old_bottom)
    after = book.to_bytes()
    return after if after != before else None


def calculated_on_load(plan: Plan, stamped_sheets: Mapping[str, bool]) -> Package:
    """Have Excel calculate on loading, where formulas that were not written here may be stale.

    `stamped_sheets` tells of each edited sheet whether it keeps such a formula.
    Excel asks to save on closing where it calculates on loading, so that is
    only asked of it where a formula reads what was edited.
    """
    if not others_depend(plan, stamped_sheets):
        return plan.package
    book = plan.book.copy()
    book.calculate_on_load()
    return plan.package.replaced({plan.workbook_part: book.to_bytes()})


def stale_chain(plan: Plan, parts: dict[str, bytes], edits: Edits) -> str | None:
    """The calculation chain, if formulas came or went: Excel repairs one that names others."""
    chain = plan.calculation_chain
    if chain is None or chain not in plan.package:
        return None
    for name, sheet in edits.sheets.items():
        writes = any(row.has_formula for row in sheet.rows.values())
        if writes or parts[plan.sheets[name]].count(b"<f") != plan.package.read(
            plan.sheets[name]
        ).count(b"<f"):
            return chain
    return None


def without_chain(plan: Plan, chain: str) -> dict[str, bytes]:
    """Content types and relationships that no longer name the calculation chain."""
    types = xml.parse(plan.package.read(CONTENT_TYPES_PART), CONTENT_TYPES_PART)
    for element in list(types):
        if element.get("PartName", "").casefold() == f"/{chain}".casefold():
            types.remove(element)
    part = relationships_part(plan.workbook_part)
    relationships = xml.parse(plan.package.read(part), part)
    for element in list(relationships):
        if element.get("Type", "").endswith("/calcChain"):
            relationships.remove(element)
    return {CONTENT_TYPES_PART: xml.serialised(types), part: xml.serialised(relationships)}
