"""A workbook open in a spreadsheet program, read and filled like any other workbook."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.cells import date_of
from scorecard_xl.engines.xlwings_book import conditions as rules
from scorecard_xl.engines.xlwings_book import probes, saving, writing
from scorecard_xl.engines.xlwings_book.busy import patient
from scorecard_xl.engines.xlwings_book.definitions import Definitions
from scorecard_xl.engines.xlwings_book.growing import replace_rows
from scorecard_xl.engines.xlwings_book.pages import lay_out
from scorecard_xl.engines.xlwings_book.pausing import paused
from scorecard_xl.engines.xlwings_book.reading import width_of
from scorecard_xl.engines.xlwings_book.snapshot import Snapshot
from scorecard_xl.exceptions import EngineError, RefusedError
from scorecard_xl.workbook.engine import Area, Formula

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    import xlwings

    from scorecard_xl.workbook.engine import Condition, Content, Pages, Table

# Names on the sheets that a refresh fills.
_FILLED = ("scorecard_body", "checks_body")
# Excel counts a column's width without the space at its sides, files with it.
_PADDING = 0.71


class XlwingsWorkbook:
    """Any book that xlwings can reach, on the desktop or through its remote engine.

    Blocks are read once and kept; a write that would change nothing is not made.
    In a ``with`` block the screen, calculation and events stand still. The book
    stays open after it.

    Through the remote engine (Excel on the web) formulas cannot be read, so
    contents are values and no formula counts as one; nor can column widths, row
    heights, protection and conditional formats. What is written there cannot be
    read back.
    """

    def __init__(self, book: xlwings.Book) -> None:
        self._book = book
        self._is_remote = book.app.engine.type == "remote"
        self._definitions = Definitions(book)
        self._snapshot = Snapshot(self._definitions, reads_formulas=not self._is_remote)
        self._writable: set[str] = set()
        # Sheets on which rows came, went or were given another look.
        self._moved: set[str] = set()
        self._pause = contextlib.ExitStack()

    def __enter__(self) -> XlwingsWorkbook:
        """Pause the program while the workbook is worked on."""
        self._pause.enter_context(paused(self._book.app))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the program go on as it did before."""
        # What went wrong first is what the analyst has to know.
        with contextlib.suppress(*([EngineError] if error else [])):
            self._pause.close()

    @functools.cached_property
    def name(self) -> str:
        """The workbook's file name."""
        return _name_of(self._book)

    @functools.cached_property
    def path(self) -> Path | None:
        """Where it lies on this computer; None elsewhere, or where it was never saved."""
        return saving.local_path(self._book)

    @property
    def app(self) -> xlwings.App:
        """The program that the workbook is open in."""
        return self._book.app

    @property
    def sheet_names(self) -> Sequence[str]:
        """The worksheets in order."""
        return tuple(self._definitions.sheets)

    def read_table(self, name: str) -> Table | None:
        """Read a table by its name, wherever it lies; formulas come as their values."""
        found = self._definitions.table(name)
        return self._snapshot.table(found) if found else None

    def read_names(self) -> Mapping[str, Area | None]:
        """Read every workbook-level name: its range of cells, None where it is something else."""
        return self._definitions.areas()

    def read_block(self, area: Area) -> list[list[Content]]:
        """Read what the cells of an area hold."""
        return self._snapshot.block(area)

    def count_formulas(self, area: Area) -> int:
        """Count the formulas in an area; none where they cannot be read."""
        return sum(isinstance(content, Formula) for row in self.read_block(area) for content in row)

    def column_width(self, sheet: str, column: int) -> float | None:
        """Tell a column's width in characters, None where it cannot be read."""
        if self._is_remote:
            return None
        width = width_of(self._snapshot.cells(Area.cell(sheet, 1, column)))
        return width + _PADDING if width else None

    @functools.cached_property
    def _from_1904(self) -> bool:
        return bool(probes.counts_from_1904(self._book))

    def date_of(self, serial: float) -> datetime.datetime:
        """Turn a date's serial number into a date."""
        return date_of(serial, from_1904=self._from_1904)

    def _open_for_writing(self, sheet: str) -> None:
        """Refuse a protected sheet, before anything is written anywhere.

        Raises
        ------
        RefusedError
            The sheet, or another that a refresh fills, is protected; it is named.
        """
        named = (self._definitions.names.get(name) for name in _FILLED)
        areas = self._definitions.areas()
        filled = [areas[each.name] for each in named if each]
        wanted = dict.fromkeys([sheet, *(area.sheet for area in filled if area)])
        for name in wanted:
            if name in self._writable:
                continue
            if probes.is_protected(self._definitions.sheet(name)):
                message = (
                    f"{name!r} is protected, so nothing was written; take the protection off with "
                    "Review, Unprotect Sheet, then try again."
                )
                raise RefusedError(message)
            self._writable.add(name)

    def write_block(
        self, sheet: str, top: int, left: int, rows: Sequence[Sequence[Content]]
    ) -> None:
        """Write a rectangle of contents, where it differs; looks stay as they are."""
        if not rows or not rows[0]:
            return
        self._open_for_writing(sheet)
        area = Area(sheet, top, left, top + len(rows) - 1, left + len(rows[0]) - 1)
        before = self._snapshot.before(area)
        if area.height > 1 and (before is None or writing.fills_blank_rows(before, rows)):
            self._moved.add(sheet)
            # Cells under a merge would keep nothing of what is written to them.
            writing.unmerge(self._snapshot.cells(area))
        first, last = self._changed(before, rows)
        if last < first:
            return
        changed = dataclasses.replace(area, top=top + first, bottom=top + last)
        typed = [
            [writing.as_typed(content, from_1904=self._from_1904) for content in row]
            for row in rows[first : last + 1]
        ]
        writing.type_block(self._snapshot.cells(changed), typed)
        self._snapshot.written(sheet)

    def _changed(
        self, before: Sequence[Sequence[Content]] | None, rows: Sequence[Sequence[Content]]
    ) -> tuple[int, int]:
        """The first and the last row that hold something else than before."""
        if before is None or self._is_remote:
            return 0, len(rows) - 1
        changed = [
            i
            for i, (old, new) in enumerate(zip(before, rows, strict=True))
            if not all(map(self._is_same, old, new))
        ]
        return (changed[0], changed[-1]) if changed else (0, -1)

    def _is_same(self, old: Content, new: Content) -> bool:
        return writing.is_same(old, new, from_1904=self._from_1904)

    def write_table(
        self,
        name: str,
        rows: Sequence[Sequence[Content]],
        number_formats: Sequence[Sequence[str | None]] | None = None,
    ) -> None:
        """Replace a table's data rows; the table grows or shrinks with them.

        Raises
        ------
        RefusedError
            The table would grow over a cell that holds something, or has a totals row to move.
        """
        replace_rows(self, self._definitions, self._snapshot, name, rows, number_formats)

    def copy_looks(self, source: Area, target: Area) -> None:
        """Give every row of `target` the look of the row `source`, and its height if known."""
        self._open_for_writing(target.sheet)
        self._moved.add(target.sheet)
        writing.copy_look(self._snapshot.cells(source), self._snapshot.cells(target))

    def set_heights(self, sheet: str, heights: Mapping[int, float]) -> None:
        """Set rows' heights in points."""
        self._open_for_writing(sheet)
        for first, last, height in writing.runs_of_heights(heights):
            writing.set_height(self._snapshot.cells(Area(sheet, first, 1, last, 1)), height)

    def clear(self, area: Area) -> None:
        """Empty the cells of an area and take away their look."""
        self._open_for_writing(area.sheet)
        self._moved.add(area.sheet)
        writing.empty(self._snapshot.cells(area))
        self._snapshot.written(area.sheet)

    def set_merges(self, owned: Area, merges: Sequence[Area]) -> None:
        """Replace the merges that reach into an area.

        Where rows stayed in place, those of the texts are there already.
        """
        self._open_for_writing(owned.sheet)
        if owned.sheet in self._moved:
            writing.unmerge(self._snapshot.cells(owned))
            for area in merges:
                writing.merge(self._snapshot.cells(area))
        elif not self._is_remote:
            bottom = min([owned.bottom + 1, *(area.top for area in merges)]) - 1
            above = self._snapshot.cells(dataclasses.replace(owned, bottom=bottom))
            if bottom >= owned.top and writing.has_merges(above):
                writing.unmerge(above)

    def set_names(self, names: Mapping[str, Area | str]) -> None:
        """Define workbook-level names, where they are not defined so already."""
        self._definitions.define(names)

    def replace_conditions(self, owned: Area, conditions: Sequence[Condition]) -> None:
        """Replace those conditional formats within `owned` that are alike, and keep others.

        Where rows stayed in place the rules do, too, unless some are missing.
        """
        self._open_for_writing(owned.sheet)
        if owned.sheet not in self._moved:
            count = rules.count_of_rules(self._snapshot.cells(owned))
            if count is None or count >= len(conditions):
                return
        rules.replace_conditions(self._snapshot.cells, owned, conditions)

    def lay_out_pages(self, pages: Pages) -> None:
        """Set print area, page breaks and footer of a sheet, as far as the program lets one."""
        sheet = pages.area.sheet
        self._open_for_writing(sheet)
        lay_out(self._definitions.sheet(sheet), pages, has_moved=sheet in self._moved)

    def save(self) -> None:
        """Save the book where it was opened from, which may be on OneDrive or SharePoint.

        Raises
        ------
        EngineError
            It has never been saved, or the program cannot save it.
        """
        self._go_on()
        saving.save(self._book, self.name)

    def save_copy(self, path: str | Path, *, overwrite: bool = False) -> None:
        """Save under another name; the open book stays as it is.

        Raises
        ------
        RefusedError
            The name is taken and `overwrite` was not given, or its ending does not fit.
        EngineError
            The program cannot save a copy.
        """
        self._go_on()
        saving.save_copy(self._book, self.name, Path(path), overwrite=overwrite)

    def _go_on(self) -> None:
        """End the pause before saving: a file keeps how it is calculated, and what was shown."""
        self._pause.close()

    def close(self) -> None:
        """Let go of the book; it stays open, with whatever was not saved."""
        self._pause.close()


@patient
def _name_of(book: xlwings.Book) -> str:
    return str(book.name)
