"""A task carried out: its workbooks made, told to the manifest, and put in place."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scorecard_xl.batch.making import maker_for
from scorecard_xl.batch.outcome import Failure
from scorecard_xl.batch.records import Entry, TaskDone
from scorecard_xl.collector import collector_paused
from scorecard_xl.engines.file.many_saving import append_lines, save_each
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.batch.making import Made
    from scorecard_xl.batch.records import Order, Place, Task

PART_SUFFIX = ".part.jsonl"


def part_path(place: Place, number: int) -> Path:
    """Where a task tells what it makes, until the manifest has it."""
    return place.work_folder / f"{number}{PART_SUFFIX}"


@collector_paused()
def carry_out(place: Place, task: Task) -> TaskDone:
    """Make the workbooks of a task.

    Before the first of them is put in place, all are told to a part of the
    manifest, so that the next run knows them for its own whatever happens.
    """
    maker = maker_for(place)
    entries: list[Entry] = []
    failures: list[Failure] = []
    files: list[tuple[str, bytes]] = []
    made = maker.made([order.facts for order in task.orders])
    for order, each in zip(task.orders, made, strict=True):
        if isinstance(each, Failure):
            failures.append(each)
        else:
            entries.append(_entry(order, each))
            files.append((order.file, each.data))
    part = part_path(place, task.number)
    append_lines(part, b"\n" + b"".join([entry.to_line() for entry in entries]))
    return _saved(place, task.number, entries, failures, files)


def _saved(
    place: Place,
    number: int,
    entries: list[Entry],
    failures: list[Failure],
    files: list[tuple[str, bytes]],
) -> TaskDone:
    """Put the files in place; one that cannot be written does not stop the others."""
    try:
        save_each(place.folder, files)
    except EngineError:
        saved = []
        for entry, file in zip(entries, files, strict=True):
            try:
                save_each(place.folder, [file])
                saved.append(entry)
            except EngineError as error:
                whose = f"{entry.area}, {_british(entry.as_at)}"
                failures.append(Failure(whose=whose, reasons=(str(error),)))
        entries = saved
    return TaskDone(number, tuple(entries), tuple(failures))


def _british(as_at: str) -> str:
    year, month, day = as_at.split("-")
    return f"{day}/{month}/{year}"


def _entry(order: Order, made: Made) -> Entry:
    return Entry(
        file=order.file,
        area=order.facts.area,
        as_at=order.facts.as_at.isoformat(),
        fingerprint=order.fingerprint,
        sha256=hashlib.sha256(made.data).hexdigest(),
        rag=made.shown.rag,
        previous=made.shown.previous,
        outturn=made.shown.outturn,
        warnings=made.warnings,
    )
