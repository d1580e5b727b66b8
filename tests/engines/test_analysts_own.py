"""What analysts make for themselves on and around the Scorecard stays as they made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard_xl import RefusedError, open_workbook, refresh
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import Area
from tests.judges.package_editor import PackageEditor
from tests.scorecards import KENT, copy_of, part_of, refreshed, sheet_part

if TYPE_CHECKING:
    from pathlib import Path

SCORECARD = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"


def in_part(path: Path, part: str, changes: dict[str, str]) -> None:
    """Change the first place in a part that reads so."""
    package = PackageEditor(path)
    text = package.entries[part].decode()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    package.entries[part] = text.encode()
    package.save(path)


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def test_names_that_begin_like_ours_stay_when_values_are_filled(kent: Path) -> None:
    names = '<definedName name="state_of_play">Counts!$A$1</definedName>'
    in_part(kent, BOOK, {"</definedNames>": f"{names}</definedNames>"})
    refreshed(kent, fill="values")
    assert "state_of_play" in part_of(kent, BOOK).decode()
    assert "tally_green" in part_of(kent, BOOK).decode()


def test_a_rule_of_ones_own_that_asks_the_same_of_another_column_stays(kent: Path) -> None:
    own = (
        '<conditionalFormatting sqref="C7:C52"><cfRule type="cellIs" dxfId="0" priority="90" '
        'operator="equal"><formula>"R"</formula></cfRule></conditionalFormatting>'
    )
    in_part(kent, SCORECARD, {"<conditionalFormatting": f"{own}<conditionalFormatting"})
    refreshed(kent)
    assert b'sqref="C7:C52"' in part_of(kent, SCORECARD)


def test_a_look_given_to_a_rule_in_excel_stays(kent: Path) -> None:
    before = part_of(kent, SCORECARD).decode()
    start = before.index('<conditionalFormatting sqref="E')
    rule = before[start : before.index("</conditionalFormatting>", start)]
    restyled = rule.replace('dxfId="', 'dxfId="1', 1)
    in_part(kent, SCORECARD, {rule: restyled})
    refreshed(kent)
    assert restyled in part_of(kent, SCORECARD).decode()


def test_a_page_break_of_ones_own_in_the_body_stays(kent: Path) -> None:
    brk = '<brk id="12" max="16383" man="1"/>'
    in_part(kent, SCORECARD, {'<brk id="': f'{brk}<brk id="'})
    refreshed(kent)
    assert brk in part_of(kent, SCORECARD).decode()


@pytest.mark.parametrize("area", ["Scorecard!$A$1:$L$70", "Scorecard!$A:$H"])
def test_a_print_area_of_ones_own_stays(kent: Path, area: str) -> None:
    book = part_of(kent, BOOK).decode()
    start = book.index(">", book.index("_xlnm.Print_Area")) + 1
    old = book[start : book.index("<", start)]
    in_part(kent, BOOK, {f">{old}<": f">{area}<"})
    refreshed(kent)
    assert f">{area}<" in part_of(kent, BOOK).decode()


def test_a_note_below_the_checks_stays_and_the_list_makes_do(kent: Path) -> None:
    with open_workbook(kent) as workbook:
        workbook.write_block("Checks", 7, 3, [["Ask Jo about this"]])
        workbook.write_block("Counts", 5, 4, [["TBS"], ["TBS"], ["TBS"], ["TBS"]])
        workbook.save()
    refreshed(kent)
    with open_workbook(kent) as workbook:
        listed = [row[2] for row in workbook.read_block(Area("Checks", 5, 1, 8, 5))]
    assert listed[2] == "Ask Jo about this"
    assert "more; scorecard-xl check lists them all." in str(listed[0])


def test_a_formula_filled_right_of_the_body_outlives_the_cell_it_was_filled_from(
    kent: Path,
) -> None:
    row = part_of(kent, SCORECARD).decode()
    start = row.index('<c r="D10"')
    cell = row[start : row.index("</c>", start) + 4]
    shared = '<c r="D10"><f t="shared" ref="D10:Q10" si="0">F10/G10</f><v>1</v></c>'
    in_part(kent, SCORECARD, {cell: shared})
    text = part_of(kent, SCORECARD).decode()
    row_10 = text[text.index('<row r="10"') : text.index('<row r="11"')]
    child = '<c r="Q10"><f t="shared" si="0"/><v>2</v></c></row>'
    in_part(kent, SCORECARD, {row_10: row_10.removesuffix("</row>") + child})
    refreshed(kent)
    with open_workbook(kent) as workbook:
        assert workbook.read_block(Area("Scorecard", 10, 17, 10, 17)) == [
            [Formula("=S10/T10", 2.0)]
        ]


@pytest.mark.parametrize("space", [pytest.param("", id="plain"), pytest.param("\n ", id="space")])
def test_a_shared_formula_outlives_its_first_cell_however_it_is_written(
    kent: Path, space: str
) -> None:
    rows = (
        f'<row r="400"><c r="Z400">{space}<f t="shared" ref="Z400:Z401" si="7">A1</f><v>1</v></c>'
        f'</row><row r="401"><c r="Z401">{space}<f t="shared" si="7"/><v>5</v></c></row>'
    )
    in_part(kent, sheet_part(kent, "Counts"), {"</sheetData>": f"{rows}</sheetData>"})
    with open_workbook(kent) as workbook:
        assert workbook.count_formulas(Area("Counts", 400, 26, 401, 26)) == 2
        workbook.write_block("Counts", 400, 26, [["mine"]])
        workbook.save()
    with open_workbook(kent) as workbook:
        assert workbook.read_block(Area("Counts", 400, 26, 401, 26)) == [
            ["mine"],
            [Formula("=A2", 5.0)],
        ]


def test_the_summary_is_written_where_the_names_column_is_gone(kent: Path) -> None:
    book = part_of(kent, BOOK).decode()
    start = book.index('<definedName name="column_indicator"')
    gone = book[start : book.index("</definedName>", start) + len("</definedName>")]
    in_part(kent, BOOK, {gone: ""})
    with open_workbook(kent) as workbook:
        workbook.write_block("Counts", 5, 4, [[330_000]])
        scorecard = refresh(workbook).scorecard
        place = workbook.read_names()["scorecard_summary"]
        assert place is not None
        [[summary]] = workbook.read_block(place)
    assert isinstance(summary, Formula)
    assert summary.value == scorecard.summary


def test_growing_over_a_note_of_ones_own_is_still_refused(kent: Path) -> None:
    with open_workbook(kent) as workbook:
        workbook.write_block("Scorecard", 56, 1, [["Prepared by Jo"]])
        table = workbook.read_table("Indicators")
        assert table is not None
        first = list(table.rows[0])
        workbook.write_table("Indicators", [*table.rows, ["one_more", *first[1:]]])
        with pytest.raises(RefusedError, match="'Scorecard'!A56"):
            refresh(workbook)
