"""Parts that no spreadsheet program writes: refused in a sentence, or read for what they say."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import FileError, open_workbook, refresh
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, ErrorValue, Formula
from scorecard_xl.workbook.engine import Area
from tests.engines.small_books import SHEET_PART, SmallBook
from tests.hostile.packages import entries_of_kent, zip_of
from tests.judges.package_editor import PackageEditor
from tests.scorecards import KENT, part_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.conftest import Refused

EDITOR = PackageEditor(KENT)
COUNTS, SCORECARD = EDITOR.sheet_part("Counts"), EDITOR.sheet_part("Scorecard")
(TABLE,) = EDITOR.related(COUNTS, "table")
BOOK, STYLES, TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
PARSED = [BOOK, STYLES, "_rels/.rels", BOOK_RELATIONS, COUNTS, SCORECARD, TABLE]
DOCTYPES = {
    "external": '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    "entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>',
    "laughs": "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12))
    + "<!ATTLIST x y CDATA '&a11;'>]>",
}


def kent_with(changes: dict[str, bytes | None]) -> bytes:
    return zip_of(entries_of_kent(changes))


def changed(part: str, old: str, new: str) -> bytes:
    """Kent's workbook with a text in a part in place of its first like."""
    text = part_of(KENT, part).decode()
    assert old in text
    return kent_with({part: text.replace(old, new, 1).encode()})


def with_doctype(part: str, doctype: str, encoding: str = "utf-8") -> bytes:
    text = part_of(KENT, part).decode()
    declaration, _, rest = text.partition("?>")
    assert declaration.startswith("<?xml")
    root = rest.lstrip()[1:].split(">")[0].split(" ")[0]
    whole = (
        f'<?xml version="1.0" encoding="{encoding}"?>{doctype.replace(" x ", f" {root} ")}{rest}'
    )
    return kent_with({part: whole.encode(encoding)})


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("part", PARSED)
def test_a_document_type_is_refused_in_every_part(
    refused: Refused, part: str, doctype: str
) -> None:
    told = refused(with_doctype(part, DOCTYPES[doctype]))
    assert f"The part {part} of the workbook declares a document type" in told.replace("\n", " ")


@pytest.mark.parametrize("part", PARSED)
def test_a_document_type_in_another_encoding_is_refused(refused: Refused, part: str) -> None:
    assert "declares a document type" in refused(with_doctype(part, DOCTYPES["laughs"], "utf-16"))


NO_RELATIONS = [
    b"<a/>",
    b"<?xml version='1.0' encoding='shift_jis'?><a/>",
    b"<?xml version='1.0' encoding='utf-7'?><a/>",
]


@pytest.mark.parametrize("part", PARSED)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<", id="one sign"),
        pytest.param(b"\0" * 99, id="zeros"),
        pytest.param(b"<a/>", id="something else"),
        pytest.param(b"<?xml version='1.0' encoding='no-such'?><a/>", id="an unknown encoding"),
        pytest.param(b"<?xml version='1.0' encoding='shift_jis'?><a/>", id="another encoding"),
        pytest.param(b"<?xml version='1.0' encoding='utf-7'?><a/>", id="a dangerous encoding"),
        pytest.param(b"<a>\xff</a>", id="no text"),
        pytest.param(b"<a>&nbsp;</a>", id="an unknown entity"),
        pytest.param(b"<a>&#xD800;</a>", id="half a character"),
        pytest.param(b"<a>&#1;</a>", id="a control character"),
    ],
)
def test_a_part_that_is_no_such_xml_is_refused(refused: Refused, part: str, content: bytes) -> None:
    # With tables or names that are gone, the workbook is read and found wanting.
    code = 1 if part == BOOK_RELATIONS and content in NO_RELATIONS else 3
    told = refused(kent_with({part: content}), code=code)
    assert "Traceback" not in told
    assert told.endswith(".")


@pytest.mark.parametrize("part", [*PARSED, TYPES])
def test_a_missing_part_is_refused(refused: Refused, part: str) -> None:
    told = refused(kent_with({part: None}), code=1 if part == BOOK_RELATIONS else 3)
    assert "Traceback" not in told


REL = (
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="'
)


