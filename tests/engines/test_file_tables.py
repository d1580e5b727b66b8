"""Tables in files: found by name, grown and shrunk, refused where that would do harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree

from scorecard_xl import FileError, RefusedError, open_workbook
from scorecard_xl.workbook.engine import Area
from tests.engines.small_books import TABLE, TABLE_ROWS, Q, sheet_of, with_table, written
from tests.scorecards import part_of

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content

# The small workbooks leave out whatever Excel can do without.
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "small.xlsx"


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
