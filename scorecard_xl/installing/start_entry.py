"""The entry of the Start menu, or of Applications, that refreshes the open workbook.

It is for where Excel may start no program: what it starts is no child of Excel's. On Windows
it is a shortcut, because AppLocker's default rules stop scripts (.cmd, .vbs, .ps1) in a user's
profile, and a shortcut counts as the program it points to. Windows itself writes it.
"""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from pathlib import Path

# -P: the folder that it is started in must not bring modules in.
ARGUMENTS = ("-P", "-m", "scorecard_xl.cli.start_entry")
_DESCRIPTION = "Refresh the scorecard workbook that is open in Excel"


class Shortcut(NamedTuple):
    """What a Windows shortcut starts."""

    program: Path
    arguments: str
    description: str


def shortcut_to(interpreter: Path) -> Shortcut:
    """The shortcut of the Start menu."""
    return Shortcut(interpreter, " ".join(ARGUMENTS), _DESCRIPTION)


def command_file(interpreter: Path) -> bytes:
    """The command file of a Mac's Applications, which opens in Terminal."""
    words = shlex.join([str(interpreter), *ARGUMENTS])
    return f"#!/bin/sh\n# {_DESCRIPTION}.\nexec {words}\n".encode()


def write_shortcut(path: Path, shortcut: Shortcut) -> None:
    """Have Windows write a shortcut, inside this process.

    Raises
    ------
    EngineError
        Windows does not write it, or this is not Windows.
    """
    if sys.platform != "win32":
        message = "Only Windows writes shortcuts; start Scorecard from the command line instead."
        raise EngineError(message)
    import pythoncom
    from win32com.shell import shell

    try:
        link = pythoncom.CoCreateInstance(
            shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
        )
        link.SetPath(str(shortcut.program))
        link.SetArguments(shortcut.arguments)
        link.SetDescription(shortcut.description)
        link.QueryInterface(pythoncom.IID_IPersistFile).Save(str(path), 0)
    except pythoncom.com_error as error:
        message = f"Windows did not write {path}: {error}; start Scorecard from the command line."
        raise EngineError(message) from error