@pytest.mark.parametrize(
    ("target", "code"),
    [
        pytest.param("workbook.xml", 3, id="in a circle"),
        pytest.param("../../../../etc/passwd", 3, id="outside"),
        pytest.param("/xl/styles.xml", 3, id="to another kind of part"),
        pytest.param("http://127.0.0.1:9/sheet.xml", 3, id="to the web"),
        pytest.param("", 3, id="to nothing"),
    ],
)
def test_a_relationship_that_leads_astray_is_refused(
    refused: Refused, target: str, code: int
) -> None:
    text = part_of(KENT, BOOK_RELATIONS).decode()
    start = text.index('Target="', text.index("/worksheet")) + 8
    old = text[start : text.index('"', start)]
    told = refused(
        kent_with({BOOK_RELATIONS: text.replace(f'"{old}"', f'"{target}"', 1).encode()}), code=code
    )
    assert "damaged" in told or "no worksheet with cells" in told


@pytest.mark.parametrize(
    ("part", "old", "new", "why"),
    [
        pytest.param(TABLE, ' ref="', ' ref="?', "is not a range", id="a table's range"),
        pytest.param(TABLE, "<table ", '<table totalsRowCount="x" ', "totalsRowCount is 'x'",
                     id="a table's totals"),
        pytest.param(TABLE, "<table ", '<table totalsRowCount="99999" ', "fewer rows than",
                     id="more totals than rows"),
        pytest.param(STYLES, 'numFmtId="', 'numFmtId="x', "numFmtId is 'x", id="a number format"),
        pytest.param(SCORECARD, '<col min="', '<col min="x', "min is 'x", id="a column's number"),
        pytest.param(COUNTS, '<row r="', '<row r="-', "a row starts with", id="a negative row"),
        pytest.param(COUNTS, '<row r="', '<row r="9999999', "a row starts with", id="a far row"),
        pytest.param(COUNTS, '<row r="', f'<row r="{"9" * 5000}', "damaged", id="a long number"),
        pytest.param(COUNTS, '<c r="A5', '<c r="a5', "named 'a5'", id="a small letter"),
        pytest.param(COUNTS, '<c r="A5', '<c r="!5', "named '!5'", id="no letter"),
        pytest.param(COUNTS, '<c r="A5', '<c r="AAAA5', "named 'AAAA5'", id="a far column"),
        pytest.param(COUNTS, '<c r="A5"', '<c r="A6"', "another row than", id="another row"),
        pytest.param(SCORECARD, '<c r="A8"', '<c r="a8"', "named 'a8'", id="a small letter there"),
        pytest.param(COUNTS, '<c r="A5"', '<c x:="1" r="A5"', "'x:'", id="a name cut off"),
        pytest.param(COUNTS, "<sheetData>", "<sheetData><sheetData/>", "unknown way",
                     id="two sheets in one"),
    ],
)  # fmt: skip
def test_a_number_or_place_that_is_none_is_refused(
    refused: Refused, part: str, old: str, new: str, why: str
) -> None:
    assert why in refused(changed(part, old, new)).replace("\n", " ")


def test_two_tables_of_one_name_are_refused(refused: Refused) -> None:
    (other,) = EDITOR.related(EDITOR.sheet_part("History"), "table")
    text = part_of(KENT, other).decode()
    data = kent_with({other: text.replace('ame="History"', 'ame="COUNTS"').encode()})
    assert "there are two tables named COUNTS" in refused(data)


VALUES = [
    pytest.param("<v>nan</v>", "'nan'", id="no number"),
    pytest.param("<v>INF</v>", "'INF'", id="without end"),
    pytest.param("<v>1e999</v>", "'1e999'", id="too large for a number"),
    pytest.param("<v>abc</v>", "'abc'", id="a text"),
    pytest.param("<v>0x10</v>", "'0x10'", id="another base"),
    pytest.param(f"<v>{'9' * 5000}x</v>", "'9999", id="very long"),
    pytest.param('s="0" t="s"><v>99999</v>', "'99999'", id="a string that is not there"),
    pytest.param('s="0" t="s"><v>-1</v>', "'-1'", id="a string before the first"),
    pytest.param(f's="0" t="s"><v>{"9" * 5000}</v>', "'9999", id="a string far off"),
    pytest.param('s="0" t="wrong"><v>1</v>', "'1'", id="an unknown kind"),
    pytest.param('s="0" t="d"><v>2013-99-99</v>', "'2013-99-99'", id="no date"),
]


