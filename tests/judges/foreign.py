"""What a refresh does not own, put in a form that can be compared before and after."""

from __future__ import annotations

import fnmatch
import struct
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from tests.judges.opened_package import MAIN, area_of, column_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

# A refresh writes these children of the Scorecard, or parts of them.
OWNED_CHILDREN = frozenset(
    ("dimension", "sheetData", "mergeCells", "conditionalFormatting", "rowBreaks", "headerFooter")
)
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")


def foreign_entries(path: Path, owned: Collection[str]) -> dict[str, tuple[int, int, bytes]]:
    """Entries that none of the patterns `owned` names, as they are packed.

    Each has its compression method, checksum and compressed bytes; a ``*`` in a pattern
    stands for any characters.
    """
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return {
            info.filename: (info.compress_type, info.CRC, _compressed(content, info))
            for info in archive.infolist()
            if not any(fnmatch.fnmatchcase(info.filename, pattern) for pattern in owned)
        }


def _compressed(content: bytes, info: zipfile.ZipInfo) -> bytes:
    """Bytes of an entry as they lie in the file."""
    fields = _LOCAL_HEADER.unpack_from(content, info.header_offset)
    start = info.header_offset + _LOCAL_HEADER.size + fields[9] + fields[10]
    return content[start : start + info.compress_size]


def foreign_elements(
    sheet_xml: bytes,
    *,
    owned_columns: str = "A:N",
    owned_children: Collection[str] = OWNED_CHILDREN,
) -> list[str]:
    """Elements of a sheet that a refresh does not own, in canonical XML, sorted.

    That is every child of another name than `owned_children`; every cell outside
    `owned_columns`; every conditional format that reaches outside them.
    """
    root = etree.fromstring(sheet_xml)
    left, right = (column_number(letters) for letters in owned_columns.split(":"))
    return sorted(
        etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode()
        for element in _foreign(root, owned_children, left, right)
    )


def _foreign(
    root: etree._Element, owned_children: Collection[str], left: int, right: int
) -> Iterator[etree._Element]:
    """Yield the foreign elements in their order."""
    for child in root.iterchildren("*"):
        match str(child.tag).removeprefix(MAIN):
            case name if name not in owned_children:
                yield child
            case "conditionalFormatting" if _reaches_out(child.get("sqref", ""), left, right):
                yield child
            case "sheetData":
                for cell in child.iter(f"{MAIN}c"):
                    if _reaches_out(cell.get("r", ""), left, right):
                        yield cell


def _reaches_out(references: str, left: int, right: int) -> bool:
    """Whether any of the references has a cell outside the columns."""
    areas = [area_of(reference) for reference in references.split()]
    return any(area is None or area.left < left or area.right > right for area in areas)
