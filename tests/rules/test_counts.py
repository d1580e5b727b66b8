from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scorecard_xl.problems import Severity
from scorecard_xl.rules import State, read_counts, read_indicators
from tests.rules.frames import codes_of, counts_of, one_indicator

INDICATORS = read_indicators(one_indicator())[0]


def read_value(value: Any, **changes: Any) -> tuple[float, Any, list[str]]:
    indicators = read_indicators(one_indicator(**changes))[0]
    counts, problems = read_counts(counts_of(visits=value, visits_due=100), indicators)
    return counts["value"].iloc[0], counts["state"].iloc[0], codes_of(problems)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("N/A", State.NOT_AVAILABLE, id="N/A"),
        pytest.param("n/a", State.NOT_AVAILABLE, id="without case"),
        pytest.param("x", State.NOT_AVAILABLE, id="x"),
        pytest.param(" TBS ", State.TO_BE_SUPPLIED, id="with spaces"),
        pytest.param("c", State.SUPPRESSED, id="c"),
        pytest.param("Z", State.NOT_APPLICABLE, id="z"),
    ],
)
def test_a_word_for_a_missing_count_is_a_state_and_a_warning(typed: str, expected: State) -> None:
    value, state, problems = read_value(typed)
    assert (math.isnan(value), state, problems) == (True, expected, ["count_not_supplied"])


@pytest.mark.parametrize("blank", [None, math.nan, "", "  ", pd.NA, pd.NaT])
def test_a_blank_is_a_warning_and_never_zero(blank: Any) -> None:
    value, state, problems = read_value(blank)
    assert (math.isnan(value), state, problems) == (True, State.NOT_ENTERED, ["count_not_entered"])


def test_a_count_without_a_code_is_called_value() -> None:
    frame = counts_of(visits=None, visits_due=100).assign(code=[None, "visits_due"])
    problems = read_counts(frame, INDICATORS)[1]
    assert [problem.finding for problem in problems if problem.code == "count_not_entered"] == [
        "value is blank"
    ]


def test_the_warning_for_a_missing_count_has_its_words() -> None:
    problems = read_counts(counts_of(visits="TBS", visits_due=100), INDICATORS)[1]
    assert [str(problem) for problem in problems] == [
        "Counts, row 1, value: visits is 'TBS', to be supplied; type the count when it is known."
    ]


@pytest.mark.parametrize(
    ("value", "code", "sentence"),
    [
        pytest.param(
            "soon",
            "unknown_state",
            "value 'soon' is not known; type a number, or N/A or x (not available),"
            " TBS (to be supplied), c (suppressed), z (not applicable).",
            id="no such word",
        ),
        pytest.param(
            "1,234",
            "number_as_text",
            "value '1,234' is text, not a number; retype it as a number.",
            id="a number as text",
        ),
        pytest.param(-3, "negative_count", "visits is -3; counts start at 0.", id="negative"),
        pytest.param(
            2.5,
            "fractional_count",
            "visits is 2.5; counts are whole numbers,"
            " unless only averages and supplied results use them.",
            id="fractional",
        ),
        pytest.param(
            True,
            "not_a_number",
            "value True is not a number; type a number, or leave it blank.",
            id="a logical value",
        ),
        pytest.param(
            math.inf,
            "not_a_number",
            "value inf is not a number; type a number, or leave it blank.",
            id="infinite",
        ),
        pytest.param(
            dt.date(2013, 1, 31),
            "not_a_number",
            "value datetime.date(2013, 1, 31) is not a number; type a number, or leave it blank.",
            id="a date",
        ),
    ],
)
def test_what_is_no_count_is_an_error(value: Any, code: str, sentence: str) -> None:
    (problem,) = read_counts(counts_of(visits=value, visits_due=100), INDICATORS)[1]
    assert (problem.code, problem.severity) == (code, Severity.ERROR)
    assert str(problem) == f"Counts, row 1, value: {sentence}"


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        pytest.param("average", 45.5, [], id="averages may count in parts"),
        pytest.param("supplied", 45.5, [], id="supplied results may"),
        pytest.param("supplied", -1.5, [], id="supplied results may be negative"),
        pytest.param("average", -1.0, ["negative_count"], id="averages may not"),
        pytest.param("rate", 45.5, ["fractional_count"], id="rates may not"),
    ],
)
def test_the_use_of_a_count_decides_what_it_may_be(
    measure: str, value: float, expected: list[str]
) -> None:
    denominator = None if measure == "supplied" else "visits_due"
    assert read_value(value, measure=measure, denominator=denominator)[2] == expected


