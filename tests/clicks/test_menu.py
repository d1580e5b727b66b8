"""What the menu Tools, Add-Ons starts in LibreOffice, on the workbook that is open there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.clicks.test_button import summary
from tests.rolling.rolled import history_at, settings_of
from tests.scorecards import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.clicks.desk import Desk


def test_roll_forward_makes_the_next_file_and_the_open_workbook_stays(
    desk: Desk, folder: Path
) -> None:
    path = folder / "kent_2013_01.xlsm"
    path.write_bytes((TEMPLATES / "scorecard_kent_2013_01.xlsm").read_bytes())
    before = path.read_bytes()
    with desk.open(path) as book:
        shown = summary(book)
        book.choose("roll_forward")
        said = desk.message()
        desk.close_message()
        book.wait_until_done()
        assert summary(book) == shown
    following = folder / "kent_2013_02.xlsm"
    assert said.startswith(
        "kent_2013_02.xlsm is made beside this workbook, for 28/02/2013; 42 results"
    )
    assert len(history_at(following, dt.date(2013, 1, 31))) == 42
    assert settings_of(following)["as_at"] == dt.date(2013, 2, 28)
    assert path.read_bytes() == before


def test_the_doctor_answers_in_a_message(desk: Desk, folder: Path) -> None:
    path = folder / "kent.xlsm"
    path.write_bytes((TEMPLATES / "scorecard_kent_2013_01.xlsm").read_bytes())
    with desk.open(path) as book:
        book.choose("doctor")
        said = desk.message()
        desk.close_message()
        book.wait_until_done()
    # What is found depends on the machine; that Python was reached does not.
    assert "Python was not started" not in said
    assert "examined" in said or ": " in said
