"""The files that are put into place, as they come in the installed packages."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import ScorecardError
from scorecard_xl.installing.addin_version import version_of_addin
from scorecard_xl.installing.places import OUR_ADDIN, VENDOR_ADDIN
from scorecard_xl.new_workbook import template_path

if TYPE_CHECKING:
    from scorecard_xl.installing.places import Places

ADDINS = (OUR_ADDIN, VENDOR_ADDIN)


def addin_in_package(name: str) -> Path:
    """Where an add-in lies before it is installed."""
    return template_path(name) if name == OUR_ADDIN else _in_xlwings("addin", VENDOR_ADDIN)


def packaged_version(name: str) -> str:
    """The version of an add-in before it is installed, as its macros state it."""
    return version_of_addin(addin_in_package(name).read_bytes(), name=name) or "not known"


def files_for(places: Places) -> dict[Path, Path]:
    """Which file goes where; the start entry is not among them, because it is made in place."""
    files = {places.startup / name: addin_in_package(name) for name in ADDINS}
    if places.scripts is not None:
        # The add-in asks for the script by this name, with its own version in it.
        script = f"xlwings-{version_of_package('xlwings')}.applescript"
        files[places.scripts / script] = _in_xlwings(script)
    return files


def version_of_package(name: str) -> str:
    """The version of an installed package."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _in_xlwings(*parts: str) -> Path:
    """A file of the xlwings package, which is found and not imported: that would take a while."""
    found = importlib.util.find_spec("xlwings")
    folder = Path(found.origin).parent if found is not None and found.origin else Path()
    path = folder.joinpath(*parts)
    if found is None or not path.is_file():
        message = f"xlwings' file {parts[-1]} is missing; install xlwings again."
        raise ScorecardError(message)
    return path
