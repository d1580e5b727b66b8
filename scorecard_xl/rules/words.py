"""Columns of entries as they come, and which of them are distinct: text kept as small integers."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np

from scorecard_xl.rules.frames import (
    is_extension_array,
    is_missing_mark,
    is_pandas_loaded,
    is_series,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from pandas.api.extensions import ExtensionArray

    Entries: TypeAlias = NDArray[Any] | ExtensionArray

ROWS_AT_A_TIME = 32_768
# Up to so many entries, a dict finds the distinct ones before pandas has set itself up, and
# up to so many before it is even loaded.
_FEW = 8_192
_FEWER_THAN_LOADING_IS_WORTH = 500_000
_KINDS_OF_PLAIN_VALUES = "Ofiub"
_MAY_BE_UNEQUAL_TO_THEMSELVES = (float, complex, Decimal, np.generic)


class Words:
    """A column of text or of fixed choices, each word held once.

    `codes` has for each row the place of its word in `distinct`, -1 where
    there is none. Asked for a row's word, it gives NaN there, as a frame does.
    """

    def __init__(self, codes: NDArray[np.signedinteger[Any]], distinct: Sequence[str]) -> None:
        self.codes = codes
        self.distinct = distinct

    @functools.cached_property
    def lowered(self) -> list[str]:
        """The distinct words without case; two may then be the same."""
        return [word.lower() for word in self.distinct]

    @functools.cached_property
    def vocabulary(self) -> dict[str, int]:
        """The distinct words without case, with their places by first appearance."""
        words = dict.fromkeys(self.lowered)
        return dict(zip(words, range(len(words)), strict=True))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str | float:
        code = self.codes[row]
        return self.distinct[code] if code >= 0 else np.nan

    def take(self, rows: NDArray[np.integer[Any]]) -> Words:
        """The column of some rows, of which any may come again."""
        return Words(self.codes.take(rows), self.distinct)

    def objects(self) -> NDArray[np.object_]:
        """The words written out, NaN where there is none."""
        words = np.array([*self.distinct, np.nan], dtype=object)
        written = np.empty(len(self), dtype=object)
        for rows in slices(len(self)):
            written[rows] = words.take(self.codes[rows])
        return written

    def plain(self) -> list[str | None]:
        """The words as plain strings, None where there is none."""
        words: list[str | None] = [*map(str.__str__, self.distinct), None]
        return [words[code] for code in self.codes.tolist()]


def slices(length: int) -> Iterator[slice]:
    """Stretches of rows that fit the processor's cache, in order."""
    for start in range(0, length, ROWS_AT_A_TIME):
        yield slice(start, min(start + ROWS_AT_A_TIME, length))


def entries_of(column: Sequence[Any] | Entries | pd.Series[Any]) -> Entries:
    """The entries of a list, an array or a column of a frame."""
    if isinstance(column, np.ndarray):
        return column.astype(object) if column.dtype.kind in "US" else column
    if is_series(column):
        import pandas as pd

        if isinstance(column.dtype, np.dtype):
            return column.to_numpy()
        if isinstance(column.dtype, pd.StringDtype):
            # Pandas takes twice as long over its own text columns as over objects.
            return np.asarray(column, dtype=object)
        extension: ExtensionArray = column.array
        return extension
    if is_extension_array(column):
        return column
    return np.fromiter(column, dtype=object, count=len(column))


def objects_of(entries: Entries) -> NDArray[np.object_]:
    """Entries as objects; dates stay dates."""
    if isinstance(entries, np.ndarray) and entries.dtype.kind not in "Mm":
        return entries.astype(object, copy=False)
    import pandas as pd

    return pd.Series(entries, copy=False).to_numpy(dtype=object)


def distinct_entries(entries: Entries) -> tuple[NDArray[np.signedinteger[Any]], list[Any]]:
    """Which of its distinct entries each row holds, -1 where missing, and those in order."""
    few = _FEW if is_pandas_loaded() else _FEWER_THAN_LOADING_IS_WORTH
    if len(entries) <= few and isinstance(entries, np.ndarray):
        if entries.dtype.kind in _KINDS_OF_PLAIN_VALUES:
            return _distinct_of_few(entries.tolist())
        if entries.dtype.kind == "M":
            return _distinct_of_few(entries.astype("datetime64[D]").tolist())
    import pandas as pd

    found, distinct = pd.factorize(cast("Any", entries))
    if isinstance(distinct, np.ndarray) and distinct.dtype.kind in _KINDS_OF_PLAIN_VALUES:
        return narrowed(found, len(distinct)), distinct.tolist()
    return narrowed(found, len(distinct)), list(distinct)


def narrowed(codes: NDArray[np.signedinteger[Any]], count: int) -> NDArray[np.signedinteger[Any]]:
    """Codes below `count` in the smallest integers that hold them."""
    return codes.astype(np.min_scalar_type(-max(count, 1)), copy=False)


def _distinct_of_few(entries: list[Any]) -> tuple[NDArray[np.signedinteger[Any]], list[Any]]:
    places: dict[Any, int] = dict.fromkeys(entries, -1)
    distinct = [entry for entry in places if entry.__class__ is str or not is_missing(entry)]
    for place, entry in enumerate(distinct):
        places[entry] = place
    return np.fromiter(map(places.__getitem__, entries), np.intp, len(entries)), distinct


def is_missing(entry: object) -> bool:
    """Whether pandas counts an entry as missing."""
    if entry is None or is_missing_mark(entry):
        return True
    return isinstance(entry, _MAY_BE_UNEQUAL_TO_THEMSELVES) and bool(entry != entry)
