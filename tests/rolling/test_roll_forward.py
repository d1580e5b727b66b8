"""A roll: results into History, dates and labels on, counts kept, nothing else touched."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scorecard_xl import check, open_workbook, scorecard_of
from scorecard_xl.workbook.cell_content import Formula
from tests.judges.excel_parts import foreign_entries, with_excel_parts
from tests.judges.package_check import problems_of_package
from tests.rolling.rolled import count_of, history_at, records, rolled, settings_of
from tests.scorecards import (
    KENT,
    change_settings,
    copy_of,
    edited,
    enter,
    in_part,
    part_of,
    place_in,
    refreshed,
    replace_rows,
    sheet_part,
    table_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JANUARY, FEBRUARY = dt.date(2013, 1, 31), dt.date(2013, 2, 28)


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def test_results_go_into_history_unrounded_with_counts_target_and_letter(kent: Path) -> None:
    outcome = rolled(kent)
    assert (outcome.closed, outcome.as_at, outcome.added) == (JANUARY, FEBRUARY, 42)
    # 54 of 768 are 7.03125 %, which the Scorecard shows as 7.0 %; the target is 6.3 %.
    assert history_at(kent, JANUARY)["leaving_care_sgo"] == {
        "as_at": JANUARY, "indicator": "leaving_care_sgo", "result": 54 / 768,
        "numerator": 54, "denominator": 768, "target": 0.063, "rag": "G", "restated": None,
        "status": None, "key": "41305|leaving_care_sgo",
    }  # fmt: skip


def test_the_table_grows_with_its_formats_and_calculated_column(kent: Path) -> None:
    rolled(kent)
    sheet = openpyxl.load_workbook(kent)["History"]
    assert sheet.tables["History"].ref == "A4:J129"
    above, new = (list(sheet[row]) for row in (87, 129))
    assert [cell.font.name for cell in new] == [cell.font.name for cell in above]
    assert [cell.number_format for cell in new] == [
        "dd/mm/yyyy", "General", "0.0%", "#,##0", "#,##0", "0.0%", "General", '0.0%"r"',
        "General", "General",
    ]  # fmt: skip
    assert new[-1].value == above[-1].value
    assert str(new[-1].value).startswith("=History[[#This Row],[As at]]")


def test_lists_and_rules_that_reach_the_last_row_go_on(kent: Path) -> None:
    part = sheet_part(kent, "History")
    rules = (
        '<conditionalFormatting sqref="I5:I86"><cfRule type="expression" priority="9">'
        "<formula>FALSE</formula></cfRule></conditionalFormatting>"
        '<dataValidations count="2"><dataValidation type="list" sqref="I5:I86">'
        '<formula1>"provisional,final"</formula1></dataValidation>'
        '<dataValidation type="whole" sqref="L5:L86"><formula1>1</formula1>'
        "<formula2>2</formula2></dataValidation></dataValidations>"
    )
    last = table_in(kent, "History").area.bottom
    rules = rules.replace("86", str(last))
    in_part(kent, part, "<pageMargins", f"{rules}<pageMargins")
    rolled(kent)
    sheet = openpyxl.load_workbook(kent)["History"]
    assert [str(rule.sqref) for rule in sheet.conditional_formatting] == [f"I5:I{last + 42}"]
    lists = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
    assert lists == [f"I5:I{last + 42}", f"L5:L{last}"]


def test_an_own_calculated_column_of_history_is_carried_on(kent: Path) -> None:
    table = table_in(kent, "History")
    place = f"'History'!I{table.area.bottom}"
    formula = Formula("=History[[#This Row],[Result]]*2", 1.0)
    in_part(kent, "xl/tables/table3.xml", 'name="Status"', 'name="Double"')
    edited(kent, {"'History'!I4": "Double", place: formula})
    refreshed(kent)
    rolled(kent)
    cells = openpyxl.load_workbook(kent)["History"]["I"]
    assert [cell.value for cell in cells[-42:]] == [formula.text] * 42


def test_an_empty_history_is_filled_from_its_blank_row(kent: Path) -> None:
    replace_rows(kent, "History", [])
    refreshed(kent)
    rolled(kent)
    area = table_in(kent, "History").area
    assert (area.top, area.height) == (5, 42)
    assert records(kent, "History")[0]["key"] == "41305|cafs_completed"


def test_dates_and_typed_labels_move_on(kent: Path) -> None:
    before = settings_of(kent)
    rolled(kent)
    after = settings_of(kent)
    assert {name for name in after if after[name] != before[name]} == {
        "as_at", "period_label", "previous_as_at", "status",
    }  # fmt: skip
    assert (after["as_at"], after["previous_as_at"]) == (FEBRUARY, JANUARY)
    assert (after["period_label"], after["status"]) == ("Feb 2013", "draft")


def test_a_title_that_names_the_quarter_moves_on_with_it(kent: Path) -> None:
    change_settings(
        kent,
        frequency="quarter",
        as_at=dt.date(2012, 12, 31),
        period_label=None,
        previous_as_at=None,
        title="Kent, Quarter 3 2012/13",
    )
    replace_rows(kent, "History", [])
    refreshed(kent)
    rolled(kent)
    assert settings_of(kent)["title"] == "Kent, Quarter 4 2012/13"
    rolled(kent, to=dt.date(2013, 6, 30))
    assert settings_of(kent)["title"] == "Kent, Quarter 1 2013/14"


def test_nobody_has_signed_the_next_period_off(kent: Path) -> None:
    change_settings(kent, signed_off_by="the Director", signed_off_on=JANUARY, contact="the team")
    refreshed(kent)
    rolled(kent)
    after = settings_of(kent)
    assert (after["signed_off_by"], after["signed_off_on"]) == (None, None)
    assert after["contact"] == "the team"


def test_what_is_blank_stays_blank_and_follows_the_date(kent: Path) -> None:
    names = ("period_label", "target_label", "previous_as_at", "outturn_as_at", "outturn_label")
    change_settings(kent, **dict.fromkeys(names))
    refreshed(kent)
    outcome = rolled(kent)
    assert [settings_of(kent)[name] for name in names] == [None] * 5
    settings = outcome.refreshed.scorecard.settings
    assert (settings.previous_as_at, settings.period_label) == (JANUARY, "Feb 2013")


def test_a_longer_step_compares_with_the_period_closed(kent: Path) -> None:
    change_settings(kent, previous_as_at=None)
    refreshed(kent)
    rolled(kent, to=dt.date(2013, 3, 31))
    assert settings_of(kent)["previous_as_at"] == JANUARY


def test_a_date_that_has_no_row_on_settings_gets_one(kent: Path) -> None:
    rows = table_in(kent, "Settings").rows
    replace_rows(kent, "Settings", [row for row in rows if row[0] != "previous_as_at"])
    refreshed(kent)
    rolled(kent, to=dt.date(2013, 3, 31))
    assert settings_of(kent)["previous_as_at"] == JANUARY
    place = place_in(kent, "Settings", "previous_as_at", "Value")
    cell = openpyxl.load_workbook(kent)["Settings"][place.rpartition("!")[2]]
    assert (cell.value, cell.number_format) == (dt.datetime(2013, 1, 31), "dd/mm/yyyy")


def test_counts_are_kept_and_marked_as_those_of_the_period_before(kent: Path) -> None:
    outcome = rolled(kent)
    assert (outcome.kept, outcome.emptied) == (64, 0)
    row = count_of(kent, "referrals_r12m")
    assert (row["value"], row["previous_value"]) == (13_293, 13_293)


@pytest.mark.parametrize("typed", [13_400, 13_293], ids=["a new count", "still the old one"])
def test_a_count_is_grey_until_it_changes(kent: Path, typed: int) -> None:
    rolled(kent)
    enter(kent, referrals_r12m=typed)
    place = place_in(kent, "Counts", "referrals_r12m", "Value")
    rules = openpyxl.load_workbook(kent)["Counts"].conditional_formatting
    [rule] = [rule for each in rules for rule in each.rules]
    assert [str(each.sqref) for each in rules] == ["D5:D2000"]
    assert rule.formula == ['AND($G5<>"",$D5=$G5)']
    assert place.startswith("'Counts'!D")
    row = count_of(kent, "referrals_r12m")
    assert (row["value"] == row["previous_value"]) is (typed == 13_293)


def test_counts_are_emptied_on_demand_but_for_formulas(kent: Path) -> None:
    place = place_in(kent, "Counts", "referrals_ytd", "Value")
    edited(kent, {place: Formula("=11000+418", 11_418.0)})
    refreshed(kent)
    outcome = rolled(kent, clear_counts=True)
    assert outcome.emptied == 63
    assert count_of(kent, "referrals_r12m")["value"] is None
    assert count_of(kent, "referrals_r12m")["previous_value"] == 13_293
    assert openpyxl.load_workbook(kent)["Counts"][place.rpartition("!")[2]].value == "=11000+418"


def test_a_workbook_without_the_column_is_told_so(kent: Path) -> None:
    in_part(kent, "xl/tables/table1.xml", 'name="Previous value"', 'name="Mine"')
    edited(kent, {"'Counts'!G4": "Mine"})
    refreshed(kent)
    codes = [problem.code for problem in rolled(kent).warnings]
    assert codes == ["source_note_dated", "no_previous_value"]


def test_the_scorecard_then_compares_with_the_period_closed(kent: Path) -> None:
    outcome = rolled(kent)
    results = outcome.refreshed.scorecard.results
    assert set(results["dot_previous"].dropna()) == {"same"}
    with open_workbook(kent) as workbook:
        assert not any(problem.is_error for problem in check(workbook))


def test_a_missing_result_is_kept_as_the_word_that_was_typed(kent: Path) -> None:
    enter(kent, referrals_r12m="c", cafs_completed_r12m=None)
    refreshed(kent)
    rolled(kent)
    held = history_at(kent, JANUARY)
    assert (held["referrals"]["result"], held["referrals"]["numerator"]) == ("c", None)
    assert held["cafs_completed"]["result"] is None
    enter(kent, referrals_r12m=13_293, cafs_completed_r12m=2_163)
    with open_workbook(kent) as workbook:
        results = scorecard_of(workbook).results.set_index("indicator")
    assert results.loc[["referrals", "cafs_completed"], "dot_previous"].isna().all()


def test_results_that_history_holds_already_are_not_added_again(kent: Path) -> None:
    table = table_in(kent, "History")
    typed: list[Any] = [
        JANUARY,
        "leaving_care_sgo",
        54 / 768,
        *[None] * 6,
        "41305|leaving_care_sgo",
    ]
    replace_rows(kent, "History", [*table.rows, typed])
    refreshed(kent)
    assert rolled(kent).added == 41


def test_a_result_typed_as_rounded_need_only_look_the_same(kent: Path) -> None:
    table = table_in(kent, "History")
    typed: list[Any] = [JANUARY, "leaving_care_sgo", 0.07, *[None] * 5, "Rounded", None]
    replace_rows(kent, "History", [*table.rows, typed])
    refreshed(kent)
    assert rolled(kent).added == 41


def test_nothing_of_what_excel_keeps_besides_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "scorecard.xlsx"
    with_excel_parts(KENT, path)
    refreshed(path)
    owned = (
        "xl/workbook.xml", "xl/styles.xml", "xl/tables/table3.xml",
        *(sheet_part(path, name) for name in ("Scorecard", "Counts", "History", "Settings")),
        *(sheet_part(path, name) for name in ("Checks", "Why")),
    )  # fmt: skip
    before = foreign_entries(path, owned)
    rolled(path)
    assert foreign_entries(path, owned) == before
    assert problems_of_package(path) == []


def test_a_rolled_workbook_passes_both_validators(
    kent: Path, validator_problems: Callable[[Path], list[str]]
) -> None:
    rolled(kent)
    assert validator_problems(kent) + problems_of_package(kent) == []


def test_rows_of_old_keep_their_bytes(kent: Path) -> None:
    part = sheet_part(kent, "History")
    before = part_of(kent, part).partition(b"</sheetData>")[0].partition(b"<sheetData>")[2]
    rolled(kent)
    assert before in part_of(kent, part)
