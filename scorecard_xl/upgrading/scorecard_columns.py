"""What the Scorecard and its prototype rows do not have."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.upgrading.room import free_column, refuse_foreign_name
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.template import WORKING_COLUMNS, read_template, with_prototypes

if TYPE_CHECKING:
    from scorecard_xl.engines.file.adopting import AdoptingWorkbook
    from scorecard_xl.workbook.template import Prototypes

_STATE = WORKING_COLUMNS[-1]


def add_state_column(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Add the working column that says why there is no result, in a free column to the right.

    Columns that directors read are an analyst's to take away, and stay away.
    """
    template, _ = read_template(workbook)
    theirs, _ = read_template(today)
    assert template is not None
    assert theirs is not None
    beside = template.headings.get("row_kind") or template.headings.get("code")
    if _STATE in template.columns or beside is None:
        return []
    refuse_foreign_name(workbook, f"column_{_STATE}")
    left = max(template.columns.values()) + 1
    column = Area(template.sheet, beside.top, left, template.body_bottom, left)
    column = free_column(workbook, column)
    heading = dataclasses.replace(column, bottom=column.top)
    like = theirs.headings[_STATE]
    workbook.adopt_cells(today, like, heading)
    workbook.adopt_column(today, like, heading)
    for row in range(template.body_top, template.body_bottom + 1):
        look = Area.cell(template.sheet, row, beside.left)
        workbook.copy_styles(look, Area.cell(template.sheet, row, column.left))
    workbook.set_names({f"column_{_STATE}": heading})
    return ["the column No result because, on the Scorecard"]


def add_prototypes(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Add the kinds and columns that the prototype rows do not have, beside and below theirs."""
    own, theirs = _prototypes(workbook), _prototypes(today)
    if own is None or theirs is None:
        return []
    added = []
    for role, column in theirs.columns.items():
        if role not in own.columns:
            own = _add_role(workbook, today, own, theirs, role, column)
            added.append(f"prototypes for {role}")
    for kind, row in theirs.rows.items():
        if kind not in own.rows:
            own = _add_kind(workbook, today, own, theirs, kind, row)
            added.append(f"a prototype row for {kind}")
    return added


def _prototypes(workbook: AdoptingWorkbook) -> Prototypes | None:
    template, _ = read_template(workbook)
    return None if template is None else with_prototypes(workbook, template).prototypes


def _add_role(
    workbook: AdoptingWorkbook,
    today: AdoptingWorkbook,
    own: Prototypes,
    theirs: Prototypes,
    role: str,
    column: int,
) -> Prototypes:
    top, bottom = min(own.rows.values()) - 1, max(own.rows.values())
    left = max(own.columns.values()) + 1
    place = free_column(workbook, Area(own.sheet, top, left, bottom, left))
    first = min(theirs.rows.values()) - 1
    heading = Area.cell(own.sheet, top, place.left)
    workbook.adopt_cells(today, Area.cell(theirs.sheet, first, column), heading)
    workbook.adopt_column(today, Area.cell(theirs.sheet, first, column), heading)
    for kind, row in own.rows.items():
        if kind in theirs.rows:
            like = Area.cell(theirs.sheet, theirs.rows[kind], column)
            workbook.adopt_looks(today, like, Area.cell(own.sheet, row, place.left))
    return dataclasses.replace(own, columns={**own.columns, role: place.left})


def _add_kind(
    workbook: AdoptingWorkbook,
    today: AdoptingWorkbook,
    own: Prototypes,
    theirs: Prototypes,
    kind: str,
    row: int,
) -> Prototypes:
    place, left = max(own.rows.values()) + 1, min(own.columns.values()) - 1
    heading = Area.cell(theirs.sheet, row, min(theirs.columns.values()) - 1)
    workbook.adopt_cells(today, heading, Area.cell(own.sheet, place, left))
    for role, column in own.columns.items():
        if role in theirs.columns:
            like = Area.cell(theirs.sheet, row, theirs.columns[role])
            workbook.adopt_looks(today, like, Area.cell(own.sheet, place, column))
    return dataclasses.replace(own, rows={**own.rows, kind: place})
