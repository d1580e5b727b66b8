"""``circulate`` and ``verify``: a copy that is safe to send, and whether one agrees with itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import file_path, json_option, workbook_argument
from scorecard_xl.cli.outcomes import HAS_ERRORS, print_json, print_warnings, problem_record, say
from scorecard_xl.terminal import console, print_problems
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.circulating import CirculatedFile, Verified


@click.command()
@workbook_argument
@click.option(
    "--output", metavar="FILE", type=file_path, help="The copy; else it lies beside PATH."
)
@click.option("--pdf", metavar="FILE", type=file_path, help="Print it as well, by LibreOffice.")
@click.option(
    "--force", metavar="REASON", default="", help="Despite errors; the reason is on the page."
)
@click.option("--replace", is_flag=True, help="Replace files that are there already.")
@json_option
def circulate(
    path: Path,
    *,
    output: Path | None,
    pdf: Path | None,
    force: str,
    replace: bool,
    as_json: bool,
) -> None:
    """Make a copy of the scorecard that is safe to send; PATH stays as it is.

    It holds values, and nothing that its pages do not show.
    """
    from scorecard_xl.circulating import circulate_file

    made = circulate_file(path, output=output, pdf=pdf, reason=force.strip(), overwrite=replace)
    if as_json:
        print_json(_record(made))
        return
    say(f"{made.path} is made, to be sent.")
    if made.pdf is not None:
        say(f"{made.pdf} is printed.")
    if made.circulated.errors:
        errors = counted(len(made.circulated.errors), "error")
        say(f"It was made in spite of {errors}; the page says why.")
    elif force.strip():
        say("There is no error that the reason would be for, so that the page does not give it.")
    say("Accessibility:")
    for kept in made.circulated.checklist:
        say(f"  {kept}")
    print_warnings(made.circulated.warnings)


def _record(made: CirculatedFile) -> dict[str, object]:
    circulated = made.circulated
    return {
        "copy": str(made.path),
        "pdf": None if made.pdf is None else str(made.pdf),
        "accessibility": [
            {
                "rule": each.rule,
                "kept": each.is_kept,
                "kept_by": list(each.kept_by),
                "broken_by": list(each.broken_by),
            }
            for each in circulated.checklist
        ],
        "manifest": dict(circulated.document.properties.custom),
        "errors": [problem_record(problem) for problem in circulated.errors],
        "warnings": [problem_record(problem) for problem in circulated.warnings],
    }


@click.command()
@click.argument("file", metavar="FILE", type=file_path)
@json_option
def verify(file: Path, *, as_json: bool) -> None:
    """Work a circulated copy out again from what it states; name every cell that disagrees.

    That shows that a file agrees with itself, not who made it.
    """
    from scorecard_xl.circulating import verify as verify_copy

    verified = verify_copy(file)
    if as_json:
        print_json(
            {
                "agrees": verified.agrees,
                "results": verified.results,
                "letters": verified.letters,
                "arrows": verified.arrows,
                "not_checked": list(verified.not_checked),
                "problems": [problem_record(problem) for problem in verified.problems],
                "manifest": dict(verified.manifest),
            }
        )
    else:
        _tell(file, verified)
    if not verified.agrees:
        sys.exit(HAS_ERRORS)


def _tell(file: Path, verified: Verified) -> None:
    if verified.agrees:
        say(
            f"{file.name} agrees with itself: {counted(verified.results, 'result')}, "
            f"{counted(verified.letters, 'letter')} and {counted(verified.arrows, 'arrow')} were "
            "worked out again, and so were its tallies and its summary. That does not show who "
            "made it."
        )
    else:
        print_problems(verified.problems, to=console())
        say(
            f"{file.name} does not agree with itself in {counted(len(verified.problems), 'place')}."
        )
    for each in verified.not_checked:
        say(f"Not worked out again: {each}.")
