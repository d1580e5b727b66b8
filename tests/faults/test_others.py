"""What other programs do while a workbook is refreshed: nobody's work is lost."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import FileError, RefusedError, open_workbook, refresh
from scorecard_xl.engines.file import saving
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BACKUP = "scorecard.xlsx.before-refresh"
posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows locks open files by itself")


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def replaced_by_another(path: Path) -> None:
    """Save as Excel does: a new file takes the old one's name."""
    other = path.with_name("excels.tmp")
    other.write_bytes(b"somebody else's work")
    other.replace(path)


def with_an_older_date(path: Path) -> None:
    """Restore from a backup, which keeps the old file's date, and here its size."""
    status = path.stat()
    other = path.with_name("restored.tmp")
    shutil.copyfile(path, other)
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(replaced_by_another, id="replaced"),
        pytest.param(with_an_older_date, id="replaced, with the old date and size"),
        pytest.param(lambda path: path.write_bytes(b"x"), id="written over"),
        pytest.param(lambda path: os.utime(path, ns=(1, 1)), id="touched"),
    ],
)
def test_a_file_that_changed_since_it_was_read_is_left_alone(
    kent: Path, change: Callable[[Path], object]
) -> None:
    with open_workbook(kent) as workbook:
        workbook.write_block("Counts", 5, 4, [[1.0]])
        change(kent)
        theirs = kent.read_bytes()
        with pytest.raises(FileError) as raised:
            workbook.save()
    assert str(raised.value) == (
        "scorecard.xlsx has changed since it was read; nothing was written. Try again."
    )
    assert kent.read_bytes() == theirs
    assert [each.name for each in kent.parent.iterdir()] == [kent.name]


def test_a_file_deleted_since_it_was_read_is_told(kent: Path) -> None:
    with open_workbook(kent) as workbook:
        workbook.write_block("Counts", 5, 4, [[1.0]])
        kent.unlink()
        with pytest.raises(FileError, match="was not found; check the name and the folder"):
            workbook.save()
    assert list(kent.parent.iterdir()) == []


