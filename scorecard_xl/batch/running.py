"""A batch from its tables to its index: only what is missing or has changed is made."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import time
from typing import TYPE_CHECKING

from scorecard_xl.batch.closing import Closing
from scorecard_xl.batch.file_names import file_name
from scorecard_xl.batch.intake import Intake
from scorecard_xl.batch.local import done_here
from scorecard_xl.batch.locking import leading, told_of
from scorecard_xl.batch.making import maker_for
from scorecard_xl.batch.manifest import Manifest, Standing
from scorecard_xl.batch.outcome import Failure, Outcome
from scorecard_xl.batch.records import WORK_FOLDER, Order, Place, Task
from scorecard_xl.batch.roll_ups import add_parents, read_areas
from scorecard_xl.batch.store import Store
from scorecard_xl.collector import collector_paused
from scorecard_xl.engines.file.many_saving import clear_temporaries
from scorecard_xl.engines.file.saving import read_file, real_path, save_new
from scorecard_xl.exceptions import FileError, RefusedError
from scorecard_xl.rules.roll_up import named

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from scorecard_xl.batch.making import Maker
    from scorecard_xl.batch.records import TaskDone
    from scorecard_xl.batch.store import Unit

_MOST_A_TASK = 100
_FEWEST_A_TASK_ON_A_CLUSTER = 50
_TASKS_A_WORKER = 4
# Another number where the same facts would give another file.
_WRITTEN_AS = 1
# So many counts are given twice where the column of areas has another name.
_MANY_TWICE = 4
_ENDINGS = (".xlsx", ".xlsm")


@dataclasses.dataclass(frozen=True, kw_only=True)
class BatchTables:
    """The long tables of a batch: files, or folders of them."""

    counts: Path
    areas: Path | None = None
    history: Path | None = None
    targets: Path | None = None

    @property
    def given(self) -> list[Path]:
        """Those that are given."""
        every = (self.counts, self.areas, self.history, self.targets)
        return [path for path in every if path is not None]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a batch is: what is done of all, of which so much was there already."""

    done: int
    total: int
    up_to_date: int


def make_batch(
    tables: BatchTables,
    *,
    template: Path,
    folder: Path,
    fill: str | None = None,
    overwrite: bool = False,
    pdf: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    tell: Callable[[Progress], object] | None = None,
) -> Outcome:
    """Make a scorecard of each area and date, in a folder; what is there and the same stays.

    Parameters
    ----------
    template
        A scorecard workbook; it stays as it is.
    fill
        ``"formulas"`` or ``"values"``; by default what the template's settings say.
    overwrite
        Whether workbooks that were changed by hand, or that no batch made, are replaced.
    pdf
        Whether each is printed, too, by LibreOffice.
    workers
        How many processes; by default as many as there are processors.
    scheduler
        The address of a dask.distributed cluster that is to do the work instead.
    tell
        Is told now and then how far it is.

    Returns
    -------
    What was made, what was not and why. Where it is stopped by the keyboard, what
    has been made by then is whole, and the next run makes the rest.

    Raises
    ------
    InvalidWorkbookError
        The template cannot be used.
    FileError
        A table or the template cannot be read, or the folder cannot be written to.
    RefusedError
        Another batch is at work in the folder, or the template cannot serve.
    """
    started = time.monotonic()
    if template.suffix.casefold() not in _ENDINGS:
        message = f"{template} is no template; name an .xlsx or .xlsm workbook."
        raise RefusedError(message)
    data, _ = read_file(template)
    for path in tables.given:
        if real_path(path) == real_path(folder):
            message = f"{folder} holds the tables; choose another folder for the workbooks."
            raise RefusedError(message)
    work_folder = _made_folder(folder)
    with told_of(folder), leading(work_folder):
        clear_temporaries(folder)
        place = Place(
            folder=folder.resolve(),
            template=hashlib.sha256(data).hexdigest(),
            template_name=template.name,
            suffix=template.suffix.casefold(),
            fill=fill,
        )
        save_new(place.template_path, data, overwrite=True)
        with Store(work_folder / "facts.sqlite") as store:
            run = _Run(
                place=place, store=store, maker=maker_for(place), overwrite=overwrite,
                workers=workers or os.cpu_count() or 1, scheduler=scheduler,
                tell=tell or (lambda _: None), outcome=Outcome(folder=folder),
            )  # fmt: skip
            run.take_in(tables)
            run.manifest = Manifest(place, store.database, read=[template, *tables.given])
            try:
                run.make()
            except KeyboardInterrupt:
                run.outcome.is_stopped = True
            run.close(pdf=pdf)
    run.outcome.seconds = time.monotonic() - started
    return run.outcome


def _made_folder(folder: Path) -> Path:
    work_folder = folder / WORK_FOLDER
    try:
        work_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be made: {error.strerror or error}; choose another folder."
        raise FileError(message) from error
    return work_folder


