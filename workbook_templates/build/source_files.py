"""Read the CSV files of a case, and turn what people write into what a sheet holds."""

from __future__ import annotations

import csv
import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Value = str | float | datetime.date | None


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return a CSV file's rows as written, by column name."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float | None:
    """Return ``"1234"`` or ``"10%"`` as a number, a percentage as a fraction of 1."""
    if not text:
        return None
    if text.endswith("%"):
        return float(Decimal(text[:-1]) / 100)
    return float(Decimal(text))


def figure(text: str, *, measure: str) -> float | None:
    """Return a target or result of an indicator, in the units of its `measure`."""
    if measure == "percentage" and text and not text.endswith("%"):
        text += "%"
    return number(text)


def date(text: str) -> datetime.date | None:
    """Return an ISO date, or None where there is none."""
    return datetime.date.fromisoformat(text) if text else None
