"""Excel's parts: they pass every judge, and a program that loses them is found out."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from tests.judges.excel_parts import (
    NOTES_SHEET,
    USER_CELLS,
    foreign_elements,
    foreign_entries,
    with_excel_parts,
)
from tests.judges.package_check import problems_of_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.judges.libreoffice import Calc

SHEET = "xl/worksheets/sheet1.xml"


def entry(path: Path, name: str = SHEET) -> bytes:
    """Return the content of one entry of a package."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def test_both_validators_pass_the_parts(
    validator_problems: Callable[[Path], list[str]], rich_path: Path
) -> None:
    assert validator_problems(rich_path) == []


def test_libreoffice_shows_what_the_user_added(calc: Calc, rich_path: Path) -> None:
    with calc.open(rich_path) as book:
        assert book.sheet_names[-1] == NOTES_SHEET
        shown = {cell: book.shown("Scorecard", cell)[0][0] for cell in USER_CELLS}
    assert shown == USER_CELLS


def test_the_users_formulas_are_cached_as_they_calculate(calc: Calc, rich_path: Path) -> None:
    with calc.open(rich_path) as book:
        cached = book.values("Scorecard", "Q9"), book.values(NOTES_SHEET, "B2")
        book.recalculate()
        assert (book.values("Scorecard", "Q9"), book.values(NOTES_SHEET, "B2")) == cached


@pytest.mark.parametrize(
    "part",
    [
        "xl/ctrlProps/ctrlProp1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/drawings/drawing1.xml",
        "xl/media/image1.png",
        "xl/comments1.xml",
        "xl/threadedComments/threadedComment1.xml",
        "xl/persons/person.xml",
        "xl/slicers/slicer1.xml",
        "xl/slicerCaches/slicerCache1.xml",
        "xl/printerSettings/printerSettings1.bin",
        "xl/calcChain.xml",
        "customUI/customUI14.xml",
        "customXml/item1.xml",
        "customXml/itemProps1.xml",
        "docProps/custom.xml",
    ],
)
def test_each_part_is_there(rich_path: Path, part: str) -> None:
    assert part in zipfile.ZipFile(rich_path).namelist()


def test_a_workbook_with_parts_of_its_own_takes_more(tmp_path: Path) -> None:
    source, target = tmp_path / "source.xlsm", tmp_path / "target.xlsm"
    with xlsxwriter.Workbook(source) as book:
        scorecard, counts = book.add_worksheet("Scorecard"), book.add_worksheet("Counts")
        scorecard.insert_button("B2", {"macro": "Refresh", "caption": "Refresh"})
        scorecard.insert_textbox("C3", "A box")
        scorecard.write_comment("B3", "A note")
        scorecard.conditional_format("B4:B9", {"type": "data_bar", "data_bar_2010": True})
        scorecard.set_column("O:XFD", 3)
        scorecard.write("A1", "Scorecard")
        columns = [{"header": name} for name in ("Code", "Data period")]
        counts.add_table("A4:B8", {"name": "Counts", "columns": columns})
        book.define_name("scorecard_body", "=Scorecard!$A$7")
    with_excel_parts(source, target)
    assert problems_of_package(source) == []
    assert problems_of_package(target) == []
    assert entry(target).count(b"<drawing ") == 1
    assert entry(target).count(b"<legacyDrawing ") == 1


def test_entries_are_compared_as_they_are_packed(rich_path: Path, tmp_path: Path) -> None:
    packed_again = tmp_path / "again.xlsx"
    with (
        zipfile.ZipFile(rich_path) as source,
        zipfile.ZipFile(packed_again, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    before, after = foreign_entries(rich_path, ()), foreign_entries(packed_again, ())
    assert before.keys() == after.keys()
    assert before[SHEET] != after[SHEET]
    assert before[SHEET][1] == after[SHEET][1]


def test_owned_entries_are_not_compared(rich_path: Path) -> None:
    foreign = foreign_entries(rich_path, ["xl/worksheets/*", "xl/styles.xml"])
    assert foreign.keys() & {SHEET, "xl/styles.xml", "xl/workbook.xml"} == {"xl/workbook.xml"}


@pytest.mark.filterwarnings("ignore:.*not supported and will be removed")
def test_a_program_that_loses_parts_is_found_out(rich_path: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xlsx"
    openpyxl.load_workbook(rich_path).save(saved)
    lost = foreign_entries(rich_path, ()).keys() - foreign_entries(saved, ()).keys()
    assert {"xl/ctrlProps/ctrlProp1.xml", "customXml/item1.xml", "xl/persons/person.xml"} <= lost
    assert foreign_elements(entry(saved)) != foreign_elements(entry(rich_path))


@pytest.mark.parametrize(
    ("written", "changed", "is_foreign"),
    [
        pytest.param(b"<v>12</v>", b"<v>13</v>", True, id="a figure right of the block"),
        pytest.param(b"<v>G</v>", b"<v>A</v>", False, id="a letter in the block"),
        pytest.param(b'width="31.7109375"', b'width="3"', True, id="a column's width"),
        pytest.param(b"<formula>$Q7=7<", b"<formula>$Q7=8<", True, id="a rule that reaches out"),
        pytest.param(b'<formula>"G"<', b'<formula>"A"<', False, id="a rule in the block"),
        pytest.param(b"<xm:sqref>S8<", b"<xm:sqref>S9<", True, id="a sparkline"),
        pytest.param(b'shapeId="1025"', b'shapeId="1026"', True, id="a button"),
        pytest.param(b'ref="A9:L9"', b'ref="A8:L8"', False, id="the summary's merge"),
    ],
)
def test_a_change_shows_where_it_is_foreign(
    rich_path: Path, written: bytes, changed: bytes, is_foreign: bool
) -> None:
    before = entry(rich_path)
    after = before.replace(written, changed)
    assert after != before
    assert (foreign_elements(after) != foreign_elements(before)) is is_foreign


def test_another_spelling_of_the_same_xml_is_no_change(rich_path: Path) -> None:
    before = entry(rich_path)
    after = before.replace(b"<v>12</v></c>", b"<v>12</v></c >").replace(
        b'<col min="17" max="17"', b"<col  max='17' min='17'"
    )
    assert after != before
    assert foreign_elements(after) == foreign_elements(before)
