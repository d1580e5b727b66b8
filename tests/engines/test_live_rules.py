"""Conditional formats in a live workbook: ours come back, an analyst's own stay as they were."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side

from scorecard_xl import RefusedError, refresh
from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
from tests.engines.desktop_engine import opened
from tests.engines.test_live_refresh import in_place, turned_round, with_fewer, with_more
from tests.engines.tried import engine_called
from tests.scorecards import KENT, copy_of, refreshed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import xlwings as xw
    from openpyxl.formatting.rule import Rule

GREY = PatternFill(bgColor="D9D9D9")
MOVED = pytest.mark.parametrize(
    "change", [with_more, with_fewer, turned_round], ids=lambda change: change.__name__
)


def own_rules() -> dict[str, Rule]:
    """Rules as an analyst makes them: on the body, beyond it, across columns, and apart from it."""
    return {
        "D7:D52": FormulaRule(formula=["$D7>0.95"], fill=GREY, font=Font(bold=True)),
        "E7:E80": CellIsRule(operator="between", formula=["0.2", "0.4"], fill=GREY),
        "C10:G12": FormulaRule(formula=["C10=MAX($C10:$G10)"], font=Font(color="0000FF")),
        "R7:R20": ColorScaleRule(start_type="min", start_color="FFFFFF", end_type="max",
                                 end_color="00FF00"),
    }  # fmt: skip


def with_rules(path: Path, rules: dict[str, Rule]) -> None:
    book = openpyxl.load_workbook(path)
    for place, rule in rules.items():
        book["Scorecard"].conditional_formatting.add(place, rule)
    book.save(path)


def rules_at(path: Path, places: dict[str, Rule]) -> list[tuple[Any, ...]]:
    """The rules that are not ours, by where they are."""
    found = openpyxl.load_workbook(path)["Scorecard"].conditional_formatting
    return sorted(
        (str(each.sqref), rule.type, rule.operator, tuple(rule.formula), _look(rule.dxf))
        for each in found
        for rule in each.rules
        if rule.type != "colorScale" and not _is_ours(rule)
    )


def _is_ours(rule: Rule) -> bool:
    return rule.operator == "equal" or str(rule.formula[0]).startswith("ISTEXT")


def _look(look: Any) -> tuple[Any, ...]:
    font, fill = look.font, look.fill
    return (
        font.color.rgb[-6:] if font and font.color else None,
        bool(font and font.b),
        fill.bgColor.rgb[-6:] if fill else None,
    )


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return refreshed_copy(tmp_path)


def refreshed_copy(folder: Path) -> Path:
    path = copy_of(KENT, folder)
    refreshed(path, fill="values")
    return path


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program's own objects asked, as in Excel on Windows."""
    monkeypatch.setattr(sys, "platform", "win32")


def filled(path: Path) -> xw.Book:
    """Refresh a workbook that is open in Excel, save it, and give it."""
    book = opened(path, name="excel")
    with XlwingsWorkbook(book) as workbook:
        refresh(workbook, fill="values")
        workbook.save()
    return book


@MOVED
def test_own_rules_stay_where_they_were_when_rows_move(
    kent: Path, change: Callable[[Path], Any], on_windows: None
) -> None:
    change(kent)
    with_rules(kent, own_rules())
    before = rules_at(kent, own_rules())
    filled(kent)
    assert rules_at(kent, own_rules()) == before
    filled(kent)
    assert rules_at(kent, own_rules()) == before


