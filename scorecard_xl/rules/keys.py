"""Rows that belong together: areas, days and codes as integers, without case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scorecard_xl.rules.words import distinct_entries

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from scorecard_xl.rules.words import Words

Ids = NDArray[np.int64]

_SPARE_SLOTS = 1 << 20


def ids_in(words: Mapping[str, int], column: Words) -> Ids:
    """The place of each entry in a vocabulary, -1 where missing or not in it."""
    places = [words.get(word, -1) for word in column.lowered]
    return np.array([*places, -1], dtype=np.int64).take(column.codes)


def day_ids(days: NDArray[np.datetime64]) -> tuple[Ids, list[dt.date]]:
    """Which of the distinct days each row has, -1 where missing, and those days."""
    found, distinct = distinct_entries(days)
    return found.astype(np.int64, copy=False), np.array(distinct, dtype="datetime64[D]").tolist()


def distinct_keys(keys: Ids) -> tuple[Ids, list[int]]:
    """Which of the distinct keys each row has, -1 where it has none, and those keys."""
    found, distinct = distinct_entries(keys)
    if -1 not in distinct:
        return found.astype(np.int64, copy=False), distinct
    kept = [key for key in distinct if key >= 0]
    places = {key: place for place, key in enumerate(kept)}
    return np.array([places.get(key, -1) for key in distinct], dtype=np.int64)[found], kept


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
        self._distinct, first = np.unique(keys[rows], return_index=True)
        self._first = rows[first]

    def rows_of(self, keys: Ids) -> Ids:
        """The first row of each key, -1 where there is none."""
        if self._dense is not None:
            return self._dense[keys]
        if not len(self._first):
            return np.full(len(keys), -1, dtype=np.int64)
        places = np.searchsorted(self._distinct, keys).clip(max=len(self._first) - 1)
        return np.where(self._distinct[places] == keys, self._first[places], -1)


def repeated(keys: Ids, size: int) -> tuple[Ids, Ids]:
    """The rows whose key an earlier row has, and that earlier row."""
    first = Lookup(keys, size).rows_of(keys)
    rows = np.flatnonzero((first >= 0) & (first != np.arange(len(keys))))
    return rows, first[rows]
