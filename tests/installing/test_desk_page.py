"""The page for an IT desk: its hashes, its places, and what it says of the network."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from scorecard_xl.installing import Places, Platform, it_desk_page
from scorecard_xl.installing.start_entry import ARGUMENTS
from tests.installing.users import everything_in, installed, user_of
from tests.scorecards import KENT, ROOT, copy_of

PROGRAM = Path(__file__).with_name("offline.py")
REACHED_OUT = 97


def test_every_file_that_is_installed_has_its_hash_on_the_page(tmp_path: Path) -> None:
    page = it_desk_page()
    installed(user_of(Platform.MAC, tmp_path))
    files = [*tmp_path.rglob("*.xlam"), *tmp_path.rglob("*.applescript")]
    assert len(files) == 3
    for file in files:
        assert f"| {file.name} | `{hashlib.sha256(file.read_bytes()).hexdigest()}` |" in page


@pytest.mark.parametrize("platform", list(Platform))
def test_every_place_is_on_the_page(platform: Platform) -> None:
    page = it_desk_page()
    for path, what in Places.of_anyone(platform).what_is_written.items():
        assert f"| `{path}` | {what} |" in page


def test_the_page_is_filled_in_and_names_what_the_entry_starts() -> None:
    page = it_desk_page()
    assert "<!--" not in page
    assert f"python.exe {' '.join(ARGUMENTS)}" in page


def run_offline(*arguments: object) -> int:
    """How a Python ends that ends when a connection is tried or looked up."""
    command = [sys.executable, str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


@pytest.mark.parametrize("action", ["connect", "look_up"])
def test_reaching_out_is_noticed(action: str) -> None:
    assert run_offline(action) == REACHED_OUT


@pytest.mark.parametrize("action", ["refresh", "check", "doctor"])
def test_commands_do_not_reach_out(action: str, tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    assert run_offline("command", action, path) == 0


def test_installing_and_removing_do_not_reach_out(tmp_path: Path) -> None:
    assert run_offline("install", tmp_path) == 0
    assert [*tmp_path.rglob("scorecard.xlam")] != []
    assert run_offline("remove", tmp_path) == 0
    assert everything_in(tmp_path) == {}
