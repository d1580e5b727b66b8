"""What disks and network drives do to a save: a sentence, and the workbook as it was."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import FileError, open_workbook
from tests.faults.child import DONE, become_nobody, told_in_child
from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

posix_only = pytest.mark.skipif(os.name != "posix", reason="limits and users are POSIX's")
BACKUP = "scorecard.xlsx.before-refresh"


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="faults") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def save_change(path: Path) -> bytes:
    with open_workbook(path) as workbook:
        workbook.write_block("Counts", 5, 4, [[330_000.0]])
        expected = workbook.to_bytes()
        workbook.save()
    return expected


def files_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def assert_untouched(path: Path) -> None:
    assert path.read_bytes() == KENT.read_bytes()
    assert files_in(path.parent) == {path.name}


@posix_only
def test_a_file_larger_than_may_be_written_is_told(kent: Path) -> None:
    import resource

    limits = (5_000, 5_000)
    told = told_in_child(
        lambda: save_change(kent), limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    )
    assert told == (
        f"{kent} cannot be saved: File too large; free some space or choose another folder."
    )
    assert_untouched(kent)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk in memory on which Kent's workbook fits once, and not twice."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = KENT.stat().st_size * 3 // 2 // 4096 * 4096
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    ) if os.name == "posix" else None  # fmt: skip
    if mounted is None or mounted.returncode:
        reason = mounted.stderr.strip() if mounted else "there is no tmpfs on Windows"
        pytest.skip(f"no small disk can be mounted here: {reason}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told(small_disk: Path) -> None:
    path = copy_of(KENT, small_disk)
    with pytest.raises(FileError, match="No space left on device; free some space"):
        save_change(path)
    assert_untouched(path)


@posix_only
def test_a_read_only_folder_is_told(open_folder: Path) -> None:
    path = copy_of(KENT, open_folder)
    path.chmod(0o666)
    open_folder.chmod(0o555)
    told = told_in_child(lambda: save_change(path), limit=become_nobody)
    assert told == (
        f"{path} cannot be saved: permission is denied; close it where it is open, or ask for the "
        "right to change it and its folder."
    )
    open_folder.chmod(0o755)
    assert_untouched(path)


@posix_only
def test_a_file_that_may_not_be_read_is_told(open_folder: Path) -> None:
    path = copy_of(KENT, open_folder)
    path.chmod(0o200)
    told = told_in_child(lambda: save_change(path), limit=become_nobody)
    if os.geteuid() != 0:
        path.chmod(0o600)
    assert told.startswith(f"{path} cannot be read: permission is denied;")
    assert_untouched(path)


@posix_only
def test_a_folder_that_may_not_be_listed_does_not_matter(open_folder: Path) -> None:
    path = copy_of(KENT, open_folder)
    path.chmod(0o666)
    open_folder.chmod(0o333)
    told = told_in_child(lambda: save_change(path), limit=become_nobody)
    open_folder.chmod(0o755)
    assert told == DONE
    assert files_in(open_folder) == {path.name, BACKUP}


def failing(code: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.ESTALE, errno.EINVAL])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_an_error_of_a_network_drive_is_told(
    kent: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    monkeypatch.setattr(os, call, failing(code))
    with pytest.raises(FileError) as raised:
        save_change(kent)
    assert str(raised.value).startswith(f"{kent} cannot be saved: {os.strerror(code)}; ")
    assert_untouched(kent)


def test_an_error_at_the_last_step_leaves_the_file_and_one_like_it(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def fail_for_the_file(source: Path, target: Path) -> None:
        if Path(target) == kent:
            raise OSError(errno.EIO, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail_for_the_file)
    with pytest.raises(FileError, match="cannot be saved: Input/output error; try again"):
        save_change(kent)
    assert kent.read_bytes() == (kent.parent / BACKUP).read_bytes() == KENT.read_bytes()
    assert files_in(kent.parent) == {kent.name, BACKUP}


def test_a_drive_without_second_names_and_locks_will_do(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    if os.name == "posix":
        import fcntl

        monkeypatch.setattr(fcntl, "flock", failing(errno.ENOLCK))
    expected = save_change(kent)
    other = kent.with_name("other.xlsx")
    with open_workbook(kent) as workbook:
        workbook.save_copy(other)
    assert kent.read_bytes() == other.read_bytes() == expected
    assert (kent.parent / BACKUP).read_bytes() == KENT.read_bytes()
