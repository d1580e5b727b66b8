from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scorecard_xl.rules.words import Words, distinct_entries, entries_of, narrowed, objects_of

MARCH, DECEMBER = dt.date(2012, 3, 31), dt.date(2012, 12, 31)
REPEATS = 10_000


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(["b", " a", None, "b", "", "B"], id="text"),
        pytest.param([1, "1", 1.0, True, 2.5, np.nan], id="numbers and text that looks like one"),
        pytest.param([MARCH, DECEMBER, pd.NaT, MARCH, "x"], id="dates"),
        pytest.param(
            [pd.NA, np.float64("nan"), Decimal("NaN"), np.datetime64("NaT"), 0], id="none"
        ),
        pytest.param([np.int64(3), 3, np.bool_(False), Decimal(3)], id="kinds of number"),
    ],
)
def test_few_entries_and_many_have_the_same_distinct_ones(entries: list[Any]) -> None:
    codes, distinct = distinct_entries(entries_of(entries))
    many_codes, many_distinct = distinct_entries(entries_of(entries * REPEATS))
    assert many_distinct == distinct
    assert many_codes.tolist() == codes.tolist() * REPEATS


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        pytest.param(["a", None], ["a", None], id="a list"),
        pytest.param(np.array(["a", "b"]), ["a", "b"], id="an array of text"),
        pytest.param(pd.Series(["a", "b"], dtype="string"), ["a", "b"], id="pandas text"),
        pytest.param(pd.Series(pd.to_datetime([MARCH])), [pd.Timestamp(MARCH)], id="days"),
        pytest.param(pd.Series([1, 2], dtype="Int64"), [1, 2], id="numbers that may be missing"),
    ],
)
def test_any_column_has_its_entries_as_objects(column: Any, expected: list[Any]) -> None:
    assert objects_of(entries_of(column)).tolist() == expected


@pytest.mark.parametrize(("count", "expected"), [(128, np.int8), (129, np.int16), (0, np.int8)])
def test_codes_take_the_smallest_integers_that_hold_them(count: int, expected: type) -> None:
    codes = np.arange(-1, count)
    found = narrowed(codes, count)
    assert (found.dtype, found.tolist()) == (expected, codes.tolist())


def test_words_are_written_out_with_nan_or_none_where_missing() -> None:
    words = Words(np.array([1, -1, 0]), ["a", "b"])
    written = words.objects().tolist()
    assert (written[0], np.isnan(written[1]), written[2]) == ("b", True, "a")
    assert words.plain() == ["b", None, "a"]


def test_words_of_some_rows_may_come_again() -> None:
    words = Words(np.array([1, -1, 0]), ["a", "b"])
    assert words.take(np.array([2, 2, 1])).plain() == ["a", "a", None]
