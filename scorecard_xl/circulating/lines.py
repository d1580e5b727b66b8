"""What a copy states of each indicator, and what follows from that by the rules."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.rules import Measure, Polarity, Rag, State, ToleranceUnit, Travel
from scorecard_xl.rules.columns import Columns, chosen
from scorecard_xl.rules.direction_of_travel import travelled
from scorecard_xl.rules.history import starts_reporting_year
from scorecard_xl.rules.periods import year_earlier
from scorecard_xl.rules.rag import rated
from scorecard_xl.rules.results import worked_out

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence
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


def recomputed(lines: Sequence[Line], settings: Settings, stated: Collection[str]) -> list[Line]:
    """The lines with what follows from the rest of them: results, letters, arrows, dates.

    Parameters
    ----------
    stated
        What the copy states of each line, such as ``"target"``; what depends on
        anything else stays as it is.
    """
    shown = set(stated)
    results, states = _results(lines, settings, {"numerator", "denominator"} <= shown)
    columns = columns_of(lines).beside(result=_numbers(results))
    changed: dict[str, Sequence[Any]] = {"result": results, "state": states}
    is_known = "denominator" in shown or settings.minimum_denominator is None
    if {"rag", "target"} <= shown and is_known:
        changed["rag"] = _letters(columns, settings)
    if "target" in shown or all(line.polarity != Polarity.TARGET for line in lines):
        changed |= _arrows(columns, settings, shown)
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


def columns_of(lines: Sequence[Line]) -> Columns:
    """The lines as the columns that the rules read."""
    numbers = {name: _numbers([getattr(line, name) for line in lines]) for name in _OF_NUMBERS}
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


def _numbers(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def _arrows(
    columns: Columns, settings: Settings, shown: Collection[str]
) -> dict[str, list[str | None]]:
    """The arrows against what is shown of the figures compared with."""
    return {
        f"dot_{name}": _words(
            travelled(
                columns,
                reference=name,
                same_within=settings.same_within,
                compare=settings.compare,
            )
        )
        for name in REFERENCES
        if name in shown
    }


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
