"""Laws that hold for any indicators, counts and history."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard_xl.exceptions import InvalidInputsError
from scorecard_xl.rules import (
    COUNT_COLUMNS,
    HISTORY_COLUMNS,
    INDICATOR_COLUMNS,
    SETTING_NAMES,
    Polarity,
    Rag,
    Settings,
    Travel,
    build_scorecard,
    direction_of_travel,
    problems_of,
    rag_ratings,
    results_of,
)
from tests.rules.frames import KENT_TOLERANCES

AS_AT, PREVIOUS, OUTTURN = dt.date(2013, 1, 31), dt.date(2012, 12, 31), dt.date(2012, 3, 31)
CODES = ("a", "b", "c", "d")
POLARITIES = st.sampled_from(["H", "L", "T", None])
VALUES = st.one_of(st.none(), st.integers(-2000, 2000).map(lambda tenths: tenths / 10))
TOLERANCES = st.integers(0, 60).map(lambda hundredths: Fraction(hundredths, 100))

result_rows = st.lists(
    st.fixed_dictionaries(
        {"polarity": POLARITIES, "target": VALUES, "result": VALUES, "previous": VALUES}
    ),
    min_size=1,
    max_size=12,
)


def frame_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    numbers = ["target", "result", "previous"]
    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, float))


def same(left: pd.Series[Any], right: pd.Series[Any]) -> bool:
    return left.astype(object).where(left.notna(), None).tolist() == (
        right.astype(object).where(right.notna(), None).tolist()
    )


def mirrored(frame: pd.DataFrame) -> pd.DataFrame:
    """High is good becomes low is good, and every number its negative."""
    polarity = frame["polarity"].map({"H": "L", "L": "H", "T": "T"})
    return frame.assign(
        polarity=polarity, **{name: -frame[name] for name in ("target", "result", "previous")}
    )


@given(rows=result_rows)
def test_mirroring_polarity_mirrors_the_rating(rows: list[dict[str, Any]]) -> None:
    frame = frame_of(rows)
    tolerances: dict[Polarity, float | None] = dict.fromkeys(Polarity, 0.05)
    wider: dict[Polarity, float | None] = dict.fromkeys(Polarity, 0.2)
    bands: dict[str, Any] = {"green_tolerance": tolerances, "amber_tolerance": wider}
    assert same(rag_ratings(frame, **bands), rag_ratings(mirrored(frame), **bands))


@given(rows=result_rows)
def test_mirroring_polarity_mirrors_the_arrow(rows: list[dict[str, Any]]) -> None:
    frame = frame_of(rows)
    arrows = direction_of_travel(frame, reference="previous")
    assert same(arrows, direction_of_travel(mirrored(frame), reference="previous"))


@given(rows=result_rows)
def test_the_arrow_back_is_the_reverse(rows: list[dict[str, Any]]) -> None:
    frame = frame_of(rows)
    back = frame.rename(columns={"result": "previous", "previous": "result"})
    reverse = {"improved": Travel.WORSENED, "worsened": Travel.IMPROVED, "same": Travel.SAME}
    there = direction_of_travel(frame, reference="previous")
    assert same(there.map(reverse), direction_of_travel(back, reference="previous"))


@given(
    numerator=st.integers(0, 10**6),
    denominator=st.integers(1, 10**6),
    doublings=st.integers(1, 12),
    measure=st.sampled_from(["rate", "percentage", "average"]),
    polarity=POLARITIES,
    target=VALUES,
)
def test_scaling_both_counts_changes_no_rating(
    numerator: int, denominator: int, doublings: int, measure: str, polarity: str, target: float
) -> None:
    scale = 2.0**doublings
    frame = pd.DataFrame(
        {
            "measure": measure,
            "polarity": [polarity] * 2,
            "target": pd.Series([target] * 2, dtype=float),
            "numerator": [float(numerator), numerator * scale],
            "denominator": [float(denominator), denominator * scale],
        }
    )
    results = results_of(frame)
    ratings = rag_ratings(frame.assign(result=results["result"]), **KENT_TOLERANCES)
    assert results["result"].nunique() == 1
    assert same(ratings.iloc[:1], ratings.iloc[1:])


def exact_rating(
    polarity: str, result: Fraction, target: Fraction, green: Fraction, amber: Fraction
) -> Rag:
    gap = target - result
    gap = gap if polarity == "H" else -gap if polarity == "L" else abs(gap)
    if gap <= green * abs(target):
        return Rag.GREEN
    return Rag.AMBER if gap <= amber * abs(target) else Rag.RED


@settings(max_examples=300)
@given(
    polarity=st.sampled_from(["H", "L", "T"]),
    target=st.integers(-1000, 1000).map(lambda tenths: Fraction(tenths, 10)),
    green=TOLERANCES,
    beyond=TOLERANCES,
    edge=st.sampled_from(["green", "amber"]),
    off=st.sampled_from([Fraction(0), Fraction(1, 1000), Fraction(-1, 1000)]),
)
def test_ratings_on_and_beside_every_edge_are_exact(
    polarity: str, target: Fraction, green: Fraction, beyond: Fraction, edge: str, off: Fraction
) -> None:
    amber = green + beyond
    reach = (green if edge == "green" else amber) * abs(target) + off
    result = target - reach if polarity == "H" else target + reach
    frame = pd.DataFrame(
        {
            "polarity": [polarity],
            "result": [float(result)],
            "target": [float(target)],
            "green_tolerance": [float(green)],
            "amber_tolerance": [float(amber)],
        }
    )
    assert rag_ratings(frame).item() is exact_rating(polarity, result, target, green, amber)


@given(
    polarity=st.sampled_from(["H", "L", "T"]),
    tenths=st.tuples(*[st.integers(-300, 300)] * 3),
)
def test_arrows_are_exact_in_tenths(polarity: str, tenths: tuple[int, int, int]) -> None:
    target, previous, result = (Fraction(number, 10) for number in tenths)
    better = {
        "H": result - previous,
        "L": previous - result,
        "T": abs(previous - target) - abs(result - target),
    }[polarity]
    expected = Travel.IMPROVED if better > 0 else Travel.WORSENED if better < 0 else Travel.SAME
    numbers = {"target": target, "previous": previous, "result": result}
    frame = pd.DataFrame({name: [float(number)] for name, number in numbers.items()})
    found = direction_of_travel(frame.assign(polarity=polarity), reference="previous")
    assert found.item() is expected


@st.composite
def inputs_of(draw: st.DrawFn, area: str | None = None) -> dict[str, pd.DataFrame]:
    """Indicators, counts and history of one area, as an analyst may hold them."""
    measures = draw(
        st.lists(st.sampled_from(["count", "rate", "percentage"]), min_size=1, max_size=6)
    )
    indicators = pd.DataFrame(
        {
            "indicator": [f"indicator_{place}" for place in range(len(measures))],
            "section": "Section",
            "name": "Name",
            "polarity": [draw(POLARITIES) for _ in measures],
            "data_period": [draw(st.sampled_from(["SS", "YTD"])) for _ in measures],
            "measure": measures,
            "numerator": [draw(st.sampled_from(CODES)) for _ in measures],
            "denominator": [
                None if measure == "count" else draw(st.sampled_from(CODES)) for measure in measures
            ],
            "target": [
                draw(st.one_of(st.none(), st.sampled_from([0.0, 0.5, 1.0]))) for _ in measures
            ],
        }
    )
    count = st.one_of(st.integers(0, 4), st.sampled_from(["N/A", "c", None]))
    counts = pd.DataFrame(
        {"code": CODES, "count": "A count", "data_period": "SS"}
        | {"value": pd.Series([draw(count) for _ in CODES], dtype=object)}
    )
    rows = [
        (day, code, draw(st.sampled_from([0.0, 0.5, 1.0])))
        for day in (PREVIOUS, OUTTURN)
        for code in indicators["indicator"]
        if draw(st.booleans())
    ]
    history = pd.DataFrame(rows, columns=["as_at", "indicator", "result"])
    frames = {"indicators": indicators, "counts": counts, "history": history}
    return {name: own if area is None else own.assign(area=area) for name, own in frames.items()}


def kent_settings(area: str = "Kent") -> Settings:
    return Settings(area=area, as_at=AS_AT, **KENT_TOLERANCES)


@settings(max_examples=50)
@given(inputs=inputs_of())
def test_each_tally_is_the_number_of_letters_or_arrows_shown(
    inputs: dict[str, pd.DataFrame],
) -> None:
    scorecard = build_scorecard(**inputs, settings=kent_settings())
    shown, tallies = scorecard.results, scorecard.tallies
    assert [tallies.green, tallies.amber, tallies.red] == [
        shown["rag"].tolist().count(letter) for letter in "GAR"
    ]
    assert [
        (tallies.improved_from_previous, tallies.improved_from_outturn),
        (tallies.worsened_from_previous, tallies.worsened_from_outturn),
        (tallies.same_as_previous, tallies.same_as_outturn),
    ] == [
        tuple(shown[column].tolist().count(dot) for column in ("dot_previous", "dot_outturn"))
        for dot in Travel
    ]


@settings(max_examples=50)
@given(inputs=inputs_of())
def test_inputs_come_back_untouched(inputs: dict[str, pd.DataFrame]) -> None:
    before = {name: frame.copy(deep=True) for name, frame in inputs.items()}
    build_scorecard(**inputs, settings=kent_settings())
    for name, frame in inputs.items():
        pd.testing.assert_frame_equal(frame, before[name])


@settings(max_examples=50)
@given(kent=inputs_of("Kent"), medway=inputs_of("Medway"))
def test_many_areas_in_one_frame_equal_each_alone(
    kent: dict[str, pd.DataFrame], medway: dict[str, pd.DataFrame]
) -> None:
    together = {name: pd.concat([kent[name], medway[name]]) for name in kent}
    many = build_scorecard(**together, settings=kent_settings())
    for area, inputs in (("Kent", kent), ("Medway", medway)):
        alone = build_scorecard(**inputs, settings=kent_settings())
        own = many.results[many.results["area"] == area].reset_index(drop=True)
        pd.testing.assert_frame_equal(own, alone.results)
        sentence = many.summaries.set_index("area")["summary"][area]
        assert sentence == alone.summary


@given(rows=result_rows, copies=st.integers(2, 4))
def test_a_row_is_judged_by_itself_alone(rows: list[dict[str, Any]], copies: int) -> None:
    frame = frame_of(rows)
    repeated = pd.concat([frame] * copies, ignore_index=True)
    ratings = rag_ratings(frame, **KENT_TOLERANCES)
    found = rag_ratings(repeated, **KENT_TOLERANCES)
    assert found.isna().tolist() == np.tile(ratings.isna(), copies).tolist()
    assert found.dropna().tolist() == ratings.dropna().tolist() * copies


ANYTHING = st.one_of(
    st.none(),
    st.sampled_from(
        ["", " ", "H", "rate", "count", "a", "B", "x", "N/A", "12", "5%", "2013-01-31"]
    ),
    st.floats(),
    st.integers(-(10**6), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.just(object()),
    st.just(pd.NaT),
    st.just(pd.NA),
)


@st.composite
def anything_typed(draw: st.DrawFn, columns: tuple[str, ...]) -> pd.DataFrame:
    """A table of which some columns are absent, and any cell may hold anything."""
    kept = [column for column in columns if draw(st.integers(0, 9))]
    rows = draw(st.lists(st.tuples(*[ANYTHING] * len(kept)), max_size=4))
    return pd.DataFrame(rows, columns=kept, dtype=object)


@settings(max_examples=150, deadline=None)
@given(
    indicators=anything_typed((*INDICATOR_COLUMNS, "area")),
    counts=anything_typed((*COUNT_COLUMNS, "area", "as_at", "extracted")),
    history=anything_typed((*HISTORY_COLUMNS, "restated", "numerator", "denominator", "area")),
    values=st.lists(ANYTHING, min_size=len(SETTING_NAMES), max_size=len(SETTING_NAMES)),
    are_settings_right=st.booleans(),
)
def test_whatever_is_typed_is_a_scorecard_or_problems(
    indicators: pd.DataFrame,
    counts: pd.DataFrame,
    history: pd.DataFrame,
    values: list[Any],
    are_settings_right: bool,
) -> None:
    table = pd.DataFrame({"name": SETTING_NAMES, "value": pd.Series(values, dtype=object)})
    own = kent_settings() if are_settings_right else table
    problems = problems_of(indicators, counts, history, own)
    lists = [
        {name: frame[name].tolist() for name in frame} for frame in (indicators, counts, history)
    ]
    assert [str(problem) for problem in problems_of(*lists, own)] == [
        str(problem) for problem in problems
    ]
    if any(problem.is_error for problem in problems):
        with pytest.raises(InvalidInputsError):
            build_scorecard(indicators, counts, history, own)
    else:
        assert list(build_scorecard(indicators, counts, history, own).problems) == problems
