"""The version in an add-in's macros, as an independent reader of macros finds it."""

from __future__ import annotations

import importlib.metadata
import re

import pytest

from scorecard_xl.engines.file.package import Package
from scorecard_xl.installing.addin_version import version_of_addin
from scorecard_xl.installing.sources import ADDINS, addin_in_package
from tests.judges.vba_project import read_vba_project
from tests.scorecards import KENT, TEMPLATES


@pytest.mark.parametrize("name", ADDINS)
def test_the_version_is_the_one_that_the_macros_state(name: str) -> None:
    path = addin_in_package(name)
    texts = "\n".join(module.text for module in read_vba_project(path).modules)
    stated = re.findall(r'Const (?:ADDIN|XLWINGS)_VERSION As String = "(.*)"', texts)
    assert [version_of_addin(path.read_bytes(), name=name)] == stated


def test_the_vendors_add_in_is_of_its_packages_version() -> None:
    content = addin_in_package("xlwings.xlam").read_bytes()
    assert version_of_addin(content, name="x") == importlib.metadata.version("xlwings")


def test_a_workbook_without_macros_states_none() -> None:
    assert version_of_addin(KENT.read_bytes(), name=KENT.name) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99])
def test_what_is_no_add_in_states_none(content: bytes) -> None:
    assert version_of_addin(content, name="x.xlam") is None


def test_a_damaged_project_ends_in_a_version_or_none() -> None:
    package = Package((TEMPLATES / "scorecard.xlam").read_bytes(), name="x")
    project = package.read("xl/vbaProject.bin")
    found = set()
    for at in range(0, len(project), 97):
        damaged = project[:at] + bytes([project[at] ^ 0xFF]) + project[at + 1 :]
        content = package.replaced({"xl/vbaProject.bin": damaged}).to_bytes()
        found.add(version_of_addin(content, name="x"))
    assert {"0.1.0", None} <= found
