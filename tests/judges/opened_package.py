"""An Office package opened for judging: its entries, relationships, sheets and references."""

from __future__ import annotations

import dataclasses
import functools
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
CONTENT_TYPES = "[Content_Types].xml"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_SHEET_IN_FORMULA = re.compile(r"(?<![#\w])(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!")
_STRING_IN_FORMULA = re.compile(r'"[^"]*"')


@dataclasses.dataclass(frozen=True, kw_only=True)
class Relationship:
    """One line of a .rels part; `target` is an entry's name unless it is external."""

    id: str
    kind: str
    target: str
    is_external: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Area:
    """A block of cells; rows and columns count from 1, the last ones are inside."""

    top: int
    left: int
    bottom: int
    right: int

    def overlaps(self, other: Area) -> bool:
        """Whether the two have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def holds(self, other: Area) -> bool:
        """Whether every cell of the other lies in this one."""
        return (
            self.top <= other.top
            and self.left <= other.left
            and self.bottom >= other.bottom
            and self.right >= other.right
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of the workbook with the root of its XML."""

    name: str
    part: str
    root: etree._Element

    def areas(self, path: str, attribute: str = "ref") -> list[tuple[str, Area | None]]:
        """References found at `path`, each with its area or None if it is no reference."""
        references = [element.get(attribute, "") for element in self.root.iterfind(path)]
        return [(text, area_of(text)) for text in references]


class OpenedPackage:
    """The entries of a package that can be read; XML is parsed once, when first asked for."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.entries = {name: archive.read(name) for name in archive.namelist()}
        self._roots: dict[str, etree._Element] = {}

    def xml(self, name: str) -> etree._Element:
        """Root of an XML entry."""
        if name not in self._roots:
            self._roots[name] = etree.fromstring(self.entries[name])
        return self._roots[name]

    def relationships(self, part: str) -> list[Relationship]:
        """Relationships of a part, ``""`` for those of the package."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.entries:
            return []
        return [
            Relationship(
                id=line.get("Id", ""),
                kind=line.get("Type", "").rsplit("/", 1)[-1],
                target=resolved(line.get("Target", ""), folder),
                is_external=line.get("TargetMode") == "External",
            )
            for line in self.xml(rels)
        ]

    def related(self, part: str, kind: str) -> list[str]:
        """Entries that a part relates to by the last word of the relationship's type."""
        return [
            line.target
            for line in self.relationships(part)
            if line.kind == kind and line.target in self.entries
        ]

    @property
    def workbook_part(self) -> str:
        """Name of the workbook's part."""
        return self.related("", "officeDocument")[0]

    @functools.cached_property
    def sheets(self) -> list[Sheet]:
        """Worksheets in their order; chart sheets have no cells and are left out."""
        targets = {line.id: line for line in self.relationships(self.workbook_part)}
        return [
            Sheet(name=line.get("name", ""), part=found.target, root=self.xml(found.target))
            for line in self.xml(self.workbook_part).iterfind(f"{MAIN}sheets/{MAIN}sheet")
            if (found := targets.get(line.get(f"{RELATION}id", ""))) is not None
            and found.kind == "worksheet"
        ]

    @property
    def sheet_names(self) -> set[str]:
        """Names of all sheets, in small letters as Excel compares them."""
        lines = self.xml(self.workbook_part).iterfind(f"{MAIN}sheets/{MAIN}sheet")
        return {line.get("name", "").casefold() for line in lines}

    @functools.cached_property
    def shared_strings(self) -> list[str]:
        """Texts of the shared strings, phonetic hints left out."""
        parts = self.related(self.workbook_part, "sharedStrings")
        return [text_of(item) for part in parts for item in self.xml(part).iterfind(f"{MAIN}si")]

    @functools.cached_property
    def styles(self) -> etree._Element:
        """Root of the styles, an empty element where there are none."""
        parts = self.related(self.workbook_part, "styles")
        return self.xml(parts[0]) if parts else etree.Element(f"{MAIN}styleSheet")

    def text_shown_in(self, cell: etree._Element) -> str | None:
        """Text a cell holds, or None where it holds no text."""
        value = cell.findtext(f"{MAIN}v", "")
        match cell.get("t"):
            case "s" if value.isdigit() and int(value) < len(self.shared_strings):
                return self.shared_strings[int(value)]
            case "inlineStr":
                inline = cell.find(f"{MAIN}is")
                return None if inline is None else text_of(inline)
            case "str":
                return value
        return None


def text_of(item: etree._Element) -> str:
    """Text of a string item: its own or that of its runs."""
    return "".join(
        text.text or ""
        for text in item.iter(f"{MAIN}t")
        if (parent := text.getparent()) is not None and parent.tag != f"{MAIN}rPh"
    )


def resolved(target: str, folder: str) -> str:
    """Entry that a relationship's target names, seen from its part's folder."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


def column_number(letters: str) -> int:
    """Number of a column, A being 1."""
    return functools.reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters, 0)


def area_of(reference: str) -> Area | None:
    """Area of ``A1``, ``$A$1`` or ``A1:B2``; None if the text is no such reference."""
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) > 2 or None in corners:
        return None
    columns = [column_number(corner[1]) for corner in corners if corner]
    rows = [int(corner[2]) for corner in corners if corner]
    area = Area(top=rows[0], left=columns[0], bottom=rows[-1], right=columns[-1])
    is_inside = 1 <= area.top <= area.bottom <= LAST_ROW and area.left <= area.right <= LAST_COLUMN
    return area if is_inside else None


def sheets_named_in(formula: str) -> Iterator[str]:
    """Names of sheets that a formula refers to."""
    for quoted, plain in _SHEET_IN_FORMULA.findall(_STRING_IN_FORMULA.sub('""', formula)):
        yield quoted.replace("''", "'") or plain


def repeated(values: list[str]) -> list[str]:
    """Values that are there more than once, each once, in order."""
    return [value for value in dict.fromkeys(values) if values.count(value) > 1]


def overlapping(areas: list[tuple[str, Area | None]]) -> list[tuple[str, str]]:
    """Pairs of references that have a cell in common."""
    known = [(text, area) for text, area in areas if area is not None]
    return [
        (text, other)
        for position, (text, area) in enumerate(known)
        for other, other_area in known[position + 1 :]
        if area.overlaps(other_area)
    ]
