"""Many rows read with one expression hold what each of them says, read cell by cell."""

from __future__ import annotations

import datetime
import itertools
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard_xl.engines.file import alike_rows, plain_rows
from scorecard_xl.engines.file.cell_reading import CellReader
from scorecard_xl.engines.file.cells import READ_MANY, number_of, text_of
from scorecard_xl.engines.file.sheet import Sheet
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import Area, column_letters
from tests.engines.small_books import MAIN
from tests.engines.test_cell_reading import CELLS, inside, reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard_xl.workbook.cell_content import Content

Cell = tuple[str, str, "Content"]
MANY = 300
PART = "xl/worksheets/sheet1.xml"
WIDTH = 5
NUMBER, DATE, TEXT = CELLS[2], CELLS[4], CELLS[10]
ALIKE: list[Cell | None] = [NUMBER, TEXT, DATE, None, TEXT]

kinds_of_rows = st.lists(
    st.lists(st.sampled_from([None, *CELLS]), min_size=WIDTH, max_size=WIDTH),
    min_size=1,
    max_size=6,
)


def sheet_with(
    rows: Sequence[Sequence[Cell | None]], *, put: dict[int, str] | None = None
) -> Sheet:
    """A sheet with those cells from column B on, row 1 first; some rows given as they are."""
    written = [
        (put or {}).get(number, f'<row r="{number}">{inside(number, list(cells)).decode()}</row>')
        for number, cells in enumerate(rows, 1)
    ]
    frame = f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(written)}</sheetData></worksheet>'
    return Sheet(frame.encode(), PART)


def held(
    sheet: Sheet, own: CellReader, *, left: int = 2, width: int = WIDTH
) -> list[list[Content]]:
    return sheet.read(Area("Data", 1, left, MANY, left + width - 1), own)


def cell_by_cell() -> CellReader:
    own = reader()
    own.alike.fewest = MANY + 1
    return own


def many(kinds: Sequence[Sequence[Cell | None]]) -> list[Sequence[Cell | None]]:
    return list(itertools.islice(itertools.cycle(kinds), MANY))


@given(kinds_of_rows)
def test_many_rows_hold_what_their_cells_hold(kinds: list[list[Cell | None]]) -> None:
    rows = many(kinds)
    found = held(sheet_with(rows), reader())
    assert found == [[cell and cell[2] for cell in cells] for cells in rows]
    assert [list(map(type, line)) for line in found] == [
        [type(cell and cell[2]) for cell in cells] for cells in rows
    ]


@given(kinds_of_rows, st.integers(1, 7), st.integers(1, 6))
def test_an_area_takes_its_own_columns_alone(
    kinds: list[list[Cell | None]], left: int, width: int
) -> None:
    rows = many(kinds)
    assert held(sheet_with(rows), reader(), left=left, width=width) == held(
        sheet_with(rows), cell_by_cell(), left=left, width=width
    )


@given(kinds_of_rows, st.sampled_from([2, 100, MANY]), st.sampled_from([1, 30]))
def test_areas_side_by_side_are_read_as_one_by_one(
    kinds: list[list[Cell | None]], bottom: int, top: int
) -> None:
    bottom = max(top, bottom)
    areas = [Area("Data", top, left, bottom, right) for left, right in ((2, 2), (4, 5), (9, 9))]
    rows = many(kinds)
    together = sheet_with(rows).read_together(areas, reader())
    assert together == [sheet_with(rows).read(area, cell_by_cell()) for area in areas]


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param('<c r="D7"><v>x</v></c>', id="no number"),
        pytest.param('<c r="D7" t="s"><v>99</v></c>', id="no such string"),
        pytest.param('<c r="D8"><v>1</v></c>', id="a cell of another row"),
        pytest.param('<c r="D8" cm="1"><f t="array" ref="D8"/></c>', id="one that is unusual, too"),
    ],
)
def test_what_lies_between_areas_side_by_side_is_not_looked_at(odd: str) -> None:
    put = {7: f'<row r="7"><c r="B7"><v>12</v></c>{odd}<c r="F7"><v>5</v></c></row>'}
    areas = [Area("Data", 1, column, MANY, column) for column in (2, 6)]
    sheet = sheet_with(many([[NUMBER, TEXT, DATE, None, NUMBER]]), put=put)
    one, other = sheet.read_together(areas, reader())
    assert (one[6], other[6]) == ([12.0], [5.0])


def test_areas_far_apart_take_no_room_between_them() -> None:
    sheet = sheet_with(many([ALIKE]))
    areas = [Area("Data", 1, column, MANY, column) for column in (2, 16_384)]
    tracemalloc.start()
    try:
        one, other = sheet.read_together(areas, reader())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (one[6], other[6]) == ([12.0], [None])
    assert peak < 4_000_000