@dataclasses.dataclass(kw_only=True)
class _Run:
    """A batch that runs."""

    place: Place
    store: Store
    maker: Maker
    overwrite: bool
    workers: int
    scheduler: str | None
    tell: Callable[[Progress], object]
    outcome: Outcome
    manifest: Manifest = dataclasses.field(init=False)

    @collector_paused()
    def take_in(self, tables: BatchTables) -> None:
        """Read the tables, and add up what is to be added up."""
        template = self.maker.template
        intake = Intake(
            store=self.store,
            area=template.settings.area,
            as_at=template.settings.as_at,
            in_hundredths=template.in_hundredths,
            bands_in_hundredths=template.bands_in_hundredths,
        )
        intake.counts(tables.counts)
        if tables.history is not None:
            intake.history(tables.history)
        if tables.targets is not None:
            intake.targets(tables.targets)
        if tables.areas is not None:
            sums = add_parents(
                self.store, read_areas(tables.areas), not_added=template.supplied_codes,
                fractional=template.fractional_codes,
            )  # fmt: skip
            intake.failures += sums.failures
            self.outcome.notes += sums.notes
        self.outcome.notes += [
            f"The {kind}: {named(areas)} {'has' if len(areas) == 1 else 'have'} no counts; correct "
            "the name, or take it out."
            for kind, areas in self.store.areas_without_counts().items()
        ]
        self.outcome.failures += intake.failures
        if not self.outcome.failures and not self.store.number_of_units():
            message = f"{tables.counts} has no counts below its headings; nothing was made."
            raise FileError(message)

    def make(self) -> None:
        """Make what is missing or has changed, and tell the manifest."""
        self.total = self.store.number_of_units()
        tasks, of_tasks = self._tasks(), dict[int, tuple[Failure, ...]]()
        with contextlib.closing(self._done(tasks)) as done:
            for task in done:
                of_tasks[task.number] = task.failures
                self.manifest.take_over(task.number, task.entries)
                self.outcome.made += len(task.entries)
                self.outcome.warnings += sum(entry.warnings for entry in task.entries)
                self.outcome.failures += task.failures
                self._tell()
        # Several processes finish in any order.
        in_order = [failure for number in sorted(of_tasks) for failure in of_tasks[number]]
        told = set(in_order)
        others = [each for each in self.outcome.failures if each not in told]
        self.outcome.failures = others + in_order

    def _done(self, tasks: Iterator[Task]) -> Generator[TaskDone, None, None]:
        if self.scheduler is not None:
            from scorecard_xl.batch.cluster import done_on_cluster

            return done_on_cluster(self.place, tasks, scheduler=self.scheduler)
        return done_here(self.place, tasks, workers=self.workers)

    def _tasks(self) -> Iterator[Task]:
        size = min(_MOST_A_TASK, -(-self.total // (self.workers * _TASKS_A_WORKER)))
        if self.scheduler is not None:
            size = max(size, _FEWEST_A_TASK_ON_A_CLUSTER)
        orders: list[Order] = []
        number = 0
        for unit in self.store.units():
            order = self._order(unit)
            if order is None:
                continue
            orders.append(order)
            if len(orders) >= size:
                number += 1
                yield Task(number, tuple(orders))
                orders = []
        if orders:
            yield Task(number + 1, tuple(orders))

    def _order(self, unit: Unit) -> Order | None:
        """What is to be made of an area and date, if anything is."""
        facts, twice = self.store.facts(unit)
        if twice:
            verb = "is" if len(twice) == 1 else "are"
            reason = f"{named(twice)} {verb} given more than once; leave one row of each."
            if len(twice) >= _MANY_TWICE:
                reason += " Areas and dates are told from columns named Area and As at."
            self.outcome.failures.append(Failure(whose=facts.whose, reasons=(reason,)))
            return None
        file = file_name(unit.area, unit.as_at, self.place.suffix)
        order = Order(facts, file, facts.fingerprint(self._fingerprint))
        standing = self.manifest.standing(file, order.fingerprint)
        if standing is Standing.TO_MAKE or (
            self.overwrite and standing not in (Standing.UP_TO_DATE, Standing.READ)
        ):
            return order
        if standing is Standing.UP_TO_DATE:
            self.outcome.up_to_date += 1
        elif standing is Standing.CHANGED_BY_HAND:
            self.outcome.kept += 1
        else:
            remedy = "move it away, or --force to replace it"
            if standing is Standing.READ:
                remedy = "choose another folder"
            reason = f"{file} is there, {standing.value}; {remedy}."
            self.outcome.failures.append(Failure(whose=facts.whose, reasons=(reason,)))
        self._tell()
        return None

    @property
    def _fingerprint(self) -> str:
        return f"{_WRITTEN_AS} {self.place.template} {self.place.fill or ''}"

    def _tell(self) -> None:
        outcome = self.outcome
        done = outcome.made + outcome.up_to_date + outcome.kept + len(outcome.failures)
        there = outcome.up_to_date + outcome.kept
        self.tell(Progress(done=done, total=self.total, up_to_date=there))

    def close(self, *, pdf: bool) -> None:
        """Bring the batch to its end, however far it came."""
        Closing(
            place=self.place, store=self.store, manifest=self.manifest, outcome=self.outcome,
            template=self.maker.template, overwrite=self.overwrite,
        ).close(pdf=pdf)  # fmt: skip
