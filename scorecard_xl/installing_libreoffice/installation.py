"""The extension put into a user's LibreOffice, taken out again, and looked for."""

from __future__ import annotations

import tempfile
from pathlib import Path

from scorecard_xl.engines.libreoffice.installation import soffice_program, uno_module
from scorecard_xl.exceptions import EngineError
from scorecard_xl.finding import Finding
from scorecard_xl.installing_libreoffice.extension import buttons_in_words, extension
from scorecard_xl.installing_libreoffice.extensions import (
    FILE_NAME,
    add_extension,
    has_extension,
    remove_extension,
)
from scorecard_xl.installing_libreoffice.trusted_folders import (
    forget_folders,
    trust_folders,
    trusted_folders,
)
from scorecard_xl.installing_libreoffice.users_office import office_with, own_profile


def install_libreoffice(
    *, interpreter: Path, trust: tuple[Path, ...] = (), profile: Path | None = None
) -> list[str]:
    """Put the extension into the user's LibreOffice, and trust the folders named.

    Parameters
    ----------
    interpreter
        The Python that the buttons start.
    trust
        Folders whose macros LibreOffice is to run from now on; none but these are added.
    profile
        The folder of LibreOffice's settings, if it is not the user's own.

    Returns
    -------
    What was done, a sentence each.

    Raises
    ------
    EngineError
        LibreOffice or its Python bridge is missing, or it refuses the extension.
    """
    uno_module()
    profile = profile or own_profile()
    with tempfile.TemporaryDirectory() as folder, office_with(profile) as office:
        file = Path(folder) / FILE_NAME
        file.write_bytes(extension(interpreter))
        trust_folders(trust, office=office, profile=profile)
        add_extension(office, file)
    folders = ", ".join(map(str, trusted_folders(profile)))
    on_sheets = (
        f"In workbooks with macros in {folders} the buttons on the sheets work, too."
        if folders
        else "The buttons on the sheets work where LibreOffice trusts the workbook's folder: "
        "install with --trust FOLDER, or see Tools, Options, Security, Macro Security."
    )
    return [
        f"LibreOffice has the extension Scorecard, which starts {interpreter}.",
        f"In every workbook, Tools, Add-Ons has Scorecard: {buttons_in_words()}.",
        on_sheets,
    ]


def remove_libreoffice(*, profile: Path | None = None) -> list[str]:
    """Take the extension out, and the folders that were trusted when it was put in.

    Returns
    -------
    What was done, a sentence each.

    Raises
    ------
    EngineError
        LibreOffice or its Python bridge is missing, or it refuses.
    """
    profile = profile or own_profile()
    if not profile.is_dir():
        return ["LibreOffice has never been used here; nothing was changed."]
    with office_with(profile) as office:
        folders = forget_folders(office=office, profile=profile)
        is_out = remove_extension(office)
    told = [f"LibreOffice no longer trusts {folder}." for folder in folders]
    if is_out:
        told.append("The extension Scorecard is removed from LibreOffice.")
    return told or ["LibreOffice does not have the extension Scorecard; nothing was changed."]


def libreoffice_findings(*, interpreter: Path, profile: Path | None = None) -> list[Finding]:
    """Tell what is installed in LibreOffice, and whether this Python can work in it."""
    profile = profile or own_profile()
    try:
        uno_module()
        program = soffice_program()
        is_there = profile.is_dir() and _is_installed(profile)
    except EngineError as error:
        return [Finding(subject="LibreOffice", found="no buttons here", remedy=str(error))]
    folders = ", ".join(map(str, trusted_folders(profile)))
    return [
        Finding(subject="LibreOffice", found=f"{program}, with its bridge to {interpreter}"),
        Finding(
            subject="The extension Scorecard",
            found="is installed" if is_there else "is not installed",
            remedy="" if is_there else "run scorecard-xl addin install --libreoffice",
        ),
        Finding(subject="Folders trusted for the buttons", found=folders or "none was named"),
    ]


def _is_installed(profile: Path) -> bool:
    with office_with(profile) as office:
        return has_extension(office)
