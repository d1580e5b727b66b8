from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from scorecard_xl.rules import (
    Frequency,
    Tallies,
    period_line,
    summary_sentence,
    tallies_of,
    tally_line,
)
from tests.rules.frames import settings_as_at


def tallies(**counts: int) -> Tallies:
    names = [
        *("green", "amber", "red"),
        *("improved_from_previous", "worsened_from_previous", "same_as_previous"),
        *("improved_from_outturn", "worsened_from_outturn", "same_as_outturn"),
    ]
    return Tallies(**{name: counts.get(name, 0) for name in names})


def test_letters_and_arrows_are_tallied_and_blanks_left_out() -> None:
    results = pd.DataFrame(
        {
            "rag": ["G", "A", "G", None],
            "dot_previous": ["improved", "same", None, "worsened"],
            "dot_outturn": ["worsened", None, "worsened", None],
        }
    )
    assert tallies_of(results) == tallies(
        green=2,
        amber=1,
        improved_from_previous=1,
        same_as_previous=1,
        worsened_from_previous=1,
        worsened_from_outturn=2,
    )


def test_the_sentence_is_right_in_the_singular_and_the_plural() -> None:
    found = tallies(
        green=1,
        red=2,
        improved_from_previous=1,
        same_as_previous=1,
        worsened_from_previous=1,
        improved_from_outturn=2,
        same_as_outturn=0,
        worsened_from_outturn=1,
    )
    assert summary_sentence(found, settings_as_at()) == (
        "As at 31/01/2013, Kent has 1 indicator rated as Green, 0 indicators rated as Amber"
        " and 2 indicators rated as Red. When comparing performance from last month to this month,"
        " 1 indicator has shown an improvement, 1 indicator has remained the same"
        " and 1 indicator has shown a reduction. When comparing performance from"
        " outturn (March 12) to this month, 2 indicators have shown an improvement,"
        " 0 indicators have remained the same and 1 indicator has shown a reduction."
    )


def test_the_sentence_speaks_of_quarters_where_scorecards_are_quarterly() -> None:
    settings = settings_as_at(frequency=Frequency.QUARTER)
    assert "from last quarter to this quarter," in summary_sentence(tallies(), settings)


def test_the_tallies_fit_a_line() -> None:
    found = tallies(green=20, amber=12, red=9, improved_from_previous=25, worsened_from_outturn=9)
    assert tally_line(found, settings_as_at()) == (
        "20 Green   12 Amber   9 Red   |   since last month: 25 better, 0 same, 0 worse   |   "
        "since March 12: 0 better, 0 same, 9 worse"
    )


@pytest.mark.parametrize(
    ("version", "status", "extracted", "expected"),
    [
        pytest.param(
            "1.0",
            "final",
            dt.date(2013, 2, 8),
            "Jan 2013   |   Data as at 31/01/2013, extracted 08/02/2013   |   Version 1.0, final",
            id="all parts",
        ),
        pytest.param("", "", None, "Jan 2013   |   Data as at 31/01/2013", id="no version"),
        pytest.param(
            "2", "", None, "Jan 2013   |   Data as at 31/01/2013   |   Version 2", id="no status"
        ),
        pytest.param(
            "", "draft", None, "Jan 2013   |   Data as at 31/01/2013   |   Draft", id="status alone"
        ),
    ],
)
def test_parts_of_the_period_line_that_are_unknown_are_left_out(
    version: str, status: str, extracted: dt.date | None, expected: str
) -> None:
    assert period_line(settings_as_at(version=version, status=status), extracted) == expected
