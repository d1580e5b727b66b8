"""The body grows and shrinks with the indicators: nothing left over, everything follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from scorecard_xl import RefusedError, open_workbook, refresh
from scorecard_xl.workbook.engine import Area
from tests.judges.opened_package import MAIN
from tests.rearranging import change_sheet
from tests.scorecards import (
    KENT,
    cell_at,
    copy_of,
    edited,
    indicator_rows,
    more_indicators,
    part_of,
    refreshed,
    replace_rows,
    shown_rows,
    skeleton_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCORECARD = "xl/worksheets/sheet1.xml"
STYLES = "xl/worksheets/sheet10.xml"
KENTS = indicator_rows(KENT)
OTHER_MEASURES = [
    [*row[:5], {"count": "supplied", "rate": "average"}.get(row[5], row[5]), *row[6:]]
    for row in KENTS
]
VARIANTS = {
    "three fewer": KENTS[:5] + KENTS[8:],
    "one": KENTS[:1],
    "a section fewer": [row for row in KENTS if row[1] != KENTS[20][1]],
    "fifteen more": KENTS + more_indicators(KENTS, 15),
    "more in the middle": KENTS[:8] + more_indicators(KENTS, 4) + KENTS[8:],
    "backwards": KENTS[::-1],
    "other measures": OTHER_MEASURES,
}


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def laid_out(path: Path) -> dict[str, Any]:
    """Everything that a refresh lays out on the Scorecard, in a form to compare."""
    root = etree.fromstring(part_of(path, SCORECARD))
    rows = list(root.iter(f"{MAIN}row"))
    return {
        "cells": {
            cell.get("r"): (cell.get("s"), cell.get("t"), [(e.tag, e.text) for e in cell.iter()])
            for cell in root.iter(f"{MAIN}c")
        },
        "heights": {row.get("r"): row.get("ht") for row in rows if row.get("ht")},
        "merges": [merge.get("ref") for merge in root.iter(f"{MAIN}mergeCell")],
        "conditions": [
            etree.tostring(each, method="c14n", exclusive=True)
            for each in root.iter(f"{MAIN}conditionalFormatting")
        ],
        "breaks": [each.get("id") for each in root.iter(f"{MAIN}brk")],
        "used": root.find(f"{MAIN}dimension").get("ref"),
        "names": names_in(path),
    }


def names_in(path: Path) -> dict[tuple[str, str], str]:
    """The meaning of every defined name, sheet by sheet; marks around a sheet's name may differ."""
    root = etree.fromstring(part_of(path, "xl/workbook.xml"))
    return {
        (name.get("name", ""), name.get("localSheetId", "")): (name.text or "").replace("'", "")
        for name in root.iter(f"{MAIN}definedName")
    }


@pytest.mark.parametrize("rows", VARIANTS.values(), ids=VARIANTS)
def test_a_changed_scorecard_looks_as_if_made_anew(
    kent: Path, tmp_path: Path, rows: list[list[Any]]
) -> None:
    replace_rows(kent, "Indicators", rows)
    refreshed(kent)
    made_anew = skeleton_in(tmp_path)
    replace_rows(made_anew, "Indicators", rows)
    refreshed(made_anew)
    assert laid_out(kent) == laid_out(made_anew)
    assert [row["indicator"] for row in shown_rows(kent)] == in_order_of_sections(rows)


def in_order_of_sections(rows: list[list[Any]]) -> list[str]:
    sections = list(dict.fromkeys(row[1] for row in rows))
    return [row[0] for section in sections for row in rows if row[1] == section]


@pytest.mark.parametrize("name", ["one", "fifteen more", "backwards"])
def test_going_back_gives_the_same_scorecard_again(kent: Path, name: str) -> None:
    replace_rows(kent, "Indicators", VARIANTS[name])
    refreshed(kent)
    assert laid_out(kent) != laid_out(KENT)
    replace_rows(kent, "Indicators", KENTS)
    refreshed(kent)
    assert laid_out(kent) == laid_out(KENT)


@pytest.mark.parametrize(
    ("rows", "last", "conditions"),
    [
        # 42 indicators and four sections from row 7 on, then summary heading, summary, footnote.
        pytest.param(KENTS, 55, "52", id="as it is"),
        pytest.param(KENTS[:5] + KENTS[8:], 52, "49", id="three fewer"),
        pytest.param(KENTS + more_indicators(KENTS, 15), 70, "67", id="fifteen more"),
        pytest.param(KENTS[:1], 11, "8", id="one"),
    ],
)
def test_everything_ends_where_the_scorecard_ends(
    kent: Path, rows: list[list[Any]], last: int, conditions: str
) -> None:
    replace_rows(kent, "Indicators", rows)
    refreshed(kent)
    found = laid_out(kent)
    assert found["used"] == f"A1:P{last}"
    assert {int(re.sub("[A-Z]", "", place)) for place in found["cells"]} <= set(range(1, last + 1))
    assert max(map(int, found["heights"])) == last
    assert found["merges"] == [f"A{last - 1}:L{last - 1}", f"A{last}:L{last}"]
    assert found["names"]["_xlnm.Print_Area", "0"] == f"Scorecard!$A$1:$L${last}"
    assert found["names"]["scorecard_summary", ""] == f"Scorecard!$A${last - 1}"
    assert found["names"]["scorecard_footnote", ""] == f"Scorecard!$A${last}"
    root = etree.fromstring(part_of(kent, SCORECARD))
    areas = [each.get("sqref") for each in root.iter(f"{MAIN}conditionalFormatting")]
    assert areas == [f"{column}7:{column}{conditions}" for column in "EJLDI"]


