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
from tests.scorecards import KENT

if TYPE_CHECKING:
    from collections.abc import Iterator

AREAS, VERSIONS = 12, 3


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
    undisturbed = [_undisturbed(folder, number) for number in range(VERSIONS)]
    seconds = _seconds(folder)
    whole = {checksum for files in undisturbed for checksum in files.values()}
    whole |= set(contents_of(folder / "out").values())
    for number in range(count):
        wanted = undisturbed[number % VERSIONS]
        _write(folder, number % VERSIONS)
        _killed(folder, after=chance.uniform(0.05, 1.05) * seconds)
        workbooks = list((folder / "out").glob("District*.xlsx"))
        left = contents_of(folder / "out")
        broken = sum(left[each.name] not in whole for each in workbooks)
        fresh = sum(left[each.name] == wanted[each.name] for each in workbooks)
        os.waitpid(_started(folder), 0)
        yield Killed(fresh, broken, contents_of(folder / "out") == wanted)


def _write(folder: Path, version: int) -> Path:
    return write_counts(folder / "counts.csv", districts(AREAS, random.Random(version)))


def _undisturbed(folder: Path, version: int) -> dict[str, str]:
    """What a batch that nobody kills leaves."""
    output = folder / f"undisturbed_{version}"
    tables = BatchTables(counts=_write(folder, version))
    assert not make_batch(tables, template=KENT, folder=output, workers=2).failures
    return contents_of(output)


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
    _write(folder, VERSIONS)
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
