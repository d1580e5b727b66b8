"""How long a press of the button takes in LibreOffice, and where the time goes.

A warm LibreOffice on a screen of its own, its macros installed as a user installs them; the
button is pressed with the mouse. Run it with ``python -m benchmarks.clicks``.
"""

from __future__ import annotations

import itertools
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import compile_package, machine, seconds
from tests.clicks.desk import Desk
from tests.clicks.screen import Screen
from tests.scorecards import KENT, TEMPLATES, change_settings, place_in, refreshed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.clicks.desk import OpenBook

TIMES = 7
CODE = "cafs_completed_r12m"
BOUND, AIM = 1.0, 0.3
# Counts that are all rated Amber, so that no message box waits.
COUNTS = ("2164", "2200", "2180", "2163")
LAST_CELL = "F8"
LOAD = "from scorecard_xl.addin_libreoffice import load; load()"


class Press:
    """The workbook that is open, and what is done to it again and again."""

    def __init__(self, desk: Desk, book: OpenBook) -> None:
        self._desk, self._book = desk, book
        self._place = place_in(KENT, "Counts", CODE, "Value").rpartition("!")[2]
        self._counts = itertools.cycle(COUNTS)

    def _until(self, is_reached: Callable[[], bool]) -> float:
        """Type a count, press the button, and wait; seconds from the press."""
        self._book.type_into("Counts", self._place, next(self._counts))
        self._desk.screen.point_at(*self._book.place_of_button("Scorecard"))
        self._before = self._book.shown("Scorecard", LAST_CELL)
        started = time.perf_counter()
        self._desk.screen.press_mouse()
        while not is_reached():
            time.sleep(0.002)
        taken = time.perf_counter() - started
        self._book.wait_until_done()
        return taken

    def _is_filled(self) -> bool:
        return self._book.shown("Scorecard", LAST_CELL) != self._before

    def warm(self) -> float:
        """Press where a Python waits, until the last cell has moved."""
        return self._until(self._is_filled)

    def heard(self) -> float:
        """Press where a Python waits, until it has the word."""
        return self._until(lambda: not self._desk.has_one_waiting())

    def first(self) -> float:
        """Press where no Python waits, until the last cell has moved."""
        for process in self._desk.children():
            os.kill(process, signal.SIGKILL)
        return self.warm()


def median(measure: Callable[[], float]) -> float:
    """What is usual after a first time."""
    return statistics.median([measure() for _ in range(TIMES + 1)][1:])


def process(program: str) -> Callable[[], object]:
    """Run a program in a new Python, to be timed."""
    return lambda: subprocess.run([sys.executable, "-P", "-c", program], check=True)


def main() -> None:
    """Print a table of the press and its parts, with the bound to meet."""
    print(machine())
    compile_package()
    with (
        tempfile.TemporaryDirectory() as folder,
        Screen() as screen,
        Desk(Path(folder), screen) as desk,
    ):
        path = desk.trusted / "kent.xlsm"
        path.write_bytes((TEMPLATES / "scorecard_kent_2013_01.xlsm").read_bytes())
        change_settings(path, fill="values")
        refreshed(path)
        with desk.open(path) as book:
            press = Press(desk, book)
            warm, heard, first = median(press.warm), median(press.heard), median(press.first)
    load = seconds(process(LOAD), times=TIMES)
    rows = {
        "a press, to the last cell": (warm, f"at most {BOUND * 1000:,.0f} ms"),
        "of it: the mouse and the macros, until Python has the word": (heard, ""),
        "of it: the workbook is read, worked out and filled": (warm - heard, ""),
        "a press where no Python waits yet": (first, ""),
        "done while nobody waits: Python starts and loads": (load, ""),
    }
    for name, (taken, bound) in rows.items():
        print(f"| {name} | {taken * 1000:,.0f} ms | {bound} |")


if __name__ == "__main__":
    main()
