"""Rectangles of cells, cut by one another."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclasses.dataclass(frozen=True)
class Box:
    """A rectangle of cells, counted from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def common(self, other: Box) -> Box | None:
        """Rectangle that both have."""
        both = Box(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )
        return both if both.top <= both.bottom and both.left <= both.right else None

    def holds(self, other: Box) -> bool:
        """Whether another rectangle is within this one."""
        return self.common(other) == other

    def without(self, hole: Box) -> list[Box]:
        """What remains around a rectangle within this one."""
        around = [
            Box(self.top, self.left, hole.top - 1, self.right),
            Box(hole.bottom + 1, self.left, self.bottom, self.right),
            Box(hole.top, self.left, hole.bottom, hole.left - 1),
            Box(hole.top, hole.right + 1, hole.bottom, self.right),
        ]
        return [box for box in around if box.top <= box.bottom and box.left <= box.right]

    def cut_by(self, other: Box) -> list[tuple[Box, bool]]:
        """Part this rectangle into what another covers, True, and the rest, False."""
        both = self.common(other)
        if both is None:
            return [(self, False)]
        return [(both, True), *((rest, False) for rest in self.without(both))]

    def joined_with(self, other: Box) -> Box | None:
        """Rectangle that both make together, where they adjoin and make one."""
        both = Box(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )
        is_one = self.common(other) is None and both.size == self.size + other.size
        return both if is_one else None

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def joined(boxes: Sequence[Box]) -> list[Box]:
    """Make rectangles that adjoin one another into as few as come of it, two by two."""
    whole: list[Box] = []
    for box in boxes:
        while found := next((each for each in whole if each.joined_with(box)), None):
            whole.remove(found)
            box = found.joined_with(box) or box
        whole.append(box)
    return whole


def box_of(address: Any) -> Box:
    """Turn LibreOffice's range address into a rectangle."""
    return Box(address.StartRow, address.StartColumn, address.EndRow, address.EndColumn)
