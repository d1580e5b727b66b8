"""What LibreOffice shows of the conditional formats is what formulon evaluates in the file."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import formulon
import openpyxl
import pytest

from scorecard_xl import refresh
from scorecard_xl.engines.libreoffice.office import properties, url_of
from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
from tests.engines.tried import libreoffice
from tests.scorecards import KENT, copy_of, refreshed

if TYPE_CHECKING:
    from pathlib import Path

FIRST_ROW, LAST_ROW = 7, 52
RULED = {"E": 4, "J": 9, "L": 11}
Look = tuple[str | None, str | None]


class _Cells(HTMLParser):
    """The cells of an HTML table's rows: their ground, and the colour of their letters."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[list[str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            width = int(named.get("colspan") or 1)
            self.rows[-1] += [[named.get("bgcolor"), None] for _ in range(width)]
        elif tag == "font" and named.get("color"):
            self.rows[-1][-1][1] = named["color"]


def shown(path: Path, fill: str) -> dict[str, Look]:
    """How the ruled cells look in a live LibreOffice, which writes what it shows as HTML."""
    book = libreoffice().books.open(str(path))
    try:
        with XlwingsWorkbook(book) as workbook:
            refresh(workbook, fill=fill)
        page = path.with_suffix(".html")
        html = properties(FilterName="HTML (StarCalc)")
        book.api.storeToURL(url_of(page), html)
    finally:
        book.close()
    cells = _Cells()
    cells.feed(page.read_text(encoding="utf-8"))
    rows = enumerate(cells.rows[FIRST_ROW - 1 : LAST_ROW], start=FIRST_ROW)
    return {
        f"{letters}{row}": (look[0], look[1])
        for row, line in rows
        for letters, column in RULED.items()
        if (look := line[column])
    }


def evaluated(path: Path) -> dict[str, Look]:
    """How formulon says that the ruled cells look: by the first rule of those that hold."""
    looks = openpyxl.load_workbook(path)._differential_styles.styles
    with formulon.Workbook.load(path.read_bytes()) as workbook:
        workbook.recalc()
        found = workbook.evaluate_cf_range(0, FIRST_ROW - 1, 4, LAST_ROW - 1, 11)
    names = {column: letters for letters, column in RULED.items()}
    evaluated: dict[str, Look] = {}
    for cell in found:
        rule = min(cell.matches, key=lambda match: match.priority)
        look = looks[rule.dxf_id]
        fill = look.fill.bgColor.rgb[-6:] if look.fill else None
        if cell.col in names:
            evaluated[f"{names[cell.col]}{cell.row + 1}"] = (
                f"#{fill}" if fill else None,
                f"#{look.font.color.rgb[-6:]}",
            )
    return evaluated


@pytest.mark.parametrize("fill", ["formulas", "values"])
def test_letters_and_arrows_are_shown_in_the_colours_that_their_rules_give(
    fill: str, tmp_path: Path
) -> None:
    by_file = copy_of(KENT, tmp_path / "file")
    refreshed(by_file, fill=fill)
    expected = evaluated(by_file)
    live = shown(copy_of(KENT, tmp_path), fill)
    assert len(expected) == 41 * 3
    assert {cell: live[cell] for cell in expected} == expected
