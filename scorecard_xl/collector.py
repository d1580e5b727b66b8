"""Python's garbage collector, paused while many cells are made: it would look at each of them anew.

What is no longer used is freed all the same; only what refers to itself waits for the end.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the collector for a ``with`` block or a function; nothing happens where it is off."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