def test_a_file_replaced_right_after_a_save_is_not_taken_for_ones_own(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def replace_and_lose(source: Path, target: Path) -> None:
        replace(source, target)
        if target == kent:
            kent.write_bytes(b"somebody else's work")

    with open_workbook(kent) as workbook:
        workbook.write_block("Counts", 5, 4, [[1.0]])
        monkeypatch.setattr(os, "replace", replace_and_lose)
        workbook.save()
        monkeypatch.undo()
        workbook.write_block("Counts", 5, 4, [[2.0]])
        with pytest.raises(FileError, match="has changed since it was read"):
            workbook.save()
    assert kent.read_bytes() == b"somebody else's work"


@posix_only
def test_of_two_refreshes_at_once_one_is_refused_or_both_count(kent: Path) -> None:
    processes = [os.fork() or _refresh_many_times(kent, start) for start in (100.0, 200.0, 300.0)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]
    # Each child ends with the number of its saves; none meets anything but a refusal in words.
    assert all(code <= 12 for code in codes)
    assert sum(codes) > 0
    assert problems_of_package(kent) == problems_of_package(kent.with_name(BACKUP)) == []
    assert {each.name for each in kent.parent.iterdir()} == {kent.name, BACKUP}


def _refresh_many_times(path: Path, start: float) -> int:
    """In a child: refresh with counts of its own, and tell how often it was not refused."""
    saves = 0
    code = 99
    try:
        for i in range(12):
            try:
                with open_workbook(path) as workbook:
                    workbook.write_block("Counts", 5, 4, [[300_000.0 + start + i]])
                    refresh(workbook)
                    workbook.save()
                saves += 1
            except FileError as error:
                if "again" not in str(error):
                    raise
        code = saves
    finally:
        os._exit(code)


@posix_only
def test_a_save_meets_no_other_of_the_same_file(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    sync = os.fsync

    def save_meanwhile(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        with open_workbook(kent) as other:
            other.write_block("Counts", 5, 4, [[2.0]])
            with pytest.raises(FileError) as raised:
                other.save()
            told.append(str(raised.value))
        sync(descriptor)

    with open_workbook(kent) as workbook:
        workbook.write_block("Counts", 5, 4, [[1.0]])
        expected = workbook.to_bytes()
        monkeypatch.setattr(os, "fsync", save_meanwhile)
        workbook.save()
    assert told == ["scorecard.xlsx is being saved by another refresh; try again in a moment."]
    assert kent.read_bytes() == expected


def test_a_name_taken_while_a_copy_is_written_is_not_overwritten(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = kent.with_name("other.xlsx")
    sync = os.fsync

    def take_the_name(descriptor: int) -> None:
        sync(descriptor)
        other.write_bytes(b"somebody else's work")

    monkeypatch.setattr(os, "fsync", take_the_name)
    with open_workbook(kent) as workbook, pytest.raises(RefusedError, match="is there already"):
        workbook.save_copy(other)
    assert other.read_bytes() == b"somebody else's work"
    assert {each.name for each in kent.parent.iterdir()} == {kent.name, other.name}


def test_a_lock_file_left_behind_is_named_and_may_be_deleted(kent: Path) -> None:
    lock = kent.with_name(f"~${kent.name}")
    lock.write_bytes(b"")
    with pytest.raises(FileError) as raised:
        open_workbook(kent)
    assert str(raised.value) == (
        "scorecard.xlsx is open: someone in Excel (lock file ~$scorecard.xlsx); close it there, or "
        "delete the lock file if nobody has it open."
    )
    lock.unlink()
    with open_workbook(kent) as workbook:
        refresh(workbook)


def test_a_lock_that_is_no_file_is_a_lock_all_the_same(kent: Path) -> None:
    kent.with_name(f".~lock.{kent.name}#").mkdir()
    with pytest.raises(FileError, match="is open: someone in LibreOffice"):
        open_workbook(kent)


def test_a_lock_that_appears_between_reading_and_saving_is_seen(kent: Path) -> None:
    with open_workbook(kent) as workbook:
        workbook.write_block("Counts", 5, 4, [[1.0]])
        kent.with_name(f"~${kent.name}").write_bytes(b"\x03Zoe")
        with pytest.raises(FileError, match="is open: Zoe in Excel"):
            workbook.save()
    assert kent.read_bytes() == KENT.read_bytes()


def test_only_ones_own_leftovers_are_cleared(kent: Path) -> None:
    from scorecard_xl.engines.file import temporaries

    live = temporaries.new_temporary(kent)
    ended = kent.with_name(live.name.replace(f"-{os.getpid()}-", "-4194305-"))
    of_another_file = temporaries.new_temporary(kent.with_name("scorecard.xlsx.xlsx"))
    of_another_file = kent.with_name(of_another_file.name.replace(f"-{os.getpid()}-", "-4194305-"))
    elsewhere = kent.with_name(_of_another_computer(live.name))
    theirs = kent.with_name(".scorecard.xlsx.tmp")
    for each in (live, ended, of_another_file, elsewhere, theirs):
        each.write_bytes(b"")
    saving.save_over(kent, b"new", read=saving.fingerprint_of(kent))
    left = {each.name for each in kent.parent.iterdir()} - {kent.name, BACKUP}
    is_posix = os.name == "posix"
    kept = {live.name, of_another_file.name, elsewhere.name, theirs.name}
    assert left == (kept if is_posix else kept | {ended.name})


def _of_another_computer(name: str) -> str:
    start, computer, rest = (
        name[: name.rindex(".", 0, -4) + 1],
        *name[:-4].rsplit(".", 1)[1].split("-", 1),
    )
    return f"{start}{'0' * len(computer)}-{rest}.tmp"


def test_what_another_computer_left_is_cleared_after_a_day(kent: Path) -> None:
    from scorecard_xl.engines.file import temporaries

    elsewhere = kent.with_name(_of_another_computer(temporaries.new_temporary(kent).name))
    elsewhere.write_bytes(b"")
    os.utime(elsewhere, (1e9, 1e9))
    saving.save_over(kent, b"new", read=saving.fingerprint_of(kent))
    assert {each.name for each in kent.parent.iterdir()} == {kent.name, BACKUP}
