"""The settings: whose scorecard, as at when, compared with what, rated by which tolerances."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Self

from scorecard_xl.exceptions import InvalidInputsError
from scorecard_xl.rules.periods import (
    YearStart,
    month_end_before,
    month_label,
    outturn_label,
    quarter_end_before,
    year_end_before,
    year_label,
)
from scorecard_xl.rules.settings_table import (
    SETTING_NAMES,
    Compare,
    Fill,
    Frequency,
    values_of_settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.indicators import Polarity
    from scorecard_xl.rules.tables import InputTable

__all__ = ["SETTING_NAMES", "Compare", "Fill", "Frequency", "Settings", "read_settings"]

DERIVED_DATE = dt.date.min
FIRST_OF_APRIL = YearStart(month=4, day=1)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one scorecard.

    Labels left empty, and dates left out, are derived from `as_at`,
    `frequency` and `year_start`. Tolerances are shares of the target by
    polarity; one that is absent or None has not been agreed.
    """

    area: str
    as_at: dt.date
    title: str = ""
    period_label: str = ""
    target_label: str = ""
    previous_as_at: dt.date = DERIVED_DATE
    outturn_as_at: dt.date = DERIVED_DATE
    outturn_label: str = ""
    rate_base: float = 10_000.0
    green_tolerance: Mapping[Polarity, float | None] = dataclasses.field(default_factory=dict)
    amber_tolerance: Mapping[Polarity, float | None] = dataclasses.field(default_factory=dict)
    previous_words: str = ""
    current_words: str = ""
    frequency: Frequency = Frequency.MONTH
    year_start: YearStart = FIRST_OF_APRIL
    fill: Fill = Fill.FORMULAS
    compare: Compare = Compare.UNROUNDED
    same_within: float = 0.0
    minimum_denominator: float | None = None
    tolerances_agreed_by: str = ""
    tolerances_agreed_on: dt.date | None = None
    source_note: str = ""
    status: str = ""
    version: str = ""
    marking: str = ""
    language: str = ""
    signed_off_by: str = ""
    signed_off_on: dt.date | None = None
    contact: str = ""

    def __post_init__(self) -> None:
        if self.previous_as_at == DERIVED_DATE:
            self._derive("previous_as_at", self.period_before())
        if self.outturn_as_at == DERIVED_DATE:
            self._derive("outturn_as_at", year_end_before(self.as_at, self.year_start))
        labels = {
            "title": f"Scorecard - {self.area}",
            "period_label": month_label(self.as_at),
            "target_label": year_label(self.as_at, self.year_start),
            "outturn_label": outturn_label(self.outturn_as_at),
            "previous_words": f"last {self.frequency}",
            "current_words": f"this {self.frequency}",
        }
        for name, label in labels.items():
            if not getattr(self, name):
                self._derive(name, label)

    @classmethod
    def from_frame(cls, frame: InputTable) -> Self:
        """The settings of a table of ``name`` and ``value``.

        Raises
        ------
        InvalidInputsError
            With every error of the table, and the warnings.
        """
        values, problems = values_of_settings(frame)
        if values is None:
            raise InvalidInputsError(problems)
        return cls(**values)

    def at(self, *, area: str, as_at: dt.date) -> Self:
        """The same settings for another area or date; what depends on them is derived anew."""
        own = self
        if area != self.area:
            own = dataclasses.replace(own, area=area, title="")
        if as_at != self.as_at:
            own = dataclasses.replace(
                own,
                as_at=as_at,
                period_label="",
                target_label="",
                outturn_label="",
                previous_as_at=DERIVED_DATE,
                outturn_as_at=DERIVED_DATE,
            )
        return own

    def period_before(self) -> dt.date:
        """The last day of the month or quarter before."""
        if self.frequency is Frequency.QUARTER:
            return quarter_end_before(self.as_at, self.year_start)
        return month_end_before(self.as_at)

    def _derive(self, name: str, value: str | dt.date) -> None:
        object.__setattr__(self, name, value)


def read_settings(frame: InputTable) -> tuple[Settings | None, list[Problem]]:
    """Read the table of settings, ``name`` and ``value``, with every problem found in it.

    Names match without case, and with spaces for ``_``. Values come typed, or
    written as in CSV: ``"10%"``, ``"2013-01-31"``. Returns None for the
    settings where an error stops them.
    """
    values, problems = values_of_settings(frame)
    return (None if values is None else Settings(**values)), problems
