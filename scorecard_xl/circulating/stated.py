"""What a copy states, read back from its sheets: the facts, the lines, how it is laid out."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from scorecard_xl.circulating import accessible_page, notes_page
from scorecard_xl.circulating.accessible_columns import COLUMNS_BY_HEADING, NotStatedError
from scorecard_xl.circulating.definitions import BANDS_BY_HEADING
from scorecard_xl.circulating.facts import BY_LABEL, basis_of, read_fact
from scorecard_xl.circulating.lines import Line
from scorecard_xl.circulating.scorecard_layout import Layout
from scorecard_xl.exceptions import RefusedError
from scorecard_xl.problems import Problem, Severity
from scorecard_xl.rules import Measure
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.engine import Area, quoted
from scorecard_xl.workbook.template import PRINTED_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.circulating.accessible_columns import Column
    from scorecard_xl.circulating.basis import Basis
    from scorecard_xl.engines.circulated import ReadCopy

REMEDY = "ask whoever sent the copy for one that agrees with itself"
_COLUMN = "column_"
# Of what is read nothing is laid out, so that widths do not matter.
_ANY_WIDTH = 10.0
_ROLES = (*PRINTED_COLUMNS, "commentary")
_COUNTS = ("numerator", "denominator")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Stated:
    """What a copy states; `columns` are those of its accessible table, by their place."""

    basis: Basis
    lineage: str
    lines: tuple[Line, ...]
    layout: Layout
    columns: Mapping[int, Column]


def disagreement(place: Area | str, finding: str, code: str = "disagrees") -> Problem:
    """A cell that disagrees with what the copy states."""
    return Problem(
        code=code, severity=Severity.ERROR, place=str(place), finding=finding, remedy=REMEDY
    )


def content_at(copy: ReadCopy, cell: Area) -> Any:
    """What a cell of a copy shows; None where nothing."""
    return value_of(copy.cells.get(cell.sheet, {}).get((cell.top, cell.left)))


def read_stated(copy: ReadCopy) -> tuple[Stated | None, list[Problem]]:
    """Read what a copy states, and name every cell that says nothing it could be.

    Raises
    ------
    RefusedError
        It is no copy: it has none of the tables of one.
    """
    needed = (accessible_page.TABLE, notes_page.FACTS_TABLE)
    if not all(name.casefold() in copy.tables for name in needed):
        message = (
            f"{copy.name} is no circulated copy: it lacks the tables of one; name a file that "
            "scorecard-xl circulate has made."
        )
        raise RefusedError(message)
    facts, problems = _read_facts(copy)
    columns, of_headings = _columns(copy)
    lines, of_lines = _read_lines(copy, columns)
    of_bands = _read_bands(copy, lines)
    problems += [*of_headings, *of_lines, *of_bands]
    basis, layout = basis_of(facts), _layout(copy)
    if basis is None or layout is None or problems:
        return None, problems
    read = tuple(Line(**fields) for fields in lines)
    lineage = facts.get("lineage", "")
    return Stated(basis=basis, lineage=lineage, lines=read, layout=layout, columns=columns), []


def _read_facts(copy: ReadCopy) -> tuple[dict[str, Any], list[Problem]]:
    facts: dict[str, Any] = {}
    problems: list[Problem] = []
    area = copy.tables[notes_page.FACTS_TABLE.casefold()]
    for row in range(area.top, area.bottom + 1):
        label_cell, cell = (Area.cell(area.sheet, row, area.left + step) for step in (0, 1))
        fact = BY_LABEL.get(str(content_at(copy, label_cell)))
        if fact is None:
            problems.append(_not_understood(copy, label_cell))
            continue
        try:
            facts[fact.setting] = read_fact(fact, content_at(copy, cell))
        except (NotStatedError, ValueError):
            problems.append(_not_understood(copy, cell))
    return facts, problems


def _columns(copy: ReadCopy) -> tuple[dict[int, Column], list[Problem]]:
    """The columns of the accessible table by their place, as its heading cells name them."""
    area = copy.tables[accessible_page.TABLE.casefold()]
    columns: dict[int, Column] = {}
    problems: list[Problem] = []
    for place in range(area.left, area.right + 1):
        cell = Area.cell(area.sheet, area.top - 1, place)
        column = COLUMNS_BY_HEADING.get(str(content_at(copy, cell)))
        if column is None or column in columns.values():
            problems.append(_not_understood(copy, cell))
        else:
            columns[place] = column
    return columns, problems


def _read_lines(
    copy: ReadCopy, columns: Mapping[int, Column]
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The fields of each line, as far as they can be read."""
    area = copy.tables[accessible_page.TABLE.casefold()]
    lines: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for row in range(area.top, area.bottom + 1):
        fields = _read_row(copy, area.sheet, row, columns, problems)
        if not {"name", "measure"} <= set(fields):
            continue
        if not Measure(fields["measure"]).has_denominator:
            fields = {name: it for name, it in fields.items() if not name.startswith(_COUNTS)}
        lines.append(fields)
    return lines, problems


def _read_row(
    copy: ReadCopy,
    sheet: str,
    row: int,
    columns: Mapping[int, Column],
    problems: list[Problem],
) -> dict[str, Any]:
    """What the cells of a row say of their line; those that say nothing become problems."""
    fields: dict[str, Any] = {}
    for place, column in columns.items():
        cell = Area.cell(sheet, row, place)
        try:
            fields |= column.read(content_at(copy, cell))
        except NotStatedError:
            problems.append(_not_understood(copy, cell))
    return fields


def _read_bands(copy: ReadCopy, lines: list[dict[str, Any]]) -> list[Problem]:
    """Put to each line the bands that the table of definitions states of it."""
    area = copy.tables.get(notes_page.DEFINITIONS_TABLE.casefold())
    if area is None or area.height != len(lines):
        return [disagreement(quoted(notes_page.SHEET), "it does not define every indicator")]
    headings = {
        place: str(content_at(copy, Area.cell(area.sheet, area.top - 1, place)))
        for place in range(area.left, area.right + 1)
    }
    columns = {
        place: BANDS_BY_HEADING[heading]
        for place, heading in headings.items()
        if heading in BANDS_BY_HEADING
    }
    problems: list[Problem] = []
    for row, fields in enumerate(lines, area.top):
        fields |= _read_row(copy, area.sheet, row, columns, problems)
    return problems


def _layout(copy: ReadCopy) -> Layout | None:
    """The columns of the Scorecard by the names on their headings; None without any."""
    named = {
        name.removeprefix(_COLUMN): area
        for name, area in copy.names.items()
        if area is not None and name.startswith(_COLUMN)
    }
    roles = sorted((role for role in named if role in _ROLES), key=lambda role: named[role].left)
    if not roles or "scorecard_body" not in copy.names:
        return None
    return Layout(
        roles=tuple(roles),
        headings=tuple(str(content_at(copy, named[role]) or "") for role in roles),
        widths=tuple(_ANY_WIDTH for _ in roles),
    )


def _not_understood(copy: ReadCopy, cell: Area) -> Problem:
    value = content_at(copy, cell)
    said = "nothing" if value is None else repr(value)
    return disagreement(cell, f"says {said}, which is not what such a cell can say", "not_stated")
