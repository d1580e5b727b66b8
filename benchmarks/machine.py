"""What the figures were measured on, and how a time is taken."""

from __future__ import annotations

import compileall
import gc
import os
import platform
import statistics
import time
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
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def seconds_in_turn(actions: Sequence[Callable[[], object]], *, times: int) -> list[float]:
    """The median time of each of several actions, run in turn so that they share the noise.

    What one of them leaves to the garbage collector is not laid to the next one's charge.
    """
    taken: list[list[float]] = [[] for _ in actions]
    for action in actions:
        action()
    for _ in range(times):
        for action, own in zip(actions, taken, strict=True):
            gc.collect()
            start = time.perf_counter()
            action()
            own.append(time.perf_counter() - start)
    return [statistics.median(own) for own in taken]
