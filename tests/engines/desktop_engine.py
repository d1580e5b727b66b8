"""An engine for xlwings that behaves as the vendor's desktop engines do, over openpyxl.

It stands in for a spreadsheet program: what is typed is read as Excel reads it,
new formulas are not calculated, and every round trip can be counted or made to fail.
"""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import re
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import openpyxl
import xlwings as xw
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.formula.translate import Translator
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.header_footer import _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from xlwings import utils

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl.worksheet.worksheet import Worksheet

OPERATORS = {
    "equal_to": "equal", "not_equal_to": "notEqual", "between": "between",
    "not_between": "notBetween", "greater_than": "greaterThan", "less_than": "lessThan",
    "greater_than_or_equal": "greaterThanOrEqual", "less_than_or_equal": "lessThanOrEqual",
}  # fmt: skip
_PIDS = itertools.count(1)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?%?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_DATE = re.compile(r"\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?")


class Engine:
    """What xlwings asks of an engine itself."""

    type = "desktop"

    def __init__(self, name: str) -> None:
        self.name, self.apps = name, Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: Any, _options: Any) -> Any:
        return "" if x is None else x

    @staticmethod
    def clean_value_data(
        data: Any, _dates: Any, empty: Any, _numbers: Any, err_to_str: bool
    ) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if isinstance(value, Error):
                return str(value) if err_to_str else None
            return empty if value in (None, "") else value

        return [[clean(value) for value in row] for row in data]


class Error(str):
    """An error that a cell shows; text that reads the same is none."""


class Apps:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._apps: list[App] = []

    def add(self, spec: Any = None, add_book: Any = None, **_: Any) -> App:
        self._apps.append(App(self))
        return self._apps[-1]

    def __iter__(self) -> Iterator[App]:
        return iter(self._apps)

    def __len__(self) -> int:
        return len(self._apps)


class Trips:
    """The round trips that were made, and what is to go wrong at the next ones."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.failures: list[BaseException] = []
        self.fails_at: Callable[[str], bool] = lambda _: True

    def make(self, what: str) -> None:
        if self.failures and self.fails_at(what):
            raise self.failures.pop(0)
        self.made.append(what)


def trip(function: Any) -> Any:
    """Mark a member of an implementation as a round trip; its getter and setter apart."""
    if isinstance(function, property):
        return property(trip(function.fget), trip(function.fset) if function.fset else None)

    def travelled(self: Any, *args: Any, **kwargs: Any) -> Any:
        sets = "=" if function.__name__.startswith("set_") else ""
        name = function.__name__.removeprefix("set_")
        self.trips.make(f"{type(self).__name__}.{name}{sets}")
        return function(self, *args, **kwargs)

    return travelled


class App:
    def __init__(self, apps: Apps) -> None:
        self.apps, self.engine = apps, apps.engine
        self.pid = self.hwnd = next(_PIDS)
        self.trips = Trips()
        self.books = Books(self)
        self.display_alerts, self.cut_copy_mode, self.status_bar = True, None, None
        self.alerts: list[tuple[Any, ...]] = []
        self._settings: dict[str, Any] = {
            "screen_updating": True,
            "enable_events": True,
            "calculation": "automatic",
        }
        self.history: list[tuple[str, Any]] = []

    def _setting(name: str) -> property:  # noqa: N805
        def get(self: App) -> Any:
            self.trips.make(f"App.{name}")
            return self._settings[name]

        def set_it(self: App, value: Any) -> None:
            self.trips.make(f"App.{name}=")
            self._settings[name] = value
            self.history.append((name, value))

        return property(get, set_it)

    def calculate(self) -> None:
        """Nothing: a file's cells keep the values that they have."""
        self.trips.make("App.calculate")

    screen_updating = _setting("screen_updating")
    enable_events = _setting("enable_events")
    calculation = _setting("calculation")
    del _setting

    def alert(self, *shown: Any) -> None:
        self.alerts.append(shown[:2])

    @property
    def settings(self) -> dict[str, Any]:
        return dict(self._settings)


