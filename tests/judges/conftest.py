"""A small workbook with the scorecard's sheets and names, for trying the judges on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.judges.excel_parts import with_excel_parts

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = [
    ["referrals", "Referrals", "YTD", 812],
    ["assessments", "Assessments", "YTD", 640],
    ["children", "Children in need", "MS", 9000],
    ["population", "Population under 18", "A", 310000],
]


@pytest.fixture
def workbook_path(tmp_path: Path) -> Path:
    """Path of a workbook with sheets Scorecard, Counts, Settings and a hidden Styles."""
    path = tmp_path / "scorecard.xlsx"
    write_workbook(path)
    return path


def write_workbook(path: Path) -> None:
    """Write the workbook to `path`; two writes differ in their times at most."""
    with xlsxwriter.Workbook(path) as book:
        scorecard = book.add_worksheet("Scorecard")
        counts = book.add_worksheet("Counts")
        settings = book.add_worksheet("Settings")
        book.add_worksheet("Styles").hide()
        _fill_scorecard(book, scorecard)
        _fill_counts(counts)
        settings.write_row("A1", ["Name", "Value"])
        settings.write_row("A2", ["area", "Kent"])
        settings.add_table(
            "A1:B2", {"name": "Settings", "columns": [{"header": "Name"}, {"header": "Value"}]}
        )


def _fill_scorecard(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    heading = book.add_format({"bold": True, "text_wrap": True})
    share = book.add_format({"num_format": "0.0%"})
    sheet.write("A1", "Scorecard - Kent", heading)
    sheet.write_row("A6", ["Indicator", "Polarity", "Result", "RAG Status"], heading)
    sheet.write("N6", "Code")
    sheet.write_row("A7", ["Referrals assessed", "H"])
    sheet.write_formula("C7", "=Counts!D6/Counts!D5", share, 640 / 812)
    sheet.write_formula("D7", '=IF(C7>0.7,"G","R")', None, "G")
    sheet.write("N7", "referrals_assessed")
    sheet.write("A8", "Summary", heading)
    sheet.merge_range("A9:L9", "1 indicator is Green.")
    sheet.write_url("A11", "internal:'Counts'!A1", string="Counts")
    for letter, colour in (("G", "#92D050"), ("R", "#FF7C80")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{letter}"'}
        sheet.conditional_format("D7:D7", {**rule, "format": book.add_format({"bg_color": colour})})
    sheet.data_validation("B7", {"validate": "list", "source": ["H", "L", "T"]})
    sheet.set_landscape()
    sheet.print_area("A1:L9")
    sheet.repeat_rows(4, 5)
    book.define_name("scorecard_body", "=Scorecard!$A$7")
    book.define_name("scorecard_summary", "=Scorecard!$A$9")


def _fill_counts(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write("A1", "Counts")
    headings = [{"header": name} for name in ("Code", "Count", "Data period", "Value")]
    sheet.add_table("A4:D8", {"name": "Counts", "columns": headings, "data": COUNTS})


@pytest.fixture
def rich_path(workbook_path: Path, tmp_path: Path) -> Path:
    """Path of the same workbook with every part that Excel adds."""
    path = tmp_path / "rich.xlsx"
    with_excel_parts(workbook_path, path)
    return path
