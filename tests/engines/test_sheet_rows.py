"""Sheets as other systems export them: their real size, and formulas that have no value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from scorecard_xl import FileError, InvalidWorkbookError
from scorecard_xl.batch.long_tables import Columns, long_rows
from scorecard_xl.engines.pasted_counts import read_pasted_counts
from scorecard_xl.engines.sheet_rows import sheets_of
from scorecard_xl.workbook.cell_content import NOT_CALCULATED
from tests.scorecards import in_part, part_of

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
WAITS = "the formula has not been calculated yet; open the workbook in Excel and save it once."


def exported(folder: Path, rows: list[list[Any]], *, old: str = "", new: str = "") -> Path:
    """A workbook as openpyxl writes it, with a piece of its sheet's XML replaced."""
    path = folder / "counts.xlsx"
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    if old:
        assert old in part_of(path, SHEET).decode()
        in_part(path, SHEET, old, new)
    return path


def rows_in(path: Path) -> list[tuple[Any, ...]]:
    return [row for sheet in sheets_of(path) for row in sheet.rows]


@pytest.mark.parametrize("told", ["A1", "A1:B2", "A1:A4"])
def test_rows_and_columns_beyond_the_size_that_is_told_are_read(tmp_path: Path, told: str) -> None:
    rows = [["Code", "Value"], ["a", 1], ["b", 2], ["c", 3]]
    path = exported(tmp_path, rows, old='ref="A1:B4"', new=f'ref="{told}"')
    assert read_pasted_counts(path).values == {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize("told", ["A1", "A1:XFD1048576"])
def test_a_cell_in_the_last_row_and_column_is_no_trouble(tmp_path: Path, told: str) -> None:
    path = exported(tmp_path, [["Code", "Value"], ["a", 1]], old='ref="A1:B2"', new=f'ref="{told}"')
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    in_part(path, SHEET, "</sheetData>", far + "</sheetData>")
    assert read_pasted_counts(path).values == {"a": 1}
    assert [row.cells for row in long_rows(path, Columns(("code", "value")))] == [("a", 1)]


def test_a_row_beyond_the_last_of_excel_is_refused(tmp_path: Path) -> None:
    path = exported(tmp_path, [["Code", "Value"]])
    in_part(path, SHEET, "</sheetData>", '<row r="99999999999"><c><v>1</v></c></row></sheetData>')
    with pytest.raises(FileError, match="cannot be read as an Excel workbook"):
        read_pasted_counts(path)


def test_rows_that_end_before_their_value_have_none(tmp_path: Path) -> None:
    path = exported(tmp_path, [["Code", None, "Value"], ["a"], ["b", None, 2]])
    assert read_pasted_counts(path).values == {"a": None, "b": 2}
    cells = [row.cells for row in long_rows(path, Columns(("code", "value")))]
    assert cells == [("a", None), ("b", 2)]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        pytest.param(["a", "=322813+1"], "B3", id="a value"),
        pytest.param(['="a"&"b"', 1], "A3", id="a code"),
        pytest.param(["a", ArrayFormula("B3", "=SUM(1,2)")], "B3", id="an array's first cell"),
    ],
)
def test_a_formula_without_a_value_is_refused_with_its_cell(
    tmp_path: Path, row: list[Any], place: str
) -> None:
    path = exported(tmp_path, [["Code", "Value"], ["first", 1], row])
    with pytest.raises(InvalidWorkbookError) as refused:
        read_pasted_counts(path)
    assert str(refused.value) == f"counts.xlsx, 'Sheet'!{place}: {WAITS}"


def test_all_cells_that_an_array_fills_wait_for_it(tmp_path: Path) -> None:
    array = ArrayFormula("B2:B3", "=D2:D3*2")
    path = exported(tmp_path, [["Code", "Value"], ["a", array], ["b"], ["c", 3]])
    assert rows_in(path)[1:] == [("a", NOT_CALCULATED), ("b", NOT_CALCULATED), ("c", 3)]
    with pytest.raises(InvalidWorkbookError) as refused:
        read_pasted_counts(path)
    assert [problem.place for problem in refused.value.problems] == [
        "counts.xlsx, 'Sheet'!B2",
        "counts.xlsx, 'Sheet'!B3",
    ]


def test_arrays_over_more_cells_than_can_be_looked_at_are_refused(tmp_path: Path) -> None:
    array = ArrayFormula("B2:XFD1048576", "=D2*2")
    path = exported(tmp_path, [["Code", "Value"], ["a", array], *[[f"a{i}"] for i in range(400)]])
    with pytest.raises(FileError, match="open it in Excel and save it"):
        read_pasted_counts(path)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        pytest.param('<c r="B2" t="str"><f>1+1</f><v></v></c>', None, id="a blank text"),
        pytest.param('<c r="B2" t="str"><f>1+1</f><v>TBS</v></c>', "TBS", id="a text"),
        pytest.param('<c r="B2"><f>1+1</f><v>2</v></c>', 2, id="a number"),
        pytest.param('<c r="B2"><f t="array" ref="B2">1+1</f><v>2</v></c>', 2, id="an array's"),
    ],
)
def test_a_formula_with_its_value_is_read(tmp_path: Path, stored: str, expected: object) -> None:
    path = exported(
        tmp_path, [["Code", "Value"], ["a", 7]], old='<c r="B2" t="n"><v>7</v></c>', new=stored
    )
    assert read_pasted_counts(path).values == {"a": expected}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["a", 1, "=1+1"], id="in another column"),
        pytest.param([None, "=SUM(B2:B2)", None], id="in a row without a code"),
    ],
)
def test_a_formula_that_is_not_read_may_wait(tmp_path: Path, row: list[Any]) -> None:
    path = exported(tmp_path, [["Code", "Value", "Check"], ["b", 2], row])
    assert read_pasted_counts(path).values["b"] == 2


def test_an_error_is_refused_with_its_cell(tmp_path: Path) -> None:
    path = exported(tmp_path, [["Code", "Value"], ["a", "#DIV/0!"], ["#N/A", 1]])
    with pytest.raises(InvalidWorkbookError) as refused:
        read_pasted_counts(path)
    assert str(refused.value).splitlines() == [
        "counts.xlsx, 'Sheet'!B2: the cell shows the error #DIV/0!; mend its formula, or type the "
        "value.",
        "counts.xlsx, 'Sheet'!A3: the cell shows the error #N/A; mend its formula, or type the "
        "value.",
    ]


def test_a_long_table_with_a_formula_without_a_value_is_refused(tmp_path: Path) -> None:
    path = exported(tmp_path, [["Area", "Code", "Value"], ["East", "a", 1], ["East", "b", "=1+1"]])
    with pytest.raises(FileError) as refused:
        list(long_rows(path, Columns(("area", "code", "value"))))
    assert str(refused.value) == (
        "counts.xlsx, line 3: the formula under Value has not been calculated yet; open the "
        "workbook in Excel and save it once."
    )
