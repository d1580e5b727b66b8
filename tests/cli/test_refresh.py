"""``refresh``: in place, to another file, with new counts."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scorecard_xl.workbook.cell_content import Formula
from tests.scorecards import (
    KENT,
    PUBLISHED,
    change_indicator,
    edited,
    enter,
    entries_of,
    part_of,
    shown_rows,
    table_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.command import Command


def test_refresh_fills_the_file_and_keeps_the_one_before(run: Command, kent: Path) -> None:
    enter(kent, children_under_18=330_000)
    before = kent.read_bytes()
    ended = run("refresh", kent)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"{kent} is refreshed: ")
    assert shown_rows(kent)[0]["latest"] == "65.5"
    assert kent.with_name("scorecard.xlsx.before-refresh").read_bytes() == before


def test_refresh_to_another_file_leaves_the_workbook_as_it_is(run: Command, kent: Path) -> None:
    enter(kent, children_under_18=330_000)
    before = kent.read_bytes()
    other = kent.with_name("other.xlsx")
    assert run("refresh", kent, "--output", other).code == 0
    assert kent.read_bytes() == before
    assert shown_rows(other)[0]["latest"] == "65.5"
    assert {path.name for path in kent.parent.iterdir()} == {kent.name, other.name}


def test_refresh_to_another_file_does_not_overwrite_unless_forced(run: Command, kent: Path) -> None:
    other = kent.with_name("other.xlsx")
    other.write_bytes(b"my work")
    ended = run("refresh", kent, "--output", other)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"{other} is there already; give another name, or --force to replace it.\n"
    assert other.read_bytes() == b"my work"
    assert run("refresh", kent, "--output", other, "--force").code == 0
    assert other.read_bytes() == KENT.read_bytes()


def as_csv(path: Path, rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def as_xlsx(path: Path, rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Export")
    for row in rows:
        book["Export"].append(row)
    book.save(path)


@pytest.mark.parametrize(("name", "write"), [("new.csv", as_csv), ("new.xlsx", as_xlsx)])
def test_new_counts_are_entered_by_code_and_other_columns_ignored(
    run: Command, kent: Path, name: str, write: Callable[[Path, list[list[Any]]], None]
) -> None:
    pasted = kent.with_name(name)
    write(
        pasted,
        [
            ["Extract of 8 February", None, None],
            ["Team", "CODE", "Value"],
            ["East", "Children_Under_18", 330_000],
            ["West", "referrals_ytd", "TBS"],
        ],
    )
    ended = run("refresh", kent, "--counts", pasted)
    assert ended.code == 0
    assert ended.err == (
        "warning: 'Counts'!D8: referrals_ytd is 'TBS', to be supplied; type the count when it is "
        "known.\n"
    )
    rows = shown_rows(kent)
    assert (rows[0]["latest"], rows[2]["latest"]) == ("65.5", "to be supplied")
    values = {row[0]: row[3] for row in table_in(kent, "Counts").rows}
    assert (values["children_under_18"], values["cafs_completed_r12m"]) == (330_000, 2163)
    assert table_in(kent, "Counts").headings == table_in(KENT, "Counts").headings


def test_unknown_codes_are_an_error_and_nothing_is_entered(run: Command, kent: Path) -> None:
    pasted = kent.with_name("new.csv")
    as_csv(pasted, [["code", "value"], ["referrals_ytd", 1], ["refferals_ytd", 2], ["more", 3]])
    ended = run("refresh", kent, "--counts", pasted)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        "error: new.csv, line 3: 'refferals_ytd' is not among the codes of 'Counts'!A5:G68; use "
        "'referrals_ytd', or take it out.",
        "error: new.csv, line 4: 'more' is not among the codes of 'Counts'!A5:G68; add a row for "
        "it, or take it out.",
        "2 errors to put right; nothing was changed.",
    ]
    assert kent.read_bytes() == KENT.read_bytes()


@pytest.mark.parametrize(("name", "write"), [("new.csv", as_csv), ("new.xlsx", as_xlsx)])
def test_a_count_that_cannot_be_is_told_where_it_was_given(
    run: Command, kent: Path, name: str, write: Callable[[Path, list[list[Any]]], None]
) -> None:
    pasted = kent.with_name(name)
    write(pasted, [["code", "value"], ["Referrals_YTD", 1], ["children_under_18", -4]])
    ended = run("refresh", kent, "--counts", pasted)
    place = "new.csv, line 3" if name == "new.csv" else "new.xlsx, row 3"
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines()[0].startswith(f"error: {place}: children_under_18 is -4; ")
    assert kent.read_bytes() == KENT.read_bytes()


def test_a_cell_that_holds_a_formula_is_not_overwritten(run: Command, kent: Path) -> None:
    edited(kent, {"Counts!D5": Formula("=161000+161813", 322_813.0)})
    pasted = kent.with_name("new.csv")
    as_csv(pasted, [["code", "value"], ["children_under_18", 330_000]])
    ended = run("refresh", kent, "--counts", pasted)
    assert ended.code == 0
    assert ended.err == (
        "warning: 'Counts'!D5: the cell holds a formula, so the new value 330000 of "
        "children_under_18 was not entered; change what the formula reads, or clear it.\n"
    )
    assert b"<f>161000+161813</f>" in part_of(kent, "xl/worksheets/sheet2.xml")
    assert shown_rows(kent) == PUBLISHED


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("new.csv", "code,number\na,1\n", "has no columns Code and Value; name them so in its"),
        (
            "new.csv",
            "code,value\na,1\n\nA,2\n",
            "gives the code 'A' twice, in line 2 and line 4; leave one of them.",
        ),
        ("new.csv", "Code;Value\na;1\n", "parts its columns by semicolons; save it as CSV with"),
        ("new.csv", "code,value\n,1\n", "has no code below its headings, so there is nothing"),
        (
            "new.csv",
            "code,value,\na,1,\nb,12,000\n",
            ", line 3 has 3 cells under 2 headings; write",
        ),
        ("new.ods", "", "is neither .csv nor .xlsx; export the counts as one of these."),
        ("new.xlsx", "code,value\n", "cannot be read as an Excel workbook; open it in Excel and"),
        ("missing.csv", None, "was not found; check the name and the folder."),
    ],
)
def test_a_file_of_counts_that_cannot_be_read_ends_with_3(
    run: Command, kent: Path, name: str, content: str | None, message: str
) -> None:
    if content is not None:
        kent.with_name(name).write_text(content, encoding="utf-8")
    ended = run("refresh", kent, "--counts", kent.with_name(name))
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith(
        f"{kent.with_name(name)}{'' if message[0] == ',' else ' '}{message}"
    )
    assert kent.read_bytes() == KENT.read_bytes()


def test_refresh_fills_with_values_or_formulas_as_asked(run: Command, kent: Path) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    assert run("refresh", kent, "--fill", "values").code == 0
    assert b"<f>" not in part_of(kent, sheet)
    assert run("refresh", kent, "--fill", "formulas").code == 0
    assert entries_of(kent) == entries_of(KENT)


def test_a_workbook_with_errors_is_not_refreshed_and_all_are_told(run: Command, kent: Path) -> None:
    enter(kent, cafs_completed_r12m=-3, referrals_ytd=None)
    change_indicator(kent, "referrals", polarity="high")
    before = kent.read_bytes()
    ended = run("refresh", kent)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        "error: 'Counts'!D6: cafs_completed_r12m is -3; counts start at 0.",
        "warning: 'Counts'!D8: referrals_ytd is blank; type the count, or N/A or x (not "
        "available), TBS (to be supplied), c (suppressed), z (not applicable).",
        "error: 'Indicators'!D6: polarity 'high' is not known; use H, L or T, or leave it blank.",
        "2 errors to put right; nothing was changed.",
    ]
    assert kent.read_bytes() == before
    assert [path.name for path in kent.parent.iterdir()] == [kent.name]
