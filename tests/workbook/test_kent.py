"""The January 2013 scorecard, as published and to the letter, in the cells of a saved file."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl.workbook.engine import column_letters
from tests.scorecards import (
    KENT,
    KENT_CSV,
    PUBLISHED,
    PUBLISHED_SUMMARY,
    area_of_name,
    entries_of,
    plain_figures,
    published_roles,
    refreshed,
    shown_rows,
    skeleton_in,
    text_at,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.judges.libreoffice import Calc, CalcBook

FILLS = ("values", "formulas")


@pytest.fixture(scope="module", params=FILLS)
def kent(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = skeleton_in(tmp_path_factory.mktemp("kent"))
    refreshed(path, fill=request.param)
    return path


def test_the_cells_show_all_42_rows_as_published(kent: Path) -> None:
    assert shown_rows(kent) == PUBLISHED
    assert len(PUBLISHED) == 42


def test_the_summary_is_as_published_to_the_letter(kent: Path) -> None:
    assert text_at(kent, "scorecard_summary") == PUBLISHED_SUMMARY


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("scorecard_title", "Scorecard - Kent, inc UASC"),
        ("scorecard_period", "Jan 2013   |   Data as at 31/01/2013   |   Version 1.0, final"),
        (
            "scorecard_tallies",
            "20 Green   12 Amber   9 Red   |   since last month: 25 better, 1 same, 15 worse   |   "
            "since March 12: 32 better, 0 same, 9 worse",
        ),
        ("column_target", "Target for 12/13"),
        ("column_outturn", "Outturn (March 12) Result"),
    ],
)
def test_the_texts_around_the_rows_are_kents(kent: Path, name: str, expected: str) -> None:
    assert text_at(kent, name) == expected


def test_results_are_kept_unrounded(kent: Path) -> None:
    book = openpyxl.load_workbook(kent, data_only=True)
    # 2163 CAFs x 10,000 / 322,813 children, shown as 67.0.
    assert book["Scorecard"]["D8"].value == 21630000 / 322813


def test_sections_stand_in_order_above_their_indicators(kent: Path) -> None:
    with (KENT_CSV / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = []
    for section in dict.fromkeys(row["section"] for row in rows):
        expected += [section, *(row["name"] for row in rows if row["section"] == section)]
    sheet = openpyxl.load_workbook(kent, data_only=True)["Scorecard"]
    body = [cell.value for (cell,) in sheet["A7:A54"]]
    assert body == [*expected, "PERFORMANCE SUMMARY", PUBLISHED_SUMMARY]


def test_libreoffice_shows_the_published_scorecard_and_calculates_the_same(
    calc: Calc, kent: Path
) -> None:
    with calc.open(kent) as book:
        assert shown_in(book, kent) == PUBLISHED
        assert book.shown("Scorecard", "A54") == [[PUBLISHED_SUMMARY]]
        as_saved = book.values("Scorecard", "A1:P55")
        book.recalculate()
        calculated = book.values("Scorecard", "A1:P55")
    assert [rounded(row) for row in calculated] == [rounded(row) for row in as_saved]


def rounded(row: list[object]) -> list[object]:
    """Figures to 9 decimals, as comparisons take them."""
    return [round(value, 9) if isinstance(value, float) else value for value in row]


def shown_in(book: CalcBook, path: Path) -> list[dict[str, str]]:
    """The indicators' rows as LibreOffice shows them, in the columns of expected.csv."""
    names, columns = openpyxl.load_workbook(path), {}
    for column, role in published_roles().items():
        letters = column_letters(area_of_name(names, f"column_{role}")[2])
        columns[column] = [line[0] for line in book.shown("Scorecard", f"{letters}7:{letters}53")]
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return [plain_figures(row) for row in rows if row["indicator"]]


def test_the_template_is_what_a_refresh_makes_of_its_skeleton(tmp_path: Path) -> None:
    path = skeleton_in(tmp_path)
    refreshed(path)
    assert entries_of(path) == entries_of(KENT)


def test_a_refresh_of_the_template_changes_no_byte(tmp_path: Path) -> None:
    path = tmp_path / "kent.xlsx"
    shutil.copyfile(KENT, path)
    refreshed(path)
    assert path.read_bytes() == KENT.read_bytes()
