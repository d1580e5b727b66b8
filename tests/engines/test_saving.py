"""Saving: all or nothing, the file before it kept once, and never over another program's work."""

from __future__ import annotations

import datetime
import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import EngineError, FileError, RefusedError, open_workbook
from scorecard_xl.engines.file import saving
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.engines.file.workbook import FileWorkbook
from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.judges.libreoffice import Calc

BACKUP = "scorecard.xlsx.before-refresh"


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def save_change(path: Path, value: float = 330_000.0) -> bytes:
    """Change a count, save, and return what was saved."""
    with open_workbook(path) as workbook:
        workbook.write_block("Counts", 5, 4, [[value]])
        expected = workbook.to_bytes()
        workbook.save()
    assert expected != KENT.read_bytes()
    return expected


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_saving_replaces_the_file_and_leaves_nothing_but_the_one_before(kent: Path) -> None:
    expected = save_change(kent)
    assert kent.read_bytes() == expected
    assert files_in(kent.parent) == {kent.name, BACKUP}
    assert (kent.parent / BACKUP).read_bytes() == KENT.read_bytes()


def test_the_one_before_is_that_before_the_last_refresh(kent: Path) -> None:
    first = save_change(kent, 1.0)
    save_change(kent, 2.0)
    assert (kent.parent / BACKUP).read_bytes() == first
    assert files_in(kent.parent) == {kent.name, BACKUP}


def test_a_workbook_may_be_saved_twice_while_it_is_open(kent: Path) -> None:
    with open_workbook(kent) as workbook:
        for value in (1.0, 2.0):
            workbook.write_block("Counts", 5, 4, [[value]])
            workbook.save()
        expected = workbook.to_bytes()
    assert kent.read_bytes() == expected


def test_nothing_is_written_where_nothing_changed(kent: Path) -> None:
    before = kent.stat()
    with open_workbook(kent) as workbook:
        workbook.save()
    assert kent.stat() == before
    assert files_in(kent.parent) == {kent.name}


def test_permissions_are_kept(kent: Path) -> None:
    kent.chmod(0o640)
    save_change(kent)
    assert stat.S_IMODE(kent.stat().st_mode) == 0o640


