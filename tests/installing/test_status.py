"""Status: each line tells what is there, and what to do where it is not as it should be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.installing import installation_findings
from tests.installing.test_install_and_remove import OURS, of_another_version, with_other_bytes
from tests.installing.users import PYTHON, installed

if TYPE_CHECKING:
    from scorecard_xl.installing import Places

INSTALL = "quit Excel and run scorecard-xl addin install"


def told(places: Places) -> list[str]:
    return [str(finding) for finding in installation_findings(places, interpreter=PYTHON)]


def test_an_installation_has_nothing_to_put_right(places: Places) -> None:
    installed(places)
    findings = installation_findings(places, interpreter=PYTHON)
    assert [finding.remedy for finding in findings] == [""] * len(findings)
    addin = places.startup / "scorecard.xlam"
    assert str(findings[0]) == f"scorecard.xlam: version 0.1.0 is installed, {addin}."


def test_where_nothing_is_installed_every_line_says_how(places: Places) -> None:
    findings = installation_findings(places, interpreter=PYTHON)
    assert {finding.remedy for finding in findings} == {INSTALL}


def test_another_version_is_named_with_ours(windows: Places) -> None:
    installed(windows)
    addin = windows.startup / "scorecard.xlam"
    addin.write_bytes(of_another_version())
    assert told(windows)[0] == (
        f"scorecard.xlam: version 0.0.9 is installed and the package has 0.1.0, {addin}; {INSTALL}."
    )


def test_a_signed_add_in_is_in_order(windows: Places) -> None:
    installed(windows)
    (windows.startup / "scorecard.xlam").write_bytes(with_other_bytes(OURS))
    first = installation_findings(windows, interpreter=PYTHON)[0]
    assert (first.remedy, "with other bytes" in first.found) == ("", True)


def test_another_python_is_told(places: Places) -> None:
    installed(places, interpreter=Path("/opt/other/python3"))
    expected = (
        "Python that the buttons start: /opt/other/python3, which is not this one, "
        f"{PYTHON}; {INSTALL}."
    )
    assert expected in told(places)


def test_a_setting_that_runs_files_beside_a_workbook_is_told(windows: Places) -> None:
    installed(windows)
    settings = windows.settings.read_bytes().replace(b'"false"', b'"True"')
    windows.settings.write_bytes(settings)
    expected = (
        "Python files beside a workbook: would be run, because ADD_WORKBOOK_TO_PYTHONPATH is not "
        f"false; {INSTALL}."
    )
    assert expected in told(windows)
