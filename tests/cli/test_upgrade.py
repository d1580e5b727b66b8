"""``upgrade``: what was added is listed, and the file as it was is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.scorecards import KENT, copy_of, edited
from tests.upgrading.old_workbooks import BEFORE_ROLLING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return copy_of(BEFORE_ROLLING, tmp_path)


def test_what_was_added_is_listed_and_the_file_is_kept_as_it_was(run: Command, old: Path) -> None:
    before = old.read_bytes()
    ended = run("upgrade", old)
    first, *added, last = ended.out.splitlines()
    assert (ended.code, ended.err) == (0, "")
    assert first == f"{old} is upgraded; it has now:"
    assert "  the column Previous value of Counts" in added
    assert "  the texts of Guide" in added
    assert last == f'Refresh it next: scorecard-xl refresh "{old}"'
    assert old.with_name(f"{old.name}.before-upgrade").read_bytes() == before


def test_a_second_upgrade_has_nothing_to_add(run: Command, old: Path) -> None:
    run("upgrade", old)
    before = old.read_bytes()
    ended = run("upgrade", old)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"{old} has all that today's template has; nothing to add.\n"
    assert old.read_bytes() == before


def test_todays_workbook_has_nothing_to_add(run: Command, kent: Path) -> None:
    assert run("upgrade", kent).out.endswith("nothing to add.\n")
    assert kent.read_bytes() == KENT.read_bytes()
    assert [path.name for path in kent.parent.iterdir()] == [kent.name]


def test_another_file_gets_what_is_new_and_this_one_stays(run: Command, old: Path) -> None:
    before, new = old.read_bytes(), old.with_name("new.xlsx")
    assert run("upgrade", old, "--output", new).out.startswith(f"{new} is upgraded; it has now:\n")
    assert old.read_bytes() == before
    assert run("upgrade", new).out.endswith("nothing to add.\n")
    assert run("upgrade", old, "--output", new).code == 1
    assert run("upgrade", old, "--output", new, "--force").code == 0


def test_the_file_itself_is_no_other_file(run: Command, old: Path) -> None:
    before = old.read_bytes()
    ended = run("upgrade", old, "--output", old, "--force")
    assert (ended.code, ended.err) == (
        1, f"{old} is the workbook that this would be made from; give another name.\n",
    )  # fmt: skip
    assert old.read_bytes() == before


def test_a_cell_in_the_way_is_named_and_nothing_is_written(run: Command, old: Path) -> None:
    edited(old, {"'Counts'!G12": "see Jo"})
    before = old.read_bytes()
    ended = run("upgrade", old)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "'Counts'!G12: the column Previous value of the table Counts would be written over this "
        "cell; move what it holds.\n"
    )
    assert old.read_bytes() == before


def test_a_file_that_is_not_there_is_told(run: Command, tmp_path: Path) -> None:
    ended = run("upgrade", tmp_path / "absent.xlsx")
    assert (ended.code, ended.out) == (3, "")
    assert "was not found" in ended.err
