"""Checks of a package's frame: the zip, content types, relationships, well-formed XML."""

from __future__ import annotations

import re
import struct
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from tests.judges.opened_package import (
    COMPATIBILITY,
    CONTENT_TYPES,
    RELATION,
    OpenedPackage,
    repeated,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RELATION_IN_VML = "{urn:schemas-microsoft-com:office:office}relid"
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")

# Excel drops what these kinds name, or repairs the file, if no element asks for it by r:id.
_KINDS_ASKED_FOR_BY_ID = {"hyperlink", "table", "drawing", "vmlDrawing", "ctrlProp", "image"}

_TYPE_BY_KIND = {
    "worksheet": "worksheet+xml",
    "styles": "styles+xml",
    "sharedStrings": "sharedStrings+xml",
    "table": "table+xml",
    "drawing": "drawing+xml",
    "comments": "comments+xml",
    "vmlDrawing": "vmlDrawing",
    "calcChain": "calcChain+xml",
    "ctrlProp": "controlproperties+xml",
    "threadedComment": "threadedcomments+xml",
    "person": "person+xml",
    "slicer": "slicer+xml",
    "slicerCache": "slicerCache+xml",
    "printerSettings": "printerSettings",
    "vbaProject": "vbaProject",
}


def problems_of_zip(path: Path) -> Iterator[str]:
    """Yield what is wrong with the zip itself, before any part is looked at."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        yield f"zip: cannot be read: {error}"
        return
    with archive:
        infos = archive.infolist()
        for name in repeated([info.filename.casefold() for info in infos]):
            yield f"zip: entry {name!r} is there twice"
        for info in infos:
            if re.search(r"^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)", info.orig_filename):
                yield f"zip: entry {info.orig_filename!r} leads out of the package"
            if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, 8):
                yield f"zip: entry {info.filename!r} is packed in a way that Excel cannot read"
        if CONTENT_TYPES not in archive.namelist():
            yield f"zip: {CONTENT_TYPES} is missing"
        yield from _problems_of_directory(path.read_bytes(), infos)
        if (broken := archive.testzip()) is not None:
            yield f"zip: entry {broken!r} fails its checksum"


def _problems_of_directory(content: bytes, infos: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Compare the central directory with the headers that stand before the entries."""
    end_of_last = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        header = content[info.header_offset : info.header_offset + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            yield f"zip: the directory points {info.filename!r} at no entry"
            continue
        fields = _LOCAL_HEADER.unpack(header)
        start = info.header_offset + _LOCAL_HEADER.size
        if content[start : start + fields[9]] != info.orig_filename.encode():
            yield f"zip: entry {info.filename!r} has another name in the directory"
        if info.header_offset < end_of_last:
            yield f"zip: entry {info.filename!r} overlaps the one before"
        end_of_last = start + fields[9] + fields[10] + info.compress_size


def problems_of_xml(package: OpenedPackage) -> Iterator[str]:
    """Yield each XML or VML entry that is not well-formed."""
    for name, content in package.entries.items():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                yield f"{name}: not well-formed: {error}"


def problems_of_content_types(package: OpenedPackage) -> Iterator[str]:
    """Yield entries without a content type, and content types without an entry."""
    defaults, overrides = _content_types(package)
    for name in repeated(defaults) + repeated(overrides):
        yield f"{CONTENT_TYPES}: {name!r} is there twice"
    for name in package.entries:
        extension = name.rsplit(".", 1)[-1].casefold()
        if name != CONTENT_TYPES and name not in overrides and extension not in defaults:
            yield f"{CONTENT_TYPES}: {name} has no content type"
    for name in overrides:
        if name not in package.entries:
            yield f"{CONTENT_TYPES}: {name} is named, but not in the package"


def _content_types(package: OpenedPackage) -> tuple[list[str], list[str]]:
    """Extensions with a default type, and entries with their own."""
    root = package.xml(CONTENT_TYPES)
    return (
        [line.get("Extension", "").casefold() for line in root if line.get("Extension")],
        [line.get("PartName", "").lstrip("/") for line in root if line.get("PartName")],
    )


def problems_of_relationships(package: OpenedPackage) -> Iterator[str]:
    """Yield relationships that lead nowhere, are doubled, or belong to a missing part."""
    for part in ["", *package.entries]:
        lines = package.relationships(part)
        for name in repeated([line.id for line in lines]):
            yield f"{part or 'package'}: relationship {name} is there twice"
        for line in lines:
            if not line.is_external and line.target not in package.entries:
                yield f"{part or 'package'}: {line.id} leads to {line.target}, which is missing"
    for name in package.entries:
        part = name.replace("_rels/", "").removesuffix(".rels")
        if name.endswith(".rels") and name != "_rels/.rels" and part not in package.entries:
            yield f"{name}: its part {part} is missing"


def problems_of_reach(package: OpenedPackage) -> Iterator[str]:
    """Yield parts that nothing leads to; Excel drops them when it saves."""
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        targets = {line.target for line in package.relationships(waiting.pop())}
        waiting += targets & package.entries.keys() - reached
        reached |= targets
    for name in package.entries:
        if name != CONTENT_TYPES and not name.endswith(".rels") and name not in reached:
            yield f"{name}: nothing leads to this part"


def problems_of_kinds(package: OpenedPackage) -> Iterator[str]:
    """Yield parts whose content type does not suit the relationship that leads to them."""
    root = package.xml(CONTENT_TYPES)
    types = {line.get("PartName", "").lstrip("/"): line.get("ContentType", "") for line in root}
    by_extension = {
        line.get("Extension", "").casefold(): line.get("ContentType", "") for line in root
    }
    for part in ["", *package.entries]:
        for line in package.relationships(part):
            wanted = _TYPE_BY_KIND.get(line.kind)
            extension = line.target.rsplit(".", 1)[-1].casefold()
            found = types.get(line.target, by_extension.get(extension, ""))
            if wanted and not line.is_external and not found.endswith(wanted):
                yield f"{line.target}: a {line.kind} cannot have the content type {found!r}"


def problems_of_relation_ids(package: OpenedPackage) -> Iterator[str]:
    """Yield ids in XML that no relationship has, and relationships that no id asks for."""
    for part in package.entries:
        if not part.endswith((".xml", ".vml")) or part == CONTENT_TYPES:
            continue
        lines = package.relationships(part)
        asked = _ids_asked_for(package.xml(part))
        for name in sorted(asked - {line.id for line in lines}):
            yield f"{part}: asks for relationship {name}, which is missing"
        for line in lines:
            if line.kind in _KINDS_ASKED_FOR_BY_ID and line.id not in asked:
                yield f"{part}: nothing asks for {line.kind} {line.id}"


def _ids_asked_for(root: etree._Element) -> set[str]:
    """Relationship ids that the elements of a part name."""
    return {
        str(value)
        for element in root.iter("*")
        for name, value in element.attrib.items()
        if (str(name).startswith(RELATION) or name == _RELATION_IN_VML) and value
    }


def problems_of_prefixes(package: OpenedPackage) -> Iterator[str]:
    """Yield prefixes in mc:Ignorable or Requires that are not declared; Excel refuses those."""
    for part in package.entries:
        if not part.endswith(".xml"):
            continue
        for element in package.xml(part).iter("*"):
            listed = element.get(f"{COMPATIBILITY}Ignorable", "").split()
            if element.tag == f"{COMPATIBILITY}Choice":
                listed += element.get("Requires", "").split()
            for prefix in listed:
                if prefix not in element.nsmap:
                    yield f"{part}: prefix {prefix!r} is used in a list, but not declared"
