"""Why each indicator has its letter and its arrows, and what its next letter needs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.rules.explained_arrows import Comparisons
from scorecard_xl.rules.explained_rows import explained_rows
from scorecard_xl.rules.explanation_records import (
    ArrowExplanation,
    BandEdges,
    Explanation,
    NearEdge,
    NextLetter,
)
from scorecard_xl.rules.explanation_sentences import (
    LETTERS,
    NOT_RATED,
    OF_EDGES,
    summary_of,
    what_next,
    why_sentences,
)
from scorecard_xl.rules.figures import unrounded

if TYPE_CHECKING:
    from scorecard_xl.rules.columns import Columns
    from scorecard_xl.rules.explained_rows import Row
    from scorecard_xl.rules.settings import Settings

_REFERENCES = ("previous", "outturn")


class ExplanationLine(NamedTuple):
    """An explanation in texts alone, as a list shows it."""

    name: str
    result: str
    rating: str
    why: str
    what_next: str
    arrows: str


def explanations_of(
    results: Columns, history: Columns, settings: Settings
) -> tuple[Explanation, ...]:
    """Explain the letters and arrows of results, one explanation a row.

    Parameters
    ----------
    results
        A scorecard's results as worked out, with letters and arrows.
    history
        The results published before, as read; the rows the arrows compare with
        tell how their figures came about.
    settings
        Those that rated the results.
    """
    rows = explained_rows(results, settings)
    of_arrows = [Comparisons(results, history, settings, name) for name in _REFERENCES]
    arrows = zip(*(_arrows(comparisons, rows) for comparisons in of_arrows), strict=True)
    return tuple(_explanation(row, own, settings) for row, own in zip(rows, arrows, strict=True))


def explanation_lines(
    results: Columns, history: Columns, settings: Settings
) -> list[ExplanationLine]:
    """The same in texts alone, which is quicker."""
    rows = explained_rows(results, settings)
    previous, outturn = (Comparisons(results, history, settings, name) for name in _REFERENCES)
    return [
        ExplanationLine(
            row.name or row.indicator,
            _result_and_target(row),
            LETTERS.get(row.rag or "", NOT_RATED),
            why_sentences(row, settings),
            what_next(row),
            joined(previous.sentence(row, before), outturn.sentence(row, at_outturn)),
        )
        for row, before, at_outturn in zip(rows, previous.rows, outturn.rows, strict=True)
    ]


def joined(first: str, second: str) -> str:
    """The sentences of two arrows; a reason that both share told once."""
    return first if first == second else f"{first} {second}"


def _result_and_target(row: Row) -> str:
    """Both in words, for a list would take a number alone for a number."""
    result = _result(row) or "no result"
    return f"{result}, target {row.target_shown}" if row.target_shown else f"{result}, no target"


def _result(row: Row) -> str:
    if row.result is None:
        return ""
    return unrounded(row.result, is_percentage=row.is_percentage)


def _arrows(comparisons: Comparisons, rows: list[Row]) -> list[ArrowExplanation]:
    return [
        ArrowExplanation(
            reference=comparisons.reference,
            as_at=own.as_at,
            value=own.value,
            is_restated=own.is_restated,
            travel=own.travel,
            no_arrow=comparisons.no_arrow(row, own),
            is_within_rounding=comparisons.is_within_rounding(row, own),
            sentence=comparisons.sentence(row, own),
        )
        for row, own in zip(rows, comparisons.rows, strict=True)
    ]


def _explanation(row: Row, arrows: tuple[ArrowExplanation, ...], settings: Settings) -> Explanation:
    return Explanation(
        indicator=row.indicator,
        name=row.name,
        section=row.section,
        polarity=row.polarity,
        measure=row.measure,
        rag=row.rag,
        state=row.state,
        result=row.result,
        target=row.target,
        numerator=row.numerator,
        denominator=row.denominator,
        bands=_bands(row),
        from_green=_known(row.from_green),
        from_amber=_known(row.from_amber),
        near_edge=_near_edge(row),
        not_rated=row.not_rated,
        next_letter=_next_letter(row),
        arrows=arrows,
        result_shown=_result(row),
        target_shown=row.target_shown,
        summary=summary_of(row, settings),
        why=why_sentences(row, settings),
        what_next=what_next(row),
    )


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number


def _bands(row: Row) -> BandEdges | None:
    if not any(row.edges_shown):
        return None
    green_from, green_to, amber_from, amber_to = map(_known, row.edges)
    return BandEdges(
        green_from=green_from,
        green_to=green_to,
        amber_from=amber_from,
        amber_to=amber_to,
        has_floor=row.has_floor,
    )


def _near_edge(row: Row) -> NearEdge | None:
    if row.closeness is None:
        return None
    return NearEdge(letter=OF_EDGES[row.near], edge=row.edges[row.near], closeness=row.closeness)


def _next_letter(row: Row) -> NextLetter | None:
    if not row.has_next_letter:
        return None
    cases, future = (
        int(number) if math.isfinite(number) else None for number in (row.cases, row.future_cases)
    )
    return NextLetter(
        letter="G" if row.next_is_green else "A",
        distance=row.distance,
        must_rise=row.must_rise,
        cases=cases,
        is_reachable=not math.isinf(row.cases),
        future_cases=future,
        is_reachable_in_future=not math.isinf(row.future_cases),
    )
