"""Workbooks to try things on: Kent's example, copied, edited, refreshed and read."""

from __future__ import annotations

import csv
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

from scorecard_xl import Refreshed, open_workbook, refresh
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.engine import Area
from tests.judges.package_editor import PackageEditor
from workbook_templates.build import write_skeleton

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Table

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "workbook_templates"
KENT = TEMPLATES / "scorecard_kent_2013_01.xlsx"
EMPTY = TEMPLATES / "scorecard_empty.xlsx"
KENT_CSV = TEMPLATES / "kent_2013_01"
REFERENCE = ROOT / "tests" / "reference" / "kent_2013_01"
with (REFERENCE / "expected.csv").open(encoding="utf-8", newline="") as _file:
    PUBLISHED = list(csv.DictReader(_file))
PUBLISHED_SUMMARY = (REFERENCE / "expected_summary.txt").read_text(encoding="utf-8").strip()

# The columns of expected.csv that a scorecard's sheet calls otherwise.
ROLES = {"indicator": "code", "latest": "result"}
KEYS = {"Counts": "Code", "Indicators": "Indicator", "History": "Indicator", "Settings": "Name"}


def copy_of(source: Path, folder: Path) -> Path:
    """A copy of a workbook, in a folder that is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "scorecard.xlsx"
    path.write_bytes(source.read_bytes())
    return path


def skeleton_in(folder: Path) -> Path:
    """Kent's workbook as it is before its first refresh."""
    path = folder / "skeleton.xlsx"
    write_skeleton(path, inputs_folder=KENT_CSV)
    return path


def edited(path: Path, edits: Mapping[str, Content]) -> None:
    """Type into cells, each named like ``'Counts'!D5``; looks stay as they are."""
    with open_workbook(path) as workbook:
        for place, content in edits.items():
            cell = cell_at(place)
            workbook.write_block(cell.sheet, cell.top, cell.left, [[content]])
        path.write_bytes(workbook.to_bytes())


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part unpacked: how tightly they are packed differs between libraries."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def entries_of(path: Path) -> list[tuple[object, ...]]:
    """Every entry in its order, all that is said of it, and its part unpacked."""
    with zipfile.ZipFile(path) as archive:
        return [
            (
                entry.filename, entry.date_time, entry.create_system, entry.external_attr,
                entry.flag_bits, entry.compress_type, entry.extra, archive.read(entry),
            )
            for entry in archive.infolist()
        ]  # fmt: skip


def cell_at(place: str) -> Area:
    """The cell that a place such as ``'Counts'!D5`` names."""
    sheet, _, reference = place.rpartition("!")
    return Area.of(sheet.strip("'").replace("''", "'"), reference)


def table_in(path: Path, name: str) -> Table:
    """A table of a workbook that has it."""
    with open_workbook(path) as workbook:
        table = workbook.read_table(name)
    assert table is not None
    return table


def place_in(path: Path, name: str, key: str, heading: str) -> str:
    """The place of a cell in a table, by its row's key and its column's heading."""
    table = table_in(path, name)
    at = table.headings.index(KEYS[name])
    row = [str(value_of(line[at])).casefold() for line in table.rows].index(key.casefold())
    column = table.headings.index(heading)
    return str(Area.cell(table.area.sheet, table.area.top + row, table.area.left + column))


def enter(path: Path, **counts: Content) -> None:
    """Type counts, by their codes."""
    edited(path, {place_in(path, "Counts", code, "Value"): it for code, it in counts.items()})


def change_settings(path: Path, **settings: Content) -> None:
    """Type settings, by their names."""
    edited(path, {place_in(path, "Settings", name, "Value"): it for name, it in settings.items()})


def change_indicator(path: Path, code: str, **columns: Content) -> None:
    """Type into an indicator's row; ``green_tolerance`` stands for Green tolerance."""
    headings = {name: name.replace("_", " ").capitalize() for name in columns}
    places = {name: place_in(path, "Indicators", code, headings[name]) for name in columns}
    edited(path, {places[name]: content for name, content in columns.items()})


def replace_rows(path: Path, name: str, rows: Sequence[Sequence[Content]]) -> None:
    """Put other rows into a table; it grows or shrinks."""
    with open_workbook(path) as workbook:
        workbook.write_table(name, rows)
        path.write_bytes(workbook.to_bytes())


