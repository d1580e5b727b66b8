"""Reading a file whole, and replacing it whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.exceptions import FileError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BACKUP_SUFFIX = ".before-refresh"


class Fingerprint(NamedTuple):
    """Enough of a file's state to notice that another program has replaced or changed it."""

    inode: int
    modified: int
    size: int


def fingerprint_of(path: Path) -> Fingerprint:
    """Take a file's fingerprint."""
    status = path.stat()
    return Fingerprint(status.st_ino, status.st_mtime_ns, status.st_size)


@contextlib.contextmanager
def _told(path: Path, action: str) -> Iterator[None]:
    """Turn what the operating system says into a sentence."""
    try:
        yield
    except FileNotFoundError as error:
        message = f"{path} was not found; check the name and the folder."
        raise FileError(message) from error
    except IsADirectoryError as error:
        message = f"{path} is a folder; name a workbook in it."
        raise FileError(message) from error
    except PermissionError as error:
        message = (
            f"{path} cannot be {action}: permission is denied; close it where it is open, or ask "
            "for the right to change it and its folder."
        )
        raise FileError(message) from error
    except OSError as error:
        message = (
            f"{path} cannot be {action}: {error.strerror or error}; free some space or choose "
            "another folder."
        )
        raise FileError(message) from error


def read_file(path: Path) -> tuple[bytes, Fingerprint]:
    """Read a file, and its fingerprint.

    Raises
    ------
    FileError
        It cannot be read, or changed while it was read.
    """
    with _told(path, "read"):
        before = fingerprint_of(path)
        data = path.read_bytes()
        if fingerprint_of(path) != before:
            message = f"{path} changed while it was read; try again when it has been saved."
            raise FileError(message)
    return data, before


def holder_of(path: Path) -> str | None:
    """Who has the file open in Excel or LibreOffice, by the lock file beside it; None if nobody."""
    excel = path.with_name(f"~${path.name}")
    if not excel.exists() and len(path.name) > 2:
        # Word and some versions of Excel put "~$" in the place of the first two letters.
        excel = path.with_name(f"~${path.name[2:]}")
    if excel.exists():
        return f"{_excel_owner(excel)} in Excel (lock file {excel.name})"
    libreoffice = path.with_name(f".~lock.{path.name}#")
    if libreoffice.exists():
        fields = libreoffice.read_text(encoding="utf-8", errors="replace").split(",")
        names = [field.strip() for field in fields[:2] if field.strip()]
        return f"{names[0] if names else 'someone'} in LibreOffice (lock file {libreoffice.name})"
    return None


def _excel_owner(lock: Path) -> str:
    """The user's name, which Excel writes as a length and 8-bit letters."""
    with contextlib.suppress(OSError):
        data = lock.read_bytes()
        if data and data[0] < len(data):
            name = data[1 : 1 + data[0]].decode("cp1252", "replace").strip("\0 ")
            return name or "someone"
    return "someone"


def refuse_if_open(path: Path) -> None:
    """Refuse a file that another program has open.

    Raises
    ------
    FileError
        A lock file lies beside it.
    """
    holder = holder_of(path)
    if holder:
        message = (
            f"{path.name} is open: {holder}; close it there, or delete the lock file if nobody "
            "has it open."
        )
        raise FileError(message)


def save_over(path: Path, data: bytes, *, read: Fingerprint) -> None:
    """Replace a file by new bytes, all or nothing; the old file is kept once beside it.

    Links are followed, permissions kept.

    Raises
    ------
    FileError
        The file is open elsewhere, has changed since it was read, or cannot be written.
    """
    path = path.resolve()
    refuse_if_open(path)
    with _told(path, "saved"):
        # The administrator may write anything, so the file's own word counts, not what is allowed.
        if not path.stat().st_mode & 0o222:
            message = (
                f"{path} is read-only; clear that in its properties, or save under another name."
            )
            raise FileError(message)
        with _temporary(path, data) as temporary:
            shutil.copymode(path, temporary)
            if fingerprint_of(path) != read:
                message = (
                    f"{path.name} has changed since it was read; nothing was written. Try again."
                )
                raise FileError(message)
            _keep_once(path)
            temporary.replace(path)
        _sync_folder(path.parent)


def save_new(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a new file, all or nothing.

    Raises
    ------
    RefusedError
        The file is there already and `overwrite` was not given.
    FileError
        It cannot be written, or is open elsewhere.
    """
    if path.exists() and not overwrite:
        message = f"{path} is there already; give another name, or --force to replace it."
        raise RefusedError(message)
    path = path.resolve()
    refuse_if_open(path)
    with _told(path, "saved"):
        with _temporary(path, data) as temporary:
            if path.exists():
                shutil.copymode(path, temporary)
            temporary.replace(path)
        _sync_folder(path.parent)


@contextlib.contextmanager
def _temporary(path: Path, data: bytes) -> Iterator[Path]:
    """Write the bytes to disk beside the file; whatever is left of it goes away."""
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
        )
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _keep_once(path: Path) -> None:
    """Keep the file as it is now under its name and `.before-refresh`, instead of an older one."""
    backup = path.with_name(path.name + BACKUP_SUFFIX)
    copy = backup.with_name(f".{backup.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            os.link(path, copy)
        except OSError:
            shutil.copy2(path, copy)
        copy.replace(backup)
    finally:
        copy.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Have the folder's new entry on disk, where the system lets folders be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
