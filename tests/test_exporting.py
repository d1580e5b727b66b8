"""The scorecard is exported as directors see it, and nothing else."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlwings as xw

from scorecard_xl import EngineError, FileError
from scorecard_xl.engines.libreoffice import apps
from scorecard_xl.exceptions import RefusedError
from scorecard_xl.exporting import export
from tests.judges.absence import need_libreoffice
from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    need_libreoffice()
    return copy_of(KENT, tmp_path)


def test_the_scorecards_pages_are_printed_and_drawn(kent: Path, tmp_path: Path) -> None:
    before = kent.read_bytes()
    pdf, png = tmp_path / "kent.pdf", tmp_path / "kent.png"
    # Whoever has it open: what lies on disk is printed.
    (tmp_path / f".~lock.{kent.name}#").write_text(",ann,,,;")
    assert export(kent, pdf=pdf, png=png) == [pdf, png]
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert text.count("\f") == 2
    assert "Number of CAFs completed" in text
    assert "made subject to a SGO" in text
    assert "children_under_18" not in text
    assert png.read_bytes().startswith(b"\x89PNG")
    assert kent.read_bytes() == before


def test_nothing_is_written_where_a_folder_is_missing(tmp_path: Path) -> None:
    pdf, png = tmp_path / "kent.pdf", tmp_path / "nowhere" / "kent.png"
    with pytest.raises(FileError, match="nowhere was not found; check its name, or make it first"):
        export(KENT, pdf=pdf, png=png)
    assert not pdf.exists()


class StandingInForExcel(apps.Engine):
    """LibreOffice under Excel's name: printed as Excel is, by xlwings' own calls."""

    name = "excel"


@pytest.fixture
def excel(monkeypatch: pytest.MonkeyPatch) -> xw.Engine:
    standing_in = xw.Engine(impl=StandingInForExcel())
    monkeypatch.setattr(xw, "engines", [standing_in])
    return standing_in


def test_where_there_is_an_excel_it_prints_and_is_ended(
    kent: Path, tmp_path: Path, excel: xw.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    to_pdf = xw.Sheet.to_pdf

    def noted(sheet: xw.Sheet, path: str) -> str:
        printed.append(sheet.name)
        return str(to_pdf(sheet, path))

    monkeypatch.setattr(xw.Sheet, "to_pdf", noted)
    pdf = tmp_path / "kent.pdf"
    assert export(kent, pdf=pdf) == [pdf]
    assert pdf.read_bytes().startswith(b"%PDF")
    assert (printed, list(excel.apps)) == (["Scorecard"], [])


def test_an_excel_that_does_not_start_leaves_it_to_libreoffice(
    kent: Path, tmp_path: Path, excel: xw.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(*_: object, **__: object) -> None:
        raise xw.XlwingsError("no such class")

    monkeypatch.setattr(excel.impl.apps, "add", absent)
    assert export(kent, pdf=tmp_path / "kent.pdf") == [tmp_path / "kent.pdf"]


def test_nothing_is_replaced_unasked(kent: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.png"
    taken.write_bytes(b"mine")
    with pytest.raises(RefusedError, match="is there already"):
        export(kent, pdf=tmp_path / "kent.pdf", png=taken)
    assert (taken.read_bytes(), (tmp_path / "kent.pdf").exists()) == (b"mine", False)


def test_a_workbook_that_is_no_scorecard_is_told(kent: Path, tmp_path: Path) -> None:
    openpyxl.Workbook().save(kent)
    with pytest.raises(EngineError, match="is not a scorecard"):
        export(kent, pdf=tmp_path / "kent.pdf")
