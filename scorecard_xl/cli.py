"""The command line: ``scorecard-xl demo``, ``new``, ``refresh``, ``check`` and ``show``."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from scorecard_xl.exceptions import EngineError, InvalidInputsError, ScorecardError
from scorecard_xl.rules import Fill  # noqa: TC001 - typer reads annotations when it runs
from scorecard_xl.terminal import console, print_problems, scorecard_table, use_utf_8

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.problems import Problem
    from scorecard_xl.workbook.refresh import Refreshed

HAS_ERRORS, NOT_READ_OR_WRITTEN = 1, 3
DEMO_NAME = "kent_2013_01.xlsx"

app = typer.Typer(
    name="scorecard-xl",
    help="Children's services scorecards in Excel workbooks, worked out from raw counts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
WorkbookPath = Annotated[
    Path,
    typer.Argument(metavar="PATH", help="A scorecard workbook, .xlsx or .xlsm.", readable=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it is there already.")]


@app.command()
def demo() -> None:
    """Make a workbook with Kent's published January 2013 scorecard, and show it."""
    from scorecard_xl.new_workbook import free_name, new_example

    path = free_name(Path(DEMO_NAME))
    refreshed = new_example(path)
    _print_scorecard(refreshed.scorecard)
    out = console()
    out.print(f"\nThe workbook is [bold]{escape(str(path.resolve()))}[/bold]", soft_wrap=True)
    out.print("Open it, change a count on the sheet Counts, save and close it. Then:")
    program = "scorecard-xl" if shutil.which("scorecard-xl") else f'"{sys.argv[0]}"'
    out.print(f'  {program} refresh "{path}"', markup=False, soft_wrap=True)
    _print_warnings(refreshed.warnings)


@app.command()
def new(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The workbook to make, .xlsx.")],
    *,
    empty: Annotated[
        bool, typer.Option("--empty", help="No example data, and no rating bands.")
    ] = False,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FOLDER", help="Your counts, indicators, history and settings as CSV."
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Make a workbook: with the published example, empty, or from your own CSV files."""
    from scorecard_xl.csv_folder import read_csv_folder
    from scorecard_xl.new_workbook import new_empty, new_example, new_from_inputs

    if empty and source is not None:
        message = "choose one of --empty and --from"
        raise typer.BadParameter(message)
    if empty:
        new_empty(path, overwrite=force)
        console().print(
            f"{path} is made. Fill in Settings, Indicators and Counts, then refresh it.",
            markup=False,
        )
        return
    if source is not None:
        refreshed = new_from_inputs(path, read_csv_folder(source), overwrite=force)
    else:
        refreshed = new_example(path, overwrite=force)
    _print_outcome(f"{path} is made", refreshed)


@app.command()
def refresh(
    path: WorkbookPath,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="OTHER", help="Save under this name, and leave PATH as it is."
        ),
    ] = None,
    counts: Annotated[
        Path | None,
        typer.Option(
            "--counts",
            metavar="FILE",
            help="Enter new counts first: a .csv or .xlsx with Code and Value.",
        ),
    ] = None,
    fill: Annotated[
        Fill | None,
        typer.Option("--fill", help="Fill with formulas or values, whatever Settings say."),
    ] = None,
    restyle: Annotated[
        bool, typer.Option("--restyle", help="Give all rows the look of the sheet Styles again.")
    ] = False,
    force: Force = False,
) -> None:
    """Work the scorecard out anew from the counts, and fill it in."""
    from scorecard_xl import open_workbook
    from scorecard_xl import refresh as refresh_workbook
    from scorecard_xl.engines.pasted_counts import read_pasted_counts
    from scorecard_xl.workbook.counts_entry import enter_counts

    with open_workbook(path) as workbook:
        entered = None
        if counts is not None:
            values = read_pasted_counts(counts)
            entered = enter_counts(workbook, values, source=counts.name)
        refreshed = refresh_workbook(workbook, fill=fill, restyle=restyle)
        if output is None:
            workbook.save()
        else:
            workbook.save_copy(output, overwrite=force)
    if entered is not None:
        told = f"{entered.entered} of {entered.counts} counts entered from {counts}."
        console().print(told, markup=False, soft_wrap=True)
    kept = entered.kept if entered else ()
    _print_outcome(f"{output or path} is refreshed", refreshed, kept)


@app.command()
def check(path: WorkbookPath, *, as_json: AsJson = False) -> None:
    """Tell what is wrong in a workbook, each with its cell and what to do; nothing is written."""
    from scorecard_xl import check as check_workbook
    from scorecard_xl import open_workbook

    with open_workbook(path) as workbook:
        problems = check_workbook(workbook)
    if as_json:
        _print_json({"problems": [_problem_record(problem) for problem in problems]})
    else:
        print_problems(problems, to=console())
        errors = sum(problem.is_error for problem in problems)
        counted = f"{_counted(errors, 'error')} and {_counted(len(problems) - errors, 'warning')}"
        console().print(f"{path}: {counted}.", markup=False, soft_wrap=True)
    if any(problem.is_error for problem in problems):
        raise typer.Exit(HAS_ERRORS)


@app.command()
def show(path: WorkbookPath, *, as_json: AsJson = False) -> None:
    """Show the scorecard that a workbook's counts give; nothing is written."""
    from scorecard_xl import open_workbook, scorecard_of

    with open_workbook(path) as workbook:
        scorecard = scorecard_of(workbook)
    if as_json:
        _print_json(scorecard.to_record())
    else:
        _print_scorecard(scorecard)
    _print_warnings(scorecard.problems)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _problem_record(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "place": problem.place or str(problem.position or ""),
        "finding": problem.finding,
        "remedy": problem.remedy,
    }


def _print_json(record: object) -> None:
    print(json.dumps(record, ensure_ascii=False, allow_nan=False, indent=2))


def _print_scorecard(scorecard: object) -> None:
    from scorecard_xl.rules import Scorecard

    assert isinstance(scorecard, Scorecard)
    out = console()
    out.print(scorecard_table(scorecard, width=out.width))
    out.print(scorecard.tally_line, markup=False, soft_wrap=not sys.stdout.isatty())
    out.print()
    out.print(scorecard.summary, markup=False, soft_wrap=not sys.stdout.isatty())


def _print_outcome(what: str, refreshed: Refreshed, kept: Sequence[Problem] = ()) -> None:
    out = console()
    out.print(f"{what}: {refreshed.scorecard.tally_line}", markup=False, soft_wrap=True)
    _print_warnings([*kept, *refreshed.warnings])


def _print_warnings(warnings: Sequence[Problem]) -> None:
    print_problems(warnings, to=console(stderr=True))


def main() -> None:
    """Run the command line; every error of the library ends as a sentence and an exit code."""
    use_utf_8()
    try:
        app()
    except InvalidInputsError as error:
        err = console(stderr=True)
        print_problems(error.problems, to=err)
        errors = sum(problem.is_error for problem in error.problems)
        err.print(f"{_counted(errors, 'error')} to put right; nothing was changed.", markup=False)
        sys.exit(HAS_ERRORS)
    except ScorecardError as error:
        console(stderr=True).print(str(error), markup=False, soft_wrap=True)
        sys.exit(NOT_READ_OR_WRITTEN if isinstance(error, EngineError) else HAS_ERRORS)
