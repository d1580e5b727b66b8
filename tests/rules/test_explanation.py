"""Why a letter is what it is, worked by hand."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

import pytest

from scorecard_xl.csv_folder import read_csv_folder
from scorecard_xl.rules import Compare, Scorecard, build_scorecard
from scorecard_xl.rules.explanation_records import Closeness, Explanation, NoArrow, NotRated
from tests.rules.frames import (
    counts_of,
    history_of,
    one_indicator,
    scorecard_with,
    settings_as_at,
)

KENT = Path(__file__).parents[2] / "workbook_templates" / "kent_2013_01"
PREVIOUS, OUTTURN = "2012-12-31", "2012-03-31"


@pytest.fixture(scope="module")
def kent() -> Scorecard:
    inputs = read_csv_folder(KENT)
    return build_scorecard(inputs.indicators, inputs.counts, inputs.history, inputs.settings)


def explained(kent: Scorecard, code: str) -> Explanation:
    (found,) = [each for each in kent.explanations if each.indicator == code]
    return found


def one(
    *, counts: dict[str, Any] | None = None, settings: dict[str, Any] | None = None, **changes: Any
) -> Explanation:
    """The explanation of one indicator, 75 of 100 against 80% unless told otherwise."""
    history = changes.pop("history", history_of())
    scorecard = scorecard_with(
        indicators=one_indicator(**changes),
        counts=counts_of(**(counts or {})),
        history=history,
        settings=settings_as_at(**(settings or {})),
    )
    (explanation,) = scorecard.explanations
    return explanation


def test_a_letter_is_explained_by_result_target_bands_and_place(kent: Scorecard) -> None:
    # 7,307 of 8,611 is 84.8566%; 90% of 78.8% is 70.92%; 84.8566 - 78.8 = 6.0566.
    found = explained(kent, "initial_assessments_in_7_days")
    assert found.why == (
        "Green: 84.9% against a target of 78.8%, and high is good. Green is 78.8% or more, Amber"
        " 70.92% or more. It is 6.06 points within Green."
    )
    assert (found.result_shown, found.what_next) == ("84.856579%", "")
    assert found.bands is not None
    assert (found.bands.green_from, found.bands.green_to, found.bands.amber_to) == (
        0.788,
        None,
        None,
    )
    assert found.bands.amber_from == pytest.approx(0.7092)
    assert found.from_green == pytest.approx(0.788 - 7307 / 8611)


@pytest.mark.parametrize(
    ("code", "what_next"),
    [
        # 90% of 1,256 is 1,130.4: 1,131 less 1,129. (1130.4 - 1129) / 0.1 = 14.
        pytest.param(
            "lac_dental_checks",
            "Green needs 2 more of the 1,256, or the next 14 all going right.",
            id="a percentage, high",
        ),
        # Amber is 6.6%: 66.7 of 1,011, so 66 of 77. 77 / 0.066 = 1,166.7, so 156 more than 1,011.
        pytest.param(
            "cp_ended_after_2_years",
            "Amber needs 11 fewer of the 1,011, or the next 156 all going right.",
            id="a percentage, low",
        ),
        # Amber is 110.
        pytest.param("core_assessments_overdue", "Amber needs 76 fewer.", id="a count"),
        # Green starts at 73.34; 67.0047 is 6.3353 below.
        pytest.param("cafs_completed", "Green needs it to rise by 6.34.", id="close to a target"),
        # 75.416 is 2.441 above 72.975.
        pytest.param(
            "referrals_to_initial_assessment",
            "Green needs it to fall by 2.44 points.",
            id="a percentage close to a target",
        ),
    ],
)
def test_the_next_letter_is_told_in_cases_or_in_distance(
    kent: Scorecard, code: str, what_next: str
) -> None:
    assert explained(kent, code).what_next == what_next


def test_a_near_miss_at_no_decimals_is_told(kent: Scorecard) -> None:
    # 1,129 of 1,256 is 89.8885%.
    found = explained(kent, "lac_dental_checks")
    assert found.why.endswith("89.9% shows as 90% at no decimals, and is below it.")
    assert found.near_edge is not None
    assert (found.near_edge.letter, found.near_edge.edge, found.near_edge.closeness) == (
        "G",
        0.9,
        Closeness.SAME_AT_NO_DECIMALS,
    )


def test_a_tie_counts_as_achieved_and_says_so(kent: Scorecard) -> None:
    assert explained(kent, "lac_with_cp_plan").why == (
        "Green: 30 against a target of 30, and low is good. Green is 30 or less, Amber 33 or less."
        " It is exactly at the edge of Green, which counts as achieved."
    )


def test_an_arrow_that_hangs_on_a_rounded_reference_says_so(kent: Scorecard) -> None:
    # 54 of 768 is 7.03125%; December was published as 7.0%.
    previous, outturn = explained(kent, "leaving_care_sgo").arrows
    assert previous.sentence == (
        "↑ Improved since 31/12/2012: 7% then, 7.03125% now; higher is better. Both show as 7.0%."
        " The 7.0% is known only rounded, and the change lies within that rounding."
    )
    assert (previous.is_within_rounding, previous.value, previous.as_at) == (
        True,
        0.07,
        dt.date(2012, 12, 31),
    )
    assert (outturn.is_within_rounding, outturn.travel) == (False, "improved")
    assert outturn.sentence == "↑ Improved since 31/03/2012: 4.8% then, 7.0% now; higher is better."


def test_only_that_arrow_of_the_published_month_hangs_on_rounding(kent: Scorecard) -> None:
    hanging = [
        (each.indicator, arrow.reference)
        for each in kent.explanations
        for arrow in each.arrows
        if arrow.is_within_rounding
    ]
    assert hanging == [("leaving_care_sgo", "previous")]


def test_without_polarity_there_is_neither_letter_nor_arrow(kent: Scorecard) -> None:
    found = explained(kent, "becoming_cp_again_in_12_months")
    assert (found.not_rated, found.bands, found.next_letter) == (NotRated.NO_POLARITY, None, None)
    assert found.sentences == (
        "Not rated: no polarity says which way is good."
        " No arrows: no polarity says which way is good."
    )


@pytest.mark.parametrize(
    ("changes", "reason", "sentence"),
    [
        pytest.param(
            {"counts": {"visits": "c", "visits_due": 100}},
            NotRated.NO_RESULT,
            "Not rated: there is no result (suppressed).",
            id="no result",
        ),
        pytest.param(
            {"target": math.nan}, NotRated.NO_TARGET, "Not rated: it has no target.", id="no target"
        ),
        pytest.param(
            {"settings": {"minimum_denominator": 150.0}},
            NotRated.TOO_FEW,
            "Not rated: 100 is fewer than the minimum of 150.",
            id="too few",
        ),
        pytest.param(
            {"settings": {"amber_tolerance": {}}},
            NotRated.NO_BANDS,
            "Not rated: no bands have been agreed.",
            id="no bands",
        ),
    ],
)
def test_what_is_not_rated_says_why(
    changes: dict[str, Any], reason: NotRated, sentence: str
) -> None:
    found = one(**changes)
    assert (found.rag, found.not_rated, found.why, found.what_next) == (None, reason, sentence, "")


@pytest.mark.parametrize(
    ("changes", "bands", "what_next"),
    [
        pytest.param(
            {"floor": 0.7, "counts": {"visits": 65, "visits_due": 100}},
            "Green is 80.0% or more, Amber 70.0% or more, its floor.",
            # 70 of 100; (70 - 65) / 0.3 = 16.7.
            "Amber needs 5 more of the 100, or the next 17 all going right.",
            id="a floor",
        ),
        pytest.param(
            {"polarity": "L", "target": 0.0, "counts": {"visits": 3, "visits_due": 100}},
            "Green is 0.0% or less, and there is no Amber.",
            "Green needs 3 fewer of the 100; cases to come cannot bring it there, even if all go"
            " right.",
            id="none is the target",
        ),
        pytest.param(
            {"target": 1.0, "counts": {"visits": 95, "visits_due": 100}},
            "Green is 100.0% or more, Amber 90.0% or more.",
            "Green needs 5 more of the 100; cases to come cannot bring it there, even if all go"
            " right.",
            id="all is the target",
        ),
        pytest.param(
            {
                "measure": "count",
                "denominator": None,
                "polarity": "L",
                "target": -1.0,
                "counts": {"visits": 3, "visits_due": 100},
            },
            "Green is -1 or less, Amber -0.9 or less.",
            "Amber cannot be reached.",
            id="fewer than none is the target",
        ),
        pytest.param(
            {
                "measure": "rate",
                "polarity": "H",
                "target": 50.0,
                "counts": {"visits": 4, "visits_due": 1000},
            },
            "Green is 50.0 or more, Amber 45.0 or more.",
            # 4.5 per 1,000, so 5.
            "Amber needs 1 more at today's 1,000.",
            id="a rate",
        ),
        pytest.param(
            {
                "measure": "average",
                "polarity": "L",
                "target": 20.0,
                "counts": {"visits": 210.5, "visits_due": 10},
            },
            "Green is 20.0 or less, Amber 22.0 or less.",
            # 200 in all; 210.5 - 11 = 199.5.
            "Green needs 11 fewer at today's 10.",
            id="an average",
        ),
        pytest.param(
            {
                "measure": "supplied",
                "denominator": None,
                "polarity": "L",
                "target": 20.0,
                "counts": {"visits": 21.25, "visits_due": 10},
            },
            "Green is 20.0 or less, Amber 22.0 or less.",
            "Green needs it to fall by 1.25.",
            id="supplied",
        ),
        pytest.param(
            {"green_tolerance": 0.01, "amber_tolerance": 0.1, "tolerance_unit": "points"},
            "Green is 79.0% or more, Amber 70.0% or more.",
            # 79 of 100; (79 - 75) / 0.21 = 19.05.
            "Green needs 4 more of the 100, or the next 20 all going right.",
            id="tolerances in points",
        ),
    ],
)
def test_bands_and_next_letter_follow_what_was_agreed(
    changes: dict[str, Any], bands: str, what_next: str
) -> None:
    found = one(**changes)
    assert bands in found.why
    assert found.what_next == what_next


@pytest.mark.parametrize(
    ("visits", "due", "sentence"),
    [
        # 1,999 of 2,500 is 79.96%.
        pytest.param(
            1999,
            2500,
            "79.96% shows as 80.0%, and so does the edge of Green, 80%; it is below, and that"
            " decides.",
            id="just below",
        ),
        # 2,001 of 2,500 is 80.04%.
        pytest.param(
            2001,
            2500,
            "80.04% shows as 80.0%, and so does the edge of Green, 80%; it is above, and that"
            " decides.",
            id="just above",
        ),
        # Amber starts at 72%.
        pytest.param(
            18,
            25,
            "It is exactly at the edge of Amber, which counts as achieved.",
            id="at the edge of Amber",
        ),
    ],
)
def test_what_a_reader_could_take_it_for_is_told(visits: int, due: int, sentence: str) -> None:
    assert one(counts={"visits": visits, "visits_due": due}).why.endswith(sentence)


def test_a_result_far_from_every_edge_is_taken_for_nothing_else() -> None:
    assert one().near_edge is None


def test_a_result_that_shows_as_its_target_at_no_decimals_and_is_above_is_just_green() -> None:
    # 80.3%, which shows as 80% too, misses nothing.
    assert one(counts={"visits": 803, "visits_due": 1000}).near_edge is None


def test_a_result_compared_as_shown_reaches_what_it_shows_as() -> None:
    # 80 of 100 would show as 80.0%, and so would 79.95; of 10,000, 7,995 will do.
    found = one(
        counts={"visits": 7500, "visits_due": 10_000}, settings={"compare": Compare.AS_SHOWN}
    )
    assert found.next_letter is not None
    assert found.next_letter.cases == 495


@pytest.mark.parametrize(
    ("changes", "reason", "sentence"),
    [
        pytest.param(
            {},
            NoArrow.NO_REFERENCE,
            "No arrow since 31/12/2012: History has no result as at that date.",
            id="nothing to compare with",
        ),
        pytest.param(
            {"counts": {"visits": "c", "visits_due": 100}},
            NoArrow.NO_RESULT,
            "No arrows: there is no result.",
            id="no result",
        ),
        pytest.param(
            {"polarity": "T", "target": math.nan},
            NoArrow.NO_TARGET,
            "No arrows: it has no target to come nearer to.",
            id="no target",
        ),
        pytest.param(
            {
                "data_period": "YTD",
                "settings": {"as_at": dt.date(2013, 4, 30)},
                "history": history_of((0.7, "2013-03-31", "visits_in_time")).iloc[:0],
            },
            NoArrow.NEW_YEAR,
            "No arrow: a new year has begun, and History has no result as at 30/04/2012,"
            " a year earlier.",
            id="a new year",
        ),
    ],
)
def test_a_missing_arrow_says_why(changes: dict[str, Any], reason: NoArrow, sentence: str) -> None:
    arrow = one(**changes).arrows[0]
    assert (arrow.travel, arrow.no_arrow, arrow.sentence) == (None, reason, sentence)


def arrow_since(reference: float, *, settings: dict[str, Any] | None = None, **columns: Any) -> str:
    """The sentence of the arrow from a result of December; it is 75% now."""
    history = history_of(
        (dt.date(2012, 12, 31), "visits_in_time", reference),
        **{name: [value] for name, value in columns.items()},
    )
    return one(history=history, settings=settings).arrows[0].sentence


HANGS = "The 75.0% is known only rounded, and the change lies within that rounding."


@pytest.mark.parametrize(
    ("reference", "columns", "hangs"),
    [
        pytest.param(0.75, {}, True, id="no more decimals than shown"),
        pytest.param(0.7501, {}, False, id="more decimals than shown"),
        pytest.param(0.75, {"numerator": 150, "denominator": 200}, False, id="its counts give it"),
        pytest.param(0.75, {"numerator": 1501, "denominator": 2000}, True, id="they do not"),
        pytest.param(0.75, {"status": "rounded"}, True, id="said to be rounded"),
        pytest.param(
            0.75,
            {"status": "provisional, rounded", "numerator": 150, "denominator": 200},
            True,
            id="said to be, whatever its counts",
        ),
        pytest.param(
            0.75,
            {"status": "unrounded", "numerator": 150, "denominator": 200},
            False,
            id="another word that ends so",
        ),
    ],
)
def test_a_reference_is_known_rounded_by_its_decimals_its_counts_or_its_status(
    reference: float, columns: dict[str, Any], hangs: bool
) -> None:
    assert arrow_since(reference, **columns).endswith(HANGS) is hangs


def test_a_change_as_large_as_the_rounding_does_not_hang_on_it() -> None:
    # 74.9% could be 74.95% at most.
    assert arrow_since(0.749) == (
        "↑ Improved since 31/12/2012: 74.9% then, 75.0% now; higher is better."
    )


def test_a_change_within_what_counts_as_none_says_so() -> None:
    assert arrow_since(0.741, settings={"same_within": 0.02}) == (
        "→ Same as at 31/12/2012: 74.1% then, 75.0% now; higher is better."
        " A change of up to 2% of what it was counts as none."
    )


def test_a_change_beyond_what_counts_as_none_needs_no_note() -> None:
    assert arrow_since(0.70, settings={"same_within": 0.02}) == (
        "↑ Improved since 31/12/2012: 70.0% then, 75.0% now; higher is better."
    )


def test_a_restated_reference_is_marked() -> None:
    assert arrow_since(0.70, restated=0.72) == (
        "↑ Improved since 31/12/2012: 72.0% (restated) then, 75.0% now; higher is better."
    )


def test_near_to_a_target_both_distances_are_told() -> None:
    history = history_of((dt.date(2012, 12, 31), "visits_in_time", 0.9))
    # 10 points above 80%, and 5 below.
    assert one(polarity="T", history=history).arrows[0].sentence == (
        "↑ Improved since 31/12/2012: 90.0% then, 75.0% now; 10 points then and 5 points now from"
        " the target, and nearer is better."
    )


def test_an_explanation_is_a_record_for_json(kent: Scorecard) -> None:
    record = json.loads(json.dumps(explained(kent, "lac_dental_checks").to_record()))
    assert {name: record[name] for name in ("indicator", "rag", "numerator", "not_rated")} == {
        "indicator": "lac_dental_checks",
        "rag": "A",
        "numerator": 1129,
        "not_rated": None,
    }
    assert record["next_letter"] == {
        "letter": "G",
        "distance": pytest.approx(0.9 - 1129 / 1256),
        "must_rise": True,
        "cases": 2,
        "is_reachable": True,
        "future_cases": 14,
        "is_reachable_in_future": True,
    }
    assert [arrow["as_at"] for arrow in record["arrows"]] == [PREVIOUS, OUTTURN]


def test_the_lines_of_a_list_say_what_the_explanations_say(kent: Scorecard) -> None:
    for line, explanation in zip(kent.explanation_lines(), kent.explanations, strict=True):
        assert (line.name, line.why, line.what_next, line.arrows) == (
            explanation.name,
            explanation.why,
            explanation.what_next,
            explanation.arrow_sentences,
        )
