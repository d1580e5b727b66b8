"""``roll``: the next period's file, this one left as it was."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tests.rolling.rolled import settings_of
from tests.scorecards import enter, refreshed, replace_rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command

JANUARY, FEBRUARY = dt.date(2013, 1, 31), dt.date(2013, 2, 28)


@pytest.fixture
def january(kent: Path) -> Path:
    return kent.rename(kent.with_name("kent_2013_01.xlsx"))


def test_the_next_months_file_is_made_and_this_one_stays(run: Command, january: Path) -> None:
    before = january.read_bytes()
    ended = run("roll", january)
    following = january.with_name("kent_2013_02.xlsx")
    assert (ended.code, ended.out) == (
        0,
        f"{following} is rolled forward from 31/01/2013 to 28/02/2013; 42 results are in its "
        "History now.\nIts counts are those of the period before; type over them, then refresh "
        "it.\n",
    )
    assert "source_note still says" in ended.err
    assert january.read_bytes() == before
    assert settings_of(following)["as_at"] == FEBRUARY
    assert {path.name for path in january.parent.iterdir()} == {january.name, following.name}


def test_a_second_roll_of_the_same_file_is_refused(run: Command, january: Path) -> None:
    following = january.with_name("kent_2013_02.xlsx")
    run("roll", january)
    before = following.read_bytes()
    ended = run("roll", january)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"{following} is there already; give another name, or --force to replace it.\n"
    )
    assert following.read_bytes() == before
    assert run("roll", january, "--force").code == 0


def test_date_and_file_are_given(run: Command, january: Path) -> None:
    march = january.with_name("march.xlsx")
    ended = run("roll", january, "--to", "31/03/2013", "--output", march)
    assert ended.code == 0
    assert settings_of(march)["as_at"] == dt.date(2013, 3, 31)


def test_a_date_that_is_none_is_wrong_usage(run: Command, january: Path) -> None:
    ended = run("roll", january, "--to", "spring")
    assert ended.code == 2
    assert "'spring' does not match the formats" in ended.err


def test_backwards_is_refused(run: Command, january: Path) -> None:
    ended = run("roll", january, "--to", "2012-12-31")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("'Settings'!B7: as_at is 31/01/2013, and 31/12/2012 is not after")


def test_errors_are_all_told(run: Command, january: Path) -> None:
    enter(january, referrals_r12m=5.5, referrals_ytd=-1)
    ended = run("roll", january)
    assert ended.code == 1
    assert ended.err.endswith("2 errors to put right; nothing was changed.\n")
    assert [path.name for path in january.parent.iterdir()] == [january.name]


def test_emptied_counts_are_not_each_warned_of(run: Command, january: Path) -> None:
    ended = run("roll", january, "--clear-counts")
    assert ended.code == 0
    assert "64 counts emptied; type this period's, then refresh it." in ended.out
    assert "is blank" not in ended.err


def test_letters_that_last_months_counts_give_ask_for_no_comment(
    run: Command, january: Path
) -> None:
    replace_rows(january, "Commentary", [[JANUARY, "referrals", "More cases.", None, None]])
    assert "has no comment as at 31/01/2013" in run("refresh", january).err
    assert "comment" not in run("roll", january).err


def test_the_workbook_itself_is_never_the_next_months_file(run: Command, january: Path) -> None:
    before = january.read_bytes()
    linked = january.with_name("link.xlsx")
    linked.symlink_to(january)
    for name in (january, linked, january.parent / "." / january.name):
        ended = run("roll", january, "--output", name, "--force")
        assert (ended.code, ended.err) == (
            1,
            f"{name} is the workbook that this would be made from; give another name.\n",
        )
    assert january.read_bytes() == before


def test_an_outturn_is_said_to_be_final(run: Command, january: Path) -> None:
    ended = run("roll", january, "--outturn-final")
    assert (ended.code, ended.err) == (1, "History holds no provisional result as at 31/03/2012.\n")


def test_a_month_as_a_new_user_does_it(run: Command, january: Path) -> None:
    run("roll", january)
    february = january.with_name("kent_2013_02.xlsx")
    enter(february, referrals_r12m=13_400)
    assert run("refresh", february).code == 0
    assert run("check", february).code == 0
    assert run("roll", february).code == 0
    march = january.with_name("kent_2013_03.xlsx")
    assert settings_of(march)["period_label"] == "Mar 2013"
    refreshed(march)
