"""The command ``export``: the scorecard as directors see it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import file_path, force_option, workbook_argument
from scorecard_xl.cli.outcomes import say, warn
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@workbook_argument
@click.option("--pdf", metavar="FILE", type=file_path, help="Print the scorecard to this file.")
@click.option("--png", metavar="FILE", type=file_path, help="Draw it, its pages in one picture.")
@force_option
def export(path: Path, *, pdf: Path | None, png: Path | None, force: bool) -> None:
    """Print or draw the scorecard as directors see it, by Excel or LibreOffice; PATH stays."""
    from scorecard_xl.exporting import export as export_scorecard

    if pdf is None and png is None:
        message = "name a file with --pdf, with --png, or with both"
        raise click.UsageError(message)
    for file in export_scorecard(path, pdf=pdf, png=png, overwrite=force):
        say(f"{file} is written.")
    errors = _errors_in(path)
    if errors:
        warn(
            f"{path.name} has {counted(errors, 'error')}, so that it may show other than its counts"
            " give; scorecard-xl check lists them."
        )


def _errors_in(path: Path) -> int:
    """How many errors a workbook has; none is told of one that cannot be read, or is open."""
    from scorecard_xl import ScorecardError, check, open_workbook

    with contextlib.suppress(ScorecardError), open_workbook(path) as workbook:
        return sum(problem.is_error for problem in check(workbook))
    return 0
