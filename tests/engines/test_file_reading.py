"""What the file engine reads: cells of all kinds, as any program writes them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from scorecard_xl import open_workbook
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, ErrorValue, Formula
from scorecard_xl.workbook.engine import Area
from tests.engines.small_books import SmallBook

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content

# The small workbooks leave out whatever Excel can do without.
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "small.xlsx"


def read_cell(path: Path, cell_xml: str, **book: Any) -> Content:
    """What the engine reads of one cell, stored like that."""
    SmallBook(rows=f'<row r="1">{cell_xml}</row>', **book).save(path)
    with open_workbook(path) as workbook:
        return workbook.read_block(Area.of("Data", "A1"))[0][0]


RICH = (
    '<r><rPr><b/></rPr><t>late</t></r><r><t xml:space="preserve"> again</t></r>'
    '<rPh sb="0" eb="4"><t>leit</t></rPh><phoneticPr fontId="0"/>'
)
UNCACHED = Formula("=1+1", NOT_CALCULATED)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param('<c r="A1"><v>12.5</v></c>', 12.5, id="a number"),
        pytest.param('<c r="A1" t="n"><v>1E-3</v></c>', 0.001, id="a number with exponent"),
        pytest.param('<c r="A1" t="b"><v>1</v></c>', True, id="true"),
        pytest.param('<c r="A1" t="b"><v>0</v></c>', False, id="false"),
        pytest.param('<c r="A1" t="e"><v>#N/A</v></c>', ErrorValue("#N/A"), id="an error"),
        pytest.param('<c r="A1" t="s"><v>0</v></c>', "plain & <old>", id="a shared text"),
        pytest.param('<c r="A1" t="s"><v>1</v></c>', "late again", id="a shared rich text"),
        pytest.param(
            f'<c r="A1" t="inlineStr"><is>{RICH}</is></c>', "late again", id="an inline rich text"
        ),
        pytest.param('<c r="A1" t="s"><v>2</v></c>', "two\r\nlines_x0041_", id="escaped letters"),
        pytest.param('<c r="A1" t="str"><v>x</v></c>', "x", id="a text without a formula"),
        pytest.param('<c r="A1" s="2"><v>0.5</v></c>', 0.5, id="a percentage"),
        pytest.param(
            '<c r="A1" s="1"><v>41305</v></c>', datetime.datetime(2013, 1, 31), id="a date"
        ),
        pytest.param(
            '<c r="A1" s="3"><v>41305.75</v></c>',
            datetime.datetime(2013, 1, 31, 18),
            id="a date and time in a format of one's own",
        ),
        pytest.param(
            '<c r="A1" t="d"><v>2013-01-31T00:00:00</v></c>',
            datetime.datetime(2013, 1, 31),
            id="an ISO date",
        ),
        pytest.param('<c r="A1" s="4"/>', None, id="a cell with a look alone"),
        pytest.param('<c r="A1"><v/></c>', None, id="an empty value"),
        pytest.param("", None, id="no cell"),
        pytest.param('<c r="A1"><f>1+1</f><v>2</v></c>', Formula("=1+1", 2.0), id="a formula"),
        pytest.param('<c r="A1"><f>1+1</f></c>', UNCACHED, id="a formula not calculated"),
        pytest.param('<c r="A1"><f>1+1</f><v/></c>', UNCACHED, id="a formula with empty value"),
        pytest.param(
            '<c r="A1" t="str"><f>""</f><v></v></c>',
            Formula('=""', ""),
            id="a formula that gives an empty text",
        ),
        pytest.param(
            '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            Formula("=1/0", ErrorValue("#DIV/0!")),
            id="a formula that gives an error",
        ),
        pytest.param(
            '<c r="A1" t="b"><f>A2&lt;&gt;"&amp;"</f><v>1</v></c>',
            Formula('=A2<>"&"', True),
            id="a formula with escapes",
        ),
        pytest.param(
            '<c r="A1" s="1"><f>TODAY()</f><v>41305</v></c>',
            Formula("=TODAY()", datetime.datetime(2013, 1, 31)),
            id="a formula that gives a date",
        ),
    ],
)
def test_a_cell_is_read_as_what_it_holds(path: Path, cell: str, expected: Content) -> None:
    strings = ("<t>plain &amp; &lt;old&gt;</t>", RICH, "<t>two_x000D_\nlines_x005F_x0041_</t>")
    actual = read_cell(path, cell, strings=strings)
    assert actual == expected
    assert type(actual) is type(expected)


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('date1904="1"', datetime.datetime(2017, 2, 1)),
        ('date1904="0"', datetime.datetime(2013, 1, 31)),
        ("", datetime.datetime(2013, 1, 31)),
    ],
)
def test_dates_are_read_by_the_workbooks_date_system(
    path: Path, properties: str, expected: datetime.datetime
) -> None:
    cell = '<c r="A1" s="1"><v>41305</v></c>'
    assert read_cell(path, cell, properties=properties) == expected
    with open_workbook(path) as workbook:
        assert workbook.date_of(41305) == expected


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("<row><c><v>1</v></c><c><v>2</v></c></row>", id="cells without places"),
        pytest.param("<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>", id="quotes"),
        pytest.param(
            '<row r="1"><!-- old --><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
            id="comments",
        ),
        pytest.param(
            '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c><c r="B1"><v>2</v></c></row>', id="CDATA"
        ),
        pytest.param(
            '<row r="1" >\n <c  r="A1" >\n<v>1</v>\n</c><c\tr="B1"><v>2</v></c> </row>',
            id="spaces",
        ),
    ],
)
def test_xml_that_others_write_is_read_too(path: Path, rows: str) -> None:
    SmallBook(rows=rows).save(path)
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "A1:B1")) == [[1.0, 2.0]]


def test_names_are_read_and_those_of_one_sheet_are_not(path: Path) -> None:
    names = (
        '<definedName name="cell">Data!$B$3</definedName>'
        "<definedName name=\"area\">'Data'!$B$3:$C$4</definedName>"
        '<definedName name="formula">SUM(Data!$B$3:$C$4)</definedName>'
        '<definedName name="lost">#REF!</definedName>'
        '<definedName name="elsewhere">Gone!$A$1</definedName>'
        '<definedName name="own" localSheetId="0">Data!$A$1</definedName>'
    )
    with open_workbook(SmallBook(names=names).save(path)) as workbook:
        assert workbook.read_names() == {
            "cell": Area.of("Data", "B3"),
            "area": Area.of("Data", "B3:C4"),
            "formula": None,
            "lost": None,
            "elsewhere": None,
        }


def test_column_widths_are_told(path: Path) -> None:
    SmallBook(before='<cols><col min="2" max="3" width="9.5" customWidth="1"/></cols>').save(path)
    with open_workbook(path) as workbook:
        widths = [workbook.column_width("Data", column) for column in (1, 2, 3, 4)]
    assert widths == [None, 9.5, 9.5, None]
