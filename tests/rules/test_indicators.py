from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from scorecard_xl.problems import Severity, TablePosition
from scorecard_xl.rules import Measure, Polarity, ToleranceUnit, read_indicators
from tests.rules.frames import codes_of, one_indicator


def test_codes_and_choices_are_read_without_case_or_spaces() -> None:
    frame = one_indicator(indicator=" visits ", polarity="h", measure="Rate", tolerance_unit="")
    indicators, problems = read_indicators(frame)
    assert problems == []
    assert indicators.iloc[0][["indicator", "polarity", "measure", "tolerance_unit"]].tolist() == [
        "visits",
        Polarity.HIGH,
        Measure.RATE,
        ToleranceUnit.SHARE,
    ]


def test_optional_columns_may_be_absent() -> None:
    frame = one_indicator().iloc[:, :9]
    indicators, problems = read_indicators(frame)
    assert problems == []
    assert indicators["floor"].isna().all()


def test_blank_rows_are_left_out_and_positions_kept() -> None:
    blank = one_indicator().map(lambda _: None)
    frame = pd.concat([blank, one_indicator(), blank.assign(name=" "), one_indicator(name="")])
    indicators, problems = read_indicators(frame)
    assert indicators.index.tolist() == [1, 3]
    assert [(problem.code, problem.position.row) for problem in problems if problem.position] == [
        ("duplicate_code", 3),
        ("name_blank", 3),
    ]


