from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from scorecard_xl.rules.keys import (
    Lookup,
    combined,
    day_ids,
    distinct_keys,
    ids_in,
    repeated,
)
from scorecard_xl.rules.words import Words

SPARSE = 10**12


@pytest.mark.parametrize("size", [pytest.param(10, id="dense"), pytest.param(SPARSE, id="sparse")])
def test_the_first_row_of_a_key_is_found(size: int) -> None:
    lookup = Lookup(np.array([7, -1, 3, 7]), size)
    assert lookup.rows_of(np.array([3, 7, 5, -1])).tolist() == [2, 0, -1, -1]


@pytest.mark.parametrize("size", [pytest.param(10, id="dense"), pytest.param(SPARSE, id="sparse")])
def test_repeated_keys_name_the_first_row_and_missing_ones_none(size: int) -> None:
    rows, first = repeated(np.array([7, -1, 3, 7, -1, 7]), size)
    assert (rows.tolist(), first.tolist()) == ([3, 5], [0, 0])


def test_words_are_the_same_without_case() -> None:
    column = Words(np.array([1, 0, 2, -1]), ["A", "b", "B"])
    words = column.vocabulary
    assert (list(words), ids_in(words, column).tolist()) == (["a", "b"], [1, 0, 1, -1])


def test_a_key_of_which_a_part_is_missing_is_none() -> None:
    keys, size = combined((np.array([0, 1, -1]), 2), (np.array([2, -1, 0]), 3))
    assert (keys.tolist(), size) == ([2, -1, -1], 6)


def test_distinct_keys_come_in_order_and_a_missing_one_is_none() -> None:
    found, distinct = distinct_keys(np.array([7, -1, 3, 7]))
    assert (found.tolist(), distinct) == ([0, -1, 1, 0], [7, 3])


def test_distinct_days_come_in_order_and_a_missing_one_is_none() -> None:
    days = np.array(["2013-01-31", "NaT", "2012-12-31", "2013-01-31"], dtype="datetime64[s]")
    found, distinct = day_ids(days)
    expected = [dt.date(2013, 1, 31), dt.date(2012, 12, 31)]
    assert (found.tolist(), distinct) == ([0, -1, 1, 0], expected)
