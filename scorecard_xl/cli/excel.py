"""Commands for Excel itself: ``addin`` puts the add-ins there, ``doctor`` looks what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import file_path, force_option
from scorecard_xl.cli.outcomes import HAS_ERRORS, say
from scorecard_xl.terminal import console
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard_xl.finding import Finding


libreoffice_option = click.option(
    "--libreoffice", is_flag=True, help="In LibreOffice instead of Excel."
)


@click.group()
def addin() -> None:
    """Put Excel's tab Scorecard in place, take it away, or tell what is there."""


@addin.command()
@libreoffice_option
@click.option(
    "--trust",
    metavar="FOLDER",
    type=file_path,
    multiple=True,
    help="With --libreoffice: run the macros of workbooks in this folder; may be repeated.",
)
def install(*, libreoffice: bool, trust: tuple[Path, ...]) -> None:
    """Install the add-ins for this user, and have them start this Python."""
    if libreoffice:
        from scorecard_xl.installing_libreoffice import install_libreoffice

        for sentence in install_libreoffice(interpreter=Path(sys.executable), trust=trust):
            say(sentence)
        say("Quit LibreOffice if it is open, and start it again.")
        return
    if trust:
        message = "--trust goes with --libreoffice"
        raise click.UsageError(message)
    from scorecard_xl.installing import install as install_addins
    from scorecard_xl.installing import places_here

    places = places_here()
    if places is None:
        _say_where("would install or change")
        return
    for sentence in install_addins(places, interpreter=Path(sys.executable)):
        say(sentence)
    say("Quit Excel if it is open, and start it again: the tab Scorecard is on its ribbon.")


@addin.command()
@libreoffice_option
def remove(*, libreoffice: bool) -> None:
    """Take away what was installed, and put xlwings' settings back as they were."""
    if libreoffice:
        from scorecard_xl.installing_libreoffice import remove_libreoffice

        for sentence in remove_libreoffice():
            say(sentence)
        return
    from scorecard_xl.installing import places_here
    from scorecard_xl.installing import remove as remove_addins

    places = places_here()
    if places is None:
        _say_where("would remove, or put back as it was")
        return
    for sentence in remove_addins(places):
        say(sentence)


@addin.command()
@libreoffice_option
def status(*, libreoffice: bool) -> None:
    """Tell what is installed where, of which version, and which Python it starts."""
    if libreoffice:
        from scorecard_xl.installing_libreoffice import libreoffice_findings

        _print(libreoffice_findings(interpreter=Path(sys.executable)))
        return
    from scorecard_xl.installing import installation_findings, places_here

    places = places_here()
    if places is None:
        _say_where("would look for")
        return
    _print(installation_findings(places, interpreter=Path(sys.executable)))


@addin.command(name="it-desk")
@click.option("--output", metavar="FILE", type=file_path, help="Write the page to this file.")
@force_option
def it_desk(*, output: Path | None, force: bool) -> None:
    """Print the page for an IT desk: what is installed, what it does, and how to allow it."""
    from scorecard_xl.engines.file.saving import save_new
    from scorecard_xl.installing import it_desk_page

    page = it_desk_page()
    if output is None:
        click.echo(page)
        return
    save_new(output, page.encode(), overwrite=force)
    say(f"{output} is written; send it to your IT desk.")


@click.command()
@click.argument("path", metavar="[WORKBOOK]", type=file_path, required=False)
def doctor(path: Path | None) -> None:
    """Look for what stops the buttons, or a workbook, from working; nothing is changed."""
    from scorecard_xl.doctor import findings

    found = findings(path)
    _print(found)
    remedies = sum(bool(finding.remedy) for finding in found)
    if remedies:
        say(f"{counted(remedies, 'thing')} to put right.")
        sys.exit(HAS_ERRORS)
    say("Nothing to put right.")


def _print(findings: Iterable[Finding]) -> None:
    out = console()
    for finding in findings:
        style = "yellow" if finding.remedy else None
        out.print(str(finding), style=style, markup=False, soft_wrap=True)


def _say_where(would: str) -> None:
    """Tell what the command is for, where there is no Excel with macros."""
    from scorecard_xl.installing import Places, Platform

    say("There is no Excel with macros on this system, so nothing was changed.")
    for platform, name in ((Platform.WINDOWS, "Windows"), (Platform.MAC, "Mac")):
        say(f"On {name}, this command {would}:")
        for path, what in Places.of_anyone(platform).what_is_installed.items():
            say(f"  {path}: {what}")
