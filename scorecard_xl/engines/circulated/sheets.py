"""A sheet of a document as its part: views, widths, rows, merges, page, tables."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scorecard_xl.engines.circulated.texts import attribute, header_text, kept_text
from scorecard_xl.engines.file.cells import escaped, serial_of
from scorecard_xl.engines.file.theme import FONT
from scorecard_xl.engines.file.xml import DECLARATION, MAIN, OFFICE_RELATIONSHIPS
from scorecard_xl.workbook.engine import Area, column_letters

if TYPE_CHECKING:
    from scorecard_xl.engines.circulated.document import Cell, Page, PageSetUp, PageTable, Row
    from scorecard_xl.engines.circulated.styles import LookBook

_A4 = 9
_MILLIMETRE = 1 / 25.4
# Excel adds room for the lines between cells to a width in characters.
_PADDING = 0.7109375


class Strings:
    """The texts that cells show, each kept once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses = 0

    def number_of(self, text: str) -> int:
        """The number by which a cell names its text."""
        self._uses += 1
        return self._numbers.setdefault(kept_text(text), len(self._numbers))

    def to_bytes(self) -> bytes:
        """The part that holds them."""
        items = "".join(
            f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in self._numbers
        )
        return (
            f'{DECLARATION}<sst xmlns="{MAIN}" count="{self._uses}" '
            f'uniqueCount="{len(self._numbers)}">{items}</sst>'
        ).encode()


def sheet_bytes(page: Page, looks: LookBook, strings: Strings, *, is_first: bool) -> bytes:
    """The part of a sheet; its tables are related to it as rId1 and so on."""
    last = f"{column_letters(len(page.widths))}{len(page.rows)}"
    rows = "".join(_row(row, number, looks, strings) for number, row in enumerate(page.rows, 1))
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONSHIPS}">'
        f'<sheetPr><tabColor rgb="FF{page.tab_colour}"/></sheetPr>'
        f'<dimension ref="A1:{last}"/>{_view(page, is_first=is_first)}'
        f'<sheetFormatPr defaultRowHeight="13.2"/>{_columns(page)}'
        f"<sheetData>{rows}</sheetData>{_merges(page)}{_print_set_up(page.set_up)}"
        f"{_tables(page)}</worksheet>"
    ).encode()


def table_bytes(table: PageTable, number: int) -> bytes:
    """The part of a table."""
    columns = "".join(
        f'<tableColumn id="{place}" name="{attribute(heading)}"/>'
        for place, heading in enumerate(table.headings, 1)
    )
    return (
        f'{DECLARATION}<table xmlns="{MAIN}" id="{number}" name="{table.name}" '
        f'displayName="{table.name}" ref="{table.area.range}" totalsRowShown="0">'
        f'<tableColumns count="{len(table.headings)}">{columns}</tableColumns>'
        '<tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" '
        'showColumnStripes="0"/></table>'
    ).encode()


def _view(page: Page, *, is_first: bool) -> str:
    selected = ' tabSelected="1"' if is_first else ""
    pane = ""
    if page.frozen_rows:
        top = page.frozen_rows + 1
        pane = (
            f'<pane ySplit="{page.frozen_rows}" topLeftCell="A{top}" activePane="bottomLeft" '
            'state="frozen"/><selection activeCell="A1" sqref="A1"/>'
            '<selection pane="bottomLeft" activeCell="A1" sqref="A1"/>'
        )
    else:
        pane = '<selection activeCell="A1" sqref="A1"/>'
    return (
        f'<sheetViews><sheetView showGridLines="0"{selected} workbookViewId="0">{pane}'
        "</sheetView></sheetViews>"
    )


def _columns(page: Page) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width + _PADDING:.7g}" customWidth="1"/>'
        for number, width in enumerate(page.widths, 1)
    )
    return f"<cols>{columns}</cols>"


def _row(row: Row, number: int, looks: LookBook, strings: Strings) -> str:
    height = "" if row.height is None else f' ht="{row.height:g}" customHeight="1"'
    cells = "".join(
        _cell(cell, f"{column_letters(column)}{number}", looks, strings)
        for column, cell in sorted(row.cells.items())
    )
    return f'<row r="{number}"{height}>{cells}</row>'


def _cell(cell: Cell, reference: str, looks: LookBook, strings: Strings) -> str:
    value, look = cell
    start = f'<c r="{reference}" s="{looks.number_of(look)}"'
    if value is None or value == "":
        return f"{start}/>"
    if isinstance(value, str):
        return f'{start} t="s"><v>{strings.number_of(value)}</v></c>'
    number = serial_of(value, from_1904=False) if isinstance(value, dt.date) else value
    return f"{start}><v>{_number(number)}</v></c>"


def _number(number: float) -> str:
    """A number with 15 digits, which every program keeps; some change what comes after them."""
    return f"{number + 0.0:.15g}"


def _merges(page: Page) -> str:
    if not page.merges:
        return ""
    merges = "".join(f'<mergeCell ref="{area.range}"/>' for area in page.merges)
    return f'<mergeCells count="{len(page.merges)}">{merges}</mergeCells>'


def _print_set_up(set_up: PageSetUp) -> str:
    side, foot, footer = 10 * _MILLIMETRE, 15 * _MILLIMETRE, 7 * _MILLIMETRE
    top = foot if set_up.header else side
    font = f'&"{FONT},Regular"&8'
    # Excel repairs a workbook with a header or a footer of more than 255 characters.
    left, centre, right = (
        header_text(text, most=most) for text, most in zip(set_up.footer, (90, 60, 20), strict=True)
    )
    head = f"&C{font} {header_text(set_up.header, most=200)}" if set_up.header else ""
    foots = f"&L{font} {left}&C{font} {centre}&R{font} {right} Page &P of &N"
    # Another number than 0 says a header or footer belongs to all pages alike.
    texts = f"<oddHeader>{escaped(head)}</oddHeader>" if head else ""
    texts += f"<oddFooter>{escaped(foots)}</oddFooter>"
    return (
        '<printOptions horizontalCentered="1"/>'
        f'<pageMargins left="{side:.7g}" right="{side:.7g}" top="{top:.7g}" bottom="{foot:.7g}" '
        f'header="{footer:.7g}" footer="{footer:.7g}"/>'
        f'<pageSetup paperSize="{_A4}" scale="{set_up.scale}" orientation="landscape"/>'
        f"<headerFooter>{texts}</headerFooter>{_breaks(set_up)}"
    )


def _breaks(set_up: PageSetUp) -> str:
    if not set_up.breaks:
        return ""
    count = len(set_up.breaks)
    breaks = "".join(f'<brk id="{row - 1}" max="16383" man="1"/>' for row in set_up.breaks)
    return f'<rowBreaks count="{count}" manualBreakCount="{count}">{breaks}</rowBreaks>'


def _tables(page: Page) -> str:
    if not page.tables:
        return ""
    parts = "".join(f'<tablePart r:id="rId{i}"/>' for i in range(1, len(page.tables) + 1))
    return f'<tableParts count="{len(page.tables)}">{parts}</tableParts>'


def printed_area(page: Page) -> Area:
    """The cells of a sheet that are printed: all that it has."""
    return Area(page.name, 1, 1, len(page.rows), len(page.widths))
