"""What follows by the rules from what a copy states of its indicators."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from scorecard_xl.circulating.lines import REFERENCES, columns_of, numbers_of
from scorecard_xl.circulating.printed_figures import are_counts_shown, figures_within_rounding
from scorecard_xl.rules import Compare, Polarity, State
from scorecard_xl.rules.direction_of_travel import travelled
from scorecard_xl.rules.history import starts_reporting_year
from scorecard_xl.rules.periods import year_earlier
from scorecard_xl.rules.rag import rated
from scorecard_xl.rules.results import worked_out

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.rules import Settings
    from scorecard_xl.rules.columns import Columns
    from scorecard_xl.rules.words import Words


def recomputed(lines: Sequence[Line], settings: Settings, stated: Collection[str]) -> list[Line]:
    """The lines with what follows from the rest of them: results, letters, arrows, dates.

    Parameters
    ----------
    stated
        What the copy states of each line, such as ``"target"``; what depends on
        anything else stays as it is.
    """
    shown = set(stated)
    results, states = _results(lines, settings, are_counts_shown(shown))
    columns = columns_of(lines).beside(result=numbers_of(results))
    possible = [columns]
    if not are_counts_shown(shown) and settings.compare is Compare.UNROUNDED:
        possible += figures_within_rounding(columns)
    changed: dict[str, Sequence[Any]] = {"result": results, "state": states}
    is_known = "denominator" in shown or settings.minimum_denominator is None
    if {"rag", "target"} <= shown and is_known:
        letters = [_letters(each, settings) for each in possible]
        changed["rag"] = _certain([line.rag for line in lines], letters)
    if "target" in shown or all(line.polarity != Polarity.TARGET for line in lines):
        for name in REFERENCES:
            if name in shown:
                arrows = [_arrows(each, settings, name) for each in possible]
                stated_arrows = [getattr(line, f"dot_{name}") for line in lines]
                changed[f"dot_{name}"] = _certain(stated_arrows, arrows)
    if "previous" in shown:
        changed |= _at_year_start(lines, results, states, settings)
    if "outturn" in shown:
        changed["outturn_as_at"] = [settings.outturn_as_at] * len(lines)
    return [
        dataclasses.replace(line, **{name: column[i] for name, column in changed.items()})
        for i, line in enumerate(lines)
    ]


def _letters(columns: Columns, settings: Settings) -> list[str | None]:
    """The letters by the lines' own tolerances, which are those that apply."""
    return _words(
        rated(
            columns,
            green_tolerance={},
            amber_tolerance={},
            minimum_denominator=settings.minimum_denominator,
            compare=settings.compare,
        )
    )


def _at_year_start(
    lines: Sequence[Line],
    results: Sequence[float | None],
    states: Sequence[str | None],
    settings: Settings,
) -> dict[str, list[Any]]:
    """What each previous result is of, a year earlier where a year has begun, and new years."""
    earlier = year_earlier(settings.as_at)
    starts_year = [_starts_year(line, settings) for line in lines]
    is_new = [
        starts and result is not None and line.previous is None
        for line, starts, result in zip(lines, starts_year, results, strict=True)
    ]
    return {
        "previous_as_at": [
            earlier if starts else settings.previous_as_at for starts in starts_year
        ],
        "state": [
            State.NEW_YEAR.value if new else state
            for new, state in zip(is_new, states, strict=True)
        ],
    }


def _arrows(columns: Columns, settings: Settings, reference: str) -> list[str | None]:
    return _words(
        travelled(
            columns,
            reference=reference,
            same_within=settings.same_within,
            compare=settings.compare,
        )
    )


def _certain(
    stated: Sequence[str | None], possible: Sequence[Sequence[str | None]]
) -> list[str | None]:
    """What all that is possible comes to; where that is more than one thing, what is stated."""
    return [
        given[0] if len(set(given)) == 1 else own
        for own, *given in zip(stated, *possible, strict=True)
    ]


def _results(
    lines: Sequence[Line], settings: Settings, are_counts_stated: bool
) -> tuple[list[float | None], list[str | None]]:
    """Each line's result and state, worked out where what it is made of is stated."""
    own = [line.result for line in lines]
    own_states = [None if line.state == State.NEW_YEAR else line.state for line in lines]
    if not are_counts_stated:
        return own, own_states
    counted = [
        line
        if line.is_divided
        else dataclasses.replace(line, numerator=line.result, numerator_state=state)
        for line, state in zip(lines, own_states, strict=True)
    ]
    result, state = worked_out(columns_of(counted), rate_base=settings.rate_base)
    # What the copy compares with has 15 digits, too.
    results = [None if value != value else float(f"{value:.15g}") for value in result.tolist()]
    return results, _words(state)


def _starts_year(line: Line, settings: Settings) -> bool:
    is_to_date = (line.data_period or "").casefold() == "ytd"
    return is_to_date and starts_reporting_year(settings)


def _words(words: Words) -> list[str | None]:
    return [None if entry is None else str.__str__(entry) for entry in words.plain()]
