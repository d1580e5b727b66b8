"""XML of a package's parts, parsed without entities, and written back."""

from __future__ import annotations

from lxml import etree

from scorecard_xl.exceptions import FileError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
Q = f"{{{MAIN}}}"
RELATIONSHIP_ID = f"{{{OFFICE_RELATIONSHIPS}}}id"

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_blank_text=False,
)


def parse(xml: bytes, part: str) -> etree._Element:
    """Parse a part; a document type, which workbooks never have, is refused.

    Raises
    ------
    FileError
        The part is damaged, nested too deeply, or carries a document type.
    """
    try:
        root = etree.fromstring(xml, _PARSER)
    except etree.XMLSyntaxError as error:
        message = (
            f"The part {part} of the workbook is damaged ({error.msg}); open it in Excel, repair "
            "it and save."
        )
        raise FileError(message) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        message = (
            f"The part {part} of the workbook declares a document type, which Excel never writes; "
            "it is not read."
        )
        raise FileError(message)
    return root


def serialised(root: etree._Element) -> bytes:
    """Write a part as Excel does: UTF-8, declared standalone."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
