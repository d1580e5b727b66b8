"""What the figures were measured on, and how a time is taken."""

from __future__ import annotations

import compileall
import contextlib
import gc
import multiprocessing
import os
import platform
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import scorecard_xl

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def machine() -> str:
    """The processor, its cores, and the Python it runs."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    )


def compile_package() -> None:
    """Compile the package's modules, as pip does where it installs them: no process then has to."""
    compileall.compile_dir(str(Path(scorecard_xl.__file__).parent), quiet=1)


def seconds(action: Callable[[], object], *, times: int) -> float:
    """The median time of several runs, after one that is not counted."""
    action()
    return statistics.median(_timed(action) for _ in range(times))


def seconds_in_turn(actions: Sequence[Callable[[], object]], *, times: int) -> list[float]:
    """The median time of each of several actions, run in turn so that they share the noise."""
    taken: list[list[float]] = [[] for _ in actions]
    for action in actions:
        action()
    for _ in range(times):
        for action, own in zip(actions, taken, strict=True):
            own.append(_timed(action))
    return [statistics.median(own) for own in taken]


def seconds_apart(actions: Sequence[Callable[[], object]], *, times: int) -> list[float]:
    """The same, each action in a process of its own: none meets what another left in memory.

    The actions must be such as can be sent to another process.
    """
    new = multiprocessing.get_context("spawn")
    with contextlib.ExitStack() as stack:
        own = [stack.enter_context(ProcessPoolExecutor(1, mp_context=new)) for _ in actions]
        taken = [
            [
                process.submit(_timed, action).result()
                for process, action in zip(own, actions, strict=True)
            ]
            for _ in range(times + 1)
        ]
    return [statistics.median(each) for each in zip(*taken[1:], strict=True)]


def _timed(action: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
