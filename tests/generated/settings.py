"""Settings made up for a scorecard: dates at a year's turn, labels given and left blank."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.generated.odd_texts import ODD_TEXTS, written_otherwise

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

AS_AT = (
    dt.date(2013, 1, 31), dt.date(2013, 4, 30), dt.date(2012, 4, 15), dt.date(2012, 2, 29),
    dt.date(2013, 2, 28), dt.date(2012, 2, 28), dt.date(2013, 3, 31), dt.date(2013, 6, 30),
    dt.date(2012, 12, 31), dt.date(2009, 1, 1), dt.date(2013, 9, 1), dt.date(2000, 2, 29),
)  # fmt: skip
YEAR_STARTS = (None, None, "04-01", "01-01", "09-01", "04-06", "7-1", "02-28", "12-31")
_TOLERANCES = (None, 0, Fraction(5, 100), Fraction(1, 10), Fraction(15, 100), Fraction(1, 8))
_LABELS = ("title", "target_label", "outturn_label", "previous_words", "current_words")
_NOTES = ("source_note", "status", "version")


@dataclasses.dataclass(frozen=True, kw_only=True)
class MadeSettings:
    """The table of settings, and of it what indicators and history are made to meet."""

    table: Mapping[str, Any]
    rate_base: int
    same_within: Fraction
    green: Mapping[str, Fraction]
    amber: Mapping[str, Fraction]

    def reference_dates(self, chance: random.Random) -> list[dt.date]:
        """Dates that results are compared with by one rule or another, and one that is none."""
        as_at = self.table["as_at"]
        months = [_end_of_month(as_at, back) for back in (1, 3, 12)]
        same_day = as_at.replace(year=as_at.year - 1, day=min(as_at.day, 28))
        given = [self.table[name] for name in ("previous_as_at", "outturn_as_at")]
        ends = [_end_of_month(as_at, back) for back in range(1, 13)]
        year_ends = [day for day in ends if day.month in (3, 12, 8, 6)]
        # The day before the sixth of April is a year's end too.
        odd_ends = [dt.date(year, 4, 5) for year in (as_at.year - 1, as_at.year)]
        odd_ends += [dt.date(as_at.year - 1, 2, 27), dt.date(as_at.year, 2, 27)]
        odd_ends += [dt.date(as_at.year - 1, 12, 30)]
        dates = {*months, same_day, *year_ends, *odd_ends, *(day for day in given if day)}
        kept = sorted(dates)
        return kept if chance.random() < 0.7 else chance.sample(kept, len(kept) // 2)


def made_settings(chance: random.Random) -> MadeSettings:
    """Settings by chance, without errors."""
    as_at = chance.choice(AS_AT)
    green = {polarity: chance.choice(_TOLERANCES) for polarity in "HLT"}
    amber = {
        polarity: chance.choice(
            [each for each in _TOLERANCES if each is None or each >= (least or 0)]
        )
        for polarity, least in green.items()
    }
    table: dict[str, Any] = {
        "area": chance.choice(("Kent", "Kent", *ODD_TEXTS)),
        "as_at": as_at,
        "previous_as_at": _one_of(chance, _end_of_month(as_at, 12), as_at - dt.timedelta(days=1)),
        "outturn_as_at": _one_of(chance, _end_of_month(as_at, 12)),
        "period_label": _one_of(chance, "Winter 2013", " Winter term "),
        "rate_base": _one_of(chance, 1000, "10,000", 100_000, 100),
        "frequency": _one_of(chance, "month", "quarter", "Quarter "),
        "year_start": chance.choice(YEAR_STARTS),
        "compare": _one_of(chance, "unrounded", "as shown", "As_Shown"),
        "same_within": _one_of(chance, 0, 0.01, "5%"),
        "minimum_denominator": _one_of(chance, 0, 6, 1000),
    }
    table |= {name: _one_of(chance, *ODD_TEXTS, " spaced ") for name in (*_LABELS, *_NOTES)}
    for colour, tolerances in (("green", green), ("amber", amber)):
        for polarity, tolerance in tolerances.items():
            table[f"{colour}_tolerance_{polarity}"] = _typed(chance, tolerance)
    names = {name: written_otherwise(chance, name) for name in table}
    if chance.random() < 0.8:
        names = {name: name for name in table}
    return MadeSettings(
        table=_Named({names[name]: value for name, value in table.items()}, table),
        rate_base=int(str(table["rate_base"] or 10_000).replace(",", "")),
        same_within=Fraction(str(table["same_within"] or 0).replace("5%", "0.05")),
        green={name: Fraction(each) for name, each in green.items() if each is not None},
        amber={name: Fraction(each) for name, each in amber.items() if each is not None},
    )


class _Named(dict[str, Any]):
    """A table by the names as typed, which also answers to the plain ones."""

    def __init__(self, typed: Mapping[str, Any], plain: Mapping[str, Any]) -> None:
        super().__init__(typed)
        self._plain = plain

    def __missing__(self, name: str) -> Any:
        return self._plain[name]


def _one_of(chance: random.Random, *choices: Any) -> Any:
    """One of the choices, or nothing as often as not."""
    return chance.choice(choices) if chance.random() < 0.5 else None


def _typed(chance: random.Random, tolerance: Fraction | None) -> Any:
    """A tolerance as a sheet holds it, at times as a person would write it."""
    if tolerance is None:
        return None
    return float(tolerance) if chance.random() < 0.7 else f"{float(tolerance * 100):g}%"


def _end_of_month(day: dt.date, back: int) -> dt.date:
    """The last day of the month that many months before."""
    years, index = divmod(day.month - 1 - back, 12)
    year = day.year + years
    return dt.date(year, index + 1, calendar.monthrange(year, index + 1)[1])
