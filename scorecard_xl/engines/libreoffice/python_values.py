"""Python's values as cells hold them, and cells' values as Python has them."""

from __future__ import annotations

import datetime as dt
import enum
import math
import numbers
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = dt.timedelta(days=1)
_MIDNIGHT = dt.time()

_ERRORS = {
    502: "#NUM!",
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    523: "#NUM!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


class ErrorText(str):
    """What a cell shows that holds an error, for example ``#DIV/0!``."""

    __slots__ = ()


def error_text(code: int) -> ErrorText:
    """Name LibreOffice's error as Excel does; what Excel has no name for is ``#VALUE!``."""
    return ErrorText(_ERRORS.get(code, "#VALUE!"))


def plain(value: Any) -> Any:
    """Turn a value of any library into one of None, bool, float, str, date and datetime.

    Raises
    ------
    EngineError
        If a cell cannot hold it.
    """
    # Most cells are of these three, and there are many.
    if type(value) is float:
        return value if math.isfinite(value) else None
    if type(value) is str or value is None:
        return value
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, str | bool):
        return value
    if isinstance(value, dt.datetime):
        return _without_zone(value)
    if isinstance(value, dt.date):
        return value
    return _plain_number(value)


def _plain_number(value: Any) -> Any:
    if isinstance(value, dt.time):
        return (dt.datetime.combine(dt.date.min, value) - dt.datetime.min) / _DAY
    if isinstance(value, dt.timedelta):
        return None if value != value else value / _DAY
    if isinstance(value, numbers.Real | Decimal):
        number = float(value)
        return number if math.isfinite(number) else None
    return _of_numpy_or_pandas(value)


def _of_numpy_or_pandas(value: Any) -> Any:
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if type(value).__name__ == "datetime64":
        return plain(value.astype("datetime64[us]").item())
    item = getattr(value, "item", None)
    if callable(item) and getattr(value, "ndim", 0) == 0:
        return plain(item())
    raise EngineError(
        f"A cell cannot hold {value!r}, which is a {type(value).__name__}; write a number, a "
        "text, a date, True, False or None."
    )


def _without_zone(value: dt.datetime) -> dt.datetime | None:
    """Give a time of day without its zone, as cells have none; None for pandas' NaT."""
    if value != value:
        return None
    to_python: Callable[[], dt.datetime] | None = getattr(value, "to_pydatetime", None)
    return (to_python() if to_python else value).replace(tzinfo=None)


def serial_of(value: dt.date, null_date: dt.datetime) -> float:
    """Count the days from a workbook's day 0 to a date."""
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, _MIDNIGHT)
    return (moment - null_date) / _DAY


def has_time(value: dt.date) -> bool:
    """Whether a date says a time of day, midnight apart."""
    return isinstance(value, dt.datetime) and value.time() != _MIDNIGHT


def date_of(serial: float, null_date: dt.datetime) -> dt.datetime | float:
    """Give the date that a number of days from a workbook's day 0 means, to the millisecond.

    What is beyond the calendar stays a number.
    """
    try:
        return null_date + dt.timedelta(milliseconds=round(serial * 86_400_000))
    except OverflowError:
        return serial


def cleaned(
    data: Any,
    date_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    errors_as_text: bool,
) -> list[list[Any]]:
    """Give what was read in the types that xlwings' options ask for."""

    def one(value: Any) -> Any:
        if value is None or (isinstance(value, str) and not value):
            return empty_as
        if isinstance(value, ErrorText):
            return str(value) if errors_as_text else None
        if isinstance(value, dt.datetime) and date_builder is not dt.datetime:
            parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
            return date_builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
        if number_builder is not None and isinstance(value, float):
            return number_builder(value)
        return value

    return [[one(value) for value in row] for row in data]
