"""How a sheet of a live workbook prints, as far as the program lets one set it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.shell import with_left_footer
from scorecard_xl.engines.xlwings_book import probes
from scorecard_xl.engines.xlwings_book.busy import patient
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    import xlwings

    from scorecard_xl.workbook.engine import Pages

_LEFT = "&L"


def lay_out(sheet: xlwings.Sheet, pages: Pages, *, has_moved: bool) -> None:
    """Set print area, page breaks and footer; breaks only where rows have moved.

    Page breaks are set in Excel on Windows and in LibreOffice, footers in Excel on
    Windows. Elsewhere they stay as they are: the scorecard is right without, it
    only prints less well.
    """
    if has_moved:
        _set_print_area(sheet, pages)
        probes.set_breaks(sheet, pages)
    footer = probes.left_footer(sheet)
    if footer:
        new = with_left_footer(_LEFT + footer, pages.footer_left).removeprefix(_LEFT)
        if new != footer:
            probes.set_left_footer(sheet, new)


@patient
def _set_print_area(sheet: xlwings.Sheet, pages: Pages) -> None:
    """How wide it is printed is the analyst's choice, how far down the scorecard's."""
    area, old = pages.area, sheet.page_setup.print_area
    if old:
        try:
            found = Area.of(area.sheet, old.rpartition("!")[2])
        except ValueError:
            return
        if found.bottom != pages.old_bottom:
            return
        area = dataclasses.replace(found, bottom=area.bottom)
        if area == found:
            return
    sheet.page_setup.print_area = area.absolute.rpartition("!")[2]
