"""``check`` and ``show``, for people and as JSON; nothing is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorecard_xl.rules import Travel, as_shown
from tests.scorecards import PUBLISHED, PUBLISHED_SUMMARY, enter, refreshed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command


def test_check_finds_nothing_in_the_example(run: Command, kent: Path) -> None:
    assert run("check", kent) == (0, f"{kent}: 0 errors and 0 warnings.\n", "")
    ended = run("check", kent, "--json")
    assert (ended.code, json.loads(ended.out), ended.err) == (0, {"problems": []}, "")


def test_check_ends_with_0_where_there_are_warnings_alone(run: Command, kent: Path) -> None:
    enter(kent, referrals_ytd="c")
    refreshed(kent)
    before = kent.read_bytes()
    ended = run("check", kent)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "warning: 'Counts'!D8: referrals_ytd is 'c', suppressed; type the count when it is known.",
        f"{kent}: 0 errors and 1 warning.",
    ]
    assert kent.read_bytes() == before


def test_check_ends_with_1_where_there_are_errors(run: Command, kent: Path) -> None:
    enter(kent, referrals_ytd=-1)
    ended = run("check", kent, "--json")
    assert (ended.code, ended.err) == (1, "")
    assert json.loads(ended.out) == {
        "problems": [
            {
                "code": "negative_count",
                "severity": "error",
                "place": "'Counts'!D8",
                "finding": "referrals_ytd is -1",
                "remedy": "counts start at 0",
            }
        ]
    }
    assert run("check", kent).code == 1


def test_show_prints_the_scorecard_and_writes_nothing(run: Command, kent: Path) -> None:
    enter(kent, children_under_18=330_000)
    before = kent.read_bytes()
    ended = run("show", kent)
    assert (ended.code, ended.err) == (0, "")
    row = next(line for line in ended.out.splitlines() if "Number of CAFs completed" in line)
    assert " 65.5 " in row
    assert kent.read_bytes() == before
    assert [path.name for path in kent.parent.iterdir()] == [kent.name]


KEYS = ["title", "area", "as_at", "period_label", "summary", "results"]
RESULT_KEYS = {
    "indicator", "name", "section", "polarity", "data_period", "measure", "result", "state",
    "rag", "numerator", "denominator", "target", "floor", "previous", "dot_previous", "outturn",
    "dot_outturn",
}  # fmt: skip


def test_show_as_json_gives_the_published_scorecard(run: Command, kent: Path) -> None:
    ended = run("show", kent, "--json")
    assert (ended.code, ended.err) == (0, "")
    record = json.loads(ended.out)
    assert set(record) == set(KEYS)
    assert [set(result) for result in record["results"]] == [RESULT_KEYS] * 42
    assert {key: record[key] for key in KEYS[:5]} == {
        "title": "Scorecard - Kent, inc UASC",
        "area": "Kent",
        "as_at": "2013-01-31",
        "period_label": "Jan 2013",
        "summary": PUBLISHED_SUMMARY,
    }
    assert [as_published(result) for result in record["results"]] == PUBLISHED
    # 2163 CAFs x 10,000 / 322,813 children, unrounded.
    assert record["results"][0]["result"] == 21630000 / 322813


def as_published(result: dict[str, Any]) -> dict[str, str]:
    """A result of the JSON in the columns of expected.csv, as displayed."""
    is_count = result["measure"] == "count"
    shown = {
        "latest": as_shown(result["result"], result["measure"]),
        "numerator": "" if is_count else f"{result['numerator']:.0f}",
        "denominator": "" if is_count else f"{result['denominator']:.0f}",
        "rag": result["rag"] or "",
        "polarity": result["polarity"] or "",
    }
    for name in ("target", "previous", "outturn"):
        shown[name] = as_shown(result[name], result["measure"])
    for name in ("dot_previous", "dot_outturn"):
        shown[name] = Travel(result[name]).arrow if result[name] else ""
    return {column: shown.get(column, result.get(column)) for column in PUBLISHED[0]}


def test_what_is_missing_is_null_in_json_and_its_state_told(run: Command, kent: Path) -> None:
    enter(kent, referrals_ytd="TBS")
    result = json.loads(run("show", kent, "--json").out)["results"][2]
    assert {key: result[key] for key in ("result", "state", "rag", "dot_previous")} == {
        "result": None,
        "state": "to_be_supplied",
        "rag": None,
        "dot_previous": None,
    }


def test_show_tells_what_is_wrong_instead_of_showing_it(run: Command, kent: Path) -> None:
    enter(kent, referrals_ytd=-1)
    ended = run("show", kent, "--json")
    assert (ended.code, ended.out) == (1, "")
    assert "'Counts'!D8: referrals_ytd is -1; counts start at 0." in ended.err