@MOVED
def test_own_rules_stay_in_libreoffice_too(
    kent: Path, change: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(kent)
    rules = {place: rule for place, rule in own_rules().items() if place != "R7:R20"}
    with_rules(kent, rules)
    before = rules_at(kent, rules)
    engine_called("xlwings over LibreOffice", monkeypatch).use(
        kent, lambda workbook: refresh(workbook, fill="values")
    )
    assert rules_at(kent, rules) == before


def test_own_rules_stay_above_ours_as_in_a_file(kent: Path, on_windows: None) -> None:
    turned_round(kent)
    own = {"B7:B52": FormulaRule(formula=["$D7>0.95"], fill=GREY)}
    with_rules(kent, own)
    sheet = filled(kent).impl.file["Scorecard"]
    rules = [rule for each in sheet.conditional_formatting for rule in each.rules]
    first = min(rules, key=lambda rule: rule.priority)
    assert first.formula == ["$D7>0.95"]


SCALE = ColorScaleRule(
    start_type="min", start_color="FFFFFF", end_type="max", end_color="00FF00"
)  # fmt: skip
BORDERED = FormulaRule(formula=["$D7>0.95"], border=Border(bottom=Side(style="thin")))


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(SCALE, id="a colour scale"),
        pytest.param(BORDERED, id="a rule that draws a border"),
    ],
)
def test_a_rule_that_cannot_be_made_again_is_named_before_anything_is_written(
    kent: Path, rule: Rule, on_windows: None
) -> None:
    with_more(kent)
    with_rules(kent, {"D7:D52": rule})
    book = opened(kent, name="excel")
    with pytest.raises(RefusedError) as raised, XlwingsWorkbook(book) as workbook:
        refresh(workbook, fill="values")
    assert str(raised.value) == (
        "'Scorecard'!D7:D52: a conditional format of your own there would be lost, for rows move; "
        "nothing was written. Close the workbook and refresh the file, or take it away first."
    )
    writing = ("=", "merge", "copy", "paste", "clear", "delete", "contents", "formats")
    made = [each for each in book.app.impl.trips.made if not each.startswith("App.")]
    assert [each for each in made if each.endswith(writing)] == []


def test_a_rule_that_cannot_be_made_again_is_no_hindrance_where_rows_stay(
    kent: Path, on_windows: None
) -> None:
    in_place(kent)
    with_rules(kent, {"D7:D52": SCALE})
    sheet = filled(kent).impl.file["Scorecard"]
    places = [
        str(each.sqref)
        for each in sheet.conditional_formatting
        for rule in each.rules
        if rule.type == "colorScale"
    ]
    assert places == ["D7:D52"]


def test_where_a_program_does_not_tell_a_rules_cells_the_rule_is_not_risked(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    turned_round(kent)
    own = {"D7:D52": FormulaRule(formula=["$D7>0.95"], fill=GREY)}
    with_rules(kent, own)
    with pytest.raises(RefusedError, match=r"^'Scorecard'!A7:.*: a conditional format of your own"):
        filled(kent)


def test_on_a_mac_rows_move_where_all_rules_are_ours(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    turned_round(kent)
    before = count_of_ours(kent)
    filled(kent)
    assert count_of_ours(kent) == before


def count_of_ours(path: Path) -> int:
    found = openpyxl.load_workbook(path)["Scorecard"].conditional_formatting
    return sum(_is_ours(rule) for each in found for rule in each.rules)


def test_our_rules_come_back_however_many_others_there_are(kent: Path, on_windows: None) -> None:
    ours = count_of_ours(kent)
    book = openpyxl.load_workbook(kent)
    book["Scorecard"].conditional_formatting = ConditionalFormattingList()
    for i in range(20):
        rule = FormulaRule(formula=[f"$D7>{i}"], fill=GREY)
        book["Scorecard"].conditional_formatting.add("D7:D52", rule)
    book.save(kent)
    filled(kent)
    assert (count_of_ours(kent), len(rules_at(kent, {}))) == (ours, 20)


def test_one_of_our_rules_that_is_gone_comes_back(kent: Path, on_windows: None) -> None:
    ours = count_of_ours(kent)
    book = openpyxl.load_workbook(kent)
    sheet = book["Scorecard"]
    before, sheet.conditional_formatting = sheet.conditional_formatting, ConditionalFormattingList()
    for each in before:
        for rule in each.rules:
            if rule.formula != ['"R"']:
                sheet.conditional_formatting.add(str(each.sqref), rule)
    sheet.conditional_formatting.add("D7:D52", FormulaRule(formula=["$D7>1"], fill=GREY))
    book.save(kent)
    assert count_of_ours(kent) == ours - 1
    filled(kent)
    assert count_of_ours(kent) == ours
