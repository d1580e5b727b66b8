"""How many lines a text takes in a cell, for rows whose height nobody else sets."""

from __future__ import annotations

import functools
import itertools

# Advance widths of Arial's printable ASCII characters, from the space on, in thousandths.
_WIDTHS = dict(zip(map(chr, range(32, 127)), (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722,
    722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,
    500, 334, 260, 334, 584,
), strict=True))  # fmt: skip
_WIDEST = 1000
_PIXELS_A_CHARACTER = 7
_CELL_PADDING = 10
# Programs differ by a few hundredths, either way, in how wide they draw the same text.
_MARGIN = 1.0


@functools.lru_cache(maxsize=4096)
def text_width(text: str, *, points: float) -> float:
    """Tell how wide Arial sets a text, in pixels at 96 to the inch."""
    thousandths = sum(map(_WIDTHS.get, text, itertools.repeat(_WIDEST)))
    return thousandths / 1000 * points * 96 / 72


def lines_of(text: str, *, column_width: float, points: float, indent: int = 0) -> int:
    """Tell on how many lines a text wraps in a column of that many characters, one at least."""
    room = column_width * _PIXELS_A_CHARACTER - _CELL_PADDING - indent * 9
    if "\n" not in text and text_width(text, points=points) * _MARGIN <= room:
        return 1
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            width = text_width(word, points=points) * _MARGIN
            space = text_width(" ", points=points) * _MARGIN if used else 0.0
            if used and used + space + width > room:
                lines += 1
                used = width
            else:
                used += space + width
            if used > room:
                lines += int(used // room)
                used %= room
    return max(lines, 1)
