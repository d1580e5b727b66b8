"""What can be wrong with an input table's shape and cells, before the rules see it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.problems import Problem, Severity
from scorecard_xl.workbook.cell_content import (
    ErrorValue,
    Formula,
    NotCalculated,
    text_in,
    value_of,
)
from scorecard_xl.workbook.engine import LAST_ROW, Area, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Table, Workbook


class TableLayout(NamedTuple):
    """The headings of an input table: needed, welcome, and which hold dates."""

    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


def heading_key(heading: str) -> str:
    """What a heading says, whatever its case, with ``_`` for spaces."""
    return "_".join(heading.replace("_", " ").casefold().split())


def _shown(key: str) -> str:
    return key.replace("_", " ").capitalize()


def missing_table(workbook: Workbook, name: str) -> Problem:
    """Say that a table, or its whole sheet, is not there."""
    if name in workbook.sheet_names:
        code, place, finding = (
            "missing_table",
            quoted(name),
            f"the sheet holds no table named {name}",
        )
        remedy = f"select the list, Insert, Table, and name it {name} under Table Design"
    else:
        code, place, finding = (
            "missing_sheet",
            quoted(name),
            f"there is no sheet and no table named {name}",
        )
        remedy = "copy the sheet back from an earlier workbook"
    return Problem(code=code, severity=Severity.ERROR, place=place, finding=finding, remedy=remedy)


def missing_headings(
    table: Table, layout: TableLayout, columns: Mapping[str, int]
) -> list[Problem]:
    """Say which columns a table lacks."""
    place = str(dataclasses.replace(table.area, top=table.area.top - 1, bottom=table.area.top - 1))
    return [
        Problem(
            code="missing_heading",
            severity=Severity.ERROR,
            place=place,
            finding=f"the table {table.name} has no column {_shown(key)!r}",
            remedy=f"give a column the heading {_shown(key)!r}, or add it",
        )
        for key in layout.needed
        if key not in columns
    ]


def changed_headings(table: Table, columns: Mapping[str, int]) -> list[Problem]:
    """Cells that show another heading than their column has, where a program changed one alone.

    Which of the two is meant, and whether the columns have moved, nobody can tell.
    """
    if table.shown is None:
        return []
    problems = []
    for index in columns.values():
        heading, shown = table.headings[index], text_in(table.shown[index])
        if heading_key(shown) != heading_key(heading):
            row, column = table.area.top - 1, table.area.left + index
            what = f"the cell shows {shown!r}" if shown else "the cell is blank"
            problems.append(
                Problem(
                    code="changed_heading",
                    severity=Severity.ERROR,
                    place=str(Area.cell(table.area.sheet, row, column)),
                    finding=f"{what}, but this column of the table {table.name} is {heading!r}",
                    remedy=f"type {heading!r} there, and check that its values are below it",
                )
            )
    return problems


def rows_below(workbook: Workbook, table: Table, key_at: int | None) -> list[Problem]:
    """A row typed directly below a table that did not grow over it, as LibreOffice lets one."""
    below = table.area.bottom + 1
    if key_at is None or table.has_totals or below > LAST_ROW:
        return []
    cell = Area.cell(table.area.sheet, below, table.area.left + key_at)
    if value_of(workbook.read_block(cell)[0][0]) in (None, ""):
        return []
    return [
        Problem(
            code="row_below_table",
            severity=Severity.ERROR,
            place=str(cell),
            finding=f"the rows below the table {table.name} are not part of it and are not read",
            remedy="drag the table's lower right corner over them, or leave a blank row between",
        )
    ]


def dates_as_text(table: Table, index: int, values: Sequence[object]) -> list[Problem]:
    """Dates that are stored as text, which formulas cannot compare."""
    return [
        Problem(
            code="date_as_text",
            severity=Severity.ERROR,
            place=str(Area.cell(table.area.sheet, table.area.top + i, table.area.left + index)),
            finding=f"{value!r} is text, not a date",
            remedy="retype it as a date, in a cell that is not formatted as text",
        )
        for i, value in enumerate(values)
        if isinstance(value, str)
    ]


def outdated_formulas(
    workbook: Workbook, table: Table, index: int, contents: Sequence[Content]
) -> list[Problem]:
    """Formulas that read what was entered just now, where nothing calculates them."""
    area = table.area
    formulas = [
        Area.cell(area.sheet, area.top + i, area.left + index)
        for i, content in enumerate(contents)
        if isinstance(content, Formula) and not isinstance(content.value, NotCalculated)
    ]
    return [
        Problem(
            code="outdated_formula",
            severity=Severity.ERROR,
            place=str(cell),
            finding="the formula reads what is entered here, and its value is that of before",
            remedy="type its value instead, or enter the rest in Excel or LibreOffice and save",
        )
        for cell in (workbook.outdated(formulas) if formulas else ())
    ]


def unreadable(table: Table, index: int, contents: Sequence[Content]) -> list[Problem]:
    """Errors, and formulas that nobody has calculated, each with its cell."""
    found = (
        unreadable_value(
            content.value if isinstance(content, Formula) else content,
            str(Area.cell(table.area.sheet, table.area.top + i, table.area.left + index)),
        )
        for i, content in enumerate(contents)
    )
    return [problem for problem in found if problem is not None]


def unreadable_value(value: object, place: str) -> Problem | None:
    """What is wrong with a value that is an error, or of a formula that nobody has calculated."""
    if isinstance(value, ErrorValue):
        return Problem(
            code="error_value",
            severity=Severity.ERROR,
            place=place,
            finding=f"the cell shows the error {value.text}",
            remedy="mend its formula, or type the value",
        )
    if isinstance(value, NotCalculated):
        return Problem(
            code="uncached_formula",
            severity=Severity.ERROR,
            place=place,
            finding="the formula has not been calculated yet",
            remedy="open the workbook in Excel and save it once",
        )
    return None
