"""``new``: the example, an empty workbook, one from CSV files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.scorecards import (
    EMPTY,
    KENT,
    KENT_CSV,
    PUBLISHED,
    PUBLISHED_SUMMARY,
    shown_rows,
    table_in,
    text_at,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command


TALLIES = (
    "20 Green   12 Amber   9 Red   |   since last month: 25 better, 1 same, 15 worse   |   "
    "since March 12: 32 better, 0 same, 9 worse"
)


def test_new_makes_the_published_example(run: Command, tmp_path: Path) -> None:
    ended = run("new", "mine.xlsx")
    assert ended == (0, f"mine.xlsx is made: {TALLIES}\n", "")
    assert (tmp_path / "mine.xlsx").read_bytes() == KENT.read_bytes()


@pytest.mark.parametrize(
    "options", [[], ["--empty"], ["--from", KENT_CSV]], ids=["example", "empty", "from CSV"]
)
def test_new_does_not_overwrite_unless_forced(
    run: Command, tmp_path: Path, options: list[object]
) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"my work")
    assert run("new", "mine.xlsx", *options) == (
        1,
        "",
        f"{path} is there already; give another name, or --force to replace it.\n",
    )
    assert path.read_bytes() == b"my work"
    assert run("new", "mine.xlsx", *options, "--force").code == 0
    assert path.read_bytes() != b"my work"


@pytest.mark.parametrize("name", ["mine.xlsm", "mine.csv", "mine"])
def test_new_makes_xlsx_only(run: Command, tmp_path: Path, name: str) -> None:
    ended = run("new", name)
    assert (ended.code, ended.err) == (
        1,
        f"{name} should end in .xlsx; the template holds no macros.\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_an_empty_workbook_has_no_data_and_no_rating_bands(run: Command, tmp_path: Path) -> None:
    ended = run("new", "mine.xlsx", "--empty")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "mine.xlsx is made. Fill in Settings, Indicators and Counts, then refresh it.\n"
    )
    path = tmp_path / "mine.xlsx"
    assert path.read_bytes() == EMPTY.read_bytes()
    for name in ("Counts", "Indicators", "History"):
        assert {entry for row in table_in(path, name).rows for entry in row[:3]} == {None}
    settings = {row[0]: row[1] for row in table_in(path, "Settings").rows}
    bands = {name: value for name, value in settings.items() if "_tolerance_" in str(name)}
    assert len(bands) == 6
    assert set(bands.values()) == {None}


def test_a_workbook_is_made_from_a_folder_of_csv_files(run: Command, tmp_path: Path) -> None:
    ended = run("new", "mine.xlsx", "--from", KENT_CSV)
    assert ended == (0, f"mine.xlsx is made: {TALLIES}\n", "")
    path = tmp_path / "mine.xlsx"
    assert shown_rows(path) == PUBLISHED
    assert text_at(path, "scorecard_summary") == PUBLISHED_SUMMARY


def test_one_district_of_ones_own_is_made_from_csv_files(run: Command, tmp_path: Path) -> None:
    texts = {
        "counts": "code,count,data_period,value\nvisits,Visits,SS,75\ndue,Visits due,SS,100\n",
        "indicators": "indicator,section,name,polarity,data_period,measure,numerator,denominator,"
        "target\nin_time,HOW ?,Visits in time,H,SS,percentage,visits,due,80%\n",
        "settings": "name,value\narea,Ashford\nas_at,2013-01-31\ngreen_tolerance_H,0%\n"
        "amber_tolerance_H,10%\n",
        "commentary": "as_at,indicator,comment\n2013-01-31,in_time,=Two posts are vacant\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert run("new", "mine.xlsx", "--from", ".").code == 0
    (row,) = shown_rows(tmp_path / "mine.xlsx")
    # 75 of 100 against 80%: 5 points off, within 10% of 80%.
    assert (row["latest"], row["rag"], row["target"]) == ("75.0%", "A", "80.0%")
    assert table_in(tmp_path / "mine.xlsx", "Commentary").rows[0][2] == "=Two posts are vacant"


def test_a_folder_that_makes_no_scorecard_is_told_at_once(run: Command, tmp_path: Path) -> None:
    folder = tmp_path / "inputs"
    shutil.copytree(KENT_CSV, folder)
    counts = (folder / "counts.csv").read_text(encoding="utf-8")
    (folder / "counts.csv").write_text(counts.replace(",2163", ",-3"), encoding="utf-8")
    indicators = (folder / "indicators.csv").read_text(encoding="utf-8")
    indicators = indicators.replace(",T,R12M,rate,cafs", ",high,R12M,rate,cafs")
    (folder / "indicators.csv").write_text(indicators, encoding="utf-8")
    ended = run("new", "mine.xlsx", "--from", folder)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        "error: counts.csv, line 3: cafs_completed_r12m is -3; counts start at 0.",
        "error: indicators.csv, line 2: polarity 'high' is not known; use H, L or T, or leave it "
        "blank.",
        "2 errors to put right; nothing was changed.",
    ]
    assert not (tmp_path / "mine.xlsx").exists()