def test_a_link_is_followed_and_stays_one(kent: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shortcuts"
    folder.mkdir()
    link = folder / "current.xlsx"
    link.symlink_to(kent)
    expected = save_change(link)
    assert link.is_symlink()
    assert kent.read_bytes() == expected
    assert files_in(folder) == {"current.xlsx"}
    assert BACKUP in files_in(kent.parent)


def excel_lock(path: Path, name: str = "Jo Bloggs") -> Path:
    """A lock file as Excel writes it: the name's length, the name, and again in UTF-16."""
    lock = path.with_name(f"~${path.name}")
    letters = name.encode("cp1252")
    lock.write_bytes(bytes([len(letters)]) + letters.ljust(54) + bytes([len(name), 0])
        + name.encode("utf-16-le").ljust(108, b" "))  # fmt: skip
    return lock


def libreoffice_lock(path: Path) -> Path:
    lock = path.with_name(f".~lock.{path.name}#")
    lock.write_text(",Jo Bloggs,laptop-7,08.02.2013 09:12,file:///profile;", encoding="utf-8")
    return lock


@pytest.mark.parametrize(
    ("lock", "holder"),
    [
        (excel_lock, "Jo Bloggs in Excel (lock file ~$scorecard.xlsx)"),
        (
            lambda path: excel_lock(path, "Zoë"),
            "Zoë in Excel (lock file ~$scorecard.xlsx)",
        ),
        (
            lambda path: path.with_name(f"~${path.name}").touch(),
            "someone in Excel (lock file ~$scorecard.xlsx)",
        ),
        (libreoffice_lock, "Jo Bloggs in LibreOffice (lock file .~lock.scorecard.xlsx#)"),
    ],
    ids=["Excel", "another name", "an empty lock file", "LibreOffice"],
)
def test_a_file_open_elsewhere_is_refused_with_the_holders_name(
    kent: Path, lock: Callable[[Path], object], holder: str
) -> None:
    with open_workbook(kent) as workbook:
        workbook.write_block("Counts", 5, 4, [[1.0]])
        lock(kent)
        with pytest.raises(FileError) as on_saving:
            workbook.save()
    with pytest.raises(FileError) as on_opening:
        open_workbook(kent)
    for raised in (on_saving, on_opening):
        assert str(raised.value) == (
            f"scorecard.xlsx is open: {holder}; close it there, or delete the lock file if nobody "
            "has it open."
        )
    assert kent.read_bytes() == KENT.read_bytes()


def test_a_file_that_libreoffice_has_open_is_refused(calc: Calc, kent: Path) -> None:
    with calc.open(kent), pytest.raises(FileError, match=r"in LibreOffice \(lock file \.~lock"):
        open_workbook(kent)
    with open_workbook(kent) as workbook:
        assert workbook.sheet_names[0] == "Scorecard"


def test_a_read_only_file_is_refused(kent: Path) -> None:
    kent.chmod(0o444)
    with pytest.raises(FileError) as raised:
        save_change(kent)
    assert str(raised.value) == (
        f"{kent} is read-only; clear that in its properties, or save under another name."
    )
    assert kent.read_bytes() == KENT.read_bytes()
    assert files_in(kent.parent) == {kent.name}


def test_a_file_that_changed_since_it_was_read_is_not_overwritten(kent: Path) -> None:
    with open_workbook(kent) as workbook:
        workbook.write_block("Counts", 5, 4, [[1.0]])
        kent.write_bytes(b"somebody else's work")
        with pytest.raises(FileError) as raised:
            workbook.save()
    assert str(raised.value) == (
        "scorecard.xlsx has changed since it was read; nothing was written. Try again."
    )
    assert kent.read_bytes() == b"somebody else's work"
    assert files_in(kent.parent) == {kent.name}


def test_a_full_disk_leaves_the_file_as_it_was(kent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError) as raised:
        save_change(kent)
    assert str(raised.value) == (
        f"{kent} cannot be saved: No space left on device; free some space or choose another "
        "folder."
    )
    assert kent.read_bytes() == KENT.read_bytes()
    assert files_in(kent.parent) == {kent.name}


def test_the_bytes_are_on_disk_before_the_file_is_replaced(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    sync = os.fsync

    def watch(descriptor: int) -> None:
        seen.append(kent.read_bytes())
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    expected = save_change(kent)
    # The new bytes are synced beside the old file; then the folder is, with the new file in place.
    assert seen == [KENT.read_bytes(), expected]


def test_a_copy_leaves_the_workbook_as_it_was(kent: Path) -> None:
    other = kent.with_name("other.xlsx")
    with open_workbook(kent) as workbook:
        workbook.write_block("Counts", 5, 4, [[1.0]])
        workbook.save_copy(other)
        expected = workbook.to_bytes()
    assert other.read_bytes() == expected
    assert kent.read_bytes() == KENT.read_bytes()
    assert files_in(kent.parent) == {kent.name, other.name}


def test_a_copy_does_not_overwrite_unless_told(kent: Path) -> None:
    other = kent.with_name("other.xlsx")
    other.write_bytes(b"mine")
    with open_workbook(kent) as workbook:
        with pytest.raises(RefusedError) as raised:
            workbook.save_copy(other)
        assert other.read_bytes() == b"mine"
        workbook.save_copy(other, overwrite=True)
    assert str(raised.value) == (
        f"{other} is there already; give another name, or --force to replace it."
    )
    assert other.read_bytes() == KENT.read_bytes()
    assert files_in(kent.parent) == {kent.name, other.name}


def test_a_copy_over_a_file_that_is_open_is_refused(kent: Path) -> None:
    other = kent.with_name("other.xlsx")
    other.write_bytes(b"mine")
    excel_lock(other)
    with open_workbook(kent) as workbook, pytest.raises(FileError, match="Jo Bloggs in Excel"):
        workbook.save_copy(other, overwrite=True)
    assert other.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["other.xlsm", "other.csv", "other"])
def test_a_copy_keeps_its_ending(kent: Path, name: str) -> None:
    with (
        open_workbook(kent) as workbook,
        pytest.raises(RefusedError, match=r"should end in \.xlsx"),
    ):
        workbook.save_copy(kent.with_name(name))
    assert files_in(kent.parent) == {kent.name}


def test_a_copy_into_no_folder_is_told(kent: Path) -> None:
    with open_workbook(kent) as workbook, pytest.raises(FileError, match="was not found; check"):
        workbook.save_copy(kent.parent / "nowhere" / "other.xlsx")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.xlsx", "was not found; check the name and the folder."),
        ("folder.xlsx", "is a folder; name a workbook in it."),
        ("old.xls", "is an old .xls workbook; save it as .xlsx or .xlsm in Excel."),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(FileError) as raised:
        open_workbook(tmp_path / name)
    assert str(raised.value) == f"{tmp_path / name} {message}"


def test_a_workbook_of_bytes_has_no_file_to_save_to() -> None:
    workbook = FileWorkbook(Plan(Package(KENT.read_bytes(), name="kent.xlsx")))
    workbook.write_block("Counts", 5, 4, [[datetime.date(2013, 1, 31)]])
    with pytest.raises(EngineError, match="has no file of its own yet"):
        workbook.save()


def test_who_holds_a_file_is_nobody_without_a_lock(kent: Path) -> None:
    assert saving.holder_of(kent) is None
