"""What analysts do to a filled workbook in a spreadsheet program: its formulas follow."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scorecard_xl import check, open_workbook
from scorecard_xl.rules import Fill
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.contents import contents_of
from scorecard_xl.workbook.engine import column_letters
from scorecard_xl.workbook.reading import read_workbook
from tests.generated.cases import case_of
from tests.generated.workbooks import SHEET, differences, formulas_in, problems_told, write_case
from tests.scorecards import KENT, edited, entries_of, place_in, refreshed, table_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content
    from tests.judges.libreoffice import Calc, CalcBook

INPUT_SHEETS = ("Counts", "Indicators", "History", "Settings")
BODY = "A1:P55"
TABLES = {name: table_in(KENT, name) for name in INPUT_SHEETS}
COUNTS = TABLES["Counts"]


@pytest.fixture
def kent(calc: Calc, tmp_path: Path) -> Iterator[CalcBook]:
    path = tmp_path / "kent.xlsx"
    shutil.copyfile(KENT, path)
    with calc.open(path) as book:
        yield book


def shown(book: CalcBook) -> list[list[Any]]:
    return book.values(SHEET, BODY)


def saved(book: CalcBook, folder: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    path = folder / "saved.xlsx"
    book.save_xlsx(path)
    return path


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(7.0, id="another number"),
        pytest.param(None, id="blank"),
        pytest.param("TBS", id="to be supplied"),
    ],
)
def test_an_edit_of_any_count_gives_what_a_refresh_would(kent: CalcBook, new: Content) -> None:
    area, at = COUNTS.area, COUNTS.headings.index("Value")
    found = []
    with open_workbook(KENT) as workbook:
        for i, row in enumerate(COUNTS.rows):
            cell = f"{column_letters(area.left + at)}{area.top + i}"
            was = row[at]
            assert isinstance(was, float)
            kent.set_cell("Counts", cell, "" if new is None else new)
            workbook.write_block("Counts", area.top + i, area.left + at, [[new]])
            found += map(str, differences_from_refresh(kent, workbook))
            kent.set_cell("Counts", cell, was)
            workbook.write_block("Counts", area.top + i, area.left + at, [[was]])
        found += map(str, differences_from_refresh(kent, workbook))
    assert len(COUNTS.rows) == 64
    assert found == []


def differences_from_refresh(book: CalcBook, workbook: Any) -> Iterator[object]:
    """Where a sheet shows something else than a refresh of the same inputs would fill in."""
    reading = read_workbook(workbook)
    template = reading.template
    assert template is not None
    contents = contents_of(workbook, reading, template, reading.scorecard(), Fill.FORMULAS)
    expected = {
        (row, template.columns[role]): content
        for row, cells in enumerate(contents.rows, template.body_top)
        for role, content in cells.contents.items()
        if role in template.columns
    }
    for name in ("title", "period", "tallies"):
        expected[template.cells[name].top, template.cells[name].left] = contents.texts[name]
    block = shown(book)
    found = {(row, column): block[row - 1][column - 1] for row, column in expected}
    return differences("LibreOffice", expected, found)


@pytest.mark.parametrize(
    ("table", "heading", "is_ascending"),
    [
        ("Counts", "Code", True),
        ("Counts", "Value", False),
        ("Indicators", "Indicator", True),
        ("Indicators", "Target", False),
        ("History", "As at", False),
        ("History", "Indicator", True),
        ("History", "Result", False),
    ],
)
def test_sorting_a_table_changes_nothing_shown(
    kent: CalcBook, table: str, heading: str, is_ascending: bool
) -> None:
    before, lies = shown(kent), TABLES[table]
    rows = kent.values(table, lies.area.range)
    kent.sort(table, lies.area.range, column=lies.headings.index(heading), ascending=is_ascending)
    kent.recalculate()
    assert kent.values(table, lies.area.range) != rows
    assert shown(kent) == before


def test_sorting_the_tables_of_a_large_workbook_changes_nothing_shown(
    calc: Calc, large: Path
) -> None:
    bottom = max(row for row, _ in formulas_in(large))
    areas = {name: table_in(large, name).area.range for name in TABLES if name != "Settings"}
    with calc.open(large) as book:
        book.recalculate()
        before = book.values(SHEET, f"A1:P{bottom}")
        for table, area in areas.items():
            book.sort(table, area, column=1, ascending=False)
        book.recalculate()
        assert book.values(SHEET, f"A1:P{bottom}") == before


def test_a_sorted_workbook_is_read_and_refreshed_as_before(kent: CalcBook, tmp_path: Path) -> None:
    before = shown(kent)
    for table in ("Counts", "History"):
        kent.sort(table, TABLES[table].area.range, column=1, ascending=False)
    path = saved(kent, tmp_path)
    assert problems_told(path) == []
    refreshed(path)
    assert_shows(path, before)


def assert_shows(path: Path, expected: list[list[Any]]) -> None:
    """Whether a file's cached values are what LibreOffice showed."""
    sheet = openpyxl.load_workbook(path, data_only=True)[SHEET]
    found = [[cell.value for cell in line] for line in sheet[BODY]]
    # LibreOffice has no blank: it tells a blank cell from an empty text as little as a person.
    for line, wanted in zip(found, expected, strict=True):
        assert ["" if value is None else value for value in line] == pytest.approx(wanted)


