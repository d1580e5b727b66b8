"""Columns of a frame as plain arrays, and back: fixed choices travel as small integers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    from numpy.typing import NDArray

ROWS_AT_A_TIME = 32_768


def slices(length: int) -> Iterator[slice]:
    """Stretches of rows that fit the processor's cache, in order."""
    for start in range(0, length, ROWS_AT_A_TIME):
        yield slice(start, min(start + ROWS_AT_A_TIME, length))


def floats(frame: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column of numbers, NaN where missing, and all NaN if the frame has no such column."""
    if column not in frame.columns:
        return np.broadcast_to(np.float64(np.nan), len(frame))
    return frame[column].to_numpy(dtype=np.float64, na_value=np.nan)


def choice_codes(column: pd.Series[Any], choices: type[StrEnum]) -> NDArray[np.int8]:
    """Position of each entry among the choices, -1 where missing or none of them."""
    members = list(choices)
    found: NDArray[np.signedinteger[Any]]
    if isinstance(column.dtype, pd.CategoricalDtype):
        entries: pd.Categorical[Any] = column.array
        found, distinct = entries.codes, list(entries.categories)
        if distinct == members:
            return found.astype(np.int8, copy=False)
    else:
        found, words = pd.factorize(column)
        distinct = list(words)
    among = pd.Index(members, dtype=object).get_indexer(pd.Index(distinct, dtype=object))
    places: NDArray[np.int8] = np.append(among, -1).astype(np.int8)
    return places[found]


def choice_column(
    codes: NDArray[np.int8], choices: type[StrEnum], index: pd.Index[Any] | None = None
) -> pd.Series[Any]:
    """The choices that codes stand for, NaN for -1, as a column of objects."""
    members = np.array([*choices, np.nan], dtype=object)
    values = members[codes.astype(np.intp)]
    return pd.Series(values, index=index, dtype=object, copy=False)


def categories(codes: NDArray[np.int8], choices: type[StrEnum]) -> pd.Categorical[str]:
    """The choices that codes stand for, kept as small integers."""
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(choices), dtype=object))


def objects(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column of text kept as small integers, written out."""
    values = np.append(np.asarray(column.cat.categories, dtype=object), [np.nan])
    codes = column.array.codes.astype(np.intp)
    return pd.Series(values[codes], index=column.index, dtype=object, copy=False)
