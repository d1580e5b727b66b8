"""Counts that another system exported, as a CSV file or an Excel workbook."""

from __future__ import annotations

import re
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.csv_text import read_csv_lines
from scorecard_xl.engines.sheet_rows import sheets_of
from scorecard_xl.exceptions import FileError, InvalidWorkbookError
from scorecard_xl.rules.entries import text_of, written_number
from scorecard_xl.workbook.cell_content import ErrorValue
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.input_problems import heading_key, unreadable_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorecard_xl.problems import Problem
    from scorecard_xl.workbook.cell_content import Value

_NEEDED = ("code", "value")
_LAST_HEADING_ROW = 10
_ERROR = re.compile(r"#(?:[A-Z0-9/]+[!?]|N/A|GETTING_DATA)")


class PastedCounts(NamedTuple):
    """The value of each code, and where it stands: the file, and the line or row."""

    values: dict[str, Value]
    places: dict[str, str]


class _Row(NamedTuple):
    """A row of a file: its sheet, which a CSV file has none of, its number or line, its cells."""

    sheet: str | None
    number: int
    cells: Sequence[Any]

    @property
    def place(self) -> str:
        """Where it stands, such as ``line 3``."""
        return f"{'line' if self.sheet is None else 'row'} {self.number}"

    def cell(self, at: int) -> Any:
        """What stands in a column, counted from 0; None beyond the row's end."""
        return self.cells[at] if at < len(self.cells) else None


def read_pasted_counts(path: str | Path) -> PastedCounts:
    """Read codes and their values; other columns are ignored.

    The headings Code and Value are looked for down to the tenth row, in any
    case; in a workbook on its first sheet that has them.

    Raises
    ------
    FileError
        The file cannot be read, has no such headings or no code below them, names a
        code twice, or is a CSV file with more in a row than it has headings.
    InvalidWorkbookError
        A code or a value is an error, or a formula that was not calculated yet.
    """
    path = Path(path)
    ending = path.suffix.casefold()
    if ending == ".csv":
        lines = read_csv_lines(path)
        sheets: Iterable[Iterable[_Row]] = [[_Row(None, line, cells) for line, cells in lines]]
    elif ending in (".xlsx", ".xlsm"):
        sheets = (
            (
                _Row(sheet.name, number, cells)
                for number, cells in enumerate(sheet.rows, 1)
                # A sheet may have a million blank rows before its last one.
                if cells or number <= _LAST_HEADING_ROW
            )
            for sheet in sheets_of(path)
        )
    else:
        message = f"{path} is neither .csv nor .xlsx; export the counts as one of these."
        raise FileError(message)
    found = None
    for rows in sheets:
        found = _counts(rows, path)
        if found is not None:
            break
    if found is None:
        message = f"{path} has no columns Code and Value; name them so in its heading row."
        raise FileError(message)
    if not found.values:
        message = f"{path} has no code below its headings, so there is nothing to be entered."
        raise FileError(message)
    return found


def _refuse_semicolons(path: Path, rows: Sequence[_Row]) -> None:
    for row in rows:
        if row.sheet is None and _has_headings(";".join(map(str, row.cells)).split(";")):
            message = (
                f"{path} parts its columns by semicolons; save it as CSV with commas, or as .xlsx."
            )
            raise FileError(message)


def _has_headings(cells: Sequence[Any]) -> bool:
    keys = [heading_key(str(cell or "")) for cell in cells]
    return all(key in keys for key in _NEEDED)


def _counts(rows: Iterable[_Row], path: Path) -> PastedCounts | None:
    """The values by code, None where the rows have no such headings."""
    rows = iter(rows)
    first = list(islice(rows, _LAST_HEADING_ROW))
    for start, row in enumerate(first):
        if _has_headings(row.cells):
            keys = [heading_key(str(cell or "")) for cell in row.cells]
            code_at, value_at = (keys.index(key) for key in _NEEDED)
            named = max(place for place, key in enumerate(keys, 1) if key)
            below = _no_wider(chain(first[start + 1 :], rows), named, path)
            return _by_code(below, code_at, value_at, path)
    _refuse_semicolons(path, first)
    return None


def _no_wider(rows: Iterable[_Row], width: int, path: Path) -> Iterator[_Row]:
    """Refuse a number that its comma has cut in two, which would be entered as its beginning."""
    for row in rows:
        if row.sheet is None and any(str(cell).strip() for cell in row.cells[width:]):
            message = (
                f"{path}, {row.place} has {len(row.cells)} cells under {width} headings; write "
                "numbers without commas between their digits, or give the column a heading."
            )
            raise FileError(message)
        yield row


def _by_code(rows: Iterable[_Row], code_at: int, value_at: int, path: Path) -> PastedCounts:
    found = PastedCounts({}, {})
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for row in rows:
        cell = row.cell(code_at)
        code = text_of(cell) or str(cell or "").strip()
        if not code:
            continue
        unreadable = [_unreadable(row, at, path) for at in (code_at, value_at)]
        if any(unreadable):
            problems += filter(None, unreadable)
            continue
        if code.casefold() in first:
            message = (
                f"{path} gives the code {code!r} twice, in {first[code.casefold()]} and "
                f"{row.place}; leave one of them."
            )
            raise FileError(message)
        first[code.casefold()] = row.place
        found.places[code] = f"{path.name}, {row.place}"
        found.values[code] = pasted_value(row.cell(value_at))
    if problems:
        raise InvalidWorkbookError(problems)
    return found


def _unreadable(row: _Row, at: int, path: Path) -> Problem | None:
    """A cell that shows an error, or a formula that nobody has calculated."""
    if row.sheet is None:
        return None
    cell = row.cell(at)
    if isinstance(cell, str) and _ERROR.fullmatch(cell):
        cell = ErrorValue(cell)
    return unreadable_value(cell, f"{path.name}, {Area.cell(row.sheet, row.number, at + 1)}")


def pasted_value(cell: Value) -> Value:
    """A number where a text is one, as in CSV files; other texts as they are."""
    if isinstance(cell, str):
        number = written_number(cell)
        return number if number is not None else cell.strip() or None
    return cell