def test_a_page_starts_with_a_section(kent: Path) -> None:
    replace_rows(kent, "Indicators", KENTS + more_indicators(KENTS, 15))
    refreshed(kent)
    found = laid_out(kent)
    kinds = [found["cells"][f"O{int(row) + 1}"][2][-1][1] for row in found["breaks"]]
    assert kinds
    assert set(kinds) <= {"section", "summary_heading"}


@pytest.mark.parametrize("cell", ["A58", "E58", "P58"])
def test_growing_over_a_cell_that_holds_something_is_refused(kent: Path, cell: str) -> None:
    edited(kent, {f"Scorecard!{cell}": "my note"})
    replace_rows(kent, "Indicators", KENTS + more_indicators(KENTS, 3))
    before = kent.read_bytes()
    with open_workbook(kent) as workbook:
        with pytest.raises(RefusedError) as raised:
            refresh(workbook)
        workbook.save()
    assert str(raised.value) == (
        f"'Scorecard'!{cell}: the scorecard grows over this cell, which holds something; move it "
        "further down."
    )
    assert kent.read_bytes() == before


def test_a_users_cells_below_and_beside_the_scorecard_stay(kent: Path) -> None:
    mine = {"Scorecard!A58": "below", "Scorecard!M57": "between", "Scorecard!Q57": "beside"}
    edited(kent, mine)
    for rows in (KENTS + more_indicators(KENTS, 2), KENTS[:30], KENTS):
        replace_rows(kent, "Indicators", rows)
        refreshed(kent)
        with open_workbook(kent) as workbook:
            found = {place: workbook.read_block(cell_at(place))[0][0] for place in mine}
        assert found == mine


def looks_of_row(part: bytes, row: int, columns: str) -> list[str | None]:
    """The styles of a row's cells."""
    cells = {cell.get("r"): cell.get("s") for cell in etree.fromstring(part).iter(f"{MAIN}c")}
    return [cells.get(f"{column}{row}") for column in columns]


def test_every_row_looks_like_the_prototype_of_its_kind(kent: Path) -> None:
    replace_rows(kent, "Indicators", OTHER_MEASURES)
    refreshed(kent)
    prototypes = {kind: row for row, kind in texts(kent, STYLES, "A")}
    found = dict(texts(kent, SCORECARD, "O"))
    expected = {"count", "percentage", "rate", "average", "supplied", "section"}
    assert expected - set(found.values()) == {"count", "rate"}
    for row, kind in found.items():
        # The prototype's cells lie one column further right.
        assert looks_of_row(part_of(kent, SCORECARD), row, "ABCDEFGHIJKLNOP") == looks_of_row(
            part_of(kent, STYLES), prototypes[kind], "BCDEFGHIJKLMOPQ"
        )


def texts(path: Path, part: str, column: str) -> list[tuple[int, str]]:
    """The rows of a column that hold a text below the headings, and the text."""
    sheet = {SCORECARD: "Scorecard", STYLES: "Styles"}[part]
    first = {SCORECARD: 7, STYLES: 2}[part]
    with open_workbook(path) as workbook:
        block = workbook.read_block(Area.of(sheet, f"{column}{first}:{column}80"))
    return [(row, str(line[0])) for row, line in enumerate(block, first) if line[0]]


def set_look(row: int, column: str, style: str) -> Callable[[etree._Element], None]:
    """A change that gives a cell another style."""

    def change(root: etree._Element) -> None:
        (cell,) = (each for each in root.iter(f"{MAIN}c") if each.get("r") == f"{column}{row}")
        cell.set("s", style)

    return change


def test_a_restyled_prototype_is_followed_by_new_rows(kent: Path) -> None:
    rate = next(row for row, kind in texts(kent, STYLES, "A") if kind == "rate")
    change_sheet(kent, "Styles", set_look(rate, "E", "1"))
    rows = [[f"extra_{KENTS[1][0]}", *KENTS[1][1:]], *KENTS]
    replace_rows(kent, "Indicators", rows)
    refreshed(kent)
    assert looks_of_row(part_of(kent, SCORECARD), 8, "D") == ["1"]


def test_a_look_that_the_analyst_gave_a_row_stays_with_it(kent: Path) -> None:
    change_sheet(kent, "Scorecard", set_look(9, "D", "1"))
    edited(kent, {"Counts!D7": 14_000})
    refreshed(kent)
    assert looks_of_row(part_of(kent, SCORECARD), 9, "D") == ["1"]


def test_restyling_gives_every_row_its_prototypes_look_again(kent: Path) -> None:
    change_sheet(kent, "Scorecard", set_look(9, "D", "1"))
    with open_workbook(kent) as workbook:
        refresh(workbook, restyle=True)
        kent.write_bytes(workbook.to_bytes())
    assert laid_out(kent) == laid_out(KENT)


def test_a_height_that_the_analyst_gave_a_row_stays(kent: Path) -> None:
    def heighten(root: etree._Element) -> None:
        (row,) = (each for each in root.iter(f"{MAIN}row") if each.get("r") == "9")
        row.set("ht", "44")

    change_sheet(kent, "Scorecard", heighten)
    edited(kent, {"Counts!D7": 14_000})
    refreshed(kent)
    assert laid_out(kent)["heights"]["9"] == "44"


def test_a_long_name_gets_a_row_of_two_lines(kent: Path) -> None:
    edited(kent, {"Indicators!C5": "Children " * 14})
    refreshed(kent)
    heights = laid_out(kent)["heights"]
    assert float(heights["8"]) > 1.5 * float(heights["9"])
