"""Excel is asked to calculate a saved workbook where formulas of others read what was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree

from tests.engines.small_books import MAIN, write_package, written
from tests.scorecards import part_of, parts_of

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "Größe & d'Or"
# An own sheet's formula, and whether it reads the sheet above.
FORMULAS = [
    ("='Größe & d''Or'!A1*2", True),
    ("=Fläche*2", True),
    ("=FLÄCHE*2", True),
    ('="Größe & Zahl"', False),
    ("=1+1", False),
]


def with_own_formula(path: Path, formula: str) -> Path:
    """A workbook with a formula on another sheet, as openpyxl saves it: letters by numbers."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    sheet["A1"] = 1
    workbook.create_sheet("Mine")["A1"] = formula
    place = openpyxl.workbook.defined_name.DefinedName("Fläche", attr_text="Mine!$B$1")
    workbook.defined_names["Fläche"] = place
    workbook.calculation.fullCalcOnLoad = False
    workbook.save(path)
    return path


def calculates_on_load(path: Path) -> bool:
    settings = etree.fromstring(part_of(path, "xl/workbook.xml")).find(f"{{{MAIN}}}calcPr")
    return settings is not None and settings.get("fullCalcOnLoad") in ("1", "true")


def with_prefix(path: Path, part: str) -> None:
    """Put a prefix before the name of every element of a part."""
    parts = parts_of(path)
    prefixed = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", parts[part])
    write_package(path, parts | {part: prefixed.replace(b"xmlns=", b"xmlns:x=", 1)})


@pytest.mark.parametrize("is_prefixed", [False, True])
@pytest.mark.parametrize(("formula", "reads"), FORMULAS)
def test_formulas_that_read_what_was_written_are_calculated(
    tmp_path: Path, formula: str, reads: bool, is_prefixed: bool
) -> None:
    path = with_own_formula(tmp_path / "own.xlsx", formula)
    if is_prefixed:
        with_prefix(path, "xl/worksheets/sheet2.xml")
    assert not calculates_on_load(path)
    written(path, lambda book: book.write_block(SHEET, 1, 1, [[2.0]]))
    assert calculates_on_load(path) is reads
