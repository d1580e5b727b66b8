"""Excel is asked to calculate a saved workbook where formulas of others read what was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from scorecard_xl import open_workbook
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.engines.file.stamp import Edits, stamped
from tests.engines.small_books import MAIN, write_package
from tests.scorecards import part_of, parts_of

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "Größe & d'Or"
# An own sheet's formula, and whether it reads the sheet above, or may do.
FORMULAS = [
    ("='Größe & d''Or'!A1*2", True),
    ("='größe & D''OR'!A1*2", True),
    ("=Fläche*2", True),
    ("=FLÄCHE*2", True),
    ("=local*2", True),
    ("=Mine!local*2", True),
    ("=SUM(Zahlen[Wert])", True),
    ("=Doubled(3)", True),
    ("=SUM('Größe & d''Or:Mine'!A1)", True),
    ("=SUM(Jan:Dec!A1)", True),
    ("=INDIRECT(\"'Größe & d''Or'!A1\")", True),
    ('="Größe & Zahl"', False),
    ("=1+1", False),
    ("=DATE(2013,1,31)+MAX(1,2)", False),
    ("=Mine!A2:A3", False),
]


def with_own_formula(path: Path, formula: str) -> Path:
    """A workbook with a formula on another sheet, as openpyxl saves it: letters by numbers."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    sheet["A1"] = 1
    workbook.create_sheet("Mine")["A1"] = formula
    sheet["A3"] = "Wert"
    sheet.add_table(Table(displayName="Zahlen", ref="A3:A4"))
    names = {"Fläche": "Mine!$B$1", "Date": "Mine!$B$2", "x": "Mine!$B$3"}
    names["Doubled"] = "_xlfn.LAMBDA(_xlpm.n,2*_xlpm.n)"
    for name, meaning in names.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=meaning)
    workbook["Mine"].defined_names["local"] = DefinedName("local", attr_text="Mine!$B$4")
    workbook.calculation.fullCalcOnLoad = False
    workbook.save(path)
    return path


def calculates_on_load(path: Path) -> bool:
    settings = etree.fromstring(part_of(path, "xl/workbook.xml")).find(f"{{{MAIN}}}calcPr")
    return settings is not None and settings.get("fullCalcOnLoad") in ("1", "true")


def write(path: Path) -> None:
    """Write a cell of the first sheet."""
    with open_workbook(path) as workbook:
        workbook.write_block(SHEET, 1, 1, [[2.0]])
        path.write_bytes(workbook.to_bytes())


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
    write(path)
    assert calculates_on_load(path) is reads


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("<f>1+1</f>", "<f><![CDATA[Fläche]]></f>", id="CDATA"),
        pytest.param("<f>1+1</f>", "<f>Fl<!-- -->äche</f>", id="a comment"),
        pytest.param("<f>1+1</f>", '<f t="array" ref="A1">Fläche</f >', id="other tags"),
        pytest.param("<f>1+1</f>", "<f>Fl&#xe4;che</f>", id="a letter by its number"),
    ],
)
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1"])
def test_they_are_found_however_they_are_stored(
    tmp_path: Path, old: str, new: str, encoding: str
) -> None:
    path = with_own_formula(tmp_path / "own.xlsx", "=1+1")
    part = "xl/worksheets/sheet2.xml"
    text = parts_of(path)[part].decode().replace(old, new)
    assert new in text
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{text}'
    write_package(path, parts_of(path) | {part: declared.encode(encoding)})
    write(path)
    assert calculates_on_load(path)


def test_letters_of_another_encoding_are_no_reason(tmp_path: Path) -> None:
    path = with_own_formula(tmp_path / "own.xlsx", "=1+1")
    part = "xl/worksheets/sheet2.xml"
    text = parts_of(path)[part].decode().replace("<f>1+1</f>", '<f>"é"</f>')
    declared = f'<?xml version="1.0" encoding="ISO-8859-1"?>{text}'
    write_package(path, parts_of(path) | {part: declared.encode("ISO-8859-1")})
    write(path)
    assert not calculates_on_load(path)


def test_what_looks_at_cells_and_has_no_value_is_no_formula(tmp_path: Path) -> None:
    path = with_own_formula(tmp_path / "own.xlsx", "=1+1")
    part = "xl/worksheets/sheet2.xml"
    sparkline = (
        '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" xmlns:x14="http://schemas.'
        'microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups xmlns:xm="http://'
        'schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup><x14:sparklines><x14:'
        "sparkline><xm:f>Fläche</xm:f><xm:sqref>A1</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>"
    )
    text = parts_of(path)[part].decode().replace("</worksheet>", sparkline)
    write_package(path, parts_of(path) | {part: text.encode()})
    write(path)
    assert not calculates_on_load(path)


def test_a_formula_with_a_prefix_beside_others_is_one(tmp_path: Path) -> None:
    path = with_own_formula(tmp_path / "own.xlsx", "=Fläche*2")
    part = "xl/worksheets/sheet2.xml"
    text = parts_of(path)[part].decode()
    text = text.replace("<worksheet", f'<worksheet xmlns:x="{MAIN}"', 1)
    text = text.replace("<f>", "<x:f>").replace("</f>", "</x:f>")
    write_package(path, parts_of(path) | {part: text.encode()})
    write(path)
    assert calculates_on_load(path)


def test_a_sheet_that_cannot_be_read_may_read_what_was_written(tmp_path: Path) -> None:
    path = with_own_formula(tmp_path / "own.xlsx", "=1+1")
    part = "xl/worksheets/sheet2.xml"
    write_package(path, parts_of(path) | {part: b"<worksheet><sheetData><row><c><f>1<!-- <f"})
    write(path)
    assert calculates_on_load(path)


def test_a_sheet_made_to_be_slow_is_not(tmp_path: Path) -> None:
    path = with_own_formula(tmp_path / "own.xlsx", "=1+1")
    part = "xl/worksheets/sheet2.xml"
    for slow in (b"<f " * 1_000_000, b"<x:f " * 1_000_000):
        rows = b'<sheetData><row r="1"><c r="A1"><f>1+1</f></c></row>%s</sheetData>' % slow
        whole = f'<worksheet xmlns="{MAIN}">'.encode() + rows + b"</worksheet>"
        write_package(path, parts_of(path) | {part: whole})
        write(path)
        assert part_of(path, part) == whole


def test_a_plan_keeps_its_own_names(tmp_path: Path) -> None:
    path = with_own_formula(tmp_path / "own.xlsx", "=1+1")
    plan = Plan(Package(path.read_bytes(), name=path.name))
    edits = Edits(names={"mine": "=1"})
    assert "mine" in Plan(stamped(plan, edits)).book.names()
    assert "mine" not in plan.book.names()
