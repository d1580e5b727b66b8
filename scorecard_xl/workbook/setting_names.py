"""Settings as defined names, so that formulas read ``setting_rate_base`` and follow the table."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from scorecard_xl.rules.periods import MONTHS
from scorecard_xl.rules.settings import Frequency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.rules import Settings
    from scorecard_xl.workbook.references import TableReference

PREFIX = "setting_"
_SHORT_MONTHS = "".join(month[:3] for month in MONTHS)
_LONG_MONTHS = ",".join(f'"{month}"' for month in MONTHS)
_AS_TYPED = (
    "as_at", "area", "minimum_denominator", "same_within", "source_note", "status", "version",
    *(f"{colour}_tolerance_{polarity}" for colour in ("green", "amber") for polarity in "HLT"),
)  # fmt: skip


def setting_names(
    settings: Settings, table: TableReference, typed: Mapping[str, tuple[str, object]]
) -> dict[str, str]:
    """Give the formula of each name; blank settings are derived as the rules derive them.

    Parameters
    ----------
    table
        The Settings table.
    typed
        By setting, its name as it stands in the table, and its value.
    """
    raw = {
        name: f'INDEX({table.column("value")},MATCH("{written}",{table.column("name")},0))'
        for name, (written, _) in typed.items()
    }
    formulas = {name: raw.get(name.casefold(), '""') for name in _AS_TYPED}
    for name, derived in _derived(settings).items():
        if name not in raw:
            formulas[name] = derived
        elif name == "period_label" and isinstance(typed[name][1], datetime.date):
            formulas[name] = _month_label(raw[name])
        else:
            is_typed = f"ISNUMBER({raw[name]})" if name in _NUMBERS else f'{raw[name]}<>""'
            formulas[name] = f"IF({is_typed},{raw[name]},{derived})"
    return {PREFIX + name: f"={formula}" for name, formula in formulas.items()}


_NUMBERS = ("rate_base", "previous_as_at", "outturn_as_at")


def _derived(settings: Settings) -> dict[str, str]:
    """What stands for a setting that is left blank."""
    as_at, outturn = f"{PREFIX}as_at", f"{PREFIX}outturn_as_at"
    start = settings.year_start
    began = _year_began(as_at, settings)
    year = f'RIGHT({began},2)&"/"&RIGHT({began}+1,2)'
    is_calendar_year = (start.month, start.day) == (1, 1)
    months_back = "1"
    if settings.frequency is Frequency.QUARTER:
        months_back = f"MOD(MONTH({as_at})-{start.month},3)+1"
    return {
        "rate_base": "10000",
        "title": f'"Scorecard - "&{PREFIX}area',
        "previous_as_at": f"EOMONTH({as_at},-({months_back}))",
        "outturn_as_at": f"DATE({began},{start.month},{start.day})-1",
        "previous_ytd_as_at": _previous_to_date(settings),
        "period_label": _month_label(as_at),
        "outturn_label": f'CHOOSE(MONTH({outturn}),{_LONG_MONTHS})&" "&RIGHT(YEAR({outturn}),2)',
        "target_label": f'{began}&""' if is_calendar_year else year,
        "previous_words": f'"last {settings.frequency}"',
        "current_words": f'"this {settings.frequency}"',
    }


def _year_began(date: str, settings: Settings) -> str:
    """The calendar year in which a date's reporting year began."""
    start = settings.year_start
    return f"(YEAR({date})-({date}<DATE(YEAR({date}),{start.month},{start.day})))"


def _previous_to_date(settings: Settings) -> str:
    """The period a year-to-date result is compared with: a year back where a year has begun."""
    as_at, previous = f"{PREFIX}as_at", f"{PREFIX}previous_as_at"
    # The end of a month goes back to the end of that month: 28 February to 29 February.
    year_back = f"IF(DAY({as_at}+1)=1,EOMONTH({as_at},-12),EDATE({as_at},-12))"
    same_year = f"{_year_began(as_at, settings)}={_year_began(previous, settings)}"
    return f"IF({same_year},{previous},{year_back})"


def _month_label(date: str) -> str:
    return f'MID("{_SHORT_MONTHS}",3*MONTH({date})-2,3)&" "&YEAR({date})'


def british_date(date: str) -> str:
    """A formula's date as ``31/01/2013``, whatever the language of the program."""
    return f'RIGHT("0"&DAY({date}),2)&"/"&RIGHT("0"&MONTH({date}),2)&"/"&YEAR({date})'
