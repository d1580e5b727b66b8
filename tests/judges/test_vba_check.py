"""The check of VBA projects: a sound one passes, and every planted fault is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, decompress

from scorecard_xl.engines.file.package import Package
from tests.judges.vba_check import problems_of_vba
from workbook_templates.build.addin_book import write_addin
from workbook_templates.build.macros import PROJECT_PART

if TYPE_CHECKING:
    from pathlib import Path

PROJECT, DIR, BUTTONS = "PROJECT", "VBA/dir", "VBA/ScorecardButtons"
COMPILED, NAMES, WORKBOOK = "VBA/_VBA_PROJECT", "PROJECTwm", "xl/workbook.xml"

# What is replaced where, and what is said of it.
FAULTS = {
    "compiled code announced": (
        COMPILED, b"\xff\xff", b"\xb2\x00", "_VBA_PROJECT: is not that of a project without",
    ),
    "bytes behind the end of dir": (
        DIR, b"\x2b\0\0\0\0\0\x10\0\0\0\0\0", b"\x2b\0\0\0\0\0\x10\0\0\0\0\0\0\0\0\0",
        "dir: 4 bytes stand behind its end",
    ),
    "dir cut off": (DIR, b"\x10\0\0\0\0\0", b"", "dir: has no end"),
    "a count of modules that is too high": (
        DIR, b"\x0f\0\x02\0\0\0\x08\0", b"\x0f\0\x02\0\0\0\x09\0", "dir: counts other modules",
    ),
    "an unknown record": (DIR, b"\x2b\0\0\0\0\0\x10", b"\x77\0\0\0\0\0\x10", "record 0x77"),
    "another code page": (
        DIR, b"\x03\0\x02\0\0\0\xe4\x04", b"\x03\0\x02\0\0\0\xe9\xfd", "the code page is not 1252",
    ),
    "a text that starts elsewhere": (
        DIR, b"\x31\0\x04\0\0\0\0\0\0\0", b"\x31\0\x04\0\0\0\x07\0\0\0", "compiled code stands",
    ),
    "a stream under another name": (
        DIR, b"\x1a\0\x10\0\0\0ScorecardButtons", b"\x1a\0\x10\0\0\0ScorecardBottoms",
        "VBA/ScorecardBottoms: is listed, but not there",
    ),
    "a Unicode name that differs": (
        DIR, "ScorecardCall".encode("utf-16-le"), "ScorecardCoal".encode("utf-16-le"),
        "ScorecardCall: its Unicode names are others",
    ),
    "a module that names itself otherwise": (
        BUTTONS, b'"ScorecardButtons"', b'"Buttons"', "its text does not begin with its name",
    ),
    "lines as Unix ends them": (BUTTONS, b"\r\n", b"\n", "ScorecardButtons: a line does not end"),
    "variables that need no declaration": (
        BUTTONS, b"Option Explicit\r\n", b"", "ScorecardButtons: lacks Option Explicit",
    ),
    "a sheet's module without its base": (
        "VBA/Sheet1", b"VB_Base", b"VB_Bass", "Sheet1: is a document without a base",
    ),
    "a module that PROJECT leaves out": (
        PROJECT, b"Module=ScorecardCall\r\n", b"", "PROJECT: 'Module=ScorecardCall' is missing",
    ),
    "a module of another kind": (
        PROJECT, b"Module=ScorecardCall", b"Class=ScorecardCall", "PROJECT: 'Class=ScorecardCall'",
    ),
    "a project without a name": (PROJECT, b"Name=", b"Title=", "PROJECT: Name= is not there once"),
    "an id that its keys do not fit": (
        PROJECT, b'ID="{E', b'ID="{A', "PROJECT: CMG does not fit the project's id",
    ),
    "an id that is no GUID": (PROJECT, b'ID="{', b'ID="', "PROJECT: its id is no GUID"),
    "another name in the map of names": (
        NAMES, b"Sheet1\0", b"Sheet9\0", "PROJECTwm: pairs other names",
    ),
    "a workbook without its code name": (
        WORKBOOK, b'codeName="ThisWorkbook"', b"", "code name 'ThisWorkbook' does not fit",
    ),
    "a sheet under another code name": (
        "xl/worksheets/sheet1.xml", b'codeName="Sheet1"', b'codeName="Sheet2"',
        "code name 'Sheet2' does not fit",
    ),
    "a project that nothing leads to": (
        "xl/_rels/workbook.xml.rels", b"relationships/vbaProject", b"relationships/other",
        "nothing leads to the project",
    ),
}  # fmt: skip


@pytest.fixture
def addin(tmp_path: Path) -> Path:
    path = tmp_path / "scorecard.xlam"
    write_addin(path)
    return path


def plant(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Replace bytes in a part of the package, or in an unpacked stream of its project."""
    package = Package(path.read_bytes(), name=path.name)
    if part in package:
        content = package.read(part)
        assert old in content, "the fault was not planted"
        changed = {part: content.replace(old, new)}
    else:
        changed = {PROJECT_PART: in_stream(package.read(PROJECT_PART), part, old, new)}
    path.write_bytes(package.replaced(changed).to_bytes())


def in_stream(project: bytes, name: str, old: bytes, new: bytes) -> bytes:
    storage = CFB.from_bytes(project)
    *folders, stream = name.split("/")
    is_packed = bool(folders) and name != COMPILED
    content = storage.get_stream_at(folders, stream)
    content = decompress(content) if is_packed else content
    assert old in content, "the fault was not planted"
    content = content.replace(old, new)
    storage.write_stream_at(folders, stream, compress(content) if is_packed else content)
    return storage.to_bytes()


def test_the_project_of_the_add_in_is_sound(addin: Path) -> None:
    assert problems_of_vba(addin) == []


@pytest.mark.parametrize(("part", "old", "new", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_planted_fault_is_named(
    addin: Path, part: str, old: bytes, new: bytes, said: str
) -> None:
    plant(addin, part, old, new)
    problems = problems_of_vba(addin)
    assert any(said in problem for problem in problems), problems


def test_a_stream_of_no_module_is_named(addin: Path) -> None:
    package = Package(addin.read_bytes(), name=addin.name)
    storage = CFB.from_bytes(package.read(PROJECT_PART))
    storage.add_stream_to_storage("VBA", "Stray", compress(b'Attribute VB_Name = "Stray"\r\n'))
    addin.write_bytes(package.replaced({PROJECT_PART: storage.to_bytes()}).to_bytes())
    assert problems_of_vba(addin) == ["VBA/Stray: no module is listed for it"]


def test_a_missing_stream_ends_the_check(addin: Path) -> None:
    package = Package(addin.read_bytes(), name=addin.name)
    storage = CFB.from_bytes(package.read(PROJECT_PART))
    storage.remove_stream("PROJECT")
    addin.write_bytes(package.replaced({PROJECT_PART: storage.to_bytes()}).to_bytes())
    assert problems_of_vba(addin) == ["project: stream PROJECT is missing"]
