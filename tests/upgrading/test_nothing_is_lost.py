"""What Excel and an analyst keep in a workbook comes through an upgrade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree

from tests.judges.excel_parts import with_excel_parts
from tests.judges.foreign import foreign_entries
from tests.judges.opened_package import MAIN
from tests.judges.package_check import problems_of_package
from tests.judges.package_editor import PackageEditor, list_in_sheet, parsed
from tests.rearranging import change_sheet, move_table, rename_sheet, reverse_sheets
from tests.scorecards import PUBLISHED_SUMMARY, copy_of, part_of, refreshed, text_at
from tests.upgrading.old_workbooks import BEFORE_ROLLING, FIRST, cells_of, upgraded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.judges.libreoffice import Calc

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*not supported and will be removed"),
    pytest.mark.filterwarnings("ignore:Print area cannot be set"),
]
# What an upgrade adds to: some sheets, a table, styles, names; and the lists of parts.
TOUCHED = (
    "xl/worksheets/sheet?.xml",
    "xl/worksheets/sheet10.xml",
    "xl/tables/table1.xml",
    "xl/tables/table5.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    # The order of calculation, which Excel finds anew where rules came.
    "xl/calcChain.xml",
    "xl/_rels/workbook.xml.rels",
    "?Content_Types?.xml",
)
GROWING = ("dimension", "cols", "sheetData", "conditionalFormatting", "dataValidations")
# Texts that are written for the analyst, who has not changed them here.
RENEWED = ("Guide", "Checks", "Why")


@pytest.fixture(scope="module", params=[FIRST, BEFORE_ROLLING], ids=lambda path: path.stem)
def before(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An old workbook with every part that Excel adds, restyled and rearranged."""
    path = tmp_path_factory.mktemp("before") / "rich.xlsx"
    with_excel_parts(request.param, path)
    move_table(path, "Settings", source="Settings", target="Settings", down=4, right=1)
    change_sheet(path, "Counts", _restyled)
    rename_sheet(path, "History", "Past months")
    reverse_sheets(path)
    return path


def _restyled(sheet: etree._Element) -> None:
    """Give the typed counts the look of the title, as somebody who likes it large would."""
    for cell in sheet.iter(f"{MAIN}c"):
        if cell.get("r", "").startswith("D"):
            cell.set("s", "1")
    for column in sheet.iter(f"{MAIN}col"):
        column.set("width", "31.5")


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, upgraded."""
    path = tmp_path_factory.mktemp("after") / "rich.xlsx"
    path.write_bytes(before.read_bytes())
    upgraded(path)
    return path


def test_parts_that_gain_nothing_keep_their_bytes(before: Path, after: Path) -> None:
    assert foreign_entries(after, TOUCHED) == foreign_entries(before, TOUCHED)
    assert len(foreign_entries(after, TOUCHED)) > 30


def test_sheets_that_gain_nothing_keep_their_bytes(before: Path, after: Path) -> None:
    package = PackageEditor(before)
    for sheet in ("My notes", "Indicators", "Past months", "Commentary"):
        part = package.sheet_part(sheet)
        assert part_of(after, part) == part_of(before, part)


def test_every_cell_holds_and_shows_what_it_did(before: Path, after: Path) -> None:
    held, now = cells_of(before), cells_of(after)
    changed = {place: now.get(place) for place, cell in held.items() if now.get(place) != cell}
    assert {sheet for sheet, _ in changed} <= set(RENEWED)
    assert {cell for sheet, cell in changed if sheet == "Why"} == {"A2", "B4", "C4", "D4", "E4"}
    assert {cell for sheet, cell in changed if sheet == "Checks"} <= {"A2"}


def test_everything_around_the_cells_is_still_there(before: Path, after: Path) -> None:
    package = PackageEditor(before)
    for sheet in openpyxl.load_workbook(before).sheetnames:
        part = package.sheet_part(sheet)
        around = [_around(part_of(path, part)) for path in (before, after)]
        assert around[1] == around[0], sheet
        rules = [_members(part_of(path, part)) for path in (before, after)]
        assert rules[0] <= rules[1], sheet


def _around(sheet: bytes) -> list[bytes]:
    return [
        etree.tostring(child, method="c14n", exclusive=True, with_tail=False)
        for child in etree.fromstring(sheet)
        if str(child.tag).removeprefix(MAIN) not in GROWING
    ]


def _members(sheet: bytes) -> set[bytes]:
    """Rules, lists and messages, each by itself."""
    root = etree.fromstring(sheet)
    found = [*root.iter(f"{MAIN}conditionalFormatting"), *root.iter(f"{MAIN}dataValidation")]
    return {etree.tostring(each, method="c14n", exclusive=True, with_tail=False) for each in found}


def test_columns_keep_the_widths_that_an_analyst_gave_them(before: Path, after: Path) -> None:
    widths = [
        {
            (sheet.title, letters): column.width
            for sheet in openpyxl.load_workbook(path).worksheets
            if sheet.title not in RENEWED
            for letters, column in sheet.column_dimensions.items()
        }
        for path in (before, after)
    ]
    assert widths[0].items() <= widths[1].items()


def test_columns_that_gain_something_keep_an_analysts_width_too(tmp_path: Path) -> None:
    path = copy_of(BEFORE_ROLLING, tmp_path)
    change_sheet(path, "Checks", lambda sheet: _widen(sheet, 8, 50.0))
    change_sheet(path, "Why", lambda sheet: _widen(sheet, 4, 22.0))
    upgraded(path)
    book = openpyxl.load_workbook(path)
    widths = {
        (sheet, letters): book[sheet].column_dimensions[letters].width
        for sheet, letters in (("Checks", "H"), ("Checks", "I"), ("Why", "D"), ("Why", "E"))
    }
    # Beside them, columns that nobody widened have the template's.
    assert widths == {
        ("Checks", "H"): 50.0,
        ("Checks", "I"): 6.7109375,
        ("Why", "D"): 22.0,
        ("Why", "E"): 32.7109375,
    }


def _widen(sheet: etree._Element, column: int, width: float) -> None:
    """Drag a column to another width."""
    for group in sheet.iter(f"{MAIN}col"):
        if int(group.get("min", "0")) == int(group.get("max", "0")) == column:
            group.set("width", f"{width:g}")
            return
    new = parsed(f'<col min="{column}" max="{column}" width="{width:g}" customWidth="1"/>')
    list_in_sheet(sheet, "cols").append(new)


def test_names_keep_their_meaning(before: Path, after: Path) -> None:
    names = [
        {
            name: defined.attr_text
            for name, defined in openpyxl.load_workbook(path).defined_names.items()
        }
        for path in (before, after)
    ]
    assert names[0].items() <= names[1].items()


def test_the_judges_find_nothing_of_our_making(
    validator_problems: Callable[[Path], list[str]], after: Path
) -> None:
    assert problems_of_package(after) == []
    assert validator_problems(after) == []


def test_libreoffice_opens_it(calc: Calc, after: Path) -> None:
    with calc.open(after) as book:
        assert book.shown("Counts", "G4") == [["Previous value"]]


def test_a_refresh_then_fills_it(after: Path, tmp_path: Path) -> None:
    path = tmp_path / "rich.xlsx"
    path.write_bytes(after.read_bytes())
    refreshed(path)
    assert text_at(path, "scorecard_summary") == PUBLISHED_SUMMARY
    assert problems_of_package(path) == []
