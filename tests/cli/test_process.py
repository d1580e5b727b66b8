"""The command line as a process: demo, help, exit codes, files that cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import as_process
from tests.scorecards import KENT, PUBLISHED_SUMMARY, ROOT

if TYPE_CHECKING:
    from tests.cli.command import Command


def test_the_script_is_what_python_m_runs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"scorecard-xl": "scorecard_xl.cli:main"}
    main = (ROOT / "scorecard_xl" / "__main__.py").read_text(encoding="utf-8")
    assert "from scorecard_xl.cli import main" in main


def test_demo_makes_a_filled_workbook_and_says_what_to_try(tmp_path: Path) -> None:
    ended = as_process(tmp_path, "demo", PYTHONIOENCODING="latin-1", LC_ALL="C")
    path = tmp_path / "kent_2013_01.xlsx"
    assert (ended.code, ended.err) == (0, "")
    assert path.read_bytes() == KENT.read_bytes()
    assert PUBLISHED_SUMMARY in ended.out
    assert str(path) in ended.out
    assert ' refresh "kent_2013_01.xlsx"' in ended.out
    row = next(line for line in ended.out.splitlines() if "Number of CAFs completed" in line)
    for shown in ("67.0", " A ", "77.2", "64.9", "↑", "68.5", "↓"):
        assert shown in row


def test_demo_takes_a_free_name(run: Command, tmp_path: Path) -> None:
    (tmp_path / "kent_2013_01.xlsx").write_bytes(b"mine")
    assert run("demo").code == 0
    assert run("demo").code == 0
    assert (tmp_path / "kent_2013_01.xlsx").read_bytes() == b"mine"
    assert {path.name for path in tmp_path.iterdir()} == {
        "kent_2013_01.xlsx",
        "kent_2013_01 (2).xlsx",
        "kent_2013_01 (3).xlsx",
    }


def test_exit_codes_are_those_of_the_process(tmp_path: Path) -> None:
    missing = as_process(tmp_path, "show", "missing.xlsx")
    assert missing == (3, "", "missing.xlsx was not found; check the name and the folder.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["refresh"], id="no path"),
        pytest.param(["publish", "kent.xlsx"], id="no such command"),
        pytest.param(["show", "--yaml", "kent.xlsx"], id="no such option"),
        pytest.param(["new", "a.xlsx", "--empty", "--from", "."], id="options at odds"),
        pytest.param(["refresh", "kent.xlsx", "--fill", "colours"], id="no such choice"),
    ],
)
def test_wrong_usage_ends_with_2_and_changes_nothing(
    run: Command, tmp_path: Path, arguments: list[str]
) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Usage" in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["demo", "new", "refresh", "check", "show"])
def test_help_says_what_a_command_does(run: Command, command: str) -> None:
    ended = run(command, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert f"scorecard-xl {command}" in ended.out


@pytest.mark.parametrize("command", ["refresh", "check", "show"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "is empty; choose an .xlsx or .xlsm file.", id="empty"),
        pytest.param(b"PK\3\4", "is damaged (its list of parts cannot be read)", id="damaged"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_3(
    run: Command, kent: Path, command: str, content: bytes, message: str
) -> None:
    kent.write_bytes(content)
    ended = run(command, kent)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith(f"scorecard.xlsx {message}")


def test_a_file_open_in_excel_ends_with_3(run: Command, kent: Path) -> None:
    kent.with_name("~$scorecard.xlsx").write_bytes(b"\x09Jo Bloggs" + b" " * 45)
    ended = run("refresh", kent)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("scorecard.xlsx is open: Jo Bloggs in Excel")
    assert kent.read_bytes() == KENT.read_bytes()


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full device")
@pytest.mark.parametrize("command", [["show"], ["check", "--json"]])
def test_output_that_cannot_be_written_is_a_sentence(command: list[str]) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "scorecard_xl", *command, str(KENT)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
    told = "The output cannot be written: No space left on device."
    assert (done.returncode, done.stderr.splitlines()[-1]) == (3, told)
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_gone_ends_the_command_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "scorecard_xl", "show", str(KENT)],
        stdout=writing, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (3, "")
