"""The formulas of a filled scorecard: what they are made of, how they read, what they survive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import open_workbook
from tests.generated.cases import case_of
from tests.generated.workbooks import (
    differences_in_formulon,
    differences_in_libreoffice,
    formulas_in,
    spoil_keys,
    write_case,
)
from tests.judges.package_editor import PackageEditor
from tests.rearranging import redefine
from tests.scorecards import KENT, copy_of, names_of, refreshed, replace_rows, table_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content
    from tests.judges.libreoffice import Calc

# Functions that Excel 2016, Excel on the web and LibreOffice 7.4 share, and that calculate the
# same in every language of the program.
SHARED_FUNCTIONS = {
    "ABS", "AND", "AVERAGEIFS", "CHOOSE", "CLEAN", "COUNT", "COUNTIF", "DATE", "DAY", "EDATE",
    "EOMONTH", "IF", "IFERROR", "INDEX", "ISNUMBER", "LEFT", "LOOKUP", "MATCH", "MAX", "MID", "MOD",
    "MONTH", "OR", "REPT", "RIGHT", "ROUND", "SIGN", "SUBSTITUTE", "TRIM", "UPPER", "YEAR",
}  # fmt: skip
VOLATILE = {"NOW", "TODAY", "RAND", "RANDBETWEEN", "OFFSET", "INDIRECT", "INFO", "CELL"}
# The row of Kent's headings.
TOP = 6

COUNT = 'INDEX(Counts[Value],MATCH("{}",Counts[Code],0))'
CAFS = COUNT.format("cafs_completed_r12m")
CHILDREN = COUNT.format("children_under_18")
UNALLOCATED = COUNT.format("unallocated_over_28_days")


def texts_in(path: Path) -> list[str]:
    """Every formula of the Scorecard, and those that its names stand for."""
    named = PackageEditor(path).xml("xl/workbook.xml").iter("{*}definedName")
    names = [
        f"={name.text}" for name in named if re.match("setting_|tally_|state_", name.get("name"))
    ]
    return [*(formula.text for formula in formulas_in(path).values()), *names]


def functions_in(text: str) -> set[str]:
    """The functions a formula calls."""
    return set(re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', '""', text)))


def nesting_of(text: str) -> int:
    """How deep a formula's brackets go."""
    depth = deepest = 0
    for character in re.sub(r'"[^"]*"', '""', text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, depth)
    return deepest


OPTIONAL = ("code", "state", "numerator", "denominator", "target", "previous", "outturn")


@pytest.fixture(scope="module")
def without_columns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook whose formulas are as long as they get: guarded, with no column to lean on."""
    path = tmp_path_factory.mktemp("long") / "long.xlsx"
    write_case(case_of(11, size=13), path)
    with_blank_indicators(path, 301)
    delete_columns(path, OPTIONAL)
    refreshed(path)
    return path


def with_blank_indicators(path: Path, rows: int) -> None:
    """Let the table Indicators reach further down than it is filled."""
    table = table_in(path, "Indicators")
    blank = [[None] * len(table.headings)] * (rows - len(table.rows))
    replace_rows(path, "Indicators", [*table.rows, *blank])


def delete_columns(path: Path, roles: Sequence[str]) -> None:
    """Take away columns' names, and what stands below their headings."""
    names, bottom = names_of(path), max(row for row, _ in formulas_in(path))
    with open_workbook(path) as workbook:
        for role in roles:
            area = names[f"column_{role}"]
            assert area is not None
            blank: list[list[Content]] = [[None]] * (bottom - area.top)
            workbook.write_block(area.sheet, area.top + 1, area.left, blank)
        workbook.save()
    redefine(path, {f"column_{role}": None for role in roles})


@pytest.fixture(scope="module", params=["kent", "large", "without_columns"])
def texts(request: pytest.FixtureRequest) -> list[str]:
    return texts_in(KENT if request.param == "kent" else request.getfixturevalue(request.param))


def test_only_functions_that_every_program_has_are_called(texts: list[str]) -> None:
    assert set().union(*map(functions_in, texts)) <= SHARED_FUNCTIONS


def test_no_function_is_volatile_or_bound_to_a_language() -> None:
    assert SHARED_FUNCTIONS.isdisjoint({*VOLATILE, "TEXT", "VALUE", "DATEVALUE", "LET", "XLOOKUP"})


