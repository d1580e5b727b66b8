"""The command ``batch``: a scorecard of each area and date of long tables."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import file_path
from scorecard_xl.cli.outcomes import HAS_ERRORS, say
from scorecard_xl.terminal import console
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scorecard_xl.batch import Outcome, Progress

_MOST_FAILURES_SHOWN = 50


@click.command()
@click.argument("counts", metavar="COUNTS", type=file_path)
@click.option(
    "--template", metavar="WORKBOOK", type=file_path, required=True,
    help="The scorecard workbook that all are made from; it stays as it is.",
)  # fmt: skip
@click.option(
    "--output", metavar="FOLDER", type=file_path, required=True, help="Where the workbooks go."
)
@click.option(
    "--areas", metavar="FILE", type=file_path,
    help="A table of Area and Parent: counts are added up for every parent.",
)  # fmt: skip
@click.option(
    "--history", metavar="FILE", type=file_path,
    help="Results published before: As at, Indicator, Result, and Area if each has its own.",
)  # fmt: skip
@click.option(
    "--targets", metavar="FILE", type=file_path,
    help="Indicator and Target, and Area if each has its own; also floor and tolerances.",
)  # fmt: skip
@click.option("--pdf", is_flag=True, help="Print each, too, by LibreOffice.")
@click.option(
    "--fill",
    type=click.Choice(["formulas", "values"], case_sensitive=False),
    help="Fill with formulas or values, whatever Settings say.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="How many processes; else one a processor."
)
@click.option(
    "--scheduler", metavar="ADDRESS",
    help="Work on this dask.distributed cluster instead, such as tcp://10.0.0.5:8786.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace also workbooks that were changed by hand.")
def batch(
    counts: Path,
    *,
    template: Path,
    output: Path,
    areas: Path | None,
    history: Path | None,
    targets: Path | None,
    pdf: bool,
    fill: str | None,
    workers: int | None,
    scheduler: str | None,
    force: bool,
) -> None:
    """Make a scorecard of each area and date in COUNTS, and an index of them all.

    COUNTS is a table of Area, As at, Code and Value: .csv, .parquet or .xlsx, or a
    folder of them. Run it again, and only what is missing or has changed is made.
    """
    from scorecard_xl.batch import BatchTables, make_batch

    with _shown_progress() as tell:
        outcome = make_batch(
            BatchTables(counts=counts, areas=areas, history=history, targets=targets),
            template=template,
            folder=output,
            fill=fill.lower() if fill else None,
            overwrite=force,
            pdf=pdf,
            workers=workers,
            scheduler=scheduler,
            tell=tell,
        )
    _report(outcome)
    if outcome.failures or outcome.is_stopped:
        sys.exit(HAS_ERRORS)


@contextlib.contextmanager
def _shown_progress() -> Iterator[Callable[[Progress], object]]:
    """Show how far a batch is, with its rate and the time left, where somebody looks."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("Scorecards"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
    )  # fmt: skip
    with Bar(*columns, console=console(stderr=True), transient=True) as bar:
        shown = bar.add_task("", total=None, rate="")

        def tell(progress: Progress) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:,.0f} a second" if speed else ""
            bar.update(shown, total=progress.total, completed=progress.done, rate=rate)

        yield tell


def _report(outcome: Outcome) -> None:
    """Say what was made, what was not, and why."""
    for note in outcome.notes:
        console(stderr=True).print(note, markup=False, soft_wrap=True)
    sentences = [each for shared in outcome.reasons() for each in shared.sentences()]
    for sentence in sentences[:_MOST_FAILURES_SHOWN]:
        console(stderr=True).print(sentence, markup=False, soft_wrap=True)
    if len(sentences) > _MOST_FAILURES_SHOWN:
        rest = len(sentences) - _MOST_FAILURES_SHOWN
        where = f"; {outcome.report} has them all" if outcome.report else ""
        console(stderr=True).print(f"... and {rest:,} more{where}.", markup=False, soft_wrap=True)
    parts = [f"{counted(outcome.made, 'scorecard')} made", f"{outcome.up_to_date:,} up to date"]
    if outcome.kept:
        parts.append(f"{outcome.kept:,} changed by hand and left alone")
    if outcome.pdfs:
        parts.append(f"{outcome.pdfs:,} printed")
    parts.append(f"{len(outcome.failures):,} failed")
    say(f"{outcome.folder}: {', '.join(parts)}; {outcome.seconds:,.1f} s.")
    if outcome.warnings:
        verb = "is" if outcome.warnings == 1 else "are"
        say(f"{counted(outcome.warnings, 'warning')} {verb} on the sheets Checks.")
    for index in outcome.indexes:
        say(f"{index} shows them all.")
    if outcome.is_stopped:
        say("Stopped; run the same again to make the rest.")
