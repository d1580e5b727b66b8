"""Excel tables: where each lies, what its headings are, and how it grows."""

from __future__ import annotations

import dataclasses

from lxml import etree

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.cells import text_of
from scorecard_xl.engines.file.xml import Q
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.engine import Area


@dataclasses.dataclass(frozen=True)
class TableDefinition:
    """A table's part, and what it says: the data rows' area, headings above, totals below.

    A table may have headings that no row shows.
    """

    part: str
    name: str
    area: Area
    headings: tuple[str, ...]
    shows_headings: bool
    has_totals: bool


def read_definition(data: bytes, part: str, sheet: str) -> TableDefinition:
    """Read a table's part.

    Raises
    ------
    FileError
        The table has no heading row, or its place cannot be read.
    """
    root = xml.parse(data, part)
    if root.tag != f"{Q}table":
        raise xml.damaged(part, "it holds no table")
    name = root.get("displayName", root.get("name", ""))
    try:
        whole = Area.of(sheet, root.get("ref", ""))
    except ValueError as error:
        message = (
            f"The table {name} on {sheet} is damaged ({error}); open the workbook in Excel, "
            "repair it and save."
        )
        raise FileError(message) from error
    headings = 0 if root.get("headerRowCount") == "0" else 1
    totals = xml.whole_number(root, "totalsRowCount")
    if totals < 0 or whole.height < headings + totals:
        raise xml.damaged(part, f"the table {name} has fewer rows than headings and totals")
    area = dataclasses.replace(whole, top=whole.top + headings, bottom=whole.bottom - totals)
    columns = [
        column.get("name", "") for column in root.iterfind(f"{Q}tableColumns/{Q}tableColumn")
    ]
    if len(columns) != whole.width:
        message = (
            f"The table {name} on {sheet} is damaged (its columns do not fit its range); repair "
            "it in Excel."
        )
        raise FileError(message)
    return TableDefinition(
        part, name, area, tuple(map(_heading, columns)), headings == 1, totals > 0
    )


def _heading(name: str) -> str:
    """A heading as its cell holds it; line breaks are stored escaped."""
    return text_of(name.encode())


def resized(data: bytes, part: str, definition: TableDefinition, rows: int) -> bytes:
    """Write a table's part for another number of data rows (at least one)."""
    root = xml.parse(data, part)
    whole = Area.of(definition.area.sheet, root.get("ref", ""))
    new = dataclasses.replace(whole, bottom=definition.area.top + rows - 1)
    root.set("ref", new.range)
    for autofilter in root.iterfind(f"{Q}autoFilter"):
        autofilter.set("ref", new.range)
    _drop_sort(root)
    return xml.serialised(root)


def with_column(
    data: bytes, part: str, definition: TableDefinition, heading: str, formula: str | None
) -> bytes:
    """Write a table's part with one more column, right of the others, and its rows' formula."""
    root = xml.parse(data, part)
    whole = Area.of(definition.area.sheet, root.get("ref", ""))
    new = dataclasses.replace(whole, right=whole.right + 1)
    for element in (root, *root.iterfind(f"{Q}autoFilter")):
        element.set("ref", new.range)
    columns = root.find(f"{Q}tableColumns")
    assert columns is not None
    number = max(xml.whole_number(column, "id") for column in columns) + 1
    column = etree.SubElement(columns, f"{Q}tableColumn", id=str(number), name=heading)
    if formula:
        rule = etree.SubElement(column, f"{Q}calculatedColumnFormula")
        rule.text = formula.removeprefix("=")
    columns.set("count", str(len(columns)))
    return xml.serialised(root)


def renumbered(data: bytes, part: str, number: int) -> bytes:
    """Write a table's part under a number that no other table of the workbook has."""
    root = xml.parse(data, part)
    root.set("id", str(number))
    return xml.serialised(root)


def number_of(data: bytes, part: str) -> int:
    """The number that a table has in its workbook."""
    return xml.whole_number(xml.parse(data, part), "id")


def _drop_sort(root: etree._Element) -> None:
    """Forget how the rows were sorted: new rows are in an order of their own."""
    for parent in (root, root.find(f"{Q}autoFilter")):
        if parent is not None:
            for sort in parent.findall(f"{Q}sortState"):
                parent.remove(sort)
