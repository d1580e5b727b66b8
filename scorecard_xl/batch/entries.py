"""What the cells of long tables say: dates, numbers, and figures in the units of an indicator."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.pasted_counts import pasted_value
from scorecard_xl.rules.counts import STATES_AS_TYPED
from scorecard_xl.rules.entries import date_of, is_blank, text_of, written_number

if TYPE_CHECKING:
    from scorecard_xl.workbook.cell_content import Value

_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LONGEST_PLAIN = 15
_LONGEST_AREA = 200
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Excel has no dates before, and a scorecard looks back at the year before; nor after these years.
_YEARS = range(1902, 9999)


def count_of(cell: Any) -> Value:
    """A count as entering it by itself would have it: a number where a text spells one."""
    if cell.__class__ is str and cell.isascii() and cell.isdigit() and len(cell) <= _LONGEST_PLAIN:
        return float(cell)
    if isinstance(cell, str):
        return _without_sign_of_zero(pasted_value(cell))
    if is_blank(cell):
        return None
    if isinstance(cell, bool):
        return cell
    number = _number(cell)
    return text_of(cell) or str(cell) if number is None else number


def day_of(cell: Any) -> dt.date | None:
    """A date that Excel has; text is ISO or as written in Britain, 31/01/2013."""
    day = _written_day(cell)
    return day if day is not None and day.year in _YEARS else None


def _written_day(cell: Any) -> dt.date | None:
    if isinstance(cell, str):
        match = _BRITISH.fullmatch(cell.strip())
        if match:
            day, month, year = map(int, match.groups())
            try:
                return dt.date(year, month, day)
            except ValueError:
                return None
    return date_of(cell)


def figure_of(cell: Any, *, in_hundredths: bool) -> Value:
    """A figure in an indicator's units: 69.5 in text is 0.695 where `in_hundredths`.

    Text that spells no number, such as a state, stays.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return _written_figure(cell, in_hundredths)
    if is_blank(cell):
        return None
    number = _number(cell)
    return text_of(cell) if number is None else number


@functools.lru_cache(maxsize=65_536)
def _written_figure(cell: str, in_hundredths: bool) -> Value:
    text = cell.strip()
    if not text or text.lower() in STATES_AS_TYPED:
        return text or None
    number = written_number(f"{text}%" if in_hundredths and not text.endswith("%") else text)
    return text if number is None else _without_sign_of_zero(number)


def label_of(cell: Any) -> str:
    """A text without the spaces around it; nothing where blank."""
    if cell.__class__ is str:
        return cell.strip()
    return "" if cell is None else text_of(cell) or ""


def flaw_of_area(name: str) -> str | None:
    """Why a name cannot be an area's, with a remedy; None where it can."""
    if len(name) > _LONGEST_AREA:
        return f"the area's name has {len(name):,} letters; give it at most {_LONGEST_AREA}."
    if _UNPRINTABLE.search(name):
        return f"the area {name!r} has a line break, a tab or the like in its name; take it out."
    return None


def _number(cell: Any) -> float | None:
    """A number as a float, None for what is none or endless."""
    if isinstance(cell, str | bool) or not hasattr(cell, "__float__"):
        return None
    number = float(cell)
    return number + 0.0 if math.isfinite(number) else None


def _without_sign_of_zero(value: Value) -> Value:
    """A number as it is, but 0 for -0, which equals it and would be written otherwise."""
    return value + 0.0 if isinstance(value, float) else value
