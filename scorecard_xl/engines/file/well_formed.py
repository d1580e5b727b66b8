"""Whether a part is well-formed XML, told by a parser."""

from __future__ import annotations

from xml.parsers import expat

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.xml import damaged


def check_well_formed(data: bytes, part: str) -> bool:
    """Refuse what is no XML, before regular expressions look at it.

    Tells whether there is nothing in it but elements and text in UTF-8.
    """
    parser = expat.ParserCreate()
    others: list[object] = []

    def refuse_doctype(*_: object) -> None:
        raise xml.with_doctype(part)

    def note_declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.casefold() != "utf-8":
            others.append(encoding)

    def note(*found: object) -> None:
        others[:] = found

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.XmlDeclHandler = note_declared
    parser.CommentHandler = parser.ProcessingInstructionHandler = note
    parser.StartCdataSectionHandler = note
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # An encoding that Python does not know, or that Expat cannot do, is told in two other ways.
        raise damaged(part, str(error)) from error
    return not others
