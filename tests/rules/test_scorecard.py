from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

import pandas as pd
import pytest

from scorecard_xl.exceptions import InvalidInputsError, ScorecardError
from scorecard_xl.problems import TablePosition
from scorecard_xl.rules import Settings, State, build_scorecard
from tests.rules.frames import (
    codes_of,
    counts_of,
    history_of,
    inputs_with,
    one_indicator,
    problems_with,
    row_of,
    scorecard_with,
    setting_table,
    settings_as_at,
)

TWO_AREAS = pd.concat(
    [
        counts_of(visits=90, visits_due=100).assign(area="Medway"),
        counts_of(visits=50, visits_due=100).assign(area="Kent"),
    ]
)


def test_every_error_of_all_four_tables_is_raised_at_once() -> None:
    inputs = inputs_with(
        indicators=one_indicator(polarity="high"),
        counts=counts_of(visits=-3, visits_due=100),
        history=history_of(("March", "visits_in_time", 0.5)),
        settings=setting_table(fill="formula"),
    )
    with pytest.raises(InvalidInputsError) as raised:
        build_scorecard(**inputs)
    assert codes_of(list(raised.value.problems)) == [
        "negative_count",
        "unknown_polarity",
        "not_a_date",
        "unknown_fill",
    ]


def test_warnings_do_not_stop_a_scorecard() -> None:
    scorecard = scorecard_with(counts=counts_of(visits=None, visits_due=100))
    assert codes_of(list(scorecard.problems)) == ["count_not_entered"]
    assert scorecard.results["state"].item() is State.NOT_ENTERED


def test_a_count_that_is_not_there_is_told_with_the_closest() -> None:
    (problem,) = problems_with(indicators=one_indicator(numerator="vists"))
    assert str(problem) == (
        "Indicators, row 1, numerator: numerator 'vists' is not among the counts;"
        " use 'visits', or add it to Counts."
    )


def test_a_count_unlike_any_other_is_to_be_added() -> None:
    (problem,) = problems_with(indicators=one_indicator(denominator="population"))
    assert problem.remedy == "add it to Counts"


def test_counts_are_found_without_case() -> None:
    row = row_of(scorecard_with(indicators=one_indicator(numerator="VISITS")))
    assert (row["numerator"], row["denominator"], row["result"]) == (75, 100, 0.75)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        pytest.param({"green_tolerance": 0.2}, ["amber_below_green"], id="green past the default"),
        pytest.param(
            {"green_tolerance": 0.2, "floor": 0.5}, [], id="a floor replaces the amber tolerance"
        ),
        pytest.param(
            {"green_tolerance": 0.02, "amber_tolerance": 0.01, "tolerance_unit": "points"},
            ["amber_below_green"],
            id="in points",
        ),
        pytest.param(
            {"green_tolerance": 0.02, "amber_tolerance": 0.05, "tolerance_unit": "points"},
            [],
            id="points in order",
        ),
    ],
)
def test_amber_reaches_at_least_as_far_as_green(own: dict[str, Any], expected: list[str]) -> None:
    assert codes_of(problems_with(indicators=one_indicator(**own))) == expected


def test_bands_that_nobody_agreed_are_one_warning_a_polarity() -> None:
    indicators = pd.concat(
        [one_indicator(indicator=code, polarity=code[0]) for code in ("H1", "H2", "L1")]
        + [one_indicator(indicator="H3", green_tolerance=0.0, floor=0.7)]
    )
    problems = problems_with(indicators=indicators, settings=setting_table(green_tolerance_H=None))
    assert [(problem.finding, problem.position) for problem in problems] == [
        (
            "2 indicators of polarity H are not rated until bands are agreed",
            TablePosition(table="Settings", row=2, column="value"),
        ),
        (
            "1 indicator of polarity L is not rated until bands are agreed",
            TablePosition(table="Settings", column="value"),
        ),
    ]


def test_settings_may_come_as_their_table() -> None:
    table = setting_table(green_tolerance_H="0%", amber_tolerance_H="10%")
    assert row_of(scorecard_with(settings=table))["rag"] == "A"


