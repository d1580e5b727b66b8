"""The files that a save leaves beside a workbook: temporary ones, and the one before."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import secrets
import time
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BACKUP_SUFFIX = ".before-refresh"
# What file systems allow a name, in bytes.
LONGEST_NAME = 255
# Of what a process elsewhere left behind, nothing is known but its age.
SECONDS_UNTIL_ABANDONED = 24 * 60 * 60

_OURS = re.compile(r"\.[0-9a-f]{8}\.([0-9a-f]{8})-([0-9]+)-[0-9a-f]{8}\.tmp")


def _checksum(text: str) -> str:
    return f"{zlib.crc32(os.fsencode(text)):08x}"


def _this_computer() -> str:
    return _checksum(platform.node())


def _prefix(path: Path) -> str:
    """How the names of a file's temporaries start; the same for no other file nearby."""
    return f".{_shortened(path.name, 100)}.{_checksum(path.name)}"


def _shortened(name: str, length: int) -> str:
    """As much of a name as fits a number of bytes, whole characters only."""
    return os.fsencode(name)[:length].decode("utf-8", "ignore")


def new_temporary(path: Path) -> Path:
    """A name for a temporary file beside a file, which tells who made it."""
    maker = f"{_this_computer()}-{os.getpid()}-{secrets.token_hex(4)}"
    return path.with_name(f"{_prefix(path)}.{maker}.tmp")


def backup_of(path: Path, suffix: str = BACKUP_SUFFIX) -> Path:
    """Where the file before the last refresh is kept, or before what else `suffix` names."""
    name = path.name + suffix
    if len(os.fsencode(name)) > LONGEST_NAME:
        end = f"~{_checksum(path.name)}{suffix}"
        name = _shortened(path.name, LONGEST_NAME - len(end)) + end
    return path.with_name(name)


def clear_leftovers(path: Path) -> None:
    """Remove the temporary files of saves of this file that were cut short."""
    prefix = _prefix(path)
    try:
        beside = list(path.parent.iterdir())
    except OSError:
        # A folder may be written to and not be listed.
        return
    for leftover in beside:
        if leftover.name.startswith(prefix):
            match = _OURS.fullmatch(leftover.name[len(prefix) - 9 :])
            if match and _is_abandoned(leftover, computer=match[1], process=int(match[2])):
                # Where it cannot be removed, it harms nobody, and the save goes on.
                with contextlib.suppress(OSError):
                    leftover.unlink()


def _is_abandoned(leftover: Path, *, computer: str, process: int) -> bool:
    """Whether the process that made a temporary file has ended, or must have."""
    if computer == _this_computer() and os.name == "posix":
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        except (PermissionError, OverflowError):
            pass
    with contextlib.suppress(OSError):
        return time.time() - leftover.stat().st_mtime > SECONDS_UNTIL_ABANDONED
    return False
