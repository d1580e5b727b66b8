"""Reading a file whole, and replacing it whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.file.lock_files import holder_of
from scorecard_xl.engines.file.temporaries import (
    BACKUP_SUFFIX,
    backup_of,
    clear_leftovers,
    new_temporary,
)
from scorecard_xl.exceptions import FileError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_FILE = 200 * 1024 * 1024
_NO_ROOM = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


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
def told(path: Path, action: str) -> Iterator[None]:
    """Turn what the operating system says into a sentence."""
    try:
        yield
    except FileNotFoundError as error:
        refuse_without_folder(path)
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
        remedy = (
            "free some space or choose another folder"
            if error.errno in _NO_ROOM
            else "try again, or choose another folder"
        )
        message = f"{path} cannot be {action}: {error.strerror or error}; {remedy}."
        raise FileError(message) from error


def refuse_without_folder(path: Path) -> None:
    """Refuse a file whose folder is not there."""
    if not path.parent.is_dir():
        message = f"The folder {path.parent} was not found; check its name, or make it first."
        raise FileError(message)


def read_file(path: Path) -> tuple[bytes, Fingerprint]:
    """Read a file, and its fingerprint.

    Raises
    ------
    FileError
        It cannot be read, or changed while it was read.
    """
    with told(path, "read"):
        _refuse_odd(path)
        before = fingerprint_of(path)
        data = path.read_bytes()
        if fingerprint_of(path) != before:
            message = f"{path} changed while it was read; try again when it has been saved."
            raise FileError(message)
    return data, before


def _refuse_odd(path: Path) -> None:
    """Refuse what is no file, which might never end, and what is larger than any workbook."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        message = f"{path} is not a file; choose an .xlsx or .xlsm file."
        raise FileError(message)
    if status.st_size > LARGEST_FILE:
        message = (
            f"{path} has {status.st_size:,} bytes, and no more than {LARGEST_FILE:,} are read; "
            "take out pictures and sheets that the scorecard does not need."
        )
        raise FileError(message)


def real_path(path: Path) -> Path:
    """Where links lead; those that lead in a circle stay."""
    # Path.resolve() raises RuntimeError for a circle.
    return Path(os.path.realpath(path))


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


def _refuse_read_only(path: Path) -> None:
    # The administrator may write anything, so the file's own word counts, not what is allowed.
    if not path.stat().st_mode & 0o222:
        message = f"{path} is read-only; clear that in its properties, or save under another name."
        raise FileError(message)


def save_over(
    path: Path, data: bytes, *, read: Fingerprint, backup: str = BACKUP_SUFFIX
) -> Fingerprint:
    """Replace a file by new bytes, all or nothing; the old file is kept once beside it.

    Links are followed, permissions kept. Gives the new file's fingerprint.

    Raises
    ------
    FileError
        The file is open elsewhere, has changed since it was read, or cannot be written.
    """
    path = real_path(path)
    refuse_if_open(path)
    with told(path, "saved"):
        _refuse_read_only(path)
        clear_leftovers(path)
        with _one_at_a_time(path), _temporary(path, data) as temporary:
            shutil.copymode(path, temporary)
            with _copy_of(path) as copy:
                if fingerprint_of(path) != read:
                    message = (
                        f"{path.name} has changed since it was read; nothing was written. Try "
                        "again."
                    )
                    raise FileError(message)
                copy.replace(backup_of(path, backup))
            # Taken before the file has its name: afterwards it may be another program's.
            written = fingerprint_of(temporary)
            temporary.replace(path)
        sync_folder(path.parent)
    return written


def save_new(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a new file, all or nothing.

    Raises
    ------
    RefusedError
        The file is there already and `overwrite` was not given.
    FileError
        It cannot be written, or is open elsewhere.
    """
    path = real_path(path)
    with told(path, "saved"):
        if not overwrite and path.exists():
            raise _taken(path)
        refuse_if_open(path)
        if path.exists():
            _refuse_read_only(path)
        clear_leftovers(path)
        with _temporary(path, data) as temporary:
            if path.exists():
                shutil.copymode(path, temporary)
            if overwrite:
                temporary.replace(path)
            else:
                _put_in_free_place(temporary, path)
        sync_folder(path.parent)


def _taken(path: Path) -> RefusedError:
    return RefusedError(f"{path} is there already; give another name, or --force to replace it.")


def _put_in_free_place(temporary: Path, path: Path) -> None:
    """Give the file its name, unless another program has taken it meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError:
        # Some network and memory drives have no second names for a file.
        temporary.replace(path)


@contextlib.contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Keep out another refresh of the same file, where the system has locks that go with us.

    Windows needs none: there nobody can replace a file that is open.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"{path.name} is being saved by another refresh; try again in a moment."
            raise FileError(message) from error
        except OSError:
            # Some network drives have no locks; the fingerprint still tells of earlier changes.
            pass
        yield


@contextlib.contextmanager
def _temporary(path: Path, data: bytes) -> Iterator[Path]:
    """Write the bytes to disk beside the file; whatever is left of it goes away."""
    temporary = new_temporary(path)
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
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _copy_of(path: Path) -> Iterator[Path]:
    """A second name for the file as it is now, or a copy where there are no second names."""
    copy = new_temporary(path)
    try:
        try:
            os.link(path, copy)
        except OSError:
            shutil.copy2(path, copy)
        yield copy
    finally:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the folder's new entry on disk, where the system lets folders be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
