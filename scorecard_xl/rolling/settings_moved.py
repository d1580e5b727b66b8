"""The settings of the next period: dates moved on, and labels that name them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rolling.dates_in_words import (
    month_names,
    month_renderings,
    moved,
    quarter_renderings,
    year_renderings,
)
from scorecard_xl.rolling.periods import year_end_between
from scorecard_xl.rules.settings_table import rows_of_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Settings
    from scorecard_xl.workbook.cell_content import Value

Renderings = dict[str, str]


@dataclasses.dataclass(frozen=True)
class MovedSettings:
    """What each setting that moves on becomes, None for blank, and what to look at."""

    values: Mapping[str, Value]
    warnings: tuple[Problem, ...]


def moved_settings(
    settings: Settings, table: Mapping[str, Sequence[Any]], to: dt.date
) -> MovedSettings:
    """Move the settings on to the period that ends on the day `to`.

    `table` holds the columns of the Settings table. What is blank there is derived
    from the dates and stays blank; what is typed is moved, where it names a date.
    """
    rows = rows_of_settings(table)
    values = {name: table["value"][row] for name, row in rows.items()}
    typed = {name: value for name, value in values.items() if value is not None}
    later, closed = settings.at(area=settings.area, as_at=to), settings.as_at
    new: dict[str, Value] = {"as_at": to}
    if "previous_as_at" in typed or later.previous_as_at != closed:
        new["previous_as_at"] = closed
    outturn = settings.outturn_as_at
    if year_end_between(settings, to) is not None:
        outturn = later.outturn_as_at
        if "outturn_as_at" in typed:
            new["outturn_as_at"] = outturn
    if str(typed.get("status", "")).strip().casefold() == "final":
        new["status"] = "draft"
    # Nobody has signed the next period off.
    new |= {name: None for name in ("signed_off_by", "signed_off_on") if name in typed}
    labels, warnings = _labels(settings, typed, rows, to=to, outturn=outturn)
    new |= labels
    return MovedSettings(new, (*warnings, *_stale_source(settings, typed, rows, to)))


def _labels(
    settings: Settings,
    typed: Mapping[str, Any],
    rows: Mapping[str, int],
    *,
    to: dt.date,
    outturn: dt.date,
) -> tuple[dict[str, Value], list[Problem]]:
    """The typed labels moved on; those that must move and name no date are cleared."""
    start, closed = settings.year_start, settings.as_at
    years = year_renderings(closed, to, start)
    quarters = quarter_renderings(closed, to, start)
    months = month_renderings(closed, to)
    of_period = years | quarters | month_names(closed, to) | months
    before, old = settings.previous_as_at, settings.outturn_as_at
    has_new_year = outturn != old
    of_outturn = year_renderings(old, outturn, start) | month_names(old, outturn)
    of_previous = quarter_renderings(before, closed, start) | month_names(before, closed)
    known: dict[str, tuple[Renderings, bool]] = {
        "period_label": (of_period, True),
        "target_label": (years, has_new_year),
        "outturn_label": (of_outturn | month_renderings(old, outturn), has_new_year),
        "title": (years | quarters | months, False),
        "current_words": (of_period, False),
        "previous_words": (of_previous | month_renderings(before, closed), False),
    }
    labels: dict[str, Value] = {}
    warnings: list[Problem] = []
    for name, (renderings, must_move) in known.items():
        label = typed.get(name)
        if isinstance(label, dt.date):
            labels[name] = to
        elif isinstance(label, str):
            after = moved(label, renderings)
            if after is not None and after != label:
                labels[name] = after
            elif after is None and must_move:
                labels[name] = None
                warnings.append(_cleared(name, label, rows[name]))
    return labels, warnings


def _cleared(name: str, label: str, row: int) -> Problem:
    return _warning(
        "label_cleared", row,
        f"{name} was {label!r}, which names no date that could be moved on, and is blank now",
        "leave it blank to have it made from the date, or retype it",
    )  # fmt: skip


def _stale_source(
    settings: Settings, typed: Mapping[str, Any], rows: Mapping[str, int], to: dt.date
) -> list[Problem]:
    note = typed.get("source_note")
    if not isinstance(note, str) or moved(note, month_renderings(settings.as_at, to)) is None:
        return []
    finding = f"source_note still says {note!r}"
    return [_warning("source_note_dated", rows["source_note"], finding, "see whether it holds")]


def _warning(code: str, row: int, finding: str, remedy: str) -> Problem:
    return Problem(
        code=code,
        severity=Severity.WARNING,
        finding=finding,
        remedy=remedy,
        position=TablePosition(table="Settings", row=row, column="value"),
    )
