"""Screen, calculation and events stand still while a workbook is filled, and go on after."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.xlwings_book.busy import patient, rejections_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings

_WHILE_FILLING = {"screen_updating": False, "enable_events": False, "calculation": "manual"}


@contextlib.contextmanager
def paused(app: xlwings.App) -> Iterator[None]:
    """Pause what would slow each write, and put it back as it was, whatever happens.

    What the program does not let one read is left alone: it could not be put back.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(rejections_told())
        for setting, value in _WHILE_FILLING.items():
            known, before = _setting(app, setting)
            if known:
                stack.callback(_set, app, setting, before)
                if before != value:
                    _set(app, setting, value)
        yield


@patient
def _setting(app: xlwings.App, setting: str) -> tuple[bool, Any]:
    """Whether a setting can be read, and what it is."""
    try:
        return True, getattr(app, setting)
    except NotImplementedError:
        return False, None


@patient
def _set(app: xlwings.App, setting: str, value: Any) -> None:
    setattr(app, setting, value)
