"""Tasks carried out by processes on this machine."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from scorecard_xl.batch.attempts import MOST_ATTEMPTS, given_up
from scorecard_xl.batch.locking import join_as_worker
from scorecard_xl.batch.making import maker_for
from scorecard_xl.batch.tasks import carry_out

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from scorecard_xl.batch.records import Place, Task, TaskDone

# Enough that no process waits for its next task.
_WAITING_A_WORKER = 2
# Python waits for no more processes than this on Windows.
_MOST_ON_WINDOWS = 61


def done_here(
    place: Place, tasks: Iterator[Task], *, workers: int
) -> Generator[TaskDone, None, None]:
    """Carry out tasks in so many processes, in whatever order they are done.

    A process that dies costs the tasks that were being done another attempt. When
    this is closed, tasks that have begun are finished, and others are not begun.
    """
    if sys.platform == "win32":
        workers = min(workers, _MOST_ON_WINDOWS)
    if workers == 1:
        maker_for(place)
        yield from (carry_out(place, task) for task in tasks)
        return
    unfinished: list[Task] = []
    while True:
        try:
            yield from _in_one_pool(place, tasks, workers, unfinished)
        except BrokenProcessPool:
            # Alone, a task that no process survives takes no other with it.
            suspects, unfinished = unfinished, []
            for task in suspects:
                yield _done_alone(place, task)
        else:
            return


def _done_alone(place: Place, task: Task) -> TaskDone:
    """Carry out one task, in a new process each time one dies."""
    for _ in range(MOST_ATTEMPTS):
        try:
            (done,) = _in_one_pool(place, iter([task]), 1, [])
        except BrokenProcessPool:
            continue
        return done
    return given_up(task)


def _in_one_pool(
    place: Place, tasks: Iterator[Task], workers: int, unfinished: list[Task]
) -> Iterator[TaskDone]:
    """Carry out tasks until all are done, or until a process dies: then some are unfinished."""
    running: dict[Future[TaskDone], Task] = {}
    pool = ProcessPoolExecutor(
        workers, mp_context=_context(), initializer=_begin_worker, initargs=(place,)
    )
    try:
        for task in tasks:
            unfinished.append(task)
            running[pool.submit(carry_out, place, task)] = task
            if len(running) >= workers * (1 + _WAITING_A_WORKER):
                yield from _finished(running, unfinished)
        while running:
            yield from _finished(running, unfinished)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _finished(running: dict[Future[TaskDone], Task], unfinished: list[Task]) -> Iterator[TaskDone]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        outcome = future.result()
        unfinished.remove(running.pop(future))
        yield outcome


def _context() -> multiprocessing.context.BaseContext:
    """New processes as copies of this one where that is safe, for they start at once."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _begin_worker(place: Place) -> None:
    # Whoever stops the batch stops its leader, which lets the tasks that have begun end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    join_as_worker(place.work_folder)
    maker_for(place)
