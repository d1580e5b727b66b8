"""Places: where Excel, xlwings and the log look, on the systems that they know."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.windows import Windows

from scorecard_xl.click_log import log_file
from scorecard_xl.installing import Places, Platform, places_here
from scorecard_xl.installing.sources import addin_in_package

XLWINGS = addin_in_package("xlwings.xlam").parents[1]
HOME = Path("/users/ada")


def told_by(program: str) -> str:
    """What a Python prints for a user with that home."""
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "HOME": str(HOME)},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def test_xlwings_looks_for_its_settings_where_they_are_written_on_windows() -> None:
    # For xlwings, every system that is not a Mac is as Windows.
    places = Places.of_this_user(Platform.WINDOWS, {}, HOME)
    assert Path(told_by("import xlwings; print(xlwings.USER_CONFIG_FILE)")) == places.settings


def test_xlwings_looks_for_its_settings_where_they_are_written_on_a_mac() -> None:
    tree = ast.parse((XLWINGS / "__init__.py").read_text(encoding="utf-8"))
    for_mac = next(
        node
        for node in tree.body
        if isinstance(node, ast.If) and "darwin" in ast.unparse(node.test)
    )
    assignment = for_mac.body[0]
    assert isinstance(assignment, ast.Assign)
    program = f"import os; print({ast.unparse(assignment.value)})"
    places = Places.of_this_user(Platform.MAC, {}, HOME)
    assert Path(told_by(program)) == places.settings


def test_excel_for_mac_runs_scripts_from_where_xlwings_puts_its_own() -> None:
    places = Places.of_this_user(Platform.MAC, {}, HOME)
    assert places.scripts is not None
    folder = places.scripts.relative_to(HOME).as_posix()
    assert f'"/{folder}"' in (XLWINGS / "cli.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("platform", list(Platform))
def test_the_settings_have_the_names_that_the_add_in_reads(platform: Platform) -> None:
    macros = (XLWINGS / "addin" / "Main.bas").read_text(encoding="utf-8")
    places = Places.of_this_user(platform, {}, HOME)
    assert f'GetConfig("{places.interpreter_key}", "")' in macros
    assert 'GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")' in macros


def test_a_moved_profile_is_followed() -> None:
    environ = {"APPDATA": "/server/ada", "LOCALAPPDATA": "/local/ada"}
    places = Places.of_this_user(Platform.WINDOWS, environ, HOME)
    assert places.startup == Path("/server/ada/Microsoft/Excel/XLSTART")
    assert places.record == Path("/local/ada/scorecard_xl/addin.json")


def test_people_are_shown_the_paths_that_their_system_writes() -> None:
    shown = [*Places.of_anyone(Platform.WINDOWS).what_is_written]
    assert shown[0] == r"%APPDATA%\Microsoft\Excel\XLSTART\scorecard.xlam"
    assert not any("/" in path for path in shown)
    assert (
        "~/Applications/Scorecard - refresh.command"
        in Places.of_anyone(Platform.MAC).what_is_written
    )


def test_a_click_on_windows_writes_its_log_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", r"C:\ada")
    folder = Windows("scorecard_xl", appauthor=False).user_log_dir
    places = Places.of_this_user(Platform.WINDOWS, {"LOCALAPPDATA": r"C:\ada"}, HOME)
    assert places.log == Path(folder) / log_file().name


def test_a_click_on_a_mac_writes_its_log_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(HOME))
    folder = MacOS("scorecard_xl", appauthor=False).user_log_dir
    assert Places.of_this_user(Platform.MAC, {}, HOME).log == Path(folder) / log_file().name


def test_this_machine_has_places_only_with_an_excel_that_has_macros() -> None:
    assert (places_here() is not None) == (sys.platform in {"win32", "darwin"})
