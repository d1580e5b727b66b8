"""Pages of tables are filled evenly, none with a few rows left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl.circulating.paper import page_starts, scale_of
from tests.circulating.copies import copy_in
from tests.commented import with_commentary
from tests.scorecards import KENT, change_settings, copy_of, refreshed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # At 50% a page takes 1,000.06 points: 20 rows of 50.
        pytest.param(20, [], id="all on one page"),
        pytest.param(21, [11], id="one more than a page: two halves"),
        pytest.param(42, [14, 28], id="three thirds"),
    ],
)
def test_pages_are_even(rows: int, expected: list[int]) -> None:
    assert page_starts([50.0] * rows, scale=50) == expected


def test_a_row_that_is_higher_than_a_page_has_one_of_its_own() -> None:
    assert page_starts([50.0, 5_000.0, 50.0], scale=50) == [1, 2]


def test_what_pages_begin_with_takes_room() -> None:
    assert page_starts([50.0] * 40, scale=50, above=500.0, repeated=50.0) == [8, 25]


def test_the_wider_the_columns_the_smaller_they_print() -> None:
    assert scale_of((100.0,)) == 76
    assert scale_of((350.0,)) == 39
    assert scale_of((255.0,) * 100) == 10


def test_with_commentary_the_summary_is_not_left_alone_on_a_page(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    with_commentary(path, column=13)
    change_settings(path, marking="OFFICIAL", signed_off_by="the Director")
    refreshed(path)
    book = openpyxl.load_workbook(copy_in(path, tmp_path))
    starts = [each.id + 1 for each in book["Scorecard"].row_breaks.brk]
    texts = [book["Scorecard"].cell(row, 1).value for row in starts]
    book.close()
    assert texts == ["HOW WELL ARE WE DOING IT ?"]
