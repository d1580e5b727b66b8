"""Workbooks made from older templates gain what is new, and are right after a refresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from scorecard_xl.exceptions import InvalidWorkbookError, RefusedError
from scorecard_xl.rolling import roll_file
from scorecard_xl.upgrading import upgrade_file
from tests.judges.package_check import problems_of_package
from tests.rearranging import move_table, redefine, rename_sheet, without_sheet
from tests.scorecards import (
    EMPTY,
    KENT,
    PUBLISHED,
    PUBLISHED_SUMMARY,
    TEMPLATES,
    change_settings,
    copy_of,
    edited,
    refreshed,
    replace_rows,
    shown_rows,
    table_in,
    text_at,
)
from tests.upgrading.old_workbooks import (
    BEFORE_ROLLING,
    FIRST,
    cells_of,
    listing,
    upgraded,
    without_last_column,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.judges.libreoffice import Calc

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")
OLD = pytest.mark.parametrize("source", [FIRST, BEFORE_ROLLING], ids=lambda path: path.stem)
ADDED_SINCE = ["Commentary", "Checks", "Why", "Styles"]


@OLD
def test_an_old_workbook_then_has_all_that_todays_template_has(
    source: Path, tmp_path: Path
) -> None:
    path = copy_of(source, tmp_path)
    upgraded(path)
    refreshed(path, fill="formulas")
    assert listing(path) == listing(KENT)


@OLD
def test_a_refresh_then_gives_the_published_scorecard(source: Path, tmp_path: Path) -> None:
    path = copy_of(source, tmp_path)
    upgraded(path)
    refreshed(path)
    assert shown_rows(path) == PUBLISHED
    assert text_at(path, "scorecard_summary") == PUBLISHED_SUMMARY


@OLD
@pytest.mark.parametrize("is_refreshed", [False, True], ids=["upgraded", "refreshed"])
def test_the_judges_find_nothing(
    validator_problems: Callable[[Path], list[str]],
    source: Path,
    is_refreshed: bool,
    tmp_path: Path,
) -> None:
    path = copy_of(source, tmp_path)
    upgraded(path)
    if is_refreshed:
        refreshed(path)
    assert problems_of_package(path) == []
    assert validator_problems(path) == []


@OLD
def test_libreoffice_opens_it_and_calculates_what_is_new(
    calc: Calc, source: Path, tmp_path: Path
) -> None:
    path = copy_of(source, tmp_path)
    upgraded(path)
    refreshed(path, fill="formulas")
    with calc.open(path) as book:
        book.recalculate()
        assert book.shown("Counts", "G4") == [["Previous value"]]
        assert [row[0] for row in book.shown("Scorecard", "E8:E10")] == ["A", "R", "A"]


@OLD
def test_it_can_be_rolled_forward_then(source: Path, tmp_path: Path) -> None:
    path = copy_of(source, tmp_path)
    upgraded(path)
    refreshed(path)
    following, rolled = roll_file(path)
    assert [problem.code for problem in rolled.warnings] == ["source_note_dated"]
    table = table_in(following, "Counts")
    before = table.headings.index("Previous value")
    assert all(row[before] == row[3] for row in table.rows)


@OLD
def test_upgrading_twice_changes_nothing(source: Path, tmp_path: Path) -> None:
    path = copy_of(source, tmp_path)
    first = upgraded(path)
    before = path.read_bytes()
    second = upgraded(path)
    assert (first.before, first.now, second.is_changed) == (1, 2, False)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "source",
    [KENT, EMPTY, TEMPLATES / "scorecard_kent_2013_01.xlsm"],
    ids=["kent", "empty", "with buttons"],
)
def test_todays_template_lacks_nothing(source: Path, tmp_path: Path) -> None:
    path = tmp_path / source.name
    path.write_bytes(source.read_bytes())
    assert not upgrade_file(path).is_changed
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("sheet", ADDED_SINCE)
@pytest.mark.parametrize(
    "its_names",
    [None, "#REF!", "{}!$A$1"],
    ids=["as in an old template", "as Excel deletes it", "as openpyxl deletes it"],
)
def test_a_sheet_that_is_missing_is_added(
    validator_problems: Callable[[Path], list[str]],
    sheet: str,
    its_names: str | None,
    tmp_path: Path,
) -> None:
    path = copy_of(KENT, tmp_path)
    without_sheet(path, sheet, its_names=its_names and its_names.format(sheet))
    assert upgraded(path).added == (f"the sheet {sheet}",)
    after, today = listing(path), listing(copy_of(EMPTY, tmp_path / "today"))
    assert after["names"].keys() == today["names"].keys()
    assert after["texts"][sheet] if sheet in after["texts"] else after["prototypes"]
    assert problems_of_package(path) == []
    assert validator_problems(path) == []
    refreshed(path)
    assert shown_rows(path) == PUBLISHED
    assert not upgraded(path).is_changed


def test_an_added_sheet_looks_like_the_templates(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    without_sheet(path, "Why")
    upgraded(path)
    added, template = (
        {place: held for place, held in cells_of(each).items() if place[0] == "Why"}
        for each in (path, EMPTY)
    )
    assert added == template


def test_a_history_without_keys_gets_them(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    before = table_in(path, "History")
    headings = before.headings
    without_last_column(path, "History")
    assert table_in(path, "History").headings == headings[:-1]
    assert upgraded(path).added == ("the column Key of History",)
    after = table_in(path, "History")
    assert (after.headings, after.rows) == (headings, before.rows)
    assert formula_of_column(path, "Key") == formula_of_column(KENT, "Key")
    assert formula_of_column(path, "Key")
    assert not refreshed(path).warnings


def formula_of_column(path: Path, heading: str) -> str | None:
    """The formula that Excel gives the new rows of a table's column."""
    tables = openpyxl.load_workbook(path)["History"].tables
    columns = {column.name: column for column in tables["History"].tableColumns}
    formula = columns[heading].calculatedColumnFormula
    return None if formula is None else formula.attr_text


