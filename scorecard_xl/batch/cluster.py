"""Tasks carried out by the workers of a dask.distributed cluster that is there already."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from scorecard_xl.batch.attempts import MOST_ATTEMPTS, given_up
from scorecard_xl.batch.tasks import carry_out
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from scorecard_xl.batch.records import Place, Task, TaskDone

_WAITING_A_THREAD = 2
SECONDS_TO_CONNECT = 30


def done_on_cluster(
    place: Place, tasks: Iterator[Task], *, scheduler: str
) -> Generator[TaskDone, None, None]:
    """Carry out tasks on a cluster, in whatever order they are done.

    A task whose worker dies is given to another one.

    Raises
    ------
    EngineError
        dask.distributed is not installed, or the scheduler does not answer.
    """
    with contextlib.closing(_client(scheduler)) as client:
        running = _Running(client, place)
        for task in tasks:
            running.submit(task)
            while running.is_full():
                yield running.next_done()
        while running.tasks:
            yield running.next_done()


def _client(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        message = "--scheduler needs dask.distributed: pip install 'scorecard_xl[batch]'."
        raise EngineError(message) from error
    try:
        return Client(scheduler, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        message = (
            f"The scheduler {scheduler} does not answer; start it with `dask scheduler`, or "
            "correct its address."
        )
        raise EngineError(message) from error


class _Running:
    """The tasks that the cluster has, and as many as keep its workers busy."""

    def __init__(self, client: Any, place: Place) -> None:
        from distributed import as_completed

        self._client, self._place = client, place
        self._completed: Any = as_completed(loop=client.loop)
        self.tasks: dict[str, Task] = {}
        self._attempts: dict[int, int] = {}

    def submit(self, task: Task) -> None:
        """Give a task to the cluster."""
        future = self._client.submit(
            carry_out, self._place, task, pure=False, retries=MOST_ATTEMPTS
        )
        self.tasks[future.key] = task
        self._completed.add(future)

    def is_full(self) -> bool:
        """Whether there are tasks enough for every thread of every worker."""
        threads: int = sum(self._client.nthreads().values())
        return len(self.tasks) >= max(threads, 1) * (1 + _WAITING_A_THREAD)

    def next_done(self) -> TaskDone:
        """Wait for a task to be done; one whose workers died is given out again, then given up."""
        from distributed.scheduler import KilledWorker

        while True:
            future = next(self._completed)
            task = self.tasks.pop(future.key)
            # An outcome that is lost with its worker is waited for until it is there again.
            error = None if future.status == "finished" else future.exception()
            if error is None:
                done: TaskDone = future.result()
                return done
            if not isinstance(error, KilledWorker) and future.status != "cancelled":
                raise error
            self._attempts[task.number] = self._attempts.get(task.number, 0) + 1
            if self._attempts[task.number] >= MOST_ATTEMPTS:
                return given_up(task)
            self.submit(task)