def test_the_record_is_plain_json() -> None:
    history = history_of((dt.date(2012, 12, 31), "visits_in_time", 0.75))
    record = scorecard_with(history=history).to_record()
    assert json.loads(json.dumps(record, allow_nan=False)) == {
        "title": "Scorecard - Kent",
        "area": "Kent",
        "as_at": "2013-01-31",
        "period_label": "Jan 2013",
        "summary": record["summary"],
        "results": [
            {
                "indicator": "visits_in_time",
                "section": "HOW WELL ?",
                "name": "Visits in time",
                "polarity": "H",
                "data_period": "SS",
                "measure": "percentage",
                "result": 0.75,
                "state": None,
                "rag": "A",
                "numerator": 75,
                "denominator": 100,
                "target": 0.8,
                "floor": None,
                "previous": 0.75,
                "dot_previous": "same",
                "outturn": None,
                "dot_outturn": None,
            }
        ],
    }


def test_the_records_are_those_of_the_record_by_section_too() -> None:
    scorecard = scorecard_with()
    rows = scorecard.to_record()["results"]
    assert scorecard.records() == rows
    assert scorecard.sections() == {"HOW WELL ?": rows}


def test_columns_are_lists_of_plain_values() -> None:
    history = history_of((dt.date(2012, 12, 31), "visits_in_time", 1.0), restated=[0.5])
    names = "polarity", "floor", "numerator", "previous", "previous_as_at", "previous_restated"
    found = scorecard_with(history=history).columns(names)
    assert found == [["H"], [None], [75], [0.5], [dt.date(2012, 12, 31)], [True]]
    assert [type(values[0]) for values in found] == [str, type(None), int, float, dt.date, bool]


def lists_of(frame: pd.DataFrame) -> dict[str, list[Any]]:
    return {str(name): frame[name].tolist() for name in frame}


def test_tables_may_come_as_lists_by_column() -> None:
    frames = inputs_with(
        history=history_of((dt.date(2012, 12, 31), "visits_in_time", 0.5)),
        settings=setting_table(green_tolerance_H="0%", amber_tolerance_H="10%"),
    )
    found = build_scorecard(**{name: lists_of(frame) for name, frame in frames.items()})
    pd.testing.assert_frame_equal(found.results, build_scorecard(**frames).results)


def test_problems_of_lists_have_the_rows_of_the_lists() -> None:
    blank = counts_of(visits=1).map(lambda _: None)
    counts = pd.concat([blank, counts_of(visits=-1, visits_due=100)])
    found = problems_with(counts=lists_of(counts))
    assert found == problems_with(counts=counts)
    assert [problem.position for problem in found] == [
        TablePosition(table="Counts", row=1, column="value")
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        pytest.param({"visits": 0, "visits_due": 0}, "none_due", id="none due"),
        pytest.param({"visits": 1, "visits_due": 0}, "zero_denominator", id="zero denominator"),
        pytest.param({"visits": "c", "visits_due": "x"}, "suppressed", id="numerator first"),
    ],
)
def test_what_has_no_result_has_a_state_and_is_in_no_tally(
    values: dict[str, Any], words: str
) -> None:
    scorecard = scorecard_with(counts=counts_of(**values))
    row = row_of(scorecard)
    assert (row["result"], row["state"], row["rag"]) == (None, words, None)
    assert scorecard.summary.startswith("As at 31/01/2013, Kent has 0 indicators rated as Green,")


def test_the_last_extraction_is_told() -> None:
    counts = counts_of().assign(extracted=[dt.date(2013, 2, 7), dt.date(2013, 2, 8)])
    scorecard = scorecard_with(counts=counts)
    assert scorecard.period_line == "Jan 2013   |   Data as at 31/01/2013, extracted 08/02/2013"


def test_counts_with_areas_hold_a_scorecard_for_each() -> None:
    results = scorecard_with(counts=TWO_AREAS).results
    assert results[["area", "indicator", "result", "rag"]].to_numpy().tolist() == [
        ["Medway", "visits_in_time", 0.9, "G"],
        ["Kent", "visits_in_time", 0.5, "R"],
    ]


def test_each_area_has_its_own_sentence() -> None:
    summaries = scorecard_with(counts=TWO_AREAS).summaries
    assert summaries["area"].tolist() == ["Medway", "Kent"]
    medway, kent = summaries["summary"]
    assert medway.startswith("As at 31/01/2013, Medway has 1 indicator rated as Green, 0 ")
    assert kent.startswith("As at 31/01/2013, Kent has 0 indicators rated as Green, 0 ")


