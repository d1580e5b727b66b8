"""How long a press of the button takes in LibreOffice, and where the time goes.

A warm LibreOffice on a screen of its own, its macros installed as a user installs them; the
button is pressed with the mouse. Run it with ``python -m benchmarks.clicks``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import compile_package, machine, seconds
from scorecard_xl import refresh
from scorecard_xl.engines.libreoffice import attach
from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
from tests.clicks.desk import Desk
from tests.clicks.screen import Screen
from tests.scorecards import KENT, TEMPLATES, change_settings, place_in, refreshed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.clicks.desk import OpenBook

TIMES = 7
CODE = "cafs_completed_r12m"
BOUND, AIM = 1.0, 0.3
# Counts that are rated Amber, so that no message box waits, and what they give per 10,000.
COUNTS = {"2163": "67.0", "2164": "67.0", "2200": "68.2", "2180": "67.5"}
IMPORTS = (
    "from scorecard_xl.engines.xlwings_alone import load_xlwings_alone; load_xlwings_alone(); "
    "import scorecard_xl.addin, scorecard_xl.engines.in_libreoffice, "
    "scorecard_xl.engines.libreoffice.apps, scorecard_xl.workbook.refresh"
)


def pressed(desk: Desk, book: OpenBook, place: str, count: str) -> float:
    """Type a count, press the button, and wait until the last cell has moved."""
    before = book.shown("Scorecard", "F8")
    book.type_into("Counts", place, count)
    button = book.place_of_button("Scorecard")
    started = time.perf_counter()
    desk.screen.click(*button)
    while book.shown("Scorecard", "F8") == before:
        time.sleep(0.005)
    taken = time.perf_counter() - started
    book.wait_until_done()
    return taken


def process(program: str) -> Callable[[], object]:
    """Run a program in a new Python, to be timed."""
    return lambda: subprocess.run([sys.executable, "-P", "-c", program], check=True)


def parts(desk: Desk, book: OpenBook) -> dict[str, float]:
    """Seconds of what a press consists of, each by itself."""
    start = seconds(process("pass"), times=TIMES)
    imports = seconds(process(IMPORTS), times=TIMES) - start
    connection = seconds(lambda: list(attach(desk.pipe).books), times=TIMES)

    def fill() -> None:
        with XlwingsWorkbook(book.book) as workbook:
            refresh(workbook)

    return {
        "Python starts": start,
        "xlwings and the package are imported": imports,
        "LibreOffice is connected to": connection,
        "the workbook is read, worked out and filled": seconds(fill, times=TIMES),
    }


def main() -> None:
    """Print a table of the press and its parts, with the bound to meet."""
    print(machine())
    compile_package()
    place = place_in(KENT, "Counts", CODE, "Value").rpartition("!")[2]
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
            counts = [list(COUNTS)[(i + 1) % len(COUNTS)] for i in range(TIMES + 1)]
            taken = [pressed(desk, book, place, count) for count in counts][1:]
            found = parts(desk, book)
    total = statistics.median(taken)
    print(
        f"| a press, to the last cell | {total * 1000:,.0f} ms | at most {BOUND * 1000:,.0f} ms |"
    )
    for name, part in found.items():
        print(f"| {name} | {part * 1000:,.0f} ms | |")
    rest = total - sum(found.values())
    print(f"| the mouse, the macros and the answer | {rest * 1000:,.0f} ms | |")


if __name__ == "__main__":
    main()
