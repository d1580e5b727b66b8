"""Of a list only what differs is written: from the first to the last row that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard_xl import open_workbook
from scorecard_xl.workbook.changed_rows import changed_stretch, write_changed
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.last_refreshed import NAME
from tests.scorecards import KENT, copy_of, edited, names_of, refreshed

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content

STANDING: list[list[Content]] = [["a", 1.0], ["b", 0.0], ["c", None]]


@pytest.mark.parametrize(
    ("rows", "changed"),
    [
        pytest.param(STANDING, [], id="nothing"),
        pytest.param([], [], id="no rows"),
        pytest.param([["a", 1.0], ["b", 2.0], ["c", None]], [1], id="one"),
        pytest.param([["x", 1.0], ["b", 0.0], ["x", None]], [0, 1, 2], id="both ends"),
        pytest.param([*STANDING, ["d", 4.0]], [3], id="more than stand there"),
        pytest.param([["a", 1], ["b", 0], ["c", None]], [], id="whole numbers"),
        pytest.param([["a", True], ["b", 0.0], ["c", ""]], [2], id="a blank text"),
    ],
)
def test_what_differs_is_told(rows: list[list[Content]], changed: list[int]) -> None:
    assert list(changed_stretch(rows, STANDING)) == changed


def test_a_truth_that_stands_there_is_no_number() -> None:
    assert list(changed_stretch([["a", 1.0], ["b", 0.0]], [["a", True], ["b", False]])) == [0, 1]


def test_a_truth_typed_over_what_is_remembered_is_told_once(tmp_path: Path) -> None:
    kent = copy_of(KENT, tmp_path)
    refreshed(kent)
    block = names_of(kent)[NAME]
    assert block is not None
    with open_workbook(kent) as workbook:
        rows = workbook.read_block(block)
    row, column = next(
        (i, j) for i, line in enumerate(rows) for j, value in enumerate(line) if value == 0
    )
    cell = Area.cell(block.sheet, block.top + row, block.left + column)
    edited(kent, {str(cell): False})
    assert len(refreshed(kent).moves) == 1
    assert len(refreshed(kent).moves) == 0
    with open_workbook(kent) as workbook:
        assert type(workbook.read_block(cell)[0][0]) is float


def test_the_rest_is_not_touched(tmp_path: Path) -> None:
    kent = copy_of(KENT, tmp_path)
    first = Area.cell("Commentary", 30, 2)
    with open_workbook(kent) as workbook:
        workbook.write_block("Commentary", 30, 2, STANDING)
        wanted: list[list[Content]] = [["a", 1.0], ["new", 0.0], ["c", None]]
        # It is believed what is said to stand there.
        write_changed(workbook, first, wanted, [["a", 1.0], ["b", 0.0], ["c", None]])
        workbook.write_block("Commentary", 30, 2, [["kept", "kept"]])
        write_changed(workbook, first, wanted, [["a", 1.0], ["b", 0.0], ["c", None]])
        assert workbook.read_block(Area.of("Commentary", "B30:C32")) == [
            ["kept", "kept"],
            ["new", 0.0],
            ["c", None],
        ]
