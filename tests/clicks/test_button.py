"""The button pressed with the mouse in LibreOffice refreshes the workbook that is open there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import open_workbook, scorecard_of
from tests.clicks.desk import artefacts
from tests.scorecards import KENT, TEMPLATES, change_settings, copy_of, enter, place_in, refreshed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.clicks.desk import Desk, OpenBook

CODE = "cafs_completed_r12m"
# 1,800 x 10,000 / 322,813 = 55.76; 27.8% off the target of 77.2, and farther from it than 64.9.
TYPED, RESULT, LETTER, ARROW = "1800", "55.8", "R", "↓"
BEFORE = ["67.0", "A", "↑"]
BODY = "A1:L55"


@pytest.fixture
def kent(folder: Path) -> Path:
    path = folder / "kent.xlsm"
    path.write_bytes((TEMPLATES / "scorecard_kent_2013_01.xlsm").read_bytes())
    return path


def with_fill(path: Path, fill: str) -> None:
    change_settings(path, fill=fill)
    refreshed(path)


def first_row(book: OpenBook) -> list[str]:
    """The first indicator's result, letter and arrow."""
    return [book.shown("Scorecard", f"{column}8").strip() for column in "DEJ"]


def expected_summary(folder: Path) -> str:
    """What the core makes of the same counts."""
    copy = copy_of(KENT, folder)
    enter(copy, **{CODE: float(TYPED)})
    with open_workbook(copy) as workbook:
        return scorecard_of(workbook).summary


def counts_cell() -> str:
    """Where the count is typed; the workbook itself is open by then."""
    return place_in(KENT, "Counts", CODE, "Value").rpartition("!")[2]


def summary(book: OpenBook) -> str:
    return str(book.book.names["scorecard_summary"].refers_to_range.value)


def test_a_click_fills_in_what_a_typed_count_gives(desk: Desk, kent: Path, tmp_path: Path) -> None:
    with_fill(kent, "values")
    with desk.open(kent) as book:
        book.type_into("Counts", counts_cell(), TYPED)
        assert first_row(book) == BEFORE
        book.click_button("Scorecard")
        said = desk.message()
        picture = artefacts(tmp_path) / "click_values.png"
        picture.write_bytes(desk.screen.picture())
        desk.close_message()
        book.wait_until_done()
        assert said.startswith("Refreshed: 20 Green")
        assert first_row(book) == [RESULT, LETTER, ARROW]
        assert summary(book) == expected_summary(tmp_path)


def test_with_formulas_the_sheet_moves_on_the_edit_and_the_click_agrees(
    desk: Desk, kent: Path, tmp_path: Path
) -> None:
    with_fill(kent, "formulas")
    with desk.open(kent) as book:
        book.type_into("Counts", counts_cell(), TYPED)
        moved = book.texts("Scorecard", BODY)
        assert first_row(book) == [RESULT, LETTER, ARROW]
        book.click_button("Scorecard")
        said = desk.message()
        picture = artefacts(tmp_path) / "click_formulas.png"
        picture.write_bytes(desk.screen.picture())
        desk.close_message()
        book.wait_until_done()
        # The sheet had moved already; what is told is what moved since the last refresh.
        assert "to Red" in said
        assert book.texts("Scorecard", BODY) == moved
        assert summary(book) == expected_summary(tmp_path)


def test_a_click_with_a_bad_count_shows_the_message_and_leaves_the_scorecard(
    desk: Desk, kent: Path, tmp_path: Path
) -> None:
    with_fill(kent, "values")
    with desk.open(kent) as book:
        before = book.texts("Scorecard", BODY)
        book.type_into("Counts", counts_cell(), "-3")
        book.click_button("Counts")
        said = desk.message()
        picture = artefacts(tmp_path) / "click_bad_count.png"
        picture.write_bytes(desk.screen.picture())
        desk.close_message()
        book.wait_until_done()
        assert f"'Counts'!{counts_cell()}" in said
        assert book.texts("Scorecard", BODY) == before


def test_outside_a_trusted_folder_libreoffice_says_that_macros_do_not_run(
    desk: Desk, kent: Path, tmp_path: Path
) -> None:
    elsewhere = copy_of(kent, tmp_path)
    with desk.open(elsewhere) as book:
        assert any("Execution of macros is disabled" in said for said in desk.greeted)
        before = desk.children()
        book.click_button("Scorecard")
        time.sleep(1)
        assert desk.children() == before
