"""Writing in blocks: contents of cells as they would be typed, so that text stays text."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.file.cells import serial_of
from scorecard_xl.engines.xlwings_book.busy import patient
from scorecard_xl.workbook.cell_content import ErrorValue, Formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import xlwings

    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Area

# What a program may take for a number, a date or a formula has a digit in it or starts so.
_MAY_BE_READ = re.compile(r"\s*[=+\-@'\"#]|.*\d|\s*(?:true|false)\s*$", re.IGNORECASE | re.DOTALL)
_QUOTED_PLAIN = re.compile(r"'([A-Za-z_][A-Za-z0-9_]*)'!")
_OUTSIDE_TEXT = re.compile(r'("(?:[^"]|"")*")|\s+')


def as_typed(content: Content, *, from_1904: bool) -> Any:
    """What has to be typed for a cell to hold a content.

    Text that could be read as anything else gets a leading apostrophe, which
    every program takes as "what follows is text" and does not keep in the
    value. The number format "@" would do so too, but would change the cell's
    look, and whatever an analyst typed there later would be text as well.
    Dates are typed as serial numbers: no country's order of day and month
    can turn them, and the cell's number format stays.
    """
    if content is None or isinstance(content, bool):
        return content
    if isinstance(content, Formula | ErrorValue):
        return content.text
    if isinstance(content, datetime.date):
        return serial_of(content, from_1904=from_1904)
    if isinstance(content, str):
        text = str(content)
        return f"'{text}" if _MAY_BE_READ.match(text) else text
    return float(content)


@patient
def type_block(cells: xlwings.Range, rows: Sequence[Sequence[Any]]) -> None:
    """Type a block into cells, in one call.

    As formulas, not as values: both are read as if typed, but in values
    a program would use the language and the decimal sign of its user.
    """
    cells.options(ndim=2).formula = [list(row) for row in rows]


def changed_rows(
    before: Sequence[Sequence[Content]] | None,
    rows: Sequence[Sequence[Content]],
    *,
    from_1904: bool,
) -> tuple[int, int]:
    """The first and the last row that hold something else than before, if that is known."""
    if before is None:
        return 0, len(rows) - 1
    changed = [
        i
        for i, (old, new) in enumerate(zip(before, rows, strict=True))
        if not all(is_same(*pair, from_1904=from_1904) for pair in zip(old, new, strict=True))
    ]
    return (changed[0], changed[-1]) if changed else (0, -1)


def is_same(old: Content, new: Content, *, from_1904: bool) -> bool:
    """Whether a cell that holds `old` need not be written to hold `new`."""
    if isinstance(old, Formula) or isinstance(new, Formula):
        return (
            isinstance(old, Formula)
            and isinstance(new, Formula)
            and plain_formula(old.text) == plain_formula(new.text)
        )
    if old in (None, "") or new in (None, ""):
        return old in (None, "") and new in (None, "")
    if isinstance(old, datetime.date) and isinstance(new, datetime.date):
        return serial_of(old, from_1904=from_1904) == serial_of(new, from_1904=from_1904)
    is_text = isinstance(new, str)
    return isinstance(old, str) == is_text and old.__class__ == _class(new) and old == new


def _class(content: Content) -> type:
    """The class that a content has when it is read back."""
    if isinstance(content, bool | ErrorValue):
        return content.__class__
    return str if isinstance(content, str) else float


def fills_blank_rows(
    before: Sequence[Sequence[Content]], rows: Sequence[Sequence[Content]]
) -> bool:
    """Whether a row that held nothing is to hold something: then rows have moved."""
    return any(_is_blank(old) and not _is_blank(new) for old, new in zip(before, rows, strict=True))


def _is_blank(row: Sequence[Content]) -> bool:
    return all(content in (None, "") for content in row)


def plain_formula(formula: str) -> str:
    """A formula without what programs write in their own way: spaces, needless quotes."""
    unquoted = _QUOTED_PLAIN.sub(r"\1!", formula)
    return _OUTSIDE_TEXT.sub(lambda match: match[1] or "", unquoted)


@patient
def set_number_format(cells: xlwings.Range, code: str) -> None:
    """Give cells a number format."""
    cells.number_format = code


@patient
def set_height(cells: xlwings.Range, height: float) -> None:
    """Give rows a height in points."""
    cells.row_height = height


def runs_of_heights(heights: Mapping[int, float]) -> list[tuple[int, int, float]]:
    """Group rows that follow each other and get one height: first, last, height."""
    runs: list[tuple[int, int, float]] = []
    for row, height in sorted(heights.items()):
        if runs and runs[-1][1] == row - 1 and runs[-1][2] == height:
            runs[-1] = (runs[-1][0], row, height)
        else:
            runs.append((row, row, height))
    return runs


@patient
def copy_look(source: xlwings.Range, target: xlwings.Range) -> None:
    """Give cells the look of one row; its height, too, where it can be read."""
    if source.sheet.book.app.engine.type == "remote":
        target.copy_from(source, copy_type="formats")
        return
    source.copy()
    target.paste(paste="formats")
    source.sheet.book.app.cut_copy_mode = False
    height = source.row_height
    if height:
        target.row_height = height


@patient
def empty(cells: xlwings.Range) -> None:
    """Take contents, merges and looks from cells; notes on them stay."""
    cells.unmerge()
    cells.clear_contents()
    cells.clear_formats()
    cells.rows.autofit()


@patient
def unmerge(cells: xlwings.Range) -> None:
    """Take cells apart."""
    cells.unmerge()


@patient
def merge(cells: xlwings.Range) -> None:
    """Merge cells."""
    cells.merge()


@patient
def has_merges(cells: xlwings.Range) -> bool:
    """Whether any of the cells is merged; None is said where some are."""
    return cells.merge_cells is not False


def above_merges(owned: Area, merges: Sequence[Area]) -> Area | None:
    """The rows of an area above the first of its merges."""
    bottom = min([owned.bottom + 1, *(area.top for area in merges)]) - 1
    return dataclasses.replace(owned, bottom=bottom) if bottom >= owned.top else None
