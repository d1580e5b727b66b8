"""How cells look: as set, as read back, and as saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scorecard_xl import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

    import xlwings as xw
    from openpyxl import Workbook


@pytest.mark.parametrize(
    "code",
    [
        "General", "0", "0.0%", "#,##0", "yyyy-mm-dd", "dd/mm/yyyy hh:mm", "mmm yy", "@",
        "[Red]-0.0;[Blue]0.0", '0.0" per 10,000"', "0.00E+00", "[h]:mm", "h:mm AM/PM", ";;;",
        "0.0_);(0.0)", "dddd d mmmm yyyy",
    ],
)  # fmt: skip
def test_a_number_format_comes_back_as_excel_spells_it(sheet: xw.Sheet, code: str) -> None:
    sheet["A1:B2"].number_format = code
    assert sheet["A1:B2"].number_format == code


@pytest.mark.parametrize(
    ("code", "in_file"),
    [("0.0%", "0.0%"), ("#,##0", "#,##0"), ("@", "@"), ("yyyy-mm-dd", r"yyyy\-mm\-dd")],
)
def test_a_number_format_is_saved(
    sheet: xw.Sheet, saved: Callable[[], Workbook], code: str, in_file: str
) -> None:
    sheet["A1"].value = 1
    sheet["A1"].number_format = code
    assert saved().active["A1"].number_format == in_file


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        pytest.param((1, 2, 3), (1, 2, 3), id="tuple"),
        pytest.param("#ff8000", (255, 128, 0), id="hexadecimal"),
        pytest.param(255, (255, 0, 0), id="Excel's number"),
        pytest.param(None, None, id="none"),
    ],
)
def test_a_fill_comes_back(sheet: xw.Sheet, colour: Any, expected: Any) -> None:
    sheet["A1"].color = (9, 9, 9)
    sheet["A1"].color = colour
    assert sheet["A1"].color == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [("bold", True), ("italic", True), ("size", 14.0), ("name", "Carlito"), ("color", (9, 8, 7))],
)
def test_a_font_comes_back_and_cells_that_differ_say_none(
    sheet: xw.Sheet, name: str, value: Any
) -> None:
    setattr(sheet["A1:A2"].font, name, value)
    assert getattr(sheet["A1:A2"].font, name) == value
    assert getattr(sheet["A2:A3"].font, name) is None


def test_looks_are_saved(sheet: xw.Sheet, saved: Callable[[], Workbook]) -> None:
    cell = sheet["A1"]
    cell.value = "x"
    cell.color, cell.font.color = "#e06666", "#0000ff"
    cell.font.bold, cell.font.italic, cell.font.size, cell.font.name = True, True, 14, "Arial"
    cell.horizontal_alignment, cell.vertical_alignment, cell.wrap_text = "center", "top", True
    found = saved().active["A1"]
    font, fill = found.font, found.fill.fgColor.rgb
    assert (fill, font.color.rgb) == ("FFE06666", "FF0000FF")
    assert (font.b, font.i, font.sz, font.name) == (True, True, 14, "Arial")
    alignment = found.alignment
    assert (alignment.horizontal, alignment.vertical, alignment.wrap_text) == (
        "center", "top", True,
    )  # fmt: skip
    assert (cell.horizontal_alignment, cell.vertical_alignment) == ("center", "top")


@pytest.mark.parametrize("width", [5.5, 10.0, 42.0])
def test_widths_and_heights_come_back_and_are_saved(
    sheet: xw.Sheet, saved: Callable[[], Workbook], width: float
) -> None:
    sheet["B2:C2"].column_width, sheet["B2"].row_height = width, 30
    assert sheet["B2:C2"].column_width == pytest.approx(width, abs=0.02)
    assert sheet["B2"].row_height == 30.0
    assert sheet["A1:B1"].column_width is None
    found = saved().active
    # In files the width has 5 of a digit's 7 dots more, for the space at the sides.
    assert found.column_dimensions["B"].width == pytest.approx(width + 5 / 7, abs=0.05)
    assert found.row_dimensions[2].height == pytest.approx(30.0, abs=0.1)


def test_columns_fit_what_they_hold(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "a text that is much wider than a column is to begin with"
    before = sheet["A1"].column_width
    sheet["A1"].autofit()
    assert sheet["A1"].column_width > 2 * before


def test_cells_are_merged_and_parted(sheet: xw.Sheet, saved: Callable[[], Workbook]) -> None:
    sheet["A1:B2"].merge()
    sheet["D1:E2"].merge(across=True)
    sheet["G1:H2"].merge()
    sheet["G1:H2"].unmerge()
    assert (sheet["B2"].merge_area.address, sheet["B2"].merge_cells) == ("$A$1:$B$2", True)
    assert (sheet["G1"].merge_area.address, sheet["G1"].merge_cells) == ("$G$1", False)
    ranges = {str(area) for area in saved().active.merged_cells.ranges}
    assert ranges == {"A1:B2", "D1:E1", "D2:E2"}


def test_rows_and_columns_are_hidden(sheet: xw.Sheet, saved: Callable[[], Workbook]) -> None:
    sheet["A1:C3"].value = 1
    sheet["B1"].columns.hidden = True
    sheet["A2"].rows.hidden = True
    assert (sheet["B1"].columns.hidden, sheet["A1"].rows.hidden) == (True, False)
    found = saved().active
    assert (found.column_dimensions["B"].hidden, found.row_dimensions[2].hidden) == (True, True)


def test_a_copy_has_values_formulas_and_formats(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "=A1+1"]]
    sheet["A1:B1"].color = (255, 0, 0)
    sheet["B1"].number_format = "0.0%"
    sheet["A1:B1"].copy(sheet["A5"])
    assert sheet["A5:B5"].formula == (("1", "=A5+1"),)
    assert (sheet["A5:B5"].color, sheet["B5"].number_format) == ((255, 0, 0), "0.0%")


def test_a_copy_reaches_another_workbook(app: xw.App, sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "x"]]
    sheet["A1"].color = (255, 0, 0)
    other = app.books.add()
    sheet["A1:B1"].copy(other.sheets[0]["C3"])
    found = other.sheets[0]["C3:D3"].value, other.sheets[0]["C3"].color
    other.close()
    assert found == ([1.0, "x"], (255, 0, 0))


@pytest.mark.parametrize(
    ("kind", "formula", "colour"),
    [
        pytest.param("all", "=D1+1", (255, 0, 0), id="all"),
        pytest.param("formats", "'=mine", (255, 0, 0), id="formats"),
        pytest.param("values", "2", None, id="values"),
        pytest.param("formulas", "=D1+1", None, id="formulas"),
    ],
)
def test_one_kind_is_pasted(
    sheet: xw.Sheet, kind: str, formula: str, colour: tuple[int, int, int] | None
) -> None:
    sheet["A1"].value = [[1, "=A1+1"]]
    sheet["B1"].color = (255, 0, 0)
    sheet["E1"].value = "'=mine"
    sheet["D1"].value = 5
    sheet["B1"].copy()
    sheet["E1"].paste(kind)
    assert (sheet["E1"].formula, sheet["E1"].color) == (formula.removeprefix("'"), colour)
    assert sheet["E1"].value == ({"=D1+1": 6.0, "2": 2.0}.get(formula, "=mine"))


def test_cells_move_to_make_room_and_close_up(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["A1:B1"].insert("down")
    sheet["C1"].formula = "=A2"
    assert sheet["A1:B3"].value == [[None, None], [1.0, 2.0], [3.0, 4.0]]
    sheet["1:1"].delete()
    assert sheet["A1:B2"].value == [[1.0, 2.0], [3.0, 4.0]]
    sheet["A1"].insert("right")
    assert sheet["A1:C1"].value == [None, 1.0, 2.0]
    sheet["A1"].delete("left")
    assert sheet["A1:B1"].value == [1.0, 2.0]


def test_notes_and_links_are_kept(sheet: xw.Sheet, saved: Callable[[], Workbook]) -> None:
    sheet["A1"].add_note("counted twice")
    sheet["A2"].add_hyperlink("https://example.org/a?b=1", "the guide")
    sheet["A3"].add_hyperlink(f"#{sheet.name}!B9", "there")
    assert (sheet["A1"].note.text, sheet["A2"].note) == ("counted twice", None)
    assert (sheet["A2"].hyperlink, sheet["A2"].value) == ("https://example.org/a?b=1", "the guide")
    assert sheet["A3"].hyperlink == f"#{sheet.name}!B9"
    found = saved().active
    assert found["A1"].comment.text == "counted twice"
    assert found["A2"].hyperlink.target == "https://example.org/a?b=1"
    assert found["A3"].hyperlink.location == f"{sheet.name}!B9"
    sheet["A1"].note.text = "once"
    assert [note.text for note in sheet.notes] == ["once"]
    sheet["A1"].note.delete()
    assert sheet["A1"].note is None


def test_what_cannot_be_pasted_is_told(sheet: xw.Sheet) -> None:
    sheet["A1"].copy()
    with pytest.raises(NotImplementedError, match="cannot paste 'validation'"):
        sheet["B1"].paste("validation")


def test_a_link_that_is_none_is_told_as_xlwings_does(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "x"
    with pytest.raises(Exception, match="doesn't seem to contain a hyperlink"):
        _ = sheet["A1"].hyperlink


def test_nothing_copied_is_told(app: xw.App, sheet: xw.Sheet) -> None:
    app.impl.copied = None
    with pytest.raises(EngineError, match="nothing was copied"):
        sheet["B1"].paste()
