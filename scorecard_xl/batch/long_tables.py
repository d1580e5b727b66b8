"""Long tables, a row an area, date and code: CSV, Parquet or Excel, a file or a folder of them."""

from __future__ import annotations

import codecs
import csv
import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.engines.sheet_rows import sheets_of
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.cell_content import NOT_CALCULATED
from scorecard_xl.workbook.input_problems import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ENDINGS = (".csv", ".parquet", ".xlsx", ".xlsm")
_EXCEL = (".xlsx", ".xlsm")
_HEADING_WITHIN = 10
_BYTES_AT_A_TIME = 1 << 20
_ROWS_AT_A_TIME = 8_192


class Columns(NamedTuple):
    """The columns of a long table: those it must have, and those it may have."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()


class LongRow(NamedTuple):
    """A row's cells, in the order of the columns asked for, and where it stands.

    `is_typed` tells that numbers come as numbers, so that a percentage is a
    fraction of 1; in a CSV file it is written 69.5 or 69.5%.
    """

    file: Path
    line: int
    cells: tuple[Any, ...]
    is_typed: bool

    @property
    def place(self) -> str:
        """Where it stands, for sentences."""
        return f"{self.file.name}, line {self.line}"


class LongRows(NamedTuple):
    """Rows that follow each other, column by column, in the order of the columns asked for."""

    file: Path
    lines: Sequence[int]
    columns: Sequence[Sequence[Any]]
    is_typed: bool

    def row(self, place: int) -> LongRow:
        """One of them."""
        cells = tuple(column[place] for column in self.columns)
        return LongRow(self.file, self.lines[place], cells, self.is_typed)


def long_rows(path: Path, columns: Columns) -> Iterator[LongRow]:
    """Read the rows of a table one by one, otherwise as `long_tables` does."""
    for rows in long_tables(path, columns):
        yield from map(rows.row, range(len(rows.lines)))


def long_tables(path: Path, columns: Columns) -> Iterator[LongRows]:
    """Read the rows of a table while they are asked for; blank rows are left out.

    Headings match without case and with spaces for ``_``, down to the tenth
    row; a column that is not there gives None.

    Raises
    ------
    FileError
        A file is missing, cannot be read, or has no such headings.
    """
    for file in files_of(path):
        ending = file.suffix.casefold()
        if ending == ".csv":
            yield from _under_headings(file, _csv_rows(file), columns, is_typed=False)
        elif ending == ".parquet":
            yield from _parquet_rows(file, columns)
        else:
            yield from _excel_rows(file, columns)


def files_of(path: Path) -> list[Path]:
    """The file itself, or the tables in a folder, by name.

    Raises
    ------
    FileError
        There is none.
    """
    if path.is_dir():
        found = sorted(
            file
            for file in path.iterdir()
            if file.suffix.casefold() in ENDINGS and not file.name.startswith(("~$", "."))
        )
        if not found:
            message = f"{path} holds no table; put .csv, .parquet or .xlsx files in it."
            raise FileError(message)
        return found
    if not path.exists():
        message = f"{path} was not found; check the name and the folder."
        raise FileError(message)
    if path.suffix.casefold() not in ENDINGS:
        message = f"{path} is neither .csv, .parquet nor .xlsx; export the table as one of these."
        raise FileError(message)
    return [path]


def _csv_rows(file: Path) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        with file.open(encoding=_encoding_of(file), errors="replace", newline="") as text:
            reader = csv.reader(text)
            line = 1
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
    except csv.Error as error:
        message = f"{file}: it cannot be read as CSV ({error}); save it as CSV UTF-8."
        raise FileError(message) from error
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror or error}; close it where it is open."
        raise FileError(message) from error


def _encoding_of(file: Path) -> str:
    """UTF-8 where all of the file is that, else what Windows programs save."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with file.open("rb") as stream:
        try:
            while chunk := stream.read(_BYTES_AT_A_TIME):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _excel_rows(file: Path, columns: Columns) -> Iterator[LongRows]:
    """The rows of the first sheet that has the headings."""
    found = False
    for sheet in sheets_of(file):
        # A sheet may have a million blank rows before its last one.
        numbered = enumerate(sheet.rows, 1)
        rows = ((line, cells) for line, cells in numbered if cells or line <= _HEADING_WITHIN)
        for own in _under_headings(file, rows, columns, is_typed=True, may_lack=True):
            found = True
            _refuse_not_calculated(own, columns)
            yield own
        if found:
            return
    raise _without_headings(file, columns)


