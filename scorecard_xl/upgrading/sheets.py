"""Sheets that a workbook does not have: Commentary, Checks, Why and Styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.workbook.engine import quoted
from scorecard_xl.workbook.inputs import COMMENTARY

if TYPE_CHECKING:
    from scorecard_xl.engines.file.adopting import AdoptingWorkbook


class _Known(NamedTuple):
    """A sheet of the template, and what it is found by, wherever it was moved."""

    sheet: str
    name: str = ""
    table: str = ""


_SHEETS = (
    _Known("Commentary", table=COMMENTARY.name),
    _Known("Checks", name="checks_body"),
    _Known("Why", name="why_body"),
    _Known("Styles", name="prototype_rows"),
)


def add_sheets(workbook: AdoptingWorkbook, today: AdoptingWorkbook) -> list[str]:
    """Add the sheets that are missing, behind the others, with their tables and names.

    Raises
    ------
    RefusedError
        A sheet of an analyst's own has the name of one.
    """
    added = []
    names = {name.casefold() for name in workbook.read_names()}
    for known in _SHEETS:
        if known.name.casefold() in names or (known.table and workbook.read_table(known.table)):
            continue
        taken = {sheet.casefold() for sheet in workbook.sheet_names}
        if known.sheet.casefold() in taken:
            if known.name == "prototype_rows":
                # Without the name, the sheet is known by its own.
                continue
            missing = f"name {known.name}" if known.name else f"table {known.table}"
            message = (
                f"{quoted(known.sheet)}: this sheet has no {missing}, so that the template's sheet "
                "of that name cannot be added; rename this one."
            )
            raise RefusedError(message)
        workbook.add_sheet(today, known.sheet)
        own = today.read_names().items()
        workbook.set_names({n: area for n, area in own if area and area.sheet == known.sheet})
        added.append(f"the sheet {known.sheet}")
    return added
