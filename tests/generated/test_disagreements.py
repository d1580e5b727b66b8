"""Where sheet, calculators and core once differed, each by the name of what was wrong."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scorecard_xl import build_scorecard, open_workbook
from scorecard_xl.csv_folder import read_csv_folder
from scorecard_xl.new_workbook import new_from_inputs
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.engine import Area
from tests.generated.test_agreement import disagreements
from tests.scorecards import (
    KENT,
    KENT_CSV,
    change_indicator,
    change_settings,
    copy_of,
    edited,
    enter,
    place_in,
    refreshed,
    table_in,
    text_at,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from scorecard_xl.workbook.cell_content import Content
    from tests.judges.libreoffice import Calc

RESULT, LETTER, DENOMINATOR, TARGET, PREVIOUS, OUTTURN = "D8", "E8", "G8", "H8", "I8", "K8"


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def cells_of(path: Path, *cells: str) -> list[Any]:
    """What cells of the Scorecard hold by their cached values."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Scorecard"]
    return [sheet[cell].value for cell in cells]


def retype_code(path: Path, name: str, code: str, heading: str, typed: str) -> None:
    """Type a code otherwise wherever it stands in a column."""
    table = table_in(path, name)
    at = table.headings.index(heading)
    places = {
        str(Area.cell(table.area.sheet, table.area.top + i, table.area.left + at)): typed
        for i, row in enumerate(table.rows)
        if value_of(row[at]) == code
    }
    assert places
    edited(path, places)


@pytest.mark.parametrize(
    ("name", "heading", "code", "typed"),
    [
        pytest.param("Counts", "Code", "children_under_18", " children_under_18", id="a count's"),
        pytest.param("Counts", "Code", "cafs_completed_r12m", "CAFs_completed_r12m ",
                     id="in other letters too"),
        pytest.param("Indicators", "Numerator", "cafs_completed_r12m", "cafs_completed_r12m  ",
                     id="a numerator's"),
        pytest.param("Indicators", "Indicator", "cafs_completed", "cafs_completed ",
                     id="an indicator's"),
        pytest.param("History", "Indicator", "cafs_completed", " Cafs_completed", id="in History"),
    ],
)  # fmt: skip
def test_spaces_typed_round_a_code_do_not_hide_it(
    calc: Calc, kent: Path, name: str, heading: str, code: str, typed: str
) -> None:
    before = cells_of(kent, RESULT, TARGET, PREVIOUS, OUTTURN)
    retype_code(kent, name, code, heading, typed)
    refreshed(kent)
    assert cells_of(kent, RESULT, TARGET, PREVIOUS, OUTTURN) == before
    assert disagreements(calc, kent) == []


@pytest.mark.parametrize(
    ("settings", "shows"),
    [
        pytest.param({"amber_tolerance_T": "20%"}, "A", id="a tolerance"),
        pytest.param({"green_tolerance_T": "0.15"}, "G", id="a tolerance as a fraction"),
        pytest.param({"rate_base": "10,000"}, "A", id="the base of rates"),
        pytest.param({"minimum_denominator": "400,000"}, None, id="the least denominator"),
        pytest.param({"as_at": "2013-01-31"}, "A", id="the date"),
        pytest.param({"previous_as_at": "2012-12-31"}, "A", id="the previous date"),
    ],
)
def test_a_setting_typed_as_text_counts_as_its_number(
    calc: Calc, kent: Path, settings: dict[str, Content], shows: str | None
) -> None:
    # 67.0 CAFs against a target of 77.2 are 13.2% away: Amber with Kent's 15%.
    change_settings(kent, **settings)
    refreshed(kent)
    assert cells_of(kent, LETTER) == [shows]
    assert disagreements(calc, kent) == []


