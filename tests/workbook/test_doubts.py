"""Every fault of a year's month is told by its cell: by a refresh, by `check`, on Checks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl import check, open_workbook
from scorecard_xl.new_workbook import new_from_inputs
from scorecard_xl.workbook.engine import Area
from tests.rules.test_plausibility import FAULTS, KEYS, with_entry
from tests.scorecards import place_in, table_in
from tests.year import JANUARY, YEAR, month_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.csv_folder import Inputs


# What only a workbook's own reading finds: dates that others are compared at.
FAULTS_OF_DATES = {
    "a previous date that is not the month before": (
        with_entry("Settings", "previous_as_at", "value", dt.date(2012, 11, 30)),
        "previous_not_the_period_before", "Settings", "previous_as_at", "value",
    ),
    "an outturn of which nothing was published": (
        with_entry("Settings", "outturn_as_at", "value", dt.date(2010, 3, 31)),
        "no_history", "Settings", "outturn_as_at", "value",
    ),
}  # fmt: skip
ALL_FAULTS = {**FAULTS, **FAULTS_OF_DATES}


def cell_of(path: Path, inputs: Inputs, table: str, key: str, column: str) -> str:
    """The cell of a table's row, the last that has the key, and of a column."""
    heading = column.replace("_", " ").capitalize()
    if table == "Settings":
        return place_in(path, table, key, heading)
    found = table_in(path, table)
    rows = getattr(inputs, table.lower())[KEYS[table]].tolist()
    row = len(rows) - 1 - rows[::-1].index(key)
    left = found.area.left + found.headings.index(heading)
    return str(Area.cell(found.area.sheet, found.area.top + row, left))


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_a_fault_is_told_by_its_cell(fault: str, tmp_path: Path) -> None:
    plant, code, *where = ALL_FAULTS[fault]
    inputs, path = plant(month_inputs(JANUARY)), tmp_path / "year.xlsx"
    warnings = new_from_inputs(path, inputs).warnings
    expected = [(code, cell_of(path, inputs, *where))]
    assert [(warning.code, warning.place) for warning in warnings] == expected
    with open_workbook(path) as workbook:
        assert [(problem.code, problem.place) for problem in check(workbook)] == expected


@pytest.mark.parametrize("as_at", YEAR, ids=str)
def test_a_clean_month_leaves_checks_without_a_finding(as_at: dt.date, tmp_path: Path) -> None:
    path = tmp_path / "year.xlsx"
    assert new_from_inputs(path, month_inputs(as_at)).warnings == ()
    assert openpyxl.load_workbook(path)["Checks"]["C5"].value == "Nothing was found."
    with open_workbook(path) as workbook:
        assert check(workbook) == ()


def test_checks_lists_a_fault_with_a_link_to_its_cell(tmp_path: Path) -> None:
    plant, *_ = FAULTS["a part above its whole"]
    path = tmp_path / "year.xlsx"
    (warning,) = new_from_inputs(path, plant(month_inputs(JANUARY))).warnings
    severity, link, finding, remedy, code = openpyxl.load_workbook(path)["Checks"][5][:5]
    assert link.value == f'=HYPERLINK("#{warning.place}","{warning.place}")'
    assert [cell.value for cell in (severity, finding, remedy, code)] == [
        "warning", warning.finding, warning.remedy, "numerator_above_denominator",
    ]  # fmt: skip
