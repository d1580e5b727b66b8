"""What a copy states of each indicator."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.rules import Measure, Polarity, Rag, State, ToleranceUnit, Travel
from scorecard_xl.rules.columns import Columns, chosen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from enum import StrEnum

    from numpy.typing import NDArray

    from scorecard_xl.rules import Scorecard, Settings
    from scorecard_xl.rules.words import Words

REFERENCES = ("previous", "outturn")
_OF_RESULTS = (
    "section", "name", "polarity", "data_period", "measure", "numerator", "numerator_state",
    "denominator", "denominator_state", "result", "state", "target", "floor", "green_tolerance",
    "amber_tolerance", "tolerance_unit", "rag", "previous", "previous_as_at", "previous_restated",
    "dot_previous", "outturn", "outturn_as_at", "outturn_restated", "dot_outturn",
)  # fmt: skip
_OF_NUMBERS = (
    "numerator", "denominator", "result", "target", "floor", "green_tolerance", "amber_tolerance",
    "previous", "outturn",
)  # fmt: skip
_OF_CHOICES: dict[str, type[StrEnum]] = {
    "measure": Measure,
    "polarity": Polarity,
    "tolerance_unit": ToleranceUnit,
    "numerator_state": State,
    "denominator_state": State,
    "rag": Rag,
    "dot_previous": Travel,
    "dot_outturn": Travel,
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Line:
    """An indicator as a copy shows it.

    Tolerances are those that apply, the indicator's own or the settings'. Measures
    that divide nothing have no numerator and no denominator: their result is stated.
    The code is the working file's, and is not shown.
    """

    section: str | None
    name: str
    polarity: str | None
    data_period: str | None
    measure: str
    numerator: float | None = None
    numerator_state: str | None = None
    denominator: float | None = None
    denominator_state: str | None = None
    result: float | None = None
    state: str | None = None
    target: float | None = None
    floor: float | None = None
    green_tolerance: float | None = None
    amber_tolerance: float | None = None
    tolerance_unit: str = ToleranceUnit.SHARE.value
    rag: str | None = None
    previous: float | None = None
    previous_as_at: dt.date | None = None
    previous_restated: bool = False
    dot_previous: str | None = None
    outturn: float | None = None
    outturn_as_at: dt.date | None = None
    outturn_restated: bool = False
    dot_outturn: str | None = None
    comment: str = ""
    code: str = ""

    @property
    def is_divided(self) -> bool:
        """Whether the result is a numerator divided by a denominator."""
        return Measure(self.measure).has_denominator

    @property
    def restated(self) -> tuple[str, ...]:
        """Which of the figures compared with were restated."""
        return tuple(name for name in REFERENCES if getattr(self, f"{name}_restated"))


def lines_of(scorecard: Scorecard) -> list[Line]:
    """The indicators of a scorecard, as a copy of it states them."""
    comments = scorecard.comments()
    codes, *columns = scorecard.columns(["indicator", *_OF_RESULTS])
    lines = []
    for code, *entries in zip(codes, *columns, strict=True):
        comment = comments.get(code)
        line = Line(
            **dict(zip(_OF_RESULTS, map(_plain, entries), strict=True)),
            comment=str(comment) if comment else "",
            code=code,
        )
        lines.append(_as_rated(line, scorecard.settings))
    order = list(dict.fromkeys(["", *(line.section or "" for line in lines)]))
    return sorted(lines, key=lambda line: order.index(line.section or ""))


def _plain(entry: Any) -> Any:
    """A choice as the plain text it is."""
    return str.__str__(entry) if isinstance(entry, str) else entry


def _as_rated(line: Line, settings: Settings) -> Line:
    """The line with the tolerances that apply, and without counts that it does not show."""
    changes: dict[str, Any] = {}
    if line.tolerance_unit != ToleranceUnit.POINTS:
        for colour in ("green", "amber"):
            name = f"{colour}_tolerance"
            agreed = {str(key): value for key, value in getattr(settings, name).items()}
            if getattr(line, name) is None:
                changes[name] = agreed.get(line.polarity or "")
    if not line.is_divided:
        changes |= dict.fromkeys(("numerator", "denominator"))
        changes |= dict.fromkeys(("numerator_state", "denominator_state"))
    return dataclasses.replace(line, **changes)


def columns_of(lines: Sequence[Line]) -> Columns:
    """The lines as the columns that the rules read."""
    numbers = {name: numbers_of([getattr(line, name) for line in lines]) for name in _OF_NUMBERS}
    choices = {
        name: chosen_of([getattr(line, name) for line in lines], kind)
        for name, kind in _OF_CHOICES.items()
    }
    return Columns({**numbers, **choices}, np.arange(len(lines)))


def chosen_of(entries: Sequence[str | None], choices: type[StrEnum]) -> Words:
    """Entries as the choices that they are."""
    places = {str(choice): place for place, choice in enumerate(choices)}
    codes = [places.get(entry or "", -1) for entry in entries]
    return chosen(np.array(codes, dtype=np.int8), choices)


def numbers_of(values: Sequence[float | None]) -> NDArray[np.float64]:
    """Numbers as the rules read them; none is NaN."""
    return np.array(values, dtype=np.float64)
