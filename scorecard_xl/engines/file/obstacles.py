"""What lies over cells though they hold nothing: tables and merged cells."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import shell
from scorecard_xl.engines.file.xml import Q

if TYPE_CHECKING:
    from scorecard_xl.engines.file.plan import Plan
    from scorecard_xl.workbook.engine import Area


def obstacle_over(plan: Plan, area: Area) -> str | None:
    """Name the first table, or else merged cells, that cells of an area belong to."""
    for table in plan.tables.values():
        whole = dataclasses.replace(
            table.area, top=table.area.top - 1, bottom=table.area.bottom + table.has_totals
        )
        if whole.sheet == area.sheet and shell.reaches_into(area, whole.range):
            return f"the table {table.name}"
    for merge in plan.sheet(area.sheet).shell_as_read.iterfind(f"{Q}mergeCells/{Q}mergeCell"):
        reference = merge.get("ref", "")
        if shell.reaches_into(area, reference):
            return f"the merged cells {reference}"
    return None