@pytest.mark.parametrize(("cell", "why"), VALUES)
def test_a_value_that_is_none_is_refused(tmp_path: Path, cell: str, why: str) -> None:
    start, _, value = cell.rpartition(">") if cell.startswith("s=") else ("", "", "")
    attributes, inner = cell.split("><", 1) if cell.startswith("s=") else ("", cell[1:])
    assert value == "" or start
    space = " " if attributes else ""
    path = SmallBook(rows=f'<row r="1"><c r="A1"{space}{attributes}><{inner}</c></row>').save(
        tmp_path / "small.xlsx"
    )
    with open_workbook(path) as workbook, pytest.raises(FileError) as raised:
        workbook.read_block(Area("Data", 1, 1, 1, 1))
    assert why in str(raised.value)
    assert len(str(raised.value)) < 250


def read(path: Path, rows: str, area: Area | None = None) -> object:
    SmallBook(rows=rows, strings=["<t>=1+1</t>", "<t>a_xD83D__xDE00_b_xD800_c</t>"]).save(path)
    with open_workbook(path) as workbook:
        block = workbook.read_block(area or Area("Data", 1, 1, 1, 1))
    return block if area else block[0][0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param('<c r="A1" t="s"><v>0</v></c>', "=1+1", id="text like a formula"),
        pytest.param('<c r="A1" t="inlineStr"><is><t>=cmd|x</t></is></c>', "=cmd|x",
                     id="inline text like a formula"),
        pytest.param('<c r="A1" t="str"><f>"=1"&amp;"+1"</f><v>=1+1</v></c>',
                     Formula('="=1"&"+1"', "=1+1"), id="a formula that shows text like a formula"),
        pytest.param('<c r="A1"><f>hello</f></c>', Formula("=hello", NOT_CALCULATED),
                     id="a formula like text"),
        pytest.param('<c r="A1" t="s"><v>1</v></c>', "a\U0001f600b\ufffdc",
                     id="characters in halves, and half a one"),
        pytest.param('<c r="A1" t="str"><v>&#128;&#x7F;&amp;lt;&#13;</v></c>',
                     "\x80\x7f&lt;\r", id="references that HTML would read otherwise"),
        pytest.param('<c r="A1" t="inlineStr"><is><rPh/><rPh><t>x</t></rPh><r><t>a</t></r><t/>'
                     "<r><rPr><color/></rPr><t>b</t></r></is></c>", "ab", id="runs and hints"),
        pytest.param('<c r="A1" t="e"><v>#N/A</v></c>', ErrorValue("#N/A"), id="an error"),
        pytest.param('<c\nr="A1"\n><v\n>7</v\n></c\n>', 7.0, id="line ends within tags"),
        pytest.param('<c r="A1" x="&gt;>"><v>7</v></c>', 7.0, id="a bracket in an attribute"),
        pytest.param('<c r="A1" s="99999"><v>7</v></c>', 7.0, id="a style that is not there"),
        pytest.param('<c r="A1"><v>-7</v></c>', -7.0, id="a negative number"),
        pytest.param('<c r="A1"><!-- <c r="A1"><v>8</v></c> --><v>7</v></c>', 7.0, id="a comment"),
        pytest.param('<c r="A1" t="str"><v><![CDATA[<c r="A1">]]></v></c>', '<c r="A1">',
                     id="CDATA"),
        pytest.param('<c r="A1"><?x <v>8</v>?><v>7</v></c>', 7.0, id="an instruction"),
        pytest.param('<c r="A1" s="1"><v>99999999</v></c>', 99999999.0, id="a day without a date"),
    ],
)  # fmt: skip
def test_a_cell_is_read_for_what_it_says(tmp_path: Path, cell: str, expected: object) -> None:
    assert read(tmp_path / "small.xlsx", f'<row r="1">{cell}</row>') == expected


