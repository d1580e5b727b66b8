"""What a scorecard showed when it was last refreshed: kept on Checks, beside the list."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.rules import Travel
from scorecard_xl.rules.periods import british_date
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    area = dataclasses.replace(block, right=block.left + _WIDTH - 1)
    remembered = {}
    for line in workbook.read_block(area):
        as_at, code, *rest = [value_of(content) for content in line]
        if isinstance(code, str) and code:
            rag, previous, outturn = map(_text, rest[:3])
            result, numerator, denominator = map(_number, rest[3:])
            remembered[code] = Remembered(
                str(as_at or ""), rag, previous, outturn, result, numerator, denominator
            )
    return remembered


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Memory:
    """What the last refresh left, what this one leaves, and where that is written.

    Without `room` nothing is: the workbook has no place for it, or something
    of an analyst's stands where it would grow.
    """

    last: Mapping[str, Remembered]
    now: Mapping[str, Remembered]
    block: Area | None
    room: Area | None

    def rows(self) -> list[list[Content]]:
        """What this refresh leaves, an indicator a row."""
        return [[each.as_at, code, *each[1:]] for code, each in self.now.items()]

    def write(self, workbook: Workbook) -> dict[str, Area]:
        """Write what this refresh leaves, if it differs; gives the name of where it then stands."""
        if self.block is None or self.room is None:
            return {}
        if self.last == self.now and self.room == self.block:
            return {NAME: self.room}
        rows = self.rows()
        # The columns have a look of their own, so that rows are written and emptied without it.
        height = max(self.room.height, self.block.height)
        rows += [[None] * _WIDTH for _ in range(height - len(rows))]
        workbook.write_block(self.room.sheet, self.room.top, self.room.left, rows)
        return {NAME: self.room}


def read_memory(workbook: Workbook, block: Area | None, scorecard: Scorecard) -> Memory:
    """Read what the last refresh left, and find the cells for what this one leaves."""
    now = remembered_of(scorecard)
    if block is None:
        return Memory(last={}, now=now, block=None, room=None)
    last, room = read_last(workbook, block), _room_for(workbook, block, len(now))
    return Memory(last=last, now=now, block=block, room=room)


def _room_for(workbook: Workbook, block: Area, number: int) -> Area | None:
    """The cells that `number` indicators take; None where they would cover something else."""
    right, bottom = block.left + _WIDTH - 1, block.top + max(number, 1) - 1
    if bottom > block.bottom:
        below = Area(block.sheet, block.bottom + 1, block.left, bottom, right)
        lines = workbook.read_block(below)
        if any(content not in (None, "") for line in lines for content in line):
            return None
    return Area(block.sheet, block.top, block.left, bottom, right)
