"""Turn the CSV files of a case into the cells of the input tables."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_templates.build import look as house
from workbook_templates.build.input_tables import COMMENTARY
from workbook_templates.build.source_files import Value, date, figure, number, read_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

FIGURE_FORMATS = {"count": house.COUNT, "percentage": house.PERCENTAGE}
DATE_SETTINGS = (
    "as_at", "previous_as_at", "outturn_as_at", "tolerances_agreed_on", "signed_off_on",
)  # fmt: skip
SHARE_SETTINGS = ("green_tolerance", "amber_tolerance", "same_within")
NUMBER_SETTINGS = ("rate_base", "minimum_denominator")

_DAY_ZERO = datetime.date(1899, 12, 30)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Cell:
    """A value, with its own number format where the column's will not do."""

    value: Value = None
    number_format: str = ""


def count_rows(rows: Sequence[dict[str, str]]) -> list[list[Cell]]:
    """Return the Counts table's cells."""
    return [
        [
            Cell(value=row["code"]),
            Cell(value=row["count"]),
            Cell(value=row["data_period"]),
            Cell(value=number(row["value"])),
            Cell(),
            Cell(),
            Cell(),
        ]
        for row in rows
    ]


def indicator_rows(rows: Sequence[dict[str, str]]) -> list[list[Cell]]:
    """Return the Indicators table's cells, percentages as fractions of 1."""
    return [_indicator_row(row) for row in rows]


def _indicator_row(row: dict[str, str]) -> list[Cell]:
    measure = row["measure"]
    shown = FIGURE_FORMATS.get(measure, house.RATE)
    words = ("indicator", "section", "name", "polarity", "data_period", "measure")
    return [
        *(Cell(value=row[word]) for word in words),
        Cell(value=row["numerator"]),
        Cell(value=row["denominator"]),
        Cell(value=figure(row["target"], measure=measure), number_format=shown),
        Cell(value=figure(row["floor"], measure=measure), number_format=shown),
        Cell(value=number(row["green_tolerance"])),
        Cell(value=number(row["amber_tolerance"])),
        Cell(value=row["tolerance_unit"]),
    ]


def history_rows(
    rows: Sequence[dict[str, str]], *, indicators: Sequence[dict[str, str]]
) -> list[list[Cell]]:
    """Return the History table's cells, the Key as Excel will calculate it."""
    measures = {row["indicator"]: row["measure"] for row in indicators}
    return [_history_row(row, measure=measures[row["indicator"]]) for row in rows]


def _history_row(row: dict[str, str], *, measure: str) -> list[Cell]:
    shown = FIGURE_FORMATS.get(measure, house.RATE)
    as_at = datetime.date.fromisoformat(row["as_at"])
    indicator = row["indicator"]
    return [
        Cell(value=as_at),
        Cell(value=indicator),
        Cell(value=figure(row["result"], measure=measure), number_format=shown),
        Cell(),
        Cell(),
        Cell(number_format=shown),
        Cell(),
        Cell(number_format=shown + '"r"'),
        Cell(),
        Cell(value=f"{(as_at - _DAY_ZERO).days}|{indicator.lower()}"),
    ]


def commentary_rows() -> list[list[Cell]]:
    """Return the Commentary table's one blank row."""
    return [[Cell() for _ in COMMENTARY.columns]]


def setting_rows(settings: dict[str, str]) -> list[list[Cell]]:
    """Return the Settings table's cells, each setting with what it does."""
    path = Path(__file__).with_name("settings_text.csv")
    what_it_does = {row["name"]: row["what_it_does"] for row in read_rows(path)}
    return [
        [Cell(value=name), _setting_cell(name, text), Cell(value=what_it_does[name])]
        for name, text in settings.items()
    ]


def _setting_cell(name: str, text: str) -> Cell:
    if name in DATE_SETTINGS:
        return Cell(value=date(text), number_format=house.DATE)
    if name.startswith(SHARE_SETTINGS):
        return Cell(value=number(text), number_format=house.SHARE)
    if name in NUMBER_SETTINGS:
        return Cell(value=number(text), number_format=house.COUNT)
    return Cell(value=text, number_format=house.AS_TEXT)
