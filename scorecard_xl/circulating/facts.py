"""What a copy states beside its indicators: settings, sources, bands' authors, lineage."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.circulating import house_look as house
from scorecard_xl.circulating.accessible_columns import NotStatedError
from scorecard_xl.circulating.basis import Basis
from scorecard_xl.circulating.scorecard_layout import REASON, first_day
from scorecard_xl.rules import Compare, Settings, YearStart
from scorecard_xl.rules.periods import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

PROVISIONAL = "Provisional"
ALL_RATED = "None: all are rated"
NOT_AGREED = "Not stated: the workbook does not say that anybody agreed them"
_COMPARISONS = {Compare.UNROUNDED: "Before rounding", Compare.AS_SHOWN: "As they are shown"}


class Fact(NamedTuple):
    """A row of the table of facts: which setting, under which label, in which format."""

    setting: str
    label: str
    number_format: str = "General"


# Settings that are told as they are; blank ones have no row.
FACTS = (
    Fact("title", "Title"),
    Fact("area", "Area"),
    Fact("period_label", "Period"),
    Fact("as_at", "Data as at", house.DATE),
    Fact("extracted", "Data extracted on", house.DATE),
    Fact("source_note", "Source"),
    Fact("status", "Status"),
    Fact("version", "Version"),
    Fact("marking", "Protective marking"),
    Fact("signed_off_by", "Signed off by"),
    Fact("signed_off_on", "Signed off on", house.DATE),
    Fact("contact", "Contact"),
    Fact("reason", REASON),
    Fact("tolerances_agreed_by", "Bands agreed by"),
    Fact("tolerances_agreed_on", "Bands agreed on", house.DATE),
    Fact("target_label", "Targets are for"),
    Fact("previous_as_at", "Previous results are as at", house.DATE),
    Fact("previous_words", "The previous period is called"),
    Fact("current_words", "This period is called"),
    Fact("outturn_as_at", "Outturn results are as at", house.DATE),
    Fact("outturn_label", "The outturn is called"),
    Fact("outturn_status", "Outturn results are"),
    Fact("year_start", "The reporting year starts on"),
    Fact("rate_base", "Rates are per", house.COUNT),
    Fact("compare", "Results are compared"),
    Fact("same_within", "A change up to this share counts as none", house.SHARE),
    Fact("minimum_denominator", "Smallest denominator that is rated", house.DECIMAL),
    Fact("language", "Language"),
    Fact("key_letters", "Letters"),
    Fact("key_arrows", "Arrows"),
    Fact("key_periods", "Data periods"),
    Fact("key_states", "Where there is no result"),
    Fact("lineage", "How this copy was made"),
)
BY_LABEL = {fact.label: fact for fact in FACTS}
_DATES = tuple(fact.setting for fact in FACTS if fact.number_format == house.DATE)
_NUMBERS = ("rate_base", "same_within")


def facts_of(basis: Basis, keys: Mapping[str, str]) -> list[tuple[Fact, Any]]:
    """The facts that have something to say, each with what it says; `keys` explain signs."""
    known = {field.name: getattr(basis.settings, field.name) for field in _fields()}
    known |= {
        **keys,
        "extracted": basis.extracted,
        "reason": basis.reason,
        "outturn_status": PROVISIONAL if basis.is_outturn_provisional else None,
        "compare": _COMPARISONS[basis.settings.compare],
        "year_start": first_day(basis.settings.year_start),
        "tolerances_agreed_by": basis.settings.tolerances_agreed_by or NOT_AGREED,
    }
    if known["minimum_denominator"] is None:
        known["minimum_denominator"] = ALL_RATED
    return [
        (fact, known[fact.setting]) for fact in FACTS if known.get(fact.setting) not in (None, "")
    ]


def _fields() -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(Settings)


def read_fact(fact: Fact, value: Any) -> Any:
    """What a cell says of a setting; NotStatedError where it says nothing that could be."""
    name = fact.setting
    if name in _DATES:
        if not isinstance(value, dt.date):
            raise NotStatedError
        return value.date() if isinstance(value, dt.datetime) else value
    if name in _NUMBERS or (name == "minimum_denominator" and value != ALL_RATED):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NotStatedError
        return float(value)
    if not isinstance(value, str):
        raise NotStatedError
    if name == "compare":
        return _among({words: choice for choice, words in _COMPARISONS.items()}, value)
    if name == "year_start":
        return _year_start(value)
    blanks = {"minimum_denominator": ALL_RATED, "tolerances_agreed_by": NOT_AGREED}
    if blanks.get(name) == value:
        return None if name == "minimum_denominator" else ""
    return value


def _among(choices: Mapping[str, Any], value: str) -> Any:
    if value not in choices:
        raise NotStatedError
    return choices[value]


def _year_start(value: str) -> YearStart:
    day, _, month = value.partition(" ")
    if month not in MONTHS or not day.isdecimal() or not day.isascii():
        raise NotStatedError
    return YearStart(month=MONTHS.index(month) + 1, day=int(day))


def basis_of(facts: Mapping[str, Any]) -> Basis | None:
    """The basis that facts give, by their settings; None where a vital one is missing."""
    if not {"area", "as_at", "previous_as_at", "outturn_as_at", "rate_base"} <= set(facts):
        return None
    names = {field.name for field in _fields()}
    return Basis(
        settings=Settings(**{name: value for name, value in facts.items() if name in names}),
        extracted=facts.get("extracted"),
        reason=facts.get("reason", ""),
        is_outturn_provisional=facts.get("outturn_status") == PROVISIONAL,
    )
