"""The template's skeleton holds what a refresh and an analyst look for."""

from __future__ import annotations

import datetime
import itertools
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl.upgrading.first_template import fingerprint_of
from scorecard_xl.workbook.template import TEMPLATE_VERSION
from tests.judges.package_check import problems_of_package
from workbook_templates.build import write_skeleton
from workbook_templates.build.look import contrast_ratio

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook import Workbook

    from tests.judges.libreoffice import Calc

KENT = Path(__file__).parents[1] / "workbook_templates" / "kent_2013_01"

SHEETS = [
    "Scorecard",
    "Counts",
    "Indicators",
    "History",
    "Commentary",
    "Settings",
    "Checks",
    "Why",
    "Guide",
    "Styles",
]
NAMED_CELLS = {
    "scorecard_title": "Scorecard!$A$1",
    "scorecard_period": "Scorecard!$A$2",
    "scorecard_tallies": "Scorecard!$A$3",
    "scorecard_body": "Scorecard!$A$7",
    "scorecard_summary": "Scorecard!$A$8",
    "scorecard_footnote": "Scorecard!$A$9",
    "column_indicator": "Scorecard!$A$6",
    "column_polarity": "Scorecard!$B$6",
    "column_data_period": "Scorecard!$C$6",
    "column_result": "Scorecard!$D$6",
    "column_rag": "Scorecard!$E$6",
    "column_numerator": "Scorecard!$F$6",
    "column_denominator": "Scorecard!$G$6",
    "column_target": "Scorecard!$H$6",
    "column_previous": "Scorecard!$I$6",
    "column_dot_previous": "Scorecard!$J$6",
    "column_outturn": "Scorecard!$K$6",
    "column_dot_outturn": "Scorecard!$L$6",
    "column_code": "Scorecard!$N$6",
    "column_row_kind": "Scorecard!$O$6",
    "column_state": "Scorecard!$P$6",
    "prototype_rows": "Styles!$A$1",
    "checks_body": "Checks!$A$5",
    "checks_last": "Checks!$G$5",
    "why_body": "Why!$A$5",
    "count_codes": "Counts[Code]",
}
HEADINGS = {
    "Counts": "Code | Count | Data period | Value | Source | Extracted | Previous value",
    "Indicators": "Indicator | Section | Name | Polarity | Data period | Measure | Numerator | "
    "Denominator | Target | Floor | Green tolerance | Amber tolerance | Tolerance unit",
    "History": "As at | Indicator | Result | Numerator | Denominator | Target | RAG | Restated | "
    "Status | Key",
    "Commentary": "As at | Indicator | Comment | Action | Owner",
    "Settings": "Name | Value | What it does",
}
TABLES = {
    "Counts": "A4:G68",
    "Indicators": "A4:M46",
    "History": "A4:J87",
    "Commentary": "A4:E5",
    "Settings": "A4:C37",
}
SCORECARD_HEADINGS = [
    "Indicator",
    "Polarity",
    "Data Period",
    "Latest Result",
    "RAG Status",
    "Num",
    "Denom",
    "Target for 12/13",
    "Previous Reported Result",
    "DoT from previous to latest result",
    "Outturn (March 12) Result",
    "DoT from outturn to latest result",
    None,
    "Code",
    "Row kind",
    "No result because",
]
ROW_KINDS = [
    "section",
    "count",
    "percentage",
    "rate",
    "average",
    "supplied",
    "summary_heading",
    "summary",
    "footnote",
]


@pytest.fixture(scope="module")
def skeleton_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("skeleton") / "skeleton.xlsx"
    write_skeleton(path, inputs_folder=KENT)
    return path


@pytest.fixture(scope="module")
def skeleton(skeleton_path: Path) -> Workbook:
    return openpyxl.load_workbook(skeleton_path)


def test_writing_twice_gives_the_same_bytes(skeleton_path: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_skeleton(again, inputs_folder=KENT)
    assert again.read_bytes() == skeleton_path.read_bytes()


def test_the_sheets_stand_in_order_and_only_styles_is_hidden(skeleton: Workbook) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in skeleton}
    assert states == dict.fromkeys(SHEETS, "visible") | {"Styles": "hidden"}
    assert list(states) == SHEETS


def test_it_opens_on_the_scorecard_at_a1(skeleton: Workbook) -> None:
    assert skeleton.active.title == "Scorecard"
    cursors = {
        sheet.sheet_view.selection[-1].activeCell for sheet in skeleton if not _frozen(sheet)
    }
    assert cursors == {"A1"}


def _frozen(sheet: object) -> bool:
    return getattr(sheet, "freeze_panes", None) is not None


