"""Installing: what is put in place, what is left alone, and that removal leaves no trace."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.engines.file.package import Package
from scorecard_xl.exceptions import EngineError, FileError, RefusedError
from scorecard_xl.installing import Platform, install, remove
from scorecard_xl.installing.record import sha256_of
from scorecard_xl.installing.settings_file import value_of_setting
from scorecard_xl.installing.sources import addin_in_package
from tests.faults.child import become_nobody, told_in_child
from tests.installing.users import PYTHON, everything_in, installed, user_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard_xl.installing import Places
    from scorecard_xl.installing.start_entry import Shortcut

OURS = addin_in_package("scorecard.xlam").read_bytes()
VENDORS = addin_in_package("xlwings.xlam").read_bytes()


def with_other_bytes(content: bytes) -> bytes:
    """An add-in of the same version with one more part, as a signature is."""
    package = Package(content, name="add-in")
    return package.replaced({"xl/vbaProjectSignature.bin": b"signed"}).to_bytes()


def of_another_version() -> bytes:
    """Our add-in with macros that state version 0.0.9."""
    package = Package(OURS, name="add-in")
    project = package.read("xl/vbaProject.bin")
    # The packed text holds the last three letters of "0.1.0" as they are.
    assert project.count(b".1.0\x00") == 1
    older = project.replace(b".1.0\x00", b".0.9\x00")
    return package.replaced({"xl/vbaProject.bin": older}).to_bytes()


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_everything_is_in_place_after_an_installation(places: Places) -> None:
    installed(places)
    assert (places.startup / "scorecard.xlam").read_bytes() == OURS
    assert (places.startup / "xlwings.xlam").read_bytes() == VENDORS
    settings = places.settings.read_bytes()
    assert value_of_setting(settings, places.interpreter_key) == str(PYTHON)
    assert value_of_setting(settings, "ADD_WORKBOOK_TO_PYTHONPATH") == "false"
    assert places.start_entry.is_file()


def test_only_what_is_told_beforehand_is_written(places: Places, tmp_path: Path) -> None:
    installed(places)
    written = {path for path in tmp_path.rglob("*") if path.is_file()}
    told = {Path(path.replace("\\", "/")) for path in places.what_is_installed}
    scripts = {path for path in told if "*" in path.name}
    assert {path for path in written if path.suffix != ".applescript"} == told - scripts
    assert len(written) == len(told)


def test_installing_twice_changes_nothing(places: Places, tmp_path: Path) -> None:
    installed(places)
    before = everything_in(tmp_path)
    installed(places)
    assert everything_in(tmp_path) == before


def test_removal_leaves_no_trace(places: Places, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    before = everything_in(tmp_path)
    installed(places)
    remove(places)
    assert everything_in(tmp_path) == before


def test_removal_brings_back_what_was_there(places: Places, tmp_path: Path) -> None:
    put(places.settings, b'"SHOW CONSOLE","True"\n"INTERPRETER_WIN","python"\n')
    put(places.startup / "PERSONAL.XLSB", b"macros of one's own")
    put(places.startup / "xlwings.xlam", VENDORS)
    before = everything_in(tmp_path)
    installed(places)
    installed(places, interpreter=Path("/opt/other/python3"))
    remove(places)
    assert everything_in(tmp_path) == before


def test_what_others_add_after_an_installation_stays(windows: Places) -> None:
    installed(windows)
    put(windows.startup / "PERSONAL.XLSB", b"macros of one's own")
    windows.settings.write_bytes(windows.settings.read_bytes() + b'"SHOW CONSOLE","True"\r\n')
    remove(windows)
    assert [path.name for path in windows.startup.iterdir()] == ["PERSONAL.XLSB"]
    assert windows.settings.read_bytes() == b'"SHOW CONSOLE","True"\r\n'


def test_a_file_that_was_changed_since_stays_and_is_told(places: Places) -> None:
    installed(places)
    addin = places.startup / "scorecard.xlam"
    addin.write_bytes(with_other_bytes(OURS))
    told = remove(places)
    assert f"{addin} has changed since it was installed, and was left." in told
    assert addin.read_bytes() == with_other_bytes(OURS)


def test_removing_what_was_never_installed_changes_nothing(places: Places, tmp_path: Path) -> None:
    put(places.startup / "xlwings.xlam", VENDORS)
    before = everything_in(tmp_path)
    assert remove(places) == ["Nothing is known to be installed; nothing was changed."]
    assert everything_in(tmp_path) == before


def test_a_signed_add_in_of_the_same_version_is_left(places: Places) -> None:
    addin = places.startup / "scorecard.xlam"
    put(addin, with_other_bytes(OURS))
    told = installed(places)
    assert f"{addin} is version 0.1.0 with other bytes, as a signed one has; it was left." in told
    assert addin.read_bytes() == with_other_bytes(OURS)


def test_another_version_that_is_not_ours_is_refused_and_both_are_named(
    places: Places, tmp_path: Path
) -> None:
    addin = places.startup / "scorecard.xlam"
    put(addin, of_another_version())
    before = everything_in(tmp_path)
    with pytest.raises(RefusedError) as refused:
        installed(places)
    assert str(refused.value) == (
        f"{addin}: version 0.0.9 is there, not put there by this installation, which brings "
        "version 0.1.0; move it away, or install the version that it is of."
    )
    assert everything_in(tmp_path) == before


def test_an_older_version_of_ours_is_replaced(places: Places, tmp_path: Path) -> None:
    installed(places)
    after = everything_in(tmp_path)
    # As it would be if this had been put there by an earlier version.
    older = of_another_version()
    record = json.loads(places.record.read_bytes())
    record["files"][str(places.startup / "scorecard.xlam")] = [sha256_of(older)]
    places.record.write_text(json.dumps(record), encoding="utf-8")
    put(places.startup / "scorecard.xlam", older)
    installed(places)
    assert everything_in(tmp_path).keys() == after.keys()
    assert (places.startup / "scorecard.xlam").read_bytes() == OURS
    remove(places)
    assert not places.startup.exists()


def test_a_start_entry_of_somebody_elses_is_left(places: Places) -> None:
    put(places.start_entry, b"mine")
    assert f"{places.start_entry} is not ours, and was left." in installed(places)
    remove(places)
    assert places.start_entry.read_bytes() == b"mine"


def test_without_a_shortcut_the_rest_is_installed_and_removed(windows: Places) -> None:
    def refuse(path: Path, shortcut: Shortcut) -> None:
        raise EngineError("Windows did not write it.")

    told = install(windows, interpreter=PYTHON, shortcut_writer=refuse)
    assert told[-1] == "Windows did not write it."
    assert (windows.startup / "scorecard.xlam").read_bytes() == OURS
    remove(windows)
    assert not windows.startup.exists()


def test_what_was_cut_short_can_be_removed(windows: Places) -> None:
    # A file where the settings' folder should be makes a late step fail.
    put(windows.settings.parent, b"in the way")
    with pytest.raises(FileError, match="cannot be written"):
        installed(windows)
    assert (windows.startup / "scorecard.xlam").is_file()
    remove(windows)
    assert not windows.startup.exists()
    assert windows.settings.parent.read_bytes() == b"in the way"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter and change, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="installing") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@pytest.mark.skipif(os.name != "posix", reason="Windows tells rights in another way")
def test_a_folder_that_may_not_be_changed_is_told(open_folder: Path) -> None:
    places = user_of(Platform.WINDOWS, open_folder)
    places.startup.mkdir(parents=True)
    places.startup.chmod(0o555)
    told = told_in_child(lambda: installed(places), limit=become_nobody)
    assert told == (
        f"{places.startup / 'scorecard.xlam'} cannot be written: Excel has it open, or you may not "
        "change its folder; quit Excel and try again, or ask your IT desk."
    )
    places.startup.chmod(0o755)
    assert [*places.startup.iterdir()] == []


def test_a_damaged_record_is_told(places: Places) -> None:
    put(places.record, b'{"files": 3}')
    with pytest.raises(FileError, match="which tells what was installed, is damaged"):
        remove(places)


def test_the_macs_entry_can_be_opened_and_starts_this_python(mac: Places) -> None:
    mac_python = mac.record.parent / "py thon"
    put(mac_python, b"#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    mac_python.chmod(0o755)
    installed(mac, interpreter=mac_python)
    told = subprocess.run([mac.start_entry], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["-P", "-m", "scorecard_xl.cli.start_entry"]


def test_windows_is_asked_for_a_shortcut_to_this_python(windows: Places) -> None:
    installed(windows)
    assert json.loads(windows.start_entry.read_bytes()) == [
        str(PYTHON),
        "-P -m scorecard_xl.cli.start_entry",
        "Refresh the scorecard workbook that is open in Excel",
    ]


def test_only_windows_writes_shortcuts(windows: Places) -> None:
    told = install(windows, interpreter=PYTHON)
    expected = "Only Windows writes shortcuts; start Scorecard from the command line instead."
    assert told[-1] == expected