def test_rows_and_cells_out_of_order_are_read_where_they_say(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row>'
        '<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>'
    )
    assert read(tmp_path / "small.xlsx", rows, Area("Data", 1, 1, 2, 2)) == [[1, 2], [3, 4]]


def test_cells_out_of_order_are_written_in_order(tmp_path: Path) -> None:
    path = tmp_path / "small.xlsx"
    rows = '<row r="2"><c r="C2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"/>'
    SmallBook(rows=rows).save(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 2, 2, [[5.0]])
        workbook.save()
    text = part_of(path, SHEET_PART).decode()
    assert [text.index(f'r="{place}"') for place in ("A2", "B2", "C2")] == sorted(
        text.index(f'r="{place}"') for place in ("A2", "B2", "C2")
    )
    assert text.index('<row r="2"') < text.index('"C2"')


def test_a_cell_that_is_there_twice_is_not_written_around(tmp_path: Path) -> None:
    path = SmallBook(rows='<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>').save(
        tmp_path / "small.xlsx"
    )
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 1, 2, [[5.0]])
        with pytest.raises(FileError, match="A1 is there twice"):
            workbook.to_bytes()


@pytest.mark.parametrize("reference", ["A1", "A1:XFD1048576", "nonsense", "", "A1:A9999999999"])
def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path, reference: str) -> None:
    path = tmp_path / "small.xlsx"
    rows = '<row r="3"><c r="C3"><v>1</v></c></row>'
    SmallBook(before=f'<dimension ref="{reference}"/>', rows=rows).save(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 5, 1, [[5.0]])
        workbook.save()
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area("Data", 3, 3, 3, 3)) == [[1.0]]


def test_control_characters_in_a_name_are_shown_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "kent.xlsx"
    path.write_bytes(KENT.read_bytes())
    name = "Re_x0007_ferrals_xD800__x001B_[31m"
    with zipfile.ZipFile(KENT) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    spoilt = {
        part: content.replace(b">Number of CAFs", f">{name}".encode())
        for part, content in parts.items()
    }
    assert spoilt != parts
    path.write_bytes(kent_with(dict(spoilt)))
    with open_workbook(path) as workbook:
        refresh(workbook, fill="values")
        workbook.save()
    with open_workbook(path) as workbook:
        names = workbook.read_names()
        body = names["scorecard_body"]
        assert body is not None
        texts = [
            row[0] for row in workbook.read_block(Area("Scorecard", body.top, 1, body.top + 60, 1))
        ]
    assert any(isinstance(text, str) and "Re\x07ferrals\ufffd\x1b[31m" in text for text in texts)


def test_cells_out_of_order_are_read_in_a_narrow_area_too(tmp_path: Path) -> None:
    cells = "".join(f'<c r="{letter}1"><v>{i}</v></c>' for i, letter in enumerate("ECABD"))
    assert read(tmp_path / "small.xlsx", f'<row r="1">{cells}</row>', Area("Data", 1, 1, 1, 4)) == [
        [2.0, 3.0, 1.0, 4.0]
    ]


SHARED = '<f t="shared" ref="A1:B2" si="0">{}</f><v>1</v>'
MEMBER = '<f t="shared" si="0"/><v>1</v>'


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            f'<row r="1"><c r="A1">{MEMBER}</c></row>'
            f'<row r="5"><c r="B5">{SHARED.format("A1+1")}</c></row>',
            id="a member before the first cell",
        ),
        pytest.param(
            f'<row r="5"><c r="B5">{SHARED.format("A1+1")}</c><c r="C5">{SHARED.format("B9")}</c>'
            f'<c r="D5">{MEMBER}</c></row>',
            id="one number for two formulas",
        ),
        pytest.param(
            f'<row r="5"><c r="B5">{SHARED.format("A1)")}</c></row>'
            f'<row r="6"><c r="B6">{MEMBER}</c></row>',
            id="one that is not understood",
        ),
    ],
)
def test_a_formula_shared_in_an_unknown_way_is_refused(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "small.xlsx"
    SmallBook(rows=rows).save(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 5, 2, [[0]])
        with pytest.raises(FileError, match="is shared in a way"):
            workbook.to_bytes()
