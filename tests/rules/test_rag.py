from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from scorecard_xl.rules import Compare, Polarity, Rag, rag_ratings
from tests.rules.frames import KENT_TOLERANCES

G, A, R = Rag.GREEN, Rag.AMBER, Rag.RED


def one_result(**values: Any) -> pd.DataFrame:
    return pd.DataFrame([{"polarity": "H", "result": 90.0, "target": 100.0} | values])


def rating(**values: Any) -> Any:
    found = rag_ratings(one_result(**values), **KENT_TOLERANCES).item()
    return None if pd.isna(found) else found


@pytest.mark.parametrize(
    ("polarity", "result", "expected"),
    [
        pytest.param("H", 100.0, G, id="high: at the target"),
        pytest.param("H", 130.0, G, id="high: beyond the target"),
        pytest.param("H", 99.9, A, id="high: just short"),
        pytest.param("H", 90.0, A, id="high: the far edge of 10% is amber"),
        pytest.param("H", 89.9, R, id="high: past the far edge"),
        pytest.param("L", 100.0, G, id="low: at the target"),
        pytest.param("L", 70.0, G, id="low: below the target"),
        pytest.param("L", 110.0, A, id="low: the far edge of 10% is amber"),
        pytest.param("L", 110.1, R, id="low: past the far edge"),
        pytest.param("T", 105.0, G, id="close: the edge of 5% above is green"),
        pytest.param("T", 95.0, G, id="close: the edge of 5% below is green"),
        pytest.param("T", 105.1, A, id="close: past 5%"),
        pytest.param("T", 115.0, A, id="close: the edge of 15% is amber"),
        pytest.param("T", 84.9, R, id="close: past 15%"),
    ],
)
def test_a_result_is_rated_by_its_gap(polarity: str, result: float, expected: Rag) -> None:
    assert rating(polarity=polarity, result=result) is expected


@pytest.mark.parametrize(
    "missing",
    [
        pytest.param({"polarity": None}, id="no polarity"),
        pytest.param({"target": math.nan}, id="no target"),
        pytest.param({"result": math.nan}, id="no result"),
    ],
)
def test_without_polarity_target_or_result_there_is_no_rating(missing: dict[str, Any]) -> None:
    assert rating(**missing) is None


def test_without_agreed_tolerances_there_is_no_rating() -> None:
    assert rag_ratings(one_result()).isna().item()


def test_without_an_amber_tolerance_even_a_good_result_has_no_rating() -> None:
    found = rag_ratings(one_result(result=120.0), green_tolerance={Polarity.HIGH: 0.0})
    assert found.isna().item()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # 13.4 x 45% = 6.03; 18.9 is 5.5 from 13.4
        pytest.param(
            {"polarity": "T", "result": 18.9, "target": 13.4, "amber_tolerance": 0.45},
            A,
            id="own amber tolerance, green from the settings",
        ),
        pytest.param({"green_tolerance": 0.1}, G, id="own green tolerance"),
        pytest.param(
            {"green_tolerance": 0.0, "amber_tolerance": 10.0, "tolerance_unit": "points"},
            A,
            id="ten points short of 100",
        ),
        pytest.param(
            {"green_tolerance": 0.0, "amber_tolerance": 9.9, "tolerance_unit": "points"},
            R,
            id="9.9 points do not reach",
        ),
        pytest.param(
            {"green_tolerance": 0.0, "tolerance_unit": "points"},
            None,
            id="a share from the settings is no number of points",
        ),
    ],
)
def test_an_indicators_own_tolerances_come_first(
    values: dict[str, Any], expected: Rag | None
) -> None:
    assert rating(**values) is expected


@pytest.mark.parametrize(
    ("polarity", "result", "floor", "expected"),
    [
        pytest.param("H", 70.0, 70.0, A, id="at the floor"),
        pytest.param("H", 69.9, 70.0, R, id="below the floor"),
        pytest.param("H", 92.0, 95.0, R, id="below the floor, within 10%"),
        pytest.param("H", 100.0, 70.0, G, id="at the target"),
        pytest.param("L", 150.0, 150.0, A, id="low: at the floor"),
        pytest.param("L", 150.1, 150.0, R, id="low: beyond the floor"),
        pytest.param("T", 115.0, 10.0, A, id="close to target: a floor means nothing"),
    ],
)
def test_a_floor_replaces_the_amber_tolerance(
    polarity: str, result: float, floor: float, expected: Rag
) -> None:
    assert rating(polarity=polarity, result=result, floor=floor) is expected


def test_a_floor_needs_no_amber_tolerance() -> None:
    found = rag_ratings(one_result(floor=70.0), green_tolerance={Polarity.HIGH: 0.0})
    assert found.item() is A


@pytest.mark.parametrize(
    ("result", "expected"), [pytest.param(0.0, G, id="none"), pytest.param(1.0, R, id="one")]
)
def test_a_target_of_zero_leaves_no_amber_by_share(result: float, expected: Rag) -> None:
    assert rating(polarity="L", target=0.0, result=result) is expected


def test_tolerances_are_shares_of_the_targets_size() -> None:
    # 10% of |-100| is 10; -110 is 10 short of -100
    assert rating(result=-110.0, target=-100.0) is A


@pytest.mark.parametrize(
    ("denominator", "expected"),
    [
        pytest.param(4.0, None, id="under the minimum"),
        pytest.param(5.0, A, id="at the minimum"),
        pytest.param(math.nan, A, id="a count has none"),
    ],
)
def test_results_of_too_few_are_not_rated(denominator: float, expected: Rag | None) -> None:
    found = rag_ratings(
        one_result(denominator=denominator), minimum_denominator=5.0, **KENT_TOLERANCES
    ).item()
    assert (None if pd.isna(found) else found) is expected


@pytest.mark.parametrize(
    ("compare", "expected"),
    [
        pytest.param(Compare.UNROUNDED, A, id="79.96% is short of 80%"),
        pytest.param(Compare.AS_SHOWN, G, id="80.0% is 80.0%"),
    ],
)
def test_what_is_compared_is_a_setting(compare: Compare, expected: Rag) -> None:
    results = one_result(result=0.7996, target=0.8, measure="percentage")
    assert rag_ratings(results, compare=compare, **KENT_TOLERANCES).item() is expected


def test_noise_of_floats_does_not_cost_a_rating() -> None:
    # 0.8 - 0.1 x 0.8 = 0.72, which floats hold as 0.7200000000000001
    assert rating(result=0.72, target=0.8) is A


def test_ratings_keep_the_index_and_number_of_rows() -> None:
    results = one_result().loc[[0] * 70_000].set_axis(range(5, 70_005))
    found = rag_ratings(results, **KENT_TOLERANCES)
    assert found.index.equals(results.index)
    assert set(found) == {A}


def test_a_letter_has_its_word() -> None:
    assert [rag.words for rag in Rag] == ["Green", "Amber", "Red"]