def test_what_an_analyst_took_away_stays_away(tmp_path: Path) -> None:
    path = copy_of(FIRST, tmp_path)
    redefine(path, {"column_previous": None, "column_dot_previous": None})
    rows = [row for row in table_in(path, "Settings").rows if row[0] != "source_note"]
    replace_rows(path, "Settings", rows)
    upgraded(path)
    held = listing(path)
    assert not {"column_previous", "column_dot_previous"} & held["names"].keys()
    assert "source_note" not in held["settings"]


def test_a_guide_that_an_analyst_changed_stays_beside_todays(tmp_path: Path) -> None:
    path = copy_of(BEFORE_ROLLING, tmp_path)
    edited(path, {"'Guide'!A8": "Ask Jo for the counts."})
    before = {place: held for place, held in cells_of(path).items() if place[0] == "Guide"}
    assert "the sheet Guide (new)" in upgraded(path).added
    after = cells_of(path)
    assert {place: held for place, held in after.items() if place[0] == "Guide"} == before
    added = {cell: held for (sheet, cell), held in after.items() if sheet == "Guide (new)"}
    assert added == {
        cell: held for (sheet, cell), held in cells_of(EMPTY).items() if sheet == "Guide"
    }
    assert not upgraded(path).is_changed


def test_a_guide_that_an_analyst_took_away_stays_away(tmp_path: Path) -> None:
    path = copy_of(BEFORE_ROLLING, tmp_path)
    without_sheet(path, "Guide")
    before = openpyxl.load_workbook(path).sheetnames
    upgraded(path)
    assert openpyxl.load_workbook(path).sheetnames == before


def test_a_guide_is_known_by_its_texts_under_another_name(tmp_path: Path) -> None:
    path = copy_of(FIRST, tmp_path)
    rename_sheet(path, "Guide", "Read me")
    assert "the texts of Read me" in upgraded(path).added
    assert not upgraded(path).is_changed
    book, today = openpyxl.load_workbook(path), openpyxl.load_workbook(EMPTY)
    assert "Guide" not in book.sheetnames
    assert [cell.value for cell in book["Read me"]["A"]] == [
        cell.value for cell in today["Guide"]["A"]
    ]


@pytest.mark.parametrize("name", ["guide (NEW)", "Guide (new)"])
@pytest.mark.parametrize("is_chart", [False, True], ids=["cells", "chart"])
def test_a_sheet_where_todays_guide_would_go_stays_the_analysts(
    name: str, is_chart: bool, tmp_path: Path
) -> None:
    path = copy_of(FIRST, tmp_path)
    edited(path, {"'Guide'!A8": "Ask Jo for the counts."})
    book = openpyxl.load_workbook(path)
    book.create_chartsheet(name) if is_chart else book.create_sheet(name)
    book.save(path)
    if name == "Guide (new)" and not is_chart:
        assert not any("Guide" in what for what in upgraded(path).added)
        return
    with pytest.raises(RefusedError, match=r"^'Guide \(new\)': today's Guide would be a sheet"):
        upgrade_file(path)


@pytest.mark.parametrize(
    "name", ["template_version", "template_guide", "column_state", "checks_last", "commentary"]
)
def test_a_name_that_an_analyst_gave_to_something_else_is_not_taken(
    name: str, tmp_path: Path
) -> None:
    path = copy_of(FIRST, tmp_path)
    if name == "commentary":
        without_sheet(path, "Commentary")
    book = openpyxl.load_workbook(path)
    book.defined_names[name] = DefinedName(name, attr_text="Counts!$A$1*2")
    book.save(path)
    before = path.read_bytes()
    with pytest.raises(RefusedError, match=r"(?i)^The name \w+ stands for Counts!\$A\$1\*2, and"):
        upgrade_file(path)
    assert path.read_bytes() == before


def _own_table(sheet: Worksheet) -> None:
    sheet["G3"], sheet["H3"] = "Mine", "Theirs"
    sheet.add_table(Table(displayName="Mine", ref="G3:H7"))


