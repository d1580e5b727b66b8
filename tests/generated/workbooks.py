"""Generated cases as workbooks, and every formula of their Scorecard evaluated anew."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import formulon

from scorecard_xl import check, open_workbook, refresh
from scorecard_xl.new_workbook import new_from_inputs
from scorecard_xl.workbook.cell_content import Formula, value_of
from scorecard_xl.workbook.engine import Area, column_letters
from tests.judges.package_editor import PackageEditor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content
    from tests.generated.cases import Case
    from tests.judges.libreoffice import CalcBook

SHEET = "Scorecard"
LAST_COLUMN = 20
_DATED = (("History", ("As at",)), ("Counts", ("Extracted",)), ("Settings", ("Value",)))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Difference:
    """A formula to which an evaluator gives another value than the core."""

    evaluator: str
    cell: str
    expected: object
    found: object
    formula: str

    def __str__(self) -> str:
        return (
            f"{self.evaluator} {self.cell}: {self.found!r} instead of {self.expected!r} "
            f"by {self.formula}"
        )


def write_case(case: Case, path: Path) -> None:
    """Make a case's workbook, filled with formulas."""
    new_from_inputs(path, case.inputs, overwrite=True)
    if case.from_1904:
        count_days_from_1904(path)
    if case.has_stale_keys:
        spoil_keys(path)
    if case.from_1904 or case.has_stale_keys:
        with open_workbook(path) as workbook:
            refresh(workbook)
            workbook.save()


def count_days_from_1904(path: Path) -> None:
    """Make a workbook's dates count from 1904, as those made on old Macs do."""
    dated: dict[str, tuple[Area, list[list[Content]]]] = {}
    with open_workbook(path) as workbook:
        for name, headings in _DATED:
            table = workbook.read_table(name)
            assert table is not None
            for heading in headings:
                at = table.headings.index(heading)
                area = dataclasses.replace(
                    table.area, left=table.area.left + at, right=table.area.left + at
                )
                dated[f"{name}.{heading}"] = area, [[row[at]] for row in table.rows]
    package = PackageEditor(path)
    text = package.entries["xl/workbook.xml"].decode()
    assert "<workbookPr" in text
    package.entries["xl/workbook.xml"] = text.replace(
        "<workbookPr", '<workbookPr date1904="1"', 1
    ).encode()
    package.save(path)
    with open_workbook(path) as workbook:
        for area, rows in dated.values():
            for row, (content,) in enumerate(rows, area.top):
                if isinstance(content, dt.date):
                    workbook.write_block(area.sheet, row, area.left, [[content]])
        workbook.save()


def spoil_keys(path: Path) -> None:
    """Type over History's keys, as an analyst might who pastes whole rows."""
    with open_workbook(path) as workbook:
        table = workbook.read_table("History")
        assert table is not None
        if table.rows:
            at = table.area.left + table.headings.index("Key")
            keys: list[list[Content]] = [["pasted"]] * len(table.rows)
            workbook.write_block(table.area.sheet, table.area.top, at, keys)
            workbook.save()


def problems_told(path: Path) -> list[str]:
    """What `check` finds on the Scorecard."""
    with open_workbook(path) as workbook:
        return [
            str(problem) for problem in check(workbook) if problem.place.startswith(f"'{SHEET}'")
        ]


def formulas_in(path: Path) -> dict[tuple[int, int], Formula]:
    """Every formula of the Scorecard with its cached value, by row and column."""
    with open_workbook(path) as workbook:
        names = workbook.read_names()
        summary = names["scorecard_summary"]
        assert summary is not None
        block = workbook.read_block(Area(SHEET, 1, 1, summary.top + 1, LAST_COLUMN))
    return {
        (row, column): content
        for row, line in enumerate(block, 1)
        for column, content in enumerate(line, 1)
        if isinstance(content, Formula)
    }


def differences_in_formulon(
    path: Path, formulas: Mapping[tuple[int, int], Formula]
) -> Iterator[Difference]:
    """Where formulon, which trusts no cached value, calculates something else."""
    book = formulon.Workbook.load(path.read_bytes())
    book.recalc()
    sheet = next(i for i in range(book.sheet_count()) if book.sheet_name(i) == SHEET)
    found = {
        (row, column): book.get_value(sheet, row - 1, column - 1).to_python()
        for row, column in formulas
    }
    yield from differences("formulon", formulas, found)


def differences_in_libreoffice(
    book: CalcBook, formulas: Mapping[tuple[int, int], Formula]
) -> Iterator[Difference]:
    """Where LibreOffice calculates something else, once it has calculated anew."""
    book.recalculate()
    yield from differences("LibreOffice", formulas, shown_in_libreoffice(book, formulas))


def shown_in_libreoffice(
    book: CalcBook, formulas: Mapping[tuple[int, int], Formula]
) -> dict[tuple[int, int], Any]:
    """The values of cells as LibreOffice has them."""
    bottom = max(row for row, _ in formulas)
    block = book.values(SHEET, f"A1:{column_letters(LAST_COLUMN)}{bottom}")
    return {(row, column): block[row - 1][column - 1] for row, column in formulas}


def differences(
    evaluator: str,
    expected: Mapping[tuple[int, int], Content],
    found: Mapping[tuple[int, int], Any],
) -> Iterator[Difference]:
    """Name the cells where two evaluations differ."""
    for (row, column), content in expected.items():
        wanted, shown = value_of(content), found[row, column]
        if not same(wanted, shown):
            yield Difference(
                evaluator=evaluator,
                cell=f"{column_letters(column)}{row}",
                expected=wanted,
                found=shown,
                formula=content.text if isinstance(content, Formula) else repr(content),
            )


def same(wanted: object, shown: object) -> bool:
    """Whether two values are the same: numbers to 9 decimals, texts to the letter."""
    if isinstance(wanted, int | float) and isinstance(shown, int | float):
        return abs(wanted - shown) <= 5e-10 * max(1.0, abs(wanted))
    return (wanted or "") == (shown if shown is not None else "#error") if wanted else shown == ""
