"""Commands for a workbook that is there: ``refresh``, ``check`` and ``show``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import file_path, force_option, json_option, workbook_argument
from scorecard_xl.cli.outcomes import (
    HAS_ERRORS,
    counted,
    print_json,
    print_outcome,
    print_scorecard,
    print_warnings,
    problem_record,
    say,
)
from scorecard_xl.terminal import console, print_problems

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@workbook_argument
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
    path: Path,
    *,
    output: Path | None,
    counts: Path | None,
    fill: str | None,
    restyle: bool,
    force: bool,
) -> None:
    """Work the scorecard out anew from the counts, and fill it in."""
    from scorecard_xl import open_workbook
    from scorecard_xl import refresh as refresh_workbook

    with open_workbook(path) as workbook:
        entered = None
        if counts is not None:
            from scorecard_xl.engines.pasted_counts import read_pasted_counts
            from scorecard_xl.workbook.counts_entry import enter_counts

            values = read_pasted_counts(counts)
            entered = enter_counts(workbook, values, source=counts.name)
        refreshed = refresh_workbook(workbook, fill=fill, restyle=restyle)
        if output is None:
            workbook.save()
        else:
            workbook.save_copy(output, overwrite=force)
    if entered is not None:
        say(f"{entered.entered} of {entered.counts} counts entered from {counts}.")
    kept = entered.kept if entered else ()
    print_outcome(f"{output or path} is refreshed", refreshed, kept)


@click.command()
@workbook_argument
@json_option
def check(path: Path, *, as_json: bool) -> None:
    """Tell what is wrong in a workbook, each with its cell and what to do; nothing is written."""
    from scorecard_xl import check as check_workbook
    from scorecard_xl import open_workbook

    with open_workbook(path) as workbook:
        problems = check_workbook(workbook)
    if as_json:
        print_json({"problems": [problem_record(problem) for problem in problems]})
    else:
        print_problems(problems, to=console())
        errors = sum(problem.is_error for problem in problems)
        warnings = counted(len(problems) - errors, "warning")
        say(f"{path}: {counted(errors, 'error')} and {warnings}.")
    if any(problem.is_error for problem in problems):
        sys.exit(HAS_ERRORS)


@click.command()
@workbook_argument
@json_option
def show(path: Path, *, as_json: bool) -> None:
    """Show the scorecard that a workbook's counts give; nothing is written."""
    from scorecard_xl import open_workbook, scorecard_of

    with open_workbook(path) as workbook:
        scorecard = scorecard_of(workbook)
    if as_json:
        print_json(scorecard.to_record())
    else:
        print_scorecard(scorecard)
    print_warnings(scorecard.problems)
