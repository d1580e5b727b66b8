"""Rolling a workbook with a long history forward, against openpyxl merely loading it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from pathlib import Path

import openpyxl
import pandas as pd

from benchmarks.cases import inputs_of
from benchmarks.machine import machine, seconds_in_turn
from scorecard_xl.new_workbook import new_from_inputs
from scorecard_xl.rolling import roll_file

INDICATORS = 400
SIZES = (10_000, 100_000)
TIMES = 3


def workbook_with(rows: int, folder: Path) -> Path:
    """A filled workbook whose History holds so many results, month by month back in time."""
    inputs = inputs_of(INDICATORS)
    history = inputs.history[inputs.history["as_at"] == min(inputs.history["as_at"])]
    history = history[history["indicator"].isin(inputs.indicators["indicator"])]
    last = dt.date(2012, 12, 31)
    months = pd.date_range(end=last, periods=-(-rows // len(history)), freq="ME").date
    long = pd.concat([history.assign(as_at=month) for month in months], ignore_index=True)
    path = folder / f"history_{rows}_2013_01.xlsx"
    new_from_inputs(path, dataclasses.replace(inputs, history=long[-rows:]), overwrite=True)
    return path


def main() -> None:
    """Print a table of both, and their ratio."""
    print(machine())
    print("| rows of history | openpyxl loads | roll | ratio |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES:
            path = workbook_with(rows, Path(folder))
            theirs, ours = seconds_in_turn(
                [
                    lambda: openpyxl.load_workbook(path),  # noqa: B023
                    lambda: roll_file(path, overwrite=True),  # noqa: B023
                ],
                times=TIMES,
            )
            print(f"| {rows:,} | {theirs:.2f} s | {ours:.2f} s | {theirs / ours:.1f}x |")


if __name__ == "__main__":
    main()
