"""What decides which formulas an indicator's row has, and where its codes stand in the tables."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.rules import Measure, Polarity
    from scorecard_xl.workbook.references import TableReference

# Above so many indicators or results of old, each lookup tries the row it found last time first.
LARGEST_PLAIN = 300


class Place(NamedTuple):
    """Where a code stood in its table, counted from 0, and how it is typed, if with spaces."""

    row: int
    typed: str = ""

    def wanted(self, written: str) -> str:
        """What a lookup looks for: `written`, unless spaces are typed round the code."""
        return f'"{self.typed}"' if self.typed else written


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tables:
    """The tables that formulas look into, and where each code stood when they were written."""

    counts: TableReference
    indicators: TableReference
    history: TableReference
    commentary: TableReference | None
    places_of_counts: Mapping[str, Place]
    places_of_indicators: Mapping[str, Place]
    places_of_history: Mapping[tuple[object, str], Place]
    has_keys: bool

    @functools.cached_property
    def are_large(self) -> bool:
        """Whether lookups would be slow without a guard."""
        return max(self.indicators.area.height, self.history.area.height / 13) > LARGEST_PLAIN

    def looked_up(
        self, table: TableReference, place: Place | None, written: str
    ) -> tuple[str, str]:
        """What a lookup looks for, and the row of the sheet it tries first, if any."""
        if place is None:
            return written, ""
        return place.wanted(written), table.row_at(place.row) if self.are_large else ""


class Definition(NamedTuple):
    """What of an indicator decides which formulas its row has."""

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
