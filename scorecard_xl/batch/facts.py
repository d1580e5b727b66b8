"""What an area's scorecard is made from: its counts, and its history and targets if it has own."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.workbook.cell_content import Value


class Published(NamedTuple):
    """A result published before, in the units of its indicator."""

    as_at: dt.date
    indicator: str
    result: Value
    numerator: Value = None
    denominator: Value = None
    target: Value = None
    rag: Value = None
    restated: Value = None
    status: Value = None


class Target(NamedTuple):
    """An indicator's target, and the bands around it where the area has its own."""

    indicator: str
    target: Value
    floor: Value = None
    green_tolerance: Value = None
    amber_tolerance: Value = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class AreaFacts:
    """One area at one date.

    `history` and `targets` are None where no table of them was given at all;
    `sources` says of counts that were added up what of, by their codes.
    """

    area: str
    as_at: dt.date
    counts: Mapping[str, Value]
    history: tuple[Published, ...] | None = None
    targets: tuple[Target, ...] | None = None
    sources: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def whose(self) -> str:
        """The area and its date, as sentences name them."""
        return f"{self.area}, {self.as_at:%d/%m/%Y}"

    def fingerprint(self, of_run: str) -> str:
        """What tells these facts, in a run with that fingerprint of its own, from others."""
        fields = [
            self.area,
            self.as_at,
            sorted((code.casefold(), value) for code, value in self.counts.items()),
            None
            if self.history is None
            else [
                [row[0].isoformat() for row in self.history],
                *list(zip(*self.history, strict=True))[1:],
            ],
            self.targets,
            sorted(self.sources.items()),
        ]
        written = json.dumps(fields, default=_written, separators=(",", ":"))
        return hashlib.sha256(f"{of_run}\n{written}".encode()).hexdigest()


def _written(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no fact")


def holds_something(column: Sequence[object]) -> bool:
    """Whether any cell of a row or column is filled."""
    return column.count(None) < len(column)
