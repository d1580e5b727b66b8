"""Checks of what belongs to the whole workbook: sheets, tables, defined names, the calc chain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.judges.opened_package import (
    LAST_ROW,
    MAIN,
    RELATION,
    Area,
    OpenedPackage,
    Sheet,
    area_of,
    column_number,
    overlapping,
    repeated,
    sheets_named_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_NAME = re.compile(r"([^\W\d]|\\)[\w.\\?]*")
_LOOKS_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[RrCc]")
_WHOLE_LINES = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})|\$?([0-9]+):\$?([0-9]+)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def problems_of_sheet_names(package: OpenedPackage) -> Iterator[str]:
    """Yield sheets with names or ids that Excel does not take, and a workbook with none shown."""
    lines = package.xml(package.workbook_part).findall(f"{MAIN}sheets/{MAIN}sheet")
    names = [line.get("name", "") for line in lines]
    for name in names:
        if not 1 <= len(name) <= 31 or re.search(r"[\[\]:*?/\\]|^'|'$", name):
            yield f"workbook: {name!r} cannot be the name of a sheet"
    for name in repeated([name.casefold() for name in names]):
        yield f"workbook: two sheets are named {name!r}"
    for attribute in ("sheetId", f"{RELATION}id"):
        for value in repeated([line.get(attribute, "") for line in lines]):
            yield f"workbook: two sheets have the id {value}"
    if all(line.get("state", "visible") != "visible" for line in lines):
        yield "workbook: no sheet is visible"


def problems_of_tables(package: OpenedPackage) -> Iterator[str]:
    """Yield tables that share names, ids or cells, and columns unlike their headings."""
    tables = [package.xml(part) for sheet in package.sheets for part in _tables(sheet, package)]
    for attribute in ("id", "name", "displayName"):
        for value in repeated([table.get(attribute, "").casefold() for table in tables]):
            yield f"workbook: two tables have the {attribute} {value!r}"
    workbook = package.xml(package.workbook_part)
    defined = workbook.findall(f"{MAIN}definedNames/{MAIN}definedName")
    taken = {name.get("name", "").casefold() for name in defined}
    for table in tables:
        name = table.get("displayName", "")
        if name.casefold() in taken or not _can_be_a_name(name):
            yield f"workbook: {name!r} cannot be the name of a table"
    for sheet in package.sheets:
        parts = _tables(sheet, package)
        areas = [
            (ref, area_of(ref)) for ref in (package.xml(part).get("ref", "") for part in parts)
        ]
        for text, other in overlapping(areas):
            yield f"{sheet.part}: table {text} overlaps table {other}"
        for part in parts:
            yield from _problems_of_table(sheet, package, part)


def _tables(sheet: Sheet, package: OpenedPackage) -> list[str]:
    """Parts of the tables on a sheet."""
    return package.related(sheet.part, "table")


def _problems_of_table(sheet: Sheet, package: OpenedPackage, part: str) -> Iterator[str]:
    """Yield what is wrong with one table by itself."""
    table = package.xml(part)
    area = area_of(table.get("ref", ""))
    if area is None:
        yield f"{part}: {table.get('ref')!r} is no area"
        return
    columns = table.findall(f"{MAIN}tableColumns/{MAIN}tableColumn")
    names = [column.get("name", "") for column in columns]
    if len(columns) != area.right - area.left + 1:
        yield f"{part}: {len(columns)} columns do not fill {table.get('ref')}"
    for value in repeated([name.casefold() for name in names]):
        yield f"{part}: two columns are named {value!r}"
    for value in repeated([column.get("id", "") for column in columns]):
        yield f"{part}: two columns have the id {value}"
    for element in table.iterfind(f"{MAIN}autoFilter"):
        filtered = area_of(element.get("ref", ""))
        if filtered is None or not area.holds(filtered):
            yield f"{part}: its filter covers {element.get('ref')}"
    if table.get("headerRowCount", "1") != "0":
        yield from _problems_of_headings(sheet, package, part, area, names)


def _problems_of_headings(
    sheet: Sheet, package: OpenedPackage, part: str, area: Area, names: list[str]
) -> Iterator[str]:
    """Yield columns whose name is not the text of their heading cell."""
    cells = {
        place.left: package.text_shown_in(cell)
        for cell in sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row[@r='{area.top}']/{MAIN}c")
        if (place := area_of(cell.get("r", ""))) is not None
    }
    for column, name in enumerate(names, start=area.left):
        written = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), name)
        if cells.get(column) != written:
            yield f"{part}: column {name!r} has the heading {cells.get(column)!r}"


def _can_be_a_name(name: str) -> bool:
    """Whether Excel takes it as the name of a range or table."""
    return (
        len(name) <= 255
        and _NAME.fullmatch(name) is not None
        and _LOOKS_LIKE_A_CELL.fullmatch(name) is None
    )


def problems_of_defined_names(package: OpenedPackage) -> Iterator[str]:
    """Yield names that are ill-formed, doubled, or lead to no sheet."""
    workbook = package.xml(package.workbook_part)
    sheets = [line.get("name", "") for line in workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")]
    names = workbook.findall(f"{MAIN}definedNames/{MAIN}definedName")
    keys = [f"{name.get('name', '').casefold()} {name.get('localSheetId', '')}" for name in names]
    for key in repeated(keys):
        yield f"workbook: the name {key.strip()!r} is defined twice"
    for name in names:
        text, formula = name.get("name", ""), name.text or ""
        scope = int(name.get("localSheetId", 0))
        if not text.startswith("_xlnm.") and not _can_be_a_name(text):
            yield f"workbook: {text!r} cannot be a name"
        if not formula or formula.startswith("=") or "#REF!" in formula:
            yield f"workbook: the name {text!r} leads to {formula!r}"
        if scope >= len(sheets):
            yield f"workbook: the name {text!r} belongs to sheet {scope}, which is missing"
            continue
        for sheet in sheets_named_in(formula):
            if sheet.casefold() not in package.sheet_names and "[" not in sheet:
                yield f"workbook: the name {text!r} leads to sheet {sheet!r}, which is missing"
        if text in ("_xlnm.Print_Area", "_xlnm.Print_Titles"):
            yield from _problems_of_print_name(name, sheets[scope])


def _problems_of_print_name(name: etree._Element, sheet: str) -> Iterator[str]:
    """Yield a print area or title of another sheet, or of no cells."""
    text = name.text or ""
    quoted = "'" + sheet.replace("'", "''") + "'!"
    for piece in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", text):
        start = next((start for start in (quoted, f"{sheet}!") if piece.startswith(start)), None)
        cells = piece.removeprefix(start or "")
        if name.get("localSheetId") is None or start is None:
            yield f"workbook: {name.get('name')} {text!r} is not of its own sheet"
        elif area_of(cells) is None and not _is_whole_lines(cells):
            yield f"workbook: {name.get('name')} covers {cells!r}"


def _is_whole_lines(cells: str) -> bool:
    """Whether it is whole columns such as $A:$B or whole rows such as $5:$6."""
    match = _WHOLE_LINES.fullmatch(cells)
    if match is None:
        return False
    if match[1]:
        return column_number(match[1]) <= column_number(match[2])
    return 1 <= int(match[3]) <= int(match[4]) <= LAST_ROW


def problems_of_calc_chain(package: OpenedPackage) -> Iterator[str]:
    """Yield cells of the calc chain that hold no formula; Excel repairs such a file."""
    lines = package.xml(package.workbook_part).iterfind(f"{MAIN}sheets/{MAIN}sheet")
    names = {line.get("sheetId", ""): line.get("name", "") for line in lines}
    formulas = {sheet.name: _cells_with_formulas(sheet) for sheet in package.sheets}
    for part in package.related(package.workbook_part, "calcChain"):
        sheet_id, seen = "", []
        for cell in package.xml(part):
            sheet_id = cell.get("i", sheet_id)
            sheet, reference = names.get(sheet_id, ""), cell.get("r", "")
            seen.append(f"{sheet}!{reference}")
            place = area_of(reference)
            areas = formulas.get(sheet, [])
            if place is None or not any(area.holds(place) for area in areas):
                yield f"{part}: {sheet}!{reference} holds no formula"
        if not seen:
            yield f"{part}: is empty"
        for cell_name in repeated(seen):
            yield f"{part}: {cell_name} is there twice"


def _cells_with_formulas(sheet: Sheet) -> list[Area]:
    """Areas that formulas fill: a cell each, or all cells of an array formula."""
    references = [
        formula.get("ref", cell.get("r", "")) if formula.get("t") == "array" else cell.get("r", "")
        for cell in sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c")
        if (formula := cell.find(f"{MAIN}f")) is not None
    ]
    return [area for text in references if (area := area_of(text)) is not None]
