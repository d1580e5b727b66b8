"""Checks of a sheet's cells: rows, values, merges, links, and the order of its parts."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from tests.judges.opened_package import (
    COMPATIBILITY,
    LAST_COLUMN,
    MAIN,
    Area,
    OpenedPackage,
    Sheet,
    area_of,
    overlapping,
    repeated,
    sheets_named_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

CHILDREN_IN_ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_ERRORS = {
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA",
    "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!",
}  # fmt: skip
LONGEST_TEXT, LONGEST_FORMULA = 32_767, 8_192


def problems_of_child_order(sheet: Sheet) -> Iterator[str]:
    """Yield children of the worksheet that stand in the wrong place or twice."""
    names = [_name_of_child(child) for child in sheet.root.iterchildren("*")]
    for name in names:
        if name not in CHILDREN_IN_ORDER:
            yield f"{sheet.part}: {name} cannot stand in a worksheet"
    known = [name for name in names if name in CHILDREN_IN_ORDER]
    for before, after in itertools.pairwise(known):
        if CHILDREN_IN_ORDER.index(before) > CHILDREN_IN_ORDER.index(after):
            yield f"{sheet.part}: {after} must stand before {before}"
    for name in repeated(known):
        if name != "conditionalFormatting":
            yield f"{sheet.part}: {name} is there twice"


def _name_of_child(child: etree._Element) -> str:
    """Name of a child; an alternative has the name of what it holds."""
    while str(child.tag).startswith(COMPATIBILITY) and len(child):
        child = child[0]
    return str(child.tag).removeprefix(MAIN)


def problems_of_rows(sheet: Sheet) -> Iterator[str]:
    """Yield rows out of order, and cells out of order or in another row than they say."""
    row_number = 0
    for row in sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number = int(row.get("r", row_number + 1))
        if number <= row_number:
            yield f"{sheet.part}: row {number} stands after row {row_number}"
        row_number, column = number, 0
        for cell in row.iterfind(f"{MAIN}c"):
            reference = cell.get("r")
            place = area_of(reference) if reference else None
            if reference and place is None:
                yield f"{sheet.part}: {reference!r} is no cell"
                continue
            if place and place.top != number:
                yield f"{sheet.part}: {reference} stands in row {number}"
            if place and place.left <= column:
                yield f"{sheet.part}: {reference} stands after a cell at or right of it"
            column = place.left if place else column + 1


def problems_of_values(sheet: Sheet, package: OpenedPackage) -> Iterator[str]:
    """Yield values that do not suit their cell's type."""
    for cell in sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c"):
        place, kind, value = cell.get("r"), cell.get("t", "n"), cell.findtext(f"{MAIN}v")
        # A formula without a cached value may come as an empty <v/>: Excel calculates it.
        is_uncalculated = value == "" and cell.find(f"{MAIN}f") is not None
        if value is not None and not is_uncalculated and not _suits(value, kind, package):
            yield f"{sheet.part}: {place} holds {value!r}, which is no value of type {kind!r}"
        if kind == "inlineStr" and cell.find(f"{MAIN}is") is None:
            yield f"{sheet.part}: {place} has an inline text type, but no text"
        if len(package.text_shown_in(cell) or "") > LONGEST_TEXT:
            yield f"{sheet.part}: {place} holds more than {LONGEST_TEXT} characters"


def problems_of_formulas(sheet: Sheet, package: OpenedPackage) -> Iterator[str]:
    """Yield formulas that Excel cannot take, or that refer to a missing sheet."""
    for cell in sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c"):
        formula = cell.findtext(f"{MAIN}f", "")
        if formula.startswith("=") or len(formula) > LONGEST_FORMULA:
            yield f"{sheet.part}: {cell.get('r')} holds a formula that Excel cannot take"
        for name in sheets_named_in(formula):
            if name.casefold() not in package.sheet_names and "[" not in name:
                yield f"{sheet.part}: {cell.get('r')} refers to sheet {name!r}, which is missing"


def _suits(value: str, kind: str, package: OpenedPackage) -> bool:
    """Whether a cached value is one of its type."""
    match kind:
        case "n":
            return _NUMBER.fullmatch(value) is not None
        case "b":
            return value in ("0", "1")
        case "e":
            return value in _ERRORS
        case "s":
            return value.isdigit() and int(value) < len(package.shared_strings)
    return True


def problems_of_shared_formulas(sheet: Sheet) -> Iterator[str]:
    """Yield shared formulas whose text stands in no cell."""
    formulas = sheet.root.findall(f"{MAIN}sheetData/{MAIN}row/{MAIN}c/{MAIN}f[@t='shared']")
    written = {formula.get("si") for formula in formulas if formula.text}
    for group in sorted({formula.get("si", "") for formula in formulas} - written):
        yield f"{sheet.part}: shared formula {group} is written nowhere"


def problems_of_dimension(sheet: Sheet) -> Iterator[str]:
    """Yield a dimension that leaves cells out."""
    cells = [
        place
        for cell in sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c")
        if (place := area_of(cell.get("r", ""))) is not None
    ]
    for text, area in sheet.areas(f"{MAIN}dimension"):
        if area is None or (cells and not area.holds(_around(cells))):
            yield f"{sheet.part}: dimension {text!r} does not cover all cells"


def _around(areas: list[Area]) -> Area:
    """Smallest area that holds all."""
    return Area(
        top=min(area.top for area in areas),
        left=min(area.left for area in areas),
        bottom=max(area.bottom for area in areas),
        right=max(area.right for area in areas),
    )


def problems_of_columns(sheet: Sheet) -> Iterator[str]:
    """Yield column definitions that overlap or stand out of order."""
    last = 0
    for column in sheet.root.iterfind(f"{MAIN}cols/{MAIN}col"):
        left, right = int(column.get("min", 0)), int(column.get("max", 0))
        if not last < left <= right <= LAST_COLUMN:
            yield f"{sheet.part}: columns {left} to {right} stand after column {last}"
        last = right


def problems_of_merges(sheet: Sheet, package: OpenedPackage) -> Iterator[str]:
    """Yield merges that overlap each other or a table, or are no merges."""
    merges = sheet.areas(f"{MAIN}mergeCells/{MAIN}mergeCell")
    for text, area in merges:
        if area is None or (area.top == area.bottom and area.left == area.right):
            yield f"{sheet.part}: {text!r} is no merge of cells"
    for text, other in overlapping(merges):
        yield f"{sheet.part}: merge {text} overlaps merge {other}"
    for part in package.related(sheet.part, "table"):
        table = area_of(package.xml(part).get("ref", ""))
        for text, area in merges:
            if table and area and area.overlaps(table):
                yield f"{sheet.part}: merge {text} overlaps a table"


def problems_of_links(sheet: Sheet, package: OpenedPackage) -> Iterator[str]:
    """Yield hyperlinks inside the workbook that lead to no sheet."""
    names = package.xml(package.workbook_part).iterfind(f"{MAIN}definedNames/{MAIN}definedName")
    defined = {name.get("name", "").casefold() for name in names}
    for link in sheet.root.iterfind(f"{MAIN}hyperlinks/{MAIN}hyperlink"):
        location = link.get("location")
        if all(area_of(text) is None for text in link.get("ref", "").split()):
            yield f"{sheet.part}: a link stands in {link.get('ref')!r}, which is no cell"
        if location is None or location.casefold() in defined:
            continue
        named = list(sheets_named_in(location))
        if len(named) != 1 or named[0].casefold() not in package.sheet_names:
            yield f"{sheet.part}: the link in {link.get('ref')} leads to {location!r}"
