"""Where a package lists its parts: their content types, and which part relates to which."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.package import relationships_part

if TYPE_CHECKING:
    from scorecard_xl.engines.file.package import Package

CONTENT_TYPES_PART = "[Content_Types].xml"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_NUMBER = re.compile(r"\d+(?=\.xml$)")


def free_part(package: Package, like: str) -> str:
    """A name like that of a part, with the first number that no part has."""
    taken = {part.casefold() for part in package.parts}
    number = 1
    while (name := _NUMBER.sub(str(number), like)).casefold() in taken:
        number += 1
    return name


def with_type(package: Package, part: str, content_type: str) -> Package:
    """The package with a part's content type told."""
    root = xml.parse(package.read(CONTENT_TYPES_PART), CONTENT_TYPES_PART)
    override = f"{{{_CONTENT_TYPES}}}Override"
    etree.SubElement(root, override, PartName=f"/{part}", ContentType=content_type)
    return package.replaced({CONTENT_TYPES_PART: xml.serialised(root)})


def with_relationship(
    package: Package, part: str, kind: str, target: str, *, wanted: str | None = None
) -> tuple[Package, str]:
    """The package with a part related to another, and the relationship's id.

    `kind` is the last word of the relationship's type; `wanted` the id, where it must be that.
    """
    rels = relationships_part(part)
    if rels in package:
        root = xml.parse(package.read(rels), rels)
    else:
        root = etree.Element(
            f"{{{xml.PACKAGE_RELATIONSHIPS}}}Relationships",
            nsmap={None: xml.PACKAGE_RELATIONSHIPS},  # type: ignore[dict-item]
        )
    taken = {element.get("Id") for element in root}
    number = 1
    while (identifier := wanted or f"rId{number}") in taken:
        number += 1
    etree.SubElement(
        root,
        f"{{{xml.PACKAGE_RELATIONSHIPS}}}Relationship",
        Id=identifier,
        Type=f"{xml.OFFICE_RELATIONSHIPS}/{kind}",
        Target=posixpath.relpath(target, posixpath.dirname(part) or "."),
    )
    return package.replaced({rels: xml.serialised(root)}), identifier
