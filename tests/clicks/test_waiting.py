"""The Python that waits for a press: started ahead, one for each, and gone with LibreOffice."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.clicks.desk import Desk, eventually, has_ended
from tests.clicks.test_button import RESULT, TYPED, counts_cell, first_row, with_fill
from tests.scorecards import TEMPLATES, copy_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.clicks.desk import OpenBook
    from tests.clicks.screen import Screen

# How long LibreOffice is watched for what it must not start.
MOMENT = 2.0


@pytest.fixture
def own_desk(screen: Screen, tmp_path: Path) -> Iterator[Desk]:
    """A LibreOffice for one test alone."""
    with Desk(tmp_path / "desk", screen) as own:
        yield own


@pytest.fixture
def own_kent(own_desk: Desk) -> Path:
    path = own_desk.trusted / "kent.xlsm"
    path.write_bytes((TEMPLATES / "scorecard_kent_2013_01.xlsm").read_bytes())
    with_fill(path, "values")
    return path


def waiting_in(desk: Desk) -> int:
    """The process that waits, once it does."""
    eventually(desk.has_one_waiting)
    (process,) = desk.children()
    return process


def press_refresh(desk: Desk, book: OpenBook) -> int:
    """Type a count that changes a rating and press the button; the process that answers."""
    book.type_into("Counts", counts_cell(), TYPED)
    book.click_button("Scorecard")
    assert desk.message().startswith("Refreshed")
    (pressed,) = desk.children()
    desk.close_message()
    book.wait_until_done()
    assert first_row(book)[0] == RESULT
    return pressed


def test_each_press_has_a_python_of_its_own(own_desk: Desk, own_kent: Path) -> None:
    with own_desk.open(own_kent) as book:
        first = waiting_in(own_desk)
        assert press_refresh(own_desk, book) == first
        second = waiting_in(own_desk)
    assert second != first
    assert has_ended(first)


def test_where_the_one_that_waits_was_killed_a_press_starts_another(
    own_desk: Desk, own_kent: Path
) -> None:
    with own_desk.open(own_kent) as book:
        killed = waiting_in(own_desk)
        os.kill(killed, signal.SIGKILL)
        eventually(lambda: has_ended(killed))
        pressed = press_refresh(own_desk, book)
        assert waiting_in(own_desk) not in (killed, pressed)


def test_a_workbook_whose_macros_do_not_run_starts_none_and_one_whose_do_then_does(
    own_desk: Desk, own_kent: Path, tmp_path: Path
) -> None:
    with own_desk.open(copy_of(own_kent, tmp_path), with_macros=False):
        time.sleep(MOMENT)
        assert own_desk.children() == []
        with own_desk.open(own_kent):
            assert waiting_in(own_desk)


@pytest.mark.parametrize("how", ["ended", "killed"])
def test_it_ends_with_libreoffice(own_desk: Desk, own_kent: Path, how: str) -> None:
    with own_desk.open(own_kent):
        waiting = waiting_in(own_desk)
        if how == "killed":
            os.kill(own_desk.process_id, signal.SIGKILL)
            eventually(lambda: has_ended(waiting))
    own_desk.end()
    eventually(lambda: has_ended(waiting))
