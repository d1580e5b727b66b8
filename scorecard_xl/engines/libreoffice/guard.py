"""A small parent for LibreOffice, which outlives Python only to put LibreOffice away.

It is run as a program by its path, with nothing of this package loaded. Its standard input is a
pipe that Python holds open: when Python ends, however it ends, the pipe closes, and the guard
ends LibreOffice and removes what it had. When LibreOffice ends first, the guard clears up and
ends with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

SECONDS_TO_END = 2.0
_PR_SET_PDEATHSIG = 1
_LIST = "belongings.txt"
# LibreOffice's own starter answers this code, usual with a new profile, by starting it anew.
ASKS_TO_START_AGAIN = 81


def note_belonging(folder: Path, path: Path) -> None:
    """Write down a file outside the folder that goes when LibreOffice does."""
    with (folder / _LIST).open("a", encoding="utf-8", errors="surrogateescape") as listed:
        listed.write(f"{path}\n")


def clear_away(folder: Path) -> None:
    """Remove a LibreOffice's folder, and the locks and sockets that it left elsewhere."""
    with contextlib.suppress(OSError):
        text = (folder / _LIST).read_text(encoding="utf-8", errors="surrogateescape")
        for line in text.splitlines():
            _remove_if_ours(Path(line), folder)
    shutil.rmtree(folder, ignore_errors=True)


def _remove_if_ours(path: Path, folder: Path) -> None:
    """Remove a socket, or a lock that names the folder; leave what anyone else put there."""
    with contextlib.suppress(OSError):
        if path.is_socket() or folder.name.encode() in path.read_bytes():
            path.unlink()


def _end_with_parent() -> None:
    """Have the kernel end LibreOffice should the guard itself be killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _watch(office: subprocess.Popen[bytes]) -> None:
    """Wait for the pipe to close, then end LibreOffice."""
    while os.read(0, 4096):
        pass
    office.terminate()
    give_up = time.monotonic() + SECONDS_TO_END
    while office.poll() is None and time.monotonic() < give_up:
        time.sleep(0.02)
    office.kill()


def main(arguments: list[str]) -> int:
    """Run LibreOffice, say its process id, and clear up behind it."""
    folder, *program = arguments
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    code = ASKS_TO_START_AGAIN
    while code == ASKS_TO_START_AGAIN:
        office = subprocess.Popen(
            program,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_end_with_parent,
        )
        os.write(1, f"{office.pid}\n".encode())
        threading.Thread(target=_watch, args=(office,), daemon=True).start()
        code = office.wait()
    clear_away(Path(folder))
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
