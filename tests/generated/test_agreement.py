"""Fifty generated workbooks, and Kent's: LibreOffice, formulon and the core agree on every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.generated.cases import SIZES, case_of
from tests.generated.workbooks import (
    differences_in_formulon,
    differences_in_libreoffice,
    formulas_in,
    problems_told,
    write_case,
)
from tests.scorecards import KENT, PUBLISHED, PUBLISHED_SUMMARY, copy_of, shown_rows, text_at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.judges.libreoffice import Calc

SEEDS = range(1, 50)


def disagreements(calc: Calc, path: Path) -> list[str]:
    """What `check` and two calculators have against a workbook's cached values."""
    formulas = formulas_in(path)
    assert formulas
    with calc.open(path) as book:
        found = list(map(str, differences_in_libreoffice(book, formulas)))
    return [*problems_told(path), *map(str, differences_in_formulon(path, formulas)), *found]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_generated_workbook_calculates_what_the_core_does(
    calc: Calc, tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "generated.xlsx"
    write_case(case_of(seed, size=SIZES[seed % len(SIZES)]), path)
    assert disagreements(calc, path) == []


def test_a_large_generated_workbook_calculates_what_the_core_does(calc: Calc, large: Path) -> None:
    assert disagreements(calc, large) == []


def test_kents_workbook_calculates_what_the_core_does(calc: Calc, tmp_path: Path) -> None:
    assert disagreements(calc, copy_of(KENT, tmp_path)) == []


def test_kents_cells_show_what_was_published() -> None:
    assert shown_rows(KENT) == PUBLISHED
    assert text_at(KENT, "scorecard_summary") == PUBLISHED_SUMMARY


def test_the_generator_gives_the_same_case_for_the_same_seed() -> None:
    assert case_of(7).inputs.counts.equals(case_of(7).inputs.counts)
    assert not case_of(7).inputs.counts.equals(case_of(8).inputs.counts)
