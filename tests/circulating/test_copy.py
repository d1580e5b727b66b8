"""The copy holds the scorecard that was published, as values, and opens everywhere."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from scorecard_xl import InvalidWorkbookError, RefusedError
from scorecard_xl.workbook.cell_content import ErrorValue
from tests import scorecards
from tests.circulating.copies import copy_in, copy_made, without_counts
from tests.circulating.leaks import numbers_in
from tests.commented import JANUARY, with_commentary
from tests.judges.package_check import problems_of_package
from tests.scorecards import (
    EMPTY,
    KENT,
    PUBLISHED,
    PUBLISHED_SUMMARY,
    change_settings,
    copy_of,
    edited,
    enter,
    refreshed,
    replace_rows,
    text_at,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.judges.libreoffice import Calc


def texts_of(path: Path, sheet: str) -> list[str]:
    book = openpyxl.load_workbook(path)
    texts = [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value]
    book.close()
    return texts


def test_it_shows_every_published_row_and_the_summary(kent_copy: Path) -> None:
    assert shown_rows_of_copy(kent_copy) == [without_code(row) for row in PUBLISHED]
    assert text_at(kent_copy, "scorecard_summary") == PUBLISHED_SUMMARY


@pytest.mark.parametrize("is_refreshed", [True, False])
def test_headings_name_the_year_where_openpyxl_saved_and_nobody_calculated(
    tmp_path: Path, is_refreshed: bool
) -> None:
    kent = copy_of(KENT, tmp_path)
    openpyxl.load_workbook(kent).save(kent)
    if is_refreshed:
        refreshed(kent)
        assert text_at(kent, "column_target") == "Target for 12/13"
        assert text_at(kent, "column_outturn") == "Outturn (March 12) Result"
    texts = texts_of(copy_in(kent, tmp_path), "Scorecard")
    assert {"Target for 12/13", "Outturn (March 12) Result"} <= {*texts}
    assert not any("NOT_CALCULATED" in text for text in texts)


def test_a_heading_that_shows_an_error_is_copied_as_it_shows(tmp_path: Path) -> None:
    kent = copy_of(KENT, tmp_path)
    edited(kent, {"'Scorecard'!C6": ErrorValue("#REF!")})
    assert "#REF!" in texts_of(copy_in(kent, tmp_path), "Scorecard")


def without_code(row: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in row.items() if name != "indicator"}


def shown_rows_of_copy(path: Path) -> list[dict[str, str]]:
    """The rows as they show; a copy has no codes, so that the working file's are put back."""
    columns = {
        name: role for name, role in scorecards.published_roles().items() if name != "indicator"
    }
    book = openpyxl.load_workbook(path)
    places = {name: scorecards.area_of_name(book, f"column_{it}") for name, it in columns.items()}
    sheet, top = scorecards.area_of_name(book, "scorecard_body")[:2]
    bottom = scorecards.area_of_name(book, "scorecard_summary")[1]
    rows = []
    for row in range(top, bottom):
        cells = {name: book[sheet].cell(row, place[2]) for name, place in places.items()}
        if cells["data_period"].value:
            rows.append({name: scorecards.formatted(cell) for name, cell in cells.items()})
    book.close()
    return [scorecards.plain_figures(row) for row in rows]


