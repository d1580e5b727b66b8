"""``upgrade``: a workbook made from an older template gains what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import file_path, force_option, workbook_argument
from scorecard_xl.cli.outcomes import say

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
@force_option
def upgrade(path: Path, *, output: Path | None, force: bool) -> None:
    """Give a workbook made from an older template what is new; nothing of yours is changed."""
    from scorecard_xl.upgrading import upgrade_file

    upgraded = upgrade_file(path, output=output, overwrite=force)
    if not upgraded.is_changed:
        say(f"{path} has all that today's template has; nothing to add.")
        return
    if not upgraded.added:
        say(f"{output or path} has all that today's template has, and says so now.")
        return
    say(f"{output or path} is upgraded; it has now:")
    for what in upgraded.added:
        say(f"  {what}")
    say(f'Refresh it next: scorecard-xl refresh "{output or path}"')