def test_rows_inserted_into_the_tables_change_nothing_shown(kent: CalcBook, tmp_path: Path) -> None:
    before = shown(kent)
    for name in INPUT_SHEETS:
        rows = kent.range(name, "A1").Spreadsheet.Rows
        rows.insertByIndex(TABLES[name].area.top + 1, 2)
    kent.recalculate()
    assert shown(kent) == before
    path = saved(kent, tmp_path)
    assert len(table_in(path, "Counts").rows) == len(COUNTS.rows) + 2
    refreshed(path)
    assert_shows(path, before)


def test_a_row_deleted_from_history_leaves_its_cells_as_a_refresh_would(
    kent: CalcBook, tmp_path: Path
) -> None:
    history = TABLES["History"]
    kent.range("History", "A1").Spreadsheet.Rows.removeByIndex(history.area.top, 1)
    kent.recalculate()
    after = shown(kent)
    path = saved(kent, tmp_path)
    assert len(table_in(path, "History").rows) == len(history.rows) - 1
    with open_workbook(path) as workbook:
        assert list(map(str, differences_from_refresh(kent, workbook))) == []
    refreshed(path)
    assert_shows(path, after)


def test_tables_moved_down_and_to_the_right_are_followed(kent: CalcBook, tmp_path: Path) -> None:
    before = shown(kent)
    for name in INPUT_SHEETS:
        sheet = kent.range(name, "A1").Spreadsheet
        sheet.Rows.insertByIndex(0, 3)
        sheet.Columns.insertByIndex(0, 2)
    kent.recalculate()
    assert shown(kent) == before
    path = saved(kent, tmp_path)
    assert table_in(path, "Counts").area.left == COUNTS.area.left + 2
    refreshed(path)
    assert_shows(path, before)


def test_renamed_input_sheets_are_followed(kent: CalcBook, tmp_path: Path) -> None:
    before = shown(kent)
    for name in INPUT_SHEETS:
        kent.range(name, "A1").Spreadsheet.Name = f"{name} '13 & more"
    kent.recalculate()
    assert shown(kent) == before
    path = saved(kent, tmp_path)
    refreshed(path)
    assert_shows(path, before)


def test_a_renamed_scorecard_keeps_its_tallies(kent: CalcBook, tmp_path: Path) -> None:
    before = shown(kent)
    kent.range(SHEET, "A1").Spreadsheet.Name = "Children's board"
    kent.recalculate()
    assert kent.values("Children's board", BODY) == before
    path = saved(kent, tmp_path)
    with open_workbook(path) as workbook:
        assert [problem for problem in check(workbook) if problem.is_error] == []


