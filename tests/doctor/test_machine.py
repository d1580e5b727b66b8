"""The examination of a machine: add-ins, Python and marks, and that nothing stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard_xl.doctor import Finding, Machine, findings
from tests.doctor.machines import PYTHON, about, mac_machine, windows_machine
from tests.installing.users import everything_in, installed

APPLOCKER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\SrpV2\Exe"
UNBLOCK = (
    "where you trust the file, tick Unblock in its Properties, or save it to a folder that your "
    "IT desk has made a trusted one"
)


def linux_machine() -> Machine:
    return Machine(places=None, interpreter=PYTHON, home=Path("/users/ada"))


def test_where_there_is_no_excel_nothing_needs_doing() -> None:
    found = findings(machine=linux_machine())
    assert [finding.remedy for finding in found] == [""] * len(found)
    assert about("Microsoft Defender", found) == ["Microsoft Defender: not on this machine."]
    assert about("Mark of the web", found) == ["Mark of the web: not on this machine."]


def test_an_installed_machine_has_its_add_ins_in_order(tmp_path: Path) -> None:
    machine = windows_machine(tmp_path)
    assert machine.places is not None
    installed(machine.places, interpreter=PYTHON)
    subjects = [finding.subject for finding in findings(machine=machine) if finding.remedy]
    assert set(subjects) <= {"Versions"}


def test_a_python_in_the_profile_is_told_and_matters_where_applocker_is_on(tmp_path: Path) -> None:
    python = tmp_path / "home" / "venv" / "python.exe"
    machine = windows_machine(tmp_path, interpreter=python)
    said = f"Python: runs from {python}, in the user's profile, from where AppLocker's default"
    assert about("Python", findings(machine=machine)) == [f"{said} rules start no program."]
    enforced = {(APPLOCKER, "EnforcementMode"): 1}
    machine = windows_machine(tmp_path, interpreter=python, values=enforced)
    assert about("Python", findings(machine=machine)) == [
        f"{said} rules start no program; ask your IT desk to install Python in Program Files, "
        "and install again."
    ]


def test_a_python_elsewhere_is_just_named(tmp_path: Path) -> None:
    told = about("Python", findings(machine=windows_machine(tmp_path)))
    assert told == [f"Python: runs from {PYTHON}."]


def test_a_macs_python_has_no_blanks_in_its_path(tmp_path: Path) -> None:
    machine = mac_machine(tmp_path, interpreter=Path("/my python/python3"))
    assert about("Python", findings(machine=machine)) == [
        "Python: runs from /my python/python3; install Python in a folder without blanks in its "
        "name, and install again."
    ]


@pytest.mark.parametrize(("zone", "is_told"), [(2, False), (3, True), (4, True)])
def test_a_file_from_the_internet_is_told(tmp_path: Path, zone: int, is_told: bool) -> None:
    # On Windows, this name is a second stream of the workbook; elsewhere a file of its own.
    workbook = tmp_path / "kent.xlsx"
    Path(f"{workbook}:Zone.Identifier").write_text(f"[ZoneTransfer]\r\nZoneId={zone}\r\n")
    told = about("Mark of the web", findings(workbook, machine=windows_machine(tmp_path)))
    marked = [f"Mark of the web: {workbook} came from the internet; {UNBLOCK}."]
    assert told == (marked if is_told else ["Mark of the web: none of the files has it."])


def test_a_marked_add_in_is_told(tmp_path: Path) -> None:
    machine = windows_machine(tmp_path)
    assert machine.places is not None
    installed(machine.places, interpreter=PYTHON)
    addin = machine.places.startup / "xlwings.xlam"
    Path(f"{addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    told = about("Mark of the web", findings(machine=machine))
    assert told == [f"Mark of the web: {addin} came from the internet; {UNBLOCK}."]


def test_a_check_that_fails_is_a_finding_and_the_others_go_on(tmp_path: Path) -> None:
    machine = windows_machine(tmp_path)
    assert machine.places is not None
    # A folder in the place of the settings cannot be read.
    machine.places.settings.mkdir(parents=True)
    found = findings(machine=machine)
    assert about("Add-ins", found) == [
        f"Add-ins: cannot be examined: [Errno 21] Is a directory: '{machine.places.settings}'."
    ]
    assert len(about("Microsoft Defender", found)) == 1


def test_an_examination_changes_nothing(tmp_path: Path) -> None:
    machine = windows_machine(tmp_path)
    assert machine.places is not None
    installed(machine.places, interpreter=PYTHON)
    before = everything_in(tmp_path)
    findings(tmp_path / "missing.xlsx", machine=machine)
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize(
    ("remedy", "expected"), [("", "Locks: none."), ("close it", "Locks: none; close it.")]
)
def test_a_finding_is_a_sentence(remedy: str, expected: str) -> None:
    assert str(Finding(subject="Locks", found="none", remedy=remedy)) == expected
