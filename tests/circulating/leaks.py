"""Every part of a circulated copy searched for what must not travel."""

from __future__ import annotations

import getpass
import platform
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
from lxml import etree

from tests.judges.opened_package import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/workbook\.xml|"
    r"xl/_rels/workbook\.xml\.rels|xl/(styles|sharedStrings)\.xml|xl/theme/theme1\.xml|"
    r"xl/worksheets/sheet[1-4]\.xml|xl/worksheets/_rels/sheet[1-4]\.xml\.rels|"
    r"xl/tables/table[1-4]\.xml"
)
_NOT_IN_TEXT = {
    "a path": re.compile(r"[A-Za-z]:\\|\\\\\w|/hom[e]/|/Users/|/mnt/|file:", re.IGNORECASE),
    "a link": re.compile(r"(?<!xmlns=\")https?://(?!schemas\.|purl\.org|www\.w3\.org)|mailto:"),
    "an outside relation": re.compile(r"TargetMode"),
    "a macro": re.compile(r"vba|macro(?!s\.)", re.IGNORECASE),
    "something hidden": re.compile(r'hidden="(1|true)"|state="(very)?hidden"', re.IGNORECASE),
    "a formula": re.compile(r"<f[ >/]"),
    "a validation": re.compile(r"<dataValidation"),
    "a conditional format": re.compile(r"<conditionalFormatting"),
    "a drawing": re.compile(r"<(legacyDrawing|drawing|picture|controls)\b"),
    "a comment": re.compile(r"comment\d*\.xml", re.IGNORECASE),
    "a person": re.compile(r"lastModifiedBy|<Company>|<Manager>"),
    "a name that points nowhere": re.compile(r"#REF!"),
}


def leaks_in(copy: Path, *, secrets: Iterable[str] = ()) -> list[str]:
    """Say everything a copy carries that its page does not show; an empty list means clean."""
    found = []
    own = [text for text in (getpass.getuser(), platform.node()) if len(text) > 4]
    with zipfile.ZipFile(copy) as archive:
        found += [f"{name}: not a part of a copy" for name in archive.namelist()
                  if not _PARTS.fullmatch(name)]  # fmt: skip
        if archive.comment or any(entry.extra or entry.comment for entry in archive.infolist()):
            found.append("the zip file has comments or extra fields")
        for name in archive.namelist():
            text = archive.read(name).decode()
            found += [f"{name}: {what}" for what, it in _NOT_IN_TEXT.items() if it.search(text)]
            found += [f"{name}: {secret!r}" for secret in [*secrets, *own] if secret in text]
        found += _orphaned_strings(archive)
    return [*found, *_names_that_show_nothing(copy)]


def _orphaned_strings(archive: zipfile.ZipFile) -> Iterator[str]:
    strings = list(etree.fromstring(archive.read("xl/sharedStrings.xml")))
    used = {
        int(cell.findtext(f"{MAIN}v"))
        for name in archive.namelist()
        if name.startswith("xl/worksheets/sheet")
        for cell in etree.fromstring(archive.read(name)).iter(f"{MAIN}c")
        if cell.get("t") == "s"
    }
    for place, string in enumerate(strings):
        if place not in used:
            yield f"a text that no cell shows: {''.join(string.itertext())!r}"


def _names_that_show_nothing(copy: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(copy)
    for name, defined in book.defined_names.items():
        for sheet, cells in defined.destinations:
            if book[sheet][cells.replace("$", "")].value in (None, ""):
                yield f"the name {name} points at nothing"
    book.close()


def numbers_in(copy: Path) -> set[float]:
    """Every number that a cell of a copy holds."""
    book = openpyxl.load_workbook(copy)
    numbers = {
        float(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    }
    book.close()
    return numbers
