"""What a scorecard showed when it was last refreshed: kept on Checks, beside the list."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.rules import Travel
from scorecard_xl.rules.periods import british_date
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.changed_rows import write_changed
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Scorecard
    from scorecard_xl.rules.one_scorecard import OneScorecard
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook

NAME = "checks_last"
_OF_RESULTS = (
    "indicator", "rag", "dot_previous", "dot_outturn", "result", "numerator", "denominator",
)  # fmt: skip
_WIDTH = len(_OF_RESULTS) + 1
_ARROWS = {travel.value: travel.arrow for travel in Travel}


class Remembered(NamedTuple):
    """An indicator as a refresh left it; `as_at` is its date in words, arrows are arrows."""

    as_at: str
    rag: str | None
    dot_previous: str | None
    dot_outturn: str | None
    result: float | None
    numerator: float | None
    denominator: float | None


def remembered_of(scorecard: OneScorecard) -> dict[str, Remembered]:
    """A scorecard as it is to be remembered, by code."""
    # Not the date alone, which programs would take for one.
    as_at = f"as at {british_date(scorecard.settings.as_at)}"
    return {
        code: Remembered(as_at, rag, _ARROWS.get(previous), _ARROWS.get(outturn), *figures)
        for code, rag, previous, outturn, *figures in zip(
            *scorecard.columns(_OF_RESULTS), strict=True
        )
    }


def read_last(workbook: Workbook, block: Area) -> dict[str, Remembered]:
    """Read what was remembered, by code; a workbook that was never refreshed remembers nothing."""
    return _last_in(_read(workbook, block))


def _read(workbook: Workbook, block: Area) -> list[list[Content]]:
    return workbook.read_block(dataclasses.replace(block, right=block.left + _WIDTH - 1))


def _last_in(lines: Sequence[Sequence[Content]]) -> dict[str, Remembered]:
    as_at, codes, *rest = (list(map(value_of, column)) for column in zip(*lines, strict=True))
    days = [str(day or "") for day in as_at]
    columns = (days, *map(_texts, rest[:3]), *map(_numbers, rest[3:]))
    return {
        code: Remembered._make(figures)
        for code, figures in zip(codes, zip(*columns, strict=True), strict=True)
        if isinstance(code, str) and code
    }


def _texts(values: Sequence[Any]) -> list[str | None]:
    return [value if isinstance(value, str) and value else None for value in values]


def _numbers(values: Sequence[Any]) -> list[float | None]:
    return [
        value if isinstance(value, int | float) and not isinstance(value, bool) else None
        for value in values
    ]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Memory:
    """What the last refresh left, what this one leaves, and where that is written.

    `standing` is what stands in the `block`. Without `room` nothing is written: the workbook has
    no place for it, or something of an analyst's stands where it would grow.
    """

    standing: Sequence[list[Content]]
    last: Mapping[str, Remembered]
    now: Mapping[str, Remembered]
    block: Area | None
    room: Area | None

    def rows(self) -> list[list[Content]]:
        """What this refresh leaves, an indicator a row."""
        return [[each.as_at, code, *each[1:]] for code, each in self.now.items()]

    def write(self, workbook: Workbook) -> dict[str, Area]:
        """Write what this refresh leaves, where it differs; gives the name of where it stands."""
        if self.block is None or self.room is None:
            return {}
        rows = self.rows()
        # The columns have a look of their own, so that rows are written and emptied without it.
        height = max(self.room.height, self.block.height)
        rows += [[None] * _WIDTH for _ in range(height - len(rows))]
        write_changed(workbook, self.room, rows, self.standing)
        return {NAME: self.room}


def read_memory(workbook: Workbook, block: Area | None, scorecard: Scorecard) -> Memory:
    """Read what the last refresh left, and find the cells for what this one leaves."""
    now = remembered_of(scorecard)
    if block is None:
        return Memory(standing=(), last={}, now=now, block=None, room=None)
    lines, room = _read(workbook, block), _room_for(workbook, block, len(now))
    return Memory(standing=lines, last=_last_in(lines), now=now, block=block, room=room)


def _room_for(workbook: Workbook, block: Area, number: int) -> Area | None:
    """The cells that `number` indicators take; None where they would cover something else."""
    right, bottom = block.left + _WIDTH - 1, block.top + max(number, 1) - 1
    if bottom > block.bottom:
        below = Area(block.sheet, block.bottom + 1, block.left, bottom, right)
        lines = workbook.read_block(below)
        if any(content not in (None, "") for line in lines for content in line):
            return None
    return Area(block.sheet, block.top, block.left, bottom, right)
