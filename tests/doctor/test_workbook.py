"""The examination of a workbook: what it is, who holds it, and what lies in and beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl.doctor import findings
from scorecard_xl.engines.file.package import Package
from tests.doctor.machines import about, windows_machine
from tests.scorecards import EMPTY, KENT, TEMPLATES, copy_of
from tests.upgrading.old_workbooks import BEFORE_ROLLING

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a workbook, apart from the user's own."""
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def remedies_for(path: Path) -> list[str]:
    """What is to be put right about a workbook, on a machine of which nothing is asked."""
    whole = findings(path, machine=windows_machine(path.parents[1]))
    without = findings(machine=windows_machine(path.parents[1]))
    return [str(finding) for finding in whole[len(without) :] if finding.remedy]


def told(path: Path, subject: str) -> list[str]:
    return about(subject, findings(path, machine=windows_machine(path.parents[1])))


@pytest.mark.parametrize("name", [KENT.name, EMPTY.name, "scorecard_kent_2013_01.xlsm"])
def test_our_workbooks_have_nothing_to_put_right(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes((TEMPLATES / name).read_bytes())
    assert remedies_for(path) == []
    assert told(path, name) == [f"{name}: is a scorecard, on the sheet 'Scorecard'."]


def test_a_workbook_that_is_no_scorecard_is_told(folder: Path) -> None:
    path = folder / "plain.xlsx"
    openpyxl.Workbook().save(path)
    first = remedies_for(path)[0]
    assert first == (
        "plain.xlsx: Scorecard: nothing says where the scorecard goes: its sheet is gone, or all "
        "names of it are; go on with an earlier copy of the workbook, and take this one's tables "
        "into it."
    )


def test_a_missing_workbook_is_told(folder: Path) -> None:
    path = folder / "missing.xlsx"
    assert remedies_for(path) == [
        f"missing.xlsx: {path} was not found; check the name and the folder."
    ]


def test_a_damaged_workbook_is_told(folder: Path) -> None:
    path = folder / "damaged.xlsx"
    path.write_bytes(b"text")
    assert remedies_for(path) == [
        "damaged.xlsx: damaged.xlsx is not an Excel workbook; choose an .xlsx or .xlsm file."
    ]


def test_who_has_it_open_is_told_and_the_rest_is_examined(folder: Path) -> None:
    path = copy_of(KENT, folder)
    (folder / "~$scorecard.xlsx").write_bytes(b"\x03Ada")
    assert remedies_for(path) == [
        "Open elsewhere: Ada in Excel (lock file ~$scorecard.xlsx); close it there, or refresh it "
        "in Excel; delete the lock file if nobody has it open."
    ]
    assert told(path, path.name) == ["scorecard.xlsx: is a scorecard, on the sheet 'Scorecard'."]


def test_a_protected_sheet_is_told_only_where_a_refresh_would_fill_it(folder: Path) -> None:
    path = folder / "scorecard.xlsx"
    book = openpyxl.load_workbook(KENT)
    book["Scorecard"].protection.enable()
    book["Guide"].protection.enable()
    book.save(path)
    assert remedies_for(path) == [
        "scorecard.xlsx: the sheet 'Scorecard' is protected, and Excel lets nobody fill it; take "
        "the protection off with Review, Unprotect Sheet."
    ]


@pytest.mark.parametrize("name", ["xlwings.conf", "XLWINGS.CONF", "main.py"])
def test_a_sheet_that_could_run_a_program_is_told(folder: Path, name: str) -> None:
    path = folder / "scorecard.xlsx"
    book = openpyxl.load_workbook(KENT)
    book.create_sheet(name)
    book.save(path)
    assert remedies_for(path) == [
        f"scorecard.xlsx: its sheet {name!r} could run a program of somebody else's; delete the "
        "sheet if you know where it comes from, or ask your IT desk."
    ]


def test_settings_beside_it_are_told(folder: Path) -> None:
    path = copy_of(KENT, folder)
    (folder / "Xlwings.conf").touch()
    assert remedies_for(path) == [
        "Files beside it: Xlwings.conf could make the buttons run a program of somebody else's; "
        "move the workbook to a folder of its own."
    ]


@pytest.mark.parametrize("name", ["pandas.py", "scorecard.zip"])
def test_python_files_beside_it_are_named(folder: Path, name: str) -> None:
    path = copy_of(KENT, folder)
    (folder / name).touch()
    assert told(path, "Files beside it") == [
        f"Files beside it: Python files, such as {name}, which are run only if xlwings is set to "
        "do so."
    ]


def test_a_read_only_workbook_is_told(folder: Path) -> None:
    path = copy_of(KENT, folder)
    path.chmod(0o444)
    assert remedies_for(path) == [
        f"Write access: {path} is read-only; clear Read-only in its properties, or ask for the "
        "right to change it."
    ]


def test_a_workbook_on_onedrive_is_told(folder: Path) -> None:
    path = copy_of(KENT, folder)
    environ = {"OneDriveCommercial": str(folder)}
    machine = windows_machine(folder.parent, environ=environ)
    assert about("On OneDrive", findings(path, machine=machine)) == [
        "On OneDrive: yes, so Excel may know it by an address; name it by its file name alone."
    ]
    assert told(path, "On OneDrive") == ["On OneDrive: no."]


def test_a_part_that_cannot_be_parsed_is_told(folder: Path) -> None:
    path = folder / "broken.xlsx"
    package = Package(KENT.read_bytes(), name="kent")
    path.write_bytes(package.replaced({"xl/workbook.xml": b"<workbook"}).to_bytes())
    [remedy] = remedies_for(path)
    assert remedy.startswith("broken.xlsx: ")


def test_a_workbook_of_an_older_template_is_told_what_adds_the_new(folder: Path) -> None:
    (remedy,) = remedies_for(copy_of(BEFORE_ROLLING, folder))
    assert remedy.startswith("scorecard.xlsx: is made from the template's version 1, and today's")
    assert "scorecard-xl upgrade adds what is new" in remedy
