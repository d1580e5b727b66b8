"""What moved since a scorecard was last refreshed: letters, arrows, results, and their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.rules import Rag, Travel
from scorecard_xl.workbook.agreement import agree
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.last_refreshed import remembered_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.fill import Shown
    from scorecard_xl.workbook.last_refreshed import Remembered

_LETTERS = {rating.value for rating in Rag}
_TRAVELS = {travel.arrow: travel.value for travel in Travel}
_REFERENCES = {"previous": "the previous result", "outturn": "the outturn"}
_DESCRIBED = ("indicator", "name", "numerator_code", "denominator_code")


class CountChange(NamedTuple):
    """A count that is another one now; None is no number."""

    code: str
    before: float | None
    after: float | None

    def __str__(self) -> str:
        return f"{self.code} {_figure(self.before)} to {_figure(self.after)}"


class RatingChange(NamedTuple):
    """An indicator whose letter is another one now; None is not rated."""

    code: str
    name: str
    before: Rag | None
    after: Rag | None
    counts: tuple[CountChange, ...] = ()

    def __str__(self) -> str:
        counts = f" ({', '.join(map(str, self.counts))})" if self.counts else ""
        return f"{self.name}, {_words(self.before)} to {_words(self.after)}{counts}"


class Move(NamedTuple):
    """An indicator that is not as it was last refreshed, and which of its counts are not."""

    code: str
    name: str
    before: Remembered
    after: Remembered
    counts: tuple[CountChange, ...]

    @property
    def is_rated_anew(self) -> bool:
        """Whether its letter is another one."""
        return self.before.rag != self.after.rag

    @property
    def arrows(self) -> tuple[str, ...]:
        """Which of its arrows, ``previous`` and ``outturn``, point elsewhere."""
        before, after = self.before, self.after
        return tuple(
            name
            for name, old, new in (
                ("previous", before.dot_previous, after.dot_previous),
                ("outturn", before.dot_outturn, after.dot_outturn),
            )
            if old != new
        )

    def to_record(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {
            "indicator": self.code,
            "name": self.name,
            "before": _record(self.before),
            "after": _record(self.after),
            "counts": [change._asdict() for change in self.counts],
        }


def moves_since(
    last: Mapping[str, Remembered],
    scorecard: Scorecard,
    now: Mapping[str, Remembered] | None = None,
) -> tuple[Move, ...]:
    """What is not as it was remembered, in the order of the indicators.

    New indicators have not moved. In another period every figure is another
    one: then only those whose letter is another one are told, without counts.
    `now` is what the scorecard leaves, where that is known already.
    """
    now = remembered_of(scorecard) if now is None else now
    moves = []
    for code, name, *counts in zip(*scorecard.columns(_DESCRIBED), strict=True):
        before, after = last.get(code), now[code]
        if before is None or before == after:
            continue
        is_same_period = before.as_at == after.as_at
        if before.rag != after.rag or (is_same_period and not _is_same(before, after)):
            changes = _changes(before, after, counts) if is_same_period else ()
            moves.append(Move(code, name, before, after, tuple(changes)))
    return tuple(moves)


def ratings_of(moves: Sequence[Move]) -> tuple[RatingChange, ...]:
    """The letters among what moved."""
    return tuple(
        RatingChange(
            move.code, move.name, _rating(move.before.rag), _rating(move.after.rag), move.counts
        )
        for move in moves
        if move.is_rated_anew
    )


def changed_ratings(shown: Shown, rows: Sequence[BodyRow]) -> tuple[RatingChange, ...]:
    """Compare the letters shown with those of `rows`, by code; new indicators have not changed.

    It is for workbooks that remember nothing. What stood there and is no letter,
    such as the value of a formula that nobody has calculated, is left out.
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


def sentences_of(moves: Sequence[Move]) -> Iterator[str]:
    """Say what moved: each letter, each arrow, then the rest and the counts behind it."""
    for change in ratings_of(moves):
        yield f"Rating changed: {change}"
    for move in moves:
        for name in move.arrows:
            old, new = (_way(getattr(each, f"dot_{name}")) for each in (move.before, move.after))
            yield f"Arrow changed: {move.name}, since {_REFERENCES[name]} {old} to {new}"
    others = [move for move in moves if not move.is_rated_anew and not move.arrows]
    if others:
        counts = dict.fromkeys(change for move in others for change in move.counts)
        behind = f": {', '.join(map(str, counts))}" if counts else ""
        noun = "result" if len(others) == 1 else "results"
        yield f"{len(others)} {noun} moved without another letter or arrow{behind}"


def _is_same(before: Remembered, after: Remembered) -> bool:
    return all(agree(old, new) for old, new in zip(before, after, strict=True))


def _changes(
    before: Remembered, after: Remembered, codes: Sequence[str | None]
) -> Iterator[CountChange]:
    values = ((before.numerator, after.numerator), (before.denominator, after.denominator))
    for code, (old, new) in zip(codes, values, strict=True):
        if code is not None and not agree(old, new):
            yield CountChange(code, old, new)


def _record(remembered: Remembered) -> dict[str, Any]:
    record = remembered._asdict()
    del record["as_at"]
    for name in ("dot_previous", "dot_outturn"):
        record[name] = _TRAVELS.get(record[name])
    return record


def _figure(value: float | None) -> str:
    return "nothing" if value is None else f"{value:,.15g}"


def _way(arrow: str | None) -> str:
    return _TRAVELS.get(arrow or "", "no arrow")


def _rating(letter: object) -> Rag | None:
    return Rag(str(letter)) if letter in _LETTERS else None


def _words(rating: Rag | None) -> str:
    return "not rated" if rating is None else rating.words
