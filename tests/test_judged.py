"""Workbooks of every size before the judges: validators, our own check, LibreOffice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard_xl.csv_folder import read_csv_folder
from scorecard_xl.new_workbook import new_empty, new_example, new_from_inputs
from tests.judges.package_check import problems_of_package
from tests.scorecards import (
    KENT,
    KENT_CSV,
    indicator_rows,
    more_indicators,
    refreshed,
    replace_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.judges.libreoffice import Calc

KENTS = indicator_rows(KENT)


def with_rows(path: Path, rows: list[list[object]], *, fill: str) -> None:
    path.write_bytes(KENT.read_bytes())
    replace_rows(path, "Indicators", rows)
    refreshed(path, fill=fill)


WORKBOOKS: dict[str, Callable[[Path], object]] = {
    "example": new_example,
    "shrunk": lambda path: with_rows(path, KENTS[30:], fill="values"),
    "grown": lambda path: with_rows(path, KENTS + more_indicators(KENTS, 60), fill="formulas"),
    "empty": new_empty,
    "from CSV": lambda path: new_from_inputs(path, read_csv_folder(KENT_CSV)),
}
# The summary's cell, where there is one, tells that the sheet was read to its end.
LAST = {"example": "A54", "shrunk": "A21", "grown": "A114", "from CSV": "A54"}


@pytest.fixture(scope="module", params=WORKBOOKS)
def workbook(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    path = tmp_path_factory.mktemp("judged") / "scorecard.xlsx"
    WORKBOOKS[request.param](path)
    return request.param, path


def test_both_validators_and_our_own_check_find_nothing(
    validator_problems: Callable[[Path], list[str]], workbook: tuple[str, Path]
) -> None:
    _, path = workbook
    assert problems_of_package(path) == []
    assert validator_problems(path) == []


def test_libreoffice_opens_it(calc: Calc, workbook: tuple[str, Path]) -> None:
    name, path = workbook
    with calc.open(path) as book:
        assert book.sheet_names[:2] == ["Scorecard", "Counts"]
        summary = book.shown("Scorecard", LAST.get(name, "A8"))[0][0]
    expected = "" if name == "empty" else "As at 31/01/2013, Kent has "
    assert summary.startswith(expected)
    assert bool(summary) is bool(expected)
