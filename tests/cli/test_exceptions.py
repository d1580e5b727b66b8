"""The command ``exceptions``, and what ``refresh`` and ``check`` say has moved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commented import SHOWN, with_commentary
from tests.scorecards import PUBLISHED, enter

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command

REDS = [row["indicator"] for row in PUBLISHED if row["rag"] == "R"]
NOT_SEVEN_DAYS = "initial_assessments_in_7_days_ytd 7,307 to 5,000"


@pytest.fixture
def commented(kent: Path) -> Path:
    with_commentary(kent)
    return kent


def test_exceptions_as_json_are_the_reds_with_what_is_said(run: Command, commented: Path) -> None:
    before = commented.read_bytes()
    ended = run("exceptions", commented, "--json")
    records = json.loads(ended.out)["exceptions"]
    assert (ended.code, [record["indicator"] for record in records]) == (0, REDS)
    # The published month has nine; 324.2 against 236.0 is 37% off, and T is Red beyond 15%.
    assert records[1] == {
        "area": "Kent",
        "as_at": "2013-01-31",
        "indicator": "core_assessments",
        "section": "HOW MUCH ARE WE DEALING WITH ?",
        "name": "Number of New & Updated Core Assessments per 10,000 population under 18",
        "measure": "rate",
        "result": 10467 * 10_000 / 322813,
        "state": None,
        "target": 236.0,
        "rag": "R",
        "rag_before": None,
        "comment": "- as planned",
        "action": "@team to look at overdue ones",
        "owner": "A. Smith",
    }
    assert commented.read_bytes() == before


def test_exceptions_as_markdown_are_a_table_a_section(run: Command, commented: Path) -> None:
    ended = run("exceptions", commented, "--markdown")
    lines = ended.out.splitlines()
    assert lines[0] == "# Scorecard - Kent, inc UASC: exceptions as at 31/01/2013"
    rows = [line for line in lines if line.startswith("| ") and " | Red | " in line]
    assert len(rows) == len(REDS)
    assert rows[0].endswith(f"|  | 411.8 | 543.7 | {SHOWN['referrals']} |  |  |")
    assert all(line.count(" | ") == 7 for line in rows)


def test_exceptions_for_people_are_a_table_and_their_number(run: Command, kent: Path) -> None:
    ended = run("exceptions", kent)
    assert ended.code == 0
    assert ended.out.splitlines()[-1] == f"{len(REDS)} exceptions."


def test_markdown_and_json_are_asked_for_one_at_a_time(run: Command, kent: Path) -> None:
    assert run("exceptions", kent, "--json", "--markdown").code == 2


def test_refresh_and_check_tell_what_moved_and_the_counts_behind_it(
    run: Command, kent: Path
) -> None:
    enter(kent, initial_assessments_in_7_days_ytd=5_000)
    checked = run("check", kent)
    (rating,) = [line for line in checked.out.splitlines() if line.startswith("Rating changed")]
    assert "Since the last refresh:" in checked.out.splitlines()
    assert rating.endswith(f"Green to Red ({NOT_SEVEN_DAYS}).")
    (moved,) = json.loads(run("check", kent, "--json").out)["moved"]
    assert (moved["before"]["rag"], moved["after"]["rag"]) == ("G", "R")
    assert rating in run("refresh", kent).out.splitlines()
    assert "Since the last refresh:" not in run("check", kent).out
