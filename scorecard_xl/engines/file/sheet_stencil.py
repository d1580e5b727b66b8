"""A sheet that is stamped many times: what does not depend on its cells' contents, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.file.cells import escaped
from scorecard_xl.engines.file.edits import RowEdits
from scorecard_xl.engines.file.row_blocks import Block
from scorecard_xl.engines.file.row_forms import RowForm
from scorecard_xl.engines.file.shared_formulas import without_lost_formulas
from scorecard_xl.engines.file.stamp import EMPTY_DATA, framed
from scorecard_xl.engines.file.xml import Q
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard_xl.engines.file.cells import CellWriter
    from scorecard_xl.engines.file.edits import SheetEdits
    from scorecard_xl.engines.file.row_blocks import WrittenBlock
    from scorecard_xl.engines.file.sheet import Sheet
    from scorecard_xl.workbook.engine import Condition

# Private characters, which no footer holds; a digit first, where the footer's text has one.
_FOOTER = "\ue000\ue001"


class NotAlikeError(Exception):
    """What is to be stamped differs in more than contents: it is to be made by itself."""


class _Stretch(NamedTuple):
    """Rows that follow each other and are copied; or one that is written, which has no bytes."""

    first: int
    last: int
    copied: bytes | None


class _Frame(NamedTuple):
    """What lies around the rows: before them, after them, and after the footer's left text."""

    before: bytes
    after: bytes
    after_footer: bytes | None


