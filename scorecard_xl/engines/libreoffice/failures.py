"""What LibreOffice raises, turned into sentences in one place."""

from __future__ import annotations

import functools
import time
import weakref
from types import FunctionType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

STOPPED = (
    "LibreOffice has stopped while it was being used; the file on disk is as it was when last "
    "saved: start again from it."
)
CLOSED = (
    "The workbook, sheet or range is no longer open in LibreOffice; open the workbook again and "
    "take the range from there."
)

SECONDS_TO_BE_SEEN = 0.5
# What the bridge says, for want of a better word, when an object's workbook is gone.
_GONE = ("cannot get value", "cannot set value", "cannot invoke")

_Class = TypeVar("_Class", bound=type)


class Program(Protocol):
    """A LibreOffice that can be asked whether it has ended unasked."""

    def has_ended(self) -> bool:
        """Whether the process is gone although it is still wanted."""


PROGRAMS: weakref.WeakSet[Program] = weakref.WeakSet()


def told(error: Exception) -> EngineError:
    """Say in a sentence what LibreOffice raised."""
    uno = uno_module()
    message = str(getattr(error, "Message", "")).strip().rstrip(".")
    is_bare = type(error) is uno.getClass("com.sun.star.uno.RuntimeException")
    if _has_one_ended(is_likely=is_bare or message.startswith(_GONE)):
        return EngineError(STOPPED)
    if isinstance(error, uno.getClass("com.sun.star.lang.DisposedException")):
        # The bridge's own words tell a process that ended from a workbook that was closed.
        return EngineError(STOPPED if "bridge" in str(error) else CLOSED)
    if message.startswith(_GONE):
        return EngineError(CLOSED)
    # Some messages are but a line of LibreOffice's source.
    what = type(error).__name__.rpartition(".")[2] if message[:5] in ("", "at ./") else message
    return EngineError(
        f"LibreOffice refused what was asked: {what}; check the value and try again."
    )


def _has_one_ended(*, is_likely: bool) -> bool:
    """Whether a program has ended unasked; the bridge may tell before the system does."""
    give_up = time.monotonic() + (SECONDS_TO_BE_SEEN if is_likely else 0.0)
    while not any(known.has_ended() for known in PROGRAMS):
        if time.monotonic() >= give_up:
            return False
        time.sleep(0.02)
    return True


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except _uno_exception() as error:
            failure = told(error)
            failure.add_note(f"{type(error).__name__}: {error}")
        # Raised out here: the bridge's exceptions have no context, which contextlib asks for.
        raise failure

    return call


@functools.cache
def _uno_exception() -> type[Exception]:
    found: type[Exception] = uno_module().getClass("com.sun.star.uno.Exception")
    return found


def with_sentences(cls: _Class) -> _Class:
    """Make every method and property of a class raise sentences for LibreOffice's exceptions."""
    for name, member in list(vars(cls).items()):
        if isinstance(member, property):
            getter, setter = (part and _guarded(part) for part in (member.fget, member.fset))
            setattr(cls, name, property(getter, setter))
        elif isinstance(member, FunctionType) and (
            not name.startswith("__") or name in _GUARDED_MAGIC
        ):
            setattr(cls, name, _guarded(member))
    return cls


_GUARDED_MAGIC = {"__call__", "__len__", "__contains__", "__getitem__"}
