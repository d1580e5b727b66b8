"""What is installed where, of which version, and which Python it starts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.lock_files import is_there
from scorecard_xl.finding import Finding
from scorecard_xl.installing.addin_version import version_of_addin
from scorecard_xl.installing.record import read_record
from scorecard_xl.installing.settings_file import FOLDER_ON_PATH, value_of_setting
from scorecard_xl.installing.sources import ADDINS, addin_in_package, packaged_version

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.installing.places import Places

INSTALL = "quit Excel and run scorecard-xl addin install"


def installation_findings(places: Places, *, interpreter: Path) -> list[Finding]:
    """Tell what is in place, and what would have to be done for the buttons to work.

    Parameters
    ----------
    places
        The user's places.
    interpreter
        The Python that this package is installed in.

    Raises
    ------
    FileError
        The record of the installation cannot be read.
    OSError
        Another file cannot be read.
    """
    settings = places.settings.read_bytes() if is_there(places.settings) else b""
    return [
        *(_addin(places, name) for name in ADDINS),
        _interpreter(places, settings, interpreter),
        _folder_on_path(settings),
        *_script(places),
        _start_entry(places),
    ]


def _addin(places: Places, name: str) -> Finding:
    path = places.startup / name
    if not is_there(path):
        return Finding(subject=name, found=f"is not in {places.startup}", remedy=INSTALL)
    content = path.read_bytes()
    ours = packaged_version(name)
    if content == addin_in_package(name).read_bytes():
        return Finding(subject=name, found=f"version {ours} is installed, {path}")
    there = version_of_addin(content, name=name)
    if there == ours:
        found = f"version {ours} is installed, with other bytes, as a signed one has, {path}"
        return Finding(subject=name, found=found)
    found = f"version {there or 'not known'} is installed and the package has {ours}, {path}"
    return Finding(subject=name, found=found, remedy=INSTALL)


def _interpreter(places: Places, settings: bytes, interpreter: Path) -> Finding:
    subject = "Python that the buttons start"
    value = value_of_setting(settings, places.interpreter_key)
    if not value:
        found = f"{places.settings} names none"
        return Finding(subject=subject, found=found, remedy=INSTALL)
    if os.path.normcase(value) == os.path.normcase(interpreter):
        return Finding(subject=subject, found=f"{value}, which is this one")
    found = f"{value}, which is not this one, {interpreter}"
    return Finding(subject=subject, found=found, remedy=INSTALL)


def _folder_on_path(settings: bytes) -> Finding:
    subject = "Python files beside a workbook"
    value = value_of_setting(settings, FOLDER_ON_PATH)
    if value is not None and value.casefold() == "false":
        return Finding(subject=subject, found="are not run")
    found = f"would be run, because {FOLDER_ON_PATH} is not false"
    return Finding(subject=subject, found=found, remedy=INSTALL)


def _script(places: Places) -> list[Finding]:
    """Whether Excel for Mac finds the script that the add-in asks for."""
    if places.scripts is None:
        return []
    subject = "Script that starts Python"
    name = f"xlwings-{packaged_version('xlwings.xlam')}.applescript"
    if is_there(places.scripts / name):
        return [Finding(subject=subject, found=f"is installed, {places.scripts / name}")]
    found = f"{name} is not in {places.scripts}"
    return [Finding(subject=subject, found=found, remedy=INSTALL)]


def _start_entry(places: Places) -> Finding:
    subject = "Refresh from outside Excel"
    if is_there(places.start_entry):
        return Finding(subject=subject, found=f"is there, {places.start_entry}")
    record = read_record(places.record)
    remedy = "run scorecard-xl refresh --engine excel" if record is not None else INSTALL
    return Finding(subject=subject, found=f"{places.start_entry} is not there", remedy=remedy)
