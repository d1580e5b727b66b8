"""LibreOffice itself: started for this Python alone, or found running."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

from scorecard_xl.engines.libreoffice import guard
from scorecard_xl.engines.libreoffice.failures import PROGRAMS, told
from scorecard_xl.engines.libreoffice.installation import soffice_program, uno_module
from scorecard_xl.exceptions import EngineError

SECONDS_TO_START = 60.0
SECONDS_TO_END = 10.0
# LibreOffice now and then cuts a connection while it is being made (one in ten to forty).
TRIES_TO_CONNECT = 20
_FOLDER_PREFIX = "scorecard_xl_libreoffice_"

_OPTIONS = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck")

# Calculated when opened, as Excel does with what another program wrote; and nothing that asks.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" \
oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooLocale" \
oor:op="fuse"><value>en-US</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Save/Document"><prop oor:name="AutoSave" \
oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Recovery/RecoveryInfo"><prop oor:name="Enabled" \
oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


def properties(**values: object) -> tuple[Any, ...]:
    """Make the named values that LibreOffice takes."""
    made = []
    for name, value in values.items():
        one = uno_module().createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def url_of(path: Path) -> str:
    """Write a file's path as LibreOffice wants it."""
    return str(uno_module().systemPathToFileUrl(str(path.absolute())))


