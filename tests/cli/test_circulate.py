"""``circulate`` and ``verify``: what they print, write and refuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scorecard_xl.circulating import verify
from tests.scorecards import edited, enter, refreshed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command


def test_the_copy_lies_beside_the_workbook_and_agrees(run: Command, kent: Path) -> None:
    before = kent.read_bytes()
    ended = run("circulate", kent)
    copy = kent.with_name(f"{kent.stem}_circulated.xlsx")
    assert (ended.code, ended.err) == (0, "")
    assert f"{copy} is made" in ended.out
    assert "No cells are merged: not on Scorecard, by design" in ended.out
    assert (kent.read_bytes() == before, verify(copy).agrees) == (True, True)
    checked = run("verify", copy)
    assert checked.code == 0
    assert "agrees with itself: 42 results, 41 letters and 82 arrows" in checked.out


def test_json_tells_the_rules_the_manifest_and_the_cells(run: Command, kent: Path) -> None:
    made = json.loads(run("circulate", kent, "--output", "sent.xlsx", "--json").out)
    assert made["copy"] == "sent.xlsx"
    assert all(rule["kept"] for rule in made["accessibility"])
    assert made["manifest"]["Rules version"]
    edited(kent.with_name("sent.xlsx"), {"'Scorecard'!D9": 70.0})
    ended = run("verify", "sent.xlsx", "--json")
    told = json.loads(ended.out)
    assert (ended.code, told["agrees"]) == (1, False)
    assert [each["place"] for each in told["problems"]] == ["'Scorecard'!D9"]


def test_a_cell_that_disagrees_is_named_and_the_code_is_1(run: Command, kent: Path) -> None:
    run("circulate", kent, "--output", "sent.xlsx")
    edited(kent.with_name("sent.xlsx"), {"'Accessible'!G4": "Green"})
    ended = run("verify", "sent.xlsx")
    assert ended.code == 1
    assert "'Accessible'!G4: shows 'Green'" in ended.out
    assert "does not agree with itself in 1 place." in ended.out


def test_errors_stop_it_unless_a_reason_is_given(run: Command, kent: Path) -> None:
    enter(kent, referrals_r12m=-3)
    ended = run("circulate", kent)
    assert (ended.code, "is -3" in ended.err) == (1, True)
    assert not kent.with_name(f"{kent.stem}_circulated.xlsx").exists()
    forced = run("circulate", kent, "--force", "The board meets today")
    assert forced.code == 0
    assert "in spite of" in forced.out
    copy = kent.with_name(f"{kent.stem}_circulated.xlsx")
    assert verify(copy).problems == ()


def test_nothing_is_replaced_unasked(run: Command, kent: Path) -> None:
    taken = kent.with_name("taken.xlsx")
    taken.write_bytes(b"mine")
    ended = run("circulate", kent, "--output", taken)
    assert (ended.code, taken.read_bytes()) == (1, b"mine")
    assert "--replace" in ended.err
    assert run("circulate", kent, "--output", taken, "--replace").code == 0
    assert run("circulate", kent, "--output", kent, "--replace").code == 1
    assert run("circulate", kent, "--output", "copy.xlsm").code == 1
    assert run("circulate", kent, "--output", taken, "--pdf", taken, "--replace").code == 1


def test_nothing_is_made_where_a_folder_is_missing(run: Command, kent: Path) -> None:
    ended = run("circulate", kent, "--pdf", kent.parent / "nowhere" / "copy.pdf")
    assert ended.code == 3
    assert ended.err == (
        f"The folder {kent.parent / 'nowhere'} was not found; check its name, or make it first.\n"
    )
    assert not kent.with_name(f"{kent.stem}_circulated.xlsx").exists()


def test_what_is_no_copy_or_no_file_is_told(run: Command, kent: Path) -> None:
    assert run("verify", kent).code == 1
    assert run("verify", "missing.xlsx").code == 3
    assert run("circulate", "missing.xlsx").code == 3
    assert run("verify").code == 2


def test_warnings_do_not_stop_it(run: Command, kent: Path) -> None:
    enter(kent, children_under_18=None)
    refreshed(kent)
    ended = run("circulate", kent)
    assert (ended.code, "warning" in ended.err) == (0, True)


def test_a_reason_that_no_error_needs_is_told_of(run: Command, kent: Path) -> None:
    assert "no error that the reason would be for" in run("circulate", kent, "--force", "Why?").out
