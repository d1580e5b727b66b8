"""The scorecard is exported as directors see it, and nothing else."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl import EngineError
from scorecard_xl.engines.libreoffice.installation import soffice_program, uno_module
from scorecard_xl.exceptions import RefusedError
from scorecard_xl.exporting import export
from tests.judges.absence import JudgeAbsentError, skip_or_fail
from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    try:
        uno_module()
        soffice_program()
    except EngineError as error:
        skip_or_fail(JudgeAbsentError(str(error)))
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