def test_a_logical_value_is_no_code() -> None:
    counts = counts_of(visits=75, visits_due=100).assign(code=["visits", True])
    (problem,) = read_counts(counts, INDICATORS)[1]
    assert str(problem) == (
        "Counts, row 2, code: code 'TRUE' is not text;"
        " type an apostrophe in front of it, or another code."
    )


def test_one_use_that_needs_whole_numbers_is_enough() -> None:
    frame = pd.concat([one_indicator(measure="average"), one_indicator(indicator="second")])
    counts = counts_of(VISITS=2.5, visits_due=100)
    assert codes_of(read_counts(counts, read_indicators(frame)[0])[1]) == ["fractional_count"]


def test_codes_are_unique_without_case() -> None:
    counts = pd.concat([counts_of(visits=1, due=2), counts_of(Visits=1)])
    (problem,) = read_counts(counts, INDICATORS)[1]
    assert (problem.code, problem.position.row if problem.position else None) == (
        "duplicate_code",
        2,
    )
    assert "is already in Counts, row 1" in str(problem)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"area": ["Kent", "Medway"]}, id="another area"),
        pytest.param({"as_at": [dt.date(2013, 1, 31), dt.date(2012, 12, 31)]}, id="another date"),
    ],
)
def test_a_code_may_come_again_in_another_scorecard(keys: dict[str, list[Any]]) -> None:
    counts = pd.concat([counts_of(visits=1), counts_of(visits=2)]).assign(**keys)
    assert read_counts(counts, INDICATORS)[1] == []


def test_an_area_left_blank_is_an_error() -> None:
    counts = counts_of().assign(area=["Kent", " "])
    assert codes_of(read_counts(counts, INDICATORS)[1]) == ["area_blank"]


def test_a_date_that_is_none_is_an_error() -> None:
    counts = counts_of().assign(as_at=["2013-01-31", "January"])
    (problem,) = read_counts(counts, INDICATORS)[1]
    assert str(problem) == (
        "Counts, row 2, as at: as at 'January' is not a date; type a date such as 31/01/2013."
    )


def test_whole_columns_of_numbers_are_read_in_any_form() -> None:
    for values in ([1, 2], [1.0, 2.0], pd.array([1, 2], dtype="Int64"), np.array([1, 2], object)):
        counts, problems = read_counts(counts_of().assign(value=values), INDICATORS)
        assert (counts["value"].tolist(), problems) == ([1.0, 2.0], [])


def test_blank_rows_are_left_out_and_positions_kept() -> None:
    counts = pd.concat([counts_of(visits=1).map(lambda _: None), counts_of(visits=2, due=-1)])
    typed, problems = read_counts(counts, INDICATORS)
    assert typed.index.tolist() == [1, 2]
    assert [problem.position.row for problem in problems if problem.position] == [2]


def test_an_error_marker_of_an_engine_is_missing_without_a_further_problem() -> None:
    value, state, problems = read_value(object())
    assert (math.isnan(value), state, problems) == (True, State.NOT_ENTERED, [])


def test_states_are_shown_in_words() -> None:
    assert [state.words for state in State] == [
        "not entered",
        "not available",
        "to be supplied",
        "suppressed",
        "not applicable",
        "none due",
        "zero denominator",
        "new year",
    ]
