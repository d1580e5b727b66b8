"""Input tables to columns of plain values, with every problem and its place."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import TYPE_CHECKING

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rules.commentary import COMMENTARY_COLUMNS
from scorecard_xl.rules.commentary import OPTIONAL_COLUMNS as COMMENTARY_OPTIONAL
from scorecard_xl.rules.counts import COUNT_COLUMNS
from scorecard_xl.rules.history import HISTORY_COLUMNS
from scorecard_xl.rules.indicators import NEEDED_COLUMNS, OPTIONAL_COLUMNS
from scorecard_xl.rules.settings_table import DATE_SETTINGS
from scorecard_xl.workbook.cell_content import ErrorValue, Formula, NotCalculated
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.input_problems import (
    TableLayout,
    changed_headings,
    dates_as_text,
    heading_key,
    missing_headings,
    missing_table,
    outdated_formulas,
    rows_below,
    unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.workbook.cell_content import Content, Value
    from scorecard_xl.workbook.engine import Table, Workbook


COUNTS = TableLayout("Counts", COUNT_COLUMNS, ("extracted", "previous_value"), ("extracted",))
INDICATORS = TableLayout("Indicators", NEEDED_COLUMNS, OPTIONAL_COLUMNS)
HISTORY = TableLayout(
    "History",
    HISTORY_COLUMNS,
    ("numerator", "denominator", "target", "rag", "restated", "status", "key"),
    ("as_at",),
)
COMMENTARY = TableLayout("Commentary", COMMENTARY_COLUMNS, COMMENTARY_OPTIONAL, ("as_at",))
SETTINGS = TableLayout("Settings", ("name", "value"))
LAYOUTS = (COUNTS, INDICATORS, HISTORY, COMMENTARY, SETTINGS)
_ROW_OF_TABLE = re.compile(r"\b(Counts|Indicators|History|Commentary|Settings), row (\d+)")
_PLAIN_TYPES = {float, int, bool, str, type(None), datetime.datetime, datetime.date}


@dataclasses.dataclass(frozen=True)
class Located:
    """A table's values by key, and where they came from: its name, headings and columns."""

    name: str
    area: Area
    headings: Mapping[str, str]
    columns: Mapping[str, int]
    values: Mapping[str, list[object]]

    def place_of(self, position: TablePosition) -> Area:
        """The cell of a position; the heading's where it has no row."""
        column = self.columns.get(
            position.column, min(self.columns.values(), default=self.area.left)
        )
        row = self.area.top - 1 if position.row is None else self.area.top + position.row
        return Area.cell(self.area.sheet, row, column)


@dataclasses.dataclass(frozen=True)
class Inputs:
    """The input tables of a workbook, by name, as far as they could be read."""

    tables: Mapping[str, Located]

    def columns(self, layout: TableLayout) -> Mapping[str, list[object]]:
        """A table's columns of plain values; empty where the table could not be read."""
        if layout.name in self.tables:
            return self.tables[layout.name].values
        return {column: [] for column in layout.needed}

    def located(self, problem: Problem) -> Problem:
        """A problem of the rules with its cell for a place."""
        position = problem.position
        if problem.place or position is None or position.table not in self.tables:
            return problem
        place = self.tables[position.table].place_of(position)
        finding = _ROW_OF_TABLE.sub(self._cell_of_row, problem.finding)
        return dataclasses.replace(problem, place=str(place), finding=finding)

    def _cell_of_row(self, match: re.Match[str]) -> str:
        """The cell of what the rules call ``Counts, row 1``."""
        position = TablePosition(table=match[1], row=int(match[2]) - 1)
        return (
            str(self.tables[match[1]].place_of(position)) if match[1] in self.tables else match[0]
        )


def read_inputs(workbook: Workbook) -> tuple[Inputs, list[Problem]]:
    """Read the input tables; what keeps a table or a cell from being read is a problem."""
    located, problems = {}, []
    for layout in LAYOUTS:
        table = workbook.read_table(layout.name)
        if table is None:
            if layout is not COMMENTARY:
                problems.append(missing_table(workbook, layout.name))
            continue
        columns = _columns(table, layout)
        values, of_cells = _values(workbook, table, layout, columns)
        found = missing_headings(table, layout, columns) + changed_headings(table, columns)
        found += of_cells
        found += rows_below(workbook, table, columns.get(layout.needed[0]))
        problems += found if layout is not COMMENTARY else _as_warnings(found)
        located[layout.name] = Located(
            name=table.name,
            area=table.area,
            headings={key: table.headings[index] for key, index in columns.items()},
            columns={key: table.area.left + index for key, index in columns.items()},
            values=values,
        )
    return Inputs(located), problems


def _as_warnings(problems: Sequence[Problem]) -> list[Problem]:
    """The same as warnings: commentary moves no figure, so that nothing of it stops a scorecard."""
    return [dataclasses.replace(problem, severity=Severity.WARNING) for problem in problems]


def _columns(table: Table, layout: TableLayout) -> dict[str, int]:
    """Which of the table's columns is which; others are left alone."""
    known = (*layout.needed, *layout.optional)
    keys = [heading_key(heading) for heading in table.headings]
    return {key: keys.index(key) for key in known if key in keys}


def _values(
    workbook: Workbook, table: Table, layout: TableLayout, columns: Mapping[str, int]
) -> tuple[dict[str, list[object]], list[Problem]]:
    """A table's known columns as plain values, row by row as in the table."""
    problems: list[Problem] = []
    data: dict[str, list[object]] = {}
    by_column = list(zip(*table.rows, strict=True))
    for key, index in columns.items():
        contents = by_column[index] if by_column else ()
        types = set(map(type, contents))
        values: list[object] = list(contents)
        if not _PLAIN_TYPES.issuperset(types):
            values = [_plain(content) for content in contents]
            # A key is only for lookups: one that cannot be read is not used.
            if key != "key":
                problems += unreadable(table, index, contents)
                problems += outdated_formulas(workbook, table, index, contents)
        elif str in types:
            values = [
                value if value.__class__ is not str or value.strip() else None for value in contents
            ]
        if key in layout.dates:
            problems += dates_as_text(table, index, values)
            values = [_date(workbook, value) for value in values]
        data[key] = values
    for key in layout.needed:
        data.setdefault(key, [None] * len(table.rows))
    if layout is SETTINGS:
        data["value"] = _setting_values(workbook, data["name"], data["value"])
    return data, problems


def _plain(content: Content) -> Value | ErrorValue:
    """A cell's value; nothing for blank text, an error's mark where there is no value."""
    value = content.value if isinstance(content, Formula) else content
    if isinstance(value, NotCalculated):
        return ErrorValue("")
    if isinstance(value, str) and not value.strip():
        return None
    return value


def _date(workbook: Workbook, value: object) -> object:
    """A date where a number stands for one."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        try:
            return workbook.date_of(value).date()
        except (OverflowError, ValueError):
            return value
    return value.date() if isinstance(value, datetime.datetime) else value


def _setting_values(
    workbook: Workbook, names: Sequence[object], values: Sequence[object]
) -> list[object]:
    """The settings' values, with dates where a setting is one."""
    return [
        _date(workbook, value)
        if isinstance(name, str) and heading_key(name) in DATE_SETTINGS
        else value
        for name, value in zip(names, values, strict=True)
    ]