@pytest.mark.parametrize(
    ("settings", "title", "period"),
    [
        pytest.param({"title": " Kent "}, "Kent", None, id="spaces round a title"),
        pytest.param({"title": "   "}, "Scorecard - Kent", None, id="a title of spaces"),
        pytest.param({"title": 2013.0}, "2013", None, id="a title that is a number"),
        pytest.param({"version": " 2 "}, None, "Version 2, final", id="spaces round a version"),
        pytest.param({"version": "  "}, None, "Final", id="a version of spaces"),
        pytest.param({"version": 1.1}, None, "Version 1.1, final", id="a version that is a number"),
        pytest.param({"version": None, "status": "d" * 150}, None, "D" + "d" * 149,
                     id="a status of 150 characters"),
        pytest.param({"version": None, "status": "👶🏽 draft"}, None, "👶🏽 draft",
                     id="a status that starts with an emoji"),
    ],
)  # fmt: skip
def test_labels_read_as_the_core_reads_them(
    calc: Calc, kent: Path, settings: dict[str, Content], title: str | None, period: str | None
) -> None:
    change_settings(kent, **settings)
    refreshed(kent)
    if title is not None:
        assert text_at(kent, "scorecard_title") == title
    if period is not None:
        assert text_at(kent, "scorecard_period").split("   |   ")[-1] == period
    assert disagreements(calc, kent) == []


def test_a_year_begins_even_where_the_previous_period_is_a_year_back(
    calc: Calc, kent: Path
) -> None:
    change_settings(kent, previous_as_at=dt.date(2012, 1, 31))
    refreshed(kent)
    # Row 10 is a year to date; History has nothing for January 2012.
    assert cells_of(kent, "C10", "I10", "J10") == ["YTD", "new year", None]
    assert disagreements(calc, kent) == []


def test_a_denominator_that_is_not_used_cannot_be_too_small(calc: Calc, kent: Path) -> None:
    # Row 20 counts unallocated cases, 16 of them on a target of 0 and so Red.
    before = cells_of(kent, "E20")
    change_indicator(kent, "unallocated_over_28_days", denominator="cafs_completed_r12m")
    change_settings(kent, minimum_denominator=5_000.0)
    refreshed(kent)
    assert before[0] in ("G", "A", "R")
    assert cells_of(kent, "E20") == before
    assert disagreements(calc, kent) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("\u00a0", "not entered", id="a space of a web page"),
        pytest.param("N/A\u00a0", "not available", id="and after a state"),
        pytest.param("\ttbs\n", "to be supplied", id="tab and line break"),
    ],
)
def test_white_space_of_any_kind_round_a_state_is_nothing(
    calc: Calc, kent: Path, typed: str, words: str
) -> None:
    enter(kent, children_under_18=typed)
    refreshed(kent)
    assert cells_of(kent, RESULT) == [words]
    assert disagreements(calc, kent) == []


def test_settings_from_csv_become_numbers_in_the_sheet(calc: Calc, tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    new_from_inputs(path, read_csv_folder(KENT_CSV))
    with open_workbook(path) as workbook:
        cell = place_in(path, "Settings", "amber_tolerance_H", "Value")
        sheet, _, reference = cell.rpartition("!")
        assert workbook.read_block(Area.of(sheet.strip("'"), reference)) == [[0.1]]
    assert disagreements(calc, path) == []


def with_setting(frame: pd.DataFrame, name: str, value: object) -> pd.DataFrame:
    """The table of settings with another value for one of them."""
    changed = frame.copy()
    changed.loc[changed["name"] == name, "value"] = value
    return changed


@pytest.mark.parametrize(
    "typed", [pytest.param("02-29", id="text"), pytest.param(dt.date(2012, 2, 29), id="a date")]
)
def test_a_reporting_year_cannot_begin_on_a_day_that_most_years_lack(typed: object) -> None:
    inputs = read_csv_folder(KENT_CSV)
    inputs = dataclasses.replace(
        inputs, settings=with_setting(inputs.settings, "year_start", typed)
    )
    with pytest.raises(Exception, match="is not a month and day; type 04-01 for 1 April"):
        build_scorecard(inputs.indicators, inputs.counts, inputs.history, inputs.settings)
