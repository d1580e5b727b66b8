"""One cell of a copy against what it should show, and how a sentence tells the two."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scorecard_xl.circulating.manifest import as_kept
from scorecard_xl.circulating.stated import content_at, disagreement
from scorecard_xl.rules import as_shown
from scorecard_xl.workbook.agreement import agree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard_xl.engines.circulated import ReadCopy
    from scorecard_xl.problems import Problem
    from scorecard_xl.workbook.engine import Area


def differences(
    copy: ReadCopy, cell: Area, expected: Any, *, measure: str = "", why: str
) -> Iterator[Problem]:
    """The problem of a cell, if it shows other than expected."""
    shown = content_at(copy, cell)
    if isinstance(shown, dt.datetime):
        shown = shown.date()
    if not is_as_expected(shown, expected):
        holds, gives = _in_words(shown, expected, measure)
        yield disagreement(cell, f"shows {holds}; {why} {gives}")


def is_as_expected(shown: Any, expected: Any) -> bool:
    """Whether a cell shows what it should: texts as programs keep them, figures to 9 decimals."""
    if isinstance(shown, str) and isinstance(expected, str):
        return as_kept(shown) == as_kept(expected)
    return not isinstance(shown, bool) and agree(shown, expected)


def _in_words(shown: Any, expected: Any, measure: str) -> tuple[str, str]:
    """Two values as a sentence tells them; figures with all digits where they look alike."""
    told = [_told(value, measure) for value in (shown, expected)]
    if told[0] == told[1]:
        told = [_told(value, "") for value in (shown, expected)]
    return told[0], told[1]


def _told(value: Any, measure: str) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return as_shown(float(value), measure) if measure else f"{value:.15g}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return repr(value)
