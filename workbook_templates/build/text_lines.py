"""How many lines a text takes in a cell, since nothing measures it before Excel does."""

from __future__ import annotations

from xlsxwriter.utility import xl_pixel_width

_PIXELS_PER_CHARACTER = 7
_PADDING = 10
_ARIAL_TO_CALIBRI = 0.97


def lines_of(text: str, *, width: float) -> int:
    """Return the lines `text` takes in a column `width` characters wide.

    Words are measured in Calibri 11, the one font XlsxWriter knows; Arial 10 takes
    94 to 99% of that.
    """
    room = (width * _PIXELS_PER_CHARACTER - _PADDING) / _ARIAL_TO_CALIBRI
    lines, used = 1, 0.0
    space = xl_pixel_width(" ")
    for word in text.split():
        length = xl_pixel_width(word)
        if used and used + space + length > room:
            lines, used = lines + 1, length
        else:
            used += length + (space if used else 0)
    return lines
