"""What travels with a copy as properties: by which rules it was made, when, and its hashes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.circulated import kept_text
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import column_letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.engines.circulated import Page

MADE_BY, RULES, TEMPLATE, MADE_AT = "Made by", "Rules version", "Template version", "Circulated at"
_HASH_OF = "SHA-256 of "


def version_of_rules() -> str:
    """The version of the package, whose rules these are."""
    from importlib.metadata import version

    return version("scorecard_xl")


def manifest_of(
    pages: Sequence[Page], *, template_version: str, made_at: dt.datetime
) -> dict[str, str]:
    """The manifest of a copy's sheets: nothing that is not on them but versions and the time."""
    return {
        MADE_BY: "scorecard_xl",
        RULES: version_of_rules(),
        TEMPLATE: template_version,
        MADE_AT: f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        **{_HASH_OF + page.name: hash_of_cells(cells_of(page)) for page in pages},
    }


def cells_of(page: Page) -> dict[tuple[int, int], Any]:
    """The cells of a sheet that hold something, by row and column."""
    return {
        (number, column): cell.value
        for number, row in enumerate(page.rows, 1)
        for column, cell in row.cells.items()
        if cell.value not in (None, "")
    }


def hash_of_cells(cells: Mapping[tuple[int, int], Any]) -> str:
    """The hash of what cells hold: numbers by their 15 digits, dates as days, texts as they are."""
    said = [
        [f"{column_letters(column)}{row}", *_said(value)]
        for (row, column), value in sorted(cells.items())
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def _said(value: Any) -> tuple[str, str]:
    if isinstance(value, Formula):
        return "formula", value.text
    if isinstance(value, bool):
        return "truth", str(value)
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return "date", value.isoformat()
    if isinstance(value, dt.date):
        return "date", f"{value:%Y-%m-%d}"
    if isinstance(value, int | float):
        # Programs differ in the digits beyond the fifteenth.
        return "number", f"{float(value):.15g}"
    return "text", as_kept(str(value))


def as_kept(text: str) -> str:
    """A text as every program keeps it: cut where a cell ends, lines ended in one way."""
    return kept_text(text).replace("\r\n", "\n").replace("\r", "\n")


def stated_hashes(custom: Mapping[str, str]) -> dict[str, str]:
    """The hash that a manifest states of each sheet, by the sheet's name."""
    return {
        name.removeprefix(_HASH_OF): text
        for name, text in custom.items()
        if name.startswith(_HASH_OF)
    }
