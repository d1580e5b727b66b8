"""A small process that lets a LibreOffice go on when the Python that paused it was killed.

While it is filled, a workbook that a user has open shows nothing and calculates nothing; a
Python that is killed then would leave it so. The deputy is run as a program by its path, with
nothing of this package loaded. Its standard input is a pipe that Python holds open, in which it
writes what is paused; when the pipe closes, the deputy lets go on what still is.
"""

from __future__ import annotations

import contextlib
import importlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS_TO_END = 5.0


class Deputy:
    """Stands in for this Python at a LibreOffice that belongs to someone else."""

    def __init__(self, connection: str, bridge: Path) -> None:
        command = [sys.executable, "-I", "-S", str(Path(__file__)), connection, str(bridge)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def note(self, paused: Mapping[str, bool]) -> None:
        """Note which workbooks are paused, by identifier, and whether each calculates otherwise."""
        assert self._process.stdin is not None
        line = " ".join(f"{number}={int(automatic)}" for number, automatic in paused.items())
        with contextlib.suppress(OSError):
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()

    def end(self) -> None:
        """Have it end, and let go on what is still paused."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def main(arguments: list[str]) -> None:
    """Wait for the pipe to close, then let go on what its last line names."""
    connection, bridge = arguments
    last = ""
    for line in sys.stdin:
        last = line
    paused = dict(each.split("=") for each in last.split())
    if not paused:
        return
    sys.path.append(bridge)
    uno: Any = importlib.import_module("uno")
    resolver = uno.getComponentContext().ServiceManager.createInstance(
        "com.sun.star.bridge.UnoUrlResolver"
    )
    context = resolver.resolve(f"uno:{connection};urp;StarOffice.ComponentContext")
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    documents = desktop.Components.createEnumeration()
    while documents.hasMoreElements():
        document = documents.nextElement()
        number = getattr(document, "RuntimeUID", None)
        if number in paused:
            _let_go_on(document, automatic=paused[number] == "1")


def _let_go_on(document: Any, *, automatic: bool) -> None:
    if document.isActionLocked():
        document.removeActionLock()
    if document.hasControllersLocked():
        document.unlockControllers()
    document.enableAutomaticCalculation(automatic)


if __name__ == "__main__":
    main(sys.argv[1:])
