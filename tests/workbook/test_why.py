"""The Why sheet: written as one block, in place of what the last refresh wrote there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scorecard_xl import open_workbook
from scorecard_xl.workbook.engine import Area
from tests.scorecards import (
    KENT,
    change_indicator,
    change_settings,
    copy_of,
    edited,
    enter,
    in_part,
    indicator_rows,
    part_of,
    refreshed,
    replace_rows,
    skeleton_in,
)

if TYPE_CHECKING:
    from pathlib import Path

FIRST, LAST = 5, 46
PART = "xl/worksheets/sheet8.xml"


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def why_block(path: Path, first: int = FIRST, last: int = LAST) -> list[list[Any]]:
    with open_workbook(path) as workbook:
        return workbook.read_block(Area("Why", first, 1, last, 6))


def why_sheet(path: Path) -> list[list[Any]]:
    """The rows from the first to the last that holds anything."""
    rows = why_block(path, last=200)
    while rows and rows[-1] == [None] * 6:
        rows.pop()
    return rows


def test_a_refresh_explains_each_indicator_in_a_row(tmp_path: Path) -> None:
    path = skeleton_in(tmp_path)
    assert why_sheet(path) == []
    outcome = refreshed(path)
    rows = why_sheet(path)
    assert len(rows) == 42
    assert rows == [
        [text or None for text in line] for line in outcome.scorecard.explanation_lines()
    ]
    assert rows[37] == [
        "LAC Dental Checks held within required timescale",
        "89.888535%, target 90.0%",
        "Amber",
        "Amber: 89.9% against a target of 90.0%, and high is good. Green is 90.0% or more, Amber"
        " 81.0% or more. It is 0.11 points from Green, and 8.89 points from Red. 89.9% shows as"
        " 90% at no decimals, and is below it.",
        "Green needs 2 more of the 1,256, or the next 14 all going right.",
        "↑ Improved since 31/12/2012: 88.4% then, 89.9% now; higher is better."
        " ↓ Worsened since 31/03/2012: 92.6% then, 89.9% now; higher is better.",
    ]


def test_a_second_refresh_leaves_the_sheet_as_it_is(kent: Path) -> None:
    refreshed(kent)
    before = kent.read_bytes()
    refreshed(kent)
    assert kent.read_bytes() == before


def test_a_changed_count_changes_the_rows_that_use_it(kent: Path) -> None:
    refreshed(kent)
    before = why_sheet(kent)
    enter(kent, lac_dental_checks_in_timescale=1131)
    refreshed(kent)
    changed = [
        i for i, (old, new) in enumerate(zip(before, why_sheet(kent), strict=True)) if old != new
    ]
    assert changed == [37]
    assert why_sheet(kent)[37][2] == "Green"


def test_only_rows_from_the_first_to_the_last_that_differs_are_written(kent: Path) -> None:
    refreshed(kent)
    in_rows = {row: why_block(kent, row, row)[0][0] for row in (FIRST, 20, LAST)}
    for name in in_rows.values():
        # The same text in two runs, as Excel stores it where a part has a look of its own.
        in_part(kent, PART, f"<is><t>{name}</t>", f"<is><r><t/></r><r><t>{name}</t></r>")

    def are_kept() -> list[bool]:
        part = part_of(kent, PART).decode()
        return [f"<r><t/></r><r><t>{name}</t></r>" in part for name in in_rows.values()]

    refreshed(kent)
    assert are_kept() == [True, True, True]
    enter(kent, lac_dental_checks_in_timescale=1131)
    refreshed(kent)
    assert are_kept() == [True, True, True]
    enter(kent, lac_dental_checks_in_timescale=1130, cafs_completed_r12m=2164)
    refreshed(kent)
    assert are_kept() == [False, False, True]
    assert [why_block(kent, row, row)[0][0] for row in in_rows] == list(in_rows.values())


def test_rows_left_of_a_longer_list_are_emptied_and_what_was_typed_below_stays(kent: Path) -> None:
    refreshed(kent)
    edited(kent, {"'Why'!A49": "My own note"})
    replace_rows(kent, "Indicators", indicator_rows(kent)[:40])
    refreshed(kent)
    rows = why_block(kent, last=49)
    assert [bool(row[0]) for row in rows] == [True] * 40 + [False] * 4 + [True]
    assert rows[-1] == ["My own note", *[None] * 5]


def test_a_list_that_would_grow_over_what_was_typed_below_says_what_is_left_out(
    kent: Path,
) -> None:
    refreshed(kent)
    edited(kent, {f"'Why'!{column}{row}": None for column in "ABCDEF" for row in range(10, 47)})
    edited(kent, {"'Why'!C20": "My own note"})
    refreshed(kent)
    rows = why_block(kent, last=20)
    # Rows 5 to 18 hold the list; row 19 stays blank.
    assert rows[13][0] == "29 more; scorecard-xl explain lists them all."
    assert rows[14:] == [[None] * 6, [None, None, "My own note", *[None] * 3]]
    refreshed(kent)
    assert why_block(kent, last=20) == rows


def test_text_that_starts_like_a_formula_is_text(kent: Path) -> None:
    change_indicator(kent, "cafs_completed", name="=1+1")
    refreshed(kent)
    assert why_sheet(kent)[0][0] == "=1+1"


def test_what_is_missing_leaves_its_cells_empty(kent: Path) -> None:
    change_settings(kent, amber_tolerance_T=None)
    enter(kent, referrals_r12m="TBS")
    refreshed(kent)
    assert why_sheet(kent)[1] == [
        "Number of Referrals per 10,000 population under 18",
        "no result, target 543.7",
        "Not rated",
        "Not rated: there is no result (to be supplied).",
        None,
        "No arrows: there is no result.",
    ]


def test_a_workbook_without_the_sheet_is_refreshed_all_the_same(kent: Path) -> None:
    with open_workbook(kent) as workbook:
        workbook.set_names({"why_body": "=1"})
        kent.write_bytes(workbook.to_bytes())
    edited(kent, {"'Why'!A5": "left alone"})
    refreshed(kent)
    assert why_sheet(kent)[0][0] == "left alone"
