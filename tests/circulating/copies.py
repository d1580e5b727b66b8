"""Circulated copies to try things on, and edits of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from scorecard_xl import open_workbook
from scorecard_xl.circulating import circulate
from scorecard_xl.rules import as_shown

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from scorecard_xl.circulating import Circulated
    from scorecard_xl.engines.circulated import ReadCopy

MADE_AT = dt.datetime(2013, 2, 8, 9, 30, tzinfo=dt.UTC)
_SIGNS = ("R", "A", "G", "↑", "↓", "→", "Red", "Amber", "Green", "Better", "Worse", "Same")


def copy_made(path: Path, reason: str = "") -> Circulated:
    """The copy of a workbook, always made at the same time."""
    with open_workbook(path) as workbook:
        return circulate(workbook, reason=reason, made_at=MADE_AT)


def copy_in(path: Path, folder: Path, reason: str = "") -> Path:
    """The copy of a workbook as a file."""
    copy = folder / "circulated.xlsx"
    copy.write_bytes(copy_made(path, reason).content)
    return copy


def without_counts(path: Path) -> None:
    """Take the columns of numerators and denominators off a Scorecard."""
    with open_workbook(path) as workbook:
        workbook.set_names({"column_numerator": "=0", "column_denominator": "=0"})
        path.write_bytes(workbook.to_bytes())


@dataclasses.dataclass(frozen=True)
class Edit:
    """Another content for one cell."""

    sheet: str
    row: int
    column: int
    content: Any

    def done_to(self, copy: ReadCopy) -> ReadCopy:
        """The copy with the cell edited."""
        cells = {name: dict(own) for name, own in copy.cells.items()}
        cells[self.sheet][self.row, self.column] = self.content
        return dataclasses.replace(copy, cells=cells)


def random_edit(copy: ReadCopy, chance: random.Random) -> Edit:
    """An edit of any cell that changes what it shows."""
    sheet = chance.choice(list(copy.cells))
    row, column = chance.choice(list(copy.cells[sheet]))
    return Edit(sheet, row, column, other_than(copy.cells[sheet][row, column], chance))


def other_than(content: Any, chance: random.Random) -> Any:
    """Something else that a cell could show in its place."""
    if isinstance(content, dt.date):
        return content + dt.timedelta(days=chance.choice([-1, 1, 31, 365]))
    if isinstance(content, int | float):
        return _other_number(float(content), chance)
    if content in _SIGNS:
        return chance.choice([sign for sign in _SIGNS if sign != content])
    digits = [place for place, letter in enumerate(content) if letter.isdigit()]
    place = chance.choice(digits or range(len(content)))
    letter = content[place]
    return (
        content[:place]
        + chance.choice([x for x in "0123456789" if x != letter])
        + content[place + 1 :]
    )


def _other_number(number: float, chance: random.Random) -> float:
    """Another number that is shown otherwise, most often a little off."""
    while True:
        scale = chance.choice([0.001, 0.01, 0.1, 1.0])
        other = number + chance.choice([-1, 1]) * scale * max(abs(number), 0.1)
        if number.is_integer() and abs(number) > 1:
            other = float(round(other))
        measures = ("percentage", "rate") if abs(number) < 2 else ("rate",)
        if all(as_shown(other, each) != as_shown(number, each) for each in measures):
            return other
