"""The examination: every check in order, each on its own."""

from __future__ import annotations

import functools
import platform
from typing import TYPE_CHECKING, TypeAlias

from scorecard_xl.doctor.machine import Machine, machine_here
from scorecard_xl.doctor.policies import POLICIES, is_applocker_on
from scorecard_xl.doctor.web_mark import web_mark_findings
from scorecard_xl.doctor.workbook_checks import WORKBOOK_CHECKS
from scorecard_xl.finding import Finding
from scorecard_xl.installing import Platform, installation_findings
from scorecard_xl.installing.places import OUR_ADDIN, VENDOR_ADDIN
from scorecard_xl.installing.sources import version_of_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Check: TypeAlias = Callable[[], list[Finding]]

NOT_HERE = "not on this machine"


def findings(workbook: Path | None = None, *, machine: Machine | None = None) -> list[Finding]:
    """Examine a machine, and a workbook if one is given; nothing is changed.

    A check that fails is a finding itself, so this raises nothing.
    """
    here = machine_here() if machine is None else machine
    checks: list[tuple[str, Check]] = [
        ("Versions", functools.partial(_versions, here)),
        ("Add-ins", functools.partial(_installation, here)),
        ("Python", functools.partial(_interpreter, here)),
        ("Mark of the web", functools.partial(_web_marks, here, workbook)),
        *((subject, functools.partial(_policy, here, subject)) for subject in POLICIES),
    ]
    if workbook is not None:
        checks += [
            (subject, functools.partial(check, workbook, here))
            for subject, check in WORKBOOK_CHECKS.items()
        ]
    return [finding for subject, check in checks for finding in _examined(subject, check)]


def _examined(subject: str, check: Check) -> list[Finding]:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever is wrong here, the rest must be told
        found = f"cannot be examined: {error}".rstrip(".")
        return [Finding(subject=subject, found=found)]


def _versions(machine: Machine) -> list[Finding]:
    names = ("scorecard_xl", "xlwings")
    versions = [f"{name} {version_of_package(name)}" for name in names]
    found = f"{', '.join(versions)}, Python {platform.python_version()}"
    is_missing = any(version.endswith("not installed") for version in versions)
    # Buttons refuse a package that was not installed, and only there are buttons.
    remedy = "install it with pip" if is_missing and machine.places is not None else ""
    return [Finding(subject="Versions", found=found, remedy=remedy)]


def _installation(machine: Machine) -> list[Finding]:
    if machine.places is None:
        return [Finding(subject="Add-ins", found=f"{NOT_HERE}, which has no Excel with macros")]
    return installation_findings(machine.places, interpreter=machine.interpreter)


def _interpreter(machine: Machine) -> list[Finding]:
    """Whether this Python lies where organisations commonly let no program start."""
    path = machine.interpreter
    found, remedy = f"runs from {path}", ""
    is_mac = machine.places is not None and machine.places.platform is Platform.MAC
    if machine.is_windows and path.is_relative_to(machine.home):
        found += ", in the user's profile, from where AppLocker's default rules start no program"
        if is_applocker_on(machine.registry):
            remedy = "ask your IT desk to install Python in Program Files, and install again"
    elif is_mac and " " in str(path):
        # The script of xlwings puts it into a line of the shell as it is.
        remedy = "install Python in a folder without blanks in its name, and install again"
    return [Finding(subject="Python", found=found, remedy=remedy)]


def _web_marks(machine: Machine, workbook: Path | None) -> list[Finding]:
    if machine.places is None or not machine.is_windows:
        return [Finding(subject="Mark of the web", found=NOT_HERE)]
    startup = machine.places.startup
    paths = [startup / OUR_ADDIN, startup / VENDOR_ADDIN]
    return web_mark_findings([*paths, workbook] if workbook is not None else paths)


def _policy(machine: Machine, subject: str) -> list[Finding]:
    if machine.registry is None or machine.places is None:
        return [Finding(subject=subject, found=NOT_HERE)]
    found, remedy = POLICIES[subject](machine.registry, machine.places)
    return [Finding(subject=subject, found=found, remedy=remedy)]