class Office:
    """A connection to a running LibreOffice; `pid` is its process."""

    is_own = False

    def __init__(self, connection: str, pid: int) -> None:
        self.pid = pid
        self.connection = connection
        self.desktop: Any = None

    def connect(self) -> None:
        """Connect now, or raise what LibreOffice's bridge raises."""
        uno = uno_module()
        resolver = uno.getComponentContext().ServiceManager.createInstance(
            "com.sun.star.bridge.UnoUrlResolver"
        )
        cut = uno.getClass("com.sun.star.lang.DisposedException")
        for tries_left in reversed(range(TRIES_TO_CONNECT)):
            try:
                self._resolve(resolver)
                break
            except cut:
                if not tries_left:
                    raise
        PROGRAMS.add(self)

    def _resolve(self, resolver: Any) -> None:
        self.context = resolver.resolve(f"uno:{self.connection};urp;StarOffice.ComponentContext")
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Any:
        """Ask LibreOffice for one of its services."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def has_ended(self) -> bool:
        """Whether the process is gone although it is still wanted."""
        if self.desktop is None or self.pid <= 0:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            pass
        return False

    def opened(self, path: Path) -> None:
        """Take note that a file is open, whose lock goes with LibreOffice."""

    def close(self) -> None:
        """Let go of LibreOffice, which goes on running."""
        self.desktop = None

    def kill(self) -> None:
        """Let go of LibreOffice: it belongs to someone else."""
        self.close()


class OwnOffice(Office):
    """A LibreOffice started for this Python, with a profile of its own."""

    is_own = True

    def __init__(self, *, visible: bool) -> None:
        uno_module()
        program = soffice_program()
        if os.name != "posix":
            raise EngineError(
                "The libreoffice engine starts LibreOffice on Linux and macOS only; here start "
                "it with --accept and attach to it."
            )
        clear_leftovers()
        self.folder = _new_folder()
        pipe = f"scorecard_xl_{os.getpid()}_{secrets.token_hex(6)}"
        self._guard = self._started(program, pipe, visible=visible)
        super().__init__(f"pipe,name={pipe}", self._guard.pid)
        self._wait_until_connected()
        self.pid = self._said_pid()
        _note_sockets(self.folder, self.pid)

    def _started(self, program: Path, pipe: str, *, visible: bool) -> subprocess.Popen[bytes]:
        command = [
            *(sys.executable, "-I", "-S", guard.__file__, str(self.folder), str(program)),
            f"-env:UserInstallation={url_of(self.folder / 'profile')}",
            *(_OPTIONS if visible else ("--headless", *_OPTIONS)),
            f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
        ]
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(self.folder / "tmp")},
            start_new_session=True,
        )

    def _wait_until_connected(self) -> None:
        not_yet = uno_module().getClass("com.sun.star.connection.NoConnectException")
        give_up = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < give_up and self._guard.poll() is None:
            try:
                self.connect()
            except not_yet:
                time.sleep(0.02)
            except uno_module().getClass("com.sun.star.uno.Exception") as error:
                self.kill()
                raise told(error) from error
            else:
                return
        self.kill()
        raise EngineError(
            "LibreOffice did not start; try soffice --headless in a terminal to see why, and "
            "install it anew if that fails too."
        )

    def _said_pid(self) -> int:
        """Process of LibreOffice: the last that the guard named, should it have started two."""
        assert self._guard.stdout is not None
        return int(os.read(self._guard.stdout.fileno(), 4096).split()[-1])

    def opened(self, path: Path) -> None:
        """Take note that a file is open, whose lock goes with LibreOffice."""
        guard.note_belonging(self.folder, path.with_name(f".~lock.{path.name}#"))

    def close(self) -> None:
        """End LibreOffice and wait until nothing of it is left."""
        if self.desktop is not None:
            # It cuts the connection while it answers: that is its way of obeying.
            with contextlib.suppress(uno_module().getClass("com.sun.star.uno.Exception")):
                self.desktop.terminate()
            self.desktop = None
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._guard.wait(SECONDS_TO_END)
        self.kill()

    def kill(self) -> None:
        """End LibreOffice without asking, and wait until nothing of it is left."""
        self.desktop = None
        for end in (self._guard.stdin, self._guard.stdout):
            if end is not None:
                end.close()
        try:
            self._guard.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._guard.kill()
            self._guard.wait()
        guard.clear_away(self.folder)


def attached(where: str) -> Office:
    """Connect to a LibreOffice that listens at a pipe or socket.

    Raises
    ------
    EngineError
        If none listens there.
    """
    connection = where if re.match(r"(pipe|socket),", where) else f"pipe,name={where}"
    office = Office(connection, _pid_of(connection))
    try:
        office.connect()
    except uno_module().getClass("com.sun.star.uno.Exception") as error:
        raise EngineError(
            f"No LibreOffice listens at {where!r}; start one with "
            f'soffice --accept="{connection};urp" and try again.'
        ) from error
    return office


def _pid_of(connection: str) -> int:
    """Find the process that listens at a connection; a number of its own where none is seen."""
    wanted = b"accept=" + connection.split(";")[0].encode()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes().split(b"\0")
            accepts = any(part.lstrip(b"-").split(b";")[0] == wanted for part in command)
            if accepts and b"soffice.bin" in command[0]:
                return int(process.name)
    return -zlib.crc32(connection.encode())


def _new_folder() -> Path:
    """Make the folder that holds all that a LibreOffice writes for itself."""
    folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDER_PREFIX}{os.getpid()}_"))
    (folder / "tmp").mkdir()
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return folder


def clear_leftovers() -> None:
    """Remove the folders of processes that ended together with their guards."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER_PREFIX}*_*"):
        maker = folder.name.removeprefix(_FOLDER_PREFIX).partition("_")[0]
        with contextlib.suppress(OSError):
            ours = folder.lstat().st_uid == os.getuid() and not folder.is_symlink()
            if ours and maker.isdigit() and not Path(f"/proc/{maker}").exists():
                _clear_if_ended(int(maker), folder)


def _clear_if_ended(maker: int, folder: Path) -> None:
    try:
        os.kill(maker, 0)
    except ProcessLookupError:
        guard.clear_away(folder)
    except PermissionError:
        pass


def _note_sockets(folder: Path, pid: int) -> None:
    """Note the sockets that LibreOffice listens at, which stay where it is killed."""
    with contextlib.suppress(OSError):
        links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
        inodes = {link[8:-1] for link in links if link.startswith("socket:[")}
        for line in Path(f"/proc/{pid}/net/unix").read_text().splitlines():
            fields = line.split(maxsplit=7)
            if len(fields) == 8 and fields[6] in inodes and "OSL_PIPE" in fields[7]:
                guard.note_belonging(folder, Path(fields[7]))
