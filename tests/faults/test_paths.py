"""Links, long names, and names in other scripts."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import FileError, RefusedError, open_workbook
from scorecard_xl.engines.file.temporaries import backup_of
from tests.scorecards import KENT, ROOT, copy_of

if TYPE_CHECKING:
    from pathlib import Path

posix_only = pytest.mark.skipif(os.name != "posix", reason="names and pipes as POSIX has them")


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def save_change(path: Path) -> bytes:
    with open_workbook(path) as workbook:
        workbook.write_block("Counts", 5, 4, [[330_000.0]])
        expected = workbook.to_bytes()
        workbook.save()
    return expected


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Anzeiger für Jänner – ελληνικά.xlsx", id="other letters"),
        pytest.param("児童サービス 📊.xlsx", id="other scripts"),
        pytest.param("a" * 250 + ".xlsx", id="as long as a name can be"),
        pytest.param("児" * 83 + ".xlsx", id="as many bytes as a name can have"),
        pytest.param(" $(rm) 'x' \"y\" #1 %20.xlsx", id="signs that mean something elsewhere"),
        pytest.param("x" * 241 + ".xlsx", id="too long for its backup's name"),
    ],
)
def test_any_name_that_the_disk_takes_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(KENT.read_bytes())
    expected = save_change(path)
    assert path.read_bytes() == expected
    assert backup_of(path).read_bytes() == KENT.read_bytes()
    assert {each.name for each in tmp_path.iterdir()} == {name, backup_of(path).name}


def test_long_names_that_differ_late_have_backups_of_their_own(tmp_path: Path) -> None:
    paths = [tmp_path / f"{'a' * 249}{letter}.xlsx" for letter in "bc"]
    assert len({backup_of(path) for path in paths}) == 2
    assert all(len(backup_of(path).name) <= 255 for path in paths)


def test_a_name_longer_than_the_disk_takes_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read: File name too long"):
        open_workbook(tmp_path / ("a" * 300 + ".xlsx"))


def test_a_deep_folder_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "/".join(["a folder with a long name of its own"] * 40)
    folder.mkdir(parents=True)
    path = copy_of(KENT, folder)
    assert len(str(path)) > 1_000
    assert save_change(path) == path.read_bytes()


def test_a_link_to_a_link_is_followed(kent: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    first, second = tmp_path / "links" / "first.xlsx", tmp_path / "links" / "second.xlsx"
    first.symlink_to(kent)
    second.symlink_to("first.xlsx")
    assert save_change(second) == kent.read_bytes()
    assert first.is_symlink()
    assert second.is_symlink()
    assert len(list((tmp_path / "links").iterdir())) == 2


def test_a_lock_beside_what_a_link_leads_to_is_seen(kent: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "link.xlsx"
    link.symlink_to(kent)
    kent.with_name(f"~${kent.name}").touch()
    with pytest.raises(FileError, match="is open: someone in Excel"):
        open_workbook(link)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        pytest.param("nowhere.xlsx", "was not found", id="a link to nothing"),
        pytest.param("link.xlsx", "cannot be read: Too many levels", id="a link to itself"),
        pytest.param(".", "is a folder", id="a link to a folder"),
    ],
)
def test_a_link_that_leads_to_no_file_is_told(tmp_path: Path, target: str, message: str) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(target)
    with pytest.raises(FileError, match=message):
        open_workbook(link)


def test_a_link_to_itself_is_a_name_taken(kent: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to("link.xlsx")
    with open_workbook(kent) as workbook, pytest.raises(RefusedError, match="there already"):
        workbook.save_copy(link)
    assert link.is_symlink()


@posix_only
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(FileError, match="is not a file; choose"):
        open_workbook(tmp_path / "pipe.xlsx")


@posix_only
def test_a_file_larger_than_any_workbook_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    path.touch()
    os.truncate(path, 10**12)
    with pytest.raises(FileError, match="has 1,000,000,000,000 bytes, and no more than"):
        open_workbook(path)


@posix_only
def test_a_name_that_is_no_text_is_refreshed_and_told(tmp_path: Path) -> None:
    name = b"caf\xe9.xlsx"
    (tmp_path / os.fsdecode(name)).write_bytes(KENT.read_bytes())
    run = subprocess.run(
        [sys.executable, "-m", "scorecard_xl", "refresh", name],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"is refreshed: 20 Green" in run.stdout