class Books:
    def __init__(self, app: App) -> None:
        self.app, self.list = app, []

    def open(self, fullname: str, *_: Any, **__: Any) -> Book:
        self.list.append(Book(self, Path(fullname)))
        return self.list[-1]

    @property
    def active(self) -> Book:
        return self.list[-1]

    def __iter__(self) -> Iterator[Book]:
        return iter(self.list)

    def __len__(self) -> int:
        return len(self.list)

    def __call__(self, key: Any) -> Book:
        for book in self.list:
            if key in (book.name, book.fullname):
                return book
        raise KeyError(key)


class Book:
    def __init__(self, books: Books, path: Path) -> None:
        self.books, self.path = books, path
        self.file = openpyxl.load_workbook(path)
        self._values = openpyxl.load_workbook(path, data_only=True)
        self.trips = books.app.trips
        self.fullname, self.name = str(path), path.name
        # Formulas written since; nobody calculates them.
        self.uncalculated: set[tuple[str, int, int]] = set()

    api = property(lambda self: NativeBook(self))
    app = property(lambda self: self.books.app)
    sheets = property(lambda self: Sheets(self))
    names = property(lambda self: Names(self))

    def value(self, sheet: str, row: int, column: int) -> Any:
        cell = self.file[sheet].cell(row, column)
        if (sheet, row, column) in self.uncalculated:
            return None
        if cell.data_type == "f":
            cell = self._values[sheet].cell(row, column)
        return Error(cell.value) if cell.data_type == "e" else unescaped(cell.value)

    def save(self, path: Any = None, password: Any = None) -> None:
        self.settings_when_saved = self.app.settings
        self.file.save(path or self.path)


class Sheets:
    def __init__(self, book: Book) -> None:
        self.book = book

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, sheet) for sheet in self.book.file.worksheets)

    def __len__(self) -> int:
        return len(self.book.file.worksheets)

    def __call__(self, key: Any) -> Sheet:
        sheets = self.book.file.worksheets
        return Sheet(self.book, sheets[key - 1] if isinstance(key, int) else self.book.file[key])


class Sheet:
    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.file, self.trips = book, sheet, book.trips

    api = property(lambda self: NativeSheet(self))
    name = property(lambda self: self.file.title)
    index = property(lambda self: self.book.file.worksheets.index(self.file) + 1)
    tables = property(lambda self: Tables(self))
    page_setup = property(lambda self: PageSetup(self))

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, Range):
            first, last = arg1.box, (arg2 or arg1).box
            return Range(self, (*first[:2], *last[2:]))
        if isinstance(arg1, str):
            if "," in arg1:
                return Range(self, self.range(arg1.partition(",")[0]).box, arg1.replace(",", " "))
            left, top, right, bottom = range_boundaries(arg1.replace("$", ""))
            return Range(self, (top, left, bottom, right))
        return Range(self, (*arg1, *(arg2 or arg1)))


class NativeBook:
    """What Excel's own object says of a workbook, as far as xlwings does not."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.Date1904 = book.file.epoch == CALENDAR_MAC_1904
        self.date_1904 = SimpleNamespace(get=lambda: self.Date1904)

    def SaveCopyAs(self, path: str) -> None:  # noqa: N802
        self._book.file.save(path)


class NativeSheet:
    """What Excel's own object says of a sheet, as far as xlwings does not."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.ProtectContents = bool(sheet.file.protection.sheet)
        self.protect_contents = SimpleNamespace(get=lambda: self.ProtectContents)
        self.PageSetup = NativePageSetup(sheet.file)

    def Rows(self, row: int) -> NativeRow:  # noqa: N802
        return NativeRow(self._sheet.file, row)


class NativePageSetup:
    """The left part of a footer, with its codes."""

    def __init__(self, sheet: Worksheet) -> None:
        self._footer = sheet.oddFooter

    @property
    def LeftFooter(self) -> str:  # noqa: N802
        left = self._footer.left
        font = f'&"{left.font}"' if left.font else ""
        return f"{font}&{left.size}{left.text}" if left.size else font + (left.text or "")

    @LeftFooter.setter
    def LeftFooter(self, text: str) -> None:  # noqa: N802
        self._footer.left = _HeaderFooterPart.from_str(text)


