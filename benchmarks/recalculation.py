"""How long a filled scorecard takes to calculate in LibreOffice: ``python -m benchmarks.recalculation``.

An edit sets one count and lets the document calculate what depends on it, as
when a person types; everything is a hard recalculation of every formula.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from scorecard_xl.csv_folder import Inputs
from scorecard_xl.new_workbook import new_from_inputs
from scorecard_xl.rules import INDICATOR_COLUMNS, Measure
from tests.judges.libreoffice import Calc

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.judges.libreoffice import CalcBook

SIZES = (42, 400, 4_000)
PERIODS = 13
EDITS = 20
CALCULATIONS = 5
FIRST_COUNT = "D5"
# Seconds that an edit and a calculation of everything may take.
BOUNDS = {400: (0.1, 0.3), 4_000: (0.3, 3.0)}


def inputs_of(size: int) -> Inputs:
    """So many indicators of every measure and polarity, with 13 months of history."""
    chance = random.Random(size)
    counts, indicators, history = [], [], []
    months = pd.date_range("2012-01-31", periods=PERIODS, freq="ME").date
    for i in range(size):
        measure = list(Measure)[i % len(Measure)]
        numerator, denominator = chance.randint(50, 900), chance.randint(900, 9_000)
        counts += [(f"n_{i}", f"Numerator {i}", "R12M", numerator)]
        counts += [(f"d_{i}", f"Denominator {i}", "R12M", denominator)]
        share = numerator / denominator
        result = {Measure.COUNT: numerator, Measure.RATE: share * 10_000}.get(measure, share)
        result = numerator if measure is Measure.SUPPLIED else result
        divisor = f"d_{i}" if measure.has_denominator else None
        row = (f"indicator_{i}", f"Section {i % 20}", f"Indicator {i}", "HLT"[i % 3], "R12M")
        row += (measure.value, f"n_{i}", divisor, result * chance.choice((0.9, 1.0, 1.08)))
        indicators.append((*row, None, None, None, None))
        history += [(month, row[0], result * chance.uniform(0.8, 1.0)) for month in months]
    tolerances = {"green_tolerance": 0.0, "amber_tolerance": 0.1}
    settings = [("area", "Kent"), ("as_at", dt.date(2013, 1, 31))]
    settings += [(f"{name}_{p}", value) for name, value in tolerances.items() for p in "HLT"]
    return Inputs(
        counts=_frame(counts, ("code", "count", "data_period", "value")),
        indicators=_frame(indicators, INDICATOR_COLUMNS),
        history=_frame(history, ("as_at", "indicator", "result")),
        settings=_frame(settings, ("name", "value")),
        commentary=_frame([], ("as_at", "indicator", "comment")),
        lines={},
    )


def _frame(rows: list[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns), dtype=object)


def seconds_of(action: Callable[[], object]) -> float:
    """How long an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def edit(book: CalcBook, value: int) -> None:
    """Type a count, and look at a result that depends on it and at the summary."""
    book.set_cell("Counts", FIRST_COUNT, float(value))
    book.values("Scorecard", "A1:P60")


def measured(calc: Calc, path: Path) -> tuple[float, float]:
    """Median seconds of an edit, and of calculating everything."""
    with calc.open(path) as book:
        book.recalculate()
        edits = [seconds_of(lambda value=value: edit(book, value)) for value in range(EDITS)]
        everything = [seconds_of(book.recalculate) for _ in range(CALCULATIONS)]
    return statistics.median(edits), statistics.median(everything)


def machine() -> str:
    """The processor, its cores, and LibreOffice's version."""
    names = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    processor = next(line.partition(": ")[2] for line in names if line.startswith("model name"))
    version = subprocess.run(
        ["soffice", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()
    return f"{processor}, {os.cpu_count()} cores, {' '.join(version[:2])}"


def main() -> None:
    """Print a table of sizes and seconds, with the bounds to meet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    sizes = parser.parse_args().sizes
    print(f"{machine()}; {PERIODS} periods of history; medians in seconds")
    print(f"{'indicators':>10} {'edit':>8} {'bound':>6} {'everything':>11} {'bound':>6}")
    with tempfile.TemporaryDirectory() as folder, Calc() as calc:
        for size in sizes:
            path = Path(folder) / f"{size}.xlsx"
            new_from_inputs(path, inputs_of(size))
            one, everything = measured(calc, path)
            bounds = BOUNDS.get(size, ("", ""))
            print(f"{size:>10,} {one:>8.3f} {bounds[0]:>6} {everything:>11.3f} {bounds[1]:>6}")


if __name__ == "__main__":
    main()
