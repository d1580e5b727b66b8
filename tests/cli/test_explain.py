"""``explain``: why a letter, for people and as JSON; nothing is written."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from tests.scorecards import EMPTY, change_settings, copy_of, enter

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command

DENTAL = """\
LAC Dental Checks held within required timescale
Result: 89.888535%, from 1,129 and 1,256.
Amber: 89.9% against a target of 90.0%, and high is good. Green is 90.0% or more, Amber 81.0% or \
more. It is 0.11 points from Green, and 8.89 points from Red. 89.9% shows as 90% at no decimals, \
and is below it.
Green needs 2 more of the 1,256, or the next 14 all going right.
↑ Improved since 31/12/2012: 88.4% then, 89.9% now; higher is better.
↓ Worsened since 31/03/2012: 92.6% then, 89.9% now; higher is better.
"""


@pytest.mark.parametrize(
    "indicator",
    [
        pytest.param("lac_dental_checks", id="its code"),
        pytest.param("LAC_Dental_Checks", id="its code, without case"),
        pytest.param("lac dental", id="the beginning of its name"),
    ],
)
def test_an_indicator_is_explained_wholly(run: Command, kent: Path, indicator: str) -> None:
    before = kent.read_bytes()
    assert run("explain", kent, indicator) == (0, DENTAL, "")
    assert kent.read_bytes() == before


def test_without_an_indicator_each_has_its_line(run: Command, kent: Path) -> None:
    ended = run("explain", kent)
    lines = ended.out.splitlines()
    assert (ended.code, ended.err, len(lines)) == (0, "", 42)
    assert lines[16] == (
        "core_assessments_overdue: Red: 186 against a target of 100, and low is good."
        " Amber needs 76 fewer."
    )
    assert lines[11] == (
        "lac_with_cp_plan: Green: 30 against a target of 30, and low is good. It is exactly at the"
        " edge of Green, which counts as achieved."
    )


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        pytest.param(
            "lac_dentl_checks",
            "'lac_dentl_checks' is no indicator's code, and begins no name; use lac_dental_checks",
            id="nearly a code",
        ),
        pytest.param(
            "dental",
            "'dental' is no indicator's code, and begins no name; use lac_dental_checks.",
            id="a word of its name",
        ),
        pytest.param(
            "percentage of children seen",
            "'percentage of children seen' begins the names of 3 indicators; use one of"
            " seen_at_initial_assessment, seen_at_core_assessment, seen_at_s47.",
            id="the beginning of several names",
        ),
        pytest.param(
            "zzz",
            "'zzz' is no indicator's code, and begins no name; scorecard-xl show lists them.",
            id="nothing like it",
        ),
    ],
)
def test_what_names_no_indicator_is_told_with_near_ones(
    run: Command, kent: Path, indicator: str, sentence: str
) -> None:
    ended = run("explain", kent, indicator)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(sentence)


def test_as_json_every_number_is_there(run: Command, kent: Path) -> None:
    ended = run("explain", kent, "lac_dental_checks", "--json")
    (explanation,) = json.loads(ended.out)["explanations"]
    assert (ended.code, ended.err) == (0, "")
    assert explanation["result"] == 1129 / 1256
    assert explanation["next_letter"]["cases"] == 2
    assert explanation["near_edge"] == {
        "letter": "G",
        "edge": 0.9,
        "closeness": "same_at_no_decimals",
    }
    assert len(json.loads(run("explain", kent, "--json").out)["explanations"]) == 42


def test_errors_of_the_workbook_are_told_instead(run: Command, kent: Path) -> None:
    enter(kent, referrals_ytd=-1)
    ended = run("explain", kent)
    assert (ended.code, ended.out) == (1, "")
    assert "'Counts'!D8: referrals_ytd is -1; counts start at 0." in ended.err


def test_without_indicators_it_says_so(run: Command, tmp_path: Path) -> None:
    path = copy_of(EMPTY, tmp_path / "empty")
    change_settings(path, area="Kent", as_at=dt.date(2013, 1, 31))
    ended = run("explain", path)
    assert (ended.code, ended.out) == (0, "There are no indicators yet.\n")
    assert json.loads(run("explain", path, "--json").out) == {"explanations": []}
