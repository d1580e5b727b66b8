"""Users of Windows and Mac in a folder of this machine, and what lies there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.installing import Places, Platform, install

if TYPE_CHECKING:
    from scorecard_xl.installing.start_entry import Shortcut

PYTHON = Path("/opt/python/bin/python3")


def user_of(platform: Platform, folder: Path) -> Places:
    """A user whose home lies in a folder."""
    environ = {"APPDATA": str(folder / "Roaming"), "LOCALAPPDATA": str(folder / "Local")}
    return Places.of_this_user(platform, environ, folder / "home")


def shortcut_as_text(path: Path, shortcut: Shortcut) -> None:
    """What stands where Windows would write a shortcut: the words that it would be given."""
    path.write_text(json.dumps([str(word) for word in shortcut]), encoding="utf-8")


def installed(places: Places, *, interpreter: Path = PYTHON) -> list[str]:
    """Install, with this machine's shortcuts."""
    return install(places, interpreter=interpreter, shortcut_writer=shortcut_as_text)


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Each file with its content, each folder with None."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
