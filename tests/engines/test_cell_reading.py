"""Cells are read one by one: what each holds, in whatever form it is written."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard_xl.engines.file.cell_reading import CellReader, NotPlainError
from scorecard_xl.engines.file.plain_rows import are_plain
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, Content, ErrorValue, Formula
from scorecard_xl.workbook.engine import column_letters

DATE_STYLE = b"7"
STRINGS = ("Kent", "<b> & co", "=1+1", "")
# A cell's attributes and inside, and what it holds.
CELLS: list[tuple[str, str, Content]] = [
    ("", "", None),
    (' s="3"', "", None),
    (' s="3"', "<v>12</v>", 12.0),
    ("", "<v>-0.5</v>", -0.5),
    (' s="7"', "<v>41305</v>", datetime.datetime(2013, 1, 31)),
    (' s="2" t="s"', "<v>1</v>", "<b> & co"),
    (' t="s"', "<v>0</v>", "Kent"),
    (' t="s"', "<v> 0 </v>", "Kent"),
    (' t="b"', "<v>1</v>", True),
    (' t="e"', "<v>#N/A</v>", ErrorValue("#N/A")),
    (' t="str"', "<v>a &amp; b</v>", "a & b"),
    (' t="inlineStr"', "<is><t>two words</t></is>", "two words"),
    (' t="inlineStr"', '<is><t xml:space="preserve"> led</t></is>', " led"),
    (' t="inlineStr"', "<is><t></t></is>", ""),
    ("", "<is><t>of no kind</t></is>", "of no kind"),
    (' t="inlineStr"', "<is/>", ""),
    (' t="inlineStr"', "<is><r><t>a</t></r><r><t>b</t></r></is>", "ab"),
    ("", "<f>A1+1</f><v>2</v>", Formula("=A1+1", 2.0)),
    (' t="str"', '<f>A1&amp;"x"</f><v>1x</v>', Formula('=A1&"x"', "1x")),
    (' t="str"', "<f>A1</f><v></v>", Formula("=A1", "")),
    ("", "<f>A1</f>", Formula("=A1", NOT_CALCULATED)),
    ("", '<f t="shared" ref="A1:A9" si="0">B1</f><v>3</v>', Formula("=B1", 3.0)),
    ("", '<f t="shared" si="0"/><v>3</v>', Formula("=", 3.0)),
    ("", '<f aca="false">A1+1</f><v>2</v>', Formula("=A1+1", 2.0)),
    (' t="str"', '<f aca="false">A1</f><v>x</v>', Formula("=A1", "x")),
    (' t="str" cm="1"', '<f t="array" ref="A1:A3">B1:B3</f><v>x</v>', Formula("=B1:B3", "x")),
    (' s="3" cm="1"', "<v>4</v>", 4.0),
]
WIDTH = 5

rows_of_cells = st.lists(
    st.lists(st.sampled_from([None, *CELLS]), min_size=WIDTH, max_size=WIDTH), max_size=12
)


def reader() -> CellReader:
    return CellReader(shared_strings=lambda: STRINGS, date_styles={DATE_STYLE}, from_1904=False)


def inside(number: int, cells: list[tuple[str, str, Content] | None]) -> bytes:
    """The inside of a row with those cells, from column B on; None is no cell at all."""
    written = []
    for column, cell in enumerate(cells, 2):
        if cell is not None:
            start = f'<c r="{column_letters(column)}{number}"{cell[0]}'
            written.append(f"{start}>{cell[1]}</c>" if cell[1] else f"{start}/>")
    return "".join(written).encode()


def read(
    rows: list[tuple[int, bytes]], *, left: int = 2, width: int = WIDTH
) -> list[list[Content]]:
    """What rows hold, read as what they are proved to be, and as rows of any kind: the same."""
    columns = range(left, left + width)
    stored = b"".join(b'<row r="%d">%s</row>' % row for row in rows)
    held: list[list[Content]] = []
    for proved in (are_plain(stored), False):
        lines: dict[int, list[Content]] = {number: [None] * width for number, _ in rows}
        reader().fill(rows, lines, columns, are_plain=proved)
        assert not held or list(lines.values()) == held
        held = list(lines.values())
    return held


@given(rows_of_cells)
def test_rows_of_any_kinds_give_what_their_cells_hold(
    rows: list[list[tuple[str, str, Content] | None]],
) -> None:
    numbered = [(number, inside(number, cells)) for number, cells in enumerate(rows, 1)]
    stored = b"".join(b'<row r="%d">%s</row>' % row for row in numbered)
    is_odd = any(each in stored for each in (b"<is/>", b"<r>"))
    assert are_plain(stored) is not is_odd
    assert read(numbered) == [[cell and cell[2] for cell in cells] for cells in rows]


@given(rows_of_cells, st.integers(1, 7), st.integers(1, 4))
def test_an_area_takes_its_own_columns_alone(
    rows: list[list[tuple[str, str, Content] | None]], left: int, width: int
) -> None:
    numbered = [(number, inside(number, cells)) for number, cells in enumerate(rows, 1)]
    whole = [[None, *line, *[None] * 10] for line in read(numbered)]
    assert read(numbered, left=left, width=width) == [
        line[left - 1 : left - 1 + width] for line in whole
    ]


def test_cells_apart_by_spaces_are_read() -> None:
    alike = inside(1, [CELLS[2]] * WIDTH)
    spaced = inside(2, [CELLS[2]] * WIDTH).replace(b"<c ", b"\n <c ")
    again = inside(3, [CELLS[5]] * WIDTH)
    assert read([(1, alike), (2, spaced), (3, again)]) == [
        [12.0] * WIDTH,
        [12.0] * WIDTH,
        ["<b> & co"] * WIDTH,
    ]


@pytest.mark.parametrize("last", [b"<v></v>", b"<v>2</v>"])
def test_of_cells_that_are_there_twice_the_last_counts(last: bytes) -> None:
    row = b'<c r="B1"><v>9</v></c><c r="B1">' + last + b"</c>"
    assert read([(1, row)])[0][0] == (2.0 if b"2" in last else None)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(b'<c r="B2"><v>1</v></c>', id="alone"),
        pytest.param(b'<c r="B1"><v>1</v></c><c r="C2"><v>1</v></c>', id="among others"),
        pytest.param(b' <c r="B2"><v>1</v></c>', id="cell by cell"),
    ],
)
def test_a_cell_of_another_row_is_damage(row: bytes) -> None:
    with pytest.raises(FileError, match="another row than its own"):
        read([(1, row)])


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(b'<c r="B1" t="s" s="3"><v>1</v></c>', id="kind before style"),
        pytest.param(b'<c r="B1"><v>1</v><f>A1</f></c>', id="value before formula"),
        pytest.param(b"<c r='B1'><v>1</v></c>", id="single quotes"),
    ],
)
def test_another_form_than_the_plain_one_is_noticed(row: bytes) -> None:
    with pytest.raises(NotPlainError):
        read([(1, row)])


@pytest.mark.parametrize("stored", ["nan", "1e999", "x", "9"])
def test_what_is_no_value_is_damage(stored: str) -> None:
    kind = ' t="s"' if stored == "9" else ""
    with pytest.raises(FileError, match="as its value"):
        read([(1, f'<c r="B1"{kind}><v>{stored}</v></c>'.encode())])
