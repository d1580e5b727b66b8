"""The Python that waits for a press: started ahead, one for each, and gone with LibreOffice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.installing_libreoffice import remove_libreoffice
from tests.clicks.desk import Desk, eventually, has_ended
from tests.clicks.test_button import RESULT, TYPED, counts_cell, first_row, with_fill
from tests.open_files import held_by
from tests.scorecards import ROOT, TEMPLATES, copy_of

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


def test_it_holds_nothing_that_libreoffice_has_open(own_desk: Desk, own_kent: Path) -> None:
    # Among the pipes is one that fills up while LibreOffice ends, unless its last reader is gone.
    with own_desk.open(own_kent):
        held = set(held_by(waiting_in(own_desk)).values())
        pipes = {each for each in held_by(own_desk.process_id).values() if each.startswith("pipe:")}
    assert pipes
    assert held.isdisjoint({*pipes, str(own_kent)})


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


def test_one_whose_package_was_installed_anew_leaves_the_press_to_another(
    own_desk: Desk, own_kent: Path
) -> None:
    with own_desk.open(own_kent) as book:
        waited = waiting_in(own_desk)
        os.utime(ROOT / "scorecard_xl")
        book.type_into("Counts", counts_cell(), TYPED)
        book.click_button("Scorecard")
        assert own_desk.message().startswith("Refreshed")
        assert has_ended(waited)
        own_desk.close_message()
        book.wait_until_done()
        assert first_row(book)[0] == RESULT


def test_it_ends_with_the_extension(own_desk: Desk, own_kent: Path) -> None:
    with own_desk.open(own_kent):
        waiting = waiting_in(own_desk)
        told = remove_libreoffice(profile=own_desk.profile)
        assert told[-1] == "The extension Scorecard is removed from LibreOffice."
        eventually(lambda: has_ended(waiting))


@pytest.mark.parametrize(
    ("action", "is_there", "answer"),
    [
        ("refresh", False, None),
        (
            "destroy",
            True,
            "No button asks for destroy; install the add-in for LibreOffice again.\n",
        ),
    ],
    ids=["nobody waits for the answer", "unknown"],
)
def test_what_nobody_asks_for_is_not_done(
    own_desk: Desk, own_kent: Path, tmp_path: Path, action: str, is_there: bool, answer: str | None
) -> None:
    path = tmp_path / "answer"
    if is_there:
        path.touch()
    with own_desk.open(own_kent) as book:
        before = first_row(book)
        book.type_into("Counts", counts_cell(), TYPED)
        asked = action, book.book.api.RuntimeUID, path.as_uri()
        module = "scorecard_xl.addin_libreoffice"
        run = subprocess.run(
            [sys.executable, "-P", "-m", module, "press", own_desk.pipe, *asked],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
        assert run.returncode == int(is_there)
        assert first_row(book) == before
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == answer
