"""What decides which formulas an indicator's row has, and where its codes stand in the tables."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.rules import Measure, Polarity, ToleranceUnit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.workbook.references import TableReference

# Above so many indicators or results of old, each lookup tries the row it found last time first.
LARGEST_PLAIN = 300


class Place(NamedTuple):
    """Where a code stood in its table, counted from 0, and how it is typed there."""

    row: int
    typed: str

    def wanted(self, code: str, written: str) -> str:
        """What a lookup looks for: `written`, unless spaces are typed round the code."""
        return written if self.typed.casefold() == code.casefold() else f'"{self.typed}"'


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tables:
    """The tables that formulas look into, and where each code stood when they were written."""

    counts: TableReference
    indicators: TableReference
    history: TableReference
    places_of_counts: Mapping[str, Place]
    places_of_indicators: Mapping[str, Place]
    places_of_history: Mapping[tuple[Any, str], Place]
    has_keys: bool

    @functools.cached_property
    def are_large(self) -> bool:
        """Whether lookups would be slow without a guard."""
        return max(self.indicators.area.height, self.history.area.height / 13) > LARGEST_PLAIN


@dataclasses.dataclass(frozen=True, kw_only=True)
class Definition:
    """What of an indicator decides which formulas its row has."""

    code: str
    measure: Measure
    polarity: Polarity | None
    numerator: str
    denominator: str | None
    is_year_to_date: bool
    has_floor: bool
    has_green: bool
    has_amber: bool
    is_in_points: bool
    is_restated: Mapping[str, bool]
    reference_dates: Mapping[str, Any]


def definition_of(record: Mapping[str, Any], own: Mapping[str, Any]) -> Definition:
    """Take a definition from a row of results and from the indicator's own row."""
    polarity = record["polarity"]
    unit = str(own.get("tolerance_unit") or "").strip().casefold()
    return Definition(
        code=record["indicator"],
        measure=Measure(record["measure"]),
        polarity=Polarity(polarity) if isinstance(polarity, str) else None,
        numerator=str(record["numerator_code"]),
        denominator=None if _is_missing(record["denominator_code"]) else record["denominator_code"],
        is_year_to_date=str(record["data_period"]).strip().casefold() == "ytd",
        has_floor=not _is_missing(own.get("floor")),
        has_green=not _is_missing(own.get("green_tolerance")),
        has_amber=not _is_missing(own.get("amber_tolerance")),
        is_in_points=unit == ToleranceUnit.POINTS,
        is_restated={name: bool(record[f"{name}_restated"]) for name in ("previous", "outturn")},
        reference_dates={name: record[f"{name}_as_at"] for name in ("previous", "outturn")},
    )


def _is_missing(value: object) -> bool:
    return value is None or value != value or value == ""
