"""A circulated copy as a whole process, against a refresh as one; and verifying it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.cases import workbook_of
from benchmarks.machine import machine, seconds_in_turn
from benchmarks.processes import process

TIMES = 9
BOUND = 3.0


def main() -> None:
    """Print a table of both, and their ratios."""
    print(machine())
    print("| process, 42 indicators | a refresh | it | ratio | bound |")
    print("| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, copy = str(workbook_of(42, folder)), str(folder / "copy.xlsx")
        program = ("-m", "scorecard_xl")
        refresh = process(
            *program, "refresh", path, "--output", str(folder / "out.xlsx"), "--force"
        )
        circulate = process(*program, "circulate", path, "--output", copy, "--replace")
        circulate()
        verify = process(*program, "verify", copy)
        base, *ours = seconds_in_turn([refresh, circulate, verify], times=TIMES)
        for what, own in zip(("circulate", "verify"), ours, strict=True):
            print(
                f"| scorecard-xl {what} | {base * 1000:,.0f} ms | {own * 1000:,.0f} ms "
                f"| {own / base:.2f}x | {BOUND:.1f}x |"
            )


if __name__ == "__main__":
    main()
