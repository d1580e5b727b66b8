"""Fuzz the file engine for some time: ``python -m tests.fuzz.run --seconds 60``.

Coverage-guided by atheris where it is installed, else by changes made at random. Each target
runs in a process of its own; what it finds is printed in hexadecimal, to become a test.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.corpus import seeds
from tests.fuzz.targets import TARGETS


class Fuzzed(NamedTuple):
    """How a target did: inputs tried, memory at its peak in MB, and what was found."""

    target: str
    tried: int
    megabytes: int
    find: str


def main() -> None:
    """Fuzz every target for its share of the time; fail where one found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--target", choices=TARGETS, action="append")
    parser.add_argument("--plainly", action="store_true", help="without atheris")
    asked = parser.parse_args()
    guided = importlib.util.find_spec("atheris") is not None and not asked.plainly
    targets = asked.target or list(TARGETS)
    share = max(1, asked.seconds // len(targets))
    outcomes = [_fuzzed(each, share, asked.seed, guided=guided) for each in targets]
    for outcome in outcomes:
        _tell(f"{outcome.target}: {outcome.tried:,} inputs, {outcome.megabytes} MB at most")
        if outcome.find:
            _tell(outcome.find)
    tried = sum(outcome.tried for outcome in outcomes)
    finds = sum(bool(outcome.find) for outcome in outcomes)
    how = "guided by coverage" if guided else "changed at random"
    _tell(
        f"fuzzed {share * len(targets)} s, {tried:,} inputs {how}, seed {asked.seed}: {finds} "
        f"finds, {max(outcome.megabytes for outcome in outcomes)} MB at most"
    )
    sys.exit(1 if finds else 0)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _fuzzed(target: str, seconds: int, seed: int, *, guided: bool) -> Fuzzed:
    """Run one target in a process of its own, from its seeds."""
    with tempfile.TemporaryDirectory(prefix="fuzz") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, data in enumerate(seeds(target)):
            (corpus / str(number)).write_bytes(data)
        crash = Path(folder) / "found-"
        module = "tests.fuzz.guided" if guided else "tests.fuzz.plain"
        options = [target, str(seconds), str(seed), str(corpus), str(crash)]
        run = subprocess.Popen(
            [sys.executable, "-m", module, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        assert run.stdout is not None
        printed = run.stdout.read()
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        finds = [path.read_bytes().hex() for path in Path(folder).glob("found-*")]
        find = (
            "\n".join([printed[-3000:], f"ended with {run.returncode}", *finds])
            if run.returncode or finds
            else ""
        )
    tried = re.findall(r"^(?:Done|#)\s*(\d+)", printed, re.M)
    return Fuzzed(target, int(tried[-1]) if tried else 0, usage.ru_maxrss // 1024, find)


if __name__ == "__main__":
    main()
