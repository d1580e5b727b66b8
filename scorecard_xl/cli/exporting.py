"""The command ``export``: the scorecard as directors see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import file_path, force_option, workbook_argument
from scorecard_xl.cli.outcomes import say

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
