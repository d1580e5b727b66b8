"""A workbook that the analyst rearranged: tables, sheets and columns are found where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.judges.opened_package import MAIN
from tests.judges.package_check import problems_of_package
from tests.rearranging import change_sheet, move_table, redefine, rename_sheet, reverse_sheets
from tests.scorecards import (
    KENT,
    PUBLISHED,
    PUBLISHED_SUMMARY,
    copy_of,
    edited,
    enter,
    in_part,
    names_of,
    part_of,
    refreshed,
    shown_rows,
    skeleton_in,
    text_at,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml import etree


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


@pytest.fixture(scope="module")
def with_330_000(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], str]:
    """Rows and summary of the untouched workbook for 330,000 children."""
    path = copy_of(KENT, tmp_path_factory.mktemp("untouched"))
    enter(path, children_under_18=330_000)
    refreshed(path)
    return shown_rows(path), text_at(path, "scorecard_summary")


def move_both(path: Path) -> None:
    move_table(path, "Counts", source="Counts", target="Counts", down=7, right=3)
    move_table(path, "Settings", source="Settings", target="Settings", down=40, right=0)


@pytest.mark.parametrize("fill", ["values", "formulas"])
@pytest.mark.parametrize(
    "rearrange",
    [
        pytest.param(move_both, id="tables elsewhere on their sheets"),
        pytest.param(
            lambda path: move_table(
                path, "History", source="History", target="Settings", down=3, right=10
            ),
            id="a table on another sheet",
        ),
        pytest.param(reverse_sheets, id="sheets in another order"),
        pytest.param(
            lambda path: [
                rename_sheet(path, "Counts", "Data for Jan '13"),
                rename_sheet(path, "Scorecard", "Board's view"),
                rename_sheet(path, "Styles", "Looks"),
            ],
            id="sheets renamed",
        ),
    ],
)
def test_a_refresh_finds_everything(
    kent: Path,
    with_330_000: tuple[list[dict[str, str]], str],
    rearrange: Callable[[Path], None],
    fill: str,
) -> None:
    rearrange(kent)
    enter(kent, children_under_18=330_000)
    refreshed(kent, fill=fill)
    assert (shown_rows(kent), text_at(kent, "scorecard_summary")) == with_330_000
    assert problems_of_package(kent) == []


def test_headings_match_without_case_and_with_spaces_for_underscores(kent: Path) -> None:
    headings = {"Data period": "DATA_PERIOD", "Green tolerance": "green  tolerance"}
    edited(kent, {"Indicators!E4": "DATA_PERIOD", "Indicators!K4": "green  tolerance"})
    for old, new in headings.items():
        in_part(kent, "xl/tables/table2.xml", f'name="{old}"', f'name="{new}"')
    refreshed(kent)
    assert shown_rows(kent) == PUBLISHED


def test_a_column_moves_with_its_name(tmp_path: Path) -> None:
    path = skeleton_in(tmp_path)
    edited(path, {"Scorecard!R6": "RAG Status", "Scorecard!E6": None})
    redefine(path, {"column_rag": "Scorecard!$R$6"})
    refreshed(path)
    assert shown_rows(path) == PUBLISHED
    sheet = openpyxl.load_workbook(path)["Scorecard"]
    assert {cell.value for (cell,) in sheet["E7:E52"]} == {None}
    areas = {str(area.sqref) for area in sheet.conditional_formatting}
    assert "R7:R52" in areas
    assert "E7:E52" not in areas


@pytest.mark.parametrize("fill", ["values", "formulas"])
def test_columns_change_places_in_a_filled_workbook(kent: Path, fill: str) -> None:
    redefine(
        kent,
        {
            "column_target": "Scorecard!$I$6",
            "column_previous": "Scorecard!$H$6",
            "column_numerator": "Scorecard!$G$6",
            "column_denominator": "Scorecard!$F$6",
        },
    )
    refreshed(kent, fill=fill)
    assert shown_rows(kent) == PUBLISHED
    assert text_at(kent, "scorecard_summary") == PUBLISHED_SUMMARY
    sheet = openpyxl.load_workbook(kent, data_only=True)["Scorecard"]
    assert [sheet[f"{column}8"].value for column in "FGHI"] == [322813, 2163, 64.9, 77.2]


# Where the template has each column, and what it then shows from the first section on.
COLUMNS = {
    name: place.left
    for name, place in names_of(KENT).items()
    if name.startswith("column_") and place is not None
}


@pytest.fixture(scope="module")
def full() -> dict[str, list[object]]:
    """What Kent's workbook shows in each column."""
    return columns_of(KENT)


def columns_of(path: Path) -> dict[str, list[object]]:
    sheet = openpyxl.load_workbook(path, data_only=True)["Scorecard"]
    return {
        name: [sheet.cell(row, column).value for row in range(7, 53)]
        for name, column in COLUMNS.items()
    }


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_whose_name_is_deleted_is_not_filled_and_the_rest_is(
    tmp_path: Path, full: dict[str, list[object]], name: str
) -> None:
    path = skeleton_in(tmp_path)
    redefine(path, {name: None})
    refreshed(path)
    # The skeleton's band of the summary stands in the first row and has a text in the first column.
    left_over = ["PERFORMANCE SUMMARY" if name == "column_indicator" else None, *[None] * 45]
    assert columns_of(path) == full | {name: left_over}


@pytest.mark.parametrize("name", ["column_indicator", "column_dot_outturn"])
def test_a_narrower_scorecard_leaves_no_merge_of_the_wider_one(kent: Path, name: str) -> None:
    redefine(kent, {name: None})
    refreshed(kent)
    merges = openpyxl.load_workbook(kent)["Scorecard"].merged_cells.ranges
    columns = "B{0}:L{0}" if name == "column_indicator" else "A{0}:K{0}"
    assert {str(merge) for merge in merges} == {columns.format(54), columns.format(55)}
    assert problems_of_package(kent) == []


@pytest.mark.parametrize(
    "name",
    [
        "scorecard_title",
        "scorecard_period",
        "scorecard_tallies",
        "scorecard_footnote",
        "checks_body",
        "prototype_rows",
    ],
)
def test_without_the_name_of_a_place_the_rest_is_filled(tmp_path: Path, name: str) -> None:
    path = skeleton_in(tmp_path)
    redefine(path, {name: None})
    refreshed(path)
    assert shown_rows(path) == PUBLISHED
    assert text_at(path, "scorecard_summary") == PUBLISHED_SUMMARY


def test_widths_rules_and_heights_of_the_analysts_own_stay(kent: Path) -> None:
    def make_own(root: etree._Element) -> None:
        column = root.find(f"{MAIN}cols")[3]
        column.set("width", "22.5")
        rule = root.makeelement(f"{MAIN}conditionalFormatting", {"sqref": "D8:D20"})
        own = rule.makeelement(f"{MAIN}cfRule", {"type": "expression", "priority": "40"})
        own.append(own.makeelement(f"{MAIN}formula", {}))
        own[0].text = "$D8>1000"
        rule.append(own)
        root.find(f"{MAIN}conditionalFormatting").addnext(rule)
        root.find(f".//{MAIN}row[@r='6']").set("ht", "60")

    change_sheet(kent, "Scorecard", make_own)
    enter(kent, children_under_18=330_000)
    refreshed(kent)
    sheet = part_of(kent, "xl/worksheets/sheet1.xml")
    assert b'width="22.5"' in sheet
    assert b"<formula>$D8&gt;1000</formula>" in sheet
    assert b'<row r="6" ht="60"' in sheet
    assert sheet.count(b"<cfRule") == 12
