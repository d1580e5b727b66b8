"""Kent's workbook in the shapes that other programs write, made by editing its XML."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from tests.judges.opened_package import MAIN
from tests.judges.package_editor import PackageEditor
from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SPREADSHEET = MAIN[1:-1]
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def kent_as(folder: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Kent's workbook with its parts changed."""
    path = copy_of(KENT, folder)
    with zipfile.ZipFile(KENT) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = dict(parts)
    change(parts)
    assert parts != before
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def sheets(parts: dict[str, bytes]) -> Iterator[str]:
    """The names of the worksheets' parts."""
    yield from [name for name in parts if SHEET.fullmatch(name)]


def each_sheet(change: Callable[[str], str]) -> Callable[[dict[str, bytes]], None]:
    """A change of every worksheet's text."""

    def changed(parts: dict[str, bytes]) -> None:
        for name in sheets(parts):
            parts[name] = change(parts[name].decode()).encode()

    return changed


def spreadsheet_parts(parts: dict[str, bytes]) -> Iterator[str]:
    """The names of the parts in the spreadsheet namespace."""
    yield from [
        name
        for name, content in parts.items()
        if name.endswith(".xml") and f'xmlns="{SPREADSHEET}"'.encode() in content
    ]


def prefixed(parts: dict[str, bytes]) -> None:
    """With a prefix on every element, as some .NET programs and report servers write."""
    for name in spreadsheet_parts(parts):
        text = parts[name].decode()
        text = text.replace(f'xmlns="{SPREADSHEET}"', f'xmlns:x="{SPREADSHEET}"', 1)
        parts[name] = re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", text).encode()
        etree.fromstring(parts[name])


def prefixed_beside_a_default(parts: dict[str, bytes]) -> None:
    """With a prefix on rows and cells only, the root having both."""
    for name in sheets(parts):
        text = parts[name].decode()
        text = text.replace("<worksheet ", f'<worksheet xmlns:x="{SPREADSHEET}" ', 1)
        text = re.sub(r"<(/?)(sheetData|row|c|v|f|is|t)(?=[\s/>])", r"<\1x:\2", text)
        parts[name] = text.encode()
        etree.fromstring(parts[name])


def strict(parts: dict[str, bytes]) -> None:
    """As Strict Open XML."""
    for name, content in parts.items():
        parts[name] = content.replace(
            SPREADSHEET.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )  # fmt: skip


def absolute_targets(parts: dict[str, bytes]) -> None:
    """With relationships that name parts from the package's root, as openpyxl writes."""
    for name in [each for each in parts if each.endswith(".rels")]:
        folder = name.split("_rels/")[0]
        root = etree.fromstring(parts[name])
        for line in root:
            target = line.get("Target")
            if line.get("TargetMode") != "External" and not target.startswith("/"):
                steps = (folder + target).split("/")
                while ".." in steps:
                    at = steps.index("..")
                    del steps[at - 1 : at + 1]
                line.set("Target", "/" + "/".join(steps))
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def shared_strings(parts: dict[str, bytes]) -> None:
    """With every text shared, as Excel saves."""
    strings, tag = _strings(parts)
    for name in sheets(parts):
        root = etree.fromstring(parts[name])
        for cell in root.iter(f"{MAIN}c"):
            inline = cell.find(f"{MAIN}is")
            if inline is not None:
                item = etree.SubElement(strings, f"{MAIN}si")
                item.extend(list(inline))
                cell.remove(inline)
                cell.set("t", "s")
                etree.SubElement(cell, f"{MAIN}v").text = str(len(strings) - 1)
        parts[name] = _written(root)
    parts[tag] = _written(strings)


def inline_strings(parts: dict[str, bytes]) -> None:
    """With no shared text, as report servers write."""
    strings, _ = _strings(parts)
    items = list(strings)
    for name in sheets(parts):
        root = etree.fromstring(parts[name])
        for cell in root.iter(f"{MAIN}c"):
            if cell.get("t") == "s":
                cell.set("t", "inlineStr")
                (value,) = cell.findall(f"{MAIN}v")
                inline = etree.SubElement(cell, f"{MAIN}is")
                inline.extend([etree.fromstring(_written(each)) for each in items[int(value.text)]])
                cell.remove(value)
        parts[name] = _written(root)


def _strings(parts: dict[str, bytes]) -> tuple[etree._Element, str]:
    part = "xl/sharedStrings.xml"
    return etree.fromstring(parts[part]), part


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def without_dimension(text: str) -> str:
    return re.sub(r"<dimension[^>]*/>", "", text)


def with_spans(text: str) -> str:
    text = re.sub(r' spans="[^"]*"', "", text)
    return re.sub(r'<row r="(\d+)"', r'<row r="\1" spans="1:20"', text)


def without_places(text: str) -> str:
    """Rows and cells that do not say where they are, where they need not."""
    root = etree.fromstring(text.encode())
    expected = 1
    for row in root.iter(f"{MAIN}row"):
        if int(row.get("r")) == expected:
            del row.attrib["r"]
        expected = expected + 1 if "r" not in row.attrib else int(row.get("r")) + 1
        column = 1
        for cell in row:
            letters = cell.get("r").rstrip("0123456789")
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            if number == column:
                del cell.attrib["r"]
            column = number + 1
    return etree.tostring(root, encoding="unicode")


