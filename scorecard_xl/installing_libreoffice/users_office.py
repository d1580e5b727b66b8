"""The user's own LibreOffice, asked for its settings and extensions."""

from __future__ import annotations

import contextlib
import secrets
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.engines.libreoffice import guard
from scorecard_xl.engines.libreoffice.failures import told
from scorecard_xl.engines.libreoffice.installation import soffice_program, uno_module
from scorecard_xl.engines.libreoffice.office import SECONDS_TO_START, Office
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
_SECONDS_TO_END = 20
# So long one takes at most to hand its wish over to one that runs already.
_SECONDS_TO_HAND_OVER = 1


def own_profile() -> Path:
    """Where the user's LibreOffice keeps its settings, unless it was told otherwise."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "LibreOffice" / "4"
    return Path.home() / ".config" / "libreoffice" / "4"


@contextlib.contextmanager
def office_with(profile: Path) -> Iterator[Office]:
    """A LibreOffice with a profile: the one that runs with it, which goes on, or one started.

    Raises
    ------
    EngineError
        It does not answer, or refuses what it is asked in the ``with`` block.
    """
    pipe = f"pipe,name=scorecard_xl_settings_{secrets.token_hex(6)}"
    command = [str(soffice_program()), f"-env:UserInstallation={profile.absolute().as_uri()}"]
    asked = _Asked([*command, *_OPTIONS, f"--accept={pipe};urp"], pipe)
    try:
        asked.connect()
        yield asked.office
    except _bridge_error() as error:
        raise told(error) from error
    finally:
        if asked.has_handed_over():
            subprocess.run([*command, f"--unaccept={pipe};urp"], check=False, capture_output=True)
        asked.end()


class _Asked:
    """A LibreOffice that was started; where one runs already, it asks that one, and ends."""

    def __init__(self, command: list[str], pipe: str) -> None:
        self._command = command
        self._process = self._started()
        self.office = Office(pipe, -1)

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def connect(self) -> None:
        """Connect as soon as it answers."""
        not_yet = uno_module().getClass("com.sun.star.connection.NoConnectException")
        give_up = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < give_up:
            if self._process.poll() == guard.ASKS_TO_START_AGAIN:
                self._process = self._started()
            try:
                self.office.connect()
            except not_yet:
                time.sleep(0.05)
            else:
                return
        message = "LibreOffice did not answer; quit it, if it is open, and try again."
        raise EngineError(message)

    def has_handed_over(self) -> bool:
        """Whether it has left the work to one that ran already."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_SECONDS_TO_HAND_OVER)
        return self._process.poll() is not None

    def end(self) -> None:
        """End what was started, and let go of what ran before."""
        if self._process.poll() is None and self.office.desktop is not None:
            # It cuts the connection while it answers.
            with contextlib.suppress(_bridge_error()):
                self.office.desktop.terminate()
        self.office.close()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _bridge_error() -> type[Exception]:
    found: type[Exception] = uno_module().getClass("com.sun.star.uno.Exception")
    return found
