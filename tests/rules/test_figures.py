"""Numbers as explanations write them."""

from __future__ import annotations

import pytest

from scorecard_xl.rules.figures import distance, told_apart, unrounded


@pytest.mark.parametrize(
    ("value", "is_percentage", "text"),
    [
        pytest.param(54 / 768, True, "7.03125%", id="all its decimals"),
        pytest.param(1129 / 1256, True, "89.888535%", id="six at most"),
        pytest.param(0.1, True, "10%", id="a whole percentage"),
        pytest.param(1234.0, False, "1,234", id="thousands"),
    ],
)
def test_unrounded_a_number_has_its_decimals(value: float, is_percentage: bool, text: str) -> None:
    assert unrounded(value, is_percentage=is_percentage) == text


@pytest.mark.parametrize(
    ("value", "is_percentage", "text"),
    [
        pytest.param(-0.0154, True, "1.54 points", id="between percentages, either way"),
        pytest.param(0.01, True, "1 point", id="one point"),
        pytest.param(76.0, False, "76", id="between counts"),
        pytest.param(0.000041, True, "0.0041 points", id="two digits of a small one"),
        pytest.param(2e-7, False, "0.00000020", id="no exponent"),
    ],
)
def test_a_distance_is_told_to_hundredths(value: float, is_percentage: bool, text: str) -> None:
    assert distance(value, is_percentage=is_percentage) == text


def test_two_numbers_are_told_apart_by_as_many_decimals_as_it_takes() -> None:
    assert told_apart(0.899999999, 0.9, is_percentage=True) == ("89.9999999%", "90%")
    assert told_apart(7.0, 7.03125, is_percentage=False) == ("7", "7.03125")
