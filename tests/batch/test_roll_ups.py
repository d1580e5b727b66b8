"""Counts added up: what a parent shows is what its areas' cases add up to, or that they do not."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard_xl.rules.roll_up import members_of, rolled_up
from tests.batch.areas import AS_AT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CODES = ("referrals", "children", "days")


def frame(rows: Sequence[tuple[str, str, object]], as_at: object = AS_AT) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["area", "code", "value"], dtype=object)
    return table.assign(as_at=as_at)


def values(sums: pd.DataFrame) -> dict[tuple[str, str], object]:
    return {
        (area, code): value
        for area, code, value in zip(sums["area"], sums["code"], sums["value"], strict=True)
    }


def sources(sums: pd.DataFrame) -> list[str]:
    return list(sums["source"])


def test_cases_are_added_up() -> None:
    # 8 + 5 + 0 = 13
    rows = [("Ashford", "referrals", 8.0), ("Dover", "referrals", 5.0), ("Deal", "referrals", 0.0)]
    sums = rolled_up(frame(rows), {"Kent": ["Ashford", "Dover", "Deal"]})
    assert values(sums) == {("Kent", "referrals"): 13.0}
    assert sources(sums) == ["Sum of 3 areas"]


@pytest.mark.parametrize("missing", ["absent", None, "N/A", "x", "TBS", "c"])
def test_a_missing_child_makes_its_parent_not_available_and_is_named(missing: object) -> None:
    rows: list[tuple[str, str, object]] = [("Ashford", "referrals", 8.0)]
    if missing != "absent":
        rows.append(("dover", "Referrals", missing))
    sums = rolled_up(frame(rows), {"Kent": ["Ashford", "Dover"]})
    assert values(sums) == {("Kent", "referrals"): "N/A"}
    assert sources(sums) == ["Not added up: Dover has no usable count"]


@pytest.mark.parametrize("wrong", [-5.0, 2.5, 1e300])
def test_a_count_that_is_wrong_is_in_no_sum(wrong: float) -> None:
    rows = [("Ashford", "referrals", 8.0), ("Dover", "referrals", wrong)]
    sums = rolled_up(frame(rows), {"Kent": ["Ashford", "Dover"]})
    assert values(sums) == {("Kent", "referrals"): "N/A"}


def test_days_that_are_averaged_need_not_be_whole() -> None:
    # 8.5 + 7.5 = 16
    rows = [("Ashford", "days", 8.5), ("Dover", "days", 7.5)]
    sums = rolled_up(frame(rows), {"Kent": ["Ashford", "Dover"]}, fractional=["Days"])
    assert values(sums) == {("Kent", "days"): 16.0}


def test_what_is_not_applicable_adds_nothing() -> None:
    rows = [("Ashford", "referrals", 8.0), ("Dover", "referrals", "z")]
    both = [*rows, ("Ashford", "children", "z"), ("Dover", "children", "Z")]
    sums = rolled_up(frame(both), {"Kent": ["Ashford", "Dover"]})
    assert values(sums) == {("Kent", "referrals"): 8.0, ("Kent", "children"): "z"}


def test_results_that_others_supply_are_not_added_up() -> None:
    rows = [("Ashford", "days", 8.5), ("Dover", "days", 7.5)]
    sums = rolled_up(frame(rows), {"Kent": ["Ashford", "Dover"]}, not_added=["days"])
    assert values(sums) == {("Kent", "days"): "N/A"}
    assert sources(sums) == ["Not added up: results that others supply make no sum"]


def test_many_missing_areas_are_counted() -> None:
    names = [f"D{i}" for i in range(6)]
    sums = rolled_up(frame([("D0", "referrals", 1.0)]), {"Kent": names})
    assert sources(sums) == ["Not added up: D1, D2, D3 and 2 more have no usable count"]


def test_a_region_adds_up_what_lies_under_its_counties() -> None:
    pairs = [("Ashford", "Kent"), ("Dover", "kent"), ("Kent", "South East"), ("Hove", "south east")]
    assert members_of(pairs) == {
        "Kent": ["Ashford", "Dover"],
        "South East": ["Ashford", "Dover", "Hove"],
    }


def test_an_area_under_itself_is_named() -> None:
    with pytest.raises(ValueError, match="South East"):
        members_of([("Kent", "South East"), ("South East", "Kent")])


def test_areas_may_lie_under_each_other_however_deep() -> None:
    pairs = [(f"Area {i}", f"Area {i + 1}") for i in reversed(range(3_000))]
    assert members_of(pairs)["Area 3000"] == ["Area 0"]


@given(seed=st.integers(0, 100_000))
@settings(max_examples=100)
def test_the_sum_of_the_districts_is_the_county_whatever_is_missing(seed: int) -> None:
    chance = random.Random(seed)
    members = {
        f"County {i}": [f"District {i}.{j}" for j in range(chance.randint(1, 5))] for i in range(3)
    }
    months = pd.date_range("2013-01-31", periods=3, freq="ME").date
    rows = []
    for areas in members.values():
        for area in areas:
            for month in months:
                if chance.random() < 0.1:
                    continue
                for code in CODES:
                    if chance.random() < 0.95:
                        value: Any = chance.choice([float(chance.randrange(10**6)), 0.0, None, "c"])
                        rows.append((area, month, code, value))
    if not rows:
        return
    table = pd.DataFrame(rows, columns=["area", "as_at", "code", "value"], dtype=object)
    sums = rolled_up(table, members)
    found = {
        (area, as_at, code): value
        for area, as_at, code, value in sums[["area", "as_at", "code", "value"]].itertuples(
            index=False, name=None
        )
    }
    assert found == by_hand(rows, members)


def by_hand(
    rows: Sequence[tuple[str, Any, str, Any]], members: Mapping[str, Sequence[str]]
) -> dict[tuple[str, Any, str], Any]:
    """The same by a loop: a number where every district has one."""
    held = {(area, month, code): value for area, month, code, value in rows}
    sums: dict[tuple[str, Any, str], Any] = {}
    for county, areas in members.items():
        for month, code in {(month, code) for area, month, code in held if area in areas}:
            own = [held.get((area, month, code)) for area in areas]
            numbers = [value for value in own if isinstance(value, float)]
            sums[county, month, code] = sum(numbers) if len(numbers) == len(own) else "N/A"
    return sums
