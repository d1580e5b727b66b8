"""History's Key column: what formulas look results up by, the date and the code in one text."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

from scorecard_xl.workbook.cell_content import ErrorValue, Formula
from scorecard_xl.workbook.inputs import HISTORY

if TYPE_CHECKING:
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.inputs import Inputs, Located

# As a file stores [@[As at]]&"|"&LOWER([@Indicator]).
HISTORY_KEY = '=History[[#This Row],[As at]]&"|"&LOWER(History[[#This Row],[Indicator]])'
# A key's formula that no program has calculated yet; the next one will.
_TO_BE_CALCULATED = ErrorValue("")


def key_of(as_at: object, code: object, day_0: datetime.date) -> str:
    """What a key shows: the date's serial number, counted from `day_0`, and the code."""
    days = "" if as_at is None else as_at
    if isinstance(as_at, datetime.date):
        day = as_at.date() if isinstance(as_at, datetime.datetime) else as_at
        days = (day - day_0).days
    elif isinstance(as_at, float) and as_at.is_integer():
        days = int(as_at)
    return f"{days}|{str(code or '').lower()}"


def has_true_keys(workbook: Workbook, inputs: Inputs) -> bool:
    """Whether History's Key column holds, in every row, the date's serial number and the code.

    A formula that a paused program has not calculated yet counts, where it is the template's
    or that of a row whose key is true.
    """
    history, located = inputs.columns(HISTORY), inputs.tables[HISTORY.name]
    if "key" not in located.headings:
        return False
    days: dict[str, object] = {}
    to_be_calculated, last_true = [], None
    rows = zip(history["as_at"], history["indicator"], history["key"], strict=True)
    for row, (as_at, code, key) in enumerate(rows):
        if (as_at is None and code is None) or key == _TO_BE_CALCULATED:
            continue
        if key is None or key == 0:
            to_be_calculated.append(row)
            continue
        serial, bar, rest = str(key).partition("|")
        if not bar or not serial.isdigit() or rest.casefold() != str(code).casefold():
            return False
        if serial not in days:
            days[serial] = workbook.date_of(float(serial)).date()
        if days[serial] != as_at:
            return False
        last_true = row
    if not to_be_calculated:
        return True
    contents = _key_contents(workbook, located)
    known = {HISTORY_KEY, *(() if last_true is None else _text_of(contents[last_true]))}
    return all(known.intersection(_text_of(contents[row])) for row in to_be_calculated)


def _key_contents(workbook: Workbook, located: Located) -> list[Content]:
    left = located.columns["key"]
    column = dataclasses.replace(located.area, left=left, right=left)
    return [row[0] for row in workbook.read_block(column)]


def _text_of(content: Content) -> tuple[str, ...]:
    return (content.text,) if isinstance(content, Formula) else ()
