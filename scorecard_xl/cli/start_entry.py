"""What the Start menu's entry runs: refresh the workbook open in Excel, and wait to be read."""

from __future__ import annotations

import sys

from scorecard_xl.cli import main


def refresh_and_wait() -> None:
    """Refresh the active workbook; the window stays until Enter is pressed."""
    sys.argv[1:] = ["refresh", "--engine", "excel"]
    try:
        main()
    finally:
        if sys.stdin is not None and sys.stdin.isatty():
            input("Press Enter to close this window. ")


if __name__ == "__main__":
    refresh_and_wait()
