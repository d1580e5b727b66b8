from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scorecard_xl.rules import Measure, State, as_shown, results_of, rounded_as_shown


def joined(measure: str, numerator: float, denominator: float, **states: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {"measure": [measure], "numerator": [numerator], "denominator": [denominator]}
        | {name: [state] for name, state in states.items()}
    )


@pytest.mark.parametrize(
    ("measure", "numerator", "denominator", "expected"),
    [
        pytest.param("count", 1604.0, math.nan, 1604.0, id="a count is its numerator"),
        pytest.param("percentage", 8611.0, 11418.0, 8611 / 11418, id="a percentage of 1"),
        pytest.param("rate", 772.0, 100_000.0, 77.2, id="772 x 10,000 / 100,000 = 77.2 exactly"),
        pytest.param("rate", 3.0, 25_000.0, 1.2, id="3 x 10,000 / 25,000, not 3 x 0.4"),
        pytest.param("average", 45.5, 7.0, 6.5, id="45.5 days over 7 children"),
        pytest.param("supplied", -1.25, math.nan, -1.25, id="a supplied result as it is"),
        pytest.param("count", 0.0, math.nan, 0.0, id="none is a count"),
        pytest.param("percentage", 0.0, 5.0, 0.0, id="none of five"),
    ],
)
def test_a_result_is_made_by_its_measure(
    measure: str, numerator: float, denominator: float, expected: float
) -> None:
    assert results_of(joined(measure, numerator, denominator))["result"].item() == expected


def test_a_rate_is_per_the_rate_base() -> None:
    # 3 x 1,000 / 40 = 75
    assert results_of(joined("rate", 3.0, 40.0), rate_base=1000.0)["result"].item() == 75.0


NAN = math.nan


@pytest.mark.parametrize(
    ("measure", "numerator", "denominator", "states", "expected"),
    [
        pytest.param("percentage", 0.0, 0.0, {}, State.NONE_DUE, id="none of none"),
        pytest.param("rate", 3.0, 0.0, {}, State.ZERO_DENOMINATOR, id="three of none"),
        pytest.param("rate", 3.0, NAN, {}, State.NOT_ENTERED, id="a missing count, no reason"),
        pytest.param(
            "rate",
            NAN,
            0.0,
            {"numerator_state": State.SUPPRESSED},
            State.SUPPRESSED,
            id="the numerator's state before a zero denominator",
        ),
        pytest.param(
            "rate",
            NAN,
            NAN,
            {"numerator_state": State.TO_BE_SUPPLIED, "denominator_state": State.SUPPRESSED},
            State.TO_BE_SUPPLIED,
            id="the numerator's state wins",
        ),
        pytest.param(
            "rate",
            0.0,
            NAN,
            {"numerator_state": None, "denominator_state": State.NOT_APPLICABLE},
            State.NOT_APPLICABLE,
            id="else the denominator's",
        ),
    ],
)
def test_a_missing_result_says_why(
    measure: str, numerator: float, denominator: float, states: dict[str, Any], expected: State
) -> None:
    found = results_of(joined(measure, numerator, denominator, **states))
    assert math.isnan(found["result"].item())
    assert found["state"].item() is expected


def test_a_count_does_not_mind_a_zero_denominator() -> None:
    found = results_of(joined("count", 4.0, 0.0))
    assert (found["result"].item(), found["state"].isna().item()) == (4.0, True)


def test_results_keep_the_index_of_the_rows() -> None:
    rows = joined("count", 4.0, NAN).set_axis([17])
    assert results_of(rows).index.tolist() == [17]


@pytest.mark.parametrize(
    ("value", "measure", "expected"),
    [
        pytest.param(0.0625, "percentage", "6.3%", id="1/16 rounds away from zero"),
        pytest.param(0.0615, "percentage", "6.2%", id="a half that floats hold low"),
        pytest.param(0.754159, "percentage", "75.4%", id="8,611 of 11,418"),
        pytest.param(1.234, "percentage", "123.4%", id="above 100%"),
        pytest.param(12.345, "percentage", "1,234.5%", id="a thousand per cent"),
        pytest.param(math.nextafter(0.0625, 0), "percentage", "6.3%", id="the float below 1/16"),
        pytest.param(0.0624999, "percentage", "6.2%", id="truly below 1/16"),
        pytest.param(0.25, "rate", "0.3", id="a quarter"),
        pytest.param(2.35, "rate", "2.4", id="2.35, held as 2.350000000000000088"),
        pytest.param(1.45, "average", "1.5", id="1.45, held as 1.44999999999999996"),
        pytest.param(67.00473648830747, "rate", "67.0", id="a trailing zero"),
        pytest.param(1234.0, "count", "1,234", id="thousands"),
        pytest.param(0.5, "count", "1", id="half a count"),
        pytest.param(-0.25, "supplied", "-0.3", id="away from zero below it"),
        pytest.param(-0.04, "supplied", "0.0", id="no minus before a zero"),
        pytest.param(30.0, "supplied", "30.0", id="supplied has one decimal"),
        pytest.param(math.nan, "rate", "", id="missing"),
        pytest.param(None, "rate", "", id="none"),
    ],
)
def test_a_value_is_shown_as_excel_shows_it(
    value: float | None, measure: str, expected: str
) -> None:
    assert as_shown(value, measure) == expected


def test_rounding_as_shown_goes_by_measure() -> None:
    values = np.array([2.5, 0.0625, 12.25, 1.05, -0.25, math.nan])
    measures = pd.Series(["count", "percentage", "rate", "average", "supplied", "rate"])
    found = rounded_as_shown(values, measures)
    np.testing.assert_array_equal(found, [3.0, 0.063, 12.3, 1.1, -0.3, math.nan])


def test_a_rate_equal_to_a_decimal_target_rounds_to_that_very_number() -> None:
    found = rounded_as_shown(np.array([77.2]), pd.Series([Measure.RATE]))
    assert found.tolist() == [77.2]
