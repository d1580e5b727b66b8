"""A workbook file that is read and filled like any other workbook."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scorecard_xl.collector import collector_paused
from scorecard_xl.engines.copy_names import refuse_name
from scorecard_xl.engines.file import saving, shell, table_edits
from scorecard_xl.engines.file.cells import date_of
from scorecard_xl.engines.file.edits import NO_STYLE
from scorecard_xl.engines.file.lock_files import is_there
from scorecard_xl.engines.file.outdated import OutdatedCells, areas_written
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.engines.file.stamp import Edits, calculated_on_load, stamped
from scorecard_xl.engines.file.temporaries import BACKUP_SUFFIX
from scorecard_xl.exceptions import EngineError, FileError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from scorecard_xl.engines.file.edits import SheetEdits
    from scorecard_xl.engines.file.saving import Fingerprint
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Area, Condition, Pages, Table


def open_file(path: str | Path) -> FileWorkbook:
    """Open a workbook on disk, without any spreadsheet program.

    Raises
    ------
    FileError
        The file is missing, open elsewhere, encrypted, damaged, or no workbook.
    """
    path = Path(path)
    if path.suffix.casefold() == ".xls":
        message = f"{path} is an old .xls workbook; save it as .xlsx or .xlsm in Excel."
        raise FileError(message)
    if is_there(path):
        saving.refuse_if_open(saving.real_path(path))
    data, fingerprint = saving.read_file(path)
    return FileWorkbook(Plan(Package(data, name=path.name)), path=path, read=fingerprint)


class FileWorkbook:
    """A workbook on disk: everything is read from a plan, and edits are stamped into it on saving.

    What was written can be read back: pending edits are stamped first.
    """

    reads_back, _backup = True, BACKUP_SUFFIX

    def __init__(
        self, plan: Plan, *, path: Path | None = None, read: Fingerprint | None = None
    ) -> None:
        self._plan = plan
        self._original = plan.package
        self._edits = Edits()
        self._written: list[Area] = []
        self._stamped: dict[str, bool] = {}
        self._path = path
        self._fingerprint = read

    def __enter__(self) -> Self:
        """Use it in a `with` block."""
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Let go of it without saving."""
        self.close()

    @property
    def name(self) -> str:
        """The file's name."""
        return self._original.name

    @property
    def sheet_names(self) -> Sequence[str]:
        """The worksheets in order."""
        return tuple(self._plan.sheets)

    def _settled(self) -> Plan:
        """The plan with every pending edit in it."""
        if self._edits.is_pending:
            self._plan = self._plan.after(stamped(self._plan, self._edits))
            sheets = self._edits.sheets.items()
            self._stamped |= {name: edits.keeps_a_formula for name, edits in sheets}
            self._written += areas_written(self._edits.sheets)
            self._edits = Edits()
        return self._plan

    def read_table(self, name: str) -> Table | None:
        """Read a table by its name, wherever it lies; None if there is none."""
        plan = self._settled()
        definition = plan.tables.get(name.casefold())
        return plan.read_table(definition) if definition else None

    def read_names(self) -> Mapping[str, Area | None]:
        """Read every workbook-level name: its range of cells, None where it is something else."""
        plan = self._settled()
        names = plan.book.names().items()
        return {name: area if area and area.sheet in plan.sheets else None for name, area in names}

    def read_block(self, area: Area) -> list[list[Content]]:
        """Read what the cells of an area hold."""
        return self._settled().read(area)

    def read_side_by_side(self, areas: Sequence[Area]) -> list[list[list[Content]]]:
        """Read several areas of the same rows of a sheet."""
        return self._settled().read_together(areas) if areas else []

    def count_formulas(self, area: Area) -> int:
        """Count the formulas in an area."""
        return self._settled().sheet(area.sheet).formula_count(area)

    def outdated(self, cells: Sequence[Area]) -> Sequence[Area]:
        """Those cells whose formulas may read what was written since they were calculated."""
        plan = self._settled()
        return OutdatedCells(plan, self._written).among(cells) if self._written else ()

    def column_width(self, sheet: str, column: int, last: int | None = None) -> float | None:
        """Tell how wide a column is, or several together, in characters."""
        return shell.columns_width(self._plan.sheet(sheet).shell_as_read, column, last or column)

    def date_of(self, serial: float) -> datetime.datetime:
        """Turn a date's serial number into a date."""
        return date_of(serial, from_1904=self._plan.book.from_1904)

    def _sheet(self, name: str) -> SheetEdits:
        if name not in self._plan.sheets:
            sheets = ", ".join(self._plan.sheets)
            message = f"{self.name} has no worksheet {name!r}; its sheets are {sheets}."
            raise EngineError(message)
        return self._edits.sheet(name)

    def write_block(
        self, sheet: str, top: int, left: int, rows: Sequence[Sequence[Content]]
    ) -> None:
        """Write a rectangle of contents; looks stay as they are."""
        edits = self._sheet(sheet)
        for row, contents in enumerate(rows, top):
            edits.row(row).write(left, contents)

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
        definition = self._settled().tables[name.casefold()]
        height = max(len(rows), 1)
        table_edits.refuse_to_grow(self._plan, definition, height)
        area = definition.area
        first = dataclasses.replace(area, bottom=area.top)
        contents = rows or [[None] * area.width]
        table_edits.write_rows(
            self._plan, self._edits, contents, number_formats, top=area.top, like=first
        )
        if area.height > height:
            self.clear(dataclasses.replace(area, top=area.top + height))
        self._edits.tables[definition.name] = height

    def extend_table(
        self,
        name: str,
        rows: Sequence[Sequence[Content]],
        number_formats: Sequence[Sequence[str | None]] | None = None,
        *,
        after: int,
    ) -> None:
        """Put rows below the first `after` of a table, or raise RefusedError like `write_table`.

        They look like the row above; rules and lists that reach the table's last row go on.
        """
        definition = self._settled().tables[name.casefold()]
        area = definition.area
        height = max(area.height, after + len(rows))
        table_edits.refuse_to_grow(self._plan, definition, height)
        top = area.top + after
        last = max(top - 1, area.top)
        above = dataclasses.replace(area, top=last, bottom=last)
        table_edits.write_rows(self._plan, self._edits, rows, number_formats, top=top, like=above)
        if height > area.height:
            self._edits.tables[definition.name] = height
            self._edits.sheet(area.sheet).grown.append((area, area.top + height - 1))

    def copy_looks(self, source: Area, target: Area) -> None:
        """Give every row of `target` the look and height of the row `source`."""
        sheet = self._plan.sheet(source.sheet)
        looks = [sheet.look(source.top, source.left + i) for i in range(source.width)]
        height = sheet.height(source.top)
        edits = self._sheet(target.sheet)
        for number in range(target.top, target.bottom + 1):
            row = edits.row(number)
            row.height = height
            row.styles.update(enumerate(looks, target.left))

    def set_number_formats(self, formats: Mapping[Area, str]) -> None:
        """Give the cells of each area a number format; the rest of their look stays."""
        for area, code in formats.items():
            self._sheet(area.sheet)
            table_edits.set_number_format(self._plan, self._edits, area, code)

    def set_heights(self, sheet: str, heights: Mapping[int, float]) -> None:
        """Set rows' heights in points."""
        for row, height in heights.items():
            self._sheet(sheet).row(row).height = height

    def clear(self, area: Area) -> None:
        """Empty the cells of an area and take away their look."""
        edits = self._sheet(area.sheet)
        columns = range(area.left, area.right + 1)
        for number in range(area.top, area.bottom + 1):
            row = edits.row(number)
            row.height = None
            row.contents.update(dict.fromkeys(columns))
            row.styles.update(dict.fromkeys(columns, NO_STYLE))

    def set_merges(self, owned: Area, merges: Sequence[Area]) -> None:
        """Replace the merges that reach into an area."""
        self._sheet(owned.sheet).merges.append((owned, tuple(merges)))

    def set_names(self, names: Mapping[str, Area | str]) -> None:
        """Define workbook-level names: a place, or a formula with its ``=``."""
        self._edits.names.update(names)

    def keep_conditions(self, owned: Area, ours: Sequence[Condition]) -> None:
        """Do nothing: in a file, looks are copied without conditional formats."""

    def replace_conditions(self, owned: Area, conditions: Sequence[Condition]) -> None:
        """Replace those conditional formats within `owned` that are alike, and keep others."""
        self._sheet(owned.sheet).conditions = (owned, tuple(conditions))

    def lay_out_pages(self, pages: Pages) -> None:
        """Set print area, page breaks and footer of a sheet."""
        self._sheet(pages.area.sheet).pages = pages

    @collector_paused()
    def to_bytes(self) -> bytes:
        """The whole file with every edit in it, as it would be saved."""
        return calculated_on_load(self._settled(), self._stamped).to_bytes()

    def save(self) -> None:
        """Save over the file; the previous one is kept once as ``NAME.before-refresh``.

        Nothing is written where nothing changed.

        Raises
        ------
        FileError
            The file is open elsewhere, was changed by another program, or cannot be written.
        """
        if self._path is None or self._fingerprint is None:
            message = f"{self.name} has no file of its own yet; save a copy under a name."
            raise EngineError(message)
        data = self.to_bytes()
        if data == self._original.to_bytes():
            return
        read, backup = self._fingerprint, self._backup
        self._fingerprint = saving.save_over(self._path, data, read=read, backup=backup)
        self._plan = Plan(Package(data, name=self.name))
        self._original = self._plan.package
        self._stamped = {}

    def save_copy(self, path: str | Path, *, overwrite: bool = False) -> None:
        """Save under another name; the opened file stays as it was.

        Raises
        ------
        RefusedError
            The name is taken and `overwrite` was not given, its ending does not fit, or it is
            that of the opened file.
        FileError
            It cannot be written.
        """
        path = Path(path)
        refuse_name(path, name=self.name, own=self._path)
        saving.save_new(path, self.to_bytes(), overwrite=overwrite)

    def close(self) -> None:
        """Let go of it without saving; edits that were not saved are gone."""
        self._edits = Edits()
