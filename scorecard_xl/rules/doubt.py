"""One thing that may be wrong though a scorecard can be made: how it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rules.codes import MOST_SUGGESTIONS, likely_meant
from scorecard_xl.rules.keys import ids_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Columns
    from scorecard_xl.rules.words import Words

_BEGINNING = 2


def doubt(
    code: str,
    place: tuple[str, Columns, int],
    column: str,
    finding: str,
    remedy: str,
) -> Problem:
    """A warning at a place: a table's name, its rows, and which of them."""
    table, rows, row = place
    position = TablePosition(table=table, row=int(rows.index[row]), column=column)
    return Problem(
        code=code, severity=Severity.WARNING, finding=finding, remedy=remedy, position=position
    )


def figure(number: float) -> str:
    """A count as a sentence tells it: ``8,611``; ``0.5`` where it is not whole."""
    return f"{number:,.0f}" if number == round(number) or abs(number) >= 1_000 else f"{number:,.1f}"


def unknown_codes(
    codes: Words,
    known: Words,
    among: NDArray[np.bool_],
    whose: NDArray[np.integer[Any]] | None = None,
) -> Iterator[tuple[int, str]]:
    """The first row of each code that is not known, and what would put it right.

    With `whose`, a number for each row, the first row of each number.
    """
    vocabulary = known.vocabulary
    is_unknown = among & (ids_in(vocabulary, codes) < 0) & (codes.codes >= 0)
    told_to: dict[int, set[str]] = {}
    for row in np.flatnonzero(is_unknown).tolist():
        code = str(codes[row]).lower()
        told = told_to.setdefault(0 if whose is None else int(whose[row]), set())
        if code in told:
            continue
        told.add(code)
        remedy = "correct it; leave it if the indicator is no longer reported"
        if len(told) <= MOST_SUGGESTIONS:
            meant = likely_meant(code, _like(code, vocabulary), likeness=0.8)
            if meant is not None:
                written = dict(zip(known.lowered, known.distinct, strict=True))[meant]
                remedy = f"use {written!r}; leave it if the indicator is no longer reported"
        yield row, remedy


def _like(code: str, known: Iterable[str]) -> list[str]:
    """The codes that begin alike and are about as long: those that one may be mistyped for."""
    return [
        each
        for each in known
        if each[:_BEGINNING] == code[:_BEGINNING] and abs(len(each) - len(code)) <= _BEGINNING
    ]
