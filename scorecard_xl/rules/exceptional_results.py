"""What a committee asks about: Reds, changed letters, and what is said of them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from scorecard_xl.rules.commentary import Comment
from scorecard_xl.rules.rag import Rag

if TYPE_CHECKING:
    import datetime as dt

    from scorecard_xl.rules.last_period import LastPeriod

_OF_RESULTS = ("indicator", "section", "name", "measure", "result", "state", "target", "rag")


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExceptionalResult:
    """An indicator that is Red, or whose letter is another one than the period before.

    `rag_before` is the letter that History holds of the period before, None
    where it holds none.
    """

    area: str
    as_at: dt.date
    indicator: str
    section: str
    name: str
    measure: str
    result: float | None
    state: str | None
    target: float | None
    rag: Rag | None
    rag_before: Rag | None
    comment: Comment

    @property
    def has_changed(self) -> bool:
        """Whether the letter was another one."""
        return self.rag_before is not None and self.rag_before != self.rag

    def to_record(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        record = dataclasses.asdict(self)
        record["as_at"] = self.as_at.isoformat()
        comment = record.pop("comment")
        return {**record, **{name: text or None for name, text in comment.items()}}


def exceptional_results(last: LastPeriod) -> tuple[ExceptionalResult, ...]:
    """The exceptions of each scorecard, in the order of its indicators."""
    found = []
    rag = last.results.words("rag")
    for row, before in enumerate(last.letters()):
        has_changed = before is not None and rag[row] != before
        if rag[row] == Rag.RED or has_changed:
            found.append(_at(last, row, before))
    return tuple(found)


def _at(last: LastPeriod, row: int, before: Rag | None) -> ExceptionalResult:
    own = last.settings[last.scorecards.scorecard[row]]
    plain = {name: _plain(last.results[name][row]) for name in _OF_RESULTS}
    comment = last.inputs.commentary.of(plain["indicator"], own.as_at)
    letter = plain.pop("rag")
    return ExceptionalResult(
        area=own.area,
        as_at=own.as_at,
        **{**plain, "section": plain["section"] or ""},
        rag=None if letter is None else Rag(letter),
        rag_before=before,
        comment=comment or Comment(),
    )


def _plain(value: Any) -> Any:
    """A word as a plain string, a number as a float; None where missing."""
    if isinstance(value, str):
        return str.__str__(value)
    return None if value != value else float(value)