@pytest.mark.parametrize(
    ("sheet", "change", "said"),
    [
        pytest.param(
            "Counts", _own_table, "'Counts'!G4:G68: the column Previous value of the table Counts "
            "would be written over the table Mine; move that out of its way.", id="a table",
        ),
        pytest.param(
            "Counts", lambda sheet: sheet.merge_cells("G6:H9"), "'Counts'!G4:G68: the column "
            "Previous value of the table Counts would be written over the merged cells G6:H9; "
            "move that out of its way.", id="merged cells",
        ),
        pytest.param(
            "Settings", lambda sheet: sheet.merge_cells("A34:C35"), "'Settings': the table "
            "Settings would grow over the merged cells A34:C35; move that out of its way.",
            id="merged cells below a table",
        ),
        pytest.param(
            "Checks", lambda sheet: sheet.merge_cells("H3:K6"), "'Checks'!G2:N5: what the last "
            "refresh left would be written over the merged cells H3:K6; move that out of its way.",
            id="merged cells that would hide it",
        ),
    ],
)  # fmt: skip
def test_what_lies_over_empty_cells_is_named(
    sheet: str, change: Callable[[Worksheet], None], said: str, tmp_path: Path
) -> None:
    path = copy_of(FIRST, tmp_path)
    book = openpyxl.load_workbook(path)
    change(book[sheet])
    book.save(path)
    with pytest.raises(RefusedError) as told:
        upgrade_file(path)
    assert str(told.value) == said


def test_a_cell_beside_the_totals_is_in_the_way_too(tmp_path: Path) -> None:
    path = copy_of(FIRST, tmp_path)
    book = openpyxl.load_workbook(path)
    table = book["Counts"].tables["Counts"]
    table.ref, table.totalsRowCount = "A4:F69", 1
    book["Counts"]["G69"] = "mine"
    book.save(path)
    with pytest.raises(RefusedError, match=r"^'Counts'!G69: the column Previous value"):
        upgrade_file(path)


def test_a_heading_of_why_that_an_analyst_wrote_stays(tmp_path: Path) -> None:
    path = copy_of(BEFORE_ROLLING, tmp_path)
    edited(path, {"'Why'!A4": "Line"})
    upgraded(path)
    assert listing(path)["texts"]["Why"][3] == [
        "Line", "Result, unrounded", "RAG", "Why", "Next letter", "Arrows",
    ]  # fmt: skip


def test_rules_of_a_new_column_ask_the_columns_where_they_were_moved(tmp_path: Path) -> None:
    path = copy_of(FIRST, tmp_path)
    move_table(path, "Counts", source="Counts", target="Counts", down=3, right=2)
    upgraded(path)
    assert listing(path)["rules of Counts"] == [
        ("F8:F2003", "expression", ['AND($I8<>"",$F8=$I8)'])
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        pytest.param(
            "'Counts'!G9",
            "'Counts'!G9: the column Previous value of the table Counts would be written over",
            id="beside a table",
        ),
        pytest.param(
            "'Settings'!C33",
            "'Settings'!C33: the table Settings would grow over this cell",
            id="below the settings",
        ),
        pytest.param(
            "'Checks'!J4",
            "'Checks'!J4: what the last refresh left would be written over this cell",
            id="beside the list on Checks",
        ),
        pytest.param(
            "'Why'!F4",
            "'Why'!F4: a heading of Why would be written over this cell",
            id="beside the headings of Why",
        ),
        pytest.param(
            "'Guide'!A60",
            "",
            id="below the Guide, which is then an analyst's",
        ),
    ],
)
def test_a_cell_in_the_way_is_named_and_nothing_is_written(
    cell: str, said: str, tmp_path: Path
) -> None:
    path = copy_of(FIRST, tmp_path)
    edited(path, {cell: "mine"})
    before = path.read_bytes()
    if not said:
        assert "the sheet Guide (new)" in upgraded(path).added
        return
    with pytest.raises(RefusedError, match="^" + said.replace("(", r"\(")):
        upgrade_file(path)
    assert path.read_bytes() == before


def test_a_sheet_of_an_analysts_own_that_has_the_name_is_named(tmp_path: Path) -> None:
    path = copy_of(FIRST, tmp_path)
    redefine(path, {"why_body": None})
    with pytest.raises(RefusedError, match="'Why': this sheet has no name why_body"):
        upgrade_file(path)


def test_a_workbook_of_a_later_template_is_refused(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    redefine(path, {"template_version": "7"})
    with pytest.raises(RefusedError, match="of the template's version 7, and this scorecard_xl"):
        upgrade_file(path)


def test_a_workbook_that_is_no_scorecard_is_refused(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    redefine(path, {"scorecard_body": None})
    with pytest.raises(InvalidWorkbookError, match="scorecard_body"):
        upgrade_file(path)


def test_settings_that_are_new_change_no_figure(tmp_path: Path) -> None:
    path = copy_of(FIRST, tmp_path)
    change_settings(path, area="Kent & Medway")
    refreshed(path)
    shown = shown_rows(path)
    upgraded(path)
    assert shown_rows(path) == shown
    refreshed(path)
    assert shown_rows(path) == shown
