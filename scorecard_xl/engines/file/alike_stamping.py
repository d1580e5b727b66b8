"""Rows written many at a time: those alike differ only in what is put into them."""

from __future__ import annotations

import functools
import operator
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from scorecard_xl.engines.file.cells import escaped, escaped_word, number_texts, plain_texts
from scorecard_xl.engines.file.row_forms import NUMBER
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, Formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorecard_xl.engines.file.cells import CellWriter
    from scorecard_xl.engines.file.edits import RowEdits
    from scorecard_xl.engines.file.row_forms import RowForm
    from scorecard_xl.workbook.formula_rows import FormulaPattern

_NUMBER = NUMBER.decode()
_Gathered: TypeAlias = "tuple[int, RowForm, RowEdits]"
# So many rows together bound the memory that their pieces take on the way.
_AT_A_TIME = 1_024
# To find out what rows share takes as long as to write some.
_FEWEST = 4
# What may be the beginning of one of Excel's escapes, before the end of a piece.
_BEGUN_ESCAPE = re.compile(r"_(?:x[0-9A-Fa-f]{0,4})?\|")


class AlikeStamper:
    """Gathers rows, and writes those together that are alike."""

    def __init__(self, writer: CellWriter) -> None:
        self._writer = writer
        self._gathered: dict[object, list[_Gathered]] = {}

    def takes(self, number: int, form: RowForm, edits: RowEdits) -> bool:
        """Gather a row, and tell so, if it is one that others may be like."""
        if form.keeps_a_cell or not edits.are_runs:
            return False
        texts: Sequence[str] = ()
        is_blank = True
        likeness: list[object] = [form]
        for left, run in edits.runs:
            if run.texts:
                if texts and run.texts is not texts:
                    return False
                texts = run.texts
            likeness += (left, run.patterns, len(run.texts), *map(type, run.values))
            is_blank &= run.values.count(None) == run.patterns.count(None) == len(run.values)
        # What is left of a row of blank cells hangs on their looks.
        if is_blank:
            return False
        self._gathered.setdefault(tuple(likeness), []).append((number, form, edits))
        return True

    def written(self) -> dict[int, bytes]:
        """The rows that were gathered, by their numbers."""
        written: dict[int, bytes] = {}
        for rows in chain.from_iterable(map(_slices, self._gathered.values())):
            together = self._together(rows) if len(rows) >= _FEWEST else None
            if together is None:
                together = [form.written(number, edits.contents, self._writer)
                            for number, form, edits in rows]  # fmt: skip
            written.update(zip((number for number, *_ in rows), together, strict=True))
        return written

    def _together(self, rows: Sequence[_Gathered]) -> list[bytes] | None:
        """Rows that are alike; None where what is stored hangs on how texts meet."""
        of_rows = [[run for _, run in edits.runs] for _, _, edits in rows]
        put_in = [next((run.texts for run in runs if run.texts), ()) for runs in of_rows]
        width = len(put_in[0])
        texts = _stored_texts(list(chain.from_iterable(put_in)))
        if texts is None:
            return None
        number, form, edits = rows[0]
        cells: dict[int, tuple[FormulaPattern | None, Sequence[Any]]] = {}
        for (left, first), runs in zip(edits.runs, zip(*of_rows, strict=True), strict=True):
            columns = zip(*(run.values for run in runs), strict=True)
            cells.update(enumerate(zip(first.patterns, columns, strict=True), left))
        together = _AlikeRows(
            self._writer, [number for number, *_ in rows], [texts[i::width] for i in range(width)]
        )
        together.add(form.start.decode())
        for column, start, is_left_out in form.cells(number):
            pattern, values = cells.get(column, (None, (None,)))
            if pattern is not None or values[0] is not None:
                together.add(start.decode())
                if pattern is None:
                    together.add_values(values)
                elif not together.add_formulas(pattern, values):
                    return None
            elif not is_left_out:
                together.add(start.decode() + "/>")
        together.add("</row>")
        return together.written()


