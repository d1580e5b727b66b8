"""LibreOffice as a judge: it shows, calculates, saves, and leaves nothing behind."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.judges.absence import JudgeAbsentError, skip_or_fail
from tests.judges.libreoffice import Calc

if TYPE_CHECKING:
    from pathlib import Path


def test_texts_are_those_a_person_sees(calc: Calc, workbook_path: Path) -> None:
    with calc.open(workbook_path) as book:
        assert book.shown("Scorecard", "A7:D7") == [["Referrals assessed", "H", "78.8%", "G"]]


def test_values_and_formulas_come_row_by_row(calc: Calc, workbook_path: Path) -> None:
    with calc.open(workbook_path) as book:
        assert book.values("Counts", "C5:D6") == [["YTD", 812.0], ["YTD", 640.0]]
        assert book.formulas("Scorecard", "B7:C7") == [["H", "=$Counts.D6/$Counts.D5"]]


def test_hidden_sheets_are_listed(calc: Calc, workbook_path: Path) -> None:
    with calc.open(workbook_path) as book:
        assert book.sheet_names == ["Scorecard", "Counts", "Settings", "Styles"]


def test_a_changed_count_changes_the_result(calc: Calc, workbook_path: Path) -> None:
    with calc.open(workbook_path) as book:
        book.set_cell("Counts", "D6", 406)
        book.recalculate()
        assert book.shown("Scorecard", "C7:D7") == [["50.0%", "R"]]


def test_a_typed_formula_is_calculated_and_a_typed_text_is_not(
    calc: Calc, workbook_path: Path
) -> None:
    with calc.open(workbook_path) as book:
        book.set_cell("Settings", "D1", "=1+1")
        book.set_cell("Settings", "E1", "1+1")
        assert book.values("Settings", "D1:E1") == [[2.0, "1+1"]]


def test_rows_are_sorted_by_the_column_asked_for(calc: Calc, workbook_path: Path) -> None:
    with calc.open(workbook_path) as book:
        book.sort("Counts", "A5:D8", column=3, ascending=False)
        assert [row[0] for row in book.values("Counts", "A5:A8")] == [
            "population",
            "children",
            "referrals",
            "assessments",
        ]


def test_a_saved_copy_holds_what_was_typed(calc: Calc, workbook_path: Path, tmp_path: Path) -> None:
    with calc.open(workbook_path) as book:
        book.set_cell("Counts", "D5", 5)
        book.save_xlsx(tmp_path / "copy.xlsx")
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx")["Counts"]["D5"].value == 5


def test_a_printed_workbook_is_a_pdf(calc: Calc, workbook_path: Path, tmp_path: Path) -> None:
    with calc.open(workbook_path) as book:
        book.export_pdf(tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF-")


def test_an_open_workbook_leaves_no_lock_file(calc: Calc, workbook_path: Path) -> None:
    with calc.open(workbook_path):
        pass
    assert [file.name for file in workbook_path.parent.iterdir()] == [workbook_path.name]


def test_no_process_and_no_folder_is_left_behind(calc: Calc) -> None:
    with Calc() as other:
        assert other.profile.is_dir()
    assert not other.profile.exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(other.process_id, 0)


def test_an_absent_judge_skips_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no such judge"):
        skip_or_fail(JudgeAbsentError("no such judge"))


def test_an_absent_judge_fails_the_test_where_every_judge_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no such judge"):
        skip_or_fail(JudgeAbsentError("no such judge"))


def test_an_absent_program_leaves_no_folder_behind(
    calc: Calc, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert calc.profile.is_dir()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(JudgeAbsentError, match="libreoffice-calc"):
        Calc()
    assert list(tmp_path.iterdir()) == []
