"""XML of a package's parts, parsed without entities, and written back."""

from __future__ import annotations

from lxml import etree

from scorecard_xl.exceptions import FileError

# How a part starts, as Excel writes it.
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
Q = f"{{{MAIN}}}"
RELATIONSHIP_ID = f"{{{OFFICE_RELATIONSHIPS}}}id"

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_blank_text=False,
    # No spreadsheet program writes them into what is edited here, and every loop would meet them.
    remove_comments=True,
    remove_pis=True,
)
# Each takes some hundred bytes of memory once parsed, however short it is written.
MOST_TAGS = 5_000_000
_LONGEST_NUMBER = 11
_DOCTYPES = tuple("<!DOCTYPE".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be"))


def parse(xml: bytes, part: str) -> etree._Element:
    """Parse a part, without comments; a document type, which workbooks never have, is refused.

    Raises
    ------
    FileError
        The part is damaged, nested too deeply, or carries a document type.
    """
    refuse_too_many_tags(xml, part)
    # Looked for before it is parsed: what a document type declares is expanded while parsing.
    if any(doctype in xml for doctype in _DOCTYPES):
        raise with_doctype(part)
    try:
        root = etree.fromstring(xml, _PARSER, base_url=part)
    except etree.XMLSyntaxError as error:
        raise damaged(part, error.msg) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise with_doctype(part)
    return root


def refuse_too_many_tags(xml: bytes, part: str) -> None:
    """Refuse a part that would take too much memory, before anything parses it."""
    if xml.count(b"<") > MOST_TAGS:
        message = (
            f"The part {part} of the workbook is too large; delete the empty rows of its sheet."
        )
        raise FileError(message)


def damaged(part: str, why: str) -> FileError:
    """Say that a part cannot be read, and why."""
    return FileError(
        f"The part {part} of the workbook is damaged ({why}); open it in Excel, repair it and save."
    )


def with_doctype(part: str) -> FileError:
    """Say that a part declares a document type."""
    return FileError(
        f"The part {part} of the workbook declares a document type, which Excel never writes; it "
        "is not read."
    )


def whole_number(element: etree._Element, attribute: str, *, default: int = 0) -> int:
    """Read an attribute that is a whole number, 0 or more.

    Raises
    ------
    FileError
        It is none.
    """
    text = element.get(attribute)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < _LONGEST_NUMBER):
        part = element.getroottree().docinfo.URL or "of a sheet"
        raise damaged(part, f"{attribute} is {text[:50]!r}")
    return int(text)


def serialised(root: etree._Element) -> bytes:
    """Write a part as Excel does: UTF-8, declared standalone."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
