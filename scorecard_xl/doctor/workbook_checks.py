"""What is found of a workbook: whether it is one of ours, who holds it, what stands against it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.lock_files import holder_of
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.engines.file.saving import read_file
from scorecard_xl.engines.file.workbook import FileWorkbook
from scorecard_xl.exceptions import FileError
from scorecard_xl.finding import Finding
from scorecard_xl.workbook.template import (
    TEMPLATE_VERSION,
    VERSION_NAME,
    read_template,
    version_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorecard_xl.doctor.machine import Machine

_PROTECTED = re.compile(rb"<(?:\w+:)?sheetProtection\b[^>]*\bsheet=\"(?:1|true)\"")
_FILLED_SHEETS = ("Checks", "Why")
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_PYTHON_ENDINGS = (".py", ".pyw", ".pyc", ".pyd", ".so")


def _scorecard(path: Path, _machine: Machine) -> list[Finding]:
    """Whether it can be read, is a scorecard, and has what would be refused."""
    subject = path.name
    try:
        plan = Plan(Package(read_file(path)[0], name=path.name))
        template, problems = read_template(FileWorkbook(plan))
    except FileError as error:
        found, _, remedy = str(error).rstrip(".").rpartition("; ")
        return [Finding(subject=subject, found=found or remedy, remedy=remedy if found else "")]
    if template is None:
        return [
            Finding(subject=subject, found=f"{each.place}: {each.finding}", remedy=each.remedy)
            for each in problems
        ]
    filled = {template.sheet, *_FILLED_SHEETS} & set(plan.sheets)
    return [
        Finding(subject=subject, found=f"is a scorecard, on the sheet {template.sheet!r}"),
        *_older_template(path, plan),
        *_refused_sheets(path, plan),
        *_protected_sheets(path, plan, filled),
    ]


def _older_template(path: Path, plan: Plan) -> list[Finding]:
    version = version_of(plan.book.formula_of(VERSION_NAME))
    if version >= TEMPLATE_VERSION:
        return []
    found = f"is made from the template's version {version}, and today's is {TEMPLATE_VERSION}"
    remedy = "scorecard-xl upgrade adds what is new, and changes nothing of yours"
    return [Finding(subject=path.name, found=found, remedy=remedy)]


def _refused_sheets(path: Path, plan: Plan) -> list[Finding]:
    return [
        Finding(
            subject=path.name,
            found=f"its sheet {name!r} could run a program of somebody else's",
            remedy="delete the sheet if you know where it comes from, or ask your IT desk",
        )
        for name in plan.book.sheet_ids()
        if name.casefold() == "xlwings.conf" or name.casefold().endswith(".py")
    ]


def _protected_sheets(path: Path, plan: Plan, names: set[str]) -> list[Finding]:
    return [
        Finding(
            subject=path.name,
            found=f"the sheet {name!r} is protected, and Excel lets nobody fill it",
            remedy="take the protection off with Review, Unprotect Sheet",
        )
        for name in sorted(names)
        if _PROTECTED.search(plan.package.read(plan.sheets[name]))
    ]


def _holder(path: Path, _machine: Machine) -> list[Finding]:
    holder = holder_of(path)
    if holder is None:
        return [Finding(subject="Open elsewhere", found="no")]
    remedy = "close it there, or refresh it in Excel; delete the lock file if nobody has it open"
    return [Finding(subject="Open elsewhere", found=holder, remedy=remedy)]


def _write_access(path: Path, _machine: Machine) -> list[Finding]:
    subject = "Write access"
    if not path.exists():
        return []
    if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
        remedy = "clear Read-only in its properties, or ask for the right to change it"
        return [Finding(subject=subject, found=f"{path} is read-only", remedy=remedy)]
    folder = path.resolve().parent
    if not os.access(folder, os.W_OK):
        remedy = "move the workbook, or ask for the right to change the folder"
        return [Finding(subject=subject, found=f"{folder} cannot be written to", remedy=remedy)]
    return [Finding(subject=subject, found="the file and its folder can be written to")]


def _beside(path: Path, _machine: Machine) -> list[Finding]:
    """What lies beside it that a click refuses, or could run."""
    subject = "Files beside it"
    names = sorted(each.name for each in path.resolve().parent.iterdir())
    found = [
        Finding(
            subject=subject,
            found=f"{name} could make the buttons run a program of somebody else's",
            remedy="move the workbook to a folder of its own",
        )
        for name in names
        if name.casefold() == "xlwings.conf"
    ]
    archive = f"{path.stem}.zip".casefold()
    python = [
        name
        for name in names
        if name.casefold().endswith(_PYTHON_ENDINGS) or name.casefold() == archive
    ]
    if python:
        told = f"Python files, such as {python[0]}, which are run only if xlwings is set to do so"
        found.append(Finding(subject=subject, found=told))
    return found or [Finding(subject=subject, found="none that the buttons would mind")]


def _onedrive(path: Path, machine: Machine) -> list[Finding]:
    folders = [Path(machine.environ[name]) for name in _ONEDRIVE if machine.environ.get(name)]
    is_synced = any(path.resolve().is_relative_to(folder) for folder in folders)
    if is_synced or any(part.startswith("OneDrive") for part in path.resolve().parts):
        found = "yes, so Excel may know it by an address; name it by its file name alone"
        return [Finding(subject="On OneDrive", found=found)]
    return [Finding(subject="On OneDrive", found="no")]


WORKBOOK_CHECKS: Mapping[str, Callable[[Path, Machine], list[Finding]]] = {
    "Workbook": _scorecard,
    "Open elsewhere": _holder,
    "Write access": _write_access,
    "Files beside it": _beside,
    "On OneDrive": _onedrive,
}