def test_the_defined_names_stand_for_their_cells(skeleton: Workbook) -> None:
    names = {
        name: entry.attr_text for name, entry in skeleton.defined_names.items() if not entry.hidden
    }
    assert names == NAMED_CELLS


def test_hidden_names_tell_the_templates_version_and_its_guide(skeleton: Workbook) -> None:
    hidden = {name: it.attr_text for name, it in skeleton.defined_names.items() if it.hidden}
    texts = [str(cell.value or "") for (cell,) in skeleton["Guide"].iter_rows(max_col=1)]
    assert hidden == {
        "template_version": str(TEMPLATE_VERSION),
        "template_guide": f'"{fingerprint_of(texts)}"',
    }


def test_the_scorecards_headings_are_the_sources_words(skeleton: Workbook) -> None:
    shown = [cell.value for cell in skeleton["Scorecard"][6]]
    assert shown == SCORECARD_HEADINGS


def test_the_scorecards_heading_texts_are_unique() -> None:
    texts = [text for text in SCORECARD_HEADINGS if text]
    assert len(set(texts)) == len(texts)


def test_no_scorecard_cell_holds_a_bare_letter_or_arrow(skeleton: Workbook) -> None:
    values = {cell.value for row in skeleton["Scorecard"].iter_rows() for cell in row}
    assert not values & {"R", "A", "G", "↑", "↓", "→"}


def test_the_scorecard_prints_its_columns_but_not_the_codes(skeleton: Workbook) -> None:
    sheet = skeleton["Scorecard"]
    assert sheet.print_area == "'Scorecard'!$A$1:$L$9"
    assert sheet.print_title_rows == "$5:$6"


