"""What is written into LibreOffice is read back, and read from the saved file, as it was."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import xlwings as xw
    from openpyxl import Workbook

VALUES = [
    pytest.param(1.0, 1.0, id="number"),
    pytest.param(7, 7.0, id="whole number"),
    pytest.param("Ünïcode & <b>", "Ünïcode & <b>", id="text"),
    pytest.param("123", "123", id="text that looks like a number"),
    pytest.param("1/2/2024", "1/2/2024", id="text that looks like a date"),
    pytest.param("TRUE", "TRUE", id="text that looks like a truth"),
    pytest.param("'=A1", "=A1", id="text that looks like a formula"),
    pytest.param("+44 20", "+44 20", id="text with a plus"),
    pytest.param("-", "-", id="a dash"),
    pytest.param("@home", "@home", id="text with an at sign"),
    pytest.param(True, True, id="true"),
    pytest.param(False, False, id="false"),
    pytest.param(dt.datetime(2024, 2, 29), dt.datetime(2024, 2, 29), id="date"),
    pytest.param(dt.date(2013, 1, 31), dt.datetime(2013, 1, 31), id="plain date"),
    pytest.param(
        dt.datetime(2024, 2, 29, 13, 30, 15), dt.datetime(2024, 2, 29, 13, 30, 15), id="time"
    ),
    pytest.param(None, None, id="blank"),
    pytest.param(float("nan"), None, id="missing"),
]


@pytest.mark.parametrize(("written", "expected"), VALUES)
def test_a_value_comes_back(sheet: xw.Sheet, written: Any, expected: Any) -> None:
    sheet["B2"].value = written
    actual = sheet["B2"].value
    assert (actual, type(actual)) == (expected, type(expected))


@pytest.mark.parametrize(("written", "expected"), VALUES)
def test_a_value_is_in_the_saved_file(
    sheet: xw.Sheet, saved: Callable[[], Workbook], written: Any, expected: Any
) -> None:
    sheet["B2"].value = written
    cell = saved().active["B2"]
    assert cell.value == expected
    assert (cell.data_type == "b") == isinstance(expected, bool)


def test_a_block_of_all_types_comes_back(sheet: xw.Sheet) -> None:
    day = dt.datetime(2024, 1, 1)
    block = [["a", 1.0, True, None], [day, "b", 2.0, False], [None, day, "=c", 0.5]]
    sheet["A1"].value = [[*row[:2], *row[2:]] for row in block[:2]] + [[None, day, "'=c", 0.5]]
    assert sheet["A1:D3"].value == block


@pytest.mark.parametrize("cleared", [False, True])
def test_a_number_over_a_truth_is_a_number(sheet: xw.Sheet, cleared: bool) -> None:
    sheet["A1:B1"].value = [True, True]
    if cleared:
        sheet["A1:B1"].clear_contents()
    sheet["A1:B1"].value = [1, "x"]
    assert [type(value) for value in sheet["A1:B1"].value] == [float, str]


def test_a_date_keeps_the_format_that_the_cell_has(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "mmm yy"
    sheet["A1:A2"].value = [[dt.date(2024, 1, 1)], [dt.date(2024, 1, 1)]]
    assert [sheet["A1"].number_format, sheet["A2"].number_format] == ["mmm yy", "yyyy-mm-dd"]


def test_formulas_that_give_dates_and_truths_are_read_as_such(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["=DATE(2024,1,1)", "=1=1", "=1/4"]
    assert sheet["A1:C1"].value == [dt.datetime(2024, 1, 1), True, 0.25]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        pytest.param("=1/0", "#DIV/0!", id="division"),
        pytest.param("=NA()", "#N/A", id="not available"),
        pytest.param("=nothing", "#NAME?", id="name"),
        pytest.param('=1+"x"', "#VALUE!", id="value"),
        pytest.param("=SQRT(-1)", "#NUM!", id="number"),
    ],
)
def test_errors_are_blank_or_named(sheet: xw.Sheet, formula: str, expected: str) -> None:
    sheet["A1"].formula = formula
    assert sheet["A1"].value is None
    assert sheet["A1"].options(err_to_str=True).value == expected


@pytest.mark.parametrize(
    "formula",
    [
        pytest.param("=SUM(A1,$B$2:C3)", id="arguments"),
        pytest.param("='My data'!A1&\"a,b\"", id="another sheet"),
        pytest.param("=IFERROR(INDEX(Counts[Value],MATCH(A1,Counts[Code],0)),0)", id="a table"),
        pytest.param("=SUM({1,2;3,4})", id="an array"),
        pytest.param("=COUNTIFS(A:A,\"x\",B:B,\"<>\"&1)", id="whole columns"),
        pytest.param("=STDEV.S(A1:A9)", id="a later function"),
    ],
)  # fmt: skip
def test_a_formula_comes_back_and_is_saved_as_excel_writes_it(
    book: xw.Book, sheet: xw.Sheet, saved: Callable[[], Workbook], formula: str
) -> None:
    other = book.sheets.add("My data")
    other["A1"].value = [["Code", "Value"], ["a", 1]]
    other.tables.add(other["A1:B2"], name="Counts")
    sheet["H9"].formula = formula
    assert sheet["H9"].formula == formula
    assert saved()[sheet.name]["H9"].value.replace("_xlfn.", "") == formula


def test_one_formula_fills_a_range_with_its_references_moved(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [[1], [2], [3]]
    sheet["B1:C3"].formula = "=$A1*10"
    assert sheet["C1:C3"].formula == (("=$A1*10",), ("=$A2*10",), ("=$A3*10",))
    assert sheet["C1:C3"].value == [10.0, 20.0, 30.0]


def test_formulas_and_constants_go_out_and_in_as_they_are(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "x", "=A1+1", True, dt.date(2024, 1, 1)]]
    sheet["A2:E2"].formula = sheet["A1:E1"].formula
    assert sheet["A2:E2"].formula == (("1", "x", "=A1+1", "TRUE", "45292"),)
    assert sheet["A2:D2"].value == [1.0, "x", 2.0, True]


def test_an_array_formula_is_one_for_all_its_cells(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [2], [3]]
    sheet["C1:C3"].formula_array = "=A1:A3*SUM(1,1)"
    assert sheet["C1:C3"].value == [2.0, 4.0, 6.0]
    assert sheet["C1:C3"].formula_array == "=A1:A3*SUM(1,1)"
    assert (sheet["C2"].has_array, sheet["A1"].has_array) == (True, False)


def test_a_formula_in_a_text_cell_is_text(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "@"
    sheet["A1:B1"].value = ["=1+1", "=1+1"]
    assert sheet["A1:B1"].value == ["=1+1", 2.0]


def test_a_frame_goes_out_and_in(sheet: xw.Sheet) -> None:
    frame = pd.DataFrame(
        {"code": ["a", "b"], "count": [1.0, None], "day": pd.to_datetime(["2024-01-01", None])}
    )
    sheet["B2"].options(index=False).value = frame
    back = sheet["B2"].options(pd.DataFrame, index=False, expand="table").value
    assert back["code"].tolist() == ["a", "b"]
    assert back["count"].isna().tolist() == [False, True]
    assert pd.to_datetime(back["day"]).tolist()[0] == pd.Timestamp(2024, 1, 1)


def test_options_choose_types_and_shape(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, dt.date(2024, 1, 1)], [None, "x"]]
    assert sheet["A1:A2"].options(numbers=int, empty="-").value == [1, "-"]
    assert sheet["B1"].options(dates=dt.date).value == dt.date(2024, 1, 1)
    assert sheet["A1:B2"].options(transpose=True).value[1] == [dt.datetime(2024, 1, 1), "x"]


@pytest.mark.parametrize("epoch", [openpyxl.utils.datetime.WINDOWS_EPOCH,
                                   openpyxl.utils.datetime.MAC_EPOCH],
                         ids=["1900", "1904"])  # fmt: skip
def test_dates_are_right_in_both_date_systems(
    app: xw.App, tmp_path: Path, epoch: dt.datetime
) -> None:
    made = openpyxl.Workbook()
    made.epoch = epoch
    made.active["A1"] = dt.date(2013, 1, 31)
    made.save(tmp_path / "dates.xlsx")
    book = app.books.open(str(tmp_path / "dates.xlsx"))
    book.sheets[0]["A2"].value = dt.date(2024, 2, 29)
    read = book.sheets[0]["A1:A2"].value
    book.save()
    book.close()
    assert read == [dt.datetime(2013, 1, 31), dt.datetime(2024, 2, 29)]
    sheet = openpyxl.load_workbook(tmp_path / "dates.xlsx").active
    assert [sheet["A1"].value, sheet["A2"].value] == read


def test_a_file_without_calculated_values_is_calculated_when_opened(
    app: xw.App, tmp_path: Path
) -> None:
    made = openpyxl.Workbook()
    made.active.append(["Code", "Count", "Twice"])
    made.active.append(["a", 4, "=Counts[[#This Row],[Count]]*2"])
    made.active.add_table(Table(displayName="Counts", ref="A1:C2"))
    made.save(tmp_path / "formulas.xlsx")
    book = app.books.open(str(tmp_path / "formulas.xlsx"))
    value = book.sheets[0]["C2"].value
    book.close()
    assert value == 8.0


def test_ranges_are_found_by_every_kind_of_address(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["a", "b"], [1, 2], [3, 4]]
    sheet["D1"].value = 9
    assert sheet["A1"].expand().address == "$A$1:$B$3"
    assert sheet["A1"].expand("down").address == "$A$1:$A$3"
    assert sheet["A2"].current_region.address == "$A$1:$B$3"
    assert sheet["A1"].end("down").address == "$A$3"
    assert sheet["A1"].end("right").address == "$B$1"
    assert sheet["B1"].end("right").address == "$D$1"
    assert sheet["A9"].end("up").address == "$A$3"
    assert sheet["A3"].end("down").row == 1_048_576
    assert sheet.used_range.address == "$A$1:$D$3"
    assert sheet[0, 1].address == "$B$1"
    assert sheet["A:B"].shape == (1_048_576, 2)
    assert sheet.range((1, 1), (2, 2)).get_address(False, False) == "A1:B2"


def test_a_range_has_a_native_object_that_counts_as_true(sheet: xw.Sheet) -> None:
    assert bool(sheet["A1"].api)


def test_contents_are_cleared_and_formats_stay_or_the_other_way_round(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = 5
    sheet["A1:A3"].color = (255, 0, 0)
    sheet["A1"].clear_contents()
    sheet["A2"].clear_formats()
    sheet["A3"].clear()
    assert sheet["A1:A3"].value == [None, 5.0, None]
    assert [sheet[i, 0].color for i in range(3)] == [(255, 0, 0), None, None]


def test_sixty_four_thousand_cells_are_written_in_a_moment(sheet: xw.Sheet) -> None:
    block = [[float(i * j) for j in range(16)] for i in range(4000)]
    sheet["A1"].value = block
    start = time.process_time()
    sheet["A1"].value = block
    spent = time.process_time() - start
    assert sheet["A1:P4000"].value == block
    # What this Python spends on it; LibreOffice adds some 0.06 s on a quiet computer.
    assert spent < 0.5


def test_a_value_that_no_cell_holds_is_told(sheet: xw.Sheet) -> None:
    from scorecard_xl import EngineError

    with pytest.raises(EngineError, match=r"A cell cannot hold \{'a': 1\}, which is a dict"):
        sheet["A1"].value = [[{"a": 1}]]
