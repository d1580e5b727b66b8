"""Try many generated workbooks: ``python -m tests.generated.run --count 2000 --seed 1``."""

from __future__ import annotations

import argparse
import dataclasses
import os
import platform
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.generated.cases import case_of
from tests.generated.workbooks import (
    differences_in_formulon,
    differences_in_libreoffice,
    formulas_in,
    problems_told,
    write_case,
)
from tests.judges.libreoffice import Calc

if TYPE_CHECKING:
    from scorecard_xl.workbook.cell_content import Formula

_AT_A_TIME = 50


@dataclasses.dataclass(frozen=True)
class Prepared:
    """A workbook on disk, and what is already known of it."""

    seed: int
    path: Path
    formulas: dict[tuple[int, int], Formula]
    faults: list[str]


def prepared(seed: int, folder: str) -> Prepared:
    """Write a case's workbook; `check` it, and let formulon calculate it."""
    path = Path(folder) / f"{seed}.xlsx"
    write_case(case_of(seed), path)
    formulas = formulas_in(path)
    faults = [*problems_told(path), *map(str, differences_in_formulon(path, formulas))]
    return Prepared(seed, path, formulas, faults)


def tried(seeds: range) -> tuple[int, int]:
    """Try every seed; print each fault, and return how many formulas and faults there were."""
    formulas = faults = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor() as pool,
        Calc() as calc,
    ):
        for start in range(0, len(seeds), _AT_A_TIME):
            some = seeds[start : start + _AT_A_TIME]
            for case in pool.map(prepared, some, [folder] * len(some)):
                with calc.open(case.path) as book:
                    found = [*case.faults]
                    found += map(str, differences_in_libreoffice(book, case.formulas))
                case.path.unlink()
                formulas += len(case.formulas)
                faults += len(found)
                for fault in found:
                    print(f"seed {case.seed}: {fault}", flush=True)
    return formulas, faults


def main() -> int:
    """Try the seeds asked for, and say in one line how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1, help="the first of the seeds")
    asked = parser.parse_args()
    started = time.monotonic()
    formulas, faults = tried(range(asked.seed, asked.seed + asked.count))
    outcome = "agree on every cell" if not faults else f"differ {faults:,} times"
    print(
        f"{asked.count:,} workbooks from seed {asked.seed}, {formulas:,} formulas: LibreOffice, "
        f"formulon and the core {outcome} ({time.monotonic() - started:,.0f} s, "
        f"{os.cpu_count()} cores, {platform.machine()})"
    )
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