def _refuse_not_calculated(rows: LongRows, columns: Columns) -> None:
    """Refuse formulas without a value, which would be taken for blank cells."""
    for name, cells in zip((*columns.needed, *columns.optional), rows.columns, strict=True):
        if NOT_CALCULATED in cells:
            place = rows.row(cells.index(NOT_CALCULATED)).place
            message = (
                f"{place}: the formula under {_in_words(name)} has not been calculated yet; open "
                "the workbook in Excel and save it once."
            )
            raise FileError(message)


def _under_headings(
    file: Path,
    rows: Iterator[tuple[int, Sequence[Any]]],
    columns: Columns,
    *,
    is_typed: bool,
    may_lack: bool = False,
) -> Iterator[LongRows]:
    """The rows below the headings, their cells in the order of the columns asked for."""
    places = _find_headings(rows, columns)
    if places is None:
        if may_lack:
            return
        raise _without_headings(file, columns)
    needed = max(places) + 1
    # What lies to the right of them is let go at once: a sheet's rows may be very wide.
    narrow = ((line, cells[:needed]) for line, cells in rows)
    while part := list(itertools.islice(narrow, _ROWS_AT_A_TIME)):
        lines, cells = zip(*part, strict=True)
        if min(map(len, cells)) < needed:
            cells = tuple([*own, *[None] * (needed - len(own))] for own in cells)
        held = list(zip(*cells, strict=False))
        blank = (None,) * len(lines)
        picked = [blank if place < 0 else held[place] for place in places]
        yield from _without_blank_rows(LongRows(file, lines, picked, is_typed))


def _without_blank_rows(rows: LongRows) -> Iterator[LongRows]:
    """The rows that hold something, if any do."""
    if not all(rows.columns[0]):
        kept = [any(cell not in (None, "") for cell in cells)
                for cells in zip(*rows.columns, strict=True)]  # fmt: skip
        lines, *columns = (tuple(itertools.compress(each, kept)) for each in (rows[1], *rows[2]))
        rows = rows._replace(lines=lines, columns=columns)
    if rows.lines:
        yield rows


def _find_headings(rows: Iterator[tuple[int, Sequence[Any]]], columns: Columns) -> list[int] | None:
    """Where each column stands, -1 for none; None where there are no such headings."""
    for _, (_, cells) in zip(range(_HEADING_WITHIN), rows, strict=False):
        keys = [heading_key(str(cell or "")) for cell in cells]
        if all(name in keys for name in columns.needed):
            names = (*columns.needed, *columns.optional)
            return [keys.index(name) if name in keys else -1 for name in names]
    return None


def _without_headings(file: Path, columns: Columns) -> FileError:
    wanted = " and ".join(map(_in_words, columns.needed))
    return FileError(f"{file} has no columns {wanted}; name them so in its heading row.")


def _in_words(column: str) -> str:
    return column.replace("_", " ").capitalize()


def _parquet_rows(file: Path, columns: Columns) -> Iterator[LongRows]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        message = (
            f"{file} is a Parquet file, which needs pyarrow; pip install 'scorecard_xl[batch]', or "
            "export the table as CSV."
        )
        raise FileError(message) from error
    try:
        with pq.ParquetFile(file) as table:
            names = {heading_key(name): name for name in table.schema_arrow.names}
            if any(name not in names for name in columns.needed):
                raise _without_headings(file, columns)
            wanted = [names.get(name) for name in (*columns.needed, *columns.optional)]
            held = [name for name in wanted if name is not None]
            line = 0
            for part in table.iter_batches(columns=held):
                values = {name: part.column(name).to_pylist() for name in held}
                blank = [None] * part.num_rows
                lists = [blank if name is None else values[name] for name in wanted]
                lines = range(line + 1, line + part.num_rows + 1)
                line += part.num_rows
                yield from _without_blank_rows(LongRows(file, lines, lists, is_typed=True))
    except (pa.ArrowException, OSError) as error:
        message = f"{file} cannot be read as a Parquet file; write it anew, or export CSV."
        raise FileError(message) from error
