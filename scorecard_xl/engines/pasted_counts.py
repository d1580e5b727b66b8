"""Counts that another system exported, as a CSV file or an Excel workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.csv_text import read_csv_lines
from scorecard_xl.engines.sheet_rows import sheets_of
from scorecard_xl.exceptions import FileError
from scorecard_xl.rules.entries import written_number
from scorecard_xl.workbook.input_problems import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorecard_xl.workbook.cell_content import Value

_NEEDED = ("code", "value")
_LAST_HEADING_ROW = 10


class PastedCounts(NamedTuple):
    """The value of each code, and where it stands: the file, and the line or row."""

    values: dict[str, Value]
    places: dict[str, str]


class _Row(NamedTuple):
    """A row's place in its file, such as ``line 3``, and its cells."""

    place: str
    cells: Sequence[Any]


def read_pasted_counts(path: str | Path) -> PastedCounts:
    """Read codes and their values; other columns are ignored.

    The headings Code and Value are looked for down to the tenth row, in any
    case; in a workbook on its first sheet that has them.

    Raises
    ------
    FileError
        The file cannot be read, has no such headings or no code below them, names a
        code twice, or is a CSV file with more in a row than it has headings.
    """
    path = Path(path)
    ending = path.suffix.casefold()
    if ending == ".csv":
        lines = read_csv_lines(path)
        sheets: Iterable[list[_Row]] = [[_Row(f"line {line}", cells) for line, cells in lines]]
    elif ending in (".xlsx", ".xlsm"):
        sheets = (
            [_Row(f"row {row}", cells) for row, cells in enumerate(rows, 1)]
            for rows in sheets_of(path)
        )
    else:
        message = f"{path} is neither .csv nor .xlsx; export the counts as one of these."
        raise FileError(message)
    found = None
    for rows in sheets:
        found = _counts(rows, path, is_text=ending == ".csv")
        if found is not None:
            break
        if ending == ".csv":
            _refuse_semicolons(path, rows)
    if found is None:
        message = f"{path} has no columns Code and Value; name them so in its heading row."
        raise FileError(message)
    if not found.values:
        message = f"{path} has no code below its headings, so there is nothing to be entered."
        raise FileError(message)
    return found


def _refuse_semicolons(path: Path, rows: Sequence[_Row]) -> None:
    for row in rows[:_LAST_HEADING_ROW]:
        if _has_headings(";".join(map(str, row.cells)).split(";")):
            message = (
                f"{path} parts its columns by semicolons; save it as CSV with commas, or as .xlsx."
            )
            raise FileError(message)


def _has_headings(cells: Sequence[Any]) -> bool:
    keys = [heading_key(str(cell or "")) for cell in cells]
    return all(key in keys for key in _NEEDED)


def _counts(rows: Sequence[_Row], path: Path, *, is_text: bool) -> PastedCounts | None:
    """The values by code, None where the rows have no such headings."""
    for start, row in enumerate(rows[:_LAST_HEADING_ROW]):
        if _has_headings(row.cells):
            keys = [heading_key(str(cell or "")) for cell in row.cells]
            code_at, value_at = (keys.index(key) for key in _NEEDED)
            below = rows[start + 1 :]
            if is_text:
                named = max(place for place, key in enumerate(keys, 1) if key)
                _refuse_more_than_headings(below, named, path)
            return _by_code(below, code_at, value_at, path)
    return None


def _refuse_more_than_headings(rows: Sequence[_Row], width: int, path: Path) -> None:
    """Refuse a number that its comma has cut in two, which would be entered as its beginning."""
    for place, cells in rows:
        if any(str(cell).strip() for cell in cells[width:]):
            message = (
                f"{path}, {place} has {len(cells)} cells under {width} headings; write numbers "
                "without commas between their digits, or give the column a heading."
            )
            raise FileError(message)


def _by_code(rows: Sequence[_Row], code_at: int, value_at: int, path: Path) -> PastedCounts:
    found = PastedCounts({}, {})
    first: dict[str, str] = {}
    for place, row in rows:
        code = str(row[code_at] or "").strip() if len(row) > code_at else ""
        if not code:
            continue
        if code.casefold() in first:
            message = (
                f"{path} gives the code {code!r} twice, in {first[code.casefold()]} and {place}; "
                "leave one of them."
            )
            raise FileError(message)
        first[code.casefold()] = place
        found.places[code] = f"{path.name}, {place}"
        found.values[code] = pasted_value(row[value_at] if len(row) > value_at else None)
    return found


def pasted_value(cell: Value) -> Value:
    """A number where a text is one, as in CSV files; other texts as they are."""
    if isinstance(cell, str):
        number = written_number(cell)
        return number if number is not None else cell.strip() or None
    return cell
