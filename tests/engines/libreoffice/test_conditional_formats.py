"""Conditional formats: listed, shown live, saved."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import PatternFill

from scorecard_xl import EngineError
from tests.judges.absence import JudgeAbsentError, skip_or_fail

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import xlwings as xw
    from openpyxl import Workbook

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def colours_shown(cells: xw.Range, folder: Path) -> set[tuple[int, ...]]:
    """Which of the three colours fill something in a range's picture."""
    if shutil.which("pdftoppm") is None:
        skip_or_fail(JudgeAbsentError("pdftoppm is not installed; apt-get install poppler-utils"))
    cells.to_pdf(str(folder / "shown.pdf"), show=False)
    picture = folder / "shown"
    subprocess.run(
        ["pdftoppm", "-r", "40", "-singlefile", folder / "shown.pdf", picture], check=True
    )
    dots = picture.with_suffix(".ppm").read_bytes().split(b"\n", 3)[3]
    return {tuple(dots[i : i + 3]) for i in range(0, len(dots), 3)} & {RED, GREEN, BLUE}


def rules_in(workbook: Workbook) -> list[tuple[Any, ...]]:
    """Every rule: its cells, operator, formulas and fill."""
    return [
        (str(area.sqref), rule.operator, rule.formula, rule.dxf.fill.bgColor.rgb)
        for area in workbook.active.conditional_formatting
        for rule in area.rules
    ]


def test_a_rule_on_values_is_listed_and_saved(
    sheet: xw.Sheet, saved: Callable[[], Workbook]
) -> None:
    formats = sheet["B2:B4"].conditional_formats
    formats.add_cell_value(
        "between", 1, "=$A$1", fill_color=RED, font_color=BLUE, font_bold=True, font_italic=True
    )
    rule = formats[0]
    assert (rule.type, rule.operator) == ("cell_value", "between")
    assert (rule.formula1, rule.formula2) == ("=1", "=$A$1")
    assert (rule.fill_color, rule.font_color) == (RED, BLUE)
    assert (rule.font_bold, rule.font_italic) == (True, True)
    assert rules_in(saved()) == [("B2:B4", "between", ["1", "$A$1"], "FFFF0000")]


def test_a_rule_with_a_formula_is_listed_and_saved(
    sheet: xw.Sheet, saved: Callable[[], Workbook]
) -> None:
    formats = sheet["B2:C4"].conditional_formats
    formats.add_custom('=IF($B2="R",TRUE,FALSE)', fill_color=RED)
    assert (formats[0].type, formats[0].formula) == ("custom", '=IF($B2="R",TRUE(),FALSE())')
    assert (formats[0].font_color, formats[0].font_bold) == (None, None)
    assert rules_in(saved()) == [
        ("B2:C4", None, ['IF($B2="R",TRUE(),FALSE())'], "FFFF0000")
    ]  # fmt: skip


