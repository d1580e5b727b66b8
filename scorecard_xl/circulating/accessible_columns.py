"""The columns of the accessible table: what each says of a line, and how it is read back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.rules import Measure, Polarity, Rag, State, Travel

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from scorecard_xl.circulating.lines import Line

NO_SECTION, NO_PERIOD, NO_TARGET = "no section", "not stated", "no target"
NOT_AVAILABLE, NOT_APPLICABLE, NO_COMMENT = "not available", "not applicable", "no comment"
NOT_RATED, NOT_COMPARED = "Not rated", "Not compared"
POLARITIES: dict[str | None, str] = {
    Polarity.HIGH.value: "High is good",
    Polarity.LOW.value: "Low is good",
    Polarity.TARGET.value: "Close to target is good",
    None: "Not stated",
}
RATINGS: dict[str | None, str] = {**{rag.value: rag.words for rag in Rag}, None: NOT_RATED}
CHANGES: dict[str | None, str] = {
    Travel.IMPROVED.value: "Better",
    Travel.WORSENED.value: "Worse",
    Travel.SAME.value: "Same",
    None: NOT_COMPARED,
}
_STATES = {state.words: state.value for state in State}
_RESTATED = {True: "Restated", False: "As published"}


class NotStatedError(ValueError):
    """A cell holds nothing that its column could say."""


class Column(NamedTuple):
    """A column of the table.

    `role` is the field of a line, `heading` its unique text, `needs` what the
    Scorecard must show for it to be there.
    """

    role: str
    heading: str
    width: float
    needs: str
    said: Callable[[Line], Any]
    read: Callable[[Any], dict[str, Any]]


def text_column(role: str, heading: str, width: float, needs: str, blank: str) -> Column:
    """A column of texts; `blank` stands for none."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, str):
            raise NotStatedError
        return {role: None if value == blank else value}

    return Column(role, heading, width, needs, lambda line: getattr(line, role) or blank, read)


def _choice(role: str, heading: str, width: float, needs: str, words: dict[Any, str]) -> Column:
    by_word = {word: choice for choice, word in words.items()}

    def read(value: Any) -> dict[str, Any]:
        if value not in by_word:
            raise NotStatedError
        return {role: by_word[value]}

    return Column(role, heading, width, needs, lambda line: words[getattr(line, role)], read)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotStatedError
    return value


def _figure(role: str, heading: str, width: float, blank: str) -> Column:
    """A column of figures; a word stands for none, and ``new year`` for why."""

    def said(line: Line) -> Any:
        value = getattr(line, role)
        if value is None and role == "previous" and line.state == State.NEW_YEAR:
            return State.NEW_YEAR.words
        return blank if value is None else value

    def read(value: Any) -> dict[str, Any]:
        if role == "previous" and value == State.NEW_YEAR.words:
            return {role: None, "state": State.NEW_YEAR.value}
        return {role: None if value == blank else _number(value)}

    return Column(role, heading, width, role, said, read)


def _count(role: str, heading: str, width: float) -> Column:
    """A column of counts; the word for its state stands for one that is missing."""

    def said(line: Line) -> Any:
        if not line.is_divided:
            return NOT_APPLICABLE
        value = getattr(line, role)
        if value is not None:
            return value
        return State(getattr(line, f"{role}_state") or State.NOT_ENTERED).words

    def read(value: Any) -> dict[str, Any]:
        if value in _STATES:
            return {role: None, f"{role}_state": _STATES[value]}
        return {role: _number(value)}

    return Column(role, heading, width, role, said, read)


def said_result(line: Line) -> Any:
    """A line's result, or why there is none."""
    if line.result is not None:
        return line.result
    return State(line.state or State.NOT_ENTERED).words


def _read_result(value: Any) -> dict[str, Any]:
    if value in _STATES:
        return {"result": None, "state": _STATES[value]}
    return {"result": _number(value)}


def _date(role: str, heading: str, needs: str) -> Column:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dt.date):
            raise NotStatedError
        return {role: value.date() if isinstance(value, dt.datetime) else value}

    return Column(role, heading, 11, needs, lambda line: getattr(line, role), read)


_COLUMNS = (
    text_column("section", "Section", 22, "name", NO_SECTION),
    text_column("name", "Indicator", 46, "name", ""),
    text_column("data_period", "Data period", 8, "name", NO_PERIOD),
    _choice("measure", "Measure", 12, "name", {each.value: each.value for each in Measure}),
    _choice("polarity", "What is good", 22, "name", POLARITIES),
    Column("result", "Latest result", 13, "result", said_result, _read_result),
    _choice("rag", "Rating", 9, "rag", RATINGS),
    _count("numerator", "Numerator", 14),
    _count("denominator", "Denominator", 14),
    _figure("target", "Target", 10, NO_TARGET),
    _figure("previous", "Previous result", 13, NOT_AVAILABLE),
    _date("previous_as_at", "Previous result as at", "previous"),
    _choice("previous_restated", "Previous result status", 12, "previous", _RESTATED),
    _choice("dot_previous", "Change since previous result", 14, "dot_previous", CHANGES),
    _figure("outturn", "Outturn result", 13, NOT_AVAILABLE),
    _date("outturn_as_at", "Outturn result as at", "outturn"),
    _choice("outturn_restated", "Outturn result status", 12, "outturn", _RESTATED),
    _choice("dot_outturn", "Change since outturn result", 14, "dot_outturn", CHANGES),
    text_column("comment", "Comment", 60, "commentary", NO_COMMENT),
)
COLUMNS_BY_HEADING = {column.heading: column for column in _COLUMNS}


def columns_for(shown: Collection[str], lines: Collection[Line]) -> tuple[Column, ...]:
    """The columns for what the Scorecard shows; what nothing was restated needs no column."""
    has = {"name", *shown}
    return tuple(
        column
        for column in _COLUMNS
        if column.needs in has
        and (
            not column.role.endswith("_restated")
            or any(getattr(line, column.role) for line in lines)
        )
    )
