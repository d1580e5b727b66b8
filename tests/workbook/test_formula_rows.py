"""Formulas that many rows share are each what they are put together to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.formula_rows import (
    FormulaContents,
    FormulaPattern,
    RowPatterns,
)

PLUS, ALONE = FormulaPattern(["=A", "+", ""], [0, 1]), FormulaPattern(["=1"], [])
PATTERNS = RowPatterns({"result": PLUS, "state": ALONE})
VALUES = {"result": 3.0, "name": "a name"}
TEXTS = ("7", "B2")
SUM, ONE = Formula("=A7+B2", 3.0), Formula("=1", None)


def contents() -> FormulaContents:
    return FormulaContents(VALUES, PATTERNS, TEXTS)


def test_contents_are_formulas_and_values() -> None:
    own = contents()
    assert dict(own) == {"result": SUM, "name": "a name", "state": ONE}
    assert len(own) == 3
    assert own["name"] == "a name"
    assert own.get("state") == ONE
    assert own.get("other") is None
    assert own.get("other", "none") == "none"
    with pytest.raises(KeyError):
        own["other"]


def test_a_run_of_cells_is_as_each_of_them() -> None:
    run = ("name", "result", "missing", "state")
    row = contents().in_run(run)
    expected = ["a name", SUM, None, ONE]
    assert isinstance(row, Sequence)
    assert len(row) == 4
    assert list(row) == expected
    assert [row[i] for i in range(4)] == expected
    assert row[1:3] == expected[1:3]
    assert row[-1] == ONE
    with pytest.raises(IndexError):
        row[4]
    assert contents().formula_count(run) == 2
    # What rows have in common is one thing, by which they are told to be alike.
    assert contents().in_run(run).patterns is row.patterns


@given(
    st.lists(st.text(max_size=3), min_size=1, max_size=4),
    st.lists(st.integers(0, 3), max_size=5),
    st.integers(1, 30),
)
def test_only_formulas_that_fit_are_left(row: list[str], places: list[int], most: int) -> None:
    own = [place % len(row) for place in places]
    pattern = FormulaPattern(["=", *"ab"[: len(own)], *[""] * max(len(own) - 2, 0)], own)
    patterns = RowPatterns({"long": pattern, "short": ALONE})
    fitting = patterns.fitting(row, most)
    assert list(fitting.by_role) == [
        role for role, each in patterns.by_role.items() if len(each.text(row)) <= most
    ]


def test_where_all_fit_nothing_is_made_anew() -> None:
    assert PATTERNS.fitting(TEXTS, 100) is PATTERNS
