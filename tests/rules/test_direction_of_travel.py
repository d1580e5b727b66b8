from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from scorecard_xl.rules import Compare, Travel, direction_of_travel

IMPROVED, WORSENED, SAME = Travel.IMPROVED, Travel.WORSENED, Travel.SAME


def one_result(**values: Any) -> pd.DataFrame:
    row = {"polarity": "H", "target": 10.0, "previous": 50.0, "result": 60.0, "measure": "rate"}
    return pd.DataFrame([row | values])


@pytest.mark.parametrize(
    ("polarity", "previous", "result", "expected"),
    [
        pytest.param("H", 42.0, 80.0, IMPROVED, id="more, where high is good"),
        pytest.param("H", 80.0, 42.0, WORSENED, id="less, where high is good"),
        pytest.param("L", 42.0, 80.0, WORSENED, id="more, where low is good"),
        pytest.param("L", 80.0, 42.0, IMPROVED, id="less, where low is good"),
        pytest.param("T", 15.0, 12.0, IMPROVED, id="nearer, from above"),
        pytest.param("T", 7.0, 12.0, IMPROVED, id="nearer, past a target of 10"),
        pytest.param("T", 9.0, 12.0, WORSENED, id="farther, past a target of 10"),
        pytest.param("T", 9.9, 10.1, SAME, id="either side of a target of 10"),
        pytest.param("H", 0.3, 0.1 + 0.2, SAME, id="noise of floats is no change"),
        pytest.param("H", 7.0, 7.000001, IMPROVED, id="any change, however small"),
        pytest.param("L", 0.0, 0.0, SAME, id="none and none"),
    ],
)
def test_a_change_is_judged_by_polarity(
    polarity: str, previous: float, result: float, expected: Travel
) -> None:
    frame = one_result(polarity=polarity, previous=previous, result=result)
    assert direction_of_travel(frame, reference="previous").item() is expected


@pytest.mark.parametrize(
    "missing",
    [
        pytest.param({"polarity": None}, id="no polarity"),
        pytest.param({"previous": math.nan}, id="nothing to compare with"),
        pytest.param({"result": math.nan}, id="no result"),
        pytest.param({"polarity": "T", "target": math.nan}, id="no target to be near"),
    ],
)
def test_without_what_it_takes_there_is_no_arrow(missing: dict[str, Any]) -> None:
    assert direction_of_travel(one_result(**missing), reference="previous").isna().item()


def test_high_and_low_need_no_target() -> None:
    frame = one_result(target=math.nan)
    assert direction_of_travel(frame, reference="previous").item() is IMPROVED


@pytest.mark.parametrize(
    ("polarity", "result", "expected"),
    [
        pytest.param("H", 51.0, SAME, id="2% of 50 is 1: the edge is none"),
        pytest.param("H", 51.1, IMPROVED, id="past the edge"),
        pytest.param("L", 51.1, WORSENED, id="past the edge, low is good"),
        pytest.param("H", 49.0, SAME, id="the edge below"),
        pytest.param("T", 49.0, SAME, id="the change counts, not the distance"),
        pytest.param("T", 48.9, IMPROVED, id="past the edge, nearer to 10"),
    ],
)
def test_small_changes_may_count_as_none(polarity: str, result: float, expected: Travel) -> None:
    frame = one_result(polarity=polarity, result=result)
    assert direction_of_travel(frame, reference="previous", same_within=0.02).item() is expected


@pytest.mark.parametrize(
    ("compare", "expected"),
    [
        pytest.param(Compare.UNROUNDED, IMPROVED, id="54 of 768 is 7.03%, up from 7.0%"),
        pytest.param(Compare.AS_SHOWN, SAME, id="7.0% and 7.0%"),
    ],
)
def test_what_is_compared_is_a_setting(compare: Compare, expected: Travel) -> None:
    frame = one_result(result=54 / 768, previous=0.07, measure="percentage")
    assert direction_of_travel(frame, reference="previous", compare=compare).item() is expected


def test_the_reference_is_a_column() -> None:
    frame = one_result(outturn=70.0)
    assert direction_of_travel(frame, reference="outturn").item() is WORSENED


def test_arrows_point_up_for_better() -> None:
    assert [travel.arrow for travel in Travel] == ["↑", "↓", "→"]