def test_every_formula_fits_excels_limits(texts: list[str]) -> None:
    assert max(map(len, texts)) < 8_192
    assert max(map(nesting_of, texts)) < 64


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("D8", '=IF($P8="",$F8*setting_rate_base/$G8,$P8)', id="a rate"),
        pytest.param("D10", '=IF($P10="",$F10/$G10,$P10)', id="a percentage"),
        pytest.param("D20", f'=IF($P20="",{UNALLOCATED},$P20)', id="a count"),
        pytest.param(
            "E8",
            '=IF(COUNT($D8,$H8,setting_green_tolerance_T,setting_amber_tolerance_T)<4,"",'
            'IF(ROUND(ABS($D8-$H8)-setting_green_tolerance_T*ABS($H8),9)<=0,"G",'
            'IF(ROUND(ABS($D8-$H8)-setting_amber_tolerance_T*ABS($H8),9)<=0,"A","R")))',
            id="a letter, close to target is good",
        ),
        pytest.param(
            "E20",
            '=IF(COUNT($D20,$H20,setting_green_tolerance_L,setting_amber_tolerance_L)<4,"",'
            'IF(ROUND($D20-$H20-setting_green_tolerance_L*ABS($H20),9)<=0,"G",'
            'IF(ROUND($D20-$H20-setting_amber_tolerance_L*ABS($H20),9)<=0,"A","R")))',
            id="a letter, low is good",
        ),
        pytest.param("F8", f'=IF(ISNUMBER({CAFS}),{CAFS},"")', id="a numerator"),
        pytest.param("G8", f'=IF(ISNUMBER({CHILDREN}),{CHILDREN},"")', id="a denominator"),
        pytest.param(
            "H8",
            "=IF(ISNUMBER(INDEX(Indicators[Target],MATCH($N8,Indicators[Indicator],0))),"
            'INDEX(Indicators[Target],MATCH($N8,Indicators[Indicator],0)),"")',
            id="a target",
        ),
        pytest.param(
            "I8",
            '=IF(ISNUMBER(INDEX(History[Result],MATCH(setting_previous_as_at&"|"&$N8,'
            "History[Key],0))),INDEX(History[Result],"
            'MATCH(setting_previous_as_at&"|"&$N8,History[Key],0)),"")',
            id="the previous result",
        ),
        pytest.param(
            "I10",
            '=IF(ISNUMBER(INDEX(History[Result],MATCH(setting_previous_ytd_as_at&"|"&$N10,'
            "History[Key],0))),INDEX(History[Result],"
            'MATCH(setting_previous_ytd_as_at&"|"&$N10,History[Key],0)),'
            'IF(AND(setting_is_new_year,ISNUMBER($D10)),"new year",""))',
            id="the previous result of a year to date",
        ),
        pytest.param(
            "J8",
            '=IF(COUNT($D8,$I8,$H8)<3,"",MID("↓→↑",2+SIGN(ROUND(ABS($I8-$H8)-ABS($D8-$H8),9)),1))',
            id="an arrow, close to target is good",
        ),
        pytest.param(
            "J20",
            '=IF(COUNT($D20,$I20)<2,"",MID("↓→↑",2+SIGN(ROUND($I20-$D20,9)),1))',
            id="an arrow, low is good",
        ),
        pytest.param(
            "P8",
            '=IF(COUNT($F8,$G8)=2,IF($G8<>0,"",IF($F8=0,"none due","zero denominator")),'
            'IFERROR(INDEX(state_words,MATCH("="&TRIM(CLEAN(SUBSTITUTE('
            f'IF(ISNUMBER($F8),{CHILDREN},{CAFS}),state_no_break_space," "))),'
            'state_typed,0)),"not a count"))',
            id="a state",
        ),
    ],
)
def test_kents_formulas_can_be_read(cell: str, expected: str) -> None:
    letters, row = cell[0], int(cell[1:])
    assert formulas_in(KENT)[row, ord(letters) - 64].text == expected


def guarded(path: Path) -> list[bool]:
    """Whether each numerator's formula tries the row that the count stood in."""
    numerator = names_of(path)["column_numerator"]
    assert numerator is not None
    return [
        "'Counts'!$" in formula.text
        for (_, column), formula in formulas_in(path).items()
        if column == numerator.left
    ]


@pytest.mark.parametrize(("size", "is_guarded"), [(300, False), (301, True)])
def test_lookups_are_guarded_above_300_indicators(
    tmp_path: Path, size: int, is_guarded: bool
) -> None:
    path = copy_of(KENT, tmp_path)
    with_blank_indicators(path, size)
    refreshed(path)
    assert set(guarded(path)) == {is_guarded}


def differences(calc: Calc, path: Path) -> Iterator[str]:
    """Where LibreOffice or formulon calculates something else than the core."""
    formulas = formulas_in(path)
    yield from map(str, differences_in_formulon(path, formulas))
    with calc.open(path) as book:
        yield from map(str, differences_in_libreoffice(book, formulas))


@pytest.mark.parametrize(
    "deleted",
    [
        pytest.param(["numerator"], id="numerator"),
        pytest.param(["state"], id="state"),
        pytest.param(["code"], id="code"),
        pytest.param(["target"], id="target"),
        pytest.param(["previous", "outturn"], id="previous and outturn"),
        pytest.param(["result"], id="result"),
        pytest.param(["rag"], id="letters"),
        pytest.param([*OPTIONAL], id="all that others lean on"),
    ],
)
def test_what_is_left_calculates_without_a_column(
    calc: Calc, tmp_path: Path, deleted: list[str]
) -> None:
    path = copy_of(KENT, tmp_path)
    delete_columns(path, deleted)
    refreshed(path)
    assert list(differences(calc, path)) == []
    names = names_of(KENT)
    gone = [names[f"column_{role}"].left for role in deleted]
    assert [cell for cell in formulas_in(path) if cell[0] > TOP and cell[1] in gone] == []


def test_the_longest_formulas_calculate_too(calc: Calc, without_columns: Path) -> None:
    assert list(differences(calc, without_columns)) == []


def delete_keys(path: Path) -> None:
    """Take the heading Key out of History."""
    package = PackageEditor(path)
    for part in package.related(package.sheet_part("History"), "table"):
        for column in package.xml(part).iter("{*}tableColumn"):
            if column.get("name") == "Key":
                column.set("name", "Notes")
    package.save(path)
    with open_workbook(path) as workbook:
        table = workbook.read_table("History")
        assert table is not None
        at = table.area.left + len(table.headings) - 1
        workbook.write_block("History", table.area.top - 1, at, [["Notes"]])
        workbook.save()


@pytest.mark.parametrize("change", [delete_keys, spoil_keys], ids=["no keys", "stale keys"])
def test_history_is_found_without_its_keys(
    calc: Calc, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = copy_of(KENT, tmp_path)
    before = {cell: formula.value for cell, formula in formulas_in(KENT).items()}
    change(path)
    refreshed(path)
    after = formulas_in(path)
    assert {cell: formula.value for cell, formula in after.items()} == before
    assert "AVERAGEIFS(History[Result],History[As at]" in after[8, 9].text
    assert list(differences(calc, path)) == []
