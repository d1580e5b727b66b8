"""A formula put together from a pattern is stored as the same formula given as a text."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard_xl.engines.file.cells import CellWriter
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, Formula, FormulaPattern

# What is escaped, and what may be the beginning or the end of Excel's own escapes.
texts = st.text(st.sampled_from('aF0x_&<>"\x07↑ '), max_size=8)
values = st.sampled_from([1.5, "a&b", True, None, 3, NOT_CALCULATED])


@st.composite
def patterns(draw: st.DrawFn) -> tuple[FormulaPattern, tuple[str, ...]]:
    row = tuple(draw(st.lists(texts, min_size=1, max_size=4)))
    places = draw(st.lists(st.integers(0, len(row) - 1), max_size=5))
    pieces = [draw(texts) for _ in range(len(places) + 1)]
    pieces[0] = "=" + pieces[0]
    return FormulaPattern(pieces, places), row


@given(st.lists(st.tuples(patterns(), values), min_size=1, max_size=4))
def test_patterns_are_stored_as_their_texts_are(
    drawn: list[tuple[tuple[FormulaPattern, tuple[str, ...]], object]],
) -> None:
    writer = CellWriter(from_1904=False)
    for (pattern, row), value in drawn:
        formula = Formula(pattern, value, row)  # type: ignore[arg-type]
        stored = writer.rest_of_cell(formula)
        plain = Formula(pattern.text(row), value)  # type: ignore[arg-type]
        assert stored == CellWriter(from_1904=False).rest_of_cell(plain)
        assert formula == plain
        assert hash(formula) == hash(plain)


@pytest.mark.parametrize(
    ("pieces", "row"),
    [
        pytest.param(["=_", ""], ("x0041_",), id="begun in a piece"),
        pytest.param(["=_x00", "_"], ("41",), id="begun and ended in pieces"),
        pytest.param(["=", "x0041_"], ("a_",), id="begun in a text"),
        pytest.param(
            ["=", "x0041_+1"], ("a_",), id="begun in a text and ended before a piece's end"
        ),
        pytest.param(["=_x0041_", ""], ("a",), id="in a piece"),
        pytest.param(["=", ""], ("_x0041_",), id="in a text"),
    ],
)
def test_what_looks_like_an_escape_is_none_wherever_it_is_cut(
    pieces: list[str], row: tuple[str, ...]
) -> None:
    pattern = FormulaPattern(pieces, [0])
    stored = CellWriter(from_1904=False).rest_of_cell(Formula(pattern, 1.0, row))
    assert stored == f"><f>{pattern.text(row)[1:].replace('_x', '_x005F_x')}</f><v>1</v></c>"


@given(patterns())
def test_a_pattern_knows_how_long_it_can_get(
    drawn: tuple[FormulaPattern, tuple[str, ...]],
) -> None:
    pattern, row = drawn
    assert len(pattern.text(row)) <= pattern.longest(max(map(len, row)))


def test_formulas_differ_by_text_and_value() -> None:
    formula = Formula(FormulaPattern(["=A", "+", ""], [0, 0]), 2.0, ("7",))
    assert formula == Formula("=A7+7", 2.0)
    assert formula != Formula("=A7+7", 3.0)
    assert formula != Formula("=A7+8", 2.0)
    assert formula != "=A7+7"
    assert pickle.loads(pickle.dumps(formula)) == formula
    assert repr(formula) == "Formula('=A7+7', 2.0)"