class SheetStencil:
    """Stamps contents into a sheet, as stamping it by itself would."""

    def __init__(
        self, sheet: Sheet, writer: CellWriter, style_of: Callable[[Condition], int]
    ) -> None:
        self._sheet, self._writer, self._style_of = sheet, writer, style_of
        self._has_shared = sheet.has_shared_formulas
        self._with_own: dict[object, SheetStencil] = {}
        self._reach = _said_to_be_used(sheet)
        self._reaches_beyond = False
        self._forms: dict[object, RowForm] = {}
        self._layouts: dict[object, tuple[list[_Stretch], bool]] = {}
        self._last_edits: SheetEdits | None = None
        self._last_stamped = b"", False
        self._frames: dict[object, _Frame] = {}

    def block(
        self, edits: SheetEdits, top: int, bottom: int, varying: Sequence[tuple[int, int]]
    ) -> Block:
        """The rows from `top` to `bottom` as they are with edits, but for some of their cells.

        Those `varying` are named by row and column, and are written with values given later.
        """
        if self._has_shared:
            return self._without_lost(edits.rows).block(edits, top, bottom, varying)
        block = Block(self._writer)
        wanted: dict[int, dict[int, int]] = {}
        for place, (row, column) in enumerate(varying):
            wanted.setdefault(row, {})[column] = place
        numbers = sorted({n for n in self._sheet.rows if top <= n <= bottom}.union(
            n for n in edits.rows if top <= n <= bottom))  # fmt: skip
        for number in numbers:
            own = edits.rows.get(number)
            if own is None and number in wanted:
                # What stands there happened to be what was to stand there.
                own = RowEdits(dict.fromkeys(wanted[number]))
            if own is not None:
                form = self._form(number, own)
                form.write_into(block, number, own.contents, wanted.get(number, {}))
                block.keeps_a_formula |= form.keeps_a_formula
            else:
                kept = self._sheet.rows[number]
                block.add(kept.as_stored().decode())
                block.keeps_a_formula |= b"<f" in kept.inner
        if not numbers or block.close(numbers[0], numbers[-1]) != len(varying):
            raise NotAlikeError
        return block

    def stamped(self, edits: SheetEdits, blocks: Sequence[WrittenBlock] = ()) -> tuple[bytes, bool]:
        """The sheet's part with edits and blocks of rows, and whether a formula was copied.

        Rows of blocks are not among those of the edits.
        """
        if edits.columns or edits.validations:
            raise NotAlikeError
        if self._has_shared:
            return self._without_lost(edits.rows).stamped(edits, blocks)
        if edits is self._last_edits and not blocks:
            return self._last_stamped
        written = {block.top: block for block in blocks}
        stretches, keeps_a_formula = self._layout(
            tuple(sorted(edits.rows)), tuple((block.top, block.bottom) for block in blocks)
        )
        pieces: list[bytes] = []
        first = last = 0
        for stretch in stretches:
            piece = stretch.copied
            if piece is None and stretch.first in written:
                piece = written[stretch.first].rows
                keeps_a_formula |= written[stretch.first].keeps_a_formula
            elif piece is None:
                number = stretch.first
                form = self._form(number, edits.rows[number])
                keeps_a_formula |= form.keeps_a_formula
                piece = form.written(number, edits.rows[number].contents, self._writer)
                if not piece:
                    continue
            pieces.append(piece)
            first, last = first or stretch.first, stretch.last
        frame = self._frame(edits, (first, last) if pieces else None)
        around = [frame.before, *pieces, frame.after]
        if frame.after_footer is not None and edits.pages is not None:
            footer = edits.pages.footer_left.replace("&", "&&")
            around += [escaped(footer).encode(), frame.after_footer]
        stamped = b"".join(around), keeps_a_formula
        if not blocks:
            self._last_edits, self._last_stamped = edits, stamped
        return stamped

    def _without_lost(self, rows: Mapping[int, RowEdits]) -> SheetStencil:
        """A stencil of the sheet with formulas written out whose shared one is overwritten."""
        key = tuple((number, tuple(row.contents)) for number, row in rows.items())
        if key not in self._with_own:
            sheet = self._sheet.with_rows(without_lost_formulas(self._sheet.rows, rows))
            own = SheetStencil(sheet, self._writer, self._style_of)
            own._has_shared = False
            self._with_own[key] = own
        return self._with_own[key]

    def _layout(
        self, edited: tuple[int, ...], blocks: tuple[tuple[int, int], ...]
    ) -> tuple[list[_Stretch], bool]:
        """The rows in order, and whether one that is copied holds a formula."""
        known = (edited, blocks)
        if known not in self._layouts:
            held = {row for top, bottom in blocks for row in range(top, bottom + 1)}
            tops = dict(blocks)
            stretches: list[_Stretch] = []
            keeps_a_formula = False
            waiting: list[bytes] = []
            numbers: list[int] = []
            among = set(edited)
            for number in sorted((self._sheet.rows.keys() | among).difference(held).union(tops)):
                if number not in among and number not in tops:
                    row = self._sheet.rows[number]
                    waiting.append(row.as_stored())
                    numbers.append(number)
                    keeps_a_formula |= b"<f" in row.inner
                    continue
                if waiting:
                    stretches.append(_Stretch(numbers[0], numbers[-1], b"".join(waiting)))
                    waiting, numbers = [], []
                stretches.append(_Stretch(number, tops.get(number, number), None))
            if waiting:
                stretches.append(_Stretch(numbers[0], numbers[-1], b"".join(waiting)))
            self._layouts[known] = stretches, keeps_a_formula
        return self._layouts[known]

    def _form(self, number: int, edits: RowEdits) -> RowForm:
        styles = tuple(edits.styles.items()) if edits.styles else ()
        key = (number, edits.height, tuple(edits.contents), styles)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = RowForm(number, self._sheet, edits)
            columns = [*edits.contents, *edits.styles]
            if self._reach is not None and columns:
                left, right = self._reach
                self._reaches_beyond |= min(columns) < left or max(columns) > right
        return form

    def _frame(self, edits: SheetEdits, used: tuple[int, int] | None) -> _Frame:
        """What lies around the rows for edits like these."""
        columns: Sequence[int] = ()
        if self._reaches_beyond:
            columns = sorted(edits.written_columns())
        pages = edits.pages
        key = (
            used,
            (columns[0], columns[-1]) if columns else None,
            tuple(edits.merges),
            tuple(edits.grown),
            None if edits.conditions is None else edits.conditions,
            None
            if pages is None
            else (
                pages.area, pages.old_bottom, frozenset(pages.own_breaks),
                tuple(pages.breaks_before), pages.footer_left[:1].isdigit(),
            ),
        )  # fmt: skip
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = self._new_frame(edits, used, columns)
        return frame

    def _new_frame(
        self, edits: SheetEdits, used: tuple[int, int] | None, columns: Sequence[int]
    ) -> _Frame:
        pages, mark = edits.pages, _FOOTER
        if pages is not None:
            mark = f"0{_FOOTER}" if pages.footer_left[:1].isdigit() else _FOOTER
            edits.pages = pages._replace(footer_left=mark)
        written = framed(self._sheet, edits, self._style_of, used=used, columns=columns)
        edits.pages = pages
        match = EMPTY_DATA.search(written)
        if match is None:
            raise NotAlikeError
        before, after = (
            written[: match.start()] + b"<sheetData>",
            b"</sheetData>" + written[match.end() :],
        )
        head, found, tail = after.partition(mark.encode())
        return _Frame(before, head, tail if found else None)


def _said_to_be_used(sheet: Sheet) -> tuple[int, int] | None:
    """The first and the last column that a sheet says it uses, None where it says nothing."""
    element = sheet.shell_as_read.find(f"{Q}dimension")
    if element is None:
        return None
    try:
        area = Area.of("", element.get("ref", "A1"))
    except ValueError:
        return 1, 1
    return area.left, area.right