def test_a_text_is_compared_with_text(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = ["G", "R"]
    sheet["A1:B1"].conditional_formats.add_cell_value("equal_to", '="G"', fill_color=GREEN)
    assert colours_shown(sheet["A1:B1"], tmp_path) == {GREEN}


def test_a_rule_is_shown_live_and_follows_the_value(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = 1
    formats = sheet["A1:A3"].conditional_formats
    formats.add_cell_value("equal_to", 1, fill_color=RED)
    formats.add_custom("=$A1=2", fill_color=BLUE)
    assert colours_shown(sheet["A1:A3"], tmp_path) == {RED}
    sheet["A1"].value = 2
    assert colours_shown(sheet["A1:A3"], tmp_path) == {BLUE}
    formats.clear()
    assert colours_shown(sheet["A1:A3"], tmp_path) == set()


def test_the_newest_rule_comes_first(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = 1
    formats = sheet["A1"].conditional_formats
    formats.add_custom("=$A1=1", fill_color=RED)
    formats.add_custom("=$A1<2", fill_color=BLUE)
    assert [rule.formula for rule in formats] == ["=$A1<2", "=$A1=1"]
    assert colours_shown(sheet["A1"], tmp_path) == {BLUE}


def test_a_rule_is_deleted_and_the_others_stay(sheet: xw.Sheet) -> None:
    formats = sheet["A1:A3"].conditional_formats
    for number in (1, 2, 3):
        formats.add_cell_value("equal_to", number, fill_color=RED)
    formats[1].delete()
    assert [rule.formula1 for rule in formats] == ["=3", "=1"]
    formats[0].delete()
    formats[0].delete()
    assert len(formats) == 0


def test_rules_on_other_cells_stay_where_ranges_overlap(
    sheet: xw.Sheet, tmp_path: Path
) -> None:  # fmt: skip
    sheet["A1"].value = [[1, 0], [0, 0]]
    sheet["A1:B2"].conditional_formats.add_custom("=A1=1", fill_color=RED)
    sheet["B1:C1"].conditional_formats.add_custom("=B1=7", fill_color=BLUE)
    sheet["B2"].conditional_formats.clear()
    assert len(sheet["B2"].conditional_formats) == 0
    assert [rule.formula for rule in sheet["B1"].conditional_formats] == ["=B1=7", "=B1=1"]
    assert colours_shown(sheet["A1:C2"], tmp_path) == {RED}
    sheet["B1"].value = 1
    sheet["A1"].value = 0
    assert colours_shown(sheet["A1:C2"], tmp_path) == {RED}
    sheet["C1"].value = 7
    sheet["B1"].value = 0
    assert colours_shown(sheet["A1:C2"], tmp_path) == {BLUE}


def test_rules_of_a_file_are_listed_and_kept(app: xw.App, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    fill = PatternFill(bgColor="FF00FF00")
    made.active.conditional_formatting.add("A2:B9", FormulaRule(formula=["$B2>0"], fill=fill))
    made.save(tmp_path / "rules.xlsx")
    book = app.books.open(str(tmp_path / "rules.xlsx"))
    book.sheets[0]["A2:B9"].conditional_formats.add_cell_value("equal_to", 1, fill_color=RED)
    listed = [(rule.type, rule.fill_color) for rule in book.sheets[0]["A3"].conditional_formats]
    book.save()
    book.close()
    assert listed == [("cell_value", RED), ("custom", GREEN)]
    assert rules_in(openpyxl.load_workbook(tmp_path / "rules.xlsx")) == [
        ("A2:B9", "equal", ["1"], "FFFF0000"),
        ("A2:B9", None, ["$B2>0"], "FF00FF00"),
    ]


def test_a_colour_scale_is_not_lost_to_a_rule(app: xw.App, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    scale = ColorScaleRule(
        start_type="min", start_color="FF0000", end_type="max", end_color="00FF00"
    )
    made.active.conditional_formatting.add("A1:A3", scale)
    made.save(tmp_path / "scale.xlsx")
    book = app.books.open(str(tmp_path / "scale.xlsx"))
    formats = book.sheets[0]["A2"].conditional_formats
    with pytest.raises(EngineError, match="a colour scale, data bar or icon set there"):
        formats.add_custom("=TRUE", fill_color=RED)
    kinds = [rule.type for rule in formats]
    book.close()
    assert kinds == ["color_scale"]


def test_rules_listed_together_are_deleted_one_after_the_other(sheet: xw.Sheet) -> None:
    formats = sheet["B2:B4"].conditional_formats
    for value in (1, 2, 3):
        formats.add_cell_value("equal_to", value, fill_color=RED)
    listed = list(formats)
    for rule in (listed[2], listed[0]):
        rule.delete()
    assert [rule.formula1 for rule in formats] == ["=2"]
    with pytest.raises(EngineError, match="no longer there"):
        listed[2].delete()


def test_a_quotation_mark_in_a_rules_text_stays_one(
    sheet: xw.Sheet, saved: Callable[[], Workbook]
) -> None:
    formats = sheet["B2:B4"].conditional_formats
    formats.add_cell_value("equal_to", '="6"""', fill_color=RED)
    formats.add_cell_value("equal_to", 1, fill_color=GREEN)
    assert [rule.formula1 for rule in formats] == ["=1", '="6"""']
    assert [rule[2] for rule in rules_in(saved())] == [["1"], ['"6"""']]


@pytest.fixture
def cut(sheet: xw.Sheet) -> xw.Sheet:
    """A sheet whose first rule lies over a second, in some of its cells, and beside it."""
    sheet["A1:A9"].value = [[i] for i in range(1, 10)]
    sheet["A1:A6"].conditional_formats.add_custom("=$A1>3", fill_color=RED)
    sheet["A4:A9"].conditional_formats.add_custom("=$A4>7", fill_color=GREEN)
    return sheet


def test_rules_that_lie_over_one_another_are_saved_whole(
    cut: xw.Sheet, saved: Callable[[], Workbook]
) -> None:
    whole = [
        ("A4:A9", None, ["$A4>7"], "FF00FF00"),
        ("A1:A6", None, ["$A1>3"], "FFFF0000"),
    ]
    assert sorted(rules_in(saved())) == sorted(whole)
    assert sorted(rules_in(saved())) == sorted(whole)


def test_a_copy_too_has_rules_whole(cut: xw.Sheet, tmp_path: Path) -> None:
    cut.book.impl.save_copy(str(tmp_path / "copy.xlsx"))
    places = {rule[0] for rule in rules_in(openpyxl.load_workbook(tmp_path / "copy.xlsx"))}
    assert places == {"A4:A9", "A1:A6"}


def test_saving_changes_neither_what_is_shown_nor_what_is_undone(
    cut: xw.Sheet, saved: Callable[[], Workbook], tmp_path: Path
) -> None:
    undone = cut.book.api.UndoManager.getAllUndoActionTitles()
    shown = colours_shown(cut["A1:A9"], tmp_path)
    saved()
    assert not cut.book.api.isModified()
    assert cut.book.api.UndoManager.getAllUndoActionTitles() == undone
    assert colours_shown(cut["A1:A9"], tmp_path) == shown == {RED, GREEN}


def test_a_rule_in_parts_is_deleted_from_all_its_cells(
    sheet: xw.Sheet, saved: Callable[[], Workbook]
) -> None:
    sheet["A1:A9"].conditional_formats.add_custom("=$A1>3", fill_color=RED)
    sheet["A1:A9"].conditional_formats.add_custom("=$A1>4", fill_color=BLUE)
    sheet["A4:A6"].conditional_formats.add_custom("=$A4>7", fill_color=GREEN)
    listed = list(sheet["A1:A3"].conditional_formats)
    assert [rule.formula for rule in listed] == ["=$A1>4", "=$A1>3"]
    for rule in reversed(list(sheet["A1:A9"].conditional_formats)):
        if rule.formula.endswith(">4"):
            rule.delete()
    assert sorted(rules_in(saved())) == [
        ("A1:A9", None, ["$A1>3"], "FFFF0000"),
        ("A4:A6", None, ["$A4>7"], "FF00FF00"),
    ]


def test_a_look_that_the_file_has_says_no_more_than_it_did(app: xw.App, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    fill = PatternFill(bgColor="FF00FF00")
    made.active.conditional_formatting.add("A2:A9", FormulaRule(formula=["$B2>0"], fill=fill))
    made.save(tmp_path / "rules.xlsx")
    book = app.books.open(str(tmp_path / "rules.xlsx"))
    book.sheets[0]["C2"].conditional_formats.add_custom("=$B2>1", fill_color=GREEN)
    book.save()
    book.close()
    looks = [
        rule.dxf.font
        for each in openpyxl.load_workbook(tmp_path / "rules.xlsx").active.conditional_formatting
        for rule in each.rules
    ]
    assert looks == [None, None]


def test_where_saving_fails_it_is_told_and_rules_are_shown_as_before(
    cut: xw.Sheet, tmp_path: Path
) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(EngineError, match="cannot be written"):
        cut.book.save(str(tmp_path / "folder.xlsx"))
    assert colours_shown(cut["A1:A9"], tmp_path) == {RED, GREEN}
