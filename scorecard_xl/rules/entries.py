"""What people type into a column: text, numbers, numbers that are text, dates, nothing."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.rules.frames import is_missing_mark
from scorecard_xl.rules.words import Words, distinct_entries, entries_of, narrowed, objects_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from pandas.api.extensions import ExtensionArray

    from scorecard_xl.rules.words import Entries

_WRITTEN_NUMBER = re.compile(
    r"([+-]?)((?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+|\.?)(?:[eE][+-]?\d+)?)(\s*%)?"
)
_LIKE_A_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}")
_NUMBER_TYPES = (int, float, np.integer, np.floating, Decimal, Fraction)
_NUMBER_OR_NONE = {int, float, type(None)}
_OTHER_TYPES = (str, bool, np.bool_, dt.date)


def written_number(text: str) -> float | None:
    """The number a text spells: ``"10,000"``, ``"69.5"``; a percentage as a fraction of 1."""
    match = _WRITTEN_NUMBER.fullmatch(text.strip())
    if match is None or not any(character.isdigit() for character in match[2]):
        return None
    number = float(match[1] + match[2].replace(",", ""))
    if not math.isfinite(number):
        return None
    return float(Decimal(match[1] + match[2].replace(",", "")) / 100) if match[3] else number


def is_blank(entry: object) -> bool:
    """Whether nothing was entered: None, NaN, or only spaces."""
    if isinstance(entry, str):
        return not entry.strip()
    if entry is None or is_missing_mark(entry):
        return True
    return isinstance(entry, float | np.floating) and bool(np.isnan(entry))


def text_of(entry: object) -> str | None:
    """An entry as the text it shows, stripped; None where blank or of an unknown class."""
    if type(entry) is str:
        return entry.strip() or None
    if is_blank(entry):
        return None
    if isinstance(entry, str):
        return str.__str__(entry).strip()
    if isinstance(entry, bool | np.bool_):
        return "TRUE" if entry else "FALSE"
    if isinstance(entry, dt.date | np.datetime64):
        day = date_of(entry)
        return None if day is None else day.isoformat()
    if isinstance(entry, _NUMBER_TYPES):
        number = float(entry)
        return str(int(number)) if number.is_integer() else repr(number)
    return None


def number_of(entry: object) -> float | None:
    """A number, or the number a text spells; None for anything else."""
    if isinstance(entry, str):
        return written_number(entry)
    if isinstance(entry, _NUMBER_TYPES) and not isinstance(entry, bool):
        return float(entry)
    return None


def date_of(entry: object) -> dt.date | None:
    """The day of a date, a date and time or ISO text; None for anything else."""
    if is_blank(entry):
        return None
    if isinstance(entry, dt.datetime):
        return entry.date()
    if isinstance(entry, dt.date):
        return entry
    if isinstance(entry, np.datetime64):
        day = entry.astype("datetime64[D]").item()
        return day if isinstance(day, dt.date) else None
    if isinstance(entry, str):
        try:
            return dt.datetime.fromisoformat(entry.strip()).date()
        except ValueError:
            return None
    return None


def remedy_for_date(entry: object) -> str:
    """What would do where an entry is no date; one that is written like a date is text."""
    if isinstance(entry, str) and _LIKE_A_DATE.fullmatch(entry.strip()):
        return "the cell holds text: format it as a date, and type it anew"
    return "type a date such as 31/01/2013"


def text_entries(column: Sequence[Any] | Entries | pd.Series[Any]) -> Words:
    """A column of text, stripped, kept as small integers; missing where blank."""
    return words_of(*distinct_entries(entries_of(column)))


def words_of(found: NDArray[np.signedinteger[Any]], distinct: list[Any]) -> Words:
    """The text of entries, given which of the distinct ones each row holds."""
    places: dict[str, int] = {}
    merged = [
        -1 if text is None else places.setdefault(text, len(places))
        for text in map(text_of, distinct)
    ]
    if len(places) < len(merged):
        found = np.array([*merged, -1])[found]
    return Words(narrowed(found, len(places)), list(places))


def number_entries(
    column: Sequence[Any] | Entries | pd.Series[Any],
) -> tuple[NDArray[np.float64], dict[int, object]]:
    """The numbers of a column, NaN elsewhere, and what else was entered, by position.

    Blanks and values of an unknown class, such as an engine's error marker, are
    NaN and not among what else was entered.
    """
    entries = entries_of(column)
    if isinstance(entries, np.ndarray):
        if entries.dtype.kind in "fiu":
            return entries.astype(np.float64, copy=False), {}
    elif _holds_numbers(entries):
        return entries.to_numpy(dtype=np.float64, na_value=np.nan), {}
    values = objects_of(entries)
    kinds = set(map(type, values))
    if kinds <= _NUMBER_OR_NONE:
        return values.astype(np.float64), {}
    plain = _of_kinds(values, {kind for kind in kinds if _is_number_type(kind)})
    other = _of_kinds(values, {kind for kind in kinds if issubclass(kind, _OTHER_TYPES)})
    numbers = np.full(len(values), np.nan)
    numbers[plain] = values[plain].astype(np.float64)
    return numbers, {
        position: values[position]
        for position in np.flatnonzero(other).tolist()
        if not is_blank(values[position])
    }


def date_entries(
    column: Sequence[Any] | Entries | pd.Series[Any],
) -> tuple[NDArray[np.datetime64], dict[int, object]]:
    """The days of a column, NaT elsewhere, and what is neither date nor blank, by position."""
    entries = entries_of(column)
    if isinstance(entries, np.ndarray) and entries.dtype.kind == "M":
        return entries.astype("datetime64[D]"), {}
    found, distinct = distinct_entries(entries)
    dates = [date_of(entry) for entry in distinct]
    days = np.array([*dates, None], dtype="datetime64[D]")[found]
    wrong = [
        date is None and not is_blank(entry) for date, entry in zip(dates, distinct, strict=True)
    ]
    if not any(wrong):
        return days, {}
    positions = np.flatnonzero(np.array([*wrong, False])[found]).tolist()
    return days, {position: distinct[found[position]] for position in positions}


def _holds_numbers(entries: ExtensionArray) -> bool:
    import pandas as pd

    return bool(pd.api.types.is_numeric_dtype(entries.dtype)) and entries.dtype.kind != "b"


def _of_kinds(values: NDArray[np.object_], kinds: set[type]) -> NDArray[np.bool_]:
    """Where the values are of one of the types."""
    if not kinds:
        return np.zeros(len(values), dtype=np.bool_)
    return np.fromiter(map(kinds.__contains__, map(type, values)), np.bool_, len(values))


def _is_number_type(kind: type) -> bool:
    return issubclass(kind, _NUMBER_TYPES) and not issubclass(kind, bool)
