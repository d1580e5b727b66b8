"""How often a refresh asks the spreadsheet program for something, for each time takes a while."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import refresh
from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
from tests.engines.desktop_engine import opened
from tests.scorecards import (
    KENT,
    change_settings,
    copy_of,
    indicator_rows,
    more_indicators,
    refreshed,
    replace_rows,
)

if TYPE_CHECKING:
    from pathlib import Path

MOST_BLOCK_CALLS = 30
MANY = 4_000
# Where sheets, tables and names are, and what rules ask; there is no block call for any of them.
LOOKING_UP = (
    "Name.", "Names.", "Table.", "Tables.", "Range.address", "App.", "ConditionalFormats.iter",
    "ConditionalFormat.type", "ConditionalFormat.operator", "ConditionalFormat.formula",
)  # fmt: skip


def calls_of_a_refresh(path: Path, fill: str) -> tuple[int, int, Counter[str]]:
    """The block calls, the look-ups of tables, and every round trip, in the order made."""
    book = opened(path)
    trips = book.app.impl.trips
    with XlwingsWorkbook(book) as workbook:
        before = len(trips.made)
        refresh(workbook, fill=fill)
        made = trips.made[before:]
    blocks = [each for each in made if not each.startswith(LOOKING_UP)]
    tables = [each for each in made if each.startswith(("Table", "Range.address"))]
    return len(blocks), len(tables), Counter(made)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, str], Path]:
    """Kent's workbook as it is and with thousands of indicators, filled either way."""
    made = {}
    for number in (42, MANY):
        for fill in ("formulas", "values"):
            path = copy_of(KENT, tmp_path_factory.mktemp(f"{fill}_{number}"))
            rows = indicator_rows(path)
            if number > len(rows):
                replace_rows(path, "Indicators", [*rows, *more_indicators(rows, number - 42)])
            refreshed(path, fill=fill)
            made[number, fill] = path
    return made


@pytest.mark.parametrize("fill", ["formulas", "values"])
def test_a_refresh_in_place_makes_few_calls_and_no_more_for_thousands_of_rows(
    books: dict[tuple[int, str], Path], fill: str
) -> None:
    few, many = (calls_of_a_refresh(books[number, fill], fill) for number in (42, MANY))
    assert few == many
    assert few[0] <= MOST_BLOCK_CALLS


def test_a_refresh_that_writes_every_block_makes_few_calls_still(
    books: dict[tuple[int, str], Path], tmp_path: Path
) -> None:
    # Formulas instead of values, another title and other words: all that can change in place.
    path = copy_of(books[42, "values"], tmp_path)
    words = {"title": "Another title", "period_label": "Feb", "target_label": "Next year"}
    change_settings(path, **words, outturn_label="Last year")
    blocks, _, made = calls_of_a_refresh(path, "formulas")
    assert made["Range.formula="] >= 7
    assert blocks <= MOST_BLOCK_CALLS


def test_nothing_is_read_twice_and_nothing_that_was_written(
    books: dict[tuple[int, str], Path],
) -> None:
    book = opened(books[42, "values"])
    with XlwingsWorkbook(book) as workbook:
        refresh(workbook, fill="formulas")
    made = [each for each in book.app.impl.trips.made if not each.startswith("App.")]
    first_write = next(i for i, each in enumerate(made) if each == "Range.formula=")
    assert not {"Range.raw_value", "Range.formula"} & set(made[first_write:])
    # A table each, the Scorecard, Checks and Why.
    assert made.count("Range.raw_value") == 8
    assert made.count("Names.len") == 1


def test_what_is_right_already_is_not_written(books: dict[tuple[int, str], Path]) -> None:
    made = calls_of_a_refresh(books[42, "formulas"], "formulas")[2]
    assert [each for each in made if each.endswith("=") and not each.startswith("App.")] == [
        "Range.row_height="
    ]
