"""The January 2013 scorecard, as published and to the letter."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from scorecard_xl.csv_folder import read_csv_folder
from scorecard_xl.rules import Rag, Scorecard, Travel, as_shown, build_scorecard

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "tests" / "reference" / "kent_2013_01"
with (REFERENCE / "expected.csv").open(encoding="utf-8", newline="") as file:
    PUBLISHED = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def kent() -> Scorecard:
    inputs = read_csv_folder(ROOT / "workbook_templates" / "kent_2013_01")
    return build_scorecard(inputs.indicators, inputs.counts, inputs.history, inputs.settings)


@pytest.mark.parametrize("place", range(42), ids=[row["indicator"] for row in PUBLISHED])
def test_each_row_is_as_published(kent: Scorecard, place: int) -> None:
    row = kent.to_record()["results"][place]
    shown = {
        "indicator": row["indicator"],
        "polarity": row["polarity"] or "",
        "data_period": row["data_period"],
        "latest": as_shown(row["result"], row["measure"]),
        "rag": row["rag"] or "",
        "numerator": str(row["numerator"]) if row["measure"] != "count" else "",
        "denominator": str(row["denominator"] or ""),
        "target": as_shown(row["target"], row["measure"]),
        "previous": as_shown(row["previous"], row["measure"]),
        "dot_previous": Travel(row["dot_previous"]).arrow if row["dot_previous"] else "",
        "outturn": as_shown(row["outturn"], row["measure"]),
        "dot_outturn": Travel(row["dot_outturn"]).arrow if row["dot_outturn"] else "",
    }
    assert shown == PUBLISHED[place]


def test_there_are_42_rows(kent: Scorecard) -> None:
    assert len(kent.results) == len(PUBLISHED) == 42


def test_the_summary_is_as_published_to_the_letter(kent: Scorecard) -> None:
    published = (REFERENCE / "expected_summary.txt").read_text(encoding="utf-8")
    assert kent.summary == published.strip()


def test_the_lines_above_the_table_are_as_told(kent: Scorecard) -> None:
    assert (kent.title, kent.period_line, kent.tally_line) == (
        "Scorecard - Kent, inc UASC",
        "Jan 2013   |   Data as at 31/01/2013   |   Version 1.0, final",
        "20 Green   12 Amber   9 Red   |   since last month: 25 better, 1 same, 15 worse   |   "
        "since March 12: 32 better, 0 same, 9 worse",
    )


def test_the_published_data_raise_no_problem(kent: Scorecard) -> None:
    assert kent.problems == ()


def test_the_settings_bands_alone_give_39_of_the_41_published_ratings() -> None:
    inputs = read_csv_folder(ROOT / "workbook_templates" / "kent_2013_01")
    indicators = inputs.indicators.assign(green_tolerance=None, amber_tolerance=None)
    scorecard = build_scorecard(indicators, inputs.counts, inputs.history, inputs.settings)
    published = [Rag(row["rag"]) for row in PUBLISHED if row["rag"]]
    found = scorecard.results["rag"].dropna().tolist()
    assert sum(own is theirs for own, theirs in zip(found, published, strict=True)) == 39
