"""What is fuzzed: reading a package, and reading and stamping a sheet.

A target takes bytes, and raises what it did not expect; any error but ours is a find.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from typing import TYPE_CHECKING

from scorecard_xl import FileError
from scorecard_xl.engines.file.cell_reading import CellReader
from scorecard_xl.engines.file.cells import date_of
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.engines.file.shared_strings import read_shared_strings
from scorecard_xl.engines.file.sheet import Sheet
from scorecard_xl.engines.file.well_formed import check_well_formed
from scorecard_xl.engines.file.workbook import FileWorkbook
from scorecard_xl.exceptions import EngineError
from scorecard_xl.workbook.engine import Area, Pages
from tests.engines.small_books import MAIN, SHEET_PART, TABLE, SmallBook, write_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content

SHEET = "Data"
WRITTEN = Area(SHEET, 3, 3, 4, 4)
SEEN = Area(SHEET, 1, 1, 9, 9)
PAGES = Pages(area=SEEN, old_bottom=9, own_breaks=[4], breaks_before=[4], footer_left="left")
_STRINGS = ("<t>Code</t>", "<r><t>ru</t></r><r><t>ns</t></r>", "<t>_x000D_</t>")
_TABLE_IN_REACH = TABLE.replace("B2:C4", "B2:C3")


def _parts() -> dict[str, bytes]:
    book = SmallBook(strings=_STRINGS, table=_TABLE_IN_REACH)
    return {name: text.encode() for name, text in book.parts().items()}


PARTS = _parts()
FIRST_DAYS = [date_of(1.5, from_1904=from_1904) for from_1904 in (False, True)]


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip of parts, stored, as quickly as can be."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def package(data: bytes) -> None:
    """Read a package whole, and write it again: every part must come out as it went in."""
    with contextlib.suppress(FileError):
        opened = Package(data, name="fuzzed.xlsx")
        parts = {part: opened.read(part) for part in opened.parts}
        again = Package(opened.to_bytes(), name="fuzzed.xlsx")
        assert {part: again.read(part) for part in again.parts} == parts
        with contextlib.suppress(FileError):
            plan = Plan(opened)
            for sheet in plan.sheets:
                plan.read(Area(sheet, 1, 1, 9, 9))


def part(data: bytes) -> None:
    """Open a workbook one of whose other parts is fuzzed; the first byte says which."""
    names = [name for name in PARTS if name != SHEET_PART]
    if data:
        _open(packed(PARTS | {names[data[0] % len(names)]: data[1:]}))


def _open(data: bytes) -> None:
    with contextlib.suppress(EngineError):
        book = FileWorkbook(Plan(Package(data, name="fuzzed.xlsx")))
        book.read_names()
        book.read_table("Counts")
        _edit(book)
        book.to_bytes()


def sheet(data: bytes) -> None:
    """Read and stamp a sheet: what is not written stays, and what is written is read back."""
    with contextlib.suppress(EngineError):
        book = FileWorkbook(Plan(Package(packed(PARTS | {SHEET_PART: data}), name="fuzzed.xlsx")))
        before = book.read_block(SEEN)
        book.count_formulas(SEEN)
        _edit(book)
        saved = book.to_bytes()
        _expect(saved, before)


def _edit(book: FileWorkbook) -> None:
    book.write_block(SHEET, WRITTEN.top, WRITTEN.left, [[1.5, "=a"], [None, "b\x07"]])
    book.set_merges(WRITTEN, [WRITTEN])
    book.lay_out_pages(PAGES)
    book.column_width(SHEET, 2)


def _expect(saved: bytes, before: list[list[Content]]) -> None:
    """The edits are there, in a sheet that reads the same elsewhere, and stays as it now is."""
    book = FileWorkbook(Plan(Package(saved, name="fuzzed.xlsx")))
    after = book.read_block(SEEN)
    expected = [list(row) for row in before]
    expected[2][2:4] = [1.5, "=a"]
    if after[2][2] in FIRST_DAYS:
        # The cell's look, or its column's, shows numbers as dates.
        expected[2][2] = after[2][2]
    expected[3][2:4] = [None, "b\x07"]
    assert after == expected
    _edit(book)
    assert book.to_bytes() == saved


def rows(data: bytes) -> None:
    """As `sheet`, with fuzzed rows in a sheet that is sound otherwise."""
    start, end = PARTS[SHEET_PART].split(b"<sheetData></sheetData>")
    sheet(start + b"<sheetData>" + data + b"</sheetData>" + end)


def alike(data: bytes) -> None:
    """Read fuzzed rows by one expression and cell by cell: they hold the same.

    Where they were taken for plain ones, a parser finds them well-formed, and read after it wrote
    them anew they hold the same too; it may refuse more, for it looks at rows that are not read.
    """
    start, end = PARTS[SHEET_PART].split(b"<sheetData></sheetData>")
    as_it_is = start + b"<sheetData>" + data + b"</sheetData>" + end
    held, is_plain = _held(as_it_is, fewest=2)
    assert (held, is_plain) == _held(as_it_is, fewest=10_000)
    if is_plain:
        assert check_well_formed(as_it_is, SHEET_PART)
        parsed = start + b"<!-- not plain --><sheetData>" + data + b"</sheetData>" + end
        assert _held(parsed, fewest=10_000)[0] in (held, None)


def _held(data: bytes, *, fewest: int) -> tuple[list[list[Content]] | None, bool]:
    """What a sheet holds, None where it is refused, and whether it was taken for a plain one."""
    reader = CellReader(
        shared_strings=lambda: ("Code", "runs", "\r"), date_styles={b"1"}, from_1904=False
    )
    reader.alike.fewest = fewest
    read = None
    with contextlib.suppress(FileError):
        read = Sheet(data, SHEET_PART)
        return read.read(SEEN, reader) + read.read(Area(SHEET, 1, 2, 9, 3), reader), read.is_plain
    return None, read is not None and read.is_plain


def strings(data: bytes) -> None:
    """Read fuzzed shared strings in one go and by a parser: they are the same texts."""
    start = f'<sst xmlns="{MAIN}">'.encode()
    assert _texts(start + data + b"</sst>") == _texts(start + b"<!-- -->" + data + b"</sst>")


def _texts(data: bytes) -> list[str] | None:
    with contextlib.suppress(FileError):
        return read_shared_strings(data, "xl/sharedStrings.xml")
    return None


TARGETS: dict[str, Callable[[bytes], None]] = {
    "package": package,
    "part": part,
    "sheet": sheet,
    "rows": rows,
    "alike": alike,
    "strings": strings,
}


def write_small_workbook(path: Path) -> None:
    """The workbook whose parts are fuzzed."""
    write_package(path, PARTS)
