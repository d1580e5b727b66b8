"""Bad input: every problem at once, each with place, finding and remedy; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl import InvalidWorkbookError, Problem, open_workbook, refresh
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, ErrorValue, Formula
from tests.rearranging import without_sheet
from tests.scorecards import (
    KENT,
    PUBLISHED,
    copy_of,
    edited,
    enter,
    in_part,
    refreshed,
    shown_rows,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content

STATES = (
    "type a number, or N/A or x (not available), TBS (to be supplied), c (suppressed), "
    "z (not applicable)"
)


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def errors_of(path: Path) -> tuple[Problem, ...]:
    """The problems that a refresh raises; the file is proved to stay as it is."""
    before = path.read_bytes()
    with open_workbook(path) as workbook:
        with pytest.raises(InvalidWorkbookError) as raised:
            refresh(workbook)
        workbook.save()
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    return raised.value.problems


IN_A_CELL = [
    pytest.param(
        {"Counts!A6": "Children_Under_18", "Indicators!G5": "children_under_18"},
        "duplicate_code",
        "'Counts'!A6: code 'Children_Under_18' is already in 'Counts'!A5; keep one of the rows, "
        "or rename one.",
        id="a code of a count twice, in other letters",
    ),
    pytest.param(
        {"Indicators!A6": "cafs_completed"},
        "duplicate_code",
        "'Indicators'!A6: indicator 'cafs_completed' is already in 'Indicators'!A5; keep one of "
        "the rows, or rename one.",
        id="a code of an indicator twice",
    ),
    pytest.param(
        {"History!B6": "cafs_completed"},
        "duplicate_code",
        "'History'!B6: indicator 'cafs_completed' is already in 'History'!A5; keep one of the "
        "rows, or rename one.",
        id="a result published twice",
    ),
    pytest.param(
        {"Indicators!G5": "cafs_complet_r12m"},
        "unknown_count",
        "'Indicators'!G5: numerator 'cafs_complet_r12m' is not among the counts; use "
        "'cafs_completed_r12m', or add it to Counts.",
        id="a count that is not there",
    ),
    pytest.param(
        {"Indicators!A6": "2nd referrals"},
        "ill_formed_code",
        "'Indicators'!A6: indicator is '2nd referrals'; codes are letters, digits and _, starting "
        "with a letter, 255 at most.",
        id="an ill-formed code",
    ),
    pytest.param(
        {"Indicators!A6": "referr*"},
        "ill_formed_code",
        "'Indicators'!A6: indicator is 'referr*'; codes are letters, digits and _, starting with "
        "a letter, 255 at most.",
        id="a code that Excel would take for a wildcard",
    ),
    pytest.param(
        {"Indicators!A6": None},
        "code_blank",
        "'Indicators'!A6: indicator is blank beside other content; give the row a code, or clear "
        "it.",
        id="a code that is blank",
    ),
    pytest.param(
        {"Counts!D6": "pending"},
        "unknown_state",
        f"'Counts'!D6: value 'pending' is not known; {STATES}.",
        id="text, or an unknown state, where a count belongs",
    ),
    pytest.param(
        {"Counts!D6": "2,163"},
        "number_as_text",
        "'Counts'!D6: value '2,163' is text, not a number; retype it as a number.",
        id="a number stored as text",
    ),
    pytest.param(
        {"Counts!D6": -3},
        "negative_count",
        "'Counts'!D6: cafs_completed_r12m is -3; counts start at 0.",
        id="a negative count",
    ),
    pytest.param(
        {"Counts!D6": 2163.5},
        "fractional_count",
        "'Counts'!D6: cafs_completed_r12m is 2163.5; counts are whole numbers, unless only "
        "averages and supplied results use them.",
        id="a fractional count",
    ),
    pytest.param(
        {"Counts!D6": True},
        "not_a_number",
        "'Counts'!D6: value True is not a number; type a number, or leave it blank.",
        id="a logical value where a count belongs",
    ),
    pytest.param(
        {"Indicators!D5": "high"},
        "unknown_polarity",
        "'Indicators'!D5: polarity 'high' is not known; use H, L or T, or leave it blank.",
        id="an unknown polarity",
    ),
    pytest.param(
        {"Indicators!F5": "ratio"},
        "unknown_measure",
        "'Indicators'!F5: measure 'ratio' is not known; use count, percentage, rate, average or "
        "supplied.",
        id="an unknown measure",
    ),
    pytest.param(
        {"History!C5": "high"},
        "unknown_state",
        f"'History'!C5: result 'high' is not known; {STATES}.",
        id="an unknown state in the history",
    ),
    pytest.param(
        {"Indicators!J5": 50},
        "floor_with_polarity_t",
        "'Indicators'!J5: floor is 50 with polarity 'T'; use an amber tolerance instead, or "
        "polarity H or L.",
        id="a floor with polarity T",
    ),
    pytest.param(
        {"Indicators!D5": "H", "Indicators!J5": 90},
        "floor_beyond_target",
        "'Indicators'!J5: floor 90 is above the target of 77.2 with polarity 'H'; a floor is at "
        "most the target.",
        id="a floor above the target where high is good",
    ),
    pytest.param(
        {"Indicators!D5": "L", "Indicators!J5": 50},
        "floor_beyond_target",
        "'Indicators'!J5: floor 50 is below the target of 77.2 with polarity 'L'; a floor is at "
        "least the target.",
        id="a floor below the target where low is good",
    ),
    pytest.param(
        {"Indicators!K5": 0.2, "Indicators!L5": 0.1},
        "amber_below_green",
        "'Indicators'!L5: amber tolerance is 0.1, below the green tolerance of 0.2; amber reaches "
        "at least as far as green.",
        id="an amber tolerance below the indicator's green one",
    ),
    pytest.param(
        {"Indicators!L5": 0.01},
        "amber_below_green",
        "'Indicators'!L5: amber tolerance is 0.01, below the green tolerance of 0.05; amber "
        "reaches at least as far as green.",
        id="an amber tolerance below the settings' green one",
    ),
    pytest.param(
        {"Settings!B14": 0.5},
        "amber_below_green",
        "'Settings'!B15: amber_tolerance_H is 0.1, below green_tolerance_H of 0.5; amber reaches "
        "at least as far as green.",
        id="tolerances of the settings the wrong way round",
    ),
    pytest.param(
        {"Indicators!I7": 69.5},
        "percentage_above_1",
        "'Indicators'!I7: target is 69.5, which is 6,950%; type 69.5%.",
        id="69.5 typed for a target of 69.5%",
    ),
    pytest.param(
        {"History!C7": 89.8},
        "percentage_above_1",
        "'History'!C7: result is 89.8, which is 8,980%; type 89.8%.",
        id="89.8 pasted for a result of 89.8%",
    ),
    pytest.param(
        {"Counts!D6": ErrorValue("#N/A")},
        "error_value",
        "'Counts'!D6: the cell shows the error #N/A; mend its formula, or type the value.",
        id="an error where a count belongs",
    ),
    pytest.param(
        {"Indicators!I5": Formula("=1/0", ErrorValue("#DIV/0!"))},
        "error_value",
        "'Indicators'!I5: the cell shows the error #DIV/0!; mend its formula, or type the value.",
        id="a formula that gives an error",
    ),
    pytest.param(
        {"Counts!D6": Formula("=2000+163", NOT_CALCULATED)},
        "uncached_formula",
        "'Counts'!D6: the formula has not been calculated yet; open the workbook in Excel and "
        "save it once.",
        id="a formula that nobody has calculated",
    ),
    pytest.param(
        {"Settings!B5": ErrorValue("#N/A")},
        "error_value",
        "'Settings'!B5: the cell shows the error #N/A; mend its formula, or type the value.",
        id="an error where the area belongs",
    ),
    pytest.param(
        {"Settings!B7": None},
        "setting_missing",
        "'Settings'!B7: as_at is blank; type the date the counts were taken, such as 31/01/2013.",
        id="no date",
    ),
    pytest.param(
        {"History!A5": "soon"},
        "date_as_text",
        "'History'!A5: 'soon' is text, not a date; retype it as a date, in a cell that is not "
        "formatted as text.",
        id="a text where a date belongs",
    ),
]


@pytest.mark.parametrize(("edits", "code", "message"), IN_A_CELL)
def test_what_is_wrong_in_a_cell_is_told_with_place_finding_and_remedy(
    kent: Path, edits: Mapping[str, Content], code: str, message: str
) -> None:
    edited(kent, edits)
    assert [(each.code, str(each)) for each in errors_of(kent)] == [(code, message)]


@pytest.mark.parametrize("name", ["Counts", "Indicators", "History", "Settings"])
def test_a_missing_sheet_is_told(kent: Path, name: str) -> None:
    without_sheet(kent, name, its_names="#REF!")
    assert [(each.code, str(each)) for each in errors_of(kent)] == [
        (
            "missing_sheet",
            f"'{name}': there is no sheet and no table named {name}; copy the sheet back from an "
            "earlier workbook.",
        )
    ]


@pytest.mark.parametrize("its_names", [None, "#REF!", "Styles!$A$1"])
def test_rows_of_a_scorecard_whose_sheet_of_looks_is_gone_are_filled_all_the_same(
    kent: Path, its_names: str | None
) -> None:
    without_sheet(kent, "Styles", its_names=its_names)
    told = refreshed(kent).warnings
    assert [(each.code, str(each)) for each in told] == [
        (
            "missing_styles",
            "Styles: this sheet is gone, from which rows of the scorecard take their look; run "
            "scorecard-xl upgrade, which adds it again.",
        )
    ]
    assert shown_rows(kent) == PUBLISHED


@pytest.mark.parametrize("has_totals", [True, False])
def test_what_stands_below_a_table_is_told_unless_it_is_its_totals_row(
    kent: Path, has_totals: bool
) -> None:
    edited(kent, {"Counts!A69": "Total", "Counts!D69": Formula("=SUM(D5:D68)", 1.0)})
    if has_totals:
        table = "xl/tables/table1.xml"
        in_part(kent, table, 'ref="A4:G68" totalsRowShown="0"', 'ref="A4:G69" totalsRowCount="1"')
        refreshed(kent)
        assert shown_rows(kent) == PUBLISHED
        return
    assert [str(each) for each in errors_of(kent)] == [
        "'Counts'!A69: the rows below the table Counts are not part of it and are not read; drag "
        "the table's lower right corner over them, or leave a blank row between."
    ]


def test_a_missing_table_is_told(kent: Path) -> None:
    in_part(kent, "xl/tables/table1.xml", 'displayName="Counts"', 'displayName="Table1"')
    assert [(each.code, str(each)) for each in errors_of(kent)] == [
        (
            "missing_table",
            "'Counts': the sheet holds no table named Counts; select the list, Insert, Table, and "
            "name it Counts under Table Design.",
        )
    ]


def test_a_missing_heading_is_told(kent: Path) -> None:
    in_part(kent, "xl/tables/table2.xml", 'name="Measure"', 'name="Kind"')
    assert [(each.code, str(each)) for each in errors_of(kent)] == [
        (
            "missing_heading",
            "'Indicators'!A4:M4: the table Indicators has no column 'Measure'; give a column the "
            "heading 'Measure', or add it.",
        )
    ]


def test_a_scorecard_that_is_gone_is_told_once(kent: Path) -> None:
    book = openpyxl.load_workbook(kent)
    del book["Scorecard"]
    for defined in book.defined_names.values():
        if defined.attr_text.startswith("Scorecard!"):
            defined.attr_text = "#REF!"
    book.save(kent)
    assert [(each.code, each.place) for each in errors_of(kent)] == [
        ("missing_scorecard", "Scorecard")
    ]


@pytest.mark.parametrize(
    ("shown", "what"), [(None, "the cell is blank"), ("Wert", "the cell shows 'Wert'")]
)
def test_a_heading_that_its_cell_does_not_show_is_told(
    kent: Path, shown: str | None, what: str
) -> None:
    edited(kent, {"Counts!D4": shown})
    assert [(each.code, str(each)) for each in errors_of(kent)] == [
        (
            "changed_heading",
            f"'Counts'!D4: {what}, but this column of the table Counts is 'Value'; type 'Value' "
            "there, and check that its values are below it.",
        )
    ]


def test_a_column_deleted_behind_its_tables_back_is_told_by_its_headings(kent: Path) -> None:
    book = openpyxl.load_workbook(kent)
    book["Counts"].delete_cols(4)
    book.save(kent)
    assert [(each.code, each.place) for each in errors_of(kent)] == [
        ("changed_heading", f"'Counts'!{column}4") for column in "DFG"
    ]


def test_a_heading_in_other_letters_and_lines_is_the_same(kent: Path) -> None:
    edited(kent, {"Counts!C4": "DATA\nPERIOD "})
    refreshed(kent)
    assert shown_rows(kent) == PUBLISHED


@pytest.mark.parametrize(
    ("name", "what"),
    [("scorecard_body", "the first row goes"), ("scorecard_summary", "the summary goes")],
)
def test_a_missing_name_is_told(kent: Path, name: str, what: str) -> None:
    in_part(kent, "xl/workbook.xml", f'name="{name}"', 'name="something_else"')
    assert [(each.code, str(each)) for each in errors_of(kent)] == [
        (
            "missing_name",
            f"{name}: there is no defined name {name}, which says where {what}; define it again "
            "with Formulas, Name Manager.",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "'Scorecard'!$A$54",
            "Counts!$A$54",
            "'Counts'!A54: scorecard_summary does not lie below scorecard_body; point it at the "
            "summary's cell.",
            id="the summary on another sheet",
        ),
        pytest.param(
            "Scorecard!$E$6",
            "Scorecard!$E$9",
            "'Scorecard'!E9: column_rag does not lie on a heading above the scorecard's body; "
            "point it at a heading above row 7 of 'Scorecard'.",
            id="a column's name within the body",
        ),
        pytest.param(
            "Scorecard!$E$6",
            "Scorecard!$D$6",
            "'Scorecard'!D6: column_rag lies on the same column as column_result; give each a "
            "column of its own.",
            id="two names on one column",
        ),
    ],
)
def test_names_that_contradict_each_other_are_told(
    kent: Path, old: str, new: str, message: str
) -> None:
    in_part(kent, "xl/workbook.xml", f">{old}<", f">{new}<")
    assert [(each.code, str(each)) for each in errors_of(kent)] == [("misplaced_name", message)]


def test_every_problem_is_told_at_once_in_the_order_of_the_sheets(kent: Path) -> None:
    edited(
        kent,
        {
            "Settings!B14": 0.5,
            "History!C7": 89.8,
            "Indicators!I7": 69.5,
            "Indicators!D5": "high",
            "Counts!D20": ErrorValue("#REF!"),
            "Counts!D9": -1,
            "Counts!D8": None,
            "Counts!D6": "2,163",
        },
    )
    assert [(each.place, each.code) for each in errors_of(kent)] == [
        ("'Counts'!D6", "number_as_text"),
        ("'Counts'!D8", "count_not_entered"),
        ("'Counts'!D9", "negative_count"),
        ("'Counts'!D20", "error_value"),
        ("'Indicators'!D5", "unknown_polarity"),
        ("'Indicators'!I7", "percentage_above_1"),
        ("'History'!C7", "percentage_above_1"),
        ("'Settings'!B15", "amber_below_green"),
    ]


@pytest.mark.parametrize(
    ("entry", "code", "message", "words"),
    [
        pytest.param(
            None,
            "count_not_entered",
            "cafs_completed_r12m is blank; type the count, or N/A or x (not available), TBS (to "
            "be supplied), c (suppressed), z (not applicable).",
            "not entered",
            id="blank",
        ),
        pytest.param(
            " ",
            "count_not_entered",
            "cafs_completed_r12m is blank; type the count, or N/A or x (not available), TBS (to "
            "be supplied), c (suppressed), z (not applicable).",
            "not entered",
            id="a space",
        ),
        pytest.param(
            "tbs",
            "count_not_supplied",
            "cafs_completed_r12m is 'tbs', to be supplied; type the count when it is known.",
            "to be supplied",
            id="to be supplied",
        ),
    ],
)
def test_a_gap_is_a_warning_and_does_not_stop_the_rest(
    kent: Path, entry: Content, code: str, message: str, words: str
) -> None:
    before = shown_rows(kent)
    enter(kent, cafs_completed_r12m=entry)
    warnings = refreshed(kent).warnings
    assert [(each.code, str(each)) for each in warnings] == [(code, f"'Counts'!D6: {message}")]
    after = shown_rows(kent)
    assert after[0]["latest"] == words
    assert after[1:] == before[1:]


def test_warnings_stand_on_the_checks_sheet_until_they_are_mended(kent: Path) -> None:
    enter(kent, cafs_completed_r12m=None, referrals_r12m="x")
    refreshed(kent)
    sheet = openpyxl.load_workbook(kent, data_only=True)["Checks"]
    assert [[cell.value for cell in row[:2]] for row in sheet["A5:E6"]] == [
        ["warning", "'Counts'!D6"],
        ["warning", "'Counts'!D7"],
    ]
    enter(kent, cafs_completed_r12m=2163, referrals_r12m=13293)
    refreshed(kent)
    sheet = openpyxl.load_workbook(kent, data_only=True)["Checks"]
    assert [[cell.value for cell in row] for row in sheet["A5:E6"]] == [
        [None, None, "Nothing was found.", None, None],
        [None] * 5,
    ]


def test_a_count_calculated_by_a_formula_is_read_by_its_value(kent: Path) -> None:
    edited(kent, {"Counts!D6": Formula("=2000+163", 2163.0)})
    refreshed(kent)
    assert shown_rows(kent)[0]["latest"] == "67.0"


@pytest.mark.parametrize(
    ("place", "typed", "code"),
    [
        pytest.param("History!A5", "2012-03-31", "date_as_text", id="when a result was published"),
        pytest.param("Counts!F5", "2013-02-05", "date_as_text", id="when data was extracted"),
    ],
)
def test_what_formulas_cannot_compare_is_refused_as_text(
    kent: Path, place: str, typed: str, code: str
) -> None:
    edited(kent, {place: typed})
    with pytest.raises(InvalidWorkbookError) as raised:
        refreshed(kent)
    assert [problem.code for problem in raised.value.problems if problem.is_error] == [code]
