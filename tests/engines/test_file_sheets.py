"""What the file engine changes around cells: looks, merges, conditions, pages, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from scorecard_xl import open_workbook
from scorecard_xl.workbook.engine import Area, Condition, Pages, Workbook
from tests.engines.small_books import Q, SmallBook, sheet_of, written
from tests.scorecards import part_of

if TYPE_CHECKING:
    from pathlib import Path


# The small workbooks leave out whatever Excel can do without.
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "small.xlsx"


def test_names_are_moved_and_added(path: Path) -> None:
    names = (
        '<definedName name="moved">Data!$B$3</definedName>'
        '<definedName name="kept" comment="mine">Data!$B$3</definedName>'
    )
    names = names.replace("Data!", "'It''s'!")
    SmallBook(names=names, sheet_name="It's").save(path)
    written(
        path,
        lambda book: book.set_names({"moved": Area.of("It's", "C9"), "sum": "=1+1"}),
    )
    root = etree.fromstring(part_of(path, "xl/workbook.xml"))
    defined = {name.get("name"): name.text for name in root.iter(f"{Q}definedName")}
    assert defined == {"moved": "'It''s'!$C$9", "kept": "'It''s'!$B$3", "sum": "1+1"}


def test_looks_and_heights_are_copied_row_by_row(path: Path) -> None:
    rows = (
        '<row r="1" ht="30" customHeight="1"><c r="A1" s="4"/><c r="B1" s="2"><v>1</v></c></row>'
        '<row r="5"><c r="C5"><v>7</v></c><c r="E5"><v>8</v></c></row>'
    )
    SmallBook(rows=rows).save(path)
    source, target = Area.of("Data", "A1:B1"), Area.of("Data", "C5:D6")
    written(path, lambda book: book.copy_looks(source, target))
    styles = {cell.get("r"): cell.get("s") for cell in sheet_of(path).iter(f"{Q}c")}
    assert styles == {
        "A1": "4", "B1": "2", "C5": "4", "D5": "2", "E5": None, "C6": "4", "D6": "2",
    }  # fmt: skip
    assert [row.get("ht") for row in sheet_of(path).iter(f"{Q}row")] == ["30", "30", "30"]
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "C5:E5")) == [[7.0, None, 8.0]]


def test_clearing_empties_cells_and_their_looks_and_nothing_else(path: Path) -> None:
    SmallBook(
        rows='<row r="1" ht="30" customHeight="1"><c r="A1" s="4"><v>1</v></c>'
        '<c r="B1" s="2"><v>2</v></c></row>'
    ).save(path)
    written(path, lambda book: book.clear(Area.of("Data", "A1")))
    row = sheet_of(path).find(f".//{Q}row")
    assert [cell.get("r") for cell in row] == ["B1"]
    assert row.get("ht") is None


def test_heights_are_set(path: Path) -> None:
    SmallBook(rows='<row r="1" ht="30" customHeight="1"/>').save(path)
    written(path, lambda book: book.set_heights("Data", {1: 18.5, 3: 20.0}))
    rows = {row.get("r"): row.get("ht") for row in sheet_of(path).iter(f"{Q}row")}
    assert rows == {"1": "18.5", "3": "20"}


def test_merges_that_reach_into_an_area_are_replaced_and_others_stay(path: Path) -> None:
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in ("A1:B1", "A5:B5", "C6:H6", "A9:B9"))
    SmallBook(after=f'<mergeCells count="4">{merges}</mergeCells>').save(path)
    owned = Area.of("Data", "A4:D8")
    written(path, lambda book: book.set_merges(owned, [Area.of("Data", "A7:D7")]))
    found = [merge.get("ref") for merge in sheet_of(path).iter(f"{Q}mergeCell")]
    assert found == ["A1:B1", "A9:B9", "A7:D7"]
    written(path, lambda book: book.set_merges(Area.of("Data", "A1:D9"), []))
    assert sheet_of(path).find(f"{Q}mergeCells") is None


RULE = '<cfRule type="{}" priority="{}"{}><formula>{}</formula></cfRule>'


def rules(area: str, *own: str) -> str:
    return f'<conditionalFormatting sqref="{area}">{"".join(own)}</conditionalFormatting>'


def test_alike_conditions_are_replaced_and_others_kept(path: Path) -> None:
    green = RULE.format("cellIs", 1, ' operator="equal"', '"G"')
    above = RULE.format("cellIs", 2, ' operator="greaterThan"', "10")
    text = RULE.format("expression", 3, "", "ISTEXT($E7)")
    mine = RULE.format("expression", 4, "", "$A7=1")
    beside = RULE.format("cellIs", 5, ' operator="equal"', '"G"')
    after = rules("E7:E20", green, above) + rules("E7:E20", text) + rules("E7:E20", mine)
    SmallBook(after=after + rules("H7:H20", beside)).save(path)
    conditions = [
        Condition(Area.of("Data", "E7:E12"), equals="G", fill_color="57B894", bold=True),
        Condition(Area.of("Data", "E7:E12"), formula="ISTEXT($E7)", italic=True),
    ]
    written(path, lambda book: book.replace_conditions(Area.of("Data", "A7:F20"), conditions))
    found = [
        (element.get("sqref"), [rule.findtext(f"{Q}formula") for rule in element])
        for element in sheet_of(path).iter(f"{Q}conditionalFormatting")
    ]
    assert sorted(found) == [
        ("E7:E12", ['"G"', "ISTEXT($E7)"]),
        ("E7:E20", ["$A7=1"]),
        ("E7:E20", ["10"]),
        ("H7:H20", ['"G"']),
    ]
    looks = etree.fromstring(part_of(path, "xl/styles.xml")).find(f"{Q}dxfs")
    assert [[child.tag.removeprefix(Q) for child in look] for look in looks] == [
        ["font", "fill"],
        ["font"],
    ]


def test_a_condition_as_a_running_excel_has_it_is_alike(path: Path) -> None:
    text = RULE.format("expression", 1, "", "ISTEXT(INDEX($E:$E,ROW()))")
    SmallBook(after=rules("E7:E20", text)).save(path)
    condition = Condition(Area.of("Data", "E7:E12"), formula="ISTEXT($E7)", italic=True)
    written(path, lambda book: book.replace_conditions(Area.of("Data", "A7:F20"), [condition]))
    found = [rule.findtext(f"{Q}formula") for rule in sheet_of(path).iter(f"{Q}cfRule")]
    assert found == ["ISTEXT($E7)"]


def test_replacing_conditions_twice_adds_no_second_look(path: Path) -> None:
    SmallBook().save(path)
    area = Area.of("Data", "E7:E12")
    conditions = [Condition(area, equals=letter, bold=True) for letter in "GAR"]
    written(path, lambda book: book.replace_conditions(area, conditions))
    once = path.read_bytes()
    written(path, lambda book: book.replace_conditions(area, conditions))
    assert path.read_bytes() == once
    styles = etree.fromstring(part_of(path, "xl/styles.xml"))
    assert styles.find(f"{Q}dxfs").get("count") == "1"


GREEN, RED, OWN = (
    RULE.format("cellIs", "{}", ' operator="equal"', '"G"'),
    RULE.format("cellIs", "{}", ' operator="equal"', '"R"'),
    RULE.format("expression", "{}", "", "MOD(ROW(),2)=0"),
)
BODY = Area.of("Data", "E7:E12")


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        pytest.param([(OWN, 50)], {"MOD": 50, "G": 51, "R": 52, "new": 53}, id="none before"),
        pytest.param([], {"G": 1, "R": 2, "new": 3}, id="no rules at all"),
        pytest.param(
            [(GREEN, 1), (RED, 2), (OWN, 50)],
            {"G": 1, "R": 2, "new": 3, "MOD": 50},
            id="the user's behind them",
        ),
        pytest.param(
            [(GREEN, 4), (RED, 6), (OWN, 1)],
            {"MOD": 1, "G": 4, "R": 6, "new": 7},
            id="the user's before them",
        ),
        pytest.param(
            [(GREEN, 1), (OWN, 2), (RED, 3)],
            {"G": 1, "MOD": 2, "R": 3, "new": 4},
            id="the user's among them",
        ),
        pytest.param(
            [(GREEN, 1), (RED, 2), (OWN, 3)],
            {"G": 1, "R": 2, "new": 3, "MOD": 4},
            id="the user's where the new one has to be",
        ),
        pytest.param(
            [(RED, 1), (OWN, 2)],
            {"G": 1, "R": 2, "new": 3, "MOD": 4},
            id="the first of ours is new",
        ),
        pytest.param(
            [(GREEN, 9), (OWN, 5), (GREEN, 3), (RED, 11)],
            {"G": 3, "MOD": 5, "R": 11, "new": 12},
            id="one of ours torn apart by Excel",
        ),
        pytest.param(
            [(GREEN, 1), (RED, 1), (OWN, 1)],
            {"MOD": 1, "G": 2, "R": 3, "new": 4},
            id="all in the same turn",
        ),
    ],
)
def test_replaced_conditions_keep_their_turn_among_the_users(
    path: Path, stored: list[tuple[str, int]], expected: dict[str, int]
) -> None:
    after = "".join(rules("E7:E20", rule.format(priority)) for rule, priority in stored)
    SmallBook(after=after).save(path)
    conditions = [Condition(BODY, equals=text) for text in ("G", "R", "new")]

    def replace(book: Workbook) -> None:
        book.replace_conditions(Area.of("Data", "A7:F20"), conditions)

    written(path, replace)
    once = path.read_bytes()
    found = {
        rule.findtext(f"{Q}formula", "").strip('"').partition("(")[0]: int(rule.get("priority"))
        for rule in sheet_of(path).iter(f"{Q}cfRule")
    }
    assert found == expected
    written(path, replace)
    assert path.read_bytes() == once


def test_turns_stay_where_conditions_ask_the_same_of_other_rows(path: Path) -> None:
    SmallBook(after=rules("E7:E20", OWN.format(2))).save(path)
    areas = [Area.of("Data", "E7:E9"), Area.of("Data", "E11:E12")]
    conditions = [Condition(area, equals=text) for area in areas for text in "GR"]

    def replace(book: Workbook) -> None:
        book.replace_conditions(Area.of("Data", "A7:F20"), conditions)

    written(path, replace)
    once = path.read_bytes()
    numbers = [int(rule.get("priority")) for rule in sheet_of(path).iter(f"{Q}cfRule")]
    assert sorted(numbers) == [2, 3, 4, 5, 6]
    written(path, replace)
    assert path.read_bytes() == once


def test_rules_that_others_complete_get_no_priority(path: Path) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    extension = (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{space}">'
        '<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="dataBar" '
        'id="{00000000-0000-0000-0000-000000000001}"/></x14:conditionalFormatting>'
        "</x14:conditionalFormattings></ext></extLst>"
    )
    SmallBook(after=extension).save(path)
    with open_workbook(path) as workbook:
        workbook.replace_conditions(BODY, [Condition(BODY, equals="G")])
        path.write_bytes(workbook.to_bytes())
    found = [rule.get("priority") for rule in sheet_of(path).iter("{*}cfRule")]
    assert found == ["1", None]


def lay_out(book: Workbook, *, breaks: list[int] | None = None) -> None:
    area = Area.of("Data", "A1:L55")
    book.lay_out_pages(Pages(area, 60, range(7, 61), breaks or [], "Kent & Medway, 1 of 2"))


def test_pages_get_an_area_breaks_and_a_footer(path: Path) -> None:
    after = (
        '<headerFooter><oddFooter>&amp;L&amp;"Arial,Regular"&amp;8Old&amp;C&amp;8OFFICIAL'
        "</oddFooter></headerFooter>"
        '<rowBreaks count="2" manualBreakCount="2"><brk id="30" max="16383" man="1"/>'
        '<brk id="70" max="16383" man="1"/></rowBreaks>'
    )
    SmallBook(after=after, names='<definedName name="x">Data!$A$1</definedName>').save(path)
    written(path, lambda book: lay_out(book, breaks=[20, 40]))
    root = sheet_of(path)
    assert [each.get("id") for each in root.iter(f"{Q}brk")] == ["19", "39", "70"]
    assert root.find(f"{Q}rowBreaks").get("count") == "3"
    assert root.findtext(f".//{Q}oddFooter") == (
        '&L&"Arial,Regular"&8Kent && Medway, 1 of 2&C&8OFFICIAL'
    )
    names = etree.fromstring(part_of(path, "xl/workbook.xml")).iter(f"{Q}definedName")
    area = {name.get("name"): (name.get("localSheetId"), name.text) for name in names}
    assert area["_xlnm.Print_Area"] == ("0", "'Data'!$A$1:$L$55")


@pytest.mark.parametrize(
    "footer",
    [
        pytest.param("&C&8OFFICIAL", id="none on the left"),
        pytest.param("&LPage &P&CMine", id="with the page's number"),
        pytest.param("&L&F", id="with the file's name"),
    ],
)
def test_a_footer_with_nothing_or_fields_on_the_left_stays(path: Path, footer: str) -> None:
    escaped = footer.replace("&", "&amp;")
    SmallBook(after=f"<headerFooter><oddFooter>{escaped}</oddFooter></headerFooter>").save(path)
    written(path, lay_out)
    assert sheet_of(path).findtext(f".//{Q}oddFooter") == footer


def test_how_wide_the_analyst_prints_stays(path: Path) -> None:
    name = '<definedName name="_xlnm.Print_Area" localSheetId="0">Data!$A$1:$R$60</definedName>'
    SmallBook(names=name).save(path)
    written(path, lay_out)
    root = etree.fromstring(part_of(path, "xl/workbook.xml"))
    assert root.findtext(f".//{Q}definedName") == "'Data'!$A$1:$R$55"


def test_the_size_of_the_sheet_follows(path: Path) -> None:
    SmallBook(before='<dimension ref="A1:B2"/>').save(path)
    written(path, lambda book: book.write_block("Data", 9, 5, [[1.0]]))
    assert sheet_of(path).find(f"{Q}dimension").get("ref") == "A9:E9"
