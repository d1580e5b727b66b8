"""Frames to the rows of the input tables, for a workbook that is being made."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pandas as pd

from scorecard_xl.rules import Measure, ToleranceUnit
from scorecard_xl.rules.entries import number_of
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.history_keys import HISTORY_KEY
from scorecard_xl.workbook.input_problems import heading_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Table, Workbook

_DAY_0 = datetime.date(1899, 12, 30)
_SHOWN = {Measure.PERCENTAGE: "0.0%", Measure.COUNT: "#,##0"}
_ONE_DECIMAL = "#,##0.0"
_NUMBER_SETTINGS = (
    "green_tolerance", "amber_tolerance", "same_within", "rate_base", "minimum_denominator",
)  # fmt: skip


def write_inputs(
    workbook: Workbook,
    *,
    indicators: pd.DataFrame,
    counts: pd.DataFrame,
    history: pd.DataFrame,
    commentary: pd.DataFrame,
    settings: pd.DataFrame,
) -> None:
    """Fill the input tables of a workbook; settings not given keep the template's value."""
    measures = {
        str(code).strip().casefold(): str(measure).strip().casefold()
        for code, measure in zip(indicators["indicator"], indicators["measure"], strict=True)
    }
    for name, frame in (("Counts", counts), ("Commentary", commentary)):
        _write(workbook, name, frame, lambda _key, _record: None)
    _write(workbook, "Indicators", indicators, _indicator_format)

    def history_format(key: str, record: Mapping[str, object]) -> str | None:
        measure = measures.get(str(record["indicator"]).strip().casefold(), "")
        if key == "restated":
            return figure_format(measure) + '"r"'
        return figure_format(measure) if key in ("result", "target") else None

    _write(workbook, "History", history, history_format)
    _write_settings(workbook, settings)


def figure_format(measure: str) -> str:
    """How a figure of a measure is shown."""
    return _SHOWN.get(Measure(measure), _ONE_DECIMAL) if measure in list(Measure) else _ONE_DECIMAL


def _indicator_format(key: str, record: Mapping[str, object]) -> str | None:
    """How an indicator's own figures are shown: in the units of its measure."""
    measure = str(record.get("measure") or "").strip().casefold()
    if key in ("target", "floor"):
        return figure_format(measure)
    in_points = str(record.get("tolerance_unit") or "").strip().casefold() == ToleranceUnit.POINTS
    if key in ("green_tolerance", "amber_tolerance") and in_points:
        return figure_format(measure)
    return None


def _write(
    workbook: Workbook,
    name: str,
    frame: pd.DataFrame,
    format_of: Callable[[str, Mapping[str, object]], str | None],
) -> None:
    """Write a frame's known columns under a table's headings; others stay blank."""
    table = workbook.read_table(name)
    if table is None:
        return
    keys = [heading_key(heading) for heading in table.headings]
    records: list[dict[str, object]] = [
        {str(key): value for key, value in record.items()} for record in frame.to_dict("records")
    ]
    rows = [[_content(key, record) for key in keys] for record in records]
    formats = [[format_of(key, record) for key in keys] for record in records]
    workbook.write_table(name, rows, formats if records else None)


def _content(key: str, record: Mapping[str, object]) -> Content:
    if key == "key" and "as_at" in record:
        return Formula(HISTORY_KEY, history_key(record["as_at"], record["indicator"]))
    value = record.get(key)
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, str | datetime.date):
        return value
    return float(value)  # type: ignore[arg-type]


def history_key(as_at: object, indicator: object) -> str:
    """What History's Key column shows: the date's serial number and the code in small letters."""
    date = pd.Timestamp(as_at).date()  # type: ignore[arg-type]
    return f"{(date - _DAY_0).days}|{str(indicator).lower()}"


def _write_settings(workbook: Workbook, settings: pd.DataFrame) -> None:
    """Put each setting's value beside its name; unknown names are added below."""
    table = workbook.read_table("Settings")
    if table is None:
        return
    keys = [heading_key(heading) for heading in table.headings]
    name_at, value_at = keys.index("name"), keys.index("value")
    given = {
        heading_key(str(name)): _setting_value(heading_key(str(name)), value)
        for name, value in zip(settings["name"], settings["value"], strict=True)
    }
    rows: list[list[Content]] = [list(row) for row in table.rows]
    known = [heading_key(str(row[name_at] or "")) for row in rows]
    for name, value in given.items():
        content = _content("value", {"value": value})
        if name in known:
            rows[known.index(name)][value_at] = content
        else:
            rows.append(
                [
                    name if i == name_at else content if i == value_at else None
                    for i in range(len(keys))
                ]
            )
    _write_values(workbook, table, rows, value_at)


def _setting_value(key: str, value: object) -> object:
    """A setting's value as a sheet holds it: numbers as numbers, ``10%`` as 0.1."""
    if not isinstance(value, str) or not key.startswith(_NUMBER_SETTINGS):
        return value
    number = number_of(value)
    return value if number is None else number


def _write_values(
    workbook: Workbook, table: Table, rows: Sequence[Sequence[Content]], value_at: int
) -> None:
    """Write the values in place as one block; new rows make the table grow."""
    if len(rows) > len(table.rows):
        workbook.write_table(table.name, rows)
        return
    left = table.area.left + value_at
    workbook.write_block(table.area.sheet, table.area.top, left, [[row[value_at]] for row in rows])
