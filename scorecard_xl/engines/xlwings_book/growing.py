"""A table's data rows replaced: it grows or shrinks with them."""

from __future__ import annotations

import dataclasses
from itertools import groupby
from typing import TYPE_CHECKING

from scorecard_xl.engines.xlwings_book import writing
from scorecard_xl.engines.xlwings_book.definitions import has_totals
from scorecard_xl.exceptions import EngineError, RefusedError
from scorecard_xl.workbook.engine import LAST_ROW, Area, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.engines.xlwings_book.definitions import Definitions, FoundTable
    from scorecard_xl.engines.xlwings_book.snapshot import Snapshot
    from scorecard_xl.workbook.engine import Content, Workbook


def replace_rows(
    workbook: Workbook,
    definitions: Definitions,
    snapshot: Snapshot,
    name: str,
    rows: Sequence[Sequence[Content]],
    number_formats: Sequence[Sequence[str | None]] | None,
) -> None:
    """Write other data rows into a table; each gets the look of the first.

    Raises
    ------
    RefusedError
        The table would grow over a cell that holds something, or has a totals row to move.
    """
    found = definitions.table(name)
    if found is None:
        message = f"{workbook.name} has no table {name!r}."
        raise EngineError(message)
    area, height = found.area, max(len(rows), 1)
    _refuse_to_grow(workbook, found, height)
    new = dataclasses.replace(area, bottom=area.top + height - 1)
    if height != area.height:
        with_headings = dataclasses.replace(new, top=new.top - 1)
        definitions.resize(found, new, snapshot.cells(with_headings))
    contents = rows or [[None] * area.width]
    workbook.write_block(area.sheet, area.top, area.left, contents)
    if height > 1:
        first = dataclasses.replace(area, bottom=area.top)
        workbook.copy_looks(first, dataclasses.replace(new, top=new.top + 1))
    if number_formats:
        _set_number_formats(snapshot, new, number_formats)
    if area.height > height:
        workbook.clear(dataclasses.replace(area, top=new.bottom + 1))


def _refuse_to_grow(workbook: Workbook, found: FoundTable, height: int) -> None:
    area = found.area
    if height == area.height:
        return
    if has_totals(found):
        message = (
            f"The table {found.name} has a totals row, which would have to move; switch it off "
            "first."
        )
        raise RefusedError(message)
    bottom = min(area.top + height - 1, LAST_ROW)
    below = dataclasses.replace(area, top=area.bottom + 1, bottom=bottom)
    if below.height < 1:
        return
    for i, row in enumerate(workbook.read_block(below)):
        for j, content in enumerate(row):
            if value_of(content) not in (None, ""):
                cell = Area.cell(area.sheet, below.top + i, below.left + j)
                message = (
                    f"{cell}: the table {found.name} would grow over this cell; move what it holds."
                )
                raise RefusedError(message)


def _set_number_formats(
    snapshot: Snapshot, area: Area, number_formats: Sequence[Sequence[str | None]]
) -> None:
    """Set number formats column by column, where rows that follow each other share one."""
    for j, column in enumerate(zip(*number_formats, strict=True)):
        for code, run in groupby(enumerate(column), key=lambda each: each[1]):
            indexes = [i for i, _ in run]
            if code:
                cells = Area(
                    area.sheet,
                    area.top + indexes[0],
                    area.left + j,
                    area.top + indexes[-1],
                    area.left + j,
                )
                writing.set_number_format(snapshot.cells(cells), code)
