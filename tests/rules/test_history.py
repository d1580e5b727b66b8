from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest

from scorecard_xl.rules import State, read_history, read_indicators
from tests.rules.frames import (
    codes_of,
    counts_of,
    history_of,
    one_indicator,
    row_of,
    scorecard_with,
    settings_as_at,
)

INDICATORS = read_indicators(one_indicator())[0]
DECEMBER, MARCH = dt.date(2012, 12, 31), dt.date(2012, 3, 31)
CODE = "visits_in_time"


def test_previous_and_outturn_are_found_by_date_and_code_without_case() -> None:
    history = history_of((DECEMBER, CODE.upper(), 0.5), (MARCH, CODE, 0.9), (MARCH, "other", 0.1))
    row = row_of(scorecard_with(history=history))
    assert (row["previous"], row["dot_previous"]) == (0.5, "improved")
    assert (row["outturn"], row["dot_outturn"]) == (0.9, "worsened")


def test_what_was_restated_is_what_arrows_use() -> None:
    history = history_of((DECEMBER, CODE, 0.9), (MARCH, CODE, 0.9), restated=[0.5, None])
    scorecard = scorecard_with(history=history)
    row = row_of(scorecard)
    assert (row["previous"], row["dot_previous"], row["outturn"]) == (0.5, "improved", 0.9)
    restated = scorecard.results[["previous_restated", "outturn_restated"]]
    assert restated.iloc[0].tolist() == [True, False]


def test_a_state_in_place_of_a_result_is_no_result() -> None:
    row = row_of(scorecard_with(history=history_of((DECEMBER, CODE, "N/A"))))
    assert (row["previous"], row["dot_previous"]) == (None, None)


def test_no_history_is_no_arrows() -> None:
    row = row_of(scorecard_with(history=history_of()))
    assert (row["rag"], row["dot_previous"], row["dot_outturn"]) == ("A", None, None)


APRIL = dt.date(2013, 4, 30)


def at_year_start(*rows: tuple[Any, str, Any], **changes: Any) -> dict[str, Any]:
    return row_of(
        scorecard_with(
            indicators=one_indicator(**{"data_period": "YTD"} | changes),
            settings=settings_as_at(APRIL),
            history=history_of(*rows),
        )
    )


def test_one_month_is_not_compared_with_twelve() -> None:
    row = at_year_start((dt.date(2013, 3, 31), CODE, 0.5))
    assert (row["previous"], row["dot_previous"], row["state"]) == (None, None, "new_year")


def test_a_new_year_still_has_its_result_rating_and_outturn() -> None:
    row = at_year_start((dt.date(2013, 3, 31), CODE, 0.5))
    assert (row["result"], row["rag"], row["dot_outturn"]) == (0.75, "A", "improved")


def test_a_new_year_is_compared_with_the_year_before_if_that_is_known() -> None:
    row = at_year_start((dt.date(2013, 3, 31), CODE, 0.5), (dt.date(2012, 4, 30), CODE, 0.9))
    assert (row["previous"], row["dot_previous"], row["state"]) == (0.9, "worsened", None)


def test_a_snapshot_is_compared_with_the_month_before_at_any_time() -> None:
    row = at_year_start((dt.date(2013, 3, 31), CODE, 0.5), data_period="SS")
    assert (row["previous"], row["dot_previous"], row["state"]) == (0.5, "improved", None)


def test_year_to_date_is_known_without_case() -> None:
    assert at_year_start(data_period="ytd")["state"] == "new_year"


def test_a_missing_results_own_state_comes_before_a_new_year() -> None:
    scorecard = scorecard_with(
        indicators=one_indicator(data_period="YTD"),
        settings=settings_as_at(APRIL),
        counts=counts_of(visits="TBS", visits_due=100),
    )
    assert scorecard.results["state"].item() is State.TO_BE_SUPPLIED


def test_within_a_year_a_missing_month_is_no_new_year() -> None:
    row = row_of(scorecard_with(indicators=one_indicator(data_period="YTD")))
    assert (row["dot_previous"], row["state"]) == (None, None)


@pytest.mark.parametrize(
    ("row", "code", "sentence"),
    [
        pytest.param(
            ("March", CODE, 0.5),
            "not_a_date",
            "as at 'March' is not a date; type a date such as 31/01/2013.",
            id="no date",
        ),
        pytest.param(
            ("31.3.2012", CODE, 0.5),
            "not_a_date",
            "as at '31.3.2012' is not a date; the cell holds text: format it as a date, and type "
            "it anew.",
            id="a date that is text",
        ),
        pytest.param(
            (None, CODE, 0.5),
            "not_a_date",
            "as at is blank; type a date such as 31/01/2013.",
            id="a blank date",
        ),
        pytest.param(
            (MARCH, CODE, "good"),
            "unknown_state",
            "result 'good' is not known; type a number, or N/A or x (not available),"
            " TBS (to be supplied), c (suppressed), z (not applicable).",
            id="no such word",
        ),
        pytest.param(
            (MARCH, CODE, "0.5"),
            "number_as_text",
            "result '0.5' is text, not a number; retype it as a number.",
            id="a number as text",
        ),
        pytest.param(
            (MARCH, CODE, 69.5),
            "percentage_above_1",
            "result is 69.5, which is 6,950%; type 69.5%.",
            id="69.5 for 69.5%",
        ),
        pytest.param(
            (MARCH, None, 0.5),
            "code_blank",
            "indicator is blank beside other content; give the row a code, or clear it.",
            id="no indicator",
        ),
    ],
)
def test_an_error_says_what_is_there_and_what_would_do(
    row: tuple[Any, Any, Any], code: str, sentence: str
) -> None:
    (problem,) = read_history(history_of(row), INDICATORS)[1]
    assert (problem.code, str(problem).split(": ", 1)[1]) == (code, sentence)


def test_a_percentage_above_1_that_its_own_counts_give_is_right() -> None:
    history = history_of((MARCH, CODE, 1.05), numerator=[105], denominator=[100])
    assert read_history(history, INDICATORS)[1] == []


def test_an_indicator_of_former_years_is_no_problem() -> None:
    history, problems = read_history(history_of((MARCH, "retired", 69.5)), INDICATORS)
    assert (len(history), problems) == (1, [])


def test_a_result_is_published_once_for_a_date() -> None:
    history = history_of((MARCH, CODE, 0.5), (DECEMBER, CODE, 0.5), (MARCH, CODE.upper(), 0.6))
    (problem,) = read_history(history, INDICATORS)[1]
    assert "is already in History, row 1" in str(problem)


def test_dates_are_read_in_any_form() -> None:
    forms = ["2012-03-31", dt.datetime(2012, 3, 31, 12), MARCH]
    for form in forms:
        history, problems = read_history(history_of((form, CODE, math.nan)), INDICATORS)
        assert (history["as_at"].dt.date.tolist(), codes_of(problems)) == ([MARCH], [])
