"""How much of a sheet fits a page of A4 across, and where its pages begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The house's columns, 12 of them and 175 characters wide, fill a page at this scale.
HOUSE_SCALE = 76
_BETWEEN_COLUMNS = 0.71
_WIDTH_AT_HOUSE_SCALE = 175 + 12 * _BETWEEN_COLUMNS
_SMALLEST_SCALE = 10
# What margins of 15 mm leave of 210 mm, but for what programs differ in rounding heights.
_PAGE_POINTS = 180 / 25.4 * 72 * 0.98
_STEPS = 20


def scale_of(widths: Sequence[float]) -> int:
    """At how many per cent a page is as wide as columns; no larger than the house prints."""
    width = sum(widths) + len(widths) * _BETWEEN_COLUMNS
    return max(_SMALLEST_SCALE, min(HOUSE_SCALE, int(HOUSE_SCALE * _WIDTH_AT_HOUSE_SCALE / width)))


def fits_page(heights: Sequence[float], *, scale: int) -> bool:
    """Whether rows fit one page."""
    return sum(heights) <= _PAGE_POINTS * 100 / scale


def page_starts(
    heights: Sequence[float], *, scale: int, above: float = 0.0, repeated: float = 0.0
) -> list[int]:
    """Say which rows, counted from 0, start another page; pages are filled as evenly as can be.

    Parameters
    ----------
    above
        How high the rows are that stand above the first one on its page.
    repeated
        How high the rows are that every further page begins with.
    """
    room = _PAGE_POINTS * 100 / scale
    fewest = len(_starts(heights, room, above, repeated))
    enough, too_little = room, 0.0
    for _ in range(_STEPS):
        tried = (enough + too_little) / 2
        if len(_starts(heights, tried, above, repeated)) == fewest:
            enough = tried
        else:
            too_little = tried
    return _starts(heights, enough, above, repeated)


def _starts(heights: Sequence[float], room: float, above: float, repeated: float) -> list[int]:
    """Where pages start that are filled row by row, up to some room."""
    starts: list[int] = []
    used, is_begun = above, False
    for number, height in enumerate(heights):
        if is_begun and used + height > room:
            starts.append(number)
            used = repeated
        used += height
        is_begun = True
    return starts
