"""A year like Kent's gives no warning, and each fault planted in it is found at its place."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from scorecard_xl.rules import build_scorecard
from tests.scorecards import PUBLISHED
from tests.year import JANUARY, YEAR, counts_at, kent, month_inputs, published, scorecard_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard_xl.csv_folder import Inputs
    from scorecard_xl.problems import Problem

DECEMBER, MARCH = dt.date(2012, 12, 31), dt.date(2012, 3, 31)
KEYS = {"Counts": "code", "Indicators": "indicator", "History": "indicator", "Settings": "name"}
KEYS["Commentary"] = "indicator"


def count(inputs: Inputs, code: str) -> float:
    value: float = inputs.counts.set_index("code")["value"][code]
    return value


def with_count(code: str, value: float | Callable[[Inputs], float], **columns: Any) -> Any:
    """Type a count."""

    def plant(inputs: Inputs) -> Inputs:
        counts = inputs.counts.copy()
        row = counts["code"] == code
        counts.loc[row, "value"] = value(inputs) if callable(value) else value
        for name, entry in columns.items():
            counts.loc[row, name] = entry
        return dataclasses.replace(inputs, counts=counts)

    return plant


def as_in_december(code: str, plus: float = 0.0) -> Any:
    """Leave a count as it was in December, or near it."""
    december = counts_at(DECEMBER).set_index("code")["value"]
    return with_count(code, december[code] + plus)


def all_as_in_december(inputs: Inputs) -> Inputs:
    return dataclasses.replace(inputs, counts=counts_at(DECEMBER))


def with_unused_count(inputs: Inputs) -> Inputs:
    more = pd.DataFrame([{"code": "more", "count": "More", "data_period": "SS", "value": 1.0}])
    return dataclasses.replace(inputs, counts=pd.concat([inputs.counts, more], ignore_index=True))


def with_entry(table: str, key: str, column: str, value: Any) -> Any:
    """Type into a table's row, the last that has the key."""

    def plant(inputs: Inputs) -> Inputs:
        frame = getattr(inputs, table.lower()).copy()
        row = frame.index[frame[KEYS[table]] == key][-1]
        frame.loc[row, column] = value
        return dataclasses.replace(inputs, **{table.lower(): frame})

    return plant


def without_history(code: str, day: dt.date) -> Any:
    def plant(inputs: Inputs) -> Inputs:
        rows = (inputs.history["indicator"] == code) & (inputs.history["as_at"] == day)
        history = inputs.history[~rows].reset_index(drop=True)
        return dataclasses.replace(inputs, history=history)

    return plant


def with_own_history(inputs: Inputs, **results: float) -> Inputs:
    """Have History hold January already, some of its results otherwise."""
    rows = [{**row, "result": results.get(row["indicator"], row["result"])} for row in JANUARYS]
    history = pd.concat([inputs.history, pd.DataFrame(rows)], ignore_index=True)
    return dataclasses.replace(inputs, history=history)


def without_comment(code: str) -> Any:
    def plant(inputs: Inputs) -> Inputs:
        rows = inputs.commentary[inputs.commentary["indicator"] != code]
        return dataclasses.replace(inputs, commentary=rows.reset_index(drop=True))

    return plant


JANUARYS = published(JANUARY)
RED = next(row["indicator"] for row in JANUARYS if row["rag"] == "R")
CHANGED = next(
    now["indicator"]
    for now, before in zip(JANUARYS, published(DECEMBER), strict=True)
    if now["rag"] != before["rag"] and now["rag"] != "R"
)
QUIET = next(
    now["indicator"]
    for now, before in zip(JANUARYS, published(DECEMBER), strict=True)
    if now["rag"] == before["rag"] == "G"
)
ABOVE = with_count("lac_5_to_16_with_pep", lambda inputs: count(inputs, "lac_5_to_16") + 1)