def test_the_scorecard_fills_the_width_of_a_page_at_a_fixed_scale(skeleton_path: Path) -> None:
    with zipfile.ZipFile(skeleton_path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([0-9.]+)"', sheet)
    spans = [(int(first), int(last), float(width)) for first, last, width in columns]
    characters = sum((last - first + 1) * width for first, last, width in spans if last <= 12)
    scale = int(re.findall(r'<pageSetup [^>]*scale="(\d+)"', sheet)[0]) / 100
    # A4 landscape leaves 277 mm between margins of 10. LibreOffice draws a character
    # of Arial 10 as 7.42 pixels of 1/96 inch, Excel at 100% as 7.
    millimetres = characters * 7.42 / 96 * 25.4 * scale
    assert 270 < millimetres <= 277
    assert "fitToPage" not in sheet


@pytest.mark.parametrize("name", TABLES)
def test_an_input_table_has_its_place_and_headings(skeleton: Workbook, name: str) -> None:
    table = skeleton[name].tables[name]
    assert table.ref == TABLES[name]
    assert [column.name for column in table.tableColumns] == HEADINGS[name].split(" | ")


@pytest.mark.parametrize("name", SHEETS[1:-1])
def test_a_sheet_says_what_it_is_and_what_for(skeleton: Workbook, name: str) -> None:
    sheet = skeleton[name]
    assert sheet["A1"].value == name
    assert sheet["A2"].value.endswith(".")


@pytest.mark.parametrize(
    ("cell", "value", "number_format"),
    [
        pytest.param("Counts!D5", 322813, "#,##0", id="count"),
        pytest.param("Indicators!I5", 77.2, "#,##0.0", id="target of a rate"),
        pytest.param("Indicators!I7", 0.695, "0.0%", id="target of a percentage, 69.5"),
        pytest.param("Indicators!I16", 30, "#,##0", id="target of a count"),
        pytest.param("Indicators!L35", 0.45, "0%", id="tolerance, 45%"),
        pytest.param("History!C7", 0.898, "0.0%", id="published percentage, 89.8"),
        pytest.param("Settings!B13", 10000, "#,##0", id="rate base"),
        pytest.param("Settings!B15", 0.1, "0%", id="tolerance for all indicators, 10%"),
        pytest.param("Settings!B8", "Jan 2013", "@", id="label that looks like a date"),
        pytest.param("Settings!B9", "12/13", "@", id="label that looks like a fraction"),
        pytest.param("Settings!B23", "04-01", "@", id="start of the year"),
        pytest.param("Settings!B32", "1.0", "@", id="version"),
    ],
)
def test_a_value_is_held_as_the_sheet_holds_it(
    skeleton: Workbook, cell: str, value: object, number_format: str
) -> None:
    sheet, _, place = cell.partition("!")
    held = skeleton[sheet][place]
    assert (held.value, held.number_format) == (value, number_format)


def test_dates_are_date_cells(skeleton: Workbook) -> None:
    dates = [skeleton["History"]["A5"], skeleton["Settings"]["B7"]]
    assert [cell.value.date().isoformat() for cell in dates] == ["2012-03-31", "2013-01-31"]
    assert {cell.number_format for cell in dates} == {"dd/mm/yyyy"}


def test_each_history_row_carries_its_key_as_excel_would_calculate_it(skeleton_path: Path) -> None:
    formulas = openpyxl.load_workbook(skeleton_path)["History"]
    values = openpyxl.load_workbook(skeleton_path, data_only=True)["History"]
    assert {formulas.cell(row, 10).data_type for row in range(5, 88)} == {"f"}
    # 31 March 2012 is day 40,999 of the 1900 calendar.
    assert values["J5"].value == "40999|cafs_completed"
    assert all(values.cell(row, 10).value for row in range(5, 88))


def test_every_setting_says_what_it_does(skeleton: Workbook) -> None:
    rows = skeleton["Settings"].iter_rows(min_row=5, max_row=32, min_col=3, max_col=3)
    assert all(cell.value for (cell,) in rows)


@pytest.mark.parametrize(
    ("sheet", "cells", "source", "style"),
    [
        pytest.param("Indicators", "D5:D2000", '"H,L,T"', "stop", id="polarity"),
        pytest.param(
            "Indicators",
            "F5:F2000",
            '"count,percentage,rate,average,supplied"',
            "stop",
            id="measure",
        ),
        pytest.param("Indicators", "M5:M2000", '"share,points"', "stop", id="tolerance unit"),
        pytest.param("Indicators", "E5:E2000", '"R12M,YTD,SS,MS,Q,A"', "warning", id="data period"),
        pytest.param("Counts", "C5:C2000", '"R12M,YTD,SS,MS,Q,A"', "warning", id="count's period"),
        pytest.param("Indicators", "G5:G2000", "count_codes", "warning", id="numerator"),
        pytest.param("Indicators", "H5:H2000", "count_codes", "warning", id="denominator"),
        pytest.param("Settings", "B24", '"formulas,values"', "stop", id="fill"),
        pytest.param("Settings", "B25", '"unrounded,as shown"', "stop", id="compare"),
        pytest.param("Settings", "B22", '"month,quarter"', "stop", id="frequency"),
        pytest.param("Settings", "B31", '"draft,final"', "stop", id="status"),
    ],
)
def test_a_choice_is_offered_as_a_list(
    skeleton: Workbook, sheet: str, cells: str, source: str, style: str
) -> None:
    rules = {str(rule.sqref): rule for rule in skeleton[sheet].data_validations.dataValidation}
    assert rules[cells].type == "list"
    assert rules[cells].formula1 == source
    assert (rules[cells].errorStyle or "stop") == style


@pytest.mark.parametrize("name", ["fill", "compare", "frequency", "status"])
def test_a_settings_list_stands_beside_its_name(skeleton: Workbook, name: str) -> None:
    sheet = skeleton["Settings"]
    rows = {sheet.cell(row, 1).value: row for row in range(5, 33)}
    listed = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert f"B{rows[name]}" in listed


@pytest.mark.parametrize("word", ["whole number", "N/A", "x", "TBS", "c (", "z ("])
def test_a_count_cell_says_what_may_be_typed(skeleton: Workbook, word: str) -> None:
    rules = {str(rule.sqref): rule for rule in skeleton["Counts"].data_validations.dataValidation}
    assert word in rules["D5:D2000"].prompt


def test_styles_holds_a_prototype_of_each_kind_of_row(skeleton: Workbook) -> None:
    sheet = skeleton["Styles"]
    assert [sheet.cell(row, 1).value for row in range(2, 11)] == ROW_KINDS
    roles = [name.removeprefix("column_") for name in NAMED_CELLS if name.startswith("column_")]
    roles.insert(-3, None)
    # A Scorecard has this one where an analyst has given a heading its name.
    roles.append("commentary")
    assert [cell.value for cell in sheet[1]] == ["Row kind", *roles]


@pytest.mark.parametrize(
    ("kind", "number_format"),
    [
        ("count", "#,##0_._0_%"),
        ("percentage", "0.0%"),
        ("rate", "#,##0.0_%"),
        ("average", "#,##0.0_%"),
        ("supplied", "#,##0.0_%"),
    ],
)
def test_a_kinds_figures_share_its_number_format(
    skeleton: Workbook, kind: str, number_format: str
) -> None:
    sheet = skeleton["Styles"]
    row = ROW_KINDS.index(kind) + 2
    roles = {cell.value: cell.column for cell in sheet[1]}
    figures = ("result", "target", "previous", "outturn")
    assert {sheet.cell(row, roles[role]).number_format for role in figures} == {number_format}


def test_every_kind_of_row_has_a_height(skeleton: Workbook) -> None:
    sheet = skeleton["Styles"]
    assert all(sheet.row_dimensions[row].height for row in range(2, 11))


def test_text_stands_out_from_its_fill(skeleton: Workbook) -> None:
    pairs = {
        (sheet.title, cell.font.color.rgb, cell.fill.fgColor.rgb if cell.fill.fill_type else None)
        for sheet in skeleton
        for cell in itertools.chain.from_iterable(sheet.iter_rows())
        if cell.has_style and isinstance(cell.font.color.rgb, str)
    }
    assert pairs
    ratios = {
        pair: contrast_ratio(pair[1][2:], pair[2][2:] if pair[2] else "FFFFFF") for pair in pairs
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize(
    ("ink", "paper", "ratio"),
    [
        pytest.param("#000000", "#FFFFFF", 21.0, id="black on white"),
        pytest.param("#777777", "#FFFFFF", 4.48, id="the best-known near miss"),
        pytest.param("#FFFFFF", "#1F3A5F", 11.5, id="headings"),
    ],
)
def test_contrast_is_measured_as_wcag_does(ink: str, paper: str, ratio: float) -> None:
    assert contrast_ratio(ink, paper) == pytest.approx(ratio, abs=0.05)


def test_the_document_says_its_title_subject_and_language(skeleton: Workbook) -> None:
    said = skeleton.properties
    assert said.title == "Children's services scorecard"
    assert said.subject
    assert said.language == "en-GB"


def test_the_document_is_dated_by_its_data_not_by_the_clock(skeleton: Workbook) -> None:
    published = datetime.datetime(2013, 2, 8, 9)
    assert (skeleton.properties.created, skeleton.properties.modified) == (published, published)


def test_no_cell_is_in_a_themes_font(skeleton_path: Path) -> None:
    with zipfile.ZipFile(skeleton_path) as package:
        styles = package.read("xl/styles.xml").decode()
    assert "<scheme" not in styles
    assert styles.count('<name val="Arial"/>') == styles.count("<name val=")


def test_there_are_no_links_out_of_the_workbook(skeleton_path: Path) -> None:
    with zipfile.ZipFile(skeleton_path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert [name for name in parts if "externalLink" in name] == []
    assert [name for name, part in parts.items() if b'TargetMode="External"' in part] == []


@pytest.mark.parametrize(
    "words",
    [
        "What this workbook is",
        "Each month",
        "What to type where there is no number",
        "inferred, not published",
        "from 9.0% to 11.9%",
        "from 4.9% to 8.5%",
        "from 13.2% to 19.2%",
        "Agree your own bands locally",
        "does not say that a change is significant",
        "Moving things",
        "Restyling",
        "If something is wrong",
    ],
)
def test_the_guide_says(skeleton: Workbook, words: str) -> None:
    text = "\n".join(str(cell.value) for cell in skeleton["Guide"]["A"])
    assert words in text


@pytest.mark.parametrize(
    ("sheet", "first", "last"),
    [("Scorecard", 1, 9), ("Guide", 1, 60), ("Settings", 1, 32), ("Counts", 1, 68)],
)
def test_no_row_is_lower_than_its_text(
    skeleton_path: Path, calc: Calc, sheet: str, first: int, last: int
) -> None:
    with calc.open(skeleton_path) as book:
        area = book.range(sheet, f"A{first}:L{last}")
        for column in range(area.Columns.Count):
            # Excel draws columns of Arial 10 so much narrower than LibreOffice.
            area.Columns.getByIndex(column).Width *= 7 / 7.42
        given = [area.Rows.getByIndex(row).Height for row in range(area.Rows.Count)]
        area.Rows.OptimalHeight = True
        needed = [area.Rows.getByIndex(row).Height for row in range(area.Rows.Count)]
    too_low = [first + row for row in range(len(given)) if needed[row] > given[row]]
    assert too_low == []


def test_the_package_is_sound(skeleton_path: Path) -> None:
    assert problems_of_package(skeleton_path) == []


def test_both_validators_find_nothing(
    skeleton_path: Path, validator_problems: Callable[[Path], list[str]]
) -> None:
    assert validator_problems(skeleton_path) == []


def test_libreoffice_calculates_the_same_keys(skeleton_path: Path, calc: Calc) -> None:
    with calc.open(skeleton_path) as book:
        written = book.values("History", "J5:J87")
        book.recalculate()
        assert book.values("History", "J5:J87") == written


def test_libreoffice_finds_the_count_codes_by_their_name(skeleton_path: Path, calc: Calc) -> None:
    with calc.open(skeleton_path) as book:
        book.set_cell("Why", "A20", "=COUNTA(count_codes)")
        book.recalculate()
        assert book.values("Why", "A20") == [[64.0]]
