"""What the buttons start in LibreOffice: one action, on the workbook that they were pressed in.

A macro has LibreOffice listen at a pipe and starts this with the pipe's name: when a workbook
with buttons is opened, to load what a press needs and wait for one; or, where none waits, when a
button is pressed. The macro that was pressed then waits for an answer in a file: ``ready``, or a
sentence why nothing can be done. From then on everything is told in LibreOffice itself.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path
from typing import Any, NoReturn

from scorecard_xl.exceptions import RefusedError, ScorecardError
from scorecard_xl.import_guard import refuse_foreign_modules

READY = "ready"
WAIT, PRESS = "wait", "press"
_FIRST_AFTER_STANDARD_STREAMS = 3


def main(arguments: list[str]) -> None:
    """Do what a button stands for on an open workbook.

    Parameters
    ----------
    arguments
        `WAIT` and the name of the pipe; or `PRESS`, the name of the pipe and what is asked for:
        the action, one of `addin.ACTIONS`; the workbook's identifier in that LibreOffice; and
        the address of the file to answer in. Whoever waits is handed these later.
    """
    purpose, pipe, *request = arguments
    try:
        app = _connected(pipe)
        if purpose == WAIT:
            loaded = _package_on_disk()
            request = _request(app)
            if request and _package_on_disk() != loaded:
                _start_anew(pipe, request)
                return
    except ScorecardError as error:
        _refuse(request, error)
    if request:
        _press(app, *request)


def load() -> None:
    """Load what a press needs."""
    from scorecard_xl.engines.xlwings_alone import load_xlwings_alone

    load_xlwings_alone()
    import scorecard_xl.addin
    import scorecard_xl.engines.in_libreoffice
    import scorecard_xl.engines.libreoffice.apps
    import scorecard_xl.engines.xlwings_book
    import scorecard_xl.workbook.refresh  # noqa: F401


def _connected(pipe: str) -> Any:
    """Connect to LibreOffice, and to no module that lies beside a workbook."""
    refuse_foreign_modules()
    load()
    from scorecard_xl.engines.libreoffice import attach

    return attach(pipe)


def _request(app: Any) -> list[str]:
    """What the press that this Python waits for asks for; nothing, when LibreOffice ends first."""
    from scorecard_xl.engines.libreoffice.waiting import next_request

    return next_request(app.impl.office).split()


def _package_on_disk() -> tuple[int, int] | None:
    """What is another one where this package has been installed anew; None where it is gone."""
    try:
        found = Path(__file__).parent.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _start_anew(pipe: str, request: list[str]) -> None:
    """Have a new Python do what is asked for: this one has loaded but a part of what was there."""
    module = "scorecard_xl.addin_libreoffice"
    subprocess.Popen(
        [sys.executable, "-P", "-m", module, PRESS, pipe, *request],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _press(app: Any, action: str, document: str, answer: str) -> None:
    from scorecard_xl.addin import ACTIONS, press_on
    from scorecard_xl.engines.in_libreoffice import book_open_in
    from scorecard_xl.engines.libreoffice.waiting import ask_for_successor

    try:
        if action not in ACTIONS:
            message = f"No button asks for {action}; install the add-in for LibreOffice again."
            raise RefusedError(message)
        book = book_open_in(app, document)
        # Who has given up has said that nothing was done.
        if _answered(answer, READY):
            press_on(book, action)
    except ScorecardError as error:
        _refuse([answer], error)
    finally:
        ask_for_successor(app.impl.office)


def _refuse(request: list[str], error: ScorecardError) -> NoReturn:
    """Answer why nothing can be done, where someone waits for an answer, and end."""
    if request:
        _answered(request[-1], str(error))
    sys.exit(1)


def _answered(address: str, answer: str) -> bool:
    """Answer in the file at an address; False where it is gone, for nobody waits any longer."""
    try:
        with _path_of(address).open("r+", encoding="utf-8") as file:
            file.write(f"{answer}\n")
    except FileNotFoundError:
        return False
    return True


def _path_of(address: str) -> Path:
    """The file at an address; what does this in Python's own library loads its network parts."""
    path = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
    return Path(path[1:] if re.match("/[A-Za-z]:", path) else path)


def _close_inherited_files() -> None:
    """Close what LibreOffice has open and passes on to the programs that it starts.

    Among it are the open workbook and, on Linux without a desktop's toolkit, a pipe for whose
    end LibreOffice waits before it ends.
    """
    if os.name == "posix":
        os.closerange(_FIRST_AFTER_STANDARD_STREAMS, os.sysconf("SC_OPEN_MAX"))


if __name__ == "__main__":
    _close_inherited_files()
    main(sys.argv[1:])
