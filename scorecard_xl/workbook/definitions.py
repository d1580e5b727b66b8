"""What decides which formulas an indicator's row has, and where its codes stand in the tables."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Measure, Polarity
    from scorecard_xl.workbook.references import TableReference

# Above so many indicators or results of old, each lookup tries the row it found last time first.
LARGEST_PLAIN = 300


class Places(NamedTuple):
    """Where the codes of a table stood, counted from 0, and how some are typed: with spaces."""

    rows: Mapping[object, int]
    typed: Mapping[object, str]


def places_of(codes: Sequence[object], days: Sequence[object] | None = None) -> Places:
    """Where codes stand, by the folded code, with `days` by day and code; of two alike the last.

    What is no text is no code, and without its day none counts.
    """
    places: dict[object, tuple[int, str]] = {}
    for row, code in enumerate(codes):
        if isinstance(code, str):
            folded = code.strip().casefold()
            if days is None:
                places[folded] = row, code
            elif days[row] is not None:
                places[days[row], folded] = row, code
    return Places(
        rows={key: row for key, (row, _) in places.items()},
        typed={key: code for key, (_, code) in places.items() if code != code.strip()},
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tables:
    """The tables that formulas look into, and where each code stood when they were written."""

    counts: TableReference
    indicators: TableReference
    history: TableReference
    commentary: TableReference | None
    places_of_counts: Places
    places_of_indicators: Places
    places_of_history: Places
    has_keys: bool

    @functools.cached_property
    def are_large(self) -> bool:
        """Whether lookups would be slow without a guard."""
        return max(self.indicators.area.height, self.history.area.height / 13) > LARGEST_PLAIN

    def looked_up(
        self, table: TableReference, places: Places, keys: Sequence[object], written: Sequence[str]
    ) -> tuple[Sequence[str], Sequence[str]]:
        """What lookups look for, and the rows of the sheet they try first, blank where none.

        That is what is `written`, unless spaces are typed round the code.
        """
        found = map(places.rows.get, keys)
        if not self.are_large:
            rows = [""] * len(keys)
        else:
            rows = ["" if place is None else table.row_at(place) for place in found]
        if places.typed:
            pairs = zip(keys, written, strict=True)
            written = [
                f'"{places.typed[key]}"' if key in places.typed else text for key, text in pairs
            ]
        return written, rows


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Definition:
    """What of an indicator decides which formulas its row has: one for all that have the same."""

    measure: Measure
    polarity: Polarity | None
    is_year_to_date: bool
    has_floor: bool
    has_green: bool
    has_amber: bool
    is_in_points: bool
    previous_is_restated: bool
    outturn_is_restated: bool


class RowCells(NamedTuple):
    """What differs between the formulas of two rows with one definition, as formulas write it.

    First the Scorecard's row and the code; then what each lookup looks for, and
    the row of the sheet where it stood, empty where that is not tried first.
    """

    row: str
    code: str
    numerator: str
    numerator_row: str
    denominator: str
    denominator_row: str
    own: str
    own_row: str
    previous: str
    previous_row: str
    outturn: str
    outturn_row: str
