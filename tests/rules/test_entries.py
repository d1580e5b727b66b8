from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scorecard_xl.rules.entries import (
    date_entries,
    date_of,
    number_entries,
    text_entries,
    text_of,
    written_number,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10,000", 10_000.0),
        ("69.5", 69.5),
        ("68.9%", 0.689),
        (" 10 % ", 0.1),
        ("-3", -3.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1,00", None),
        ("12 000", None),
        ("1.2.3", None),
        ("%", None),
        (".", None),
        ("N/A", None),
        ("nan", None),
        ("inf", None),
        ("", None),
    ],
)
def test_a_text_spells_a_number_or_none(text: str, expected: float | None) -> None:
    assert written_number(text) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(" a ", "a", id="text"),
        pytest.param("\u00a0", None, id="a space that does not break"),
        pytest.param(12.0, "12", id="a whole number"),
        pytest.param(1.5, "1.5", id="a number"),
        pytest.param(True, "TRUE", id="a logical value"),
        pytest.param(dt.date(2013, 1, 31), "2013-01-31", id="a date"),
        pytest.param(np.nan, None, id="missing"),
        pytest.param(object(), None, id="an unknown class"),
    ],
)
def test_an_entry_is_read_as_the_text_it_shows(entry: Any, expected: str | None) -> None:
    assert text_of(entry) == expected


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(pd.Series([" a", "A", None, "a", ""]), id="any text"),
        pytest.param(pd.Series([" a", "A", None, "a", ""], dtype="category"), id="categories"),
        pytest.param(pd.Series([" a", "A", None, "a", ""], dtype="string"), id="pandas text"),
    ],
)
def test_text_is_kept_once_stripped_and_missing_where_blank(values: pd.Series[Any]) -> None:
    found = text_entries(values)
    assert list(found.distinct) == ["a", "A"]
    assert found.codes.tolist() == [0, 1, -1, 0, -1]


def test_numbers_are_parted_from_what_else_was_entered() -> None:
    marker = object()
    entries = [
        1,
        2.5,
        Decimal("3.5"),
        np.int64(4),
        "x",
        True,
        None,
        "",
        marker,
        dt.date(2013, 1, 1),
    ]
    numbers, others = number_entries(pd.Series(entries, dtype=object))
    assert numbers[:4].tolist() == [1.0, 2.5, 3.5, 4.0]
    assert np.isnan(numbers[4:]).all()
    assert others == {4: "x", 5: True, 9: dt.date(2013, 1, 1)}


def test_logical_values_are_no_numbers_even_in_a_column_of_their_own() -> None:
    numbers, others = number_entries(pd.Series([True, False]))
    assert (np.isnan(numbers).all(), others) == (True, {0: True, 1: False})


def test_days_are_parted_from_what_is_no_date() -> None:
    entries = [dt.date(2013, 1, 31), "2013-01-31", dt.datetime(2013, 1, 31, 9), None, "x", 41305.0]
    days, others = date_entries(pd.Series(entries, dtype=object))
    assert (days[:3] == np.datetime64("2013-01-31")).all()
    assert (np.isnat(days[3:]).all(), others) == (True, {4: "x", 5: 41305.0})


def test_a_column_of_timestamps_is_days() -> None:
    days, others = date_entries(pd.Series(pd.to_datetime(["2013-01-31 09:00", None])))
    assert (days[0], np.isnat(days[1]), others) == (np.datetime64("2013-01-31"), True, {})


@pytest.mark.parametrize("entry", [41305.0, "31/01/2013", pd.NaT, True])
def test_what_is_no_date_is_none(entry: Any) -> None:
    assert date_of(entry) is None
