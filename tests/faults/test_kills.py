"""A refresh killed while it saves: the workbook is whole, and the next refresh clears up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no SIGKILL on Windows")


def test_twenty_killed_saves_leave_whole_files_and_nothing_that_stays(tmp_path: Path) -> None:
    from tests.faults.kills import kills

    outcomes = list(kills(tmp_path, count=20, seed=20))
    assert [(each.is_whole, each.is_cleared) for each in outcomes] == [(True, True)] * 20
