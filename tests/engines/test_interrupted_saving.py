"""Saves that are cut short, or meet each other: no file is lost, and nothing stays behind."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import FileError, RefusedError, open_workbook
from tests.scorecards import KENT, ROOT, copy_of

if TYPE_CHECKING:
    from pathlib import Path

posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows locks open files by itself")

# A save that ends, as by a power cut, when its bytes are on disk and the file is not replaced yet.
CUT_SHORT = """
import os, sys
from scorecard_xl import open_workbook

os.fsync = lambda _: os._exit(9)
with open_workbook(sys.argv[1]) as workbook:
    workbook.write_block("Counts", 5, 4, [[1.0]])
    workbook.save()
"""


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def save_change(path: Path) -> bytes:
    with open_workbook(path) as workbook:
        workbook.write_block("Counts", 5, 4, [[330_000.0]])
        expected = workbook.to_bytes()
        workbook.save()
    return expected


def files_beside(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()} - {path.name}


@posix_only
def test_a_save_cut_short_leaves_the_file_and_the_next_one_clears_up(kent: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CUT_SHORT, str(kent)]
    assert subprocess.run(command, env=environment, check=False).returncode == 9
    assert kent.read_bytes() == KENT.read_bytes()
    (leftover,) = files_beside(kent)
    assert leftover.endswith(".tmp")
    expected = save_change(kent)
    assert kent.read_bytes() == expected
    assert files_beside(kent) == {"scorecard.xlsx.before-refresh"}


def test_files_of_others_are_not_cleared_up(kent: Path) -> None:
    mine = kent.with_name(".scorecard.xlsx.mine.tmp")
    mine.write_bytes(b"mine")
    save_change(kent)
    assert mine.read_bytes() == b"mine"


@posix_only
def test_a_file_that_another_refresh_is_saving_is_refused(kent: Path) -> None:
    import fcntl

    with kent.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(FileError) as raised:
            save_change(kent)
    assert str(raised.value) == (
        "scorecard.xlsx is being saved by another refresh; try again in a moment."
    )
    assert kent.read_bytes() == KENT.read_bytes()
    assert files_beside(kent) == set()


def test_a_name_that_is_taken_meanwhile_is_not_overwritten(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = kent.with_name("other.xlsx")
    monkeypatch.setattr(os, "fsync", lambda _: other.write_bytes(b"somebody else's"))
    with open_workbook(kent) as workbook, pytest.raises(RefusedError, match="is there already"):
        workbook.save_copy(other)
    assert other.read_bytes() == b"somebody else's"
    assert files_beside(kent) == {"other.xlsx"}


@pytest.mark.parametrize("letter", ["x", "é"])
def test_a_name_as_long_as_a_folder_allows_is_saved(tmp_path: Path, letter: str) -> None:
    path = tmp_path / (letter * (250 // len(letter.encode())) + ".xlsx")
    path.write_bytes(KENT.read_bytes())
    expected = save_change(path)
    assert path.read_bytes() == expected
    (kept,) = files_beside(path)
    assert kept.endswith(".before-refresh")
    assert path.with_name(kept).read_bytes() == KENT.read_bytes()
