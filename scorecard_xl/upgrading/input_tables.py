"""What the input tables do not have: columns, and rows for settings."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from scorecard_xl.upgrading.first_template import HEADINGS, SETTINGS
from scorecard_xl.upgrading.room import refuse_taken
from scorecard_xl.workbook.cell_content import Formula, value_of
from scorecard_xl.workbook.engine import Area, column_letters, column_number
from scorecard_xl.workbook.history_keys import HISTORY_KEY, key_of
from scorecard_xl.workbook.input_problems import heading_key
from scorecard_xl.workbook.inputs import LAYOUTS
from scorecard_xl.workbook.inputs import SETTINGS as SETTINGS_TABLE

if TYPE_CHECKING:
    from scorecard_xl.engines.file.adopting import AdoptingWorkbook
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Condition, Table

_CELL = re.compile(r"\$([A-Z]{1,3})(\d+)\b")


def add_columns(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Add the columns that a table does not have, right of its own.

    Raises
    ------
    RefusedError
        A cell there holds something.
    """
    added = []
    for layout in LAYOUTS:
        table, wanted = workbook.read_table(layout.name), today.read_table(layout.name)
        if table is None or wanted is None:
            continue
        has = {heading_key(heading) for heading in table.headings}
        for position, heading in enumerate(wanted.headings):
            key = heading_key(heading)
            if key not in has and key not in HEADINGS.get(layout.name, ()):
                _add_column(workbook, today, wanted, position)
                added.append(f"the column {heading} of {layout.name}")
    return added


def _add_column(
    workbook: AdoptingWorkbook, today: AdoptingWorkbook, wanted: Table, position: int
) -> None:
    """Add one column, in the look of the template's, with its rules, lists and messages."""
    heading, like = wanted.headings[position], _column(wanted, position)
    table = workbook.read_table(wanted.name)
    assert table is not None
    beside = workbook.beside(table.name)
    refuse_taken(workbook, beside, f"the column {heading} of the table {table.name}")
    is_key = heading_key(heading) == "key"
    cells = workbook.add_heading(table.name, heading, formula=HISTORY_KEY if is_key else None)
    first = dataclasses.replace(like, bottom=like.top)
    workbook.adopt_looks(today, first, cells)
    workbook.adopt_column(today, like, cells)
    workbook.adopt_validations(today, like, cells)
    if is_key:
        keys = _keys(workbook, table)
        workbook.write_block(cells.sheet, cells.top, cells.left, [[key] for key in keys])
    _add_rules(workbook, today, wanted, like)


def _column(table: Table, position: int) -> Area:
    left = table.area.left + position
    return dataclasses.replace(table.area, left=left, right=left)


def _keys(workbook: AdoptingWorkbook, table: Table) -> list[Content]:
    """History's keys, each with the value that its formula will have."""
    keys = [heading_key(heading) for heading in table.headings]
    day, code = keys.index("as_at"), keys.index("indicator")
    day_0 = workbook.date_of(0).date()
    return [
        Formula(HISTORY_KEY, key_of(value_of(row[day]), value_of(row[code]), day_0))
        for row in table.rows
    ]


def _add_rules(
    workbook: AdoptingWorkbook, today: AdoptingWorkbook, wanted: Table, new: Area
) -> None:
    """Take over the template's rules that ask about a new column, for the columns of this table."""
    table = workbook.read_table(wanted.name)
    assert table is not None
    letters = column_letters(new.left)
    for rule in today.rules_of(wanted.area.sheet):
        asked = _CELL.findall(rule.formula or "")
        if letters not in {column for column, _ in asked}:
            continue
        moved = _moved(rule, wanted, table)
        if moved is not None:
            workbook.replace_conditions(moved.area, [moved])


def _moved(rule: Condition, wanted: Table, table: Table) -> Condition | None:
    """A rule of the template's table for the same columns of another; None where one is missing."""
    keys = [heading_key(heading) for heading in table.headings]
    down = table.area.top - wanted.area.top

    def column(number: int) -> int | None:
        position = number - wanted.area.left
        if not 0 <= position < len(wanted.headings):
            return None
        key = heading_key(wanted.headings[position])
        return table.area.left + keys.index(key) if key in keys else None

    left = column(rule.area.left)
    columns = {each: column(column_number(each)) for each, _ in _CELL.findall(rule.formula or "")}
    if left is None or rule.area.width > 1 or None in columns.values():
        return None

    def cell(match: re.Match[str]) -> str:
        return f"${column_letters(columns[match[1]] or 0)}{int(match[2]) + down}"

    area = Area(table.area.sheet, rule.area.top + down, left, rule.area.bottom + down, left)
    return rule._replace(area=area, formula=_CELL.sub(cell, rule.formula or ""))


def add_settings(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Add a row, below the others, for each setting that templates before did not have.

    Raises
    ------
    RefusedError
        A cell below the table holds something, or it has a totals row.
    """
    name = SETTINGS_TABLE.name
    table, wanted = workbook.read_table(name), today.read_table(name)
    if table is None or wanted is None:
        return []
    keys = [heading_key(heading) for heading in table.headings]
    if "name" not in keys:
        return []
    known = {heading_key(str(value_of(row[keys.index("name")]) or "")) for row in table.rows}
    theirs = [heading_key(heading) for heading in wanted.headings]
    new = {}
    for position, row in enumerate(wanted.rows):
        record = dict(zip(theirs, row, strict=True))
        key = heading_key(str(record["name"]))
        if key not in known | SETTINGS:
            new[position] = [record.get(key) for key in keys]
    if not new:
        return []
    workbook.extend_table(name, list(new.values()), after=table.area.height)
    value_at, shown_at = keys.index("value"), theirs.index("value")
    for place, position in enumerate(new, table.area.top + table.area.height):
        cell = Area.cell(table.area.sheet, place, table.area.left + value_at)
        like = Area.cell(wanted.area.sheet, wanted.area.top + position, wanted.area.left + shown_at)
        workbook.adopt_looks(today, like, cell)
        workbook.adopt_validations(today, like, cell)
        workbook.adopt_height(today, like, cell)
    return [f"the setting {record[keys.index('name')]}" for record in new.values()]