def indicator_rows(path: Path) -> list[list[Any]]:
    """The rows of the table Indicators, to be rearranged."""
    return [list(row) for row in table_in(path, "Indicators").rows]


def more_indicators(rows: Sequence[Sequence[Any]], number: int) -> list[list[Any]]:
    """Indicators like the given ones, with codes and names of their own."""
    chosen = [rows[i % len(rows)] for i in range(number)]
    return [[f"more_{i}", row[1], f"More {i}", *row[3:]] for i, row in enumerate(chosen)]


def in_part(path: Path, part: str, old: str, new: str) -> None:
    """Write a text in a part's XML in place of one that is there exactly once."""
    package = PackageEditor(path)
    text = package.entries[part].decode()
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {part}"
    package.entries[part] = text.replace(old, new).encode()
    package.save(path)


def sheet_part(path: Path, sheet: str) -> str:
    """The part that holds a sheet."""
    return PackageEditor(path).sheet_part(sheet)


def part_of(path: Path, part: str) -> bytes:
    """A part, unpacked."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(part)


def refreshed(path: Path, *, fill: str | None = None) -> Refreshed:
    """Refresh a file in its place."""
    with open_workbook(path) as workbook:
        outcome = refresh(workbook, fill=fill)
        path.write_bytes(workbook.to_bytes())
    return outcome


def names_of(path: Path) -> dict[str, Area | None]:
    """The defined names of a workbook."""
    with open_workbook(path) as workbook:
        return dict(workbook.read_names())


def shown_rows(path: Path) -> list[dict[str, str]]:
    """The indicators' rows as they show in the saved file, in the columns of expected.csv.

    The cells are read by openpyxl, and formatted by their number formats.
    """
    book = openpyxl.load_workbook(path, data_only=True)
    try:
        places = {name: area_of_name(book, f"column_{name}") for name in roles()}
        sheet, top = area_of_name(book, "scorecard_body")[:2]
        bottom = area_of_name(book, "scorecard_summary")[1]
        rows = []
        for row in range(top, bottom):
            cells = {
                column: book[sheet].cell(row, places[role][2])
                for column, role in published_roles().items()
            }
            if cells["indicator"].value:
                rows.append({column: formatted(cell) for column, cell in cells.items()})
    finally:
        book.close()
    return [plain_figures(row) for row in rows]


def published_roles() -> dict[str, str]:
    """What each column of expected.csv is called by a scorecard's names."""
    return {column: ROLES.get(column, column) for column in PUBLISHED[0]}


def roles() -> list[str]:
    """The scorecard's columns that expected.csv has."""
    return list(published_roles().values())


def plain_figures(row: Mapping[str, str]) -> dict[str, str]:
    """A shown row as expected.csv writes it: numerators and denominators without commas."""
    plain = {name: text.strip() for name, text in row.items()}
    return plain | {name: plain[name].replace(",", "") for name in ("numerator", "denominator")}


def area_of_name(book: openpyxl.Workbook, name: str) -> tuple[str, int, int]:
    """The sheet, row and column that a defined name refers to."""
    sheet, _, cell = book.defined_names[name].attr_text.replace("$", "").rpartition("!")
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert match is not None
    column = openpyxl.utils.column_index_from_string(match[1])
    return sheet.strip("'").replace("''", "'"), int(match[2]), column


def formatted(cell: Any) -> str:
    """What a cell shows, for the number formats that a scorecard uses."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    # _x leaves room as wide as x.
    code = re.sub(r"_.", "", cell.number_format)
    assert code in ("General", "#,##0", "0.0%", "#,##0.0"), code
    number = Decimal(repr(cell.value)) * (100 if code.endswith("%") else 1)
    if code == "General":
        return f"{number:f}"
    decimals = Decimal("1") if code == "#,##0" else Decimal("0.1")
    number = number.quantize(decimals, ROUND_HALF_UP)
    return f"{number:.1f}%" if code.endswith("%") else f"{number:,f}"


def text_at(path: Path, name: str) -> Any:
    """The value of the cell that a defined name refers to."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheet, row, column = area_of_name(book, name)
    value = book[sheet].cell(row, column).value
    book.close()
    return value