class NativeRow:
    """A row, above which a page may begin."""

    def __init__(self, sheet: Worksheet, row: int) -> None:
        self._breaks, self._row = sheet.row_breaks, row

    def _set(self, kind: int) -> None:
        self._breaks.brk = [each for each in self._breaks.brk if each.id != self._row - 1]
        if kind == -4135:
            self._breaks.append(Break(id=self._row - 1))

    PageBreak = property(None, _set)


class PageSetup:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.trips = sheet, sheet.trips

    def print_area(self) -> str | None:
        return self.sheet.file.print_area.rpartition("!")[2] or None

    def set_print_area(self, value: str) -> None:
        self.sheet.file.print_area = value.replace("$", "")

    print_area = property(trip(print_area), trip(set_print_area))


class Range:
    """Cells from a first to a last, counted from 1."""

    def __init__(
        self, sheet: Sheet, box: tuple[int, int, int, int], places: str | None = None
    ) -> None:
        self.sheet, self.box, self.trips = sheet, box, sheet.trips
        # Several rectangles, which only rules may be added to.
        self.places_of_rules = places.replace("$", "") if places else None
        self.options: Any = {}

    api = property(lambda self: self.sheet.file)
    row = property(lambda self: self.box[0])
    column = property(lambda self: self.box[1])
    shape = property(lambda self: (self.box[2] - self.box[0] + 1, self.box[3] - self.box[1] + 1))
    coords = property(lambda self: (self.sheet.name, *self.box[:2], *self.shape))
    max_cells_per_read = max_cells_per_write = None
    conditional_formats = property(lambda self: ConditionalFormats(self))
    reference = property(
        lambda self: (
            f"{get_column_letter(self.box[1])}{self.box[0]}:"
            f"{get_column_letter(self.box[3])}{self.box[2]}"
        )
    )

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int) -> Range:
        top, left = self.box[0] + row - 1, self.box[1] + column - 1
        return Range(self.sheet, (top, left, top, left))

    def places(self) -> Iterator[tuple[int, int]]:
        top, left, bottom, right = self.box
        return itertools.product(range(top, bottom + 1), range(left, right + 1))

    def _block(self, of: Callable[[int, int], Any]) -> Any:
        top, left, bottom, right = self.box
        rows = [
            [of(row, column) for column in range(left, right + 1)] for row in range(top, bottom + 1)
        ]
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    def address(self) -> str:
        return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", self.reference)

    def raw_value(self) -> Any:
        found = self._block(lambda row, column: self.sheet.book.value(self.sheet.name, row, column))
        return [[found]] if len(self) == 1 else found

    def formula(self) -> Any:
        def of(row: int, column: int) -> Any:
            value = self.sheet.file.cell(row, column).value
            return "" if value is None else str(unescaped(value))

        return self._block(of)

    def set_formula(self, rows: Any) -> None:
        for (row, column), typed in zip(self.places(), itertools.chain(*rows), strict=True):
            cell = self.sheet.file.cell(row, column)
            if isinstance(cell, openpyxl.cell.cell.MergedCell):
                continue
            key = (self.sheet.name, row, column)
            self.sheet.book.uncalculated.discard(key)
            type_into(cell, typed)
            if cell.data_type == "f":
                self.sheet.book.uncalculated.add(key)

    def set_number_format(self, code: str) -> None:
        for place in self.places():
            self.sheet.file.cell(*place).number_format = code

    def row_height(self) -> float | None:
        return self.sheet.file.row_dimensions[self.box[0]].height or 15.0

    def set_row_height(self, height: float) -> None:
        for row in range(self.box[0], self.box[2] + 1):
            self.sheet.file.row_dimensions[row].height = height

    def column_width(self) -> float:
        return float(self.sheet.file.column_dimensions[get_column_letter(self.box[1])].width) - 0.71

    def width(self) -> float:
        columns = range(self.box[1], self.box[3] + 1)
        dimensions = self.sheet.file.column_dimensions
        # A character is 7 pixels wide, a pixel three quarters of a point.
        return sum(round(dimensions[get_column_letter(i)].width * 7) for i in columns) * 0.75

    def merge_cells(self) -> bool | None:
        return None if list(self._merges()) else False

    def _merges(self) -> Iterator[Any]:
        top, left, bottom, right = self.box
        for each in list(self.sheet.file.merged_cells.ranges):
            if is_in((top, left, bottom, right), each):
                yield each

    def merge(self, _across: bool) -> None:
        self.sheet.file.merge_cells(self.reference)

    def unmerge(self) -> None:
        for each in list(self._merges()):
            self.sheet.file.unmerge_cells(each.coord)

    def clear_contents(self) -> None:
        for place in self.places():
            self.sheet.file.cell(*place).value = None

    def clear_formats(self) -> None:
        for place in self.places():
            self.sheet.file.cell(*place).style = "Normal"
        # A rule that reaches further keeps its other cells; here it keeps all.
        for place, rule in rules_in(self.sheet.file, self.box):
            if CellRange(place.split()[0]).issubset(CellRange(self.reference)):
                cut_rules(self.sheet.file, self.box, lambda each, rule=rule: each is rule)

    def autofit(self, axis: str | None = None) -> None:
        for row in range(self.box[0], self.box[2] + 1):
            self.sheet.file.row_dimensions[row].height = None

    def copy(self, destination: Any = None) -> None:
        self.sheet.book.app.cut_copy_mode = self

    def paste(self, paste: str, **_: Any) -> None:
        source = self.sheet.book.app.cut_copy_mode
        assert paste == "formats"
        assert source.shape[0] == 1
        for row, column in self.places():
            of = source.sheet.file.cell(source.row, source.column + column - self.column)
            self.sheet.file.cell(row, column)._style = copy.copy(of._style)
        # Within a sheet a row is copied to those below it, which have its rules already.
        if source.sheet.name != self.sheet.name:
            self._paste_rules(source)

    def _paste_rules(self, source: Range) -> None:
        """Give the cells the rules of the source's, in place of their own, as Excel does."""
        pasted = []
        for place, rule in rules_in(source.sheet.file, source.box):
            for part in CellRange(source.reference), *map(CellRange, place.split()):
                if is_in(source.box, part):
                    columns = [max(part.min_col, source.box[1]), min(part.max_col, source.box[3])]
            left, right = (column - source.column + self.column for column in columns)
            pasted.append((Range(self.sheet, (self.box[0], left, self.box[2], right)), place, rule))
        cut_cells(self.sheet.file, self.box)
        for cells, place, rule in pasted:
            moved = copy.copy(rule)
            start = first_cell(place)
            moved.formula = [
                shifted(each, start, first_cell(cells.reference)) for each in rule.formula
            ]
            self.sheet.file.conditional_formatting.add(cells.reference, moved)

    address = property(trip(address))
    raw_value = property(trip(raw_value))
    formula = property(trip(formula), trip(set_formula))
    number_format = property(None, trip(set_number_format))
    row_height = property(trip(row_height), trip(set_row_height))
    column_width, width = property(trip(column_width)), property(trip(width))
    merge_cells = property(trip(merge_cells))
    merge, unmerge, copy, paste = trip(merge), trip(unmerge), trip(copy), trip(paste)
    clear_contents, clear_formats = trip(clear_contents), trip(clear_formats)
    autofit = trip(autofit)


