"""Rows written anew where they are edited, and copied to the byte where they are not."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.edits import KEEP, NO_STYLE
from scorecard_xl.engines.file.shared_formulas import without_lost_formulas
from scorecard_xl.workbook.engine import column_letters, column_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.engines.file.cells import CellWriter
    from scorecard_xl.engines.file.edits import RowEdits
    from scorecard_xl.engines.file.sheet import Row, Sheet

_CELL_STYLE = re.compile(rb'\bs="(\d+)"')
# The column and style of each cell whose attributes stand in Excel's order, with no others.
_STYLES = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"(?: s="([0-9]+)")?(?: t="[A-Za-z]+")?/?>')
_SPANS = re.compile(rb'\s*\bspans="[^"]*"')
_HEIGHT = re.compile(rb'\s*\b(?:ht|customHeight)="[^"]*"')


def stamped_rows(
    sheet: Sheet, edits: Mapping[int, RowEdits], writer: CellWriter
) -> tuple[bytes, bool]:
    """Write the rows anew where they are edited, and copy them where not.

    Tells, too, whether a formula was copied.
    """
    pieces: list[bytes] = []
    keeps_a_formula = False
    sheet = sheet.with_rows(without_lost_formulas(sheet.rows, edits))
    for number in sorted(sheet.rows.keys() | edits.keys()):
        row = sheet.rows.get(number)
        if number in edits:
            piece, keeps = _stamped_row(number, sheet, edits[number], writer)
            pieces.append(piece)
            keeps_a_formula |= keeps
        elif row is not None:
            end = b"/>" if not row.inner else b">" + row.inner + b"</row>"
            pieces.append(b"<row" + row.attributes + end)
            keeps_a_formula |= b"<f" in row.inner
    return b"".join(pieces), keeps_a_formula


def _stamped_row(
    number: int, sheet: Sheet, edits: RowEdits, writer: CellWriter
) -> tuple[bytes, bool]:
    """Write one edited row; cells that are not edited are copied as they are."""
    row = sheet.rows.get(number)
    cells, styles, keeps_a_formula = _kept_cells(sheet, row, edits)
    styles.update(edits.styles)
    written = []
    for column in edits.contents.keys() | edits.styles.keys():
        if column in cells:
            continue
        content, style = edits.contents.get(column), styles.get(column)
        if content is None and style in (None, NO_STYLE):
            continue
        if style is None:
            style = sheet.look(number, column)
        written.append((column, writer.cell(f"{column_letters(column)}{number}", style, content)))
    attributes = _row_attributes(number, row, edits)
    if not (cells or written):
        is_bare = re.fullmatch(rb'\s*r="\d+"\s*', attributes)
        return (b"" if is_bare else b"<row" + attributes + b"/>"), keeps_a_formula
    if not cells:
        inner = "".join([cell for _, cell in sorted(written)]).encode()
    else:
        cells.update((column, cell.encode()) for column, cell in written)
        inner = b"".join([cells[column] for column in sorted(cells)])
    return b"<row" + attributes + b">" + inner + b"</row>", keeps_a_formula


def _kept_cells(
    sheet: Sheet, row: Row | None, edits: RowEdits
) -> tuple[dict[int, bytes], dict[int, str], bool]:
    """The cells that keep their content, the styles of others, and whether a formula is kept."""
    kept: dict[int, bytes] = {}
    styles: dict[int, str] = {}
    keeps_a_formula = False
    if row is None:
        return kept, styles, keeps_a_formula
    found = {
        _column(letters): style.decode() or NO_STYLE
        for letters, style in _STYLES.findall(row.inner)
    }
    if len(found) == row.inner.count(b"<c ") and edits.contents.keys() >= found.keys():
        return kept, found, keeps_a_formula
    cells = list(row.cells())
    if len(cells) != row.inner.count(b"<c "):
        raise xml.damaged(sheet.part, f"a cell of row {row.number} is written in an unknown way")
    for column, attributes, inner in cells:
        if column in kept or column in styles:
            raise xml.damaged(sheet.part, f"{column_letters(column)}{row.number} is there twice")
        if column in edits.contents:
            match = _CELL_STYLE.search(attributes)
            styles[column] = match[1].decode() if match else NO_STYLE
        else:
            kept[column] = _restyled(attributes, inner, edits.styles.get(column))
            keeps_a_formula |= b"<f" in inner
    return kept, styles, keeps_a_formula


@functools.lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _restyled(attributes: bytes, inner: bytes, style: str | None) -> bytes:
    """A cell with another style, if one is given, and the same content."""
    if style is not None:
        attributes = re.sub(rb'\s*\bs="\d+"', b"", attributes)
        attributes += f' s="{style}"'.encode()
    return b"<c" + attributes + (b">" + inner + b"</c>" if inner else b"/>")


def _row_attributes(number: int, row: Row | None, edits: RowEdits) -> bytes:
    """The attributes of an edited row: no spans, and its height if that is edited."""
    attributes = row.attributes if row else f' r="{number}"'.encode()
    if b"spans=" in attributes:
        attributes = _SPANS.sub(b"", attributes)
    if edits.height is KEEP:
        return attributes
    attributes = _HEIGHT.sub(b"", attributes)
    if edits.height is not None:
        attributes += f' ht="{edits.height:g}" customHeight="1"'.encode()
    return attributes
