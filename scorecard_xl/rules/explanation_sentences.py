"""Why a letter is what it is, and what the next one needs, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.rules.counts import State
from scorecard_xl.rules.explanation_records import Closeness, NotRated
from scorecard_xl.rules.figures import distance, told_apart

if TYPE_CHECKING:
    from scorecard_xl.rules.explained_rows import Row
    from scorecard_xl.rules.settings import Settings

LETTERS = {"G": "Green", "A": "Amber", "R": "Red"}
NOT_RATED = "Not rated"
# Whose edges those of a row are.
OF_EDGES = ("G", "G", "A", "A")
_GOOD = {"H": "high is good", "L": "low is good", "T": "close to it is good"}
_NOT_RATED = {
    NotRated.NO_POLARITY: "no polarity says which way is good",
    NotRated.NO_TARGET: "it has no target",
    NotRated.NO_BANDS: "no bands have been agreed",
}


def why_sentences(row: Row, settings: Settings) -> str:
    """Result, target and bands, and where among them it lies; or why it is not rated."""
    if row.rag is None:
        return f"{NOT_RATED}: {_why_not(row, settings)}."
    start = f"{_result_against_target(row)} {_bands(row)}"
    if row.closeness is None:
        return f"{start} {_position(row)}"
    if row.closeness is Closeness.AT_THE_EDGE:
        return f"{start} {_at_the_edge(row)}"
    return f"{start} {_position(row)} {_taken_for(row)}"


def summary_of(row: Row, settings: Settings) -> str:
    """Letter, result and target, what it could be taken for, and what the next letter needs."""
    if row.rag is None:
        return why_sentences(row, settings)
    parts = [_result_against_target(row)]
    if row.closeness is not None:
        is_at = row.closeness is Closeness.AT_THE_EDGE
        parts.append(_at_the_edge(row) if is_at else _taken_for(row))
    parts.append(what_next(row))
    return " ".join(part for part in parts if part)


def _result_against_target(row: Row) -> str:
    return (
        f"{LETTERS[row.rag or '']}: {row.result_shown} against a target of {row.target_shown},"
        f" and {_GOOD[row.polarity or '']}."
    )


def _at_the_edge(row: Row) -> str:
    letter = LETTERS[OF_EDGES[row.near]]
    return f"It is exactly at the edge of {letter}, which counts as achieved."


def _why_not(row: Row, settings: Settings) -> str:
    if row.not_rated is NotRated.NO_RESULT:
        return f"there is no result ({State(row.state or State.NOT_ENTERED).words})"
    if row.not_rated is NotRated.TOO_FEW:
        minimum = settings.minimum_denominator
        return f"{row.denominator:,} is fewer than the minimum of {minimum:,.10g}"
    return _NOT_RATED[row.not_rated or NotRated.NO_BANDS]


def _bands(row: Row) -> str:
    """Where Green and Amber are."""
    green_from, green_to, amber_from, amber_to = row.edges_shown
    green, amber = _band(green_from, green_to), _band(amber_from, amber_to)
    if not amber:
        return f"Green is {green}, and there is no Amber."
    floor = ", its floor" if row.has_floor else ""
    return f"Green is {green}, Amber {amber}{floor}."


def _band(start: str, end: str) -> str:
    if start and end:
        return start if start == end else f"{start} to {end}"
    return f"{start} or more" if start else f"{end} or less" if end else ""


def _position(row: Row) -> str:
    """How far from the edges it lies."""
    green = distance(row.from_green, is_percentage=row.is_percentage)
    if row.rag == "G":
        return f"It is {green} within Green."
    if row.rag == "R" and row.next_is_green:
        return f"It is {green} from Green."
    amber = distance(row.from_amber, is_percentage=row.is_percentage)
    if row.rag == "A":
        return f"It is {green} from Green, and {amber} from Red."
    return f"It is {amber} from Amber, and {green} from Green."


def _taken_for(row: Row) -> str:
    """What a reader could take it for who sees it rounded."""
    edge, letter = row.edges[row.near], LETTERS[OF_EDGES[row.near]]
    side = "below" if row.compared_result < edge else "above"
    if row.closeness is Closeness.SAME_AT_NO_DECIMALS:
        return f"{row.result_shown} shows as {edge:.0%} at no decimals, and is {side} it."
    result, exact = told_apart(row.compared_result, edge, is_percentage=row.is_percentage)
    return (
        f"{result} shows as {row.result_shown}, and so does the edge of {letter}, {exact};"
        f" it is {side}, and that decides."
    )


def what_next(row: Row) -> str:
    """What the next better letter needs; nothing for Green and what is not rated."""
    if not row.has_next_letter:
        return ""
    letter = LETTERS["G" if row.next_is_green else "A"]
    if row.polarity == "T" or row.measure == "supplied":
        way = "rise" if row.must_rise else "fall"
        far = distance(row.distance, is_percentage=row.is_percentage)
        return f"{letter} needs it to {way} by {far}."
    if row.cases == float("inf"):
        return f"{letter} cannot be reached."
    text = f"{letter} needs {row.cases:,.0f} {'more' if row.must_rise else 'fewer'}"
    if row.measure == "count":
        return f"{text}."
    if row.measure != "percentage":
        return f"{text} at today's {row.denominator:,}."
    return f"{text} of the {row.denominator:,}{_future(row.future_cases)}."


def _future(cases: float) -> str:
    if cases == float("inf"):
        return "; cases to come cannot bring it there, even if all go right"
    if cases == 1:
        return ", or the next case going right"
    return f", or the next {cases:,.0f} all going right"
