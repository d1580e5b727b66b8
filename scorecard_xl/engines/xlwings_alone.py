"""xlwings without pandas, which it takes along where it finds it: half of the time of a press."""

from __future__ import annotations

import sys


def load_xlwings_alone() -> None:
    """Load xlwings as where pandas is not installed, in a program that writes and reads no frame.

    Frames are all that xlwings needs pandas for. Where pandas is loaded already, nothing is
    kept from anyone.
    """
    if "pandas" in sys.modules:
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        import xlwings  # noqa: F401
    finally:
        del sys.modules["pandas"]
