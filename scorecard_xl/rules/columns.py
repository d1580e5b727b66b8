"""Columns between the doors: plain arrays and words by name, and frames made of them.

The rules read a column by its name, so that a `Columns` and a DataFrame serve
them alike; fixed choices travel as small integers.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from scorecard_xl.rules.frames import is_categorical, is_series
from scorecard_xl.rules.words import Words, distinct_entries, entries_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    import pandas as pd
    from numpy.typing import NDArray

    Column: TypeAlias = NDArray[Any] | Words
    Rows: TypeAlias = "pd.DataFrame | Columns"


class Spread(NamedTuple):
    """A column of another table; `places` says for each row which of its entries it has."""

    column: Column
    places: NDArray[np.intp]


class Columns:
    """Columns of equal length by name: numbers and dates as arrays, text as `Words`.

    `index` has for each row its position in the table it was read from. A
    `Spread` column is put to its rows only when it is asked for.
    """

    def __init__(self, columns: Mapping[str, Column | Spread], index: NDArray[np.int64]) -> None:
        self._columns = dict(columns)
        self.index = index

    @classmethod
    def of(cls, rows: Rows) -> Columns:
        """The columns of a frame; what is no frame comes back as it is."""
        if isinstance(rows, Columns):
            return rows
        columns = {str(name): _column(rows[name]) for name in rows.columns}
        return cls(columns, rows.index.to_numpy())

    def __len__(self) -> int:
        return len(self.index)

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __getitem__(self, name: str) -> Column:
        column = self._columns[name]
        if isinstance(column, Spread):
            column = self._columns[name] = column.column.take(column.places)
        return column

    def words(self, name: str) -> Words:
        """A column of text or choices."""
        column = self[name]
        if not isinstance(column, Words):
            raise TypeError(f"column {name!r} holds no words")
        return column

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers, dates or truths."""
        column = self[name]
        if isinstance(column, Words):
            raise TypeError(f"column {name!r} holds words")
        return column

    def written(self, name: str) -> NDArray[Any]:
        """A column as a frame holds it, text and choices written out, NaN where missing."""
        column = self._columns[name]
        if isinstance(column, Spread):
            whole, places = column
            return (whole.objects() if isinstance(whole, Words) else whole).take(places)
        return column.objects() if isinstance(column, Words) else column

    def spread(self, places: NDArray[np.intp]) -> dict[str, Spread]:
        """The columns as other rows have them, of which each names one of these by its place."""
        return {name: Spread(self[name], places) for name in self._columns}

    def beside(self, **columns: Column) -> Columns:
        """The same with further columns."""
        return Columns({**self._columns, **columns}, self.index)

    def to_frame(self) -> pd.DataFrame:
        """The columns as a frame, text and choices as categoricals."""
        import pandas as pd

        columns = {
            name: _categorical(column) if isinstance(column, Words) else column
            for name, column in ((name, self[name]) for name in self._columns)
        }
        return pd.DataFrame(columns, index=self.index)


@functools.cache
def members(choices: type[StrEnum]) -> tuple[StrEnum, ...]:
    """The choices in order."""
    return tuple(choices)


def floats(rows: Rows, name: str) -> NDArray[np.float64]:
    """A column of numbers, NaN where missing, and all NaN if there is no such column."""
    if name not in rows:
        return np.broadcast_to(np.float64(np.nan), len(rows))
    column = rows[name]
    if is_series(column):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.asarray(column, dtype=np.float64)


def choice_codes(column: Column | pd.Series[Any], choices: type[StrEnum]) -> NDArray[np.int8]:
    """Position of each entry among the choices, -1 where missing or none of them."""
    found, distinct = _codes_and_entries(column)
    if distinct is members(choices) or tuple(distinct) == members(choices):
        return found.astype(np.int8, copy=False)
    places = {choice: place for place, choice in enumerate(members(choices))}
    codes: NDArray[np.int8] = np.array([places.get(entry, -1) for entry in distinct] + [-1], "i1")
    return codes.take(found)


def chosen(codes: NDArray[np.int8], choices: type[StrEnum]) -> Words:
    """The choices that codes stand for, none for -1."""
    return Words(codes, members(choices))


def choice_column(words: Words, index: pd.Index[Any] | NDArray[np.int64]) -> pd.Series[Any]:
    """Choices as a column of objects, NaN where there is none."""
    import pandas as pd

    return pd.Series(words.objects(), index=index, dtype=object, copy=False)


def _codes_and_entries(
    column: Column | pd.Series[Any],
) -> tuple[NDArray[np.signedinteger[Any]], Any]:
    if isinstance(column, Words):
        return column.codes, column.distinct
    entries = entries_of(column)
    if is_categorical(entries):
        return entries.codes, list(entries.categories)
    return distinct_entries(entries)


def _column(column: pd.Series[Any]) -> Column:
    """A column of a frame that was made of columns."""
    entries = entries_of(column)
    if is_categorical(entries):
        return Words(entries.codes, list(entries.categories))
    return np.asarray(entries)


def _categorical(words: Words) -> pd.Categorical[str]:
    import pandas as pd

    categories = pd.Index(list(words.distinct), dtype=object)
    return pd.Categorical.from_codes(words.codes, categories=categories)
