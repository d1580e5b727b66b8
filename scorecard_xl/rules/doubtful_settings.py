"""Settings that contradict each other without stopping a scorecard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rules.periods import MONTHS, british_date, year_label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from scorecard_xl.rules.settings import Settings

_MONTH_PLACES = {name: i for i, month in enumerate(MONTHS, 1) for name in (month, month[:3])}
_MONTH = re.compile(rf"\b({'|'.join(_MONTH_PLACES)})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d(?![\d/-])")
_REPORTING_YEAR = re.compile(r"\d\d/\d\d")
# Which date each label should go with.
_LABELS = {
    "period_label": "as_at",
    "current_words": "as_at",
    "previous_words": "previous_as_at",
    "outturn_label": "outturn_as_at",
}


def doubtful_settings(settings: Settings, rows: Mapping[str, int]) -> Iterator[Problem]:
    """Labels that name another month or year than their date, and tolerances above 100%.

    `rows` holds the row of each setting in its table.
    """

    def told(code: str, name: str, finding: str, remedy: str) -> Problem:
        position = TablePosition(table="Settings", row=rows.get(name), column="value")
        return Problem(
            code=code, severity=Severity.WARNING, finding=finding, remedy=remedy, position=position
        )

    for name, date in _LABELS.items():
        label, day = getattr(settings, name), getattr(settings, date)
        if _names_another_date(label, day):
            yield told(
                "label_disagrees", name, f"{name} is {label!r}, and {date} is {british_date(day)}",
                "correct one of them, or clear the label to have it made from the date",
            )  # fmt: skip
    label, year = settings.target_label, year_label(settings.as_at, settings.year_start)
    if _REPORTING_YEAR.fullmatch(label) and label != year:
        yield told(
            "label_disagrees", "target_label",
            f"target_label is {label!r}, and {british_date(settings.as_at)} lies in {year}",
            "correct it, with the targets on Indicators, or clear it",
        )  # fmt: skip
    for colour in ("green", "amber"):
        for polarity, tolerance in getattr(settings, f"{colour}_tolerance").items():
            if tolerance is not None and tolerance > 1:
                yield told(
                    "tolerance_above_1", f"{colour}_tolerance_{polarity}",
                    f"{colour}_tolerance_{polarity} is {tolerance:g}, which is"
                    f" {tolerance * 100:,.10g}% of the target",
                    f"type {tolerance:g}%",
                )  # fmt: skip


def _names_another_date(label: str, day: dt.date) -> bool:
    """Whether a label names a month or a year, and not that of the day."""
    months = {_MONTH_PLACES[each.capitalize()] for each in _MONTH.findall(label)}
    years = {int(each) for each in _YEAR.findall(label)}
    return bool((months and day.month not in months) or (years and day.year not in years))
