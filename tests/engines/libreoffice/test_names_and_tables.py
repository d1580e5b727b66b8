"""Names and tables: made, found, moved, renamed, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from scorecard_xl import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import xlwings as xw
    from openpyxl import Workbook


def test_a_name_is_found_read_and_moved(book: xw.Book, sheet: xw.Sheet) -> None:
    book.names.add("body", f"='{sheet.name}'!$B$2:$C$3")
    assert "body" in book.names
    assert "other" not in book.names
    assert book.names["body"].refers_to == f"={sheet.name}!$B$2:$C$3"
    assert book.names["BODY"].refers_to_range.address == "$B$2:$C$3"
    assert sheet.range("body").address == "$B$2:$C$3"
    sheet["1:1"].insert("down")
    assert book.names["body"].refers_to_range.address == "$B$3:$C$4"
    book.names["body"].refers_to = f"={sheet.name}!$A$1"
    assert sheet["A1"].name.name == "body"
    book.names["body"].delete()
    assert "body" not in book.names


def test_a_name_of_a_sheet_is_the_sheets_alone(book: xw.Book, sheet: xw.Sheet) -> None:
    other = book.sheets.add("My other")
    sheet.names.add("own", f"={sheet.name}!$A$1")
    book.names.add("'My other'!own", "='My other'!$B$2")
    assert [name.name for name in sheet.names] == [f"{sheet.name}!own"]
    assert [name.name for name in other.names] == ["'My other'!own"]
    assert len(book.names) == 2
    assert other.range("own").address == "$B$2"
    assert sheet.range("own").address == "$A$1"


def test_names_are_saved(
    book: xw.Book, sheet: xw.Sheet, saved: Callable[[], Workbook]
) -> None:  # fmt: skip
    sheet["B2"].name = "cell"
    book.names.add("constant", "=SUM(1,2)")
    sheet.names.add("own", f"={sheet.name}!$C$3")
    sheet["A1"].formula = "=constant+1"
    assert sheet["A1"].value == 4.0
    found = saved()
    assert found.defined_names["cell"].attr_text == f"{sheet.name}!$B$2"
    assert found.defined_names["constant"].attr_text == "SUM(1,2)"
    assert found.active.defined_names["own"].attr_text == f"{sheet.name}!$C$3"


def test_a_name_that_is_no_range_says_so(book: xw.Book) -> None:
    book.names.add("constant", "=1")
    with pytest.raises(EngineError, match="constant: it refers to =1, which is no range"):
        _ = book.names["constant"].refers_to_range


def test_a_table_is_made_and_grows(
    sheet: xw.Sheet, saved: Callable[[], Workbook]
) -> None:  # fmt: skip
    sheet["B2"].value = [["Code", "Count"], ["a", 1], ["b", 2]]
    table = sheet.tables.add(sheet["B2:C4"], name="Counts")
    sheet["E1"].formula = "=SUM(Counts[Count])"
    assert sheet["E1"].value == 3.0
    sheet["B5"].value = ["c", 10]
    table.resize(sheet["B2:C5"])
    assert sheet["E1"].value == 13.0
    assert table.range.address == "$B$2:$C$5"
    assert table.header_row_range.value == ["Code", "Count"]
    assert table.data_body_range.address == "$B$3:$C$5"
    assert saved().active.tables["Counts"].ref == "B2:C5"


def test_a_table_is_found_by_name_and_by_its_cells(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["h"], [1]]
    sheet.tables.add(sheet["A1:A2"], name="Counts")
    assert "counts" in sheet.tables
    assert "others" not in sheet.tables
    assert sheet.tables["Counts"].name == sheet["A2"].table.name == "Counts"
    assert sheet["C9"].table is None
    assert sheet.range("Counts").address == "$A$2"
    assert sheet.tables.add(sheet["C1:C2"]).name == "Table1"
    with pytest.raises(EngineError, match="another table of the workbook is called so"):
        sheet.tables.add(sheet["E1:E2"], name="COUNTS")


def test_formulas_follow_a_table_that_is_renamed(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["h"], [1]]
    table = sheet.tables.add(sheet["A1:A2"], name="Counts")
    sheet["C1"].formula = "=SUM(Counts[h])"
    table.name = "Renamed"
    assert [table.name for table in sheet.tables] == ["Renamed"]
    assert (sheet["C1"].formula, sheet["C1"].value) == ("=SUM(Renamed[h])", 1.0)


def test_totals_are_not_of_the_body(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["h"], [1], [2]]
    table = sheet.tables.add(sheet["A1:A3"], name="Counts")
    table.show_totals = True
    assert table.totals_row_range.address == "$A$4"
    assert table.data_body_range.address == "$A$2:$A$3"
    table.show_totals = False
    assert (table.totals_row_range, table.range.address) == (None, "$A$1:$A$3")


def test_excels_tables_are_tables_here(app: xw.App, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (["Code", "Count"], ["a", 4], ["b", 5]):
        made.active.append(row)
    made.active.add_table(Table(displayName="Counts", ref="A1:B3"))
    made.save(tmp_path / "table.xlsx")
    book = app.books.open(str(tmp_path / "table.xlsx"))
    table = book.sheets[0].tables["Counts"]
    found = table.data_body_range.value, table.show_headers, table.show_totals
    table.resize(book.sheets[0]["A1:B4"])
    book.save()
    book.close()
    assert found == ([["a", 4.0], ["b", 5.0]], True, False)
    assert openpyxl.load_workbook(tmp_path / "table.xlsx").active.tables["Counts"].ref == "A1:B4"
