"""The command ``export`` says what it wrote, and what is wrong with the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.judges.absence import need_libreoffice
from tests.scorecards import enter

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command


def test_errors_of_the_workbook_are_told_beside_its_print(run: Command, kent: Path) -> None:
    need_libreoffice()
    pdf = kent.with_name("kent.pdf")
    assert run("export", kent, "--pdf", pdf).err == ""
    enter(kent, referrals_ytd=-5)
    ended = run("export", kent, "--pdf", pdf, "--force")
    assert ended.err == (
        f"{kent.name} has 1 error, so that it may show other than its counts give; scorecard-xl "
        "check lists them.\n"
    )
    assert ended.code == 0
