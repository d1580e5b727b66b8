"""The package check: a sound workbook passes, and every planted fault is named."""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.judges.faults import COUNTS, FAULTS, TYPES, WORKBOOK
from tests.judges.package_check import problems_of_package

if TYPE_CHECKING:
    from pathlib import Path


def replant(path: Path, entry: str, pattern: str, replacement: str) -> None:
    """Rewrite the package with every match of the pattern replaced in one entry."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    text = entries[entry].decode()
    changed = re.sub(pattern, replacement, text, flags=re.DOTALL)
    assert changed != text, "the fault was not planted"
    entries[entry] = changed.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def test_a_sound_workbook_has_no_problems(workbook_path: Path) -> None:
    assert problems_of_package(workbook_path) == []


def test_a_workbook_with_all_of_excels_parts_has_no_problems(rich_path: Path) -> None:
    assert problems_of_package(rich_path) == []


def test_a_workbook_that_openpyxl_wrote_has_no_problems(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a text", 1.5, True, "=B1*2", None, -0.25e-9])
    book.save(tmp_path / "plain.xlsx")
    assert problems_of_package(tmp_path / "plain.xlsx") == []


@pytest.mark.parametrize(
    ("entry", "pattern", "replacement", "said"), FAULTS.values(), ids=FAULTS.keys()
)
def test_a_planted_fault_is_named(
    rich_path: Path, entry: str, pattern: str, replacement: str, said: str
) -> None:
    replant(rich_path, entry, pattern, replacement)
    problems = problems_of_package(rich_path)
    assert any(said in problem for problem in problems), problems


def test_two_tables_in_the_same_cells_are_named(rich_path: Path) -> None:
    replant(rich_path, "xl/worksheets/_rels/sheet2.xml.rels", "</Relationships>", (
        '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/table" Target="../tables/table2.xml"/></Relationships>'
    ))  # fmt: skip
    replant(rich_path, "xl/tables/table2.xml", "A1:B2", "D8:E9")
    assert f"{COUNTS}: table A4:D8 overlaps table D8:E9" in problems_of_package(rich_path)


def test_a_workbook_without_a_visible_sheet_is_named(rich_path: Path) -> None:
    replant(rich_path, WORKBOOK, "<sheet name", '<sheet state="hidden" name')
    replant(rich_path, WORKBOOK, ' state="hidden" r:id', " r:id")
    assert "workbook: no sheet is visible" in problems_of_package(rich_path)


def test_a_missing_part_of_a_relations_file_is_named(rich_path: Path) -> None:
    with zipfile.ZipFile(rich_path, "a") as archive:
        archive.writestr("xl/charts/_rels/chart1.xml.rels", "<Relationships/>")
    (problem,) = problems_of_package(rich_path)
    assert problem.endswith("its part xl/charts/chart1.xml is missing")


def test_a_package_without_a_workbook_is_named(rich_path: Path) -> None:
    replant(rich_path, "_rels/.rels", "relationships/officeDocument", "relationships/nothing")
    assert problems_of_package(rich_path) == ["package: nothing leads to a workbook"]


def test_a_file_that_is_no_zip_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("no zip", encoding="utf-8")
    (problem,) = problems_of_package(tmp_path / "text.xlsx")
    assert problem.startswith("zip: cannot be read")


def test_an_entry_twice_is_named(rich_path: Path) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(rich_path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("XL/styles.xml", "<styleSheet/>")
    assert problems_of_package(rich_path) == ["zip: entry 'xl/styles.xml' is there twice"]


@pytest.mark.parametrize("name", ["/xl/a.xml", "xl/../../a.xml", "xl\\a.xml", "C:/a.xml"])
def test_an_entry_that_leads_out_of_the_package_is_named(rich_path: Path, name: str) -> None:
    with zipfile.ZipFile(rich_path, "a") as archive:
        archive.writestr(name, "<a/>")
    assert problems_of_package(rich_path) == [f"zip: entry {name!r} leads out of the package"]


def test_a_missing_list_of_content_types_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bare.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert problems_of_package(tmp_path / "bare.xlsx") == ["zip: [Content_Types].xml is missing"]


def test_an_entry_packed_in_another_way_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bare.xlsx", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(TYPES, "<Types/>")
    (problem,) = problems_of_package(tmp_path / "bare.xlsx")
    assert "packed in a way that Excel cannot read" in problem


def test_a_name_that_differs_in_the_directory_is_named(rich_path: Path) -> None:
    content = rich_path.read_bytes()
    rich_path.write_bytes(content.replace(b"xl/styles.xml", b"xl/stylex.xml", 1))
    with zipfile.ZipFile(rich_path) as archive:
        assert archive.getinfo("xl/styles.xml").header_offset > 0
    problems = problems_of_package(rich_path)
    assert "zip: entry 'xl/styles.xml' has another name in the directory" in problems


def test_a_directory_that_points_into_an_entry_is_named(rich_path: Path) -> None:
    content = bytearray(rich_path.read_bytes())
    entry = content.rindex(b"xl/styles.xml")
    (offset,) = struct.unpack_from("<I", content, entry - 4)
    struct.pack_into("<I", content, entry - 4, offset + 1)
    rich_path.write_bytes(content)
    problems = problems_of_package(rich_path)
    assert problems[0] == "zip: the directory points 'xl/styles.xml' at no entry"


def test_an_entry_that_fails_its_checksum_is_named(rich_path: Path) -> None:
    content = bytearray(rich_path.read_bytes())
    entry = content.rindex(b"xl/media/image1.png")
    struct.pack_into("<I", content, entry - 30, 12345)
    rich_path.write_bytes(content)
    assert problems_of_package(rich_path) == ["zip: entry 'xl/media/image1.png' fails its checksum"]
