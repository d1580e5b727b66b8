"""Rows that are alike are written together as each of them is written alone."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard_xl.engines.file import alike_stamping
from scorecard_xl.engines.file.alike_stamping import AlikeStamper
from scorecard_xl.engines.file.cells import CellWriter, plain_texts, text_cell
from scorecard_xl.engines.file.edits import RowEdits
from scorecard_xl.engines.file.row_forms import RowForms
from scorecard_xl.engines.file.sheet import Sheet
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, ErrorValue, Formula
from scorecard_xl.workbook.engine import LAST_COLUMN
from scorecard_xl.workbook.formula_rows import FormulaPattern, FormulaRow
from tests.engines.small_books import MAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.workbook.cell_content import Content

PART = "xl/worksheets/sheet1.xml"
# What is escaped, what may be the beginning or the end of Excel's own escapes, and space.
TEXTS = st.text(st.sampled_from('aF0x_&<>"\x07↑ é\n\t\ufffe\ud800'), max_size=8)
KINDS: list[st.SearchStrategy[Content]] = [
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.none(),
    TEXTS,
    TEXTS.filter(bool),
    st.sampled_from([ErrorValue("#N/A"), ErrorValue("")]),
    st.dates(datetime.date(1901, 1, 1)),
    st.datetimes(datetime.datetime(1901, 1, 1)),
]
FORMULAS = st.builds(Formula, TEXTS.map("={}".format), st.one_of(*KINDS, st.just(NOT_CALCULATED)))
UNCALCULATED: st.SearchStrategy[Any] = st.just(NOT_CALCULATED)
WIDTH, LEFT, ROWS = 4, 2, 3


@st.composite
def runs_alike(draw: st.DrawFn) -> list[FormulaRow | list[Content]]:
    """What is written to a run of cells in a few rows, of the same kinds."""
    kinds = draw(
        st.lists(st.sampled_from([*KINDS, FORMULAS, UNCALCULATED]), min_size=1, max_size=WIDTH)
    )
    rows = [[draw(kind) for kind in kinds] for _ in range(ROWS)]
    if draw(st.booleans()):
        return list(rows)
    widths = draw(st.lists(st.integers(2, 3), min_size=ROWS, max_size=ROWS))
    patterns: list[FormulaPattern | None] = []
    for _ in kinds:
        own = draw(st.lists(st.integers(0, 1), max_size=3))
        pieces = [f"={draw(TEXTS)}", *(draw(TEXTS) for _ in own)]
        patterns.append(FormulaPattern(pieces, own) if draw(st.booleans()) else None)
    shared = tuple(patterns)
    return [
        FormulaRow(shared, row, tuple(draw(TEXTS) for _ in range(width)))
        for row, width in zip(rows, widths, strict=True)
    ]


def sheet_of(stored: Sequence[str]) -> Sheet:
    rows = "".join(f'<row r="{i}">{row}</row>' for i, row in enumerate(stored, 1))
    frame = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return Sheet(frame.encode(), PART)


def edits_of(runs: Sequence[FormulaRow | list[Content]]) -> dict[int, RowEdits]:
    edits = {number: RowEdits() for number in range(1, len(runs) + 1)}
    for row, run in zip(edits.values(), runs, strict=True):
        row.write(LEFT, run)
    return edits


def alone(sheet: Sheet, edits: dict[int, RowEdits]) -> dict[int, bytes]:
    forms, writer = RowForms(sheet), CellWriter(from_1904=False)
    return {
        number: forms.of(number, row).written(number, row.contents, writer)
        for number, row in edits.items()
    }


STORED = [
    "",
    '<c r="B{n}" s="3"/><c r="C{n}" s="4"><v>1</v></c>',
    '<c r="A{n}" s="1"/><c r="B{n}"><f>A{n}</f><v>2</v></c>',
]


@given(st.sampled_from(STORED), runs_alike())
def test_rows_written_together_are_as_written_alone(
    stored: str, runs: list[FormulaRow | list[Content]]
) -> None:
    sheet = sheet_of([stored.format(n=number) for number in range(1, ROWS + 1)])
    together, edits = AlikeStamper(CellWriter(from_1904=False)), edits_of(runs)
    forms = RowForms(sheet)
    taken = {
        number
        for number, row in edits.items()
        if together.takes(number, forms.of(number, row), row)
    }
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(alike_stamping, "_FEWEST", 1)
        written = together.written()
    assert written.keys() == taken
    expected = alone(sheet, edits)
    assert written == {number: expected[number] for number in taken}


def test_rows_of_formulas_are_put_together_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = (None, FormulaPattern(["=A", "*", ""], [0, 1]))
    runs = [FormulaRow(patterns, [f"a{i}", i / 4], (str(i), "B&C")) for i in range(2_100)]
    sheet, edits = sheet_of(["" for _ in runs]), edits_of(runs)
    expected = alone(sheet, edits_of(runs))
    assert expected[7] == (
        b'<row r="7"><c r="B7" t="inlineStr"><is><t>a6</t></is></c>'
        b'<c r="C7"><f>A6*B&amp;C</f><v>1.5</v></c></row>'
    )
    # No row is written alone.
    monkeypatch.setattr("scorecard_xl.engines.file.row_forms.RowForm.written", None)
    forms = RowForms(sheet)
    together = AlikeStamper(CellWriter(from_1904=False))
    assert all(together.takes(n, forms.of(n, row), row) for n, row in edits.items())
    assert together.written() == expected


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
    runs = [FormulaRow((pattern,), [1.0], row) for _ in range(20)]
    sheet, edits = sheet_of(["" for _ in runs]), edits_of(runs)
    together, forms = AlikeStamper(CellWriter(from_1904=False)), RowForms(sheet)
    assert all(together.takes(n, forms.of(n, row), row) for n, row in edits.items())
    stored = pattern.text(row)[1:].replace("_x", "_x005F_x")
    assert together.written()[3] == (
        f'<row r="3"><c r="B3"><f>{stored}</f><v>1</v></c></row>'.encode()
    )


def test_a_row_with_cells_of_its_own_keeps_them() -> None:
    stored = [f'<c r="F{n}"><f>B{n}*2</f><v>{n}</v></c>' for n in range(1, 21)]
    runs: list[FormulaRow | list[Content]] = [[float(i), None] for i in range(20)]
    sheet, edits = sheet_of(stored), edits_of(runs)
    together, forms = AlikeStamper(CellWriter(from_1904=False)), RowForms(sheet)
    assert not any(together.takes(n, forms.of(n, row), row) for n, row in edits.items())
    assert alone(sheet, edits)[2] == (
        b'<row r="2"><c r="B2"><v>1</v></c><c r="F2"><f>B2*2</f><v>2</v></c></row>'
    )


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_plain_texts_are_stored_as_each_of_them(texts: list[str]) -> None:
    stored = plain_texts(texts)
    start, end = ' t="inlineStr"><is><t>', "</t></is></c>"
    if stored is not None:
        of_bytes = [f"{start}{text}{end}".encode("latin-1") for text in stored]
        assert of_bytes == [text_cell(text).encode() for text in texts]


def test_usual_texts_are_plain() -> None:
    texts = ["Children & families", "↑ 12.5% > 9", "é"]
    assert plain_texts(texts) is not None
    for unusual in ("", " a", "a ", "a\nb", "_x0041_", "\x07", "\ufffe", "\ud800", "a" * 40_000):
        assert plain_texts([*texts, unusual]) is None


def test_what_is_written_over_a_run_counts() -> None:
    """The last word of several about the same cells, in whatever way they are written."""
    pattern = FormulaPattern(["=A", ""], [0])
    first = FormulaRow((pattern, None), [1.0, "a"], ("1",))
    ways = [
        lambda row: row.write(3, ["new"]),
        lambda row: row.write(3, FormulaRow((None,), ["new"], ())),
        lambda row: row.contents.update({3: "new"}),
    ]
    for write in ways:
        row = RowEdits()
        row.write(2, first)
        row.write(5, ["beside"])
        write(row)
        expected = {2: Formula("=A1", 1.0), 3: "new", 5: "beside"}
        assert row.columns == {2, 3, 5}
        assert row.holds(2)
        assert not row.holds(4)
        assert row.has_formula
        assert row.contents == expected


def test_any_number_of_cells_may_be_written_one_by_one() -> None:
    row = RowEdits()
    for column in range(1, 2_001):
        row.write(column, [column])
    assert row.contents == {column: column for column in range(1, 2_001)}
    wide = RowEdits()
    wide.write(1, [None] * LAST_COLUMN)
    assert len(wide.columns) == LAST_COLUMN


@given(st.permutations([1, 2, 3]))
def test_edits_tell_their_columns_whatever_is_asked_first(order: list[int]) -> None:
    row = RowEdits()
    row.write(2, ["a", None])
    row.write(7, FormulaRow((FormulaPattern(["=1"], []),), [None], ()))
    for question in order:
        if question == 1:
            assert row.columns == {2, 3, 7}
        elif question == 2:
            assert [row.holds(column) for column in (2, 3, 7, 8)] == [True, False, True, False]
        else:
            assert list(row.contents) == [2, 3, 7]
