"""The command that says why: ``explain``."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING

import click

from scorecard_xl.cli.options import json_option, workbook_argument
from scorecard_xl.cli.outcomes import HAS_ERRORS, print_json, print_warnings, say
from scorecard_xl.terminal import console

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorecard_xl.rules.explanation_records import Explanation

_MOST_CHOICES = 5


@click.command()
@workbook_argument
@click.argument("indicator", metavar="[INDICATOR]", required=False)
@json_option
def explain(path: Path, *, indicator: str | None, as_json: bool) -> None:
    """Say why indicators have their letters and arrows; nothing is written.

    INDICATOR is a code, or the beginning of a name; without it, each indicator
    is explained in a line or two.
    """
    from scorecard_xl import open_workbook, scorecard_of

    with open_workbook(path) as workbook:
        scorecard = scorecard_of(workbook)
    explanations: Sequence[Explanation] = scorecard.explanations
    if indicator is not None:
        explanations = _named(indicator, explanations)
        if len(explanations) != 1:
            _say_which(indicator, explanations or scorecard.explanations, found=bool(explanations))
            sys.exit(HAS_ERRORS)
    if as_json:
        print_json({"explanations": [each.to_record() for each in explanations]})
    elif not explanations:
        say("There are no indicators yet.")
    elif indicator is None:
        for each in explanations:
            say(f"{each.indicator}: {each.summary}")
    else:
        _print_whole(explanations[0])
    print_warnings(scorecard.problems)


def _named(wanted: str, explanations: Sequence[Explanation]) -> list[Explanation]:
    """The indicators that have that code, without case; else those whose names begin so."""
    text = wanted.strip().casefold()
    of_code = [each for each in explanations if each.indicator.casefold() == text]
    return of_code or [each for each in explanations if each.name.casefold().startswith(text)]


def _say_which(wanted: str, choices: Sequence[Explanation], *, found: bool) -> None:
    """Say that a word names no indicator, or several, and which it may have meant."""
    err = console(stderr=True)
    if found:
        codes = [each.indicator for each in choices]
        what = f"{wanted!r} begins the names of {len(codes)} indicators"
    else:
        codes = _like(wanted, choices)
        what = f"{wanted!r} is no indicator's code, and begins no name"
    listed = ", ".join(codes[:_MOST_CHOICES])
    more = ", ..." if len(codes) > _MOST_CHOICES else ""
    use = f"use {'one of ' if len(codes) > 1 else ''}" if codes else "scorecard-xl show lists them"
    err.print(f"{what}; {use}{listed}{more}.", markup=False, soft_wrap=True)


def _like(wanted: str, choices: Sequence[Explanation]) -> list[str]:
    """The codes of indicators that are written much like a word, or hold it in their names."""
    text = wanted.strip().casefold()
    codes = {each.indicator.casefold(): each.indicator for each in choices}
    close = [codes[code] for code in difflib.get_close_matches(text, codes, n=3)]
    holding = [
        each.indicator
        for each in choices
        if text and (text in each.name.casefold() or text in each.indicator.casefold())
    ]
    return list(dict.fromkeys([*close, *holding]))


def _print_whole(explanation: Explanation) -> None:
    out = console()
    out.print(explanation.name, style="bold", markup=False, soft_wrap=True)
    counts = _counts(explanation)
    if counts:
        say(counts)
    for sentence in (explanation.why, explanation.what_next):
        if sentence:
            say(sentence)
    for sentence in dict.fromkeys(arrow.sentence for arrow in explanation.arrows):
        say(sentence)


def _counts(explanation: Explanation) -> str:
    """The result with all its decimals, and the counts it is made of."""
    if explanation.result is None:
        return ""
    numerator, denominator = explanation.numerator, explanation.denominator
    if explanation.measure in ("count", "supplied") or numerator is None or denominator is None:
        return f"Result: {explanation.result_shown}, unrounded."
    return f"Result: {explanation.result_shown}, from {numerator:,} and {denominator:,}."
