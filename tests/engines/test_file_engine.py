"""Every operation of a workbook, on files: what is read, what is written, what stays."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from lxml import etree

from scorecard_xl import EngineError, FileError, RefusedError, open_workbook
from scorecard_xl.workbook.engine import (
    NOT_CALCULATED,
    Area,
    Condition,
    ErrorValue,
    Formula,
    Pages,
    Workbook,
)
from tests.engines.small_books import MAIN, SHEET_PART, TABLE, TABLE_ROWS, SmallBook
from tests.judges.package_check import problems_of_package
from tests.scorecards import part_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scorecard_xl.workbook.engine import Content

Q = f"{{{MAIN}}}"
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


def test_a_sheet_with_a_prefix_is_read_and_written(path: Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    SmallBook(sheet=sheet).save(path)
    written(path, lambda book: book.write_block("Data", 2, 1, [[5.0]]))
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "A1:A2")) == [[1.0], [5.0]]
    assert openpyxl.load_workbook(path)["Data"]["A2"].value == 5


def written(path: Path, change: Callable[[Workbook], Any]) -> None:
    """Change a file through the engine; what comes out is sound."""
    with open_workbook(path) as workbook:
        change(workbook)
        path.write_bytes(workbook.to_bytes())
    assert problems_of_package(path) == []


def sheet_of(path: Path) -> etree._Element:
    return etree.fromstring(part_of(path, SHEET_PART))


@pytest.mark.parametrize(
    ("content", "stored", "kind"),
    [
        pytest.param(12, 12, "n", id="a whole number"),
        pytest.param(0.1, 0.1, "n", id="a fraction"),
        pytest.param(1e-7, 1e-7, "n", id="a small number"),
        pytest.param(True, True, "b", id="true"),
        pytest.param("text", "text", "s", id="a text"),
        pytest.param("=1+1", "=1+1", "s", id="a text like a formula"),
        pytest.param(" spaced\nout ", " spaced\nout ", "s", id="spaces and lines"),
        pytest.param("<&>\"'", "<&>\"'", "s", id="letters that XML escapes"),
        pytest.param("Ségolène ↑ 😀", "Ségolène ↑ 😀", "s", id="letters of all kinds"),
        pytest.param(ErrorValue("#N/A"), "#N/A", "e", id="an error"),
        pytest.param(Formula("=A2<3", 5.0), "=A2<3", "f", id="a formula"),
        pytest.param(datetime.date(2013, 1, 31), datetime.datetime(2013, 1, 31), "d", id="a date"),
        pytest.param(None, None, "n", id="nothing"),
    ],
)
def test_a_cell_is_written_as_openpyxl_reads_it(
    path: Path, content: Content, stored: object, kind: str
) -> None:
    SmallBook(rows='<row r="1"><c r="A1" s="1"><v>3</v></c></row>').save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [[content]]))
    cell = openpyxl.load_workbook(path)["Data"]["A1"]
    if kind == "n" and content is not None:
        # The cell's look is a date's; what is stored is the bare number.
        assert sheet_of(path).findtext(f".//{Q}v") == repr(content)
    else:
        assert (cell.value, cell.data_type) == (stored, kind)


@pytest.mark.parametrize(
    "content",
    [12.0, True, "=text", " a\nb ", "_x0041_ \x01 \r", ErrorValue("#REF!"), None, UNCACHED]
    + [Formula("=A2", value) for value in (1.5, True, "x & y", ErrorValue("#N/A"))]
    + [Formula('=""', "")],
    ids=repr,
)
def test_what_is_written_is_read_back(path: Path, content: Content) -> None:
    SmallBook().save(path)
    written(path, lambda book: book.write_block("Data", 3, 2, [[content]]))
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "B3")) == [[content]]


def test_a_formulas_value_is_stored_beside_it(path: Path) -> None:
    SmallBook().save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [[Formula("=1+1", 2.0)]]))
    assert openpyxl.load_workbook(path, data_only=True)["Data"]["A1"].value == 2


def test_dates_are_written_by_the_workbooks_date_system(path: Path) -> None:
    SmallBook(properties='date1904="1"').save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [[datetime.date(1904, 1, 2)]]))
    assert sheet_of(path).findtext(f".//{Q}v") == "1"


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written(path: Path, number: float) -> None:
    SmallBook().save(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 1, 1, [[number]])
        with pytest.raises(ValueError, match="cannot be written"):
            workbook.to_bytes()


def test_a_text_longer_than_a_cell_holds_is_refused(path: Path) -> None:
    SmallBook().save(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 1, 1, [["x" * 32_768]])
        with pytest.raises(EngineError, match=r"32,768 characters does not fit a cell"):
            workbook.to_bytes()


def test_a_new_cell_takes_its_rows_look_or_else_its_columns(path: Path) -> None:
    SmallBook(
        before='<cols><col min="2" max="3" width="9" style="4" customWidth="1"/></cols>',
        rows='<row r="2" s="2" customFormat="1"/><row r="3"><c r="C3" s="1"/></row>',
    ).save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [[1.0, 2.0, 3.0]] * 3))
    styles = {cell.get("r"): cell.get("s", "0") for cell in sheet_of(path).iter(f"{Q}c")}
    assert [[styles[f"{column}{row}"] for column in "ABC"] for row in (1, 2, 3)] == [
        ["0", "4", "4"],
        ["2", "2", "2"],
        ["0", "4", "1"],
    ]


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c r="A1" s="4" t="s"><v>0</v></c>', id="as Excel writes it"),
        pytest.param('<c r="A1" t="s" s="4"><v>0</v></c>', id="with the style last"),
        pytest.param('<c s="4" t="s" r="A1"><v>0</v></c>', id="with the place last"),
        pytest.param("<c r='A1' s='4' t='s'><v>0</v></c>", id="in other quotes"),
        pytest.param('<c r="A1" cm="1" s="4" t="s"><v>0</v></c>', id="with more attributes"),
    ],
)
@pytest.mark.parametrize("content", ["new", None, 5.0], ids=repr)
def test_a_cells_look_stays_however_it_was_written(path: Path, cell: str, content: Content) -> None:
    SmallBook(rows=f'<row r="1">{cell}</row>', strings=("<t>old</t>",)).save(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 1, 1, [[content]])
        path.write_bytes(workbook.to_bytes())
    cell = openpyxl.load_workbook(path)["Data"]["A1"]
    assert (cell.value, cell.font.b) == (content, True)


def test_looks_and_neighbours_stay_where_a_block_is_written(path: Path) -> None:
    rows = '<row r="1" spans="1:3"><c r="A1" s="4"><v>1</v></c><c r="C1" s="2"><v>3</v></c></row>'
    SmallBook(rows=rows).save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [["a", "b"]]))
    cells = [(cell.get("r"), cell.get("s")) for cell in sheet_of(path).iter(f"{Q}c")]
    assert cells == [("A1", "4"), ("B1", None), ("C1", "2")]
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "A1:C1")) == [["a", "b", 3.0]]


def test_writing_to_a_sheet_that_is_not_there_is_refused(path: Path) -> None:
    SmallBook().save(path)
    with (
        open_workbook(path) as workbook,
        pytest.raises(EngineError, match=r"no worksheet 'Dta'; its sheets are Data"),
    ):
        workbook.write_block("Dta", 1, 1, [[1.0]])


def with_table(path: Path, **changes: Any) -> Path:
    return SmallBook(**{"rows": TABLE_ROWS, "table": TABLE, "before": ""} | changes).save(path)


def test_a_table_is_read_by_its_name_without_case(path: Path) -> None:
    with open_workbook(with_table(path)) as workbook:
        table = workbook.read_table("cOUNTS")
        assert workbook.read_table("Numbers") is None
    assert table is not None
    assert (table.name, str(table.area), table.headings) == (
        "Counts",
        "'Data'!B3:C4",
        ("Code", "Value"),
    )
    assert table.rows == [["a", 1.0], ["b", 2.0]]


def test_headings_with_line_breaks_are_read(path: Path) -> None:
    with_table(path, table=TABLE.replace('name="Value"', 'name="The_x000a_value"'))
    with open_workbook(path) as workbook:
        table = workbook.read_table("Counts")
    assert table is not None
    assert table.headings == ("Code", "The\nvalue")


def test_a_table_grows_in_the_look_of_its_first_row(path: Path) -> None:
    with_table(path)
    rows = [["x", 0.1], ["y", 0.2], ["=z", None]]
    written(path, lambda book: book.write_table("Counts", rows))
    root = etree.fromstring(part_of(path, "xl/tables/table1.xml"))
    assert (root.get("ref"), root.find(f"{Q}autoFilter").get("ref")) == ("B2:C5", "B2:C5")
    assert root.find(f".//{Q}sortState") is None
    styles = [cell.get("s") for cell in sheet_of(path).iter(f"{Q}c") if cell.get("r") != "B2"]
    assert styles == [None, *["4", "2"] * 3]
    assert [row.get("ht") for row in sheet_of(path).iter(f"{Q}row")] == [None, "21", "21", "21"]
    with open_workbook(path) as workbook:
        table = workbook.read_table("Counts")
    assert table is not None
    assert table.rows == rows


@pytest.mark.parametrize("rows", [[], [["x", 1.0]]], ids=["nothing", "one row"])
def test_a_table_shrinks_to_one_row_at_least_and_leaves_nothing(
    path: Path, rows: list[list[Content]]
) -> None:
    with_table(path)
    written(path, lambda book: book.write_table("Counts", rows))
    with open_workbook(path) as workbook:
        table = workbook.read_table("Counts")
        assert workbook.read_block(Area.of("Data", "B4:C4")) == [[None, None]]
    assert table is not None
    assert (str(table.area), table.rows) == ("'Data'!B3:C3", rows or [[None, None]])


def test_number_formats_make_styles_of_their_own_beside_those_that_are_there(path: Path) -> None:
    with_table(path)
    formats = [[None, "0.00"], [None, '0.0"x"'], [None, "0.00"]]
    rows: list[list[Content]] = [["a", 1.0], ["b", 2.0], ["c", 3.0]]
    written(path, lambda book: book.write_table("Counts", rows, formats))
    sheet = openpyxl.load_workbook(path)["Data"]
    assert [sheet[f"C{row}"].number_format for row in (3, 4, 5)] == ["0.00", '0.0"x"', "0.00"]
    assert sheet["B5"].font.b
    styles = etree.fromstring(part_of(path, "xl/styles.xml"))
    assert styles.find(f"{Q}cellXfs").get("count") == "7"


def test_a_table_does_not_grow_over_a_cell_that_holds_something(path: Path) -> None:
    with_table(path, rows=f'{TABLE_ROWS}<row r="6"><c r="C6"><v>9</v></c></row>')
    with open_workbook(path) as workbook:
        workbook.write_table("Counts", [["x", 1.0]] * 3)
        with pytest.raises(RefusedError) as raised:
            workbook.write_table("Counts", [["x", 1.0]] * 4)
    assert str(raised.value) == (
        "'Data'!C6: the table Counts would grow over this cell; move what it holds."
    )


def test_a_table_with_a_totals_row_does_not_change_its_size(path: Path) -> None:
    with_table(path, table=TABLE.replace('ref="B2:C4">', 'ref="B2:C4" totalsRowCount="1">', 1))
    with open_workbook(path) as workbook, pytest.raises(RefusedError, match="has a totals row"):
        workbook.write_table("Counts", [["x", 1.0]] * 3)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(TABLE.replace('ref="B2:C4">', 'ref="nowhere">', 1), id="no range"),
        pytest.param(TABLE.replace('ref="B2:C4">', 'ref="B2:D4">', 1), id="too many columns"),
    ],
)
def test_a_damaged_table_is_refused_in_a_sentence(path: Path, table: str) -> None:
    with_table(path, table=table)
    with pytest.raises(FileError, match=r"^The table Counts on Data is damaged \(.*\)"):
        open_workbook(path)


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


def test_names_are_moved_added_and_taken_away(path: Path) -> None:
    names = (
        '<definedName name="moved">Data!$B$3</definedName>'
        '<definedName name="gone">Data!$B$3</definedName>'
        '<definedName name="kept" comment="mine">Data!$B$3</definedName>'
    )
    names = names.replace("Data!", "'It''s'!")
    SmallBook(names=names, sheet_name="It's").save(path)
    written(
        path,
        lambda book: book.set_names(
            {"moved": Area.of("It's", "C9"), "gone": None, "sum": "=1+1", "unheard": None}
        ),
    )
    root = etree.fromstring(part_of(path, "xl/workbook.xml"))
    defined = {name.get("name"): name.text for name in root.iter(f"{Q}definedName")}
    assert defined == {"moved": "'It''s'!$C$9", "kept": "'It''s'!$B$3", "sum": "1+1"}


def test_looks_and_heights_are_copied_row_by_row(path: Path) -> None:
    rows = (
        '<row r="1" ht="30" customHeight="1"><c r="A1" s="4"/><c r="B1" s="2"><v>1</v></c></row>'
        '<row r="5"><c r="C5"><v>7</v></c><c r="E5"><v>8</v></c></row>'
    )
    SmallBook(rows=rows).save(path)
    source, target = Area.of("Data", "A1:B1"), Area.of("Data", "C5:D6")
    written(path, lambda book: book.copy_looks(source, target))
    styles = {cell.get("r"): cell.get("s") for cell in sheet_of(path).iter(f"{Q}c")}
    assert styles == {
        "A1": "4", "B1": "2", "C5": "4", "D5": "2", "E5": None, "C6": "4", "D6": "2",
    }  # fmt: skip
    assert [row.get("ht") for row in sheet_of(path).iter(f"{Q}row")] == ["30", "30", "30"]
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "C5:E5")) == [[7.0, None, 8.0]]


def test_clearing_empties_cells_and_their_looks_and_nothing_else(path: Path) -> None:
    SmallBook(
        rows='<row r="1" ht="30" customHeight="1"><c r="A1" s="4"><v>1</v></c>'
        '<c r="B1" s="2"><v>2</v></c></row>'
    ).save(path)
    written(path, lambda book: book.clear(Area.of("Data", "A1")))
    row = sheet_of(path).find(f".//{Q}row")
    assert [cell.get("r") for cell in row] == ["B1"]
    assert row.get("ht") is None


def test_heights_are_set(path: Path) -> None:
    SmallBook(rows='<row r="1" ht="30" customHeight="1"/>').save(path)
    written(path, lambda book: book.set_heights("Data", {1: 18.5, 3: 20.0}))
    rows = {row.get("r"): row.get("ht") for row in sheet_of(path).iter(f"{Q}row")}
    assert rows == {"1": "18.5", "3": "20"}


def test_column_widths_are_told(path: Path) -> None:
    SmallBook(before='<cols><col min="2" max="3" width="9.5" customWidth="1"/></cols>').save(path)
    with open_workbook(path) as workbook:
        widths = [workbook.column_width("Data", column) for column in (1, 2, 3, 4)]
    assert widths == [None, 9.5, 9.5, None]


def test_merges_that_reach_into_an_area_are_replaced_and_others_stay(path: Path) -> None:
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in ("A1:B1", "A5:B5", "C6:H6", "A9:B9"))
    SmallBook(after=f'<mergeCells count="4">{merges}</mergeCells>').save(path)
    owned = Area.of("Data", "A4:D8")
    written(path, lambda book: book.set_merges(owned, [Area.of("Data", "A7:D7")]))
    found = [merge.get("ref") for merge in sheet_of(path).iter(f"{Q}mergeCell")]
    assert found == ["A1:B1", "A9:B9", "A7:D7"]
    written(path, lambda book: book.set_merges(Area.of("Data", "A1:D9"), []))
    assert sheet_of(path).find(f"{Q}mergeCells") is None


RULE = '<cfRule type="{}" priority="{}"{}><formula>{}</formula></cfRule>'


def rules(area: str, *own: str) -> str:
    return f'<conditionalFormatting sqref="{area}">{"".join(own)}</conditionalFormatting>'


def test_alike_conditions_are_replaced_and_others_kept(path: Path) -> None:
    green = RULE.format("cellIs", 1, ' operator="equal"', '"G"')
    above = RULE.format("cellIs", 2, ' operator="greaterThan"', "10")
    text = RULE.format("expression", 3, "", "ISTEXT($E7)")
    mine = RULE.format("expression", 4, "", "$A7=1")
    beside = RULE.format("cellIs", 5, ' operator="equal"', '"G"')
    after = rules("E7:E20", green, above) + rules("E7:E20", text) + rules("E7:E20", mine)
    SmallBook(after=after + rules("H7:H20", beside)).save(path)
    conditions = [
        Condition(Area.of("Data", "E7:E12"), equals="G", fill_color="57B894", bold=True),
        Condition(Area.of("Data", "E7:E12"), formula="ISTEXT($E7)", italic=True),
    ]
    written(path, lambda book: book.replace_conditions(Area.of("Data", "A7:F20"), conditions))
    found = [
        (element.get("sqref"), [rule.findtext(f"{Q}formula") for rule in element])
        for element in sheet_of(path).iter(f"{Q}conditionalFormatting")
    ]
    assert sorted(found) == [
        ("E7:E12", ['"G"', "ISTEXT($E7)"]),
        ("E7:E20", ["$A7=1"]),
        ("E7:E20", ["10"]),
        ("H7:H20", ['"G"']),
    ]
    looks = etree.fromstring(part_of(path, "xl/styles.xml")).find(f"{Q}dxfs")
    assert [[child.tag.removeprefix(Q) for child in look] for look in looks] == [
        ["font", "fill"],
        ["font"],
    ]


def test_replacing_conditions_twice_adds_no_second_look(path: Path) -> None:
    SmallBook().save(path)
    area = Area.of("Data", "E7:E12")
    conditions = [Condition(area, equals=letter, bold=True) for letter in "GAR"]
    written(path, lambda book: book.replace_conditions(area, conditions))
    once = path.read_bytes()
    written(path, lambda book: book.replace_conditions(area, conditions))
    assert path.read_bytes() == once
    styles = etree.fromstring(part_of(path, "xl/styles.xml"))
    assert styles.find(f"{Q}dxfs").get("count") == "1"


def lay_out(book: Workbook, *, breaks: list[int] | None = None) -> None:
    area, body = Area.of("Data", "A1:L55"), Area.of("Data", "A7:L60")
    book.lay_out_pages(Pages(area, body, breaks or [], "Kent & Medway, 1 of 2"))


def test_pages_get_an_area_breaks_and_a_footer(path: Path) -> None:
    after = (
        '<headerFooter><oddFooter>&amp;L&amp;"Arial,Regular"&amp;8Old&amp;C&amp;8OFFICIAL'
        "</oddFooter></headerFooter>"
        '<rowBreaks count="2" manualBreakCount="2"><brk id="30" max="16383" man="1"/>'
        '<brk id="70" max="16383" man="1"/></rowBreaks>'
    )
    SmallBook(after=after, names='<definedName name="x">Data!$A$1</definedName>').save(path)
    written(path, lambda book: lay_out(book, breaks=[20, 40]))
    root = sheet_of(path)
    assert [each.get("id") for each in root.iter(f"{Q}brk")] == ["19", "39", "70"]
    assert root.find(f"{Q}rowBreaks").get("count") == "3"
    assert root.findtext(f".//{Q}oddFooter") == (
        '&L&"Arial,Regular"&8Kent && Medway, 1 of 2&C&8OFFICIAL'
    )
    names = etree.fromstring(part_of(path, "xl/workbook.xml")).iter(f"{Q}definedName")
    area = {name.get("name"): (name.get("localSheetId"), name.text) for name in names}
    assert area["_xlnm.Print_Area"] == ("0", "'Data'!$A$1:$L$55")


@pytest.mark.parametrize(
    "footer",
    [
        pytest.param("&C&8OFFICIAL", id="none on the left"),
        pytest.param("&LPage &P&CMine", id="with the page's number"),
        pytest.param("&L&F", id="with the file's name"),
    ],
)
def test_a_footer_with_nothing_or_fields_on_the_left_stays(path: Path, footer: str) -> None:
    escaped = footer.replace("&", "&amp;")
    SmallBook(after=f"<headerFooter><oddFooter>{escaped}</oddFooter></headerFooter>").save(path)
    written(path, lay_out)
    assert sheet_of(path).findtext(f".//{Q}oddFooter") == footer


def test_how_wide_the_analyst_prints_stays(path: Path) -> None:
    name = '<definedName name="_xlnm.Print_Area" localSheetId="0">Data!$A$1:$R$30</definedName>'
    SmallBook(names=name).save(path)
    written(path, lay_out)
    root = etree.fromstring(part_of(path, "xl/workbook.xml"))
    assert root.findtext(f".//{Q}definedName") == "'Data'!$A$1:$R$55"


def test_what_was_written_is_read_before_it_is_saved(path: Path) -> None:
    with_table(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 3, 3, [[7.0]])
        workbook.set_names({"mine": Area.of("Data", "B3")})
        table = workbook.read_table("Counts")
        assert table is not None
        assert table.rows[0] == ["a", 7.0]
        assert workbook.read_names() == {"mine": Area.of("Data", "B3")}


def test_the_size_of_the_sheet_follows(path: Path) -> None:
    SmallBook(before='<dimension ref="A1:B2"/>').save(path)
    written(path, lambda book: book.write_block("Data", 9, 5, [[1.0]]))
    assert sheet_of(path).find(f"{Q}dimension").get("ref") == "A9:E9"
