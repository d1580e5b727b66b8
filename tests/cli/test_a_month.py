"""A whole month as a new user has it, by the commands that the README tells, as processes."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cli.command import as_process
from tests.rolling.rolled import count_of, history_at, settings_of
from tests.scorecards import (
    PUBLISHED,
    ROOT,
    enter,
    place_in,
    replace_rows,
    shown_rows,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Run

JANUARY = dt.date(2013, 1, 31)
CAFS, CHECKED = "cafs_completed_r12m", "lac_dental_checks_in_timescale"
COMMENT = "Two schools send theirs late."


class Month(NamedTuple):
    """How each command of the month ended, and what the files held after it."""

    folder: Path
    ended: list[Run]

    @property
    def january(self) -> Path:
        return self.folder / "kent_2013_01.xlsx"

    @property
    def february(self) -> Path:
        return self.folder / "kent_2013_02.xlsx"


def commands() -> list[str]:
    """The commands of the README's section, in their order."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("\n## A month with it\n")[2].partition("\n## ")[0]
    steps = section.partition("\n1. ")[2].partition("\n\n")[0]
    return re.findall(r"`scorecard-xl ([^`]+)`", steps)


def write_counts(folder: Path, **counts: float) -> None:
    lines = [f"{code},{value:g}" for code, value in counts.items()]
    (folder / "counts.csv").write_text("\n".join(["Code,Value", *lines]), encoding="utf-8")


def correct(folder: Path) -> None:
    """Type the right count and a comment, as the check asks for."""
    path = folder / "kent_2013_01.xlsx"
    enter(path, **{CHECKED: 1140.0})
    replace_rows(path, "Commentary", [[JANUARY, "cafs_completed", COMMENT, "Remind them", "Jo"]])


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The month, command by command; between them what an analyst types."""
    folder = tmp_path_factory.mktemp("month")
    ended = []
    for number, command in enumerate(commands()):
        if number == 1:
            write_counts(folder, **{CAFS: 1800, CHECKED: 1300})
        elif number == 3:
            correct(folder)
        elif number == 7:
            write_counts(folder, **{CAFS: 2300, CHECKED: 1150})
        ended.append(as_process(folder, *shlex.split(command)))
    return Month(folder, ended)


def test_the_readme_tells_the_month_in_its_order() -> None:
    assert [command.split()[0] for command in commands()] == [
        "new", "refresh", "check", "refresh", "exceptions", "explain", "roll", "refresh",
    ]  # fmt: skip


def test_every_command_does_what_it_is_for(month: Month) -> None:
    assert [ended.code for ended in month.ended] == [0] * len(month.ended)


def test_a_new_workbook_holds_the_published_scorecard(month: Month) -> None:
    assert month.ended[0].out.startswith("kent_2013_01.xlsx is made: 20 Green   12 Amber   9 Red")


def test_counts_go_in_and_the_letters_that_change_are_told(month: Month) -> None:
    assert month.ended[1].out.startswith("2 of 64 counts entered from counts.csv.")
    assert (
        "Rating changed: Number of CAFs completed per 10,000 population under 18, Amber to Red "
        "(cafs_completed_r12m 2,163 to 1,800)."
    ) in month.ended[1].out.splitlines()


def test_the_check_names_the_count_that_cannot_be(month: Month) -> None:
    place = place_in(month.january, "Counts", CHECKED, "Value")
    assert f"warning: {place}: {CHECKED} is 1,300, above the 1,256" in month.ended[2].out
    assert month.ended[2].out.endswith("kent_2013_01.xlsx: 0 errors and 1 warning.\n")


def test_the_count_put_right_goes_into_the_scorecard(month: Month) -> None:
    # 1,140 / 1,256 = 90.8%, above the target of 90.0%.
    assert "LAC Dental Checks" in month.ended[3].out
    row = next(row for row in shown_rows(month.january) if row["indicator"] == "lac_dental_checks")
    assert (row["latest"], row["rag"]) == ("90.8%", "G")


def test_the_exceptions_carry_the_comment(month: Month) -> None:
    assert COMMENT.split()[0] in month.ended[4].out
    assert "Remind" in month.ended[4].out
    assert "10 exceptions." in month.ended[4].out


def test_the_explanation_says_what_is_behind_the_letter(month: Month) -> None:
    assert "from 1,140 and 1,256" in month.ended[5].out
    assert "Green: 90.8% against a target of 90.0%" in month.ended[5].out


def test_the_month_is_closed_into_history_and_its_file_stays(month: Month) -> None:
    held = history_at(month.february, JANUARY)
    assert len(held) == len(PUBLISHED)
    assert (held["lac_dental_checks"]["numerator"], held["lac_dental_checks"]["rag"]) == (1140, "G")
    assert held["cafs_completed"]["rag"] == "R"
    assert settings_of(month.january)["period_label"] == "Jan 2013"
    assert history_at(month.january, JANUARY) == {}


def test_february_compares_with_the_january_that_was_closed(month: Month) -> None:
    settings = settings_of(month.february)
    assert (settings["as_at"], settings["period_label"]) == (dt.date(2013, 2, 28), "Feb 2013")
    assert count_of(month.february, CAFS)["previous_value"] == 1800
    rows = {row["indicator"]: row for row in shown_rows(month.february)}
    # 2,300 x 10,000 / 322,813 = 71.2, more than January's 55.8, and high is good.
    cafs = rows["cafs_completed"]
    assert (cafs["latest"], cafs["previous"], cafs["dot_previous"]) == ("71.2", "55.8", "↑")


def test_the_months_own_doubts_are_told_before_february_is_sent(month: Month) -> None:
    # Only two counts are February's.
    assert "counts that can be compared are what they were as at 31/01/2013" in month.ended[7].err
