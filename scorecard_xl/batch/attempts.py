"""Tasks whose worker died: tried again, and then given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.batch.outcome import Failure
from scorecard_xl.batch.records import TaskDone

if TYPE_CHECKING:
    from scorecard_xl.batch.records import Task

MOST_ATTEMPTS = 4


def given_up(task: Task) -> TaskDone:
    """Say of every workbook of a task that whoever made it died each time."""
    reason = (
        f"the process that was making it, among {len(task.orders)} workbooks, died "
        f"{MOST_ATTEMPTS} times; run the same again, with fewer --workers where memory is short."
    )
    failures = [Failure(whose=order.facts.whose, reasons=(reason,)) for order in task.orders]
    return TaskDone(task.number, (), tuple(failures))
