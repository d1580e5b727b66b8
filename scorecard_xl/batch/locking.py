"""A batch's folder, for one batch at a time, and for none while workers of a killed one work."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.saving import told
from scorecard_xl.exceptions import FileError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LEADER, _WORKERS = "leader.lock", "workers.lock"
_SECONDS_FOR_LEADER, _SECONDS_FOR_WORKERS = 2.0, 30.0
_SECONDS_BETWEEN_LOOKS = 0.2


@contextlib.contextmanager
def told_of(folder: Path) -> Iterator[None]:
    """Turn what hinders a batch in its folder into a sentence."""
    with told(folder, "written to"):
        try:
            yield
        except sqlite3.Error as error:
            message = f"{folder} cannot be written to: {error}; free some space, or choose another."
            raise FileError(message) from error


@contextlib.contextmanager
def leading(work_folder: Path) -> Iterator[None]:
    """Keep other batches out of a folder, where the system has locks that go with a process.

    Raises
    ------
    RefusedError
        Another batch works in the folder.
    """
    leader = _locked_within(_SECONDS_FOR_LEADER, work_folder / _LEADER)
    if leader is None:
        message = (
            f"Another batch is at work in {work_folder.parent}; wait until it is done, or choose "
            "another folder."
        )
        raise RefusedError(message)
    try:
        _wait_for_workers(work_folder)
        yield
    finally:
        os.close(leader)


def join_as_worker(work_folder: Path) -> None:
    """Tell of this process as long as it lives, and end it when its leader has gone."""
    # Never closed: the lock goes with the process.
    _locked(work_folder / _WORKERS, alone=False)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(leader: int) -> None:
    while os.getppid() == leader:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os._exit(1)


def _wait_for_workers(work_folder: Path) -> None:
    """Let the workers of a batch that was killed end first."""
    lock = _locked_within(_SECONDS_FOR_WORKERS, work_folder / _WORKERS)
    if lock is None:
        message = (
            f"Workers of an earlier batch are still at work in {work_folder.parent}; end them."
        )
        raise RefusedError(message)
    os.close(lock)


def _locked_within(seconds: float, path: Path) -> int | None:
    """Lock a file for this process alone, once those of a process that was killed have ended."""
    until = time.monotonic() + seconds
    while (lock := _locked(path, alone=True)) is None and time.monotonic() < until:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return lock


def _locked(path: Path, *, alone: bool) -> int | None:
    """Lock a file; its descriptor, None where another process has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        import fcntl
    except ImportError:
        # Windows: there a file that is open cannot be replaced, so that nothing is torn.
        return descriptor
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        # Some network drives have no locks.
        pass
    return descriptor
