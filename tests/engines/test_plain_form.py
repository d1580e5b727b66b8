"""Sheets that others write in forms of their own are written anew, once, in the plain form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from scorecard_xl import open_workbook
from scorecard_xl.engines.file.plain_form import find_rows, in_plain_form, is_unusual
from scorecard_xl.engines.file.sheet import Sheet
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import Area, Workbook
from tests.engines.small_books import MAIN, SHEET_PART, Q, SmallBook, sheet_of, written

if TYPE_CHECKING:
    from pathlib import Path

# The small workbooks leave out whatever Excel can do without.
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")

USUAL = '<row r="1" ht="18"><c r="A1" s="3"><f>B1</f><v>5</v></c></row>'
# Rows that say the same as the usual ones in another form.
UNUSUAL = [
    pytest.param('ht="18"', "ht='18'", id="a row's attribute in single quotes"),
    pytest.param('s="3"', "s='3'", id="a cell's attribute in single quotes"),
    pytest.param('ht="18"', 'ht = "18"', id="space around the equals sign"),
    pytest.param('ht="18"', 'ht= "18"', id="space after the equals sign"),
    pytest.param(' s="3"', '\n s="3"', id="a line end before an attribute"),
    pytest.param(' s="3"', '\ts="3"', id="a tab before an attribute"),
    pytest.param("</row>", "</row >", id="space in the end of a row"),
    pytest.param("</c>", "</c\n>", id="a line end in the end of a cell"),
    pytest.param("<v>5</v>", "<v>&#53;</v>", id="a figure by its number"),
    pytest.param("<v>5</v>", "<v>&#x035;</v>", id="a figure by its number in hexadecimal"),
    pytest.param('s="3"', 's="&#51;"', id="a style by its number"),
    pytest.param('r="A1"', 'r="&#65;1"', id="a place by its number"),
    pytest.param("<v>5</v>", "<x:v>5</x:v>", id="a prefix on a value"),
    pytest.param("<f>B1</f>", "<x:f>B1</x:f>", id="a prefix on a formula"),
    pytest.param(USUAL, USUAL.replace("<", "<x:").replace("<x:/", "</x:"), id="on all of a row"),
]


def whole(rows: str, spaces: str = f' xmlns:x="{MAIN}"') -> bytes:
    return f'<worksheet xmlns="{MAIN}"{spaces}><sheetData>{rows}</sheetData></worksheet>'.encode()


def is_odd(data: bytes, *, is_anew: bool = False) -> bool:
    return is_unusual(data, *find_rows(data), is_anew=is_anew)


@pytest.mark.parametrize(("old", "new"), UNUSUAL)
def test_an_unusual_form_is_noticed_and_written_plainly(old: str, new: str) -> None:
    assert old in USUAL
    data = whole(USUAL.replace(old, new))
    assert is_odd(data)
    plain = in_plain_form(data, SHEET_PART)
    assert not is_odd(plain)
    start, end = find_rows(plain)
    assert plain[start:end].decode() == USUAL


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(USUAL, id="as Excel writes"),
        pytest.param(USUAL.replace('s="3"', 's="3" '), id="space at the end of a tag"),
        pytest.param('<row r="1"><c r="A1" s="3" /></row>', id="space before a slash"),
        pytest.param(USUAL.replace("B1", "IF('a b'!A1 = \"x\",'c'!B1 , 2)"), id="in a formula"),
        pytest.param(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>it\'s a = "b"</t></is></c></row>',
            id="in a text",
        ),
        pytest.param(
            USUAL.replace("<f>", '<f t="array" ref="A1" x14:a="it\'s = 1">'), id="in an attribute"
        ),
        pytest.param(USUAL.replace("B1", "&#8217;&#x2019;&#13;&#160;"), id="rarer characters"),
    ],
)
def test_apostrophes_equals_signs_and_spaces_elsewhere_are_usual(rows: str) -> None:
    assert not is_odd(whole(rows, ' xmlns:x14="y"'))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            '<row r="1"><c r="A1"><y:a y:b="1"/><v>1</v></c></row>', id="another's elements"
        ),
        pytest.param(
            '<x:row r="1" x:s="4"><x:c r="A1" x:t="s" a="&#9;&quot;\'"><x:v>1</x:v></x:c></x:row>',
            id="attributes with the prefix",
        ),
        pytest.param(
            '<row r="1"><c r="A1" t="str"><v>xmlns:x="a" &amp;#53; \'\r"</v></c></row>',
            id="a text like a tag's inside",
        ),
        pytest.param(
            f'<row r="1"><z:c xmlns:z="{MAIN}" r="A1"><z:v>1</z:v></z:c></row>',
            id="a prefix declared in a cell",
        ),
    ],
)
def test_what_is_written_plainly_is_never_unusual(rows: str) -> None:
    plain = in_plain_form(whole(rows, f' xmlns:x="{MAIN}" xmlns:y="y"'), SHEET_PART)
    assert not is_odd(plain, is_anew=True)
    assert [cell.get("r") for cell in etree.fromstring(plain).iter(f"{Q}c")] == ["A1"]
    assert Sheet(plain, SHEET_PART).rows[1].number == 1


def edit(book: Workbook) -> None:
    """Write beside what is there, in a row that gets another height."""
    book.write_block("Data", 1, 2, [["new"]])
    book.set_heights("Data", {1: 30.0})


@pytest.mark.parametrize(("old", "new"), UNUSUAL)
def test_an_edited_row_of_an_unusual_form_keeps_its_cells(
    tmp_path: Path, old: str, new: str
) -> None:
    sheet = whole(USUAL.replace(old, new)).decode()
    path = SmallBook(sheet=sheet).save(tmp_path / "small.xlsx")
    written(path, edit)
    root = sheet_of(path)
    assert [row.get("ht") for row in root.iter(f"{Q}row")] == ["30"]
    assert {cell.get("r"): cell.get("s") for cell in root.iter(f"{Q}c")} == {"A1": "3", "B1": None}
    assert [cell.findtext(f"{Q}f") for cell in root.iter(f"{Q}c")] == ["B1", None]


def test_a_formula_shared_in_single_quotes_is_kept_where_its_first_is_overwritten(
    tmp_path: Path,
) -> None:
    rows = (
        """<row r="1"><c r="A1"><f t='shared' ref='A1:A2' si='0'>C1*2</f><v>1</v></c></row>"""
        """<row r="2"><c r="A2"><f t='shared' si='0'/><v>2</v></c></row>"""
    )
    path = SmallBook(rows=rows).save(tmp_path / "small.xlsx")
    written(path, lambda book: book.write_block("Data", 1, 1, [["over"]]))
    with open_workbook(path) as workbook:
        ((formula,),) = workbook.read_block(Area.of("Data", "A2"))
    assert isinstance(formula, Formula)
    assert formula.text == "=C2*2"


def test_rows_and_cells_with_a_prefix_beside_others_are_read_and_kept(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><x:c r="A1"><x:v>5</x:v></x:c>'
        '<c r="B1" t="inlineStr"><is><x:t>text</x:t></is></c></row>'
        '<x:row r="60"><x:c r="A60"><x:v>77</x:v></x:c></x:row>'
    )
    path = SmallBook(sheet=whole(rows).decode()).save(tmp_path / "small.xlsx")
    written(path, lambda book: book.write_block("Data", 2, 1, [["new"]]))
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "A1:B2")) == [[5.0, "text"], ["new", None]]
        assert workbook.read_block(Area.of("Data", "A60")) == [[77.0]]
