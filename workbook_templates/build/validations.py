"""What may be typed where: drop-down lists and messages on the input sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from workbook_templates.build.input_sheets import FIRST_ROW
from workbook_templates.build.input_tables import COUNTS, INDICATORS, SETTINGS, InputSheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LAST_ROW = 1999

POLARITIES = ["H", "L", "T"]
MEASURES = ["count", "percentage", "rate", "average", "supplied"]
TOLERANCE_UNITS = ["share", "points"]
DATA_PERIODS = ["R12M", "YTD", "SS", "MS", "Q", "A"]
CHOICES_OF_SETTINGS = {
    "fill": ["formulas", "values"],
    "compare": ["unrounded", "as shown"],
    "frequency": ["month", "quarter"],
    "status": ["draft", "final"],
}

_COUNT_MESSAGE: dict[str, object] = {
    "validate": "any",
    "input_title": "A count",
    "input_message": "Type a whole number.\nWhere there is none: N/A or x (not available), "
    "TBS (to be supplied), c (suppressed), z (not applicable).",
}


def add_validations(sheets: Mapping[str, Worksheet], *, settings: Sequence[str]) -> None:
    """Add every list and message; `settings` are the names in the order of their rows."""
    _add(sheets["Counts"], COUNTS, "Value", _COUNT_MESSAGE)
    _add(sheets["Counts"], COUNTS, "Data period", _choice(DATA_PERIODS, style="warning"))
    for heading, rule in _indicator_rules().items():
        _add(sheets["Indicators"], INDICATORS, heading, rule)
    value = SETTINGS.position("Value")
    for name, choices in CHOICES_OF_SETTINGS.items():
        row = FIRST_ROW + list(settings).index(name)
        sheets["Settings"].data_validation(row, value, row, value, _choice(choices, style="stop"))


def mark_unchanged_counts(sheet: Worksheet, shown: Format) -> None:
    """Show a count in grey italics while it is the same as in the period before."""
    value, previous = (
        xl_rowcol_to_cell(FIRST_ROW, COUNTS.position(heading), col_abs=True)
        for heading in ("Value", "Previous value")
    )
    position = COUNTS.position("Value")
    rule = {
        "type": "formula",
        "criteria": f'=AND({previous}<>"",{value}={previous})',
        "format": shown,
    }
    sheet.conditional_format(FIRST_ROW, position, LAST_ROW, position, rule)


def _indicator_rules() -> dict[str, dict[str, object]]:
    polarity = "H: high is good.\nL: low is good.\nT: close to target is good.\nBlank: not rated."
    unit = (
        "share: of the target. points: in the indicator's own units. "
        "For points of a rate or a count, give the two tolerances a Number format first."
    )
    return {
        "Polarity": _choice(POLARITIES, style="stop") | _message("Polarity", polarity),
        "Data period": _choice(DATA_PERIODS, style="warning"),
        "Measure": _choice(MEASURES, style="stop"),
        "Numerator": _count_code(),
        "Denominator": _count_code(),
        "Tolerance unit": _choice(TOLERANCE_UNITS, style="stop") | _message("Tolerance unit", unit),
    }


def _choice(choices: list[str], *, style: str) -> dict[str, object]:
    listed = ", ".join(choices)
    sentence = f"Choose one of: {listed}."
    if style == "warning":
        sentence = f"The usual ones are {listed}. Keep this one?"
    return {
        "validate": "list",
        "source": choices,
        "error_type": style,
        "error_title": "Not in the list",
        "error_message": sentence,
    }


def _message(title: str, message: str) -> dict[str, object]:
    return {"input_title": title, "input_message": message}


def _count_code() -> dict[str, object]:
    return {
        "validate": "list",
        "source": "=count_codes",
        "error_type": "warning",
        "error_title": "No such count",
        "error_message": "There is no count with this code on the Counts sheet yet. Keep it?",
    }


def _add(sheet: Worksheet, spec: InputSheet, heading: str, rule: dict[str, object]) -> None:
    position = spec.position(heading)
    sheet.data_validation(FIRST_ROW, position, LAST_ROW, position, dict(rule))
