"""Batches killed at random moments, and what the next one makes of it: ``-m tests.batch.kills``."""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.batch import BatchTables, make_batch
from tests.batch.areas import districts, write_counts
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT

if TYPE_CHECKING:
    from collections.abc import Iterator

AREAS = 12


class Killed(NamedTuple):
    """What a killed batch left, and whether the run after it ended as an undisturbed one.

    `made` counts the workbooks that were there.
    """

    made: int
    broken: int
    is_as_undisturbed: bool


def main() -> None:
    """Kill as many batches as asked for, print a line, and fail if any left something broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills") as folder:
        outcomes = list(kills(Path(folder), count=asked.count, seed=asked.seed))
    broken = sum(each.broken for each in outcomes)
    other = sum(not each.is_as_undisturbed for each in outcomes)
    made = sum(0 < each.made < AREAS for each in outcomes)
    print(
        f"{len(outcomes)} kills, {made} of them with some workbooks in place: {broken} broken "
        f"files, {other} runs afterwards that ended otherwise than an undisturbed one"
    )
    sys.exit(1 if broken or other else 0)


def kills(folder: Path, *, count: int, seed: int) -> Iterator[Killed]:
    """Kill batches into one folder, each with other counts; run each once more to its end."""
    chance = random.Random(seed)
    output = folder / "out"
    seconds = _seconds(folder)
    for number in range(count):
        counts = write_counts(folder / "counts.csv", districts(AREAS, random.Random(number)))
        undisturbed = folder / "undisturbed"
        make_batch(BatchTables(counts=counts), template=KENT, folder=undisturbed, workers=1)
        _killed(folder, after=chance.uniform(0, 1.1 * seconds))
        workbooks = list(output.glob("District*.xlsx"))
        broken = sum(problems_of_package(each) != problems_of_package(KENT) for each in workbooks)
        fresh = sum(each.read_bytes() == (undisturbed / each.name).read_bytes() for each in workbooks)
        outcome = make_batch(BatchTables(counts=counts), template=KENT, folder=output, workers=1)
        same = contents_of(output) == contents_of(undisturbed) and not outcome.failures
        yield Killed(fresh, broken, same)


def contents_of(folder: Path) -> dict[str, str]:
    """Every file of a batch's folder, hidden ones and the manifest included, by a checksum."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _started(folder: Path) -> int:
    """Begin a batch with two workers in another process; gives its number."""
    process = os.fork()
    if process == 0:
        try:
            tables = BatchTables(counts=folder / "counts.csv")
            make_batch(tables, template=KENT, folder=folder / "out", workers=2)
        finally:
            os._exit(0)
    return process


def _seconds(folder: Path) -> float:
    """How long a batch takes from its start to its end."""
    write_counts(folder / "counts.csv", districts(AREAS, random.Random(-1)))
    started = time.monotonic()
    os.waitpid(_started(folder), 0)
    return time.monotonic() - started


def _killed(folder: Path, *, after: float) -> None:
    """Start a batch, and kill its leader some time later."""
    process = _started(folder)
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


if __name__ == "__main__":
    main()