def with_crlf(text: str) -> str:
    """With a line end and spaces between elements, but not within text."""
    return re.sub(r"(<(?:/?(?:row|sheetData)|c)\b)", r"\r\n  \1", text)


def in_single_quotes(text: str) -> str:
    def turned(tag: re.Match[str]) -> str:
        return re.sub(r'"([^"\']*)"', r"'\1'", tag[0])

    return re.sub(r"<[^>]*>", turned, text)


def in_mixed_quotes(text: str) -> str:
    """With all attributes of rows and cells in single quotes but the first, their place."""

    def turned(tag: re.Match[str]) -> str:
        return tag[1] + re.sub(r'"([^"\']*)"', r"'\1'", tag[2])

    return re.sub(r'(<(?:row|c) r="[^"]*"|<f)([^>]*>)', turned, text)


def with_spaces_in_tags(text: str) -> str:
    """With space around equals signs and in ends of rows and cells."""

    def spaced(tag: re.Match[str]) -> str:
        return tag[1] + re.sub(r' ([a-zA-Z]+)="', r' \1 = "', tag[2])

    text = re.sub(r"</(row|c)>", r"</\1 >", text)
    return re.sub(r'(<(?:row|c) r="[^"]*")([^>]*>)', spaced, text)


def prefixed_here_and_there(text: str) -> str:
    """With a prefix on the rows of even numbers alone, and all in them."""

    def prefixed_row(row: re.Match[str]) -> str:
        return re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", row[0])

    text = text.replace("<worksheet ", f'<worksheet xmlns:x="{SPREADSHEET}" ', 1)
    return re.sub(r'<row r="\d*[02468]".*?</row>', prefixed_row, text, flags=re.DOTALL)


def in_another_order(text: str) -> str:
    """With each cell's attributes in the opposite order."""

    def turned(tag: re.Match[str]) -> str:
        attributes = re.findall(r'[^ ]+="[^"]*"', tag[2])
        return f"<{tag[1]} {' '.join(reversed(attributes))}{tag[3]}>"

    return re.sub(r"<(c|row) ([^>/]*?)(/?)>", turned, text)


def with_comments(text: str) -> str:
    """With comments and instructions between and within cells."""
    text = text.replace("<sheetData>", "<!-- <sheetData> --><sheetData><?x y?><!-- <row> -->", 1)
    return re.sub(r"(<c [^>]*>)(<v>)", r"\1<!-- <v>9</v> -->\2", text)


def with_cdata(text: str) -> str:
    return re.sub(r"<t>([^<&]*)</t>", lambda found: f"<t><![CDATA[{found[1]}]]></t>", text)


def in_utf_16(parts: dict[str, bytes]) -> None:
    for name in spreadsheet_parts(parts):
        text = re.sub(
            r"<\?xml.*?\?>", '<?xml version="1.0" encoding="UTF-16"?>', parts[name].decode()
        )
        parts[name] = text.encode("utf-16")


def with_bom(parts: dict[str, bytes]) -> None:
    for name in spreadsheet_parts(parts):
        parts[name] = b"\xef\xbb\xbf" + parts[name]


def shared_formula_in_counts(parts: dict[str, bytes]) -> None:
    """Two counts that are formulas of one kind, the second stored by reference to the first."""
    part = PackageEditor(KENT).sheet_part("Counts")
    root = etree.fromstring(parts[part])
    cells = {cell.get("r"): cell for cell in root.iter(f"{MAIN}c")}
    for place, attributes, text in (
        ("D5", {"t": "shared", "ref": "D5:D6", "si": "0"}, "J5+K5"),
        ("D6", {"t": "shared", "si": "0"}, None),
    ):
        formula = etree.Element(f"{MAIN}f", attributes)
        formula.text = text
        cells[place].insert(0, formula)
    parts[part] = _written(root)


def like_google(parts: dict[str, bytes]) -> None:
    """As Google Sheets exports: no dimension, no spans, a prefix for nothing, few attributes."""
    for name in sheets(parts):
        text = without_dimension(parts[name].decode())
        text = text.replace(
            "<worksheet ",
            '<worksheet xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" '
            'xmlns:mv="urn:schemas-microsoft-com:mac:vml" ',
            1,
        )
        parts[name] = re.sub(r' (?:thickBot|x14ac:dyDescent)="[^"]*"', "", text).encode()
    shared_strings(parts)


def like_excel_for_mac(parts: dict[str, bytes]) -> None:
    """As Excel for Mac saves: shared texts, spans, x14ac:dyDescent on every row."""
    shared_strings(parts)
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    for name in sheets(parts):
        text = parts[name].decode()
        if "xmlns:x14ac" not in text:
            text = text.replace(
                "<worksheet ",
                f'<worksheet xmlns:mc="{compatible}" mc:Ignorable="x14ac" xmlns:x14ac="{space}" ',
                1,
            )
        text = re.sub(
            r'<row r="(\d+)"([^>/]*)', r'<row r="\1"\2 x14ac:dyDescent="0.2"', with_spans(text)
        )
        parts[name] = text.encode()
