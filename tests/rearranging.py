"""Workbooks as analysts rearrange them: sheets renamed, moved, deleted; tables and columns too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from tests.judges.opened_package import MAIN, RELATION, area_of
from tests.judges.package_editor import PackageEditor, add_to_sheet, column_letters, put_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def rename_sheet(path: Path, old: str, new: str) -> None:
    """Rename a sheet; names and formulas that refer to it follow."""
    package = PackageEditor(path)
    quoted = "'" + new.replace("'", "''") + "'"
    before = re.compile(rf"(?<![\w'])(?:'{old}'|{old})!")
    book = package.xml(package.workbook_part)
    for sheet in book.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        if sheet.get("name") == old:
            sheet.set("name", new)
    texts = list(book.iterfind(f"{MAIN}definedNames/{MAIN}definedName"))
    for part in [name for name in package.entries if name.startswith("xl/worksheets/sheet")]:
        texts += package.xml(part).iter(f"{MAIN}f", f"{MAIN}formula1")
    for element in texts:
        element.text = before.sub(lambda _: f"{quoted}!", element.text or "")
    package.save(path)


def without_sheet(path: Path, name: str, *, its_names: str | None = None) -> None:
    """Take a sheet away, with its tables.

    Parameters
    ----------
    its_names
        What the names of its cells stand for from now on; None where they go, too, as a template
        without the sheet would be.
    """
    package = PackageEditor(path)
    book, part = package.xml(package.workbook_part), package.sheet_part(name)
    sheets = book.find(f"{MAIN}sheets")
    position = [sheet.get("name") for sheet in sheets].index(name)
    sheets.remove(sheets[position])
    names = book.find(f"{MAIN}definedNames")
    for element in list(names):
        local = element.get("localSheetId")
        if local == str(position) or (element.text or "").replace("'", "").startswith(f"{name}!"):
            if local is None and its_names is not None:
                element.text = its_names
            else:
                names.remove(element)
        elif local is not None and int(local) > position:
            element.set("localSheetId", str(int(local) - 1))
    gone = [part, *package.related(part, "table")]
    rels = package.xml("xl/_rels/workbook.xml.rels")
    for line in list(rels):
        if line.get("Target", "").rpartition("/")[2] == part.rpartition("/")[2]:
            rels.remove(line)
    types = package.xml("[Content_Types].xml")
    for line in list(types):
        if line.get("PartName", "").lstrip("/") in gone:
            types.remove(line)
    folder, _, file = part.rpartition("/")
    for each in [*gone, f"{folder}/_rels/{file}.rels"]:
        package.entries.pop(each, None)
    package.save(path)


def reverse_sheets(path: Path) -> None:
    """Put the sheets in the opposite order."""
    package = PackageEditor(path)
    book = package.xml(package.workbook_part)
    sheets = book.find(f"{MAIN}sheets")
    sheets[:] = reversed(sheets)
    for name in book.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        if name.get("localSheetId") is not None:
            name.set("localSheetId", str(len(sheets) - 1 - int(name.get("localSheetId", "0"))))
    for view in book.iter(f"{MAIN}workbookView"):
        view.set("activeTab", str(len(sheets) - 1))
    package.save(path)


def move_table(path: Path, table: str, *, source: str, target: str, down: int, right: int) -> None:
    """Cut a table out of a sheet and insert it elsewhere, on the same sheet or another."""
    package = PackageEditor(path)
    old, new = package.sheet_part(source), package.sheet_part(target)
    part = next(
        name for name in package.related(old, "table") if package.xml(name).get("name") == table
    )
    area = area_of(package.xml(part).get("ref", ""))
    assert area is not None
    moved = [
        cell
        for cell in list(package.xml(old).iter(f"{MAIN}c"))
        if (place := area_of(cell.get("r", ""))) is not None and area.holds(place)
    ]
    for cell in moved:
        cell.getparent().remove(cell)
    for cell in moved:
        cell.set("r", _shifted(cell.get("r", ""), down, right))
        put_cell(package.xml(new), _as_text(cell))
    for element in package.xml(part).iter(f"{MAIN}table", f"{MAIN}autoFilter"):
        element.set("ref", _shifted(element.get("ref", ""), down, right))
    if old != new:
        _move_relation(package, part, old, new)
    package.save(path)


def _shifted(reference: str, down: int, right: int) -> str:
    area = area_of(reference)
    assert area is not None
    corners = [(area.top, area.left), (area.bottom, area.right)][: 1 + reference.count(":")]
    return ":".join(f"{column_letters(left + right)}{top + down}" for top, left in corners)


def _as_text(cell: etree._Element) -> str:
    return etree.tostring(cell, encoding="unicode", with_tail=False)


def _move_relation(package: PackageEditor, part: str, old: str, new: str) -> None:
    """Let the new sheet lead to the table instead of the old one."""
    folder, name = old.rsplit("/", 1)
    rels = package.xml(f"{folder}/_rels/{name}.rels")
    (line,) = (each for each in rels if each.get("Target").endswith(part.rsplit("/", 1)[1]))
    rels.remove(line)
    for element in list(package.xml(old).iter(f"{MAIN}tablePart")):
        if element.get(f"{RELATION}id") == line.get("Id"):
            package.xml(old).remove(element.getparent())
    identity = package.relate(new, "table", part)
    parts = package.xml(new).find(f"{MAIN}tableParts")
    if parts is None:
        parts = add_to_sheet(package.xml(new), "<tableParts/>")
    parts.append(parts.makeelement(f"{MAIN}tablePart", {f"{RELATION}id": identity}))
    parts.set("count", str(len(parts)))


def redefine(path: Path, names: Mapping[str, str | None]) -> None:
    """Point defined names elsewhere; None takes a name away."""
    package = PackageEditor(path)
    defined = package.xml(package.workbook_part).find(f"{MAIN}definedNames")
    for element in list(defined):
        if element.get("name") in names:
            meaning = names[element.get("name")]
            element.text = meaning
            if meaning is None:
                defined.remove(element)
    package.save(path)


def change_sheet(path: Path, sheet: str, change: Callable[[etree._Element], None]) -> None:
    """Change a sheet's XML."""
    package = PackageEditor(path)
    change(package.xml(package.sheet_part(sheet)))
    package.save(path)