class _AlikeRows:
    """Rows put together piece by piece: what they share, and what differs.

    Parameters
    ----------
    numbers
        Those of the rows.
    texts
        What is put into the formulas of each row, as it is stored: a column of all rows for each
        place.
    """

    def __init__(
        self, writer: CellWriter, numbers: Sequence[int], texts: Sequence[Sequence[str]]
    ) -> None:
        self._writer = writer
        self._pieces = [""]
        # Which of the columns goes between two pieces.
        self._places: list[int] = []
        self._columns = [list(map(str, numbers)), *map(_of_bytes, texts)]

    def add(self, stored: str) -> None:
        """Add what all rows have, but for their numbers."""
        first, *others = stored.split(_NUMBER)
        self._pieces[-1] += first
        for piece in others:
            self._places.append(0)
            self._pieces.append(piece)

    def add_values(self, values: Sequence[Any]) -> None:
        """Add what follows the start of a cell; the values of all rows are of one class."""
        if values[0].__class__ is float:
            self.add("><v>")
            self._add_column(number_texts(values))
            self.add("</v></c>")
            return
        texts = plain_texts(values) if values[0].__class__ is str else None
        if texts is None:
            self._add_column(_of_bytes(map(self._writer.rest_of_cell, values)))
        else:
            self.add(' t="inlineStr"><is><t>')
            self._add_column(texts)
            self.add("</t></is></c>")

    def add_formulas(self, pattern: FormulaPattern, values: Sequence[Any]) -> bool:
        """Add what follows the start of a formula's cell; False where that hangs on its texts."""
        pieces = _stored_pieces(pattern)
        if pieces is None or isinstance(values[0], Formula):
            return False
        kind, stored = self._of_formula(values)
        self.add(f"{kind}><f>{pieces[0]}")
        for place, piece in zip(pattern.places, pieces[1:], strict=True):
            self._places.append(1 + place)
            self._pieces.append(piece)
        if values[0] is NOT_CALCULATED:
            self.add("</f></c>")
            return True
        self.add("</f><v>")
        if stored is not None:
            self._add_column(_of_bytes(stored))
        self.add("</v></c>")
        return True

    def _of_formula(self, values: Sequence[Any]) -> tuple[str, Iterable[str] | None]:
        """The type of formulas' values, and what is stored of each, if anything."""
        if values[0].__class__ is float:
            return "", number_texts(values)
        if values[0].__class__ is str:
            return ' t="str"', map(escaped_word, values)
        if values[0] is NOT_CALCULATED:
            return "", None
        kind = self._writer.stored(values[0])[0]
        if values[0] is None:
            return kind, None
        return kind, [self._writer.stored(value)[1] for value in values]

    def _add_column(self, texts: list[str]) -> None:
        self._places.append(len(self._columns))
        self._pieces.append("")
        self._columns.append(texts)

    def written(self) -> list[bytes]:
        """The rows."""
        empty = [""] * (2 * len(self._places) + 1)
        empty[::2] = _of_bytes(self._pieces)
        chosen = operator.itemgetter(*self._places)
        written = []
        for row in zip(*self._columns, strict=True):
            pieces = empty.copy()
            pieces[1::2] = chosen(row)
            written.append("".join(pieces).encode("latin-1"))
        return written


def _slices(rows: Sequence[_Gathered]) -> Iterator[Sequence[_Gathered]]:
    """Rows, some at a time."""
    for start in range(0, len(rows), _AT_A_TIME):
        yield rows[start : start + _AT_A_TIME]


def _of_bytes(texts: Iterable[str]) -> list[str]:
    """Texts with a character for each byte of what is stored, which are joined twice as fast."""
    texts = list(texts)
    together = "\0".join(texts)
    return texts if together.isascii() else together.encode().decode("latin-1").split("\0")


@functools.lru_cache(maxsize=1024)
def _stored_pieces(pattern: FormulaPattern) -> Sequence[str] | None:
    """A pattern's pieces as stored, without ``=``; None where that hangs on what is put in."""
    first, *others = pattern.pieces
    if _BEGUN_ESCAPE.search("|".join((first, *others, ""))):
        return None
    return [escaped(piece) for piece in (first[1:], *others)]


def _stored_texts(texts: Sequence[str]) -> Sequence[str] | None:
    """What is put into patterns, as it is stored; None where that hangs on what follows."""
    together = "|".join((*texts, ""))
    if _BEGUN_ESCAPE.search(together):
        return None
    return texts if escaped(together) == together else [escaped(text) for text in texts]
