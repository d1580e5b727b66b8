"""Kent's workbook as two templates before today's had it, and what a workbook has by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

from scorecard_xl.engines.file.adopting import AdoptingWorkbook
from scorecard_xl.upgrading import upgrade
from tests.judges.opened_package import MAIN, area_of
from tests.judges.package_editor import PackageEditor, column_letters
from tests.scorecards import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.upgrading import Upgraded

# Each as it was made and filled when its template was today's.
FIRST = ROOT / "tests" / "data" / "kent_of_the_first_template.xlsx"
BEFORE_ROLLING = ROOT / "tests" / "data" / "kent_before_rolling.xlsx"
_OF_THE_FILL = ("setting_", "state_", "tally_")


def upgraded(path: Path) -> Upgraded:
    """Upgrade a file in its place, without a copy of what it was."""
    with AdoptingWorkbook.at(path) as workbook:
        outcome = upgrade(workbook)
        path.write_bytes(workbook.to_bytes())
    return outcome


def listing(path: Path) -> dict[str, Any]:
    """What a workbook has by name: sheets, names, headings, settings, prototypes, rules, texts."""
    book = openpyxl.load_workbook(path)
    held: dict[str, Any] = {
        "sheets": {sheet.title: sheet.sheet_state for sheet in book.worksheets},
        "names": {
            name: defined.attr_text.replace("'", "")
            for name, defined in book.defined_names.items()
            if not name.startswith(_OF_THE_FILL)
        },
        "settings": [row[0].value for row in book["Settings"].iter_rows()],
        "prototypes": [[cell.value for cell in row] for row in book["Styles"].iter_rows()],
        "looks of prototypes": [
            [_look(cell) for cell in row] for row in book["Styles"].iter_rows()
        ],
    }
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            held[f"headings of {table.name}"] = table.column_names
        held[f"lists of {sheet.title}"] = sorted(
            (str(each.sqref), each.type or "", each.formula1 or "")
            for each in sheet.data_validations.dataValidation
        )
        held[f"rules of {sheet.title}"] = [
            (str(area.sqref), rule.type, rule.formula)
            for area in sheet.conditional_formatting
            for rule in area.rules
        ]
    held["texts"] = {
        sheet: [[cell.value for cell in row] for row in book[sheet].iter_rows(max_row=rows)]
        for sheet, rows in (("Checks", 4), ("Why", 4), ("Guide", None))
    }
    return held


def _look(cell: Any) -> tuple[Any, ...]:
    font = cell.font
    return (
        font.b,
        font.sz,
        font.name,
        cell.number_format,
        cell.fill.fgColor.rgb,
        cell.alignment.horizontal,
    )


def cells_of(path: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What every cell of a workbook holds and how it looks, by sheet and reference."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (cell.value, *_look(cell), cell.border.bottom.style)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.has_style
    }


def without_last_column(path: Path, table: str) -> None:
    """Take the last column of a table away, with its cells."""
    package = PackageEditor(path)
    part = next(
        name
        for name in package.entries
        if name.startswith("xl/tables/") and package.xml(name).get("name") == table
    )
    root = package.xml(part)
    area = area_of(root.get("ref", ""))
    assert area is not None
    shorter = f"A{area.top}:{column_letters(area.right - 1)}{area.bottom}"
    for element in root.iter(f"{MAIN}table", f"{MAIN}autoFilter"):
        element.set("ref", shorter)
    columns = root.find(f"{MAIN}tableColumns")
    columns.remove(columns[-1])
    columns.set("count", str(len(columns)))
    sheet = package.xml(package.sheet_part(table))
    for cell in list(sheet.iter(f"{MAIN}c")):
        place = area_of(cell.get("r", ""))
        if place is not None and place.left == area.right:
            cell.getparent().remove(cell)
    package.save(path)