def type_into(cell: Any, typed: Any) -> None:
    """Put what is typed into a cell, read as Excel reads it in England."""
    cell.quotePrefix = False
    if typed == "":
        cell.value = None
    elif not isinstance(typed, str):
        cell.value = typed
    elif typed.startswith("'"):
        cell.value = escaped(typed[1:])
        cell.data_type = "s"
    elif typed.startswith(("=", "+", "-", "@")) and len(typed) > 1:
        if not typed.startswith("="):
            typed = f"={typed}"
        cell.value = typed
    elif typed.casefold() in ("true", "false"):
        cell.value = typed.casefold() == "true"
    elif _NUMBER.fullmatch(typed):
        cell.value = float(typed.rstrip("%"))
    elif _DATE.fullmatch(typed):
        cell.value = dt.datetime(2000, 1, 1)
    else:
        cell.value = escaped(typed)


def escaped(text: str) -> str:
    """A text as files store it, which openpyxl leaves to its user."""
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescaped(value: Any) -> Any:
    """A text as a program shows it; anything else as it is."""
    if not isinstance(value, str):
        return value
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)


class Tables:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.trips = sheet, sheet.trips

    def tables(self) -> list[Table]:
        return [Table(self.sheet, table) for table in self.sheet.file.tables.values()]

    tables = trip(tables)

    def __iter__(self) -> Iterator[Table]:
        return iter(self.tables())


