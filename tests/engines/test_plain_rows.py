"""Rows taken for plain ones without a parser are well-formed, whatever they were changed into."""

from __future__ import annotations

import random
import re
from xml.parsers import expat

import pytest
from lxml import etree

from scorecard_xl.engines.file.cells import text_of
from scorecard_xl.engines.file.plain_rows import CAN_BE_TOLD, are_plain, are_sound
from scorecard_xl.engines.file.sheet import Sheet
from tests.engines.small_books import MAIN
from tests.fuzz.mutation import TOKENS
from tests.scorecards import KENT, part_of

ROWS = (
    '<row r="1" spans="1:4" ht="18" customHeight="1"><c r="A1" s="1"><v>41305</v></c>'
    '<c r="B1" t="s"><v>1</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="e"><v>#N/A</v></c></row>'
    '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'
    '<c r="C2"><f t="shared" ref="C2:C3" si="0">A2</f><v>2</v></c><c r="D2" s="4"/></row>'
    '<row r="3"/><row r="4" s="3" customFormat="1" x14ac:dyDescent="0.3"><c r="A4" t="inlineStr">'
    '<is><t xml:space="preserve"> ↑ é</t></is></c></row>'
    '<row r="5"><c r="A5" s="4" t="str" cm="1"><f t="array" ref="A5:B5">A1:B1</f><v>a</v></c>'
    '<c r="B5" t="e" vm="1"><v>#VALUE!</v></c><c r="C5" t="s" ph="1"><v>0</v></c></row>'
)
PARTS = tuple(f"xl/worksheets/sheet{number}.xml" for number in range(1, 9))
MUTANTS = 20_000

pytestmark = pytest.mark.skipif(
    not CAN_BE_TOLD, reason="before Python 3.11.5 a parser looks at every sheet"
)


def are_taken_for_plain(rows: bytes) -> bool:
    return are_sound(rows) and are_plain(rows)


def is_well_formed(rows: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(b"<sheetData>" + rows + b"</sheetData>", True)
    except expat.ExpatError:
        return False
    return True


def sheet_of(rows: str) -> bytes:
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:x14ac="y"><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


@pytest.mark.parametrize("part", PARTS)
def test_what_excel_and_we_write_is_plain(part: str) -> None:
    text = part_of(KENT, part)
    rows = text[text.index(b"<sheetData>") + 11 : text.rindex(b"</sheetData>")]
    assert are_taken_for_plain(rows)
    assert Sheet(text, part).is_plain
    assert are_taken_for_plain(ROWS.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('ht="18"', 'ht="18" ht="18"', id="an attribute twice"),
        pytest.param("</v></c></row>", "</v></row></c>", id="ends crossed"),
        pytest.param('<c r="D2" s="4"/></row>', '<c r="D2" s="4"></row>', id="a cell without end"),
        pytest.param('<row r="3"/>', '<row r="3">', id="a row without end"),
        pytest.param("<v>2</v>", "<v>\x012</v>", id="a control character"),
        pytest.param("<v>2</v>", "<v>]]>2</v>", id="an end of CDATA"),
        pytest.param("&amp;", "&", id="an ampersand alone"),
        pytest.param("&amp;", "&uuml;", id="a reference of HTML"),
        pytest.param("é", "\ufffe", id="no character"),
        pytest.param("é", "\ud800", id="half a character"),
        pytest.param(' r="A2"', ' r="A2>"', id="a bracket in an attribute"),
    ],
)
def test_what_is_not_well_formed_is_not_taken_for_plain(old: str, new: str) -> None:
    assert old in ROWS
    changed = ROWS.replace(old, new, 1).encode("utf-8", "surrogatepass")
    assert not are_taken_for_plain(changed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("&amp;", "&#38;", id="a reference by number"),
        pytest.param("é", "\ufffd", id="a replacement character"),
        pytest.param('<row r="3"/>', "<!-- 3 -->", id="a comment"),
        pytest.param('<row r="3"/>', '\n<row r="3"/>', id="a line between rows"),
        pytest.param('<c r="D2" s="4"/>', '<c s="4" r="D2"/>', id="another order"),
        pytest.param('<c r="D2" s="4"/>', '<c r="D2" cm="1" s="4"/>', id="a style after others"),
        pytest.param('<c r="D2" s="4"/>', '<c r="D2" s="4" x14ac:a="1"/>', id="an attribute more"),
        pytest.param('<row r="3"/>', '<row ht="9" r="3"/>', id="a row in another order"),
        pytest.param('<row r="3"/>', "<row><c><v>1</v></c></row>", id="without places"),
        pytest.param('<row r="3"/>', '<row r="3"><c r="A5"/></row>', id="a cell of another row"),
        pytest.param('<row r="3"/>', '<row r="03"><c r="A03"/></row>', id="a row from nought"),
    ],
)
def test_what_is_left_to_a_parser_is_read_all_the_same(old: str, new: str) -> None:
    assert old in ROWS
    sheet = Sheet(sheet_of(ROWS.replace(old, new, 1)), "xl/worksheets/sheet1.xml")
    assert 4 in sheet.rows
    assert not sheet.is_plain


def test_characters_by_their_numbers_are_plain_where_xml_has_them() -> None:
    taken = [
        f"&#{number};"
        for number in (*range(0x2FFFF), 0x10FFFF, 0x110000)
        if are_taken_for_plain(f'<row r="1"><c r="A1"><v>&#{number};</v></c></row>'.encode())
    ]
    together = "".join(taken).encode()
    assert etree.fromstring(b"<t>" + together + b"</t>").text == text_of(together)
    # Those of the languages that councils write in, and arrows.
    assert {f"&#{ord(character)};" for character in "£éŵ’•↑→↓\n"} <= {*taken}


def test_thousands_of_changed_rows_are_taken_for_plain_only_where_a_parser_takes_them() -> None:
    chosen = random.Random(2013)
    plain = 0
    rows = ROWS.encode()
    tokens = [*TOKENS, *re.findall(rb"<[^>]*>| [a-z]+=\"[^\"]*\"", rows)]
    for _ in range(MUTANTS):
        changed = bytearray(rows)
        for _ in range(chosen.randint(1, 3)):
            at = chosen.randrange(len(changed))
            length = chosen.choice((0, 1, 1, 5, 20))
            number = b"&#%d;" % chosen.choice((chosen.randrange(256), chosen.randrange(0x11FFFF)))
            byte = bytes([chosen.randrange(256)])
            put = chosen.choice((b"", byte, number, chosen.choice(tokens)))
            changed[at : at + length] = put
        if are_taken_for_plain(bytes(changed)):
            plain += 1
            assert is_well_formed(bytes(changed)), bytes(changed)
    # Some changes only touch a text or a number.
    assert plain > MUTANTS / 50
