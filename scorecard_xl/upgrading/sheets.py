"""Sheets that a workbook does not have: Commentary, Checks, Why and Styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.upgrading.room import refuse_foreign_name
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

    They come back where they were taken away too: a refresh has no other place to write to.

    Raises
    ------
    RefusedError
        A sheet of an analyst's own has the name of one, or a name that of what is on it.
    """
    added = []
    names = {
        name.casefold() for name in workbook.read_names() if not workbook.refers_to_nothing(name)
    }
    for known in _SHEETS:
        if known.name.casefold() in names or (known.table and workbook.read_table(known.table)):
            continue
        if workbook.has_sheet(known.sheet):
            if known.name == "prototype_rows":
                # Without the name, the sheet is known by its own.
                continue
            missing = f"name {known.name}" if known.name else f"table {known.table}"
            message = (
                f"{quoted(known.sheet)}: this sheet has no {missing}, so that the template's sheet "
                "of that name cannot be added; rename this one."
            )
            raise RefusedError(message)
        own = {n: it for n, it in today.read_names().items() if it and it.sheet == known.sheet}
        # A table and a name share one list of names.
        for name in (*own, known.table):
            refuse_foreign_name(workbook, name)
        workbook.add_sheet(today, known.sheet)
        workbook.set_names(own)
        added.append(f"the sheet {known.sheet}")
    return added