class Table:
    def __init__(self, sheet: Sheet, table: Any) -> None:
        self.parent, self.file, self.trips = sheet, table, sheet.trips

    def name(self) -> str:
        return str(self.file.displayName)

    def range(self) -> Range:
        return self.parent.range(self.file.ref)

    def data_body_range(self) -> Range:
        left, top, right, bottom = range_boundaries(self.file.ref)
        totals = self.file.totalsRowCount or 0
        return Range(self.parent, (top + 1, left, bottom - totals, right))

    def show_totals(self) -> bool:
        return bool(self.file.totalsRowCount)

    def resize(self, cells: Any) -> None:
        self.file.ref = cells.impl.reference
        if self.file.autoFilter:
            self.file.autoFilter.ref = cells.impl.reference

    name, range = property(trip(name)), property(trip(range))
    data_body_range = property(trip(data_body_range))
    show_totals, resize = property(trip(show_totals)), trip(resize)


class Names:
    def __init__(self, book: Book) -> None:
        self.book, self.trips = book, book.trips
        self._list = list(book.file.defined_names.values())

    def __len__(self) -> int:
        self.trips.make("Names.len")
        return len(self._list)

    def __call__(self, key: Any) -> Name:
        self.trips.make("Names.item")
        return Name(self.book, self._list[key - 1])

    def snapshot(self) -> list[tuple[str, Name]]:
        """As the vendor's base class has it."""
        names = [self(i + 1) for i in range(len(self))]
        return [(name.name, name) for name in names]

    def add(self, name: str, refers_to: str) -> Name:
        self.trips.make("Names.add")
        defined = DefinedName(name, attr_text=refers_to[1:])
        self.book.file.defined_names[name] = defined
        return Name(self.book, defined)


class Name:
    def __init__(self, book: Book, name: Any) -> None:
        self.book, self.file, self.trips = book, name, book.trips

    def name(self) -> str:
        return str(self.file.name)

    def refers_to(self) -> str:
        return f"={self.file.attr_text}"

    def set_refers_to(self, text: str) -> None:
        self.file.attr_text = text[1:]

    name = property(trip(name))
    refers_to = property(trip(refers_to), trip(set_refers_to))


def is_in(box: tuple[int, int, int, int], part: Any) -> bool:
    """Whether a range of openpyxl's has a cell in common with a box."""
    rows = part.min_row <= box[2] and part.max_row >= box[0]
    return bool(rows and part.min_col <= box[3] and part.max_col >= box[1])


def rules_in(sheet: Worksheet, box: tuple[int, int, int, int]) -> list[tuple[str, Rule]]:
    """The rules of a sheet that reach into a box, the one shown first."""
    found = []
    for formatting in sheet.conditional_formatting:
        for part in formatting.sqref.ranges:
            if is_in(box, part):
                found += [(str(formatting.sqref), rule) for rule in formatting.rules]
                break
    return sorted(found, key=lambda each: each[1].priority)