def test_the_working_file_stays_as_it_is(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    copy_in(path, tmp_path)
    assert path.read_bytes() == KENT.read_bytes()


def test_the_same_workbook_gives_the_same_bytes(kent_copy: Path) -> None:
    assert copy_made(KENT).content == kent_copy.read_bytes()


def test_validators_and_the_package_check_find_nothing(
    kent_copy: Path, validator_problems: Callable[[Path], list[str]]
) -> None:
    assert problems_of_package(kent_copy) == []
    assert validator_problems(kent_copy) == []


def test_libreoffice_shows_it(kent_copy: Path, calc: Calc) -> None:
    with calc.open(kent_copy) as book:
        assert book.sheet_names == ["Scorecard", "Accessible", "Exceptions", "Notes"]
        assert [text.strip() for text in book.shown("Scorecard", "D9:E9")[0]] == ["67.0", "A"]
        assert book.range("Scorecard", "E9").CellBackColor == 0xFFC83D


def test_the_accessible_table_has_words_and_no_blanks(kent_copy: Path) -> None:
    book = openpyxl.load_workbook(kent_copy)
    sheet = book["Accessible"]
    table = sheet.tables["Results"]
    headings, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert len(rows) == 42
    assert len(set(headings)) == len(headings)
    assert all(value not in (None, "") for row in rows for value in row)
    assert not sheet.merged_cells.ranges
    last = dict(zip(headings, rows[-1], strict=True))
    assert (last["Rating"], last["Change since previous result"]) == ("Green", "Better")
    assert last["Latest result"] == pytest.approx(54 / 768, abs=1e-14)
    assert {cell.number_format for cell in sheet[table.ref][-1]} >= {"0.0%", "#,##0"}
    book.close()


def test_states_are_words_on_both_sheets(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    enter(path, children_under_18="x", lac_due_health_checks=0, lac_dental_checks_in_timescale=0)
    refreshed(path)
    copy = copy_in(path, tmp_path)
    for sheet in ("Scorecard", "Accessible"):
        assert {"not available", "none due", "zero denominator"} <= set(texts_of(copy, sheet))
    assert any("there is no count that could be used" in text for text in texts_of(copy, "Notes"))


def test_settings_are_told(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    change_settings(
        path, marking="OFFICIAL - SENSITIVE", signed_off_by="the Director of Children's Services",
        signed_off_on=dt.date(2013, 2, 7), contact="performance team", status="draft",
        tolerances_agreed_by="Scrutiny Board", language="cy-GB",
    )  # fmt: skip
    refreshed(path)
    copy = copy_in(path, tmp_path)
    line = "Signed off by the Director of Children's Services on 07/02/2013"
    assert any(line in text for text in texts_of(copy, "Scorecard"))
    assert {"performance team", "Scrutiny Board"} <= set(texts_of(copy, "Notes"))
    book = openpyxl.load_workbook(copy)
    properties = book.properties
    assert (properties.language, properties.contentStatus) == ("cy-GB", "Draft")
    assert properties.title == "Scorecard - Kent, inc UASC, Jan 2013"
    assert book["Scorecard"].oddFooter.center.text.strip().endswith("OFFICIAL - SENSITIVE")
    book.close()


def test_commentary_comes_along_where_it_is_printed(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    with_commentary(path, column=13)
    refreshed(path)
    copy = copy_in(path, tmp_path)
    for sheet in ("Scorecard", "Accessible"):
        assert "- as planned Action: @team to look at overdue ones (A. Smith)" in texts_of(
            copy, sheet
        )
    assert "=HYPERLINK is not meant" in texts_of(copy, "Scorecard")


def test_commentary_on_what_is_no_exception_stays_behind_where_it_is_not_printed(
    tmp_path: Path,
) -> None:
    path = copy_of(KENT, tmp_path)
    rows = [
        [JANUARY, "cp_plans", "Unseen.", None, None],
        [JANUARY, "referrals", "Seen.", None, None],
    ]
    replace_rows(path, "Commentary", rows)
    refreshed(path)
    book = openpyxl.load_workbook(copy_in(path, tmp_path))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    book.close()
    assert "Seen." in texts
    assert not any("Unseen." in text for text in texts)


def test_a_column_that_the_scorecard_lacks_is_nowhere_in_the_copy(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    without_counts(path)
    book = openpyxl.load_workbook(copy_in(path, tmp_path))
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    book.close()
    assert values.isdisjoint({"Numerator", "Denominator", 322813, 13293})


def test_without_counts_figures_are_no_finer_than_they_are_shown(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    without_counts(path)
    copy = copy_in(path, tmp_path)
    # 54 of 768 are 7.03125%: with all its digits the share would give the two away.
    assert 0.07 in numbers_in(copy)
    assert not any(abs(number - 54 / 768) < 1e-9 for number in numbers_in(copy))
    book = openpyxl.load_workbook(copy)
    results = {cell.value for cell in book["Accessible"]["F"] if isinstance(cell.value, float)}
    book.close()
    assert all(round(result, 3) == result for result in results)


def test_a_copy_is_not_circulated_again(kent_copy: Path) -> None:
    with pytest.raises(RefusedError, match="is a circulated copy"):
        copy_made(kent_copy)


def test_a_workbook_may_have_tables_of_its_own_that_are_called_like_a_copys(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Notes")
    for column, name in (("A", "About"), ("D", "Results")):
        sheet[f"{column}1"], sheet[f"{column}2"] = "Mine", 1
        sheet.add_table(Table(displayName=name, ref=f"{column}1:{column}2"))
    book.save(path)
    book.close()
    refreshed(path)
    assert shown_rows_of_copy(copy_in(path, tmp_path)) == [without_code(row) for row in PUBLISHED]


def test_errors_refuse_it(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    enter(path, referrals_r12m=-3)
    with pytest.raises(InvalidWorkbookError, match="is -3"):
        copy_made(path)


def test_with_a_reason_what_an_error_touches_is_left_out_and_the_reason_is_on_the_page(
    tmp_path: Path,
) -> None:
    path = copy_of(KENT, tmp_path)
    enter(path, referrals_r12m=-3)
    made = copy_made(path, reason="the board meets today")
    assert len(made.errors) == 1
    copy = copy_in(path, tmp_path, reason="the board meets today")
    texts = texts_of(copy, "Scorecard")
    assert "Circulated with errors in its counts, because: the board meets today" in texts
    assert "not available" in texts
    assert -3 not in numbers_in(copy)


def test_a_reason_without_errors_is_not_printed(kent_copy: Path) -> None:
    assert copy_made(KENT, reason="none needed").content == kent_copy.read_bytes()


def test_a_workbook_without_data_is_refused() -> None:
    with pytest.raises((InvalidWorkbookError, RefusedError)):
        copy_made(EMPTY)
    with pytest.raises(InvalidWorkbookError):
        copy_made(EMPTY, reason="in spite of that")


def test_what_was_typed_over_is_an_error_and_the_copy_has_what_the_counts_give(
    tmp_path: Path,
) -> None:
    path = copy_of(KENT, tmp_path)
    edited(path, {"'Scorecard'!D9": 12.5})
    with pytest.raises(InvalidWorkbookError):
        copy_made(path)
    copy = copy_in(path, tmp_path, reason="sent all the same")
    assert shown_rows_of_copy(copy) == [without_code(row) for row in PUBLISHED]


def test_the_checklist_says_what_the_house_view_breaks() -> None:
    kept = {each.rule: each for each in copy_made(KENT).checklist}
    assert all(each.is_kept for each in kept.values())
    assert kept["No cells are merged"].broken_by == ("Scorecard",)
    assert "Accessible" in kept["Ratings and changes are words, not signs"].kept_by
