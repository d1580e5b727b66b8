"""What is known of a letter and of its arrows, as records that JSON can hold."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt


class NotRated(StrEnum):
    """Why a result has no letter."""

    NO_RESULT = "no_result"
    NO_POLARITY = "no_polarity"
    NO_TARGET = "no_target"
    TOO_FEW = "too_few"
    NO_BANDS = "no_bands"


class NoArrow(StrEnum):
    """Why a result has no arrow."""

    NO_RESULT = "no_result"
    NO_POLARITY = "no_polarity"
    NO_TARGET = "no_target"
    NEW_YEAR = "new_year"
    NO_REFERENCE = "no_reference"


class Closeness(StrEnum):
    """How close a result lies to an edge: on it, or so that both show the same."""

    AT_THE_EDGE = "at_the_edge"
    SHOWS_THE_SAME = "shows_the_same"
    SAME_AT_NO_DECIMALS = "same_at_no_decimals"


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class BandEdges:
    """Where Green and Amber begin and end, in the indicator's units; None where they are open.

    Both Amber edges are None, too, where there is no Amber.
    """

    green_from: float | None
    green_to: float | None
    amber_from: float | None
    amber_to: float | None
    has_floor: bool


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class NearEdge:
    """An edge that a result can be taken for: which letter's, where it lies, how close."""

    letter: str
    edge: float
    closeness: Closeness


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class NextLetter:
    """What the next better letter needs.

    `distance` is in the indicator's units. `cases` is how many more, or fewer
    where the result must fall, at today's denominator; `future_cases` how many
    to come, all going right. They are None where nobody can count them, and
    where they would not do: then `is_reachable`, or `is_reachable_in_future`,
    is False.
    """

    letter: str
    distance: float
    must_rise: bool
    cases: int | None
    is_reachable: bool
    future_cases: int | None
    is_reachable_in_future: bool


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class ArrowExplanation:
    """One arrow: what it compares, and the rule in a sentence.

    `is_within_rounding` says that the value compared with is known only
    rounded, and that the arrow could be another one within that rounding.
    """

    reference: str
    as_at: dt.date
    value: float | None
    is_restated: bool
    travel: str | None
    no_arrow: NoArrow | None
    is_within_rounding: bool
    sentence: str


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Why an indicator has its letter and its arrows; numbers are unrounded, in its units.

    `from_green` and `from_amber` say how far the result lies beyond each band;
    below 0 it lies within, by so much. `result_shown` and `target_shown` are
    texts: the result with its decimals, the target as the scorecard shows it.
    `summary` says the most in the least words, `why` and `what_next` all of it.
    """

    indicator: str
    name: str
    section: str | None
    polarity: str | None
    measure: str
    rag: str | None
    state: str | None
    result: float | None
    target: float | None
    numerator: float | None
    denominator: float | None
    bands: BandEdges | None
    from_green: float | None
    from_amber: float | None
    near_edge: NearEdge | None
    not_rated: NotRated | None
    next_letter: NextLetter | None
    arrows: tuple[ArrowExplanation, ...]
    result_shown: str
    target_shown: str
    summary: str
    why: str
    what_next: str

    @property
    def arrow_sentences(self) -> str:
        """The sentences of its arrows, a reason that both share told once."""
        return " ".join(dict.fromkeys(arrow.sentence for arrow in self.arrows))

    @property
    def sentences(self) -> str:
        """Everything that is to be said."""
        parts = (self.why, self.what_next, self.arrow_sentences)
        return " ".join(part for part in parts if part)

    def to_record(self) -> dict[str, Any]:
        """The explanation as plain values, for JSON: None where missing, ISO dates."""
        record = dataclasses.asdict(self)
        for arrow in record["arrows"]:
            arrow["as_at"] = arrow["as_at"].isoformat()
        return record | {"arrows": list(record["arrows"])}
