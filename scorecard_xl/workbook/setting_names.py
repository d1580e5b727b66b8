"""Settings as defined names, so that formulas read ``setting_rate_base`` and follow the table."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.rules import Polarity
from scorecard_xl.rules.periods import MONTHS
from scorecard_xl.rules.settings import Frequency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.rules import Settings
    from scorecard_xl.workbook.references import Lookup, TableReference

PREFIX = "setting_"
_SHORT_MONTHS = "".join(month[:3] for month in MONTHS)
_LONG_MONTHS = ",".join(f'"{month}"' for month in MONTHS)
_TOLERANCES = tuple(
    f"{colour}_tolerance_{polarity}" for colour in ("green", "amber") for polarity in "HLT"
)
# What a name gives where its setting is blank; the others are derived.
_NOTHING_DERIVED = (
    "as_at", "area", "minimum_denominator", "same_within", "source_note", "status", "version",
    *_TOLERANCES,
)  # fmt: skip
_NUMBERS = ("rate_base", "minimum_denominator", "same_within", *_TOLERANCES)
_DATES = ("as_at", "previous_as_at", "outturn_as_at")


class TypedSetting(NamedTuple):
    """A setting as it stands in its table: its name, its value, its row counted from 0."""

    name: str
    value: object
    row: int


def setting_names(
    settings: Settings,
    table: TableReference,
    typed: Mapping[str, TypedSetting],
    *,
    are_guarded: bool = False,
) -> dict[str, str]:
    """Give the formula of each name; blank settings are derived as the rules derive them.

    Parameters
    ----------
    table
        The Settings table.
    typed
        The settings that the table has.
    are_guarded
        Whether each is looked for in its row first, where thousands of formulas ask for it.
    """
    derived = dict.fromkeys(_NOTHING_DERIVED, '""') | _derived(settings)
    typed = {name.casefold(): setting for name, setting in typed.items()}
    formulas = {}
    for name, otherwise in derived.items():
        setting = typed.get(name.casefold())
        formulas[name] = otherwise
        if setting is not None:
            row = table.row_at(setting.row) if are_guarded else ""
            cell = table.lookup("value", "name", f'"{setting.name}"', row=row)
            formulas[name] = _setting(settings, name, setting.value, cell, otherwise)
    return {PREFIX + name: f"={formula}" for name, formula in formulas.items()}


def _setting(settings: Settings, name: str, value: object, cell: Lookup, otherwise: str) -> str:
    """A setting's cell, or what stands for it: a number that is typed as text is spelt out."""
    if name in _NUMBERS or name in _DATES:
        if isinstance(value, str):
            otherwise = _spelt_out(settings, name)
        return str(cell) if otherwise == '""' else cell.number(otherwise)
    if name == "period_label" and isinstance(value, datetime.date):
        return _month_label(str(cell))
    # What is not a plain text, or has spaces round it, reads as the rules read it.
    is_plain = value is None or (isinstance(value, str) and value == value.strip())
    return f'IF(TRIM({cell})<>"",{cell if is_plain else f"TRIM({cell})"},{otherwise})'


def _spelt_out(settings: Settings, name: str) -> str:
    """The value that the rules read from a text, as a formula has it."""
    if name in _DATES:
        day = getattr(settings, name)
        return f"DATE({day.year},{day.month},{day.day})"
    if name in _TOLERANCES:
        colour, _, polarity = name.rpartition("_")
        return repr(getattr(settings, colour)[Polarity(polarity)])
    return repr(getattr(settings, name))


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
        "is_new_year": f"{began}<>{_year_began(f'{PREFIX}previous_as_at', settings)}",
        "previous_ytd_as_at": _previous_to_date(),
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


def _previous_to_date() -> str:
    """The period a year-to-date result is compared with: a year back where a year has begun."""
    as_at, previous = f"{PREFIX}as_at", f"{PREFIX}previous_as_at"
    # The end of a month goes back to the end of that month: 28 February to 29 February.
    year_back = f"IF(DAY({as_at}+1)=1,EOMONTH({as_at},-12),EDATE({as_at},-12))"
    return f"IF({PREFIX}is_new_year,{year_back},{previous})"


def _month_label(date: str) -> str:
    return f'MID("{_SHORT_MONTHS}",3*MONTH({date})-2,3)&" "&YEAR({date})'


def british_date(date: str) -> str:
    """A formula's date as ``31/01/2013``, whatever the language of the program."""
    return f'RIGHT("0"&DAY({date}),2)&"/"&RIGHT("0"&MONTH({date}),2)&"/"&YEAR({date})'
