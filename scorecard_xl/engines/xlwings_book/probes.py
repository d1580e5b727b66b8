"""What only the program's own objects tell or do; each answers "unknown" where it cannot."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.xlwings_book.busy import patient

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings

    from scorecard_xl.workbook.engine import Pages

_MANUAL_BREAK = -4135
_NO_BREAK = -4142
_YEAR_OF_OLD_MACS = 1904


def is_excel(book: xlwings.Book) -> bool:
    """Whether the book is open in Excel on this computer."""
    return str(book.app.engine.name) == "excel"


def _is_libreoffice(book: xlwings.Book) -> bool:
    return str(book.app.engine.name) == "libreoffice"


def _is_windows(book: xlwings.Book) -> bool:
    return is_excel(book) and sys.platform == "win32"


def _is_mac(book: xlwings.Book) -> bool:
    return is_excel(book) and sys.platform == "darwin"


@patient
def is_protected(sheet: xlwings.Sheet) -> bool | None:
    """Whether a sheet's cells are protected; None where it is not known."""
    if _is_windows(sheet.book):
        return bool(sheet.api.ProtectContents)
    if _is_mac(sheet.book):
        return bool(sheet.api.protect_contents.get())
    if _is_libreoffice(sheet.book):
        return bool(sheet.api.isProtected())
    return None


@patient
def counts_from_1904(book: xlwings.Book) -> bool | None:
    """Whether serial numbers count days from 1904; None where it is not known."""
    if _is_windows(book):
        return bool(book.api.Date1904)
    if _is_mac(book):
        return bool(book.api.date_1904.get())
    if _is_libreoffice(book):
        return bool(book.api.NullDate.Year == _YEAR_OF_OLD_MACS)
    return None


@patient
def applies_to(rule: xlwings.main.ConditionalFormat, sheet: xlwings.Sheet) -> str | None:
    """The cells of a conditional format, as ``$F$5:$F$46``; None where it is not known."""
    if _is_windows(sheet.book):
        return str(rule.impl.api.AppliesTo.Address)
    return None


@patient
def save_copy(book: xlwings.Book, path: Path) -> bool:
    """Save a copy while the book stays open under its name; False where that cannot be done."""
    if not _is_windows(book):
        return False
    book.api.SaveCopyAs(str(path.resolve()))
    return True


@patient
def set_breaks(sheet: xlwings.Sheet, pages: Pages) -> bool:
    """Set the page breaks within the body; False where the program does not show them."""
    is_windows = _is_windows(sheet.book)
    if not is_windows and not _is_libreoffice(sheet.book):
        return False
    wanted = set(pages.breaks_before)
    for row in sorted(wanted | set(pages.own_breaks)):
        if is_windows:
            line: Any = sheet.api.Rows(row)
            line.PageBreak = _MANUAL_BREAK if row in wanted else _NO_BREAK
        else:
            sheet.api.Rows.getByIndex(row - 1).IsStartOfNewPage = row in wanted
    return True


@patient
def left_footer(sheet: xlwings.Sheet) -> str | None:
    """The left part of a sheet's footer; None where it is not known."""
    return str(sheet.api.PageSetup.LeftFooter) if _is_windows(sheet.book) else None


@patient
def set_left_footer(sheet: xlwings.Sheet, text: str) -> None:
    """Set the left part of a sheet's footer; only where it could be read."""
    sheet.api.PageSetup.LeftFooter = text
