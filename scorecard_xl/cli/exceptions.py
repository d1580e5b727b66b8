"""The command ``exceptions``: Reds, changed letters, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import json_option, workbook_argument
from scorecard_xl.cli.outcomes import print_json, say
from scorecard_xl.terminal import console
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@workbook_argument
@json_option
@click.option("--markdown", is_flag=True, help="Print Markdown, for a committee paper.")
def exceptions(path: Path, *, as_json: bool, markdown: bool) -> None:
    """List Reds and changed letters with their commentary; nothing is written."""
    from scorecard_xl import open_workbook, scorecard_of
    from scorecard_xl.exception_report import HEADINGS, exception_rows, exceptions_markdown

    if as_json and markdown:
        message = "choose one of --json and --markdown"
        raise click.UsageError(message)
    with open_workbook(path) as workbook:
        scorecard = scorecard_of(workbook)
    if as_json:
        print_json({"exceptions": [each.to_record() for each in scorecard.exceptions]})
    elif markdown:
        click.echo(exceptions_markdown(scorecard))
    else:
        from rich.table import Table
        from rich.text import Text

        table = Table(*HEADINGS)
        for row in exception_rows(scorecard.exceptions):
            table.add_row(*map(Text, row))
        if scorecard.exceptions:
            console().print(table)
        say(f"{counted(len(scorecard.exceptions), 'exception')}.")
