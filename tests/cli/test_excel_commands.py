"""``addin`` and ``doctor``: what they say where there is no Excel with macros, and exit codes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.installing import it_desk_page
from scorecard_xl.installing.start_entry import ARGUMENTS
from tests.cli.command import as_process
from tests.scorecards import ROOT, TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command

without_excel = pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="Excel with macros may be installed here"
)


@without_excel
@pytest.mark.parametrize("command", ["install", "remove", "status"])
def test_without_excel_the_places_are_told_and_nothing_is_changed(
    tmp_path: Path, command: str
) -> None:
    ended = as_process(tmp_path, "addin", command, HOME=str(tmp_path))
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "There is no Excel with macros on this system, so nothing was changed."
    assert r"  %APPDATA%\Microsoft\Excel\XLSTART\scorecard.xlam: our add-in: the tab Scorecard" in (
        lines
    )
    assert any(line.startswith("  ~/Library/") for line in lines)
    assert [*tmp_path.iterdir()] == []


def test_the_page_for_an_it_desk_is_printed_with_hashes(run: Command) -> None:
    ended = run("addin", "it-desk")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == it_desk_page() + "\n"
    addin = (TEMPLATES / "scorecard.xlam").read_bytes()
    assert hashlib.sha256(addin).hexdigest() in ended.out


def test_the_page_is_written_to_a_file_that_is_not_there_yet(run: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    ended = run("addin", "it-desk", "--output", page)
    assert (ended.code, ended.out) == (0, f"{page} is written; send it to your IT desk.\n")
    assert page.read_text(encoding="utf-8") == it_desk_page()
    again = run("addin", "it-desk", "--output", page)
    assert again.code == 1
    assert again.err == f"{page} is there already; give another name, or --force to replace it.\n"
    assert run("addin", "it-desk", "--output", page, "--force").code == 0


@without_excel
def test_doctor_ends_with_0_where_nothing_needs_doing(run: Command, kent: Path) -> None:
    ended = run("doctor", kent)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0].startswith("Versions: scorecard_xl ")
    assert "scorecard.xlsx: is a scorecard, on the sheet 'Scorecard'." in ended.out.splitlines()
    assert ended.out.splitlines()[-1] == "Nothing to put right."


def test_doctor_ends_with_1_where_something_needs_doing(run: Command, tmp_path: Path) -> None:
    ended = run("doctor", tmp_path / "missing.xlsx")
    assert (ended.code, ended.err) == (1, "")
    assert "missing.xlsx was not found; check the name and the folder." in ended.out
    assert ended.out.splitlines()[-1].endswith("to put right.")


def test_doctor_needs_no_workbook(run: Command) -> None:
    assert "Versions: " in run("doctor").out


@without_excel
def test_the_start_menus_entry_refreshes_what_is_open_in_excel() -> None:
    ended = subprocess.run(
        [sys.executable, *ARGUMENTS],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr.startswith("The excel engine needs Excel, and none is installed here")
