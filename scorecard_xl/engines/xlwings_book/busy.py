"""A spreadsheet program that is busy is asked again; what it cannot do is told in a sentence."""

from __future__ import annotations

import contextlib
import functools
import sys
import time
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import xlwings

from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_P = ParamSpec("_P")
_T = TypeVar("_T")

BUSY = "Excel is busy, or a cell is being edited: press Enter or Esc in Excel, then try again."
WAIT_SECONDS = 5.0
PAUSE_SECONDS = 0.25
# Call rejected, retry later, and what Excel itself says while a cell is being edited.
_REJECTIONS = {0x80010001, 0x8001010A, 0x800AC472}
# The Apple event timed out.
_MAC_REJECTIONS = {-1712}
# The classes that xlwings lets through, by the module that brings them once it is loaded.
_FOREIGN_ERRORS = (
    ("pywintypes", "com_error"),
    ("appscript.reference", "CommandError"),
    ("xlwings._xlwindows", "ExcelBusyError"),
)
_WINDOWS_ENGINE = "xlwings._xlwindows"


def _library_errors() -> tuple[type[BaseException], ...]:
    """Everything that xlwings and what lies beneath it may raise."""
    foreign = (getattr(sys.modules.get(module), name, None) for module, name in _FOREIGN_ERRORS)
    found = tuple(each for each in foreign if each is not None)
    return (xlwings.XlwingsError, NotImplementedError, *found)


def is_busy(error: BaseException) -> bool:
    """Whether an error only says that the program cannot answer just now."""
    if type(error).__name__ == "ExcelBusyError":
        return True
    if getattr(error, "errornumber", None) in _MAC_REJECTIONS:
        return True
    details: Sequence[Any] = getattr(error, "excepinfo", None) or ()
    numbers = (getattr(error, "hresult", None), details[5] if len(details) > 5 else None)
    return any(number is not None and number & 0xFFFFFFFF in _REJECTIONS for number in numbers)


def _sentence(error: BaseException) -> str:
    """What the program said, as a sentence."""
    details: Sequence[Any] = getattr(error, "excepinfo", None) or ()
    said = details[2] if len(details) > 2 and details[2] else str(error)
    return f"The spreadsheet program could not do this: {str(said).strip().rstrip('.')}."


def patient(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Have a function tried again for some seconds while the program is busy.

    The function must do one thing that may be done twice.

    Raises
    ------
    EngineError
        It is still busy, or cannot do it.
    """

    @functools.wraps(function)
    def tried(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        end = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                return function(*args, **kwargs)
            except _library_errors() as error:
                if not is_busy(error):
                    raise EngineError(_sentence(error)) from error
                if time.monotonic() >= end:
                    raise EngineError(BUSY) from error
                time.sleep(PAUSE_SECONDS)

    return tried


@contextlib.contextmanager
def rejections_told() -> Iterator[None]:
    """Have xlwings hand on a rejected call; by itself it tries for ever, without a pause."""
    engine: Any = sys.modules.get(_WINDOWS_ENGINE)
    if engine is None:
        yield
        return
    before = engine.N_COM_ATTEMPTS
    engine.N_COM_ATTEMPTS = 1
    try:
        yield
    finally:
        engine.N_COM_ATTEMPTS = before
