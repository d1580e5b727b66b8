"""Workbooks rolled forward in place, and what their tables hold then."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scorecard_xl import open_workbook
from scorecard_xl.rolling import roll_forward
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.input_problems import heading_key
from tests.scorecards import table_in

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.rolling import Rolled


def rolled(path: Path, **options: Any) -> Rolled:
    """Roll a file forward in its place."""
    with open_workbook(path) as workbook:
        outcome = roll_forward(workbook, **options)
        path.write_bytes(workbook.to_bytes())
    return outcome


def records(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, values by key; dates without a time."""
    table = table_in(path, name)
    keys = [heading_key(heading) for heading in table.headings]
    return [
        {key: _plain(value_of(content)) for key, content in zip(keys, row, strict=True)}
        for row in table.rows
    ]


def history_at(path: Path, as_at: dt.date) -> dict[str, dict[str, Any]]:
    """History's rows of a day, by code."""
    rows = records(path, "History")
    return {row["indicator"]: row for row in rows if row["as_at"] == as_at}


def settings_of(path: Path) -> dict[str, Any]:
    """The settings as typed, by name."""
    return {row["name"]: row["value"] for row in records(path, "Settings")}


def count_of(path: Path, code: str) -> dict[str, Any]:
    """A count's row."""
    return next(row for row in records(path, "Counts") if row["code"] == code)


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value
