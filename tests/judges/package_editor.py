"""Changing a package part by part, for planting in it what a test needs to find there."""

from __future__ import annotations

import bisect
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from tests.judges.check_of_sheets import CHILDREN_IN_ORDER
from tests.judges.opened_package import (
    CONTENT_TYPES,
    MAIN,
    OpenedPackage,
    area_of,
)

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# Excel declares these on a sheet's root; an element inside may need them without saying so.
_ROOT_PREFIXES = {
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "x14": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "x14ac": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac",
    "xr": "http://schemas.microsoft.com/office/spreadsheetml/2014/revision",
    "xm": "http://schemas.microsoft.com/office/excel/2006/main",
}


class PackageEditor:
    """The entries of a package; XML asked for by `xml` may be changed in place."""

    def __init__(self, path: Path) -> None:
        self._package = OpenedPackage(path)
        self._roots: dict[str, etree._Element] = {}
        self.entries = dict(self._package.entries)

    @property
    def workbook_part(self) -> str:
        """Name of the workbook's part."""
        return self._package.workbook_part

    @property
    def has_macros(self) -> bool:
        """Whether the workbook carries a VBA project."""
        return "xl/vbaProject.bin" in self.entries

    def related(self, part: str, kind: str) -> list[str]:
        """Parts that a part of the source relates to."""
        return self._package.related(part, kind)

    def sheet_part(self, name: str) -> str:
        """Part of the sheet with this name."""
        return next(sheet.part for sheet in self._package.sheets if sheet.name == name)

    def xml(self, part: str) -> etree._Element:
        """Root of a part, to be changed in place."""
        if part not in self._roots:
            content = self.entries[part]
            is_sheet = posixpath.dirname(part) == "xl/worksheets"
            self._roots[part] = etree.fromstring(_with_prefixes(content) if is_sheet else content)
        return self._roots[part]

    def add_part(self, part: str, content: str | bytes, content_type: str) -> None:
        """Add a part under a content type of its own."""
        self.entries[part] = content.encode() if isinstance(content, str) else content
        line = etree.SubElement(self.xml(CONTENT_TYPES), f"{_TYPES}Override")
        line.set("PartName", f"/{part}")
        line.set("ContentType", content_type)

    def add_default_type(self, extension: str, content_type: str) -> None:
        """Give all parts with an extension their content type, as Excel does for pictures."""
        root = self.xml(CONTENT_TYPES)
        if not any(line.get("Extension") == extension for line in root):
            line = etree.Element(f"{_TYPES}Default", Extension=extension)
            line.set("ContentType", content_type)
            root.insert(0, line)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part (``""``: the package) to another and return the relationship's id."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        self.entries.setdefault(rels, f'<Relationships xmlns="{_PACKAGE_RELATIONS}"/>'.encode())
        root = self.xml(rels)
        taken = {line.get("Id") for line in root}
        identity = next(name for n in range(1, 999) if (name := f"rId{n}") not in taken)
        etree.SubElement(
            root,
            f"{{{_PACKAGE_RELATIONS}}}Relationship",
            Id=identity,
            Type=kind if "://" in kind else DOCUMENT_KINDS + kind,
            Target=posixpath.relpath(target, folder or "."),
        )
        return identity

    def save(self, path: Path) -> None:
        """Write the package, changed parts in their old places and new ones behind."""
        for part, root in self._roots.items():
            self.entries[part] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in self.entries.items():
                info = zipfile.ZipInfo(part)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)


def _with_prefixes(sheet_xml: bytes) -> bytes:
    """Declare on a sheet's root what Excel declares there."""
    tag = re.search(r"<worksheet\b[^>]*", sheet_xml.decode())
    if tag is None:
        raise ValueError("the sheet's root has a prefix of its own")
    longer = tag[0]
    for prefix, namespace in _ROOT_PREFIXES.items():
        if f"xmlns:{prefix}=" not in longer:
            longer += f' xmlns:{prefix}="{namespace}"'
    if "mc:Ignorable" not in longer:
        longer += ' mc:Ignorable="x14ac xr"'
    return sheet_xml.decode().replace(tag[0], longer, 1).encode()


def add_to_sheet(sheet: etree._Element, xml: str, *, named: str = "") -> etree._Element:
    """Put a child where the order of a worksheet's children wants it.

    `xml` uses the prefixes that a sheet's root declares; `named` says what a wrapped
    child counts as.
    """
    child = parsed(xml)
    name = named or str(child.tag).removeprefix(MAIN)
    before = CHILDREN_IN_ORDER[: CHILDREN_IN_ORDER.index(name) + 1]
    position = 0
    for i, other in enumerate(sheet):
        if str(other.tag).removeprefix(MAIN) in before:
            position = i + 1
    sheet.insert(position, child)
    return child


def parsed(xml: str) -> etree._Element:
    """Element of a piece of a sheet's XML, its prefixes being those of a sheet's root."""
    prefixes = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _ROOT_PREFIXES.items())
    return etree.fromstring(f'<holder xmlns="{MAIN[1:-1]}" {prefixes}>{xml}</holder>')[0]


def list_in_sheet(sheet: etree._Element, name: str) -> etree._Element:
    """Child of a sheet that holds a list, such as ``cols``; made if it is not there."""
    found = sheet.find(f"{MAIN}{name}")
    return add_to_sheet(sheet, f"<{name}/>") if found is None else found


def add_extension(holder: etree._Element, uri: str, xml: str) -> None:
    """Add to the extension list of a root, to the extension of this uri if it is there."""
    extensions = holder.find(f"{MAIN}extLst")
    if extensions is None:
        extensions = etree.SubElement(holder, f"{MAIN}extLst")
    new = parsed(xml)
    for extension in extensions:
        if extension.get("uri") == uri:
            extension[0].extend(list(new))
            return
    etree.SubElement(extensions, f"{MAIN}ext", uri=uri).append(new)


def put_cell(sheet: etree._Element, cell_xml: str) -> None:
    """Put a cell into its row, the row into the sheet, and both into the dimension."""
    cell = parsed(cell_xml)
    place = area_of(cell.get("r", ""))
    if place is None:
        raise ValueError(f"{cell.get('r')!r} is no cell")
    row = row_of(sheet, place.top)
    # Excel may leave the hint "spans" out, and a wrong one is worse than none.
    row.attrib.pop("spans", None)
    lefts = [area.left for other in row if (area := area_of(other.get("r", "")))]
    position = bisect.bisect_left(lefts, place.left)
    if place.left in lefts:
        row.remove(row[position])
    row.insert(position, cell)
    dimension = sheet.find(f"{MAIN}dimension")
    if dimension is not None and (covered := area_of(dimension.get("ref", ""))):
        bottom, right = max(covered.bottom, place.top), max(covered.right, place.left)
        dimension.set("ref", f"A1:{column_letters(right)}{bottom}")


def row_of(sheet: etree._Element, number: int) -> etree._Element:
    """Row with this number, made in its place if it is not there."""
    rows = sheet.find(f"{MAIN}sheetData")
    numbers = [int(row.get("r", 0)) for row in rows]
    position = bisect.bisect_left(numbers, number)
    if number not in numbers:
        rows.insert(position, etree.Element(f"{MAIN}row", r=str(number)))
    return rows[position]


def column_letters(number: int) -> str:
    """Letters of a column, 1 being A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
