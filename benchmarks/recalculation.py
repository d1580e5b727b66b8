"""How long a filled scorecard takes to calculate in LibreOffice.

An edit sets one count and lets the document calculate what depends on it, as
when a person types; everything is a hard calculation of every formula. Run it
with ``python -m benchmarks.recalculation``.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.cases import inputs_of
from benchmarks.machine import machine
from scorecard_xl.new_workbook import new_from_inputs
from tests.judges.libreoffice import Calc

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard_xl.csv_folder import Inputs
    from tests.judges.libreoffice import CalcBook

SIZES = (42, 400, 4_000)
PERIODS = 13
EDITS = 20
CALCULATIONS = 5
FIRST_COUNT = "D5"
# Seconds that an edit and a calculation of everything may take.
BOUNDS = {400: (0.1, 0.3), 4_000: (0.3, 3.0)}


def with_history(inputs: Inputs) -> Inputs:
    """The same tables with results for 13 months in a row, the last ones as published."""
    history = inputs.history
    published = set(history["as_at"])
    last, outturn = max(published), min(published)
    months = pd.date_range(end=last, periods=PERIODS, freq="ME").date
    before = history[history["as_at"] == outturn]
    others = [before.assign(as_at=month) for month in months if month not in published]
    return dataclasses.replace(inputs, history=pd.concat([*others, history], ignore_index=True))


def seconds_of(action: Callable[[], object]) -> float:
    """How long an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def edit(book: CalcBook, value: float) -> None:
    """Type a count; look at the first rows, and at the tallies that depend on all of them."""
    book.set_cell("Counts", FIRST_COUNT, value)
    book.values("Scorecard", "A1:P60")


def measured(calc: Calc, path: Path) -> tuple[float, float]:
    """Median seconds of an edit, and of calculating everything."""
    with calc.open(path) as book:
        book.recalculate()
        edits = [
            seconds_of(lambda value=value: edit(book, 300_000.0 + value)) for value in range(EDITS)
        ]
        everything = [seconds_of(book.recalculate) for _ in range(CALCULATIONS)]
    return statistics.median(edits), statistics.median(everything)


def libreoffice() -> str:
    """LibreOffice's version."""
    told = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True)
    return " ".join(told.stdout.split()[:2])


def main() -> None:
    """Print a table of sizes and seconds, with the bounds to meet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    sizes = parser.parse_args().sizes
    print(f"{machine()}, {libreoffice()}; {PERIODS} periods of history; medians in seconds")
    print(f"{'indicators':>10} {'edit':>8} {'bound':>6} {'everything':>11} {'bound':>6}")
    with tempfile.TemporaryDirectory() as folder, Calc() as calc:
        for size in sizes:
            path = Path(folder) / f"{size}.xlsx"
            new_from_inputs(path, with_history(inputs_of(size)))
            one, everything = measured(calc, path)
            bounds = BOUNDS.get(size, ("", ""))
            print(f"{size:>10,} {one:>8.3f} {bounds[0]:>6} {everything:>11.3f} {bounds[1]:>6}")


if __name__ == "__main__":
    main()
