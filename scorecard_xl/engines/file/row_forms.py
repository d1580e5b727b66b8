"""How an edited row is written: all of it but its number and what its cells hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.cells import start_of_cell
from scorecard_xl.engines.file.edits import KEEP, NO_STYLE
from scorecard_xl.engines.file.rows import column_of
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from scorecard_xl.engines.file.cells import CellWriter
    from scorecard_xl.engines.file.edits import RowEdits
    from scorecard_xl.engines.file.row_blocks import Block
    from scorecard_xl.engines.file.rows import Row
    from scorecard_xl.engines.file.sheet import Sheet
    from scorecard_xl.workbook.cell_content import Content

# Stands where a row's number is to be; no XML can hold it.
NUMBER = b"\0"
_CELL_STYLE = re.compile(rb'\bs="(\d+)"')
_SPANS = re.compile(rb'\s*\bspans="[^"]*"')
_HEIGHT = re.compile(rb'\s*\b(?:ht|customHeight)="[^"]*"')


class RowForms:
    """The forms of a sheet's edited rows, worked out once for all that are alike."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._known: dict[object, RowForm] = {}

    def of(self, number: int, edits: RowEdits) -> RowForm:
        """The form of one row, to be written at its number."""
        layout = self._sheet.layout(number)
        if layout is None:
            return RowForm(number, self._sheet, edits)
        styles = tuple(edits.styles.items()) if edits.styles else ()
        likeness = layout, edits.shape, styles, edits.height
        form = self._known.get(likeness)
        if form is None:
            form = RowForm(number, self._sheet, edits)
            # A cell that is copied tells where it is.
            if not form.keeps_a_cell:
                self._known[likeness] = form
        return form


class RowForm:
    """An edited row but for its number and what its edited cells hold.

    `keeps_a_cell` tells whether there is one that is copied, and `keeps_a_formula` whether that
    holds a formula.
    """

    __slots__ = ("_cells", "_end", "_last", "_sheet", "keeps_a_cell", "keeps_a_formula", "start")

    def __init__(self, number: int, sheet: Sheet, edits: RowEdits) -> None:
        self._sheet = sheet
        row = sheet.rows.get(number)
        columns = edits.columns
        kept, styles, self.keeps_a_formula = _kept_cells(sheet, row, edits, columns)
        self.keeps_a_cell = bool(kept)
        styles.update(edits.styles)
        attributes = _row_attributes(number, row, edits)
        attributes = attributes.replace(b'r="%d"' % number, b'r="%s"' % NUMBER, 1)
        self.start = b"<row%s>" % attributes
        is_bare = re.fullmatch(rb'\s*r="%s"\s*' % NUMBER, attributes)
        self._end = b"" if is_bare else b"<row%s/>" % attributes
        # Of each cell its column, how it starts, and whether it is left out where it is blank;
        # column 0 is what is copied.
        self._cells: list[tuple[int, bytes, bool]] = []
        self._last: tuple[int, Mapping[int, Content], bytes] | None = None
        for column in sorted(kept.keys() | columns | edits.styles.keys()):
            if column in kept:
                self._cells.append((0, kept[column], False))
                continue
            style = styles.get(column)
            start = b"" if style is None else _begun(column, style)
            self._cells.append((column, start, style in (None, NO_STYLE)))

    def written(self, number: int, contents: Mapping[int, Content], writer: CellWriter) -> bytes:
        """The row with this number and these contents by column; nothing if it would be empty."""
        # Equal will not do: 1, 1.0 and True are written in different ways.
        if self._last is not None and self._last[0] == number and self._last[1] is contents:
            return self._last[2]
        pieces = [self.start]
        add, content_of, rest_of_cell = pieces.append, contents.get, writer.rest_of_cell
        for place, (column, start, is_left_out) in enumerate(self._cells):
            if column:
                content = content_of(column)
                if content is not None:
                    add(start or self._begun_at(place, number))
                    add(rest_of_cell(content).encode())
                elif not is_left_out:
                    add(start or self._begun_at(place, number))
                    add(b"/>")
            else:
                add(start)
        if len(pieces) == 1:
            pieces = [self._end]
        else:
            add(b"</row>")
        row = b"".join(pieces).replace(NUMBER, b"%d" % number)
        self._last = number, contents, row
        return row

    def cells(self, number: int) -> Iterator[tuple[int, bytes, bool]]:
        """Of each cell its column, how it starts, and whether it is left out where it is blank."""
        for place, (column, start, is_left_out) in enumerate(self._cells):
            yield column, start or self._begun_at(place, number), is_left_out

    def _begun_at(self, place: int, number: int) -> bytes:
        """How a cell starts that was not there: with the look of its row or column."""
        column, _, is_left_out = self._cells[place]
        start = _begun(column, self._sheet.look(number, column))
        # Rows of one form are alike, so this is worked out once.
        self._cells[place] = column, start, is_left_out
        return start

    def write_into(
        self,
        block: Block,
        number: int,
        contents: Mapping[int, Content],
        varying: Mapping[int, int],
    ) -> None:
        """Put the row into a block; cells of the columns `varying` get values later, by place."""
        if not varying:
            block.add(self.written(number, contents, block.writer).decode())
            return
        own = b"%d" % number
        block.add(self.start.replace(NUMBER, own).decode())
        for place, (column, start, is_left_out) in enumerate(self._cells):
            content = contents.get(column) if column else None
            if column and not start and (content is not None or column in varying):
                start = self._begun_at(place, number)
            begun = start.replace(NUMBER, own).decode()
            if column in varying:
                formula = content.text if isinstance(content, Formula) else None
                block.add_slot(varying[column], begun, formula, is_left_out=is_left_out)
            elif not column:
                block.add(begun)
            elif content is not None or not is_left_out:
                block.add(begun + block.writer.rest_of_cell(content))
        block.add("</row>")


def _begun(column: int, style: str) -> bytes:
    """How a cell of a row starts whose number is not put in yet."""
    return start_of_cell(column_letters(column) + NUMBER.decode(), style).encode()


def _kept_cells(
    sheet: Sheet, row: Row | None, edits: RowEdits, columns: Set[int]
) -> tuple[dict[int, bytes], dict[int, str], bool]:
    """The cells that keep their content, the styles of others, and whether a formula is kept.

    `columns` are those of the cells that get other content.
    """
    kept: dict[int, bytes] = {}
    styles: dict[int, str] = {}
    keeps_a_formula = False
    if row is None:
        return kept, styles, keeps_a_formula
    layout = sheet.layout(row.number)
    plain = layout.cells if layout is not None else ()
    found = {column_of(letters): style.decode() or NO_STYLE for letters, style, _ in plain}
    if plain and len(found) == len(plain) and columns >= found.keys():
        return kept, found, keeps_a_formula
    cells = list(row.cells())
    if len(cells) != row.inner.count(b"<c "):
        raise xml.damaged(sheet.part, f"a cell of row {row.number} is written in an unknown way")
    for column, attributes, inner in cells:
        if column in kept or column in styles:
            raise xml.damaged(sheet.part, f"{column_letters(column)}{row.number} is there twice")
        if column in columns:
            match = _CELL_STYLE.search(attributes)
            styles[column] = match[1].decode() if match else NO_STYLE
        else:
            kept[column] = _restyled(attributes, inner, edits.styles.get(column))
            keeps_a_formula |= b"<f" in inner
    return kept, styles, keeps_a_formula


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