def test_a_formula_typed_over_is_told_with_both_values(kent: CalcBook, tmp_path: Path) -> None:
    kent.set_cell(SHEET, "D8", 70.0)
    path = saved(kent, tmp_path)
    with open_workbook(path) as workbook:
        told = [str(problem) for problem in check(workbook) if problem.code == "typed_over"]
    assert told == [
        "'Scorecard'!D8: holds a typed value, 70; the counts give 67.0; refresh the workbook."
    ]


def test_a_typed_over_formula_comes_back_with_a_refresh(tmp_path: Path) -> None:
    path = tmp_path / "kent.xlsx"
    shutil.copyfile(KENT, path)
    edited(path, {"'Scorecard'!D8": 70.0})
    assert [problem.code for problem in refreshed(path).warnings] == ["typed_over"]
    assert formulas_in(path) == formulas_in(KENT)


@pytest.mark.parametrize("seed", [None, 3, 12])
def test_formulas_to_values_and_back_gives_the_same_bytes(tmp_path: Path, seed: int | None) -> None:
    path = tmp_path / "scorecard.xlsx"
    if seed is None:
        shutil.copyfile(KENT, path)
        # Packed by the library that is installed here, as all is that is compared with it.
        refreshed(path, fill="values")
        refreshed(path, fill="formulas")
        assert entries_of(path) == entries_of(KENT)
    else:
        write_case(case_of(seed), path)
        refreshed(path)
    formulas = path.read_bytes()
    refreshed(path, fill="values")
    assert formulas_in(path) == {}
    assert path.read_bytes() != formulas
    refreshed(path, fill="formulas")
    assert path.read_bytes() == formulas


def test_values_look_as_formulas_do(tmp_path: Path) -> None:
    path = tmp_path / "values.xlsx"
    shutil.copyfile(KENT, path)
    refreshed(path, fill="values")
    assert looks_of(path) == looks_of(KENT)


def looks_of(path: Path) -> list[object]:
    """Everything of the Scorecard that a person sees and that is no content."""
    sheet = openpyxl.load_workbook(path)[SHEET]
    cells = [(cell.coordinate, cell.style_id) for line in sheet.iter_rows() for cell in line]
    conditions = [
        (
            str(area.sqref),
            [(rule.type, rule.operator, rule.formula, rule.priority) for rule in rules],
        )
        for area, rules in sheet.conditional_formatting._cf_rules.items()
    ]
    heights = {row: size.height for row, size in sheet.row_dimensions.items()}
    widths = {column: size.width for column, size in sheet.column_dimensions.items()}
    merges = sorted(str(area) for area in sheet.merged_cells.ranges)
    return [cells, conditions, heights, widths, merges, sheet.print_area]


def test_a_count_entered_after_a_sort_lands_in_its_row(kent: CalcBook, tmp_path: Path) -> None:
    kent.sort("Counts", COUNTS.area.range, column=3)
    path = saved(kent, tmp_path)
    kent.set_cell("Counts", place_in(path, "Counts", "children_under_18", "Value")[9:], 330_000.0)
    # 2163 CAFs x 10,000 / 330,000 children.
    assert kent.values(SHEET, "D8") == [[pytest.approx(21_630_000 / 330_000)]]


def test_no_cell_of_the_scorecard_is_an_error_when_all_counts_are_blank(kent: CalcBook) -> None:
    for row in range(len(COUNTS.rows)):
        kent.set_cell("Counts", f"D{COUNTS.area.top + row}", "")
    words = [line[3] for line in shown(kent)[7:52] if line[13]]
    assert set(words) == {"not entered"}
    assert all(value is not None for line in shown(kent) for value in line)
    assert value_of(shown(kent)[2][0]).startswith("0 Green   0 Amber   0 Red")
