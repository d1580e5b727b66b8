"""Refreshes killed at random moments of a save, and what they leave: ``-m tests.faults.kills``."""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl import open_workbook, refresh
from scorecard_xl.engines.file.temporaries import backup_of
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT, cell_at, copy_of, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COUNTS = (330_001.0, 330_002.0, 330_003.0)
_CODE = "children_under_18"


class Killed(NamedTuple):
    """What a killed refresh left: whole files or not, and how many temporary ones."""

    is_whole: bool
    is_new: bool
    leftovers: int
    is_cleared: bool


def main() -> None:
    """Kill as many refreshes as asked for, print a line, and fail if any left something broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills") as folder:
        outcomes = list(kills(Path(folder), count=asked.count, seed=asked.seed))
    broken = sum(not each.is_whole for each in outcomes)
    uncleared = sum(not each.is_cleared for each in outcomes)
    line = (
        f"{len(outcomes)} kills: {broken} broken files, {sum(each.is_new for each in outcomes)} "
        f"with the new workbook and {sum(not each.is_new for each in outcomes)} with the old one "
        f"in place, {sum(each.leftovers for each in outcomes)} temporary files left, {uncleared} "
        "runs whose temporary files the next run did not clear"
    )
    sys.stdout.write(f"{line}\n")
    sys.exit(1 if broken or uncleared else 0)


def kills(folder: Path, *, count: int, seed: int) -> Iterator[Killed]:
    """Kill refreshes of one workbook, one after another, each at a random moment of a save."""
    path = copy_of(KENT, folder)
    place = place_in(path, "Counts", _CODE, "Value")
    versions, seconds = _versions(path, place)
    chance = random.Random(seed)
    for _ in range(count):
        # A save has several steps on disk: from before the first to after the last.
        delay, saves = chance.uniform(0, 1.2 * seconds), chance.choice((1, 2))
        before = _killed(path, place, delay=delay, saves=saves)
        yield _outcome(path, place, versions, before)


def _refresh(path: Path, place: str, count: float, *, told: int | None = None) -> None:
    with open_workbook(path) as workbook:
        cell = cell_at(place)
        workbook.write_block(cell.sheet, cell.top, cell.left, [[count]])
        refresh(workbook)
        if told is not None:
            os.write(told, b"s")
        workbook.save()


def _versions(path: Path, place: str) -> tuple[set[bytes], float]:
    """Every version that refreshes with changing counts make, and how long a save takes."""
    versions = {path.read_bytes()}
    for count in (*COUNTS, *COUNTS):
        _refresh(path, place, count)
        versions.add(path.read_bytes())
        assert problems_of_package(path) == problems_of_package(KENT)
    with open_workbook(path) as workbook:
        cell = cell_at(place)
        workbook.write_block(cell.sheet, cell.top, cell.left, [[COUNTS[0]]])
        refresh(workbook)
        started = time.perf_counter()
        workbook.save()
    return versions, time.perf_counter() - started


def _killed(path: Path, place: str, *, delay: float, saves: int) -> bytes:
    """Refresh in another process, and kill it some time after it has begun to save.

    Gives the file as it was before that save.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            for count in itertools.cycle(COUNTS):
                _refresh(path, place, count, told=writing)
        finally:
            os._exit(1)
    os.close(writing)
    for _ in range(saves):
        if not os.read(reading, 1):
            raise RuntimeError("the refresh ended by itself")
    before = path.read_bytes()
    time.sleep(delay)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(reading)
    return before


def _outcome(path: Path, place: str, versions: set[bytes], before: bytes) -> Killed:
    """Look at what lies there, then run once more."""
    backup = backup_of(path)
    whole = path.read_bytes() in versions
    whole &= not backup.exists() or backup.read_bytes() in versions
    is_new = path.read_bytes() != before
    left = _others(path, [backup])
    whole &= all(each.name.startswith(".") and each.suffix == ".tmp" for each in left)
    current = path.read_bytes()
    for count in COUNTS:
        _refresh(path, place, count)
        if path.read_bytes() != current:
            break
    return Killed(whole, is_new, len(left), not _others(path, [backup]))


def _others(path: Path, known: Sequence[Path]) -> list[Path]:
    return [each for each in path.parent.iterdir() if each not in (path, *known)]


if __name__ == "__main__":
    main()
