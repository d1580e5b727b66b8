"""How many cases the next letter needs: settled by rating, one case at a time."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard_xl.rules import (
    Compare,
    Measure,
    Polarity,
    Rag,
    Scorecard,
    direction_of_travel,
    rag_ratings,
    results_of,
)
from tests.rules.frames import counts_of, history_of, one_indicator, scorecard_with, settings_as_at

if TYPE_CHECKING:
    from scorecard_xl.rules.explanation_records import Explanation

LETTERS = [Rag.RED.value, Rag.AMBER.value, Rag.GREEN.value]
MOST_STEPS = 400


class Case(NamedTuple):
    measure: str
    polarity: str
    numerator: int
    denominator: int
    target: float
    green: float
    amber: float
    floor: float | None


def generated(number: int, *, seed: int) -> list[Case]:
    """Cases of every measure and polarity, some on or just beside an edge."""
    chance = random.Random(seed)
    cases = []
    for _ in range(number):
        measure = chance.choice(["percentage", "rate", "average", "count"])
        polarity = chance.choice("HL")
        denominator = chance.choice([1, 3, 7, 40, 100, 768, 1000, 8611, chance.randint(1, 300_000)])
        share = chance.choice([0.0, 1.0, chance.random(), chance.randint(0, 1000) / 1000])
        numerator = round(denominator * share)
        per = {"percentage": 1.0, "rate": 10_000.0, "average": 1.0}.get(measure, float(denominator))
        near = numerator / denominator * per
        target = chance.choice(
            [
                near,
                round(near, 3),
                *(
                    near * factor
                    for factor in (
                        (1.01, 1.1, 1.2, 1.6) if polarity == "H" else (0.99, 0.9, 0.8, 0.4)
                    )
                ),
                chance.choice([0.0, 1.0, 0.5, 0.9]) * per,
            ]
        )
        if measure == "percentage":
            target = min(target, 1.0)
        green, amber = sorted(chance.choice([0.0, 0.05, 0.1, 0.15, 0.3]) for _ in range(2))
        floor = None
        if chance.random() < 0.2:
            floor = target * (0.8 if polarity == "H" else 1.2)
            floor = min(floor, 1.0) if measure == "percentage" else floor
        cases.append(Case(measure, polarity, numerator, denominator, target, green, amber, floor))
    return cases


def scorecard_of(cases: list[Case], compare: Compare = Compare.UNROUNDED) -> Scorecard:
    indicators = pd.concat(
        [
            one_indicator(
                indicator=f"i{place}",
                numerator=f"n{place}",
                measure=case.measure,
                denominator=None if case.measure == "count" else f"d{place}",
                polarity=case.polarity,
                target=case.target,
                green_tolerance=case.green,
                amber_tolerance=case.amber,
                floor=np.nan if case.floor is None else case.floor,
            )
            for place, case in enumerate(cases)
        ],
        ignore_index=True,
    )
    counts: dict[str, Any] = {}
    for place, case in enumerate(cases):
        counts |= {f"n{place}": case.numerator, f"d{place}": case.denominator}
    return scorecard_with(
        indicators=indicators,
        counts=counts_of(**counts),
        settings=settings_as_at(compare=compare),
    )


def letters_of(
    case: Case,
    numerators: np.ndarray[Any, Any],
    denominators: np.ndarray[Any, Any],
    compare: Compare = Compare.UNROUNDED,
) -> list[str]:
    """The letters that other counts would get, by the rule that rates a scorecard."""
    frame = pd.DataFrame(
        {
            "measure": case.measure,
            "polarity": case.polarity,
            "numerator": numerators.astype(float),
            "denominator": np.broadcast_to(denominators, numerators.shape).astype(float),
            "target": case.target,
            "floor": np.nan if case.floor is None else case.floor,
            "green_tolerance": case.green,
            "amber_tolerance": case.amber,
        }
    )
    frame["result"] = results_of(frame)["result"]
    return [str(letter) for letter in rag_ratings(frame, compare=compare)]


def better(letters: list[str], than: str) -> list[bool]:
    return [LETTERS.index(letter) > LETTERS.index(than) for letter in letters]


def first(reached: list[bool]) -> int | None:
    """The first number of cases that is enough, from 1 on; they stay enough."""
    if True not in reached:
        return None
    at = reached.index(True)
    assert all(reached[at:])
    return at + 1


def assert_as_counted(found: int | None, reachable: bool, reached: Any, most: int) -> None:
    """What is told is what counting one case after another finds, or just beyond what it tries."""
    steps = np.arange(1, min(most, MOST_STEPS) + 1)
    counted = first(reached(steps)) if len(steps) else None
    if counted is not None or most <= MOST_STEPS:
        assert (found, reachable) == (counted, counted is not None)
    elif found is not None:
        assert reached(np.array([found - 1, found])) == [False, True]
    else:
        assert reached(np.array([most])) == [False]


def check(case: Case, explanation: Explanation, compare: Compare = Compare.UNROUNDED) -> None:
    told, letter = explanation.next_letter, explanation.rag
    if letter is None or letter == "G":
        assert told is None
        return
    assert told is not None
    towards = 1 if case.polarity == "H" else -1
    n, d = case.numerator, case.denominator
    most = n if case.polarity == "L" else 10**12
    if case.polarity == "H" and case.measure == "percentage":
        most = d - n

    def at_today(cases: Any) -> list[bool]:
        return better(letters_of(case, n + towards * cases, np.array(d), compare), letter)

    assert_as_counted(told.cases, told.is_reachable, at_today, most)
    if told.cases is not None:
        reached = letters_of(case, np.array([n + towards * told.cases]), np.array(d), compare)
        # A case may be worth more than a letter.
        assert LETTERS.index(reached[0]) >= LETTERS.index(told.letter) or told.cases == 1
    if case.measure != "percentage":
        assert (told.future_cases, told.is_reachable_in_future) == (None, True)
        return

    def in_future(cases: Any) -> list[bool]:
        right = cases if case.polarity == "H" else 0 * cases
        return better(letters_of(case, n + right, d + cases, compare), letter)

    edge = needed(case, letter)
    room = 1 - edge if case.polarity == "H" else edge
    if compare is Compare.UNROUNDED:
        # Once one has gone wrong, all right is out of reach, and so is none wrong.
        assert told.is_reachable_in_future is (room > 0)
    if told.is_reachable_in_future:
        assert_as_counted(told.future_cases, True, in_future, 10**15)
    else:
        assert not any(in_future(np.arange(1, MOST_STEPS)))


def needed(case: Case, letter: str) -> Fraction:
    """The edge of the next better letter, exactly."""
    target, away = Fraction(case.target), -1 if case.polarity == "H" else 1
    green = target + away * Fraction(case.green) * abs(target)
    amber = target + away * Fraction(case.amber) * abs(target)
    if case.floor is not None:
        amber = Fraction(case.floor)
    if letter == "A":
        return green
    return min(green, amber) if case.polarity == "H" else max(green, amber)


@pytest.mark.parametrize("seed", range(3))
def test_the_cases_told_reach_the_next_letter_and_one_less_does_not(seed: int) -> None:
    cases = generated(1_000, seed=seed)
    explanations = scorecard_of(cases).explanations
    assert sum(each.next_letter is not None for each in explanations) > 300
    for case, explanation in zip(cases, explanations, strict=True):
        check(case, explanation)


def test_compared_as_shown_they_do_too() -> None:
    cases = generated(400, seed=9)
    for case, each in zip(cases, scorecard_of(cases, Compare.AS_SHOWN).explanations, strict=True):
        check(case, each, Compare.AS_SHOWN)


@given(
    n=st.integers(0, 10**6),
    more=st.integers(0, 10**6),
    hundredths=st.integers(1, 99),
    is_high=st.booleans(),
)
@settings(max_examples=120)
def test_future_cases_are_the_formulas_rounded_up(
    n: int, more: int, hundredths: int, is_high: bool
) -> None:
    d = max(n + more, 1)
    target = Fraction(hundredths, 100)
    case = Case("percentage", "H" if is_high else "L", n, d, hundredths / 100, 0.0, 0.0, None)
    told = scorecard_of([case]).explanations[0].next_letter
    result = Fraction(n, d)
    # ROUND(difference, 9) leaves nothing of a difference below 0.5e-9.
    allowed = Fraction(1, 2 * 10**9)
    edge = target - allowed if is_high else target + allowed
    if (result > edge) if is_high else (result < edge):
        assert told is None
        return
    assert told is not None
    wanted = (edge * d - n) / (1 - edge) if is_high else n / edge - d
    exactly = (target * d - n) / (1 - target) if is_high else n / target - d
    assert told.future_cases is not None
    assert told.future_cases in {wanted.__ceil__(), int(wanted) + 1, exactly.__ceil__()}


@given(
    polarity=st.sampled_from(["H", "L", "T"]),
    visits=st.integers(0, 2000),
    near=st.integers(-3, 3),
    same_within=st.sampled_from([0.0, 0.02]),
)
@settings(max_examples=150)
def test_an_arrow_lies_within_rounding_where_rounding_can_turn_it(
    polarity: str, visits: int, near: int, same_within: float
) -> None:
    tenths = min(max(round(visits / 2) + near, 0), 1000)
    arrow = (
        scorecard_with(
            indicators=one_indicator(polarity=polarity, target=0.5),
            counts=counts_of(visits=visits, visits_due=2000),
            history=history_of(("2012-12-31", "visits_in_time", tenths / 1000)),
            settings=settings_as_at(same_within=same_within),
        )
        .explanations[0]
        .arrows[0]
    )
    frame = pd.DataFrame(
        {
            "measure": Measure.PERCENTAGE,
            "polarity": Polarity(polarity),
            "result": visits / 2000,
            "target": 0.5,
            # Half of a tenth of a percentage point either way, and just what the rule ignores.
            "previous": tenths / 1000 + np.linspace(-0.0005 - 1e-9, 0.0005 + 1e-9, 41),
        }
    )
    turned = direction_of_travel(frame, reference="previous", same_within=same_within)
    assert arrow.is_within_rounding is bool((turned != arrow.travel).any())
