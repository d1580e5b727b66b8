"""Dates as people write them in labels and file names, moved on to another date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard_xl.rules.periods import MONTHS, british_date, reporting_year, year_label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules.periods import YearStart

_GAPS = (" ", "_", "-", ".", "")
_ALONE_BEFORE, _ALONE_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"


def moved(text: str, renderings: Mapping[str, str]) -> str | None:
    """The text with every date that it names moved on; None where it names none.

    `renderings` pairs how the old date may be written with the new date written alike.
    """
    known = {before.casefold(): after for before, after in renderings.items()}
    written = "|".join(re.escape(each) for each in sorted(known, key=len, reverse=True))
    pattern = re.compile(f"{_ALONE_BEFORE}(?:{written}){_ALONE_AFTER}", re.IGNORECASE)
    found, count = pattern.subn(lambda match: _in_case_of(match[0], known), text)
    return found if count else None


def _in_case_of(before: str, known: Mapping[str, str]) -> str:
    after = known[before.casefold()]
    if before.isupper():
        return after.upper()
    return after.lower() if before.islower() else after


def month_renderings(old: dt.date, new: dt.date) -> dict[str, str]:
    """How a day and its month are written: ``31/01/2013``, ``January 2013``, ``2013_01``."""
    return _paired(_months(old), _months(new))


def _months(day: dt.date) -> list[str]:
    month, short = _month(day), _month(day)[:3]
    year, two, number = f"{day:%Y}", f"{day:%y}", f"{day:%m}"
    written = [day.isoformat(), british_date(day), f"{number}/{year}"]
    for gap in _GAPS:
        written += [
            gap.join((year, number, f"{day:%d}")),
            gap.join((f"{day:%d}", number, year)),
            gap.join((str(day.day), month, year)),
            *(gap.join((name, digits)) for name in (month, short) for digits in (year, two)),
            *(gap.join((year, name)) for name in (month, short, number)),
            gap.join((number, year)),
        ]
    return written


def month_names(old: dt.date, new: dt.date) -> dict[str, str]:
    """How a month is written where its year goes without saying: ``January``, ``Jan``."""
    return _paired(*([_month(day), _month(day)[:3]] for day in (old, new)))


def quarter_renderings(old: dt.date, new: dt.date, start: YearStart) -> dict[str, str]:
    """How a quarter of the reporting year is written: ``Q3``, ``Quarter 3``."""
    numbers = [(day.month - start.month) % 12 // 3 + 1 for day in (old, new)]
    return _paired(*([f"Q{number}", f"Quarter {number}"] for number in numbers))


def year_renderings(old: dt.date, new: dt.date, start: YearStart) -> dict[str, str]:
    """How the reporting year is written: ``12/13``, ``2012/13``, ``2012-2013``."""
    return _paired(_years(old, start), _years(new, start))


def _years(day: dt.date, start: YearStart) -> list[str]:
    written = [year_label(day, start)]
    if (start.month, start.day) != (1, 1):
        began = reporting_year(day, start)
        ended = f"{(began + 1) % 100:02}"
        for gap in ("/", "-", "_"):
            written += [
                f"{began}{gap}{began + 1}",
                f"{began}{gap}{ended}",
                f"{began % 100:02}{gap}{ended}",
            ]
    return written


def _paired(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """Each way to write the old date with the new one; where two are alike, the first holds."""
    pairs: dict[str, str] = {}
    for before, after in zip(old, new, strict=True):
        pairs.setdefault(before, after)
    return pairs


def _month(day: dt.date) -> str:
    return MONTHS[day.month - 1]
