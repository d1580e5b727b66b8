"""The texts that cells refer to by their number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.cells import texts_of, unescaped
from scorecard_xl.engines.file.plain_rows import are_sound
from scorecard_xl.engines.file.xml import Q

if TYPE_CHECKING:
    from lxml import etree

_T = f"{Q}t"
_PHONETIC = f"{Q}rPh"
_HEAD = re.compile(
    rb'(?:<\?xml version="1\.0" encoding="UTF-8"(?: standalone="yes")?\?>[ \t\r\n]*)?'
    rb'<sst xmlns="%s"(?: count="[0-9]+")?(?: uniqueCount="[0-9]+")?>'
    % re.escape(xml.MAIN.encode())
)
_END, _SPACE = b"</sst>", b" \t\r\n"
# A text of one run, as nearly all are.
_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?+>([^<]*+)</t></si>')
_TAGS_OF_A_TEXT = 4
# Longer ones a parser refuses.
_LONGEST = 10_000_000


def read_shared_strings(data: bytes, part: str) -> list[str]:
    """Read the texts in order, all runs of each, without phonetic hints.

    Raises
    ------
    FileError
        The part is damaged.
    """
    plain = _plain_texts(data)
    if plain is not None:
        return plain
    return [_text(item) for item in xml.parse(data, part).iterchildren(f"{Q}si")]


def _plain_texts(data: bytes) -> list[str] | None:
    """The texts, where all are of one run; None where a parser has to look at the part."""
    head, data = _HEAD.match(data), data.rstrip(_SPACE)
    if head is None or not data.endswith(_END):
        return None
    items = data[head.end() : -len(_END)]
    tags = items.count(b"<")
    if tags != _TAGS_OF_A_TEXT * items.count(b"</t></si>") or not are_sound(items):
        return None
    found = _TEXT.findall(items)
    # As many tags as there are in the texts that were found leave none for anything else.
    if tags != _TAGS_OF_A_TEXT * len(found) or max(map(len, found), default=0) > _LONGEST:
        return None
    return texts_of(found)


def _text(item: etree._Element) -> str:
    """A shared string's text."""
    if len(item) == 1 and item[0].tag == _T:
        return unescaped(item[0].text or "")
    pieces = [piece.text or "" for piece in item.iter(_T) if piece.getparent().tag != _PHONETIC]  # type: ignore[union-attr]
    return unescaped("".join(pieces))
