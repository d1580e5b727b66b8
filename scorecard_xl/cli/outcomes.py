"""What commands print when they are done, and with which code they end."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from scorecard_xl.terminal import console, print_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.refresh import Refreshed

HAS_ERRORS, NOT_READ_OR_WRITTEN = 1, 3


def problem_record(problem: Problem) -> dict[str, str]:
    """A problem as JSON has it."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "place": problem.place or str(problem.position or ""),
        "finding": problem.finding,
        "remedy": problem.remedy,
    }


def print_json(record: object) -> None:
    """Print a record for other programs."""
    print(json.dumps(record, ensure_ascii=False, allow_nan=False, indent=2))


def say(sentence: str) -> None:
    """Print a sentence, in one line however narrow the terminal."""
    console().print(sentence, markup=False, soft_wrap=True)


def warn(sentence: str) -> None:
    """Print a sentence where it does not mix with what was asked for, in one line."""
    console(stderr=True).print(sentence, markup=False, soft_wrap=True)


def say_each(sentences: Iterable[str]) -> None:
    """Print sentences without a full stop, each in a line."""
    for sentence in sentences:
        say(f"{sentence}.")


def print_scorecard(scorecard: Scorecard) -> None:
    """Print a scorecard: its table, its tallies, its sentence."""
    from scorecard_xl.scorecard_table import scorecard_table

    out = console()
    out.print(scorecard_table(scorecard, width=out.width))
    out.print(scorecard.tally_line, markup=False, soft_wrap=not sys.stdout.isatty())
    out.print()
    out.print(scorecard.summary, markup=False, soft_wrap=not sys.stdout.isatty())


def print_outcome(what: str, refreshed: Refreshed, kept: Sequence[Problem] = ()) -> None:
    """Say what was done, and what moved; warnings go to the errors' stream."""
    from scorecard_xl.workbook.changed_ratings import sentences_of

    say(f"{what}: {refreshed.scorecard.tally_line}")
    if refreshed.moves:
        say_each(sentences_of(refreshed.moves))
    else:
        say_each(f"Rating changed: {change}" for change in refreshed.changed_ratings)
    print_warnings([*kept, *refreshed.warnings])


def print_warnings(warnings: Sequence[Problem]) -> None:
    """Print warnings where they do not mix with what was asked for."""
    print_problems(warnings, to=console(stderr=True))
