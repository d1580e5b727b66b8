"""``roll``: this period into History, and the next period's file beside this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import file_path, force_option, workbook_argument
from scorecard_xl.cli.outcomes import print_warnings, say
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from scorecard_xl.rolling import Rolled


@click.command()
@workbook_argument
@click.option(
    "--to",
    metavar="DATE",
    type=click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"]),
    help="The last day of the next period, such as 2013-02-28; else the next month or quarter.",
)
@click.option("--output", metavar="NEXT", type=file_path, help="The next period's file.")
@click.option("--clear-counts", is_flag=True, help="Empty the counts that are no formulas.")
@click.option("--outturn-final", is_flag=True, help="This year's outturn is no longer provisional.")
@force_option
def roll(
    path: Path,
    *,
    to: dt.datetime | None,
    output: Path | None,
    clear_counts: bool,
    outturn_final: bool,
    force: bool,
) -> None:
    """Close the period: its results go into History, and the next period's file is made.

    PATH stays as it is. The counts are kept until you type over them.
    """
    from scorecard_xl.rolling import roll_file

    _tell(
        *roll_file(
            path,
            output=output,
            to=to.date() if to else None,
            clear_counts=clear_counts,
            is_outturn_final=outturn_final,
            overwrite=force,
        )
    )


def _tell(path: Path, rolled: Rolled) -> None:
    results = counted(rolled.added, "result")
    verb = "is" if rolled.added == 1 else "are"
    say(
        f"{path} is rolled forward from {rolled.closed:%d/%m/%Y} to {rolled.as_at:%d/%m/%Y}; "
        f"{results} {verb} in its History now."
    )
    if rolled.emptied:
        say(f"{counted(rolled.emptied, 'count')} emptied; type this period's, then refresh it.")
    else:
        say("Its counts are those of the period before; type over them, then refresh it.")
    # What has just been said need not be said of each count, or of letters that they still give.
    said = ("count_not_entered", "counts_unchanged", "no_commentary")
    told = [each for each in rolled.refreshed.warnings if each.code not in said]
    print_warnings([*rolled.warnings, *told])
