"""A table's data rows replaced: it grows or shrinks with them."""

from __future__ import annotations

import dataclasses
from itertools import groupby
from typing import TYPE_CHECKING

from scorecard_xl.engines.xlwings_book import writing
from scorecard_xl.engines.xlwings_book.definitions import has_totals
from scorecard_xl.exceptions import EngineError
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.table_growth import refuse_to_grow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.engines.xlwings_book.definitions import Definitions, FoundTable
    from scorecard_xl.engines.xlwings_book.snapshot import Snapshot
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook


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
    found = _found(workbook, definitions, name)
    area, height = found.area, max(len(rows), 1)
    _refuse_to_grow(workbook, found, height)
    new = _resized(definitions, snapshot, found, height)
    contents = rows or [[None] * area.width]
    workbook.write_block(area.sheet, area.top, area.left, contents)
    if height > 1:
        first = dataclasses.replace(area, bottom=area.top)
        workbook.copy_looks(first, dataclasses.replace(new, top=new.top + 1))
    if number_formats:
        _set_number_formats(snapshot, new, number_formats)
    if area.height > height:
        workbook.clear(dataclasses.replace(area, top=new.bottom + 1))


def add_rows(
    workbook: Workbook,
    definitions: Definitions,
    snapshot: Snapshot,
    name: str,
    rows: Sequence[Sequence[Content]],
    number_formats: Sequence[Sequence[str | None]] | None,
    *,
    after: int,
) -> None:
    """Write rows below the first `after` of a table; each gets the look of the row above.

    Raises
    ------
    RefusedError
        The table would grow over a cell that holds something, or has a totals row to move.
    """
    found = _found(workbook, definitions, name)
    area, height = found.area, max(found.area.height, after + len(rows))
    _refuse_to_grow(workbook, found, height)
    _resized(definitions, snapshot, found, height)
    top = area.top + after
    new = dataclasses.replace(area, top=top, bottom=top + len(rows) - 1)
    workbook.write_block(area.sheet, top, area.left, rows)
    if after:
        workbook.copy_looks(dataclasses.replace(area, top=top - 1, bottom=top - 1), new)
    if number_formats:
        _set_number_formats(snapshot, new, number_formats)


def _found(workbook: Workbook, definitions: Definitions, name: str) -> FoundTable:
    found = definitions.table(name)
    if found is None:
        message = f"{workbook.name} has no table {name!r}."
        raise EngineError(message)
    return found


def _resized(definitions: Definitions, snapshot: Snapshot, found: FoundTable, height: int) -> Area:
    """The data rows of a table that is given another number of them."""
    new = dataclasses.replace(found.area, bottom=found.area.top + height - 1)
    if height != found.area.height:
        with_headings = dataclasses.replace(new, top=new.top - 1)
        definitions.resize(found, new, snapshot.cells(with_headings))
    return new


def _refuse_to_grow(workbook: Workbook, found: FoundTable, height: int) -> None:
    refuse_to_grow(
        found.name,
        found.area,
        height,
        has_totals=lambda: has_totals(found),
        read_block=workbook.read_block,
    )


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
