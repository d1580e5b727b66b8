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
# Left, right, top and bottom of a rule's cells.
_SIDES = (-4131, -4152, -4160, -4107)
# How Excel tells that a rule leaves something alone; -4142 is its word for none.
_UNSAID = (None, "", "General", False, -4142)
# A pattern that is one colour, and the one that is there of its own accord.
_SOLID = (1, -4105)


def is_excel(book: xlwings.Book) -> bool:
    """Whether the book is open in Excel on this computer."""
    return str(book.app.engine.name) == "excel"


def _is_libreoffice(book: xlwings.Book) -> bool:
    return str(book.app.engine.name) == "libreoffice"


def _is_windows(book: xlwings.Book) -> bool:
    return is_excel(book) and sys.platform == "win32"


def _is_mac(book: xlwings.Book) -> bool:
    return is_excel(book) and sys.platform == "darwin"


def wipes_status_bar(app: xlwings.App) -> bool:
    """Whether the status bar is emptied when Python ends, as xlwings does on a Mac."""
    return str(app.engine.name) == "excel" and sys.platform == "darwin"


@patient
def is_protected(sheet: xlwings.Sheet) -> bool | None:
    """Whether a sheet's cells are protected; None where it is not known."""
    if _is_windows(sheet.book):
        return bool(sheet.api.ProtectContents)
    if _is_mac(sheet.book):
        return bool(sheet.api.protect_contents.get())
    if _is_libreoffice(sheet.book):
        return bool(sheet.impl.is_protected)
    return None


@patient
def counts_from_1904(book: xlwings.Book) -> bool | None:
    """Whether serial numbers count days from 1904; None where it is not known."""
    if _is_windows(book):
        return bool(book.api.Date1904)
    if _is_mac(book):
        return bool(book.api.date_1904.get())
    if _is_libreoffice(book):
        return bool(book.impl.counts_from_1904)
    return None


@patient
def is_saved(book: xlwings.Book) -> bool | None:
    """Whether nothing was changed since the book was saved; None where it is not known."""
    if _is_windows(book):
        return bool(book.api.Saved)
    if _is_mac(book):
        return bool(book.api.saved.get())
    if _is_libreoffice(book):
        return not book.api.isModified()
    return None


@patient
def applies_to(rule: xlwings.main.ConditionalFormat, sheet: xlwings.Sheet) -> str | None:
    """The cells of a conditional format, as ``$F$5:$F$46``; None where it is not known."""
    if _is_windows(sheet.book):
        return str(rule.impl.api.AppliesTo.Address)
    if _is_libreoffice(sheet.book):
        return str(rule.impl.address)
    return None


@patient
def draws_more(rule: xlwings.main.ConditionalFormat, sheet: xlwings.Sheet) -> bool:
    """Whether a rule's look says more than its ground and its letters' colour, bold and italic."""
    native = rule.impl.api
    if _is_windows(sheet.book):
        borders = [native.Borders(side).LineStyle for side in _SIDES]
        said = (native.NumberFormat, native.Font.Underline, native.Font.Strikethrough, *borders)
        is_plain = native.Interior.Pattern in (*_UNSAID, *_SOLID)
        return not is_plain or any(each not in _UNSAID for each in said)
    if _is_libreoffice(sheet.book):
        return bool(rule.impl.draws_more)
    return False


@patient
def save_copy(book: xlwings.Book, path: Path) -> bool:
    """Save a copy while the book stays open under its name; False where that cannot be done."""
    if _is_libreoffice(book):
        book.impl.save_copy(str(path))
        return True
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
            sheet.impl.break_before(row, breaks=row in wanted)
    return True


@patient
def left_footer(sheet: xlwings.Sheet) -> str | None:
    """The left part of a sheet's footer; None where it is not known."""
    return str(sheet.api.PageSetup.LeftFooter) if _is_windows(sheet.book) else None


@patient
def set_left_footer(sheet: xlwings.Sheet, text: str) -> None:
    """Set the left part of a sheet's footer; only where it could be read."""
    sheet.api.PageSetup.LeftFooter = text
