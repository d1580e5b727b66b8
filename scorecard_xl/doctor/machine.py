"""The machine that is examined: its user, its Python, and what its administrators have set."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from scorecard_xl.installing import Places, Platform, places_here

# Reads a value of the registry by its key, which starts with HKCU or HKLM, and its name.
Registry: TypeAlias = Callable[[str, str], object | None]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Machine:
    """A machine as one of its users sees it; no `places` where there is no Excel with macros."""

    places: Places | None
    interpreter: Path
    home: Path
    environ: Mapping[str, str] = dataclasses.field(default_factory=dict)
    registry: Registry | None = None

    @property
    def is_windows(self) -> bool:
        """Whether it is a Windows machine."""
        return self.places is not None and self.places.platform is Platform.WINDOWS


def machine_here() -> Machine:
    """The machine that this runs on."""
    return Machine(
        places=places_here(),
        interpreter=Path(sys.executable),
        home=Path.home(),
        environ=os.environ,
        registry=registry_here if sys.platform == "win32" else None,
    )


def registry_here(key: str, name: str) -> object | None:
    """Read a value of this machine's registry; None if it is not set, or not to be read."""
    if sys.platform != "win32":
        return None
    import winreg

    hive, _, path = key.partition("\\")
    roots = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}
    # A 32-bit Python would be shown another registry than Windows itself reads.
    access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
    try:
        with winreg.OpenKey(roots[hive], path, 0, access) as opened:
            return winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None
