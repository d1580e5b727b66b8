"""What a code counts is told from over which months, and another's months are never suggested."""

from __future__ import annotations

import pytest

from scorecard_xl.rules.codes import event_of, likely_meant, period_of

KNOWN = ("referrals_ytd", "cp_plans", "lac_reviews_r12m", "initial_assessments_ytd")


@pytest.mark.parametrize(
    ("code", "event", "period"),
    [
        ("referrals_ytd", "referrals", "ytd"),
        ("Referrals_R12M", "Referrals", "r12m"),
        ("cp_plans", "cp_plans", ""),
        ("ytd", "ytd", ""),
    ],
)
def test_a_code_says_what_it_counts_and_over_which_months(
    code: str, event: str, period: str
) -> None:
    assert (event_of(code), period_of(code)) == (event, period)


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("refferals_ytd", "referrals_ytd"),
        ("referrals_ytf", "referrals_ytd"),
        ("cp_plan", "cp_plans"),
        ("referrals_r12m", None),
        ("initial_assessment_r12m", None),
        ("referrals", None),
        ("cp_plans_ytd", None),
        ("something_else", None),
    ],
)
def test_the_code_that_was_meant_counts_over_the_same_months(code: str, meant: str | None) -> None:
    assert likely_meant(code, KNOWN) == meant
