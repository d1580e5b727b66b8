"""What people type into a column: text, numbers, numbers that are text, dates, nothing."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WRITTEN_NUMBER = re.compile(
    r"([+-]?)((?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+|\.?)(?:[eE][+-]?\d+)?)(\s*%)?"
)
_NUMBERS_ONLY = frozenset({"floating", "integer", "mixed-integer-float", "empty"})
_NUMBER_TYPES = (int, float, np.integer, np.floating, Decimal, Fraction)


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
    if entry is None or entry is pd.NaT or entry is pd.NA:
        return True
    return isinstance(entry, float | np.floating) and bool(np.isnan(entry))


def text_of(entry: object) -> str | None:
    """An entry as the text it shows, stripped; None where blank or of an unknown class."""
    if is_blank(entry):
        return None
    if isinstance(entry, str):
        return str.__str__(entry).strip()
    if isinstance(entry, bool | np.bool_):
        return "TRUE" if entry else "FALSE"
    if isinstance(entry, dt.date | np.datetime64):
        return pd.Timestamp(entry).date().isoformat()
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
        return pd.Timestamp(entry).date()
    if isinstance(entry, str):
        try:
            return dt.datetime.fromisoformat(entry.strip()).date()
        except ValueError:
            return None
    return None


def text_entries(column: pd.Series[Any]) -> pd.Categorical[str]:
    """A column of text, stripped, kept as small integers; missing where blank."""
    found, distinct = _distinct(column)
    words = np.array([text_of(entry) for entry in distinct] or [None], dtype=object)
    merged, kept = pd.factorize(words)
    return pd.Categorical.from_codes(
        np.append(merged, -1)[found], categories=pd.Index(kept, dtype=object)
    )


def number_entries(column: pd.Series[Any]) -> tuple[NDArray[np.float64], dict[int, object]]:
    """The numbers of a column, NaN elsewhere, and what else was entered, by position.

    Blanks and values of an unknown class, such as an engine's error marker, are
    NaN and not among what else was entered.
    """
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        return column.to_numpy(dtype=np.float64, na_value=np.nan), {}
    values = column.to_numpy(dtype=object)
    if pd.api.types.infer_dtype(values, skipna=True) in _NUMBERS_ONLY:
        return np.where(pd.isna(values), np.nan, values).astype(np.float64), {}
    types, distinct = pd.factorize(np.fromiter(map(type, values), object, len(values)))
    plain = np.array([_is_number_type(kind) for kind in distinct])[types]
    other = np.array([issubclass(kind, str | bool | np.bool_ | dt.date) for kind in distinct])[
        types
    ]
    numbers = np.full(len(values), np.nan)
    numbers[plain] = values[plain].astype(np.float64)
    return numbers, {
        position: values[position]
        for position in np.flatnonzero(other).tolist()
        if not is_blank(values[position])
    }


def date_entries(column: pd.Series[Any]) -> tuple[NDArray[np.datetime64], dict[int, object]]:
    """The days of a column, NaT elsewhere, and what is neither date nor blank, by position."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M":
        return column.to_numpy().astype("datetime64[D]"), {}
    found, distinct = pd.factorize(column)
    days = np.array([*(date_of(entry) for entry in distinct), None], dtype="datetime64[D]")
    wrong = np.array([not is_blank(entry) for entry in distinct] + [False]) & np.isnat(days)
    positions = np.flatnonzero(wrong[found]).tolist()
    return days[found], {position: distinct[found[position]] for position in positions}


def _distinct(column: pd.Series[Any]) -> tuple[NDArray[np.intp], pd.Index[Any]]:
    """Which of its distinct entries each row of a column holds, -1 where missing, and those."""
    if isinstance(column.dtype, pd.StringDtype):
        # Pandas takes twice as long over its own text columns as over objects.
        column = column.astype(object)
    found, distinct = pd.factorize(column)
    return found, pd.Index(distinct)


def _is_number_type(kind: type) -> bool:
    return issubclass(kind, _NUMBER_TYPES) and not issubclass(kind, bool)
