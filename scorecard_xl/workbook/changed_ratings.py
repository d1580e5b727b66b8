"""Which ratings a refresh changes: the letters that stood there against those that will."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.rules import Rag
from scorecard_xl.workbook.engine import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.fill import Shown

_LETTERS = {rating.value for rating in Rag}


class RatingChange(NamedTuple):
    """An indicator whose letter is another one now; None is not rated."""

    code: str
    name: str
    before: Rag | None
    after: Rag | None

    def __str__(self) -> str:
        return f"{self.name}, {_words(self.before)} to {_words(self.after)}"


def changed_ratings(shown: Shown, rows: Sequence[BodyRow]) -> tuple[RatingChange, ...]:
    """Compare the letters shown with those of `rows`, by code; new indicators have not changed.

    What stood there and is no letter, such as the value of a formula that nobody
    has calculated, is left out.
    """
    before = {
        value_of(cells.get("code")): value_of(cells["rag"]) or None
        for cells in shown.rows
        if "rag" in cells
    }
    changes = []
    for row in rows:
        if row.kind.is_indicator and row.code in before:
            old, new = before[row.code], value_of(row.contents["rag"]) or None
            if old != new and (old is None or old in _LETTERS):
                changes.append(RatingChange(row.code, row.text, _rating(old), _rating(new)))
    return tuple(changes)


def _rating(letter: object) -> Rag | None:
    return None if letter is None else Rag(str(letter))


def _words(rating: Rag | None) -> str:
    return "not rated" if rating is None else rating.words
