"""Figures that are there, and are shown otherwise or not at all, are named by their cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.circulating import verify
from tests.judges.package_editor import PackageEditor

if TYPE_CHECKING:
    from pathlib import Path

SCORECARD, STYLES, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"


def found_after(copy: Path, folder: Path, part: str, old: str, new: str) -> dict[str, str]:
    """What verify says, by place, of a copy with a part edited."""
    package = PackageEditor(copy)
    before = package.entries[part].decode()
    after = re.sub(old, new, before, count=1)
    assert after != before
    package.entries[part] = after.encode()
    edited = folder / "edited.xlsx"
    package.save(edited)
    return {problem.place: problem.finding for problem in verify(edited).problems}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param('"0.0%"', '"0%"', "D11", id="fewer decimals"),
        pytest.param('"0.0%"', '"0.0&quot;%&quot;"', "D11", id="a sign that does not multiply"),
        pytest.param('"#,##0.0_%"', '"&quot;9&quot;"', "D9", id="another figure as a text"),
        pytest.param('"#,##0.0_%"', '";;;"', "D9", id="nothing"),
        pytest.param("FF1A1A1A", "FFFFFFFF", "D9", id="white on white"),
        pytest.param('rgb="FF1A1A1A"', 'theme="0"', "D9", id="a colour of the theme"),
        pytest.param("FF57B894", "FFA61C1C", "E12", id="a G on red"),
        pytest.param('<sz val="10"/>', '<sz val="1"/>', "D9", id="too small to be read"),
    ],
)
def test_a_figure_that_is_shown_otherwise_is_named(
    kent_copy: Path, tmp_path: Path, old: str, new: str, place: str
) -> None:
    package = PackageEditor(kent_copy)
    styles = package.entries[STYLES].decode()
    package.entries[STYLES] = styles.replace(old, new).encode()
    edited = tmp_path / "edited.xlsx"
    package.save(edited)
    assert f"'Scorecard'!{place}" in [problem.place for problem in verify(edited).problems]


def test_the_finding_tells_both_formats(kent_copy: Path, tmp_path: Path) -> None:
    found = found_after(kent_copy, tmp_path, STYLES, '"0.0%"', '"0%"')
    assert found["'Scorecard'!D11"] == "its number format is '0%', where a copy has '0.0%'"
    assert {place.partition("!")[0] for place in found} == {
        "'Scorecard'",
        "'Accessible'",
        "'Exceptions'",
    }


def test_a_blank_letter_that_is_coloured_is_named(kent_copy: Path, tmp_path: Path) -> None:
    package = PackageEditor(kent_copy)
    sheet = package.entries[SCORECARD].decode()
    green = re.search(r'<c r="E12" s="(\d+)"', sheet)
    assert green is not None
    new = rf'<c r="E43" s="{green[1]}"'
    found = found_after(kent_copy, tmp_path, SCORECARD, r'<c r="E43" s="\d+"', new)
    assert found == {"'Scorecard'!E43": "its fill is '57B894', where a copy has none"}


@pytest.mark.parametrize(
    ("part", "old", "new", "place"),
    [
        pytest.param(SCORECARD, '<row r="9"', '<row r="9" hidden="1"', "!9:9", id="a row"),
        pytest.param(SCORECARD, 'r="9" ht="[^"]*"', 'r="9" ht="0"', "!9:9", id="a row of 0 points"),
        pytest.param(SCORECARD, '<col min="4"', '<col hidden="1" min="4"', "!D:D", id="a column"),
        pytest.param(SCORECARD, "(<mergeCells[^>]*>)", r'\1<mergeCell ref="D9:E9"/>', "!E9",
                     id="a cell under a merge"),
        pytest.param(SCORECARD, "<sheetView ", '<sheetView showZeros="0" ', "", id="zeros"),
        pytest.param(SCORECARD, "<printOptions", '<conditionalFormatting sqref="D9"/><printOptions',
                     "", id="a conditional format"),
        pytest.param(SCORECARD, "</worksheet>", '<drawing r:id="rId9"/></worksheet>', "",
                     id="a picture over cells"),
        pytest.param(WORKBOOK, '<sheet name="Scorecard"', '<sheet state="hidden" name="Scorecard"',
                     "", id="a sheet"),
        pytest.param(STRINGS, "<t[^>]*>OFFICIAL</t>",
                     '<r><rPr><color rgb="FFFFFFFF"/></rPr><t>OFFICIAL</t></r>', "!A3",
                     id="a part of a text"),
    ],
)  # fmt: skip
def test_what_hides_or_covers_figures_is_named(
    kent_copy: Path, tmp_path: Path, part: str, old: str, new: str, place: str
) -> None:
    assert f"'Scorecard'{place}" in found_after(kent_copy, tmp_path, part, old, new)
