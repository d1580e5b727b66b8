"""Whole processes, from start to end: a refresh, and an import, against pandas' own imports."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cases import workbook_of
from benchmarks.machine import compile_package, machine, seconds_in_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TIMES = 15


def process(*arguments: str) -> Callable[[], object]:
    """Run this Python with some arguments, to be timed."""
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def rows(folder: Path) -> list[tuple[str, str, Sequence[float], float]]:
    """What is compared: ours, theirs, their seconds, and the bound of the ratio."""
    path = workbook_of(42, folder)
    refresh = process(
        "-m", "scorecard_xl", "refresh", str(path), "--output", str(folder / "out.xlsx"), "--force"
    )
    libraries = process("-c", "import pandas, openpyxl")
    pandas, ours = process("-c", "import pandas"), process("-c", "import scorecard_xl")
    return [
        (
            "scorecard-xl refresh, 42 indicators",
            "python -c 'import pandas, openpyxl'",
            seconds_in_turn([refresh, libraries], times=TIMES),
            1.5,
        ),
        (
            "import scorecard_xl",
            "import pandas",
            seconds_in_turn([ours, pandas], times=TIMES),
            1.1,
        ),
    ]


def main() -> None:
    """Print a table of both, and their ratio."""
    print(machine())
    compile_package()
    print("| process | against | it | ours | ratio | bound |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, against, (own, other), bound in rows(Path(folder)):
            print(
                f"| {name} | {against} | {other * 1000:,.0f} ms | {own * 1000:,.0f} ms "
                f"| {own / other:.2f}x | {bound}x |"
            )


if __name__ == "__main__":
    main()
