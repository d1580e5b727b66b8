"""Where modules come from: nothing that lies beside a workbook may run.

A program that starts Python from a workbook may put the workbook's folder first on
`sys.path`, so that a ``pandas.py`` mailed along with it would be taken for pandas.
Imported first in a program that a click has started, this module puts such folders off
the path, before anything else is looked for in them.
"""

from __future__ import annotations

# These are loaded when Python starts, so nothing can stand in for them.
import os
import site
import sys

_PACKAGE = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120 - pathlib is not loaded yet


def _trusted_folders() -> list[str]:
    """The folders of this Python's installation, and the one that this package lies in."""
    known = [sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.dirname(_PACKAGE)]  # noqa: PTH120
    if site.ENABLE_USER_SITE:
        known.append(site.getusersitepackages())
    return [os.path.normcase(os.path.realpath(folder)) for folder in known]


_TRUSTED = _trusted_folders()


def _is_trusted(entry: str) -> bool:
    """Whether a path lies in a trusted folder; the empty one is wherever Python was started."""
    path = os.path.normcase(os.path.realpath(entry))
    return bool(entry) and any(
        path == folder or path.startswith(folder.rstrip(os.sep) + os.sep) for folder in _TRUSTED
    )


def leave_foreign_folders_out() -> None:
    """Take off `sys.path` what belongs neither to this Python nor to this package."""
    sys.path[:] = [entry for entry in sys.path if _is_trusted(entry)]


# What RunPython says of the workbook whose button was clicked.
if any(argument.startswith("--wb=") for argument in sys.argv):
    leave_foreign_folders_out()

# isort: split
import importlib.metadata  # noqa: E402
from pathlib import Path  # noqa: E402

from scorecard_xl.exceptions import RefusedError  # noqa: E402

# Modules that a computer's owner puts on the path to set Python up.
_OF_THE_OWNER = {"__main__", "sitecustomize", "usercustomize"}


def refuse_foreign_modules() -> None:
    """Refuse to go on where a module was imported from beside a workbook after all.

    Raises
    ------
    RefusedError
        A module was imported from a folder that belongs neither to this Python
        nor to this package, or the package itself from elsewhere than it was installed.
    """
    leave_foreign_folders_out()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and name not in _OF_THE_OWNER and not _is_trusted(file):
            message = (
                f"Python has loaded {file}, which does not belong to its installation, so nothing "
                "was done; move that file away from the workbook, or ask your IT desk."
            )
            raise RefusedError(message)
    if not _is_where_it_was_installed():
        message = (
            f"scorecard_xl was loaded from {_PACKAGE}, where it was not installed, so nothing was "
            "done; install it again, or ask your IT desk."
        )
        raise RefusedError(message)


def _is_where_it_was_installed() -> bool:
    """Whether this package lies where its installation says, or was installed as a checkout."""
    try:
        installed = importlib.metadata.distribution("scorecard_xl")
    except importlib.metadata.PackageNotFoundError:
        return False
    if '"editable": true' in (installed.read_text("direct_url.json") or ""):
        return True
    return Path(str(installed.locate_file("scorecard_xl"))).resolve() == Path(_PACKAGE)