def cut_rules(
    sheet: Worksheet, box: tuple[int, int, int, int], is_cut: Callable[[Rule], bool]
) -> None:
    """Take rules away from a sheet."""
    gone = [rule for _, rule in rules_in(sheet, box) if is_cut(rule)]
    kept = ConditionalFormattingList()
    for formatting in sheet.conditional_formatting:
        for rule in formatting.rules:
            if not any(rule is each for each in gone):
                priority = rule.priority
                kept.add(str(formatting.sqref), rule)
                rule.priority = priority
    sheet.conditional_formatting = kept


def cut_cells(sheet: Worksheet, box: tuple[int, int, int, int]) -> None:
    """Take rules away from the cells of a box; on others they stay."""
    kept = ConditionalFormattingList()
    for formatting in sheet.conditional_formatting:
        old = str(formatting.sqref)
        parts = [each for part in formatting.sqref.ranges for each in without(part, box)]
        new = " ".join(each.coord for each in parts)
        for rule in formatting.rules if parts else ():
            priority = rule.priority
            rule.formula = [
                shifted(each, first_cell(old), first_cell(new)) for each in rule.formula
            ]
            kept.add(new, rule)
            rule.priority = priority
    sheet.conditional_formatting = kept


def without(part: CellRange, box: tuple[int, int, int, int]) -> list[CellRange]:
    """What remains of a range around a box."""
    if not is_in(box, part):
        return [part]
    top, bottom = max(part.min_row, box[0]), min(part.max_row, box[2])
    around = (
        (part.min_col, part.min_row, part.max_col, top - 1),
        (part.min_col, top, box[1] - 1, bottom),
        (box[3] + 1, top, part.max_col, bottom),
        (part.min_col, bottom + 1, part.max_col, part.max_row),
    )
    return [
        CellRange(min_col=left, min_row=first, max_col=right, max_row=last)
        for left, first, right, last in around
        if left <= right and first <= last
    ]


def first_cell(places: str) -> str:
    """The cell that the formulas of a rule are written for."""
    boxes = [range_boundaries(place) for place in places.split()]
    return f"{get_column_letter(min(box[0] for box in boxes))}{min(box[1] for box in boxes)}"


def shifted(formula: str, start: str, end: str) -> str:
    """A rule's formula, written for another first cell."""
    return Translator(f"={formula}", origin=start).translate_formula(end)[1:]


class ConditionalFormats:
    def __init__(self, cells: Range) -> None:
        self.cells, self.trips = cells, cells.trips

    def _rules(self) -> list[ConditionalFormat]:
        found = rules_in(self.cells.sheet.file, self.cells.box)
        return [ConditionalFormat(self.cells, rule) for _, rule in found]

    def __len__(self) -> int:
        self.trips.make("ConditionalFormats.len")
        return len(self._rules())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        self.trips.make("ConditionalFormats.iter")
        return iter(self._rules())

    def clear(self) -> None:
        cut_cells(self.cells.sheet.file, self.cells.box)

    def add_cell_value(self, spec: dict[str, Any]) -> ConditionalFormat:
        formulas = [each for each in (spec["formula1"], spec["formula2"]) if each is not None]
        return self._add(spec, "cellIs", formulas, operator=OPERATORS[spec["operator"]])

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        return self._add(spec, "expression", [spec["formula"]])

    def _add(
        self, spec: dict[str, Any], kind: str, formulas: list[str], **more: Any
    ) -> ConditionalFormat:
        font = {
            "color": hexadecimal(spec.get("font_color")),
            "b": spec.get("font_bold"),
            "i": spec.get("font_italic"),
        }
        fill = hexadecimal(spec.get("fill_color"))
        look = DifferentialStyle(
            font=Font(**{name: value for name, value in font.items() if value is not None}),
            fill=PatternFill(bgColor=fill) if fill else None,
        )
        formula = [each.removeprefix("=") for each in formulas]
        stops = spec["stop_if_true"] or None
        rule = Rule(kind, formula=formula, dxf=look, stopIfTrue=stops, **more)
        sheet = self.cells.sheet.file
        for formatting in sheet.conditional_formatting:
            for other in formatting.rules:
                other.priority += 1
        place = self.cells.places_of_rules or self.cells.reference
        sheet.conditional_formatting.add(place, rule)
        rule.priority = 1
        return ConditionalFormat(self.cells, rule)

    clear, add_custom = trip(clear), trip(add_custom)
    add_cell_value = trip(add_cell_value)


