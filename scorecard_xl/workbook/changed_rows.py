"""Lists of which only what differs is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Area, Workbook


def changed_stretch(rows: Sequence[list[Content]], standing: Sequence[list[Content]]) -> range:
    """From the first to the last of the rows that differ from those that stand there.

    There may be more of either. A truth differs from the number that equals it.
    """
    changed = [
        i
        for i, row in enumerate(rows)
        if i >= len(standing) or row != standing[i] or bool in map(type, standing[i])
    ]
    return range(changed[0], changed[-1] + 1) if changed else range(0)


def write_changed(
    workbook: Workbook,
    first: Area,
    rows: Sequence[list[Content]],
    standing: Sequence[list[Content]],
) -> None:
    """Write rows from the cell `first` on, but for those before and behind all that differ."""
    changed = changed_stretch(rows, standing)
    if changed:
        written = rows[changed.start : changed.stop]
        workbook.write_block(first.sheet, first.top + changed.start, first.left, written)
