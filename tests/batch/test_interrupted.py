"""Batches that are killed or stopped: whole files, and a next run that makes the rest."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.batch import BatchTables, make_batch
from tests.batch.areas import districts, write_counts
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT, ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no SIGKILL on Windows")


def test_killed_batches_end_as_undisturbed_ones(tmp_path: Path) -> None:
    from tests.batch.kills import kills

    outcomes = list(kills(tmp_path, count=8, seed=30))
    assert [(each.broken, each.is_as_undisturbed) for each in outcomes] == [(0, True)] * 8


def test_a_batch_stopped_by_the_keyboard_leaves_whole_files_and_says_so(tmp_path: Path) -> None:
    areas = districts(400, random.Random(1))
    counts = write_counts(tmp_path / "counts.csv", areas)
    output = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "scorecard_xl", "batch", counts, "--template", KENT,
         "--output", output, "--workers", "2"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        start_new_session=True,
    )  # fmt: skip
    while not list(output.glob("District*.xlsx")):
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, "")
    assert "Stopped; run the same again to make the rest." in out
    there = list(output.glob("District*.xlsx"))
    assert 0 < len(there) < len(areas)
    assert problems_of_package(there[0]) == problems_of_package(KENT)
    assert not list(output.glob(".*.tmp"))
    outcome = make_batch(BatchTables(counts=counts), template=KENT, folder=output, workers=2)
    assert (outcome.up_to_date, outcome.made) == (len(there), len(areas) - len(there))


def test_a_worker_that_dies_costs_a_retry(tmp_path: Path) -> None:
    areas = districts(300, random.Random(1))
    counts = write_counts(tmp_path / "counts.csv", areas)
    killed: list[int] = []

    def kill_one(_: object) -> None:
        if not killed:
            workers = multiprocessing.active_children()
            killed.append(min(worker.pid or 0 for worker in workers))
            os.kill(killed[0], signal.SIGKILL)

    tables, output = BatchTables(counts=counts), tmp_path / "out"
    outcome = make_batch(tables, template=KENT, folder=output, workers=2, tell=kill_one)
    assert (outcome.made, outcome.failures) == (len(areas), [])
    assert len(list(output.glob("District*.xlsx"))) == len(areas)


def test_two_batches_do_not_work_in_one_folder(tmp_path: Path) -> None:
    from scorecard_xl.batch.locking import leading
    from scorecard_xl.exceptions import RefusedError

    counts = write_counts(tmp_path / "counts.csv", districts(1, random.Random(1)))
    (tmp_path / "out" / ".batch").mkdir(parents=True)
    with (
        leading(tmp_path / "out" / ".batch"),
        pytest.raises(RefusedError, match="Another batch is at work"),
    ):
        make_batch(BatchTables(counts=counts), template=KENT, folder=tmp_path / "out", workers=1)


def test_a_folder_with_no_room_is_told_in_a_sentence(tmp_path: Path) -> None:
    import resource

    counts = write_counts(tmp_path / "counts.csv", districts(60, random.Random(1)))
    room = KENT.stat().st_size + 10_000
    ended = subprocess.run(
        [sys.executable, "-m", "scorecard_xl", "batch", counts, "--template", KENT,
         "--output", tmp_path / "out"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    assert ended.returncode == 3
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stderr.startswith(f"{tmp_path / 'out'} cannot be written to: ")


def test_a_damaged_template_is_told_by_its_own_name(tmp_path: Path) -> None:
    from scorecard_xl.exceptions import FileError

    counts = write_counts(tmp_path / "counts.csv", districts(1, random.Random(1)))
    template = tmp_path / "half.xlsx"
    template.write_bytes(KENT.read_bytes()[:20_000])
    with pytest.raises(FileError, match=r"^half\.xlsx is damaged"):
        make_batch(BatchTables(counts=counts), template=template, folder=tmp_path / "out")
