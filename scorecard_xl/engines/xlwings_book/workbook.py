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
from scorecard_xl.engines.xlwings_book.definitions import Definitions
from scorecard_xl.engines.xlwings_book.growing import add_rows, replace_rows
from scorecard_xl.engines.xlwings_book.kept_conditions import KeptConditions, put_back
from scorecard_xl.engines.xlwings_book.pages import lay_out
from scorecard_xl.engines.xlwings_book.pausing import paused
from scorecard_xl.engines.xlwings_book.protection import HALF_DONE, Protection
from scorecard_xl.engines.xlwings_book.reading import width_of
from scorecard_xl.engines.xlwings_book.snapshot import Snapshot
from scorecard_xl.exceptions import EngineError, RefusedError
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    import xlwings

    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Condition, Pages, Table


class XlwingsWorkbook:
    """Any book that xlwings can reach, on the desktop or through its remote engine.

    Blocks are read once and kept; a write that would change nothing is not made.
    In a ``with`` block the screen, calculation and events stand still. The book
    stays open after it.

    Through the remote engine (Excel on the web) formulas cannot be read, so
    contents are values and no formula counts as one; nor can column widths, row
    heights, protection and conditional formats. What is written there cannot be
    read back. An error after the first write says so at its end.
    """

    def __init__(self, book: xlwings.Book) -> None:
        self._book = book
        self._is_remote = book.app.engine.type == "remote"
        self.reads_back = not self._is_remote
        self._definitions = Definitions(book)
        self._snapshot = Snapshot(self._definitions, reads_formulas=not self._is_remote)
        self._protection = Protection(self._definitions)
        # Sheets on which rows came, went or were given another look.
        self._moved: set[str] = set()
        self._kept: dict[str, KeptConditions] = {}
        self._pause = contextlib.ExitStack()

    def __enter__(self) -> XlwingsWorkbook:
        """Pause the program while the workbook is worked on."""
        self._pause.enter_context(paused(self.app))
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Let the program go on as it did before."""
        # What went wrong first is what the analyst has to know.
        with contextlib.suppress(*([EngineError] if error else [])):
            self._pause.close()
        if self.half_done and isinstance(error, EngineError | RefusedError):
            message = f"{error} {self.half_done}"
            raise type(error)(message) from error

    @functools.cached_property
    def name(self) -> str:
        """The workbook's file name."""
        return saving.name_of(self._book)

    @functools.cached_property
    def path(self) -> Path | None:
        """Where it lies on this computer; None elsewhere, or where it was never saved."""
        return saving.local_path(self._book)

    @property
    def is_saved(self) -> bool:
        """Whether its file holds what it holds now, as far as the program tells."""
        return bool(probes.is_saved(self._book))

    @property
    def app(self) -> xlwings.App:
        """The program that the workbook is open in."""
        return self._book.app

    @property
    def sheet_names(self) -> Sequence[str]:
        """The worksheets in order."""
        return tuple(self._definitions.sheets)

    @property
    def half_done(self) -> str:
        """What to say to an error that comes now; blank where nothing has been written."""
        return HALF_DONE if self._protection.is_half_done else ""

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

    def read_side_by_side(self, areas: Sequence[Area]) -> list[list[list[Content]]]:
        """Read several areas of the same rows of a sheet."""
        return list(map(self.read_block, areas))

    def count_formulas(self, area: Area) -> int:
        """Count the formulas in an area; none where they cannot be read."""
        return sum(isinstance(content, Formula) for row in self.read_block(area) for content in row)

    def outdated(self, cells: Sequence[Area]) -> Sequence[Area]:
        """None: the program calculates them before a table is read."""
        return cells[:0]

    def column_width(self, sheet: str, column: int, last: int | None = None) -> float | None:
        """Tell how wide a column is, or several together, None where it cannot be read."""
        if self._is_remote:
            return None
        several = last and self._snapshot.cells(Area(sheet, 1, column, 1, last))
        return width_of(self._snapshot.cells(Area.cell(sheet, 1, column)), several or None)

    @functools.cached_property
    def _from_1904(self) -> bool:
        return bool(probes.counts_from_1904(self._book))

    def date_of(self, serial: float) -> datetime.datetime:
        """Turn a date's serial number into a date."""
        return date_of(serial, from_1904=self._from_1904)

    def write_block(
        self, sheet: str, top: int, left: int, rows: Sequence[Sequence[Content]]
    ) -> None:
        """Write a rectangle of contents, where it differs; looks stay as they are."""
        if not rows or not rows[0]:
            return
        self._protection.refuse(sheet)
        area = Area(sheet, top, left, top + len(rows) - 1, left + len(rows[0]) - 1)
        before = self._snapshot.before(area)
        if area.height > 1 and (before is None or writing.fills_blank_rows(before, rows)):
            self._moved.add(sheet)
            self._protection.begin(sheet)
            # Cells under a merge would keep nothing of what is written to them.
            writing.unmerge(self._snapshot.cells(area))
        known = None if self._is_remote else before
        first, last = writing.changed_rows(known, rows, from_1904=self._from_1904)
        if last < first:
            return
        changed = dataclasses.replace(area, top=top + first, bottom=top + last)
        typed = [
            [writing.as_typed(content, from_1904=self._from_1904) for content in row]
            for row in rows[first : last + 1]
        ]
        writing.type_block(self._snapshot.cells(changed), typed)
        self._protection.begin(sheet)
        self._snapshot.written(sheet)

    def write_table(
        self,
        name: str,
        rows: Sequence[Sequence[Content]],
        number_formats: Sequence[Sequence[str | None]] | None = None,
    ) -> None:
        """Replace a table's data rows, or raise RefusedError where growing would do harm."""
        replace_rows(self, self._definitions, self._snapshot, name, rows, number_formats)

    def extend_table(
        self,
        name: str,
        rows: Sequence[Sequence[Content]],
        number_formats: Sequence[Sequence[str | None]] | None = None,
        *,
        after: int,
    ) -> None:
        """Put rows below the first `after` of a table, or raise RefusedError likewise."""
        add_rows(self, self._definitions, self._snapshot, name, rows, number_formats, after=after)

    def copy_looks(self, source: Area, target: Area) -> None:
        """Give every row of `target` the look of the row `source`, and its height if known."""
        self._protection.begin(target.sheet)
        self._moved.add(target.sheet)
        writing.copy_look(self._snapshot.cells(source), self._snapshot.cells(target))

    def set_number_formats(self, formats: Mapping[Area, str]) -> None:
        """Give the cells of each area a number format; the rest of their look stays."""
        for area, code in formats.items():
            self._protection.begin(area.sheet)
            writing.set_number_format(self._snapshot.cells(area), code)

    def set_heights(self, sheet: str, heights: Mapping[int, float]) -> None:
        """Set rows' heights in points."""
        self._protection.begin(sheet)
        for first, last, height in writing.runs_of_heights(heights):
            writing.set_height(self._snapshot.cells(Area(sheet, first, 1, last, 1)), height)

    def clear(self, area: Area) -> None:
        """Empty the cells of an area and take away their look."""
        self._protection.begin(area.sheet)
        self._moved.add(area.sheet)
        writing.empty(self._snapshot.cells(area))
        self._snapshot.written(area.sheet)

    def set_merges(self, owned: Area, merges: Sequence[Area]) -> None:
        """Replace the merges that reach into an area.

        Where rows stayed in place, those of the texts are there already.
        """
        self._protection.refuse(owned.sheet)
        if owned.sheet in self._moved:
            self._protection.begin(owned.sheet)
            writing.unmerge(self._snapshot.cells(owned))
            for area in merges:
                writing.merge(self._snapshot.cells(area))
        elif not self._is_remote and (above := writing.above_merges(owned, merges)):
            cells = self._snapshot.cells(above)
            if writing.has_merges(cells):
                self._protection.begin(owned.sheet)
                writing.unmerge(cells)

    def set_names(self, names: Mapping[str, Area | str]) -> None:
        """Define workbook-level names, where they are not defined so already."""
        self._definitions.define(names)

    def keep_conditions(self, owned: Area, ours: Sequence[Condition]) -> None:
        """Have the conditional formats of `owned` outlast the looks that are copied there next.

        RefusedError is raised for one that cannot be made again; on the web nothing is kept.
        """
        if not self._is_remote:
            self._kept[owned.sheet] = KeptConditions.of(self._snapshot.cells(owned), owned, ours)

    def replace_conditions(self, owned: Area, conditions: Sequence[Condition]) -> None:
        """Replace those conditional formats within `owned` that are alike, and keep others.

        Where rows stayed in place the rules do, too, unless some are missing.
        """
        self._protection.refuse(owned.sheet)
        kept = self._kept.pop(owned.sheet, None)
        has_moved = owned.sheet in self._moved
        if not has_moved and rules.are_all_there(self._snapshot.cells, owned, conditions):
            return
        self._protection.begin(owned.sheet)
        if has_moved and kept and kept.are_placed:
            put_back(self._snapshot.cells, kept, conditions)
        else:
            rules.replace_conditions(self._snapshot.cells, owned, conditions)

    def lay_out_pages(self, pages: Pages) -> None:
        """Set print area, page breaks and footer of a sheet, as far as the program lets one."""
        sheet = pages.area.sheet
        self._protection.refuse(sheet)
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
            The name is taken and `overwrite` was not given, its ending does not fit, or it is
            that of the book's own file.
        EngineError
            The program cannot save a copy.
        """
        self._go_on()
        saving.save_copy(self._book, self.name, Path(path), own=self.path, overwrite=overwrite)

    def _go_on(self) -> None:
        """End the pause before saving: a file keeps how it is calculated, and what was shown."""
        self._pause.close()
        self._protection.is_half_done = False

    def close(self) -> None:
        """Let go of the book; it stays open, with whatever was not saved."""
        self._pause.close()
