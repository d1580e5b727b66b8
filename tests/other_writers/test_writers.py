"""Kent's workbook as other programs save it: refreshed right, or refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from scorecard_xl import InvalidWorkbookError, open_workbook, refresh
from tests.judges.package_check import problems_of_package
from tests.other_writers.test_shapes import refreshed_twice
from tests.scorecards import KENT, KENT_CSV, copy_of, skeleton_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.judges.libreoffice import Calc


def as_openpyxl_saves(path: Path) -> None:
    openpyxl.load_workbook(KENT).save(path)


def as_xlsxwriter_saves(path: Path) -> None:
    path.write_bytes(skeleton_in(path.parent).read_bytes())


@pytest.fixture(params=["openpyxl", "XlsxWriter", "LibreOffice"])
def saved(request: pytest.FixtureRequest, tmp_path: Path, calc: Calc) -> Path:
    """Kent's workbook as one of these programs saves it."""
    path = tmp_path / f"{request.param}.xlsx"
    if request.param == "openpyxl":
        as_openpyxl_saves(path)
    elif request.param == "XlsxWriter":
        as_xlsxwriter_saves(path)
    else:
        with calc.open(copy_of(KENT, tmp_path)) as book:
            book.save_xlsx(path)
    return path


def test_what_another_program_saved_is_refreshed_right(
    saved: Path, validator_problems: Callable[[Path], list[str]]
) -> None:
    own, validated = problems_of_package(saved), validator_problems(saved)
    refreshed_twice(saved, "values")
    refreshed_twice(saved, "formulas")
    assert set(problems_of_package(saved)) <= set(own)
    assert len(validator_problems(saved)) <= len(validated)


def test_tables_that_pandas_wrote_are_no_template_and_refused(tmp_path: Path) -> None:
    path = tmp_path / "pandas.xlsx"
    with pd.ExcelWriter(path) as writer:
        for name in ("Counts", "Indicators", "History", "Settings"):
            frame = pd.read_csv(KENT_CSV / f"{name.lower()}.csv")
            frame.to_excel(writer, sheet_name=name, index=False)
    before = path.read_bytes()
    with open_workbook(path) as workbook, pytest.raises(InvalidWorkbookError) as raised:
        refresh(workbook)
    assert "this is not a scorecard workbook" in str(raised.value)
    assert path.read_bytes() == before
