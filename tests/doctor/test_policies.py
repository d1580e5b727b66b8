"""Policies: what the registry's values let Excel do, and what helps where it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard_xl.doctor import findings
from tests.doctor.machines import Values, about, windows_machine

if TYPE_CHECKING:
    from pathlib import Path

POLICIES = r"HKCU\Software\Policies\Microsoft\office\16.0\excel\security"
MACHINE_POLICIES = r"HKLM\Software\Policies\Microsoft\office\16.0\excel\security"
OFFICE = r"HKCU\Software\Policies\Microsoft\office\16.0\common\security"
OPTIONS = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
DEFENDER = (
    r"HKLM\Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
)
LOCAL_DEFENDER = (
    r"HKLM\Software\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
)
INTUNE = r"HKLM\Software\Policies\Microsoft\Windows Defender\Policy Manager"
RULE = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
DESK = "send your IT desk the page of scorecard-xl addin it-desk"
OUTSIDE = f"use Scorecard from the Start menu, or scorecard-xl refresh; {DESK}"
NO_TRUST = {(rf"{POLICIES}\Trusted Locations", "AllLocationsDisabled"): 1}
SAID_RULE = f"the rule {RULE.casefold()}"


@pytest.mark.parametrize(
    ("values", "subject", "expected"),
    [
        pytest.param(
            {}, "Macros", "run when they are allowed in the message bar, by Excel's options.",
            id="nothing set",
        ),
        pytest.param(
            {(POLICIES, "vbawarnings"): 4, (OPTIONS, "VBAWarnings"): 1}, "Macros",
            "do not run, except in a trusted folder, by policy.",
            id="a policy outranks the user's choice",
        ),
        pytest.param(
            {(MACHINE_POLICIES, "vbawarnings"): 3, **NO_TRUST}, "Macros",
            f"run only if they are signed, or in a trusted folder, by policy; {OUTSIDE}.",
            id="signed only, and no folder is trusted",
        ),
        pytest.param(
            {(OPTIONS, "VBAWarnings"): 1}, "Macros", "all run, by Excel's options.", id="a choice"
        ),
        pytest.param(
            {}, "Macros in files from the internet", "are blocked, by default.", id="by default"
        ),
        pytest.param(
            {(POLICIES, "blockcontentexecutionfrominternet"): 1},
            "Macros in files from the internet", "are blocked, by policy.", id="blocked",
        ),
        pytest.param(
            {(POLICIES, "blockcontentexecutionfrominternet"): 0},
            "Macros in files from the internet", "are not blocked by policy.", id="not blocked",
        ),
        pytest.param({}, "Add-ins' signatures", "need no signature.", id="no signature"),
        pytest.param(
            {(OFFICE, "requirealwaysonmacrosig"): 1}, "Add-ins' signatures",
            f"must be signed by a trusted publisher; have both add-ins signed: {DESK}.",
            id="what is always loaded must be signed",
        ),
        pytest.param(
            {(OPTIONS, "RequireAddinSig"): 1}, "Add-ins' signatures",
            f"must be signed by a trusted publisher; have both add-ins signed: {DESK}.",
            id="add-ins must be signed",
        ),
        pytest.param(NO_TRUST, "Trusted folders", f"are switched off; {OUTSIDE}.", id="none"),
        pytest.param({}, "Microsoft Defender", f"{SAID_RULE} is not set.", id="no rule"),
        pytest.param(
            {(DEFENDER, RULE): "1"}, "Microsoft Defender",
            f"{SAID_RULE} stops Excel from starting Python; {OUTSIDE}.", id="blocks",
        ),
        pytest.param(
            {(DEFENDER, RULE): "2"}, "Microsoft Defender", f"{SAID_RULE} is on to watch only.",
            id="audits",
        ),
        pytest.param(
            {(LOCAL_DEFENDER, RULE): 1}, "Microsoft Defender",
            f"{SAID_RULE} stops Excel from starting Python; {OUTSIDE}.", id="set without a policy",
        ),
        pytest.param(
            {(INTUNE, "ASRRules"): f"26190899-1602-49e8-8b27-eb1d0a1ce869=2|{RULE}=1"},
            "Microsoft Defender", f"{SAID_RULE} stops Excel from starting Python; {OUTSIDE}.",
            id="by Intune's list",
        ),
    ],
)  # fmt: skip
def test_a_policy_is_told_with_what_helps(
    tmp_path: Path, values: Values, subject: str, expected: str
) -> None:
    told = about(subject, findings(machine=windows_machine(tmp_path, values=values)))
    assert told == [f"{subject}: {expected}"]


def test_the_startup_folder_is_found_among_the_trusted_ones(tmp_path: Path) -> None:
    startup = str(tmp_path / "Roaming").replace("/", "\\") + "\\microsoft\\Excel\\XLSTART\\"
    values: Values = {(rf"{OPTIONS}\Trusted Locations\Location2", "Path"): startup}
    machine = windows_machine(tmp_path, values=values)
    assert machine.places is not None
    told = about("Trusted folders", findings(machine=machine))
    assert told == [f"Trusted folders: {machine.places.startup} is one, by Location2."]


def test_on_a_network_drive_no_folder_is_trusted_unless_that_is_allowed(tmp_path: Path) -> None:
    roaming = r"\\server\ada"
    [told] = about("Trusted folders", findings(machine=windows_machine(tmp_path, roaming=roaming)))
    assert "lies on a network drive, where none is trusted; use Scorecard from" in told
    allowed: Values = {(rf"{POLICIES}\Trusted Locations", "AllowNetworkLocations"): 1}
    machine = windows_machine(tmp_path, roaming=roaming, values=allowed)
    [told] = about("Trusted folders", findings(machine=machine))
    assert told.endswith("is one by Excel's default.")
