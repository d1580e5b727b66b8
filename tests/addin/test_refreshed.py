"""A refresh of the template with buttons keeps its buttons, macros and ribbon as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl import open_workbook, refresh
from tests.judges.excel_parts import foreign_entries
from tests.judges.opened_package import OpenedPackage
from tests.judges.package_check import problems_of_package
from tests.judges.vba_check import problems_of_vba
from tests.scorecards import enter

if TYPE_CHECKING:
    from pathlib import Path

# What a refresh of formulas over changed counts may write: Scorecard, Checks and Why.
OWNED = (
    "xl/workbook.xml",
    "xl/styles.xml",
    *(f"xl/worksheets/sheet{number}.xml" for number in (1, 7, 8)),
)


def test_a_refresh_changes_no_byte_of_buttons_macros_and_ribbon(kent_path: Path) -> None:
    enter(kent_path, referrals_r12m=12_000)
    before = foreign_entries(kent_path, OWNED)
    with open_workbook(kent_path) as workbook:
        refresh(workbook)
        workbook.save()
    assert foreign_entries(kent_path, OWNED) == before
    assert {"xl/vbaProject.bin", "xl/drawings/vmlDrawing1.vml", "xl/drawings/vmlDrawing2.vml"} <= (
        before.keys()
    )
    assert "customUI/customUI.xml" in before
    assert problems_of_package(kent_path) + problems_of_vba(kent_path) == []


def test_the_buttons_stay_on_their_sheets(kent_path: Path) -> None:
    with open_workbook(kent_path) as workbook:
        refresh(workbook, fill="values")
        workbook.save()
    package = OpenedPackage(kent_path)
    buttons = [len(package.related(sheet.part, "vmlDrawing")) for sheet in package.sheets]
    assert buttons == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