@given(kinds_of_rows, st.integers(1, 4), st.integers(2, 6))
def test_formulas_are_counted_in_all_rows_and_in_some(
    kinds: list[list[Cell | None]], left: int, right: int
) -> None:
    sheet, area = sheet_with(many(kinds)), Area("Data", 3, left, MANY - 1, max(left, right))
    held_there = [content for line in sheet.read(area, cell_by_cell()) for content in line]
    expected = sum(isinstance(content, Formula) for content in held_there)
    assert sheet_with(many(kinds)).formula_count(area) == expected


@given(st.lists(st.sampled_from([b"", b"1", b"-0.5", b"1e9", b"x", b"nan", b"inf", b"1_0"])))
def test_many_numbers_are_read_as_each_of_them(stored: list[bytes]) -> None:
    try:
        expected = [number_of(each) for each in stored]
    except ValueError:
        with pytest.raises(ValueError, match="b'"):
            READ_MANY[number_of](stored)
    else:
        assert READ_MANY[number_of](stored) == expected


@given(st.lists(st.sampled_from(["", "a", "a&amp;b", "_x0041_", "é\n", "\r", "↑"]), min_size=1))
def test_many_texts_are_read_as_each_of_them(texts: list[str]) -> None:
    stored = [text.encode() for text in texts]
    assert READ_MANY[text_of](stored) == [text_of(each) for each in stored]


@pytest.mark.parametrize("first", [NUMBER, DATE])
def test_numbers_and_dates_in_a_column_are_told_apart(first: Cell) -> None:
    second = DATE if first is NUMBER else NUMBER
    rows = many([[first], [second]])
    assert held(sheet_with(rows), reader(), width=1) == [
        [cells[0][2]] for cells in rows if cells[0]
    ]


def test_cells_without_a_style_are_dates_where_the_first_style_shows_dates() -> None:
    plain, styled = ("", "<v>40001</v>", None), (' s="3"', "<v>40001</v>", None)
    own = CellReader(shared_strings=lambda: (), date_styles={b"0", b"7"}, from_1904=False)
    day = datetime.datetime(2009, 7, 7)
    for kinds in ([[plain], [styled]], [[styled], [plain]], [[DATE], [styled], [plain]]):
        found = [line[0] for line in held(sheet_with(many(kinds)), own, width=1)]
        expected = {plain: day, styled: 40001.0, DATE: DATE[2]}
        assert found == [expected[cells[0]] for cells in many(kinds) if cells[0]]


@pytest.mark.parametrize("width", [2, WIDTH])
def test_rows_with_space_between_them_are_read(width: int) -> None:
    rows = many([ALIKE])
    put = {
        number: f'\n  <row r="{number}">{inside(number, list(cells)).decode()}</row>\n'
        for number, cells in enumerate(rows, 1)
    }
    sheet = sheet_with(rows, put=put)
    assert held(sheet, reader(), width=width) == held(sheet_with(rows), reader(), width=width)
    assert not sheet.is_plain
    stored = sheet.rows[7].as_stored()
    assert stored == put[7].strip().encode()


@pytest.mark.parametrize("width", [2, WIDTH])
def test_a_cell_of_another_row_is_only_damage_where_it_is_read(width: int) -> None:
    row = '<row r="7"><c r="B7"><v>1</v></c><c r="C7"/><c r="F8"><v>1</v></c></row>\n'
    sheet = sheet_with(many([ALIKE]), put={7: row})
    if width == WIDTH:
        with pytest.raises(FileError, match="another row"):
            held(sheet, reader(), width=width)
    else:
        assert held(sheet, reader(), width=width)[6] == [1.0, None]


def test_a_python_whose_expressions_err_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = many([ALIKE, [TEXT] * WIDTH])
    expected = held(sheet_with(rows), reader())
    for module in (plain_rows, alike_rows):
        monkeypatch.setattr(module, "CAN_BE_TOLD", False)
    sheet = sheet_with(rows)
    assert held(sheet, reader()) == expected
    assert not sheet.is_plain


def test_columns_in_which_every_row_holds_something_else_are_read() -> None:
    rows = many([[CELLS[(row + column) % len(CELLS)] for column in range(5)] for row in range(250)])
    assert held(sheet_with(rows), reader()) == [[cell and cell[2] for cell in row] for row in rows]


def odd_rows() -> Iterator[tuple[str, list[Content]]]:
    """Rows that few are like, and what they hold."""
    yield f'<row r="7">{inside(7, [NUMBER, None, CELLS[8]]).decode()}</row>', [
        12.0, None, CELLS[8][2], None, None,
    ]  # fmt: skip
    yield '<row r="7"><c r="B7"></c><c r="C7"><v></v></c></row>', [None] * WIDTH
    yield '<row r="7"><c r="C7"><v>1</v></c><c r="B7"><v>2</v></c></row>', [
        2.0, 1.0, None, None, None,
    ]  # fmt: skip
    yield '<row r="7"/>', [None] * WIDTH
    yield '<row r="7" hidden="1"><c r="F7" s="7"><v>1</v></c></row>', [
        *[None] * 4, datetime.datetime(1899, 12, 31),
    ]  # fmt: skip
    yield '<row r="7"><c r="B7" t="inlineStr"><is><t></t></is></c></row>', ["", *[None] * 4]


