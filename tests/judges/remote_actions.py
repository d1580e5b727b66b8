"""A client of the vendor's remote engine: a workbook file as a request, its actions put back.

Excel on the web sends a workbook's values to a script and carries out the actions
that come back. Here a file is sent, and the actions are carried out on it.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import xlwings as xw
from openpyxl.utils import get_column_letter, range_boundaries

from scorecard_xl.engines.file.names import area_of
from tests.engines.desktop_engine import Book, Range, Sheet, opened, unescaped

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_OPERATORS = {"EqualTo": "equal_to"}


def request_of(path: Path) -> dict[str, Any]:
    """What Excel on the web would send of a workbook."""
    book = openpyxl.load_workbook(path, data_only=True)
    positions = {sheet.title: i for i, sheet in enumerate(book.worksheets)}
    names = []
    for name in book.defined_names.values():
        area = area_of(name.attr_text or "")
        names.append(
            {
                "name": name.name,
                "refers_to": f"={name.attr_text}",
                "sheet_index": positions.get(area.sheet) if area else None,
                "address": area.range if area and area.sheet in positions else None,
                "scope_sheet_name": None,
                "scope_sheet_index": None,
                "book_scope": True,
            }
        )
    sheets = [
        {
            "name": sheet.title,
            "values": [[_sent(cell.value) for cell in row] for row in sheet.iter_rows()] or [[]],
            "tables": [_table(table) for table in sheet.tables.values()],
            "print_area": sheet.print_area.rpartition("!")[2].replace("$", "") or None,
            "visibility": "Visible",
            **{key: [] for key in ("pictures", "shapes", "charts", "notes", "pivot_tables")},
        }
        for sheet in book.worksheets
    ]
    about = {"name": path.name, "active_sheet_index": 0, "selection": "A1"}
    return {
        "client": "Office.js",
        "version": xw.__version__,
        "book": about,
        "names": names,
        "sheets": sheets,
    }


def _sent(value: Any) -> Any:
    """A value as it is sent."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return unescaped(value)


def _table(table: Any) -> dict[str, Any]:
    left, top, right, bottom = range_boundaries(table.ref)
    first, last = get_column_letter(left), get_column_letter(right)
    totals = table.totalsRowCount or 0
    return {
        "name": table.displayName,
        "range_address": table.ref,
        "header_row_range_address": f"{first}{top}:{last}{top}",
        "data_body_range_address": f"{first}{top + 1}:{last}{bottom - totals}",
        "total_row_range_address": None,
        "show_headers": True,
        "show_totals": bool(totals),
        "show_autofilter": True,
        "table_style": None,
    }


def remote_book(path: Path, monkeypatch: pytest.MonkeyPatch) -> xw.Book:
    """A workbook as a script sees it in the vendor's remote engine, under its test licence."""
    monkeypatch.setenv("XLWINGS_LICENSE_KEY", "noncommercial")
    remote: Any = importlib.import_module("xlwings.pro._xlremote")
    app = remote.App(remote.engine.apps, add_book=False)
    # As it would come over the wire.
    return xw.Book(impl=app.books.open(json=json.loads(json.dumps(request_of(path)))))


def actions_of(book: xw.Book) -> list[dict[str, Any]]:
    """What the script has asked Excel to do, as it would go over the wire."""
    actions: list[dict[str, Any]] = json.loads(json.dumps(book.json()))["actions"]
    return actions


def carry_out(actions: list[dict[str, Any]], path: Path) -> None:
    """Carry actions out on a file, and save it."""
    client = _Client(opened(path).impl)
    for action in actions:
        getattr(client, action["func"])(action)
    client.book.save()


class _Client:
    """What the vendor's client does for each action; one it does not know is an error."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def _sheet(self, position: int) -> Sheet:
        return Sheet(self.book, self.book.file.worksheets[position])

    def _cells(self, action: dict[str, Any]) -> Range:
        top, left = action["start_row"] + 1, action["start_column"] + 1
        bottom, right = top + action["row_count"] - 1, left + action["column_count"] - 1
        return Range(self._sheet(action["sheet_position"]), (top, left, bottom, right))

    def setFormula(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._cells(action).formula = action["values"]

    def setNumberFormat(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._cells(action).number_format = action["args"][0]

    def setRowHeight(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._cells(action).row_height = action["args"][0]

    def copyFromRange(self, action: dict[str, Any]) -> None:  # noqa: N802
        position, address, kind, *_ = action["args"]
        self._sheet(position).range(address).copy()
        self._cells(action).paste(kind)

    def rangeMerge(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._cells(action).merge(action["args"][0])

    def rangeUnmerge(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._cells(action).unmerge()

    def rangeClearContents(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._cells(action).clear_contents()

    def rangeClearFormats(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._cells(action).clear_formats()

    def setAutofit(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._cells(action).autofit()

    def clearConditionalFormats(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._cells(action).conditional_formats.clear()

    def addConditionalFormat(self, action: dict[str, Any]) -> None:  # noqa: N802
        rule = action["args"][0]
        rules = self._cells(action).conditional_formats
        if rule["type"] == "CellValue":
            rules.add_cell_value({**rule, "operator": _OPERATORS[rule["operator"]]})
        else:
            rules.add_custom(rule)

    def namesAdd(self, action: dict[str, Any]) -> None:  # noqa: N802
        name, refers_to = action["args"]
        assert name not in self.book.file.defined_names
        self.book.names.add(name, refers_to)

    def setNameRefersTo(self, action: dict[str, Any]) -> None:  # noqa: N802
        name, _, _, refers_to = action["args"]
        self.book.file.defined_names[name].attr_text = refers_to[1:]

    def setPrintArea(self, action: dict[str, Any]) -> None:  # noqa: N802
        self._sheet(action["sheet_position"]).page_setup.print_area = action["args"][0]

    def resizeTable(self, action: dict[str, Any]) -> None:  # noqa: N802
        position, address = action["args"]
        sheet = self._sheet(action["sheet_position"])
        table = list(sheet.file.tables.values())[position]
        table.ref = address.replace("$", "")

    def save(self, action: dict[str, Any]) -> None:
        """Saved it is at the end in any case."""
