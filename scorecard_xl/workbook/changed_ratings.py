"""Which ratings a refresh changes: the letters that stood there against those that will."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.rules import Rag
from scorecard_xl.workbook.engine import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.engine import Content
    from scorecard_xl.workbook.fill import Shown


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
        str(value_of(cells["code"])): cells["rag"]
        for cells in shown.rows
        if cells.get("code") and "rag" in cells and _is_rating(cells["rag"])
    }
    changes = [
        RatingChange(row.code, row.text, _rating(before[row.code]), _rating(row.contents["rag"]))
        for row in rows
        if row.kind.is_indicator and row.code in before
    ]
    return tuple(change for change in changes if change.before != change.after)


def _is_rating(content: Content) -> bool:
    return value_of(content) in (None, "", *Rag)


def _rating(content: Content) -> Rag | None:
    value = value_of(content)
    return Rag(value) if isinstance(value, str) and value else None


def _words(rating: Rag | None) -> str:
    return "not rated" if rating is None else rating.words