@pytest.mark.parametrize(
    ("changes", "code", "column", "sentence"),
    [
        pytest.param(
            {"indicator": None},
            "code_blank",
            "indicator",
            "indicator is blank beside other content; give the row a code, or clear it.",
            id="no code",
        ),
        pytest.param(
            {"indicator": "NI 59"},
            "ill_formed_code",
            "indicator",
            "indicator is 'NI 59'; codes are letters, digits and _, starting with a letter, "
            "255 at most.",
            id="a space in a code",
        ),
        pytest.param(
            {"indicator": "visits*"},
            "ill_formed_code",
            "indicator",
            "indicator is 'visits*'; codes are letters, digits and _, starting with a letter, "
            "255 at most.",
            id="a wildcard in a code",
        ),
        pytest.param(
            {"name": " "},
            "name_blank",
            "name",
            "name is blank; type what directors should read.",
            id="no name",
        ),
        pytest.param(
            {"polarity": "high"},
            "unknown_polarity",
            "polarity",
            "polarity 'high' is not known; use H, L or T, or leave it blank.",
            id="unknown polarity",
        ),
        pytest.param(
            {"measure": "ratio"},
            "unknown_measure",
            "measure",
            "measure 'ratio' is not known; use count, percentage, rate, average or supplied.",
            id="unknown measure",
        ),
        pytest.param(
            {"measure": None},
            "measure_blank",
            "measure",
            "measure is blank; use count, percentage, rate, average or supplied.",
            id="no measure",
        ),
        pytest.param(
            {"tolerance_unit": "percent"},
            "unknown_tolerance_unit",
            "tolerance_unit",
            "tolerance unit 'percent' is not known;"
            " use share or points, or leave it blank for share.",
            id="unknown unit",
        ),
        pytest.param(
            {"numerator": ""},
            "numerator_missing",
            "numerator",
            "numerator is blank; name the count the result is made from.",
            id="no numerator",
        ),
        pytest.param(
            {"denominator": None, "measure": "average"},
            "denominator_missing",
            "denominator",
            "an average has no denominator; name the count to divide by.",
            id="no denominator",
        ),
        pytest.param(
            {"target": "eighty"},
            "not_a_number",
            "target",
            "target 'eighty' is not a number; type a number, or leave it blank.",
            id="a target in words",
        ),
        pytest.param(
            {"target": "0.8"},
            "number_as_text",
            "target",
            "target '0.8' is text, not a number; retype it as a number.",
            id="a target as text",
        ),
        pytest.param(
            {"target": 69.5},
            "percentage_above_1",
            "target",
            "target is 69.5, which is 6,950%; type 69.5%.",
            id="69.5 for 69.5%",
        ),
        pytest.param(
            {"amber_tolerance": 5.0, "tolerance_unit": "points"},
            "percentage_above_1",
            "amber_tolerance",
            "amber tolerance is 5, which is 500%; type 5%.",
            id="5 for 5 percentage points",
        ),
        pytest.param(
            {"green_tolerance": -0.1},
            "negative_tolerance",
            "green_tolerance",
            "green tolerance is -0.1; tolerances start at 0.",
            id="a negative tolerance",
        ),
        pytest.param(
            {"polarity": "T", "floor": 0.7},
            "floor_with_polarity_t",
            "floor",
            "floor is 0.7 with polarity 'T'; use an amber tolerance instead, or polarity H or L.",
            id="a floor where close is good",
        ),
        pytest.param(
            {"floor": 0.85},
            "floor_beyond_target",
            "floor",
            "floor 0.85 is above the target of 0.8 with polarity 'H';"
            " a floor is at most the target.",
            id="a floor above the target",
        ),
        pytest.param(
            {"floor": 0.75, "polarity": "L"},
            "floor_beyond_target",
            "floor",
            "floor 0.75 is below the target of 0.8 with polarity 'L';"
            " a floor is at least the target.",
            id="a floor below the target, low is good",
        ),
    ],
)
def test_an_error_says_what_is_there_and_what_would_do(
    changes: dict[str, Any], code: str, column: str, sentence: str
) -> None:
    (problem,) = read_indicators(one_indicator(**changes))[1]
    position = TablePosition(table="Indicators", row=0, column=column)
    assert (problem.code, problem.position) == (code, position)
    assert problem.severity is Severity.ERROR
    assert str(problem) == f"{position}: {sentence}"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"section": None}, "section_blank", id="no section"),
        pytest.param({"measure": "count"}, "denominator_ignored", id="a count of something"),
        pytest.param({"floor": 0.7, "polarity": None}, "floor_ignored", id="a floor alone"),
        pytest.param({"floor": 0.7, "target": None}, "floor_without_target", id="floor, no target"),
    ],
)
def test_what_does_no_harm_is_a_warning(changes: dict[str, Any], code: str) -> None:
    (problem,) = read_indicators(one_indicator(**changes))[1]
    assert (problem.code, problem.severity) == (code, Severity.WARNING)


def test_a_code_is_the_same_in_capitals() -> None:
    frame = pd.concat([one_indicator(), one_indicator(indicator="VISITS_in_time")])
    (problem,) = read_indicators(frame)[1]
    assert str(problem) == (
        "Indicators, row 2, indicator: indicator 'VISITS_in_time' is already in"
        " Indicators, row 1; keep one of the rows, or rename one."
    )


def test_a_floor_at_the_target_is_no_error() -> None:
    assert read_indicators(one_indicator(target=0.3, floor=0.1 + 0.2))[1] == []


def test_a_missing_column_is_told_once() -> None:
    _, problems = read_indicators(one_indicator().drop(columns="numerator"))
    assert [(problem.code, problem.position) for problem in problems] == [
        ("missing_column", TablePosition(table="Indicators", column="numerator"))
    ]


def test_every_problem_is_told_in_the_order_of_rows_and_columns() -> None:
    frame = pd.concat([one_indicator(target="x", name=None), one_indicator(measure="?", floor="y")])
    assert codes_of(read_indicators(frame)[1]) == [
        "name_blank",
        "not_a_number",
        "duplicate_code",
        "unknown_measure",
        "not_a_number",
    ]


def test_an_error_marker_of_an_engine_is_missing_without_a_further_problem() -> None:
    indicators, problems = read_indicators(one_indicator(target=object()))
    assert problems == []
    assert indicators["target"].isna().item()
