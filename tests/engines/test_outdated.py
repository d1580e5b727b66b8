"""Formulas that read what was written since they were calculated are told, in a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import InvalidWorkbookError, open_workbook, refresh
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.counts_entry import enter_counts
from scorecard_xl.workbook.engine import Area
from tests.scorecards import KENT, copy_of, edited, in_part, part_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CODE = "referrals_r12m"
PLACES = {CODE: "counts.csv, line 2"}
# CODE's value stands in Counts!D7.
READ_IT = [
    "=D7-11130",
    "=$D$7",
    "=SUM(D5:D9)",
    "=SUM(D9:D5)",
    "=SUM(D:D)-1",
    "=SUM(7:7)",
    "=Counts!D7+1",
    "='Counts'!$D$7",
    "=counts!d7",
    "=SUM(Counts[Value])",
    "=SUM(Counts[])",
    "=Counts[[#Totals],[Value]]+SUM(Counts[#Data])",
    "=SUM(Counts[[Data period]:[Value]])",
    '=INDEX(Counts[Value],MATCH("x",Counts[Code],0))',
    "=SUM(Counts)",
    "=one_count*2",
    "=by_formula*2",
    "=Why!$H$1",
    "=IF(Why!H2>1,1,2)",
    '=INDIRECT("D7")',
    "=OFFSET(D5,2,0)",
    "=INDEX(A:A,2):D9",
    "=SUM(Counts:Why!D7)",
    "=MyOwnFunction(1)",
    "=twice(3)",
    "=endless",
    "=SUM(Counts[[#Headers],[Value]]:Counts[[#This Row],[Value]])",
    '=SUMIF(C5:C9,"R12M",D5)',
    "=LOOKUP(1,A5:A9,D5)",
    "=ytd2013*2",
    "=beside",
    "=_xlfn.LET(_xlpm.a,D5,SUM(_xlpm.a:D9))",
    "=[0]Counts!D7",
    "=doubled_0",
    "=unknown_name",
    "=unfinished(",
    "=_xlfn.LET(_xlpm.x,D7,_xlpm.x)",
    "=[0]!one_count",
]
DO_NOT = [
    "=12+13+5",
    "=D5+D6",
    "=SUM(D8:D20)",
    "=SUM(A1:C90)",
    "=History!D7",
    "=Counts[[#This Row],[Data period]]",
    "=SUM(Counts[Count])",
    "=[1]Data!D7",
    "='[1]My data'!D7",
    "=other_count",
    "=q*2",
    '=SUMIF(History!B:B,"x",History!C:C)',
    "=VLOOKUP(A1,Why!A:C,2,0)",
    "=Why!H9",
    "=ROUND(AVERAGE(D8,D9),0)",
    '=_xlfn.XLOOKUP("x",History[Indicator],History[Result])',
    '=IF(TRUE,"D7",{1,2})',
]


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    path = copy_of(KENT, tmp_path)
    with open_workbook(path) as workbook:
        workbook.set_names(
            {
                "one_count": Area.of("Counts", "D7"),
                "by_formula": "=SUM(Counts!$D$6:$D$8)",
                "other_count": Area.of("Counts", "D9"),
                "q": "=other_count+Counts!$D$8",
                "twice": "=LAMBDA(x,x*2)",
                "endless": "=endless+1",
                "ytd2013": Area.of("Counts", "D7"),
                "beside": "=Counts!D1",
                **{f"doubled_{i}": f"=doubled_{i + 1}+doubled_{i + 1}" for i in range(40)},
                "doubled_40": "=Counts!$D$7",
            }
        )
        path.write_bytes(workbook.to_bytes())
    return path


def outdated(path: Path, formula: str, cell: str = "D11") -> Sequence[Area]:
    """Whether a formula on Counts is told to be outdated when CODE has another value."""
    edited(
        path,
        {
            f"Counts!{cell}": Formula(formula, 5.0),
            "Why!H1": Formula("=Counts!D7", 1.0),
            "Why!H2": Formula("=H1+1", 2.0),
            "Why!H9": Formula("=H8+1", 2.0),
        },
    )
    place = Area.of("Counts", cell)
    with open_workbook(path) as workbook:
        assert workbook.outdated([place]) == ()
        enter_counts(workbook, {CODE: 14_130.0}, places=PLACES)
        return workbook.outdated([place])


@pytest.mark.parametrize("formula", READ_IT)
def test_a_formula_that_may_read_what_was_written_is_outdated(kent: Path, formula: str) -> None:
    assert outdated(kent, formula) == [Area.of("Counts", "D11")]


@pytest.mark.parametrize("formula", DO_NOT)
def test_a_formula_that_reads_other_cells_is_not(kent: Path, formula: str) -> None:
    assert outdated(kent, formula) == []


@pytest.mark.parametrize(
    ("master", "expected"), [("D3+1", True), ("D13+1", False), ("Counts[a'[b]", True)]
)
def test_a_formula_that_is_shared_is_read_where_it_stands(
    kent: Path, master: str, expected: bool
) -> None:
    # The master stands in row 7, the formula that is asked for in row 11.
    edited(kent, {f"Counts!H{row}": Formula("=1", 1.0) for row in (7, 11)})
    part = "xl/worksheets/sheet2.xml"
    text = part_of(kent, part).decode()
    first, second = re.findall(r'<c r="H(?:7|11)"[^>]*><f>1</f>', text)
    shared = f'<f t="shared" ref="H7:H11" si="0">{master}</f>'
    in_part(kent, part, first, first.replace("<f>1</f>", shared))
    in_part(kent, part, second, second.replace("<f>1</f>", '<f t="shared" si="0"/>'))
    with open_workbook(kent) as workbook:
        enter_counts(workbook, {CODE: 14_130.0}, places=PLACES)
        found = workbook.outdated([Area.of("Counts", "H11")])
    assert bool(found) is expected


def test_a_count_that_reads_one_that_is_entered_is_refused_and_the_file_stays(kent: Path) -> None:
    edited(kent, {"Counts!D6": Formula("=D7-11130", 2163.0)})
    before = kent.read_bytes()
    with open_workbook(kent) as workbook:
        enter_counts(workbook, {CODE: 14_130.0}, places=PLACES)
        with pytest.raises(InvalidWorkbookError) as raised:
            refresh(workbook)
    assert [str(each) for each in raised.value.problems] == [
        "'Counts'!D6: the formula reads what is entered here, and its value is that of before; "
        "type its value instead, or enter the rest in Excel or LibreOffice and save."
    ]
    assert kent.read_bytes() == before
