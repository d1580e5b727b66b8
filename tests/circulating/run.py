"""Edit cells of Kent's copy at random: ``python -m tests.circulating.run --count 1000 --seed 1``.

Every tenth edit goes through the file, the others are made to what was read of it.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from scorecard_xl import open_workbook
from scorecard_xl.circulating import verify
from scorecard_xl.circulating.verification import verified
from scorecard_xl.engines.circulated import read_copy
from tests.circulating.copies import Edit, copy_in, random_edit
from tests.scorecards import KENT


def edited_file(path: Path, edit: Edit, folder: Path) -> Path:
    """The file with a cell edited."""
    edited = folder / "edited.xlsx"
    with open_workbook(path) as workbook:
        workbook.write_block(edit.sheet, edit.row, edit.column, [[edit.content]])
        edited.write_bytes(workbook.to_bytes())
    return edited


def main() -> None:
    """Print how many edits were found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, started, found = random.Random(options.seed), time.monotonic(), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = copy_in(KENT, folder)
        copy = read_copy(path)
        for number in range(options.count):
            edit = random_edit(copy, chance)
            if number % 10 == 0:
                outcome = verify(edited_file(path, edit, folder))
            else:
                outcome = verified(edit.done_to(copy))
            found += not outcome.agrees
            if outcome.agrees:
                print(f"not found: {edit}")
    print(f"{options.count} edits, {found} found ({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
