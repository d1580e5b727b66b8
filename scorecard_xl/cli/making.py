"""Commands that make a workbook: ``demo`` and ``new``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
from rich.markup import escape

from scorecard_xl.cli.options import file_path, force_option
from scorecard_xl.cli.outcomes import print_outcome, print_scorecard, print_warnings, say
from scorecard_xl.terminal import console

DEMO_NAME = "kent_2013_01.xlsx"


@click.command()
def demo() -> None:
    """Make a workbook with Kent's published January 2013 scorecard, and show it."""
    from scorecard_xl.new_workbook import free_name, new_example

    path = free_name(Path(DEMO_NAME))
    refreshed = new_example(path)
    print_scorecard(refreshed.scorecard)
    out = console()
    out.print(f"\nThe workbook is [bold]{escape(str(path.resolve()))}[/bold]", soft_wrap=True)
    out.print("Open it, change a count on the sheet Counts, save and close it. Then:")
    program = "scorecard-xl" if shutil.which("scorecard-xl") else f'"{sys.argv[0]}"'
    out.print(f'  {program} refresh "{path}"', markup=False, soft_wrap=True)
    print_warnings(refreshed.warnings)


@click.command()
@click.argument("path", metavar="PATH", type=file_path)
@click.option("--empty", is_flag=True, help="No example data, and no rating bands.")
@click.option(
    "--from",
    "source",
    metavar="FOLDER",
    type=file_path,
    help="Your counts, indicators, history and settings as CSV.",
)
@force_option
def new(path: Path, *, empty: bool, source: Path | None, force: bool) -> None:
    """Make a workbook: with the published example, empty, or from your own CSV files."""
    from scorecard_xl.csv_folder import read_csv_folder
    from scorecard_xl.new_workbook import new_empty, new_example, new_from_inputs

    if empty and source is not None:
        message = "choose one of --empty and --from"
        raise click.UsageError(message)
    if empty:
        new_empty(path, overwrite=force)
        say(f"{path} is made. Fill in Settings, Indicators and Counts, then refresh it.")
        return
    if source is not None:
        refreshed = new_from_inputs(path, read_csv_folder(source), overwrite=force)
    else:
        refreshed = new_example(path, overwrite=force)
    print_outcome(f"{path} is made", refreshed)
