"""Rows that belong together: areas, days and codes as integers, without case."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ids = NDArray[np.int64]

_SPARE_SLOTS = 1 << 20


def vocabulary(*columns: pd.Categorical[str]) -> pd.Index[str]:
    """The distinct words of some columns, without case, in order of first appearance."""
    words = [word.lower() for column in columns for word in column.categories]
    distinct: pd.Index[str] = pd.Index(list(dict.fromkeys(words)), dtype=object)
    return distinct


def ids_in(words: pd.Index[str], column: pd.Categorical[str]) -> Ids:
    """The place of each entry in a vocabulary, -1 where missing or not in it."""
    lowered = pd.Index([word.lower() for word in column.categories], dtype=object)
    places: Ids = np.append(words.get_indexer(lowered), -1).astype(np.int64)
    found: Ids = places[column.codes]
    return found


def combined(*parts: tuple[Ids, int]) -> tuple[Ids, int]:
    """One key from several, with the number of keys there could be; -1 where a part is."""
    keys, size = parts[0]
    missing = keys < 0
    for ids, count in parts[1:]:
        keys = keys * count
        keys += ids
        missing |= ids < 0
        size *= count
    return (np.where(missing, -1, keys) if missing.any() else keys), size


class Lookup:
    """Finds the first row of each key; keys run from 0 to below `size`, -1 is none."""

    def __init__(self, keys: Ids, size: int) -> None:
        self._dense: NDArray[np.int64] | None = None
        rows = np.flatnonzero(keys >= 0)
        if size <= 4 * len(keys) + _SPARE_SLOTS:
            self._dense = np.full(size + 1, -1, dtype=np.int64)
            self._dense[keys[rows[::-1]]] = rows[::-1]
            return
        distinct, first = np.unique(keys[rows], return_index=True)
        self._distinct = pd.Index(distinct)
        self._first = np.append(rows[first], -1)

    def rows_of(self, keys: Ids) -> Ids:
        """The first row of each key, -1 where there is none."""
        if self._dense is not None:
            return self._dense[keys]
        return self._first[self._distinct.get_indexer(pd.Index(keys))]


def repeated(keys: Ids, size: int) -> tuple[Ids, Ids]:
    """The rows whose key an earlier row has, and that earlier row."""
    first = Lookup(keys, size).rows_of(keys)
    rows = np.flatnonzero((first >= 0) & (first != np.arange(len(keys))))
    return rows, first[rows]
