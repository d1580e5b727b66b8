"""Counts that another system exported, as a CSV file or an Excel workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard_xl.csv_text import read_csv_lines
from scorecard_xl.engines.sheet_rows import sheets_of
from scorecard_xl.exceptions import FileError
from scorecard_xl.rules.entries import written_number
from scorecard_xl.workbook.input_problems import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorecard_xl.workbook.cell_content import Value

_NEEDED = ("code", "value")


def read_pasted_counts(path: str | Path) -> dict[str, Value]:
    """Read codes and their values; other columns are ignored.

    The headings Code and Value are looked for down to the tenth row, in any
    case; in a workbook on its first sheet that has them.

    Raises
    ------
    FileError
        The file cannot be read, has no such headings, or names a code twice.
    """
    path = Path(path)
    ending = path.suffix.casefold()
    if ending == ".csv":
        sheets: Iterable[Iterable[Sequence[Any]]] = [[cells for _, cells in read_csv_lines(path)]]
    elif ending in (".xlsx", ".xlsm"):
        sheets = (list(rows) for rows in sheets_of(path))
    else:
        message = f"{path} is neither .csv nor .xlsx; export the counts as one of these."
        raise FileError(message)
    for rows in sheets:
        found = _values(list(rows), path)
        if found is not None:
            return found
    message = f"{path} has no columns Code and Value; name them so in its heading row."
    raise FileError(message)


def _values(rows: list[Sequence[Any]], path: Path) -> dict[str, Value] | None:
    """The values by code, None where the rows have no such headings."""
    for start, row in enumerate(rows[:10]):
        keys = [heading_key(str(cell or "")) for cell in row]
        if all(key in keys for key in _NEEDED):
            code_at, value_at = (keys.index(key) for key in _NEEDED)
            return _by_code(rows[start + 1 :], code_at, value_at, path)
    return None


def _by_code(
    rows: Sequence[Sequence[Any]], code_at: int, value_at: int, path: Path
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for row in rows:
        code = str(row[code_at] or "").strip() if len(row) > code_at else ""
        if not code:
            continue
        if code.casefold() in {known.casefold() for known in values}:
            message = f"{path} gives the code {code!r} twice; leave one of them."
            raise FileError(message)
        values[code] = pasted_value(row[value_at] if len(row) > value_at else None)
    return values


def pasted_value(cell: Value) -> Value:
    """A number where a text is one, as in CSV files; other texts as they are."""
    if isinstance(cell, str):
        number = written_number(cell)
        return number if number is not None else cell.strip() or None
    return cell