@pytest.mark.parametrize(("row", "holds"), [*odd_rows()])
def test_a_row_that_few_are_like_is_read_too(row: str, holds: list[Content]) -> None:
    rows = many([ALIKE])
    expected = [[cell and cell[2] for cell in cells] for cells in rows]
    expected[6] = holds
    assert held(sheet_with(rows, put={7: row}), reader()) == expected


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('<row r="7"><c r="B8"><v>1</v></c></row>', id="a cell of another row"),
        pytest.param('<row r="7"><c r="B7"><v>x</v></c></row>', id="no number"),
        pytest.param('<row r="7"><c r="B7"><v>nan</v></c></row>', id="not a number"),
        pytest.param('<row r="7"><c r="B7" t="s"><v>99</v></c></row>', id="no such string"),
        pytest.param('<row r="7"><c r="B7"><v>1</v></row>', id="a cell without end"),
        pytest.param(f'<row r="7">{inside(7, ALIKE).decode()}</row><row0 r="8"></row>',
                     id="what follows a row"),
        pytest.param('<row r="7"/><x>', id="another element between rows"),
    ],
)  # fmt: skip
def test_damage_among_many_rows_is_refused(row: str) -> None:
    rows = many([ALIKE])
    with pytest.raises(FileError, match="damaged"):
        held(sheet_with(rows, put={7: row}), reader())


def test_rows_that_are_not_read_are_looked_at_too() -> None:
    rows = [*many([[NUMBER] * WIDTH]), [NUMBER] * WIDTH]
    put = {MANY + 1: f'<row r="{MANY + 1}"><c r="B{MANY + 1}"></row>'}
    with pytest.raises(FileError, match="damaged"):
        held(sheet_with(rows, put=put), reader())


def test_more_rows_than_are_taken_together_are_read() -> None:
    number = 10_003
    rows = [[NUMBER, TEXT, DATE, CELLS[row % len(CELLS)], None] for row in range(number)]
    sheet = sheet_with(rows)
    found = sheet.read(Area("Data", 1, 2, number, 6), reader())
    assert found == [[cell and cell[2] for cell in cells] for cells in rows]


def test_rows_from_nought_hold_the_same_whatever_is_read_first() -> None:
    rows = "".join(
        f'<row r="0{row}"><c r="A0{row}"><v>{row}</v></c><c r="B0{row}"><v>1</v></c></row>'
        for row in range(1, MANY + 1)
    )
    start, end = (f'<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>")
    areas = [Area("Data", 1, 1, MANY, 9), Area("Data", 2, 1, 2, 2)]
    held = []
    for order in (areas, areas[::-1]):
        sheet = Sheet((start + rows + end).encode(), "xl/worksheets/sheet1.xml")
        held.append({area: sheet.read(area, reader()) for area in order})
    assert held[0] == held[1]
    assert held[0][areas[1]] == [[2.0, 1.0]]


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        ('<c r="B1"><v>9</v></c><c r="C1"><v>1</v></c><c r="C1"><v>2</v></c>', [9.0, 2.0]),
        ('<c r="B1"><v>9</v></c><c r="C1"><v>1</v></c><c r="C1"/>', [9.0, 1.0]),
        ('<c r="B1"><v>9</v></c><c r="A1"/><c r="C1"><v>1</v></c><c r="B1"/>', [9.0, 1.0]),
        ('<c r="C1"><v>1</v></c><c r="A1"/><c r="B1"><v>9</v></c>', [9.0, 1.0]),
        ('<c r="A1"/><c r="D1"/>', [None, None]),
    ],
)
def test_a_row_is_read_alike_whatever_is_wanted_of_it(cells: str, held: list[Content]) -> None:
    data = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    sheet = Sheet(data.encode(), "xl/worksheets/sheet1.xml")
    assert sheet.is_plain is plain_rows.CAN_BE_TOLD
    assert sheet.read(Area("Data", 1, 2, 1, 3), reader()) == [held]
    assert sheet.read(Area("Data", 1, 1, 1, 9), reader())[0][1:3] == held
    assert [sheet.read(Area("Data", 1, each, 1, each), reader())[0][0] for each in (2, 3)] == held


def test_columns_as_wide_as_a_sheet_are_read() -> None:
    cells = "".join(f'<c r="{column_letters(column)}#"><v>1</v></c>' for column in range(2, 1_000))
    rows = many([[None]])
    put = {
        number: f'<row r="{number}">{cells}</row>'.replace("#", str(number)) for number in (1, 2)
    }
    found = held(sheet_with(rows, put=put), reader(), width=998)
    assert found[:2] == [[1.0] * 998] * 2
    assert found[2:] == [[None] * 998] * (MANY - 2)
