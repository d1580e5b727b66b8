"""The rows of an Excel workbook's sheets, as other systems export them, one after another."""

from __future__ import annotations

import contextlib
import re
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.saving import read_file
from scorecard_xl.engines.file.xml import MOST_TAGS, Q, refuse_too_many_tags
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.cell_content import NOT_CALCULATED
from scorecard_xl.workbook.engine import LAST_ROW, Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_UTF_8_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s/>]")


class SheetRows(NamedTuple):
    """A sheet's name, and its rows from the first one on; each ends with its last cell."""

    name: str
    rows: Iterator[tuple[Any, ...]]


class _Waiting(NamedTuple):
    """A formula that has no value yet: its row, and the columns and last row that it fills."""

    row: int
    columns: range
    bottom: int


def sheets_of(path: Path) -> Iterator[SheetRows]:
    """Read each sheet's rows of plain values, while they are asked for.

    A formula that no program has calculated yet gives ``NOT_CALCULATED``.

    Raises
    ------
    FileError
        The file cannot be read, or is no Excel workbook.
    """
    from openpyxl import load_workbook

    parts = _parts_with_formulas(path)
    with (
        _told(path),
        contextlib.closing(load_workbook(path, read_only=True, data_only=True)) as workbook,
    ):
        for sheet in workbook.worksheets:
            # Programs that write row by row often note a smaller size than the sheet has.
            sheet.reset_dimensions()
            yield SheetRows(sheet.title, _rows(sheet, path, parts.get(sheet.title)))


def _rows(sheet: Any, path: Path, part: str | None) -> Iterator[tuple[Any, ...]]:
    """A sheet's rows; `part` is where its formulas stand, if it has any."""
    with _told(path):
        rows = _as_many_as_excel_has(sheet.iter_rows(values_only=True))
        if part is None:
            yield from rows
            return
        with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
            yield from _marked(rows, _formulas_without_value(stream))


def _as_many_as_excel_has(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows; a row's number beyond Excel's last would give blank rows without an end."""
    for number, row in enumerate(rows, 1):
        if number > LAST_ROW:
            message = f"a sheet has no row {number}"
            raise ValueError(message)
        yield row


def _marked(
    rows: Iterable[tuple[Any, ...]], formulas: Iterator[_Waiting]
) -> Iterator[tuple[Any, ...]]:
    """The rows, with a mark in each cell that waits for its formula; blank rows stay so."""
    # How far down each column waits: an array's formula stands in its first cell alone.
    down_to: dict[int, int] = {}
    met, following = 0, next(formulas, None)
    for number, row in enumerate(rows, 1):
        while following is not None and following.row <= number:
            if following.row == number:
                down_to |= dict.fromkeys(following.columns, following.bottom)
                met += len(following.columns)
            following = next(formulas, None)
        met += len(down_to)
        if met > MOST_TAGS:
            message = "arrays fill more cells than can be looked at"
            raise ValueError(message)
        yield _with_marks(row, down_to) if row and down_to else row
        if down_to:
            down_to = {column: last for column, last in down_to.items() if last > number}


def _with_marks(row: tuple[Any, ...], columns: Iterable[int]) -> tuple[Any, ...]:
    cells = [*row, *[None] * (max(columns) - len(row))]
    for column in columns:
        if cells[column - 1] is None:
            cells[column - 1] = NOT_CALCULATED
    return tuple(cells)


def _formulas_without_value(stream: IO[bytes]) -> Iterator[_Waiting]:
    """The formulas of a sheet that hold no value, row by row."""
    from openpyxl.utils.cell import coordinate_to_tuple

    number = 0
    for _, row in etree.iterparse(stream, tag=f"{Q}row", resolve_entities=False, no_network=True):
        number, column = int(row.get("r", number + 1)), 0
        for cell in row.iterchildren(f"{Q}c"):
            place = cell.get("r")
            column = coordinate_to_tuple(place)[1] if place else column + 1
            formula, stored = cell.find(f"{Q}f"), cell.findtext(f"{Q}v")
            # Excel stores a blank text as an empty one.
            is_blank_text = stored == "" and cell.get("t") == "str"
            if formula is not None and not stored and not is_blank_text:
                yield _waiting(formula, number, column)
        # What was read would fill the memory otherwise.
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]


def _waiting(formula: etree._Element, row: int, column: int) -> _Waiting:
    """What waits for a formula: its cell, or all that an array or a data table fills."""
    filled = formula.get("ref")
    if filled is None or formula.get("t") not in ("array", "dataTable"):
        return _Waiting(row, range(column, column + 1), row)
    area = Area.of("", filled)
    return _Waiting(row, range(column, max(area.right, column) + 1), max(area.bottom, row))


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what openpyxl says into a sentence."""
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        yield
    except FileNotFoundError as error:
        message = f"{path} was not found; check the name and the folder."
        raise FileError(message) from error
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        InvalidFileException,
        SyntaxError,  # what XML parsers raise is one
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        message = (
            f"{path} cannot be read as an Excel workbook; open it in Excel and save it as .xlsx."
        )
        raise FileError(message) from error


def _parts_with_formulas(path: Path) -> dict[str, str]:
    """The parts of the sheets that have formulas, by the sheets' names.

    What would unpack to more than fits is refused, which openpyxl does not look out for.
    """
    data, _ = read_file(path)
    if not data.startswith(b"PK"):
        return {}
    package = Package(data, name=str(path))
    for part in package.parts:
        if part.endswith((".xml", ".rels")):
            refuse_too_many_tags(package.read(part), part)
    return {
        name: part
        for name, part in _parts_of_sheets(package)
        if part in package and _may_hold_formulas(package.read(part))
    }


def _parts_of_sheets(package: Package) -> Iterator[tuple[str, str]]:
    """The name and the part of each sheet."""
    for kind, book in package.relationships("").values():
        if kind == "officeDocument" and book in package:
            related = package.relationships(book)
            for sheet in xml.parse(package.read(book), book).iter(f"{Q}sheet"):
                identifier = sheet.get(xml.RELATIONSHIP_ID, "")
                if identifier in related:
                    yield sheet.get("name", ""), related[identifier][1]


def _may_hold_formulas(part: bytes) -> bool:
    is_utf_8 = b"\0" not in part[:4]
    return not is_utf_8 or _UTF_8_FORMULA.search(part) is not None
