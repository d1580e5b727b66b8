"""Rolled month after month, a workbook shows the arrows that all counts together give."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import check, open_workbook, refresh, scorecard_of
from scorecard_xl.new_workbook import new_from_inputs
from scorecard_xl.rolling import roll_forward
from scorecard_xl.rules import Frequency
from scorecard_xl.workbook.counts_entry import enter_counts
from tests.judges.package_check import problems_of_package
from tests.rolling.made_up import MadeUp, compared
from tests.scorecards import table_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("frequency", "start", "rolls", "last"),
    [
        # April 2014 looks back to April 2013, which a roll has put into History.
        pytest.param(Frequency.MONTH, dt.date(2013, 1, 31), 15, dt.date(2014, 4, 30), id="months"),
        pytest.param(
            Frequency.QUARTER, dt.date(2012, 12, 31), 12, dt.date(2015, 12, 31), id="quarters"
        ),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_arrows_are_those_of_recomputing_from_scratch(
    tmp_path: Path, seed: int, frequency: Frequency, start: dt.date, rolls: int, last: dt.date
) -> None:
    made_up, path = MadeUp(seed, frequency), tmp_path / "scorecard.xlsx"
    periods = [(start, made_up.counts())]
    new_from_inputs(path, made_up.inputs(periods[0][1], start))
    for _ in range(rolls):
        with open_workbook(path) as workbook:
            as_at = roll_forward(workbook).as_at
            periods.append((as_at, made_up.counts()))
            counts = periods[-1][1]
            enter_counts(workbook, counts, places=dict.fromkeys(counts, "made up"))
            refresh(workbook)
            found = compared(scorecard_of(workbook).results)
            assert not any(problem.is_error for problem in check(workbook))
            path.write_bytes(workbook.to_bytes())
        assert found == made_up.arrows_from_scratch(periods)
    assert periods[-1][0] == last
    assert table_in(path, "History").area.height == rolls * len(made_up.indicators)
    assert problems_of_package(path) == []