@pytest.mark.parametrize("name", ["summary", "tallies", "tally_line", "title", "period_line"])
def test_many_scorecards_have_no_one_summary(name: str) -> None:
    scorecard = scorecard_with(counts=TWO_AREAS)
    with pytest.raises(ScorecardError, match="There are 2 scorecards here; use"):
        getattr(scorecard, name)


def test_many_scorecards_point_to_their_summaries() -> None:
    with pytest.raises(ScorecardError, match=r"use \.summaries\."):
        _ = scorecard_with(counts=TWO_AREAS).summary


def test_one_area_in_the_counts_names_the_scorecard() -> None:
    scorecard = scorecard_with(counts=TWO_AREAS.iloc[:2])
    assert (scorecard.title, scorecard.results["area"].item()) == ("Scorecard - Medway", "Medway")


def test_indicators_and_history_may_differ_by_area() -> None:
    indicators = pd.concat(
        [
            one_indicator().assign(area="Kent"),
            one_indicator(target=0.5).assign(area="MEDWAY"),
            one_indicator(indicator="second").assign(area="Kent"),
        ]
    )
    december = dt.date(2012, 12, 31)
    history = history_of(
        (december, "visits_in_time", 0.4),
        (december, "visits_in_time", 0.95),
        area=["Kent", "Medway"],
    )
    results = scorecard_with(indicators=indicators, counts=TWO_AREAS, history=history).results
    columns = ["area", "indicator", "target", "dot_previous"]
    found = results[columns].astype(object).where(results[columns].notna(), None)
    assert found.to_numpy().tolist() == [
        ["Medway", "visits_in_time", 0.5, "worsened"],
        ["Kent", "visits_in_time", 0.8, "improved"],
        ["Kent", "second", 0.8, None],
    ]


def test_an_area_with_indicators_and_no_counts_is_an_error() -> None:
    indicators = pd.concat([one_indicator().assign(area=area) for area in ("Kent", "Dover")])
    (problem,) = problems_with(indicators=indicators, counts=TWO_AREAS)
    assert str(problem) == (
        "Indicators, row 2, area: area 'Dover' has indicators and no counts;"
        " add its counts, or take its indicators out."
    )


def test_a_count_missing_from_one_area_is_told_with_the_area() -> None:
    (problem,) = problems_with(counts=TWO_AREAS.iloc[[0, 1, 3]])
    assert problem.finding == "numerator 'visits' is not among the counts of Kent"


def test_each_date_is_compared_with_its_own_month_before() -> None:
    november, december, january = dt.date(2012, 11, 30), dt.date(2012, 12, 31), dt.date(2013, 1, 31)
    counts = pd.concat(
        [
            counts_of(visits=60, visits_due=100).assign(as_at=december),
            counts_of(visits=70, visits_due=100).assign(as_at=january),
        ]
    )
    history = history_of((november, "visits_in_time", 0.65), (december, "visits_in_time", 0.6))
    results = scorecard_with(counts=counts, history=history).results
    assert results["as_at"].dt.date.tolist() == [december, january]
    assert results["previous"].tolist() == [0.65, 0.6]
    assert results["dot_previous"].tolist() == ["worsened", "improved"]


def test_a_date_typed_for_the_settings_own_month_is_kept() -> None:
    november = dt.date(2012, 11, 30)
    history = history_of((november, "visits_in_time", 0.65))
    settings = settings_as_at(previous_as_at=november)
    assert row_of(scorecard_with(history=history, settings=settings))["previous"] == 0.65


def test_empty_tables_make_an_empty_scorecard() -> None:
    scorecard = scorecard_with(indicators=one_indicator().iloc[:0], counts=counts_of().iloc[:0])
    assert (len(scorecard.results), scorecard.tallies.green) == (0, 0)


def test_a_history_without_columns_is_empty() -> None:
    assert math.isnan(scorecard_with(history=pd.DataFrame()).results["previous"].item())


def test_settings_of_the_scorecard_are_those_it_was_built_with() -> None:
    settings = settings_as_at(title="Ours")
    found: Settings = scorecard_with(settings=settings).settings
    assert found == settings
