"""Where programs of LibreOffice listen on this computer."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PIPE_FOLDERS = (tempfile.gettempdir(), "/var/tmp")
_PIPE = re.compile(r"OSL_PIPE_\d+_(scorecard_xl_office_\w+)")
_ACCEPT = re.compile(r"-{1,2}accept=((?:pipe|socket),[^;]+)")
_SECONDS = 1.0


def listeners(folders: Sequence[str] = PIPE_FOLDERS) -> Iterator[str]:
    """Where programs of LibreOffice listen, as their command lines and their pipes tell.

    A pipe of this user's at which nobody listens any more, because the program was killed, is
    removed.
    """
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if "soffice" in command[0]:
                yield from (found[1] for found in map(_ACCEPT.match, command) if found)
    for folder in folders:
        for pipe in Path(folder).glob("OSL_PIPE_*"):
            found = _PIPE.fullmatch(pipe.name)
            if found and _is_listened_at(pipe):
                yield found[1]


def _is_listened_at(pipe: Path) -> bool:
    """Whether a program answers at a pipe; a connection that is refused tells that none can."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(_SECONDS)
        try:
            asking.connect(str(pipe))
        except ConnectionRefusedError:
            if pipe.lstat().st_uid == os.getuid() and pipe.is_socket():
                pipe.unlink()
            return False
        return True
    return False
