"""Where LibreOffice and its Python bridge are on this computer."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import sys
from pathlib import Path
from typing import Any

from scorecard_xl.exceptions import EngineError

# Debian and its relatives install the bridge for the system's own Python here.
SYSTEM_PACKAGES = Path("/usr/lib/python3/dist-packages")
OTHER_PROGRAMS = (
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/opt/libreoffice/program/soffice"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)


def uno_module() -> Any:
    """Load LibreOffice's Python bridge, from the system's packages if need be.

    Raises
    ------
    EngineError
        Where it is not installed, or was built for another version of Python.
    """
    loaded = sys.modules.get("uno")
    if loaded is not None:
        return loaded
    if importlib.util.find_spec("uno") is not None:
        return _imported()
    if not (SYSTEM_PACKAGES / "uno.py").exists():
        raise EngineError(
            "The libreoffice engine needs LibreOffice's Python bridge, and none is installed "
            "here: on Debian, apt install python3-uno."
        )
    # Only the bridge is taken: nothing else there is for this Python to import, and the bridge
    # lengthens the path itself.
    path_before = list(sys.path)
    sys.path.append(str(SYSTEM_PACKAGES))
    try:
        return _imported()
    finally:
        sys.path[:] = path_before


def _imported() -> Any:
    try:
        return importlib.import_module("uno")
    except ImportError as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise EngineError(
            f"LibreOffice's Python bridge does not load in this Python {version}: it serves the "
            "version it was built for; use the system's own Python, for example in a virtual "
            "environment made with /usr/bin/python3 -m venv."
        ) from error


def soffice_program() -> Path:
    """Find the program that is LibreOffice.

    Raises
    ------
    EngineError
        Where none is installed.
    """
    found = shutil.which("soffice") or shutil.which("libreoffice")
    candidates = ([Path(found)] if found else []) + list(OTHER_PROGRAMS)
    for candidate in candidates:
        if candidate.exists():
            return _without_starter(candidate.resolve())
    raise EngineError(
        "The libreoffice engine needs LibreOffice, and none is installed here: on Debian, "
        "apt install libreoffice-calc python3-uno; elsewhere see libreoffice.org."
    )


def _without_starter(program: Path) -> Path:
    """Prefer the program itself to the script that starts it: there is one process to end."""
    itself = program.with_name("soffice.bin")
    return itself if sys.platform == "linux" and itself.exists() else program
