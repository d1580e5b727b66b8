"""Formulas are translated between Excel's writing and that of LibreOffice's interface."""

from __future__ import annotations

import pytest

from scorecard_xl.engines.libreoffice.formula_text import to_calc, to_excel

BOTH_WAYS = [
    pytest.param("=SUM(A1,$B$2:C3)", "=SUM(A1;$B$2:C3)", id="arguments"),
    pytest.param("='My data'!A1:B2", "=$'My data'.A1:B2", id="a sheet in quotation marks"),
    pytest.param("='It''s'!A1", "=$'It''s'.A1", id="an apostrophe in a sheet's name"),
    pytest.param('=IF(A1="a,b;c","x!y",1)', '=IF(A1="a,b;c";"x!y";1)', id="marks in texts"),
    pytest.param("=SUM({1,2;3,4})", "=SUM({1;2|3;4})", id="arrays"),
    pytest.param("=SUM((A1,B1))", "=SUM((A1~B1))", id="a union"),
    pytest.param("=SUM(A1:B2 B1:C3)", "=SUM(A1:B2!B1:C3)", id="an intersection"),
    pytest.param("=SUM(Counts[Count])", "=SUM(Counts[Count])", id="a table's column"),
    pytest.param(
        "=Counts[[#This Row],[Count]]", "=Counts[[#This Row];[Count]]", id="this row of a table"
    ),
    pytest.param("=COUNTA(Counts[#All])", "=COUNTA(Counts[[#All]])", id="all of a table"),
    pytest.param("=#REF!+1", "=#REF!+1", id="an error"),
    pytest.param("=STDEV.S(A1:A9)*1.5", "=STDEV.S(A1:A9)*1.5", id="dots in names and numbers"),
    pytest.param("=my.name+1", "=my.name+1", id="a name with a dot"),
]


@pytest.mark.parametrize(("excel", "calc"), BOTH_WAYS)
def test_excels_formula_is_written_as_libreoffice_wants_it(excel: str, calc: str) -> None:
    assert to_calc(excel) == calc


@pytest.mark.parametrize(("excel", "calc"), BOTH_WAYS)
def test_libreoffices_formula_is_written_as_excel_does(excel: str, calc: str) -> None:
    assert to_excel(calc) == excel


@pytest.mark.parametrize(
    ("excel", "calc"),
    [
        pytest.param("=Data!A1", "=$'Data'.A1", id="a plain sheet"),
        pytest.param("=_xlfn.STDEV.S(A1)", "=STDEV.S(A1)", id="a later function's prefix"),
        pytest.param("=IF(TRUE,1,2)", "=IF(TRUE();1;2)", id="a bare TRUE"),
        pytest.param("=Counts[@Count]", "=Counts[[#This Row];[Count]]", id="the short this row"),
        pytest.param("=Counts[@[A b]]", "=Counts[[#This Row];[A b]]", id="with a space"),
    ],
)
def test_other_spellings_of_excel_are_understood(excel: str, calc: str) -> None:
    assert to_calc(excel) == calc


@pytest.mark.parametrize(
    ("calc", "excel"),
    [
        pytest.param("=$Data.A1", "=Data!A1", id="a plain sheet"),
        pytest.param("=Data.A1", "=Data!A1", id="a sheet that moves along"),
        pytest.param("=xlookup(1;A:A;B:B)", "=XLOOKUP(1,A:A,B:B)", id="an unknown function"),
        pytest.param("=$'A1'.B2", "='A1'!B2", id="a sheet called like a cell"),
    ],
)
def test_other_spellings_of_libreoffice_are_understood(calc: str, excel: str) -> None:
    assert to_excel(calc) == excel
