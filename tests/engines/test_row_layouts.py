"""What rows have in common is told of all that are laid out alike, and of no others."""

from __future__ import annotations

from scorecard_xl.engines.file import row_layouts
from scorecard_xl.engines.file.row_layouts import RowLayouts
from scorecard_xl.engines.file.sheet import Sheet
from scorecard_xl.workbook.engine import Area
from tests.engines.small_books import MAIN

PART = "xl/worksheets/sheet1.xml"
ROWS = {
    1: b'r="1" ht="9"><c r="A1" s="3"><f>B1</f><v>1</v></c><c r="B1"/></row>',
    2: b'r="2" ht="9"><c r="A2" s="3"><f>B2</f><v>2</v></c><c r="B2"><v>7</v></c></row>',
    3: b'r="3" ht="9"><c r="A3" s="3"><v>2</v></c><c r="B3"/></row>',
    4: b'r="4" ht="9"><c r="A4" s="3"><f t="shared" si="0"/></c><c r="B4"/></row>',
    5: b'ht="9" r="5"><c r="A5" s="3"><f>B5</f></c><c r="B5"/></row>',
    6: b'r="6"/>',
}


def test_rows_laid_out_alike_have_one_layout() -> None:
    layouts = RowLayouts(ROWS, are_plain=True)
    first = layouts.of(1)
    assert first is not None
    assert layouts.of(2) is first
    assert first.attributes == b' ht="9"'
    assert first.cells == ((b"A", b"3", b"<f>"), (b"B", b"", b""))
    assert first.of_formulas == [1]
    assert not first.may_share_formulas
    others = {layouts.of(number) for number in (3, 4, 6, 99)}
    assert len(others | {first}) == 5
    shared, missing = layouts.of(4), layouts.of(99)
    assert shared is not None
    assert shared.may_share_formulas
    assert missing is not None
    assert (missing.attributes, missing.cells) == (b"", ())
    assert layouts.of(5) is None


def test_what_is_not_sure_to_be_plain_is_told_only_where_all_is_found() -> None:
    odd = {
        1: b'r="1"><c r="A1">\n<f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row>',
        2: b'r="2"><c r="A2" cm="1"><v>1</v></c></row>',
        3: b'r="3"><c r="A3"><f>B3</f><v>1</v></c></row>',
        4: b'r="4"><c r="AAAA4"/></row>',
    }
    layouts = RowLayouts(odd, are_plain=False)
    assert [layouts.of(number) is None for number in odd] == [True, True, False, True]


def test_rows_that_are_all_laid_out_in_ways_of_their_own_are_not_kept() -> None:
    most = 1_500
    rows = {n: b'r="%d"><c r="A%d" s="%d"><f>B1</f></c></row>' % (n, n, n) for n in range(1, most)}
    layouts = RowLayouts(rows, are_plain=True)
    found = [layouts.of(number) for number in rows]
    assert all(layout is not None and layout.of_formulas == [1] for layout in found)
    assert sum(layouts.of(n) is layout for n, layout in enumerate(found, 1)) == (
        row_layouts.MOST_KEPT
    )
    inner = "".join(f'<row r="{n}"><c r="A{n}" s="{n}"><f>B1</f></c></row>' for n in rows)
    frame = f'<worksheet xmlns="{MAIN}"><sheetData>{inner}</sheetData></worksheet>'
    sheet = Sheet(frame.encode(), PART)
    assert sheet.formula_count(Area("Data", 1, 1, most, 1)) == most - 1
    assert sheet.formula_count(Area("Data", 1, 2, most, 3)) == 0