# What is planted, and the one warning it gives: code, table, key of the row, column.
FAULTS = {
    "a part above its whole": (
        ABOVE, "numerator_above_denominator", "Counts", "lac_5_to_16_with_pep", "value",
    ),
    "a year to date below last month's": (
        as_in_december("cp_reviews_in_timescale_ytd", -1),
        "year_to_date_fell", "Counts", "cp_reviews_in_timescale_ytd", "value",
    ),
    "a year to date above twelve months": (
        with_count("referrals_ytd", lambda inputs: count(inputs, "referrals_r12m") + 1),
        "year_to_date_above_rolling", "Counts", "referrals_ytd", "value",
    ),
    "a rolling count that rose by a quarter": (
        with_count("cafs_completed_r12m", lambda each: count(each, "cafs_completed_r12m") * 5 // 4),
        "rolling_count_moved", "Counts", "cafs_completed_r12m", "value",
    ),
    "a rolling count that fell by a quarter": (
        with_count("cafs_completed_r12m", lambda each: count(each, "cafs_completed_r12m") // 1.33),
        "rolling_count_moved", "Counts", "cafs_completed_r12m", "value",
    ),
    "another population": (
        with_count("children_under_18", 330_000.0),
        "population_changed", "Counts", "children_under_18", "value",
    ),
    "nobody in a population": (
        with_count("children_under_18", 0.0),
        "empty_population", "Counts", "children_under_18", "value",
    ),
    "a percentage of other months": (
        with_count("lac_5_to_16", lambda inputs: count(inputs, "lac_5_to_16"), data_period="R12M"),
        "data_periods_differ", "Indicators", "lac_with_pep", "denominator",
    ),
    "a previous result that is missing": (
        without_history("cp_plans", DECEMBER),
        "previous_missing", "Indicators", "cp_plans", "indicator",
    ),
    "an outturn that is missing": (
        without_history("cp_plans", MARCH),
        "outturn_missing", "Indicators", "cp_plans", "indicator",
    ),
    "a count that nobody uses": (with_unused_count, "unused_count", "Counts", "more", "code"),
    "a result unlike the published one": (
        lambda inputs: with_own_history(inputs, lac_with_pep=0.5),
        "differs_from_history", "History", "lac_with_pep", "result",
    ),
    "last month's counts": (
        all_as_in_december, "counts_unchanged", "Counts", "cafs_completed_r12m", "value",
    ),
    "a year to date of last month": (
        as_in_december("case_file_audits_ytd"),
        "count_unchanged", "Counts", "case_file_audits_ytd", "value",
    ),
    "a Red that nobody explains": (
        without_comment(RED), "no_commentary", "Indicators", RED, "indicator",
    ),
    "a changed letter that nobody explains": (
        without_comment(CHANGED), "no_commentary", "Indicators", CHANGED, "indicator",
    ),
    "a comment on nothing": (
        with_entry("Commentary", QUIET, "indicator", "nothing_known"),
        "unknown_indicator", "Commentary", "nothing_known", "indicator",
    ),
    "10 for 10%": (
        with_entry("Indicators", "becoming_cp_again", "amber_tolerance", 45.0),
        "tolerance_above_1", "Indicators", "becoming_cp_again", "amber_tolerance",
    ),
    "10 for 10% in the settings": (
        with_entry("Settings", "amber_tolerance_T", "value", 15.0),
        "tolerance_above_1", "Settings", "amber_tolerance_T", "value",
    ),
    "a label of next month": (
        with_entry("Settings", "period_label", "value", "Feb 2013"),
        "label_disagrees", "Settings", "period_label", "value",
    ),
    "last month's label": (
        with_entry("Settings", "period_label", "value", "Dec 2012"),
        "label_disagrees", "Settings", "period_label", "value",
    ),
    "last year's label": (
        with_entry("Settings", "target_label", "value", "11/12"),
        "label_disagrees", "Settings", "target_label", "value",
    ),
}  # fmt: skip


def told(inputs: Inputs) -> list[Problem]:
    scorecard = scorecard_at(inputs)
    return [*scorecard.problems, *scorecard.doubts()]


def place_of(inputs: Inputs, problem: Problem) -> tuple[str, str, Any, str]:
    """A problem's code, and its table, its row's key and its column."""
    position = problem.position
    assert position is not None
    assert position.row is not None
    frame = getattr(inputs, position.table.lower())
    key = frame[KEYS[position.table]].iloc[position.row]
    return problem.code, position.table, key, position.column


@pytest.mark.parametrize("as_at", YEAR, ids=str)
def test_a_clean_month_gives_no_warning(as_at: dt.date) -> None:
    assert told(month_inputs(as_at)) == []


def test_the_published_month_gives_no_warning() -> None:
    own = kent()
    scorecard = build_scorecard(own.indicators, own.counts, own.history, own.settings)
    assert len(scorecard.columns(["rag"])[0]) == len(PUBLISHED)
    assert (*scorecard.problems, *scorecard.doubts()) == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_once_and_at_its_place(fault: str) -> None:
    plant, *expected = FAULTS[fault]
    inputs = plant(month_inputs(JANUARY))
    assert [place_of(inputs, problem) for problem in told(inputs)] == [tuple(expected)]


def test_large_counts_that_stand_still_together_are_found_each_at_its_place() -> None:
    inputs, large = month_inputs(JANUARY), ("children_in_need", "cp_visits_due", "referrals_r12m")
    for number, code in enumerate(large, 1):
        inputs = as_in_december(code)(inputs)
        found = [place_of(inputs, problem) for problem in told(inputs)]
        by_chance = number < len(large)
        unchanged = [("count_unchanged", "Counts", code, "value") for code in sorted(large)]
        assert sorted(found) == ([] if by_chance else unchanged)


def test_a_small_rolling_count_may_move_by_ten() -> None:
    inputs = month_inputs(JANUARY)
    history = inputs.history.copy()
    december = (history["as_at"] == DECEMBER) & (history["indicator"] == "cafs_completed")
    history.loc[december, "numerator"] = 24.0
    inputs = dataclasses.replace(inputs, history=history)
    # A sixth of 24 is 4.
    codes = {
        size: [problem.code for problem in told(with_count("cafs_completed_r12m", size)(inputs))]
        for size in (14.0, 34.0, 35.0)
    }
    assert codes == {14.0: [], 34.0: [], 35.0: ["rolling_count_moved"]}


def test_a_year_to_date_that_begins_anew_misses_no_previous_result() -> None:
    inputs = without_history("lac_reviews_in_timescale", MARCH)(month_inputs(YEAR[0]))
    # The month before is the outturn, too.
    assert [problem.code for problem in told(inputs)] == ["outturn_missing"]


def test_every_finding_has_a_remedy_and_is_a_warning() -> None:
    found = [each for plant, *_ in FAULTS.values() for each in told(plant(month_inputs(JANUARY)))]
    assert [problem for problem in found if problem.is_error or not problem.remedy] == []


def test_a_mistyped_code_in_history_is_told_with_what_it_was_meant_for() -> None:
    inputs = with_entry("History", "cp_plans", "indicator", "cp_planes")(month_inputs(JANUARY))
    remedies = {problem.code: problem.remedy for problem in told(inputs)}
    assert remedies["unknown_indicator"].startswith("use 'cp_plans'")
    assert set(remedies) == {"unknown_indicator", "previous_missing"}


def test_the_same_name_makes_two_counts_one_event_whatever_their_codes() -> None:
    inputs = with_count("referrals_ytd", 99_999.0)(month_inputs(JANUARY))
    inputs = with_entry("Counts", "referrals_ytd", "code", "so_far")(inputs)
    indicators = inputs.indicators.replace("referrals_ytd", "so_far")
    found = told(dataclasses.replace(inputs, indicators=indicators))
    assert [place_of(inputs, problem)[:3] for problem in found] == [
        ("year_to_date_above_rolling", "Counts", "so_far")
    ]


def test_counts_that_a_roll_kept_are_compared_where_history_has_none() -> None:
    inputs = as_in_december("case_file_audits_ytd")(month_inputs(JANUARY))
    kept = inputs.counts.assign(previous_value=counts_at(DECEMBER)["value"])
    without = inputs.history.drop(columns=["numerator", "denominator"])
    assert told(dataclasses.replace(inputs, history=without)) == []
    found = told(dataclasses.replace(inputs, history=without, counts=kept))
    assert [problem.code for problem in found] == ["count_unchanged"]


def test_a_result_that_is_published_rounded_is_the_same() -> None:
    result = next(row["result"] for row in JANUARYS if row["indicator"] == "lac_with_pep")
    assert told(with_own_history(month_inputs(JANUARY), lac_with_pep=round(result, 3))) == []
    assert told(with_own_history(month_inputs(JANUARY), lac_with_pep=round(result, 5))) != []


def test_nobody_is_asked_for_comments_where_there_were_none() -> None:
    inputs = month_inputs(JANUARY)
    without = dataclasses.replace(inputs, commentary=inputs.commentary.iloc[:0])
    assert told(without) == []
    asked = scorecard_at(without).doubts(expects_commentary=True)
    letters = [row["rag"] for row in JANUARYS]
    before = [row["rag"] for row in published(DECEMBER)]
    expected = sum(
        now == "R" or (was is not None and now != was)
        for now, was in zip(letters, before, strict=True)
    )
    assert {problem.code for problem in asked} == {"no_commentary"}
    assert len(asked) == expected


def test_a_fault_of_one_area_is_found_among_many() -> None:
    clean, faulty = month_inputs(JANUARY), ABOVE(month_inputs(JANUARY))
    areas = {"Ashford": clean, "Dover": faulty}
    counts = pd.concat(
        [each.counts.assign(area=area) for area, each in areas.items()], ignore_index=True
    )
    history = pd.concat([clean.history.assign(area=area) for area in areas], ignore_index=True)
    scorecard = build_scorecard(clean.indicators, counts, history, clean.settings)
    (problem,) = scorecard.doubts()
    assert problem.position is not None
    assert problem.position.row is not None
    row = counts.iloc[problem.position.row]
    assert (problem.code, row["area"], row["code"]) == (
        "numerator_above_denominator", "Dover", "lac_5_to_16_with_pep",
    )  # fmt: skip
