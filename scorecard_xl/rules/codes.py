"""Codes as people write them: what one counts, over which months, and which one was meant."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# A longer text cannot stand in a formula of Excel, nor be looked up.
LONGEST_CODE = 255
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
YEAR_TO_DATE, ROLLING = "ytd", "r12m"
# Looking for the code that was meant takes long among thousands.
MOST_SUGGESTIONS = 5


def is_code(text: str) -> bool:
    """Whether a text may be a code."""
    return len(text) <= LONGEST_CODE and _CODE.fullmatch(text) is not None


def event_of(code: str) -> str:
    """What a code counts, without the ending that says over which months."""
    period = period_of(code)
    return code[: -len(period) - 1] if period else code


def period_of(code: str) -> str:
    """The ending that says over which months a code counts, in lower case; blank without one."""
    for period in (YEAR_TO_DATE, ROLLING):
        if code.lower().endswith(f"_{period}"):
            return period
    return ""


def likely_meant(code: str, known: Iterable[str], *, likeness: float = 0.75) -> str | None:
    """The known code that one may be mistyped for; None where there is none.

    Never one over other months: that is another count. Codes are in lower case; `likeness`
    is 1 for the same code, 0 for nothing in common.
    """
    others = [each for each in known if not _counts_other_months(code, each)]
    close = difflib.get_close_matches(code, others, n=1, cutoff=likeness)
    return close[0] if close else None


def _counts_other_months(code: str, other: str) -> bool:
    """Whether a code counts over other months than one that it may be mistyped for."""
    periods = {period_of(code), period_of(other)}
    return len(periods) > 1 and ("" not in periods or event_of(code) == event_of(other))