def hexadecimal(colour: Any) -> str | None:
    """A colour as xlwings gives it, as RRGGBB."""
    if colour is None:
        return None
    if isinstance(colour, str):
        return colour.lstrip("#").upper()
    return "{:02X}{:02X}{:02X}".format(*colour)


class ConditionalFormat:
    def __init__(self, cells: Range, rule: Rule) -> None:
        self.cells, self.rule, self.trips = cells, rule, cells.trips

    @property
    def api(self) -> Any:
        where = rules_in(self.cells.sheet.file, self.cells.box)
        address = next(place for place, rule in where if rule is self.rule)
        address = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", address.replace(" ", ","))
        look = self.rule.dxf
        sides = {-4131: "left", -4152: "right", -4160: "top", -4107: "bottom"}
        border = look.border if look else None

        def side(number: int) -> SimpleNamespace:
            style = getattr(getattr(border, sides[number], None), "style", None)
            return SimpleNamespace(LineStyle=1 if style else None)

        return SimpleNamespace(
            AppliesTo=SimpleNamespace(Address=address),
            NumberFormat=look.numFmt.formatCode if look and look.numFmt else None,
            Font=SimpleNamespace(Underline=None, Strikethrough=None),
            Interior=SimpleNamespace(Pattern=None),
            Borders=side,
        )

    def type(self) -> str:
        kinds = {"cellIs": "cell_value", "expression": "custom", "colorScale": "color_scale"}
        return kinds.get(self.rule.type, "unknown")

    def operator(self) -> str | None:
        names = {theirs: ours for ours, theirs in OPERATORS.items()}
        return names.get(self.rule.operator)

    def formula(self) -> str | None:
        return f"={self.rule.formula[0]}" if self.rule.type == "expression" else None

    def formula1(self) -> str | None:
        return f"={self.rule.formula[0]}" if self.rule.type == "cellIs" else None

    def formula2(self) -> str | None:
        return f"={self.rule.formula[1]}" if len(self.rule.formula) > 1 else None

    def stop_if_true(self) -> bool:
        return bool(self.rule.stopIfTrue)

    def delete(self) -> None:
        cut_rules(self.cells.sheet.file, self.cells.box, lambda rule: rule is self.rule)

    def _colour(self, colour: Any) -> tuple[int, int, int] | None:
        return utils.hex_to_rgb(f"#{colour.rgb[-6:]}") if colour is not None else None

    def fill_color(self) -> Any:
        fill = self.rule.dxf.fill
        return self._colour(fill.bgColor if fill else None)

    def _font(self) -> Font:
        return self.rule.dxf.font or Font()

    def font_color(self) -> Any:
        return self._colour(self._font().color)

    def font_bold(self) -> Any:
        return self._font().b or None

    def font_italic(self) -> Any:
        return self._font().i or None

    type, operator = property(trip(type)), property(trip(operator))
    formula1, formula2 = property(trip(formula1)), property(trip(formula2))
    formula, stop_if_true = property(trip(formula)), property(trip(stop_if_true))
    fill_color, font_color = property(trip(fill_color)), property(trip(font_color))
    font_bold, font_italic = property(trip(font_bold)), property(trip(font_italic))
    delete = trip(delete)


def opened(path: Path, *, name: str = "desktop stand-in") -> xw.Book:
    """A workbook, open in a program of its own."""
    engine = xw.Engine(impl=Engine(name))
    return xw.App(impl=engine.impl.apps.add()).books.open(path)
