"""The pause of Python's garbage collector ends as it began, whatever happens in it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import open_workbook, refresh
from scorecard_xl.collector import collector_paused
from scorecard_xl.exceptions import InvalidWorkbookError
from tests.scorecards import KENT, copy_of, enter

if TYPE_CHECKING:
    from pathlib import Path


def test_it_pauses_and_goes_on() -> None:
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_goes_on_after_a_refresh_that_is_refused(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    enter(path, cafs_completed_r12m="-5")
    with open_workbook(path) as workbook, pytest.raises(InvalidWorkbookError):
        refresh(workbook)
    assert gc.isenabled()
