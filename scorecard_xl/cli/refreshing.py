"""Commands for a workbook that is there: ``refresh``, ``check`` and ``show``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import (
    engine_option,
    file_path,
    force_option,
    json_option,
    open_workbook_argument,
    opened,
)
from scorecard_xl.cli.outcomes import (
    HAS_ERRORS,
    print_json,
    print_outcome,
    print_scorecard,
    print_warnings,
    problem_record,
    say,
    say_each,
    warn,
)
from scorecard_xl.terminal import console, print_problems
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.engines.opening import Engine


@click.command()
@open_workbook_argument
@engine_option
@click.option(
    "--output",
    metavar="OTHER",
    type=file_path,
    help="Save under this name, and leave PATH as it is.",
)
@click.option(
    "--counts",
    metavar="FILE",
    type=file_path,
    help="Enter new counts first: a .csv or .xlsx with Code and Value.",
)
@click.option(
    "--fill",
    type=click.Choice(["formulas", "values"], case_sensitive=False),
    help="Fill with formulas or values, whatever Settings say.",
)
@click.option("--restyle", is_flag=True, help="Give all rows the look of the sheet Styles again.")
@force_option
def refresh(
    path: Path | None,
    *,
    engine: Engine,
    output: Path | None,
    counts: Path | None,
    fill: str | None,
    restyle: bool,
    force: bool,
) -> None:
    """Work the scorecard out anew from the counts, and fill it in."""
    from scorecard_xl import InvalidWorkbookError
    from scorecard_xl import refresh as refresh_workbook
    from scorecard_xl.engines.opening import program_that_keeps, what_rewriting_lost

    with opened(path, engine=engine) as workbook:
        program = program_that_keeps(workbook)
        entered = pasted = None
        if counts is not None:
            from scorecard_xl.engines.pasted_counts import read_pasted_counts
            from scorecard_xl.workbook.counts_entry import enter_counts

            pasted = read_pasted_counts(counts)
            entered = enter_counts(workbook, pasted.values, places=pasted.places)
        try:
            refreshed = refresh_workbook(workbook, fill=fill, restyle=restyle)
        except InvalidWorkbookError as error:
            if entered is None or pasted is None:
                raise
            problems = entered.at_sources(error.problems, pasted.places)
            raise InvalidWorkbookError(problems) from error
        if output is not None:
            workbook.save_copy(output, overwrite=force)
        elif program is None:
            workbook.save()
        lost = what_rewriting_lost(workbook)
    if entered is not None:
        say(f"{entered.entered} of {entered.counts} counts entered from {counts}.")
    kept = entered.kept if entered else ()
    what = f"{output or path or workbook.name} is refreshed"
    if program and output is None:
        what += f" in {program}, where it stays open and is not saved yet"
    print_outcome(what, refreshed, kept)
    if lost:
        warn(lost)


@click.command()
@open_workbook_argument
@engine_option
@json_option
def check(path: Path | None, *, engine: Engine, as_json: bool) -> None:
    """Tell what is wrong, each with its cell, and what moved; nothing is written."""
    from scorecard_xl.workbook.changed_ratings import sentences_of
    from scorecard_xl.workbook.checking import moves_shown, problems_shown
    from scorecard_xl.workbook.reading import read_workbook

    with opened(path, engine=engine) as workbook:
        reading = read_workbook(workbook)
        problems = problems_shown(workbook, reading)
        moves = moves_shown(workbook, reading)
    if as_json:
        record = {"problems": [problem_record(problem) for problem in problems]}
        moved = {"moved": [move.to_record() for move in moves]} if moves else {}
        print_json(record | moved)
    else:
        print_problems(problems, to=console())
        if moves:
            say("Since the last refresh:")
            say_each(sentences_of(moves))
        errors = sum(problem.is_error for problem in problems)
        warnings = counted(len(problems) - errors, "warning")
        say(f"{path or workbook.name}: {counted(errors, 'error')} and {warnings}.")
    if any(problem.is_error for problem in problems):
        sys.exit(HAS_ERRORS)


@click.command()
@open_workbook_argument
@engine_option
@json_option
def show(path: Path | None, *, engine: Engine, as_json: bool) -> None:
    """Show the scorecard that a workbook's counts give; nothing is written."""
    from scorecard_xl import scorecard_of

    with opened(path, engine=engine) as workbook:
        scorecard = scorecard_of(workbook)
    if as_json:
        print_json(scorecard.to_record())
    else:
        print_scorecard(scorecard)
    print_warnings(scorecard.problems)
