"""A real scheduler and two worker processes, one killed in the middle: everything is made."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.batch import BatchTables, make_batch
from scorecard_xl.exceptions import EngineError
from tests.batch.areas import districts, write_counts
from tests.scorecards import KENT, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("distributed", reason="dask.distributed is not installed")
AREAS = 400


@contextlib.contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of dask's, ended when it is no longer needed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def address_in(path: Path) -> str:
    """The address that a scheduler writes down once it listens."""
    import json

    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError):
            return str(json.loads(path.read_text())["address"])
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


def test_a_worker_killed_in_the_middle_costs_nothing_but_time(tmp_path: Path) -> None:
    counts = write_counts(tmp_path / "counts.csv", districts(AREAS, random.Random(1)))
    tables, file = BatchTables(counts=counts), tmp_path / "scheduler.json"
    worker = (
        "dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard",
        "--local-directory", str(tmp_path),
    )  # fmt: skip
    scheduler = ("dask_scheduler", "--port", "0", "--no-dashboard", "--no-show",
                 "--scheduler-file", str(file))  # fmt: skip
    with started(*scheduler):
        address = address_in(file)
        with started(*worker, address) as victim, started(*worker, address):

            def kill_it(_: object) -> None:
                if victim.poll() is None:
                    victim.send_signal(signal.SIGKILL)

            output = tmp_path / "out"
            outcome = make_batch(
                tables, template=KENT, folder=output, scheduler=address, tell=kill_it
            )
            assert victim.wait() == -signal.SIGKILL
    assert (outcome.made, outcome.failures) == (AREAS, [])
    alone = tmp_path / "alone"
    make_batch(tables, template=KENT, folder=alone, workers=1)
    made = {path.name: path.read_bytes() for path in output.iterdir() if path.is_file()}
    assert made == {path.name: path.read_bytes() for path in alone.iterdir() if path.is_file()}


def test_a_scheduler_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scorecard_xl.batch.cluster.SECONDS_TO_CONNECT", 1)
    counts = write_counts(tmp_path / "counts.csv", districts(1, random.Random(1)))
    with pytest.raises(EngineError, match=r"tcp://127\.0\.0\.1:9 does not answer"):
        make_batch(
            BatchTables(counts=counts), template=KENT, folder=tmp_path / "out",
            scheduler="tcp://127.0.0.1:9",
        )  # fmt: skip
