"""What a cell can hold: values, errors, and formulas with their values."""

from __future__ import annotations

import datetime
from typing import NamedTuple, TypeAlias


class ErrorValue(NamedTuple):
    """An error that a cell shows, such as ``#DIV/0!``."""

    text: str


class NotCalculated:
    """The value of a formula that no program has calculated yet."""

    def __repr__(self) -> str:
        return "NOT_CALCULATED"


NOT_CALCULATED = NotCalculated()

Value: TypeAlias = bool | int | float | str | datetime.date | datetime.datetime | None


class Formula(NamedTuple):
    """A formula as written in English (``text`` starts with ``=``), and its value."""

    text: str
    value: Value | ErrorValue | NotCalculated


Content: TypeAlias = Value | Formula | ErrorValue


def value_of(content: Content) -> Value | ErrorValue | NotCalculated:
    """What a cell shows: the value itself, or that of its formula."""
    return content.value if isinstance(content, Formula) else content


def text_in(content: Content) -> str:
    """What a cell shows as text; nothing where it is blank or was not calculated yet."""
    value = value_of(content)
    if isinstance(value, ErrorValue):
        return value.text
    return "" if value is None or isinstance(value, NotCalculated) else str(value)
