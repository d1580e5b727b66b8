"""Figures no finer than the page shows them, where it does not show what they are made of."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.circulating.lines import REFERENCES, columns_of
from scorecard_xl.rules import Measure
from scorecard_xl.rules.columns import choice_codes, floats
from scorecard_xl.rules.results import rounded_as_shown

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.rules.columns import Columns
    from scorecard_xl.rules.exceptional_results import ExceptionalResult

_COUNTS = frozenset({"numerator", "denominator"})
_FIGURES = ("result", *REFERENCES)
# Half of the last digit that a measure's figures are shown with, in the order of the measures.
_HALF_A_UNIT = np.array(
    [{Measure.PERCENTAGE: 0.0005, Measure.COUNT: 0.5}.get(measure, 0.05) for measure in Measure]
)


def are_counts_shown(roles: Collection[str]) -> bool:
    """Whether the page shows numerators and denominators.

    Where it does not, a quotient with all its digits would give them away: 54 of
    768 is all that 0.0703125 can well be.
    """
    return set(roles) >= _COUNTS


def as_printed(lines: Sequence[Line]) -> list[Line]:
    """The lines with results and earlier ones rounded as the page shows them."""
    columns = columns_of(lines)
    rounded = [_rounded(columns, name) for name in _FIGURES]
    return [
        dataclasses.replace(line, result=result, previous=previous, outturn=outturn)
        for line, result, previous, outturn in zip(lines, *rounded, strict=True)
    ]


def exceptions_as_printed(
    exceptions: Sequence[ExceptionalResult], lines: Sequence[Line]
) -> list[ExceptionalResult]:
    """The exceptions with the results that the lines have."""
    results = {line.code: line.result for line in lines}
    return [dataclasses.replace(each, result=results[each.indicator]) for each in exceptions]


def _rounded(columns: Columns, name: str) -> list[float | None]:
    values = rounded_as_shown(floats(columns, name), columns["measure"])
    return [None if value != value else value for value in values.tolist()]


def figures_within_rounding(columns: Columns) -> list[Columns]:
    """The lines with figures as far off as rounding can have put them, in every combination."""
    half = _HALF_A_UNIT[choice_codes(columns["measure"], Measure)]
    figures = {name: floats(columns, name) for name in _FIGURES}
    return [
        columns.beside(
            result=figures["result"] + step * half,
            **{name: figures[name] + other * half for name in REFERENCES},
        )
        for step, other in itertools.product((-1.0, 1.0), repeat=2)
    ]
