"""Many new files put into one folder, each whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.saving import refuse_if_open, sync_folder, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SUFFIX = ".batch.tmp"


def save_each(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files by name, each on disk before it gets its name; those of that name go.

    Raises
    ------
    FileError
        One cannot be written, or is open elsewhere; those before it are there.
    """
    for name, data in files:
        path = folder / name
        refuse_if_open(path)
        with told(path, "saved"):
            temporary = folder / f".{os.getpid()}-{secrets.token_hex(6)}{_SUFFIX}"
            try:
                _write(temporary, data)
                temporary.replace(path)
            finally:
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)
    sync_folder(folder)


def append_lines(path: Path, lines: bytes) -> None:
    """Write lines at the end of a file, and have them on disk."""
    with told(path, "saved"):
        _write(path, lines, mode=os.O_APPEND)


def clear_temporaries(folder: Path) -> None:
    """Remove what batches that were killed have left; none must be running."""
    with os.scandir(folder) as entries:
        names = [each.name for each in entries if each.name.endswith(_SUFFIX)]
    for name in names:
        with contextlib.suppress(OSError):
            (folder / name).unlink()


def _write(path: Path, data: bytes, *, mode: int = os.O_EXCL) -> None:
    flags = os.O_WRONLY | os.O_CREAT | mode | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
