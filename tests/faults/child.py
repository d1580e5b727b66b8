"""Running a piece of work in a process of its own, under limits that must not hold for all."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING

from scorecard_xl import ScorecardError

if TYPE_CHECKING:
    from collections.abc import Callable

NOBODY = 65534
DONE = "done"


def told_in_child(work: Callable[[], object], *, limit: Callable[[], object]) -> str:
    """What a piece of work ends with in a child that has set itself a limit first.

    That is `DONE`, the library's sentence, or the traceback of anything else.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        _end_with(_outcome(work, limit), writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        told = pipe.read()
    os.waitpid(process, 0)
    return told


def _outcome(work: Callable[[], object], limit: Callable[[], object]) -> str:
    try:
        limit()
        work()
    except ScorecardError as error:
        return str(error)
    except BaseException:  # noqa: BLE001 - the parent's test shows it
        return traceback.format_exc()
    return DONE


def _end_with(told: str, writing: int) -> None:
    """End the child at once: it must not run what pytest has to do at the end."""
    try:
        os.write(writing, told.encode("utf-8", "backslashreplace"))
    finally:
        os._exit(0)


def become_nobody() -> None:
    """Give up the administrator's rights, which would override every permission."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
