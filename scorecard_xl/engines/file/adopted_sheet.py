"""A sheet of one workbook put into another: its cells, looks, rules, tables and print titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.part_lists import free_part, with_relationship, with_type
from scorecard_xl.engines.file.tables import number_of, renumbered
from scorecard_xl.engines.file.xml import Q
from scorecard_xl.workbook.engine import quoted

if TYPE_CHECKING:
    from scorecard_xl.engines.file.package import Package
    from scorecard_xl.engines.file.plan import Plan
    from scorecard_xl.engines.file.styles import Styles

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_TYPE, _TABLE_TYPE = f"{_SPREADSHEET}.worksheet+xml", f"{_SPREADSHEET}.table+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def with_sheet(plan: Plan, source: Plan, name: str, *, as_name: str) -> Package:
    """The package of a plan with a sheet of another workbook behind its own sheets.

    A sheet has nothing beside it but tables; its texts are written into its cells.
    """
    styles, part = plan.new_styles(), free_part(plan.package, source.sheets[name])
    content = _converted(source, name, styles)
    package = plan.package.replaced({part: content, styles.part: styles.to_bytes()})
    package = with_type(package, part, _SHEET_TYPE)
    package = _with_tables(package, plan, source, name, part)
    package, relationship = with_relationship(package, plan.workbook_part, "worksheet", part)
    book = plan.book.copy()
    book.add_sheet(as_name, relationship, is_hidden=source.book.is_hidden(name))
    # A sheet's own names speak of no other sheet.
    local = source.book.names_of(name).items()
    book.set_names_of(as_name, {key: _moved(text, as_name) for key, text in local})
    return package.replaced({plan.workbook_part: book.to_bytes()})


def _moved(text: str, sheet: str) -> str:
    return f"{quoted(sheet)}!{text.rpartition('!')[2]}"


def _converted(source: Plan, name: str, styles: Styles) -> bytes:
    """The sheet's part with its looks and texts as the other workbook has them."""
    part = source.sheets[name]
    root = xml.parse(source.package.read(part), part)
    for element, attribute in _styled(root):
        if attribute in element.attrib:
            adopted = styles.adopted(element.get(attribute, "0"), source.styles)
            element.set(attribute, adopted)
    for rule in root.iter(f"{Q}cfRule"):
        if "dxfId" in rule.attrib:
            look = styles.adopted_look(xml.whole_number(rule, "dxfId"), source.styles)
            rule.set("dxfId", str(look))
    for cell in root.iter(f"{Q}c"):
        if cell.get("t") == "s":
            _write_in(cell, source.shared_strings[int(cell.findtext(f"{Q}v", "0"))])
    for view in root.iter(f"{Q}sheetView"):
        if "tabSelected" in view.attrib:
            del view.attrib["tabSelected"]
    return xml.serialised(root)


def _styled(root: etree._Element) -> list[tuple[etree._Element, str]]:
    cells = [(each, "s") for tag in ("row", "c") for each in root.iter(Q + tag)]
    return [*cells, *((each, "style") for each in root.iter(f"{Q}col"))]


def _write_in(cell: etree._Element, text: str) -> None:
    """Have a cell hold its text itself."""
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    piece = etree.SubElement(etree.SubElement(cell, f"{Q}is"), f"{Q}t")
    piece.text = text
    if text != text.strip():
        piece.set(_SPACE, "preserve")


def _with_tables(package: Package, plan: Plan, source: Plan, name: str, part: str) -> Package:
    """The package with the sheet's tables, each under a number of its own."""
    numbers = [number_of(plan.package.read(each.part), each.part) for each in plan.tables.values()]
    number = max([0, *numbers])
    related = source.package.relationships(source.sheets[name]).items()
    for identifier, (kind, target) in related:
        if kind != "table":
            continue
        number += 1
        table = free_part(package, target)
        content = renumbered(source.package.read(target), target, number)
        package = with_type(package.replaced({table: content}), table, _TABLE_TYPE)
        package, _ = with_relationship(package, part, "table", table, wanted=identifier)
    return package
