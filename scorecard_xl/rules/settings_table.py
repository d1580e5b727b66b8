"""Settings read from their table of names and values, typed in a sheet or written in CSV."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.rules.entries import date_of, is_blank, number_of, remedy_for_date, text_of
from scorecard_xl.rules.indicators import Polarity
from scorecard_xl.rules.periods import YearStart, month_label
from scorecard_xl.rules.tables import Table, listed
from scorecard_xl.rules.words import objects_of

if TYPE_CHECKING:
    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.tables import InputTable

SETTING_NAMES = (
    "area",
    "title",
    "as_at",
    "period_label",
    "target_label",
    "previous_as_at",
    "outturn_as_at",
    "outturn_label",
    "rate_base",
    "green_tolerance_H",
    "amber_tolerance_H",
    "green_tolerance_L",
    "amber_tolerance_L",
    "green_tolerance_T",
    "amber_tolerance_T",
    "previous_words",
    "current_words",
    "frequency",
    "year_start",
    "fill",
    "compare",
    "same_within",
    "minimum_denominator",
    "tolerances_agreed_by",
    "tolerances_agreed_on",
    "source_note",
    "status",
    "version",
    "marking",
    "language",
    "signed_off_by",
    "signed_off_on",
    "contact",
)


class Frequency(StrEnum):
    """How often a scorecard is made."""

    MONTH = "month"
    QUARTER = "quarter"


class Fill(StrEnum):
    """Whether a scorecard is filled with live formulas or with values."""

    FORMULAS = "formulas"
    VALUES = "values"


class Compare(StrEnum):
    """Whether results are compared unrounded, or rounded as they are shown."""

    UNROUNDED = "unrounded"
    AS_SHOWN = "as shown"


_TEXTS = (
    "area", "title", "target_label", "outturn_label", "previous_words", "current_words",
    "tolerances_agreed_by", "source_note", "status", "version", "marking", "signed_off_by",
    "contact",
)  # fmt: skip
# The settings that are dates.
DATE_SETTINGS = (
    "as_at", "previous_as_at", "outturn_as_at", "tolerances_agreed_on", "signed_off_on",
)  # fmt: skip
_CHOICES: dict[str, type[StrEnum]] = {"frequency": Frequency, "fill": Fill, "compare": Compare}
_GAP = re.compile(r"[\s_]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_YEAR_START = re.compile(r"(\d{1,2})-(\d{1,2})")
_KNOWN = {name.lower(): name for name in SETTING_NAMES}
# A reporting year begins on a day that every year has.
_COMMON_YEAR = 2023


def values_of_settings(frame: InputTable) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The settings given, by name, and every problem; None where an error stops them."""
    table = Table("Settings", frame, key="name", columns=("name", "value"))
    values = _Reader(table).values() if table.is_readable else None
    problems = table.in_order()
    return (None if any(problem.is_error for problem in problems) else values), problems


def rows_of_settings(frame: InputTable) -> dict[str, int]:
    """The position in the table of each setting it names."""
    rows: dict[str, int] = {}
    if "name" in frame:
        for row, typed in enumerate(frame["name"]):
            name = _known_name(typed)
            if name is not None:
                rows.setdefault(name, row)
    return rows


def _known_name(typed: object) -> str | None:
    """The setting that a name stands for, without case and with spaces for ``_``."""
    text = text_of(typed)
    return None if text is None else _KNOWN.get(_GAP.sub("_", text.lower()))


class _Reader:
    """Reads each setting from the row that names it, noting what is wrong with it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._entries: dict[str, object] = {}
        self._rows: dict[str, int] = {}
        values, names = objects_of(table.entries("value")), table.text("name")
        for row in range(len(table)):
            typed = names[row]
            name = _known_name(typed)
            if not isinstance(typed, str):
                table.error("name_blank", row, "name", "name is blank", "name the setting")
            elif name is None:
                remedy = f"the settings are {listed(SETTING_NAMES, last='and')}"
                table.warning("unknown_setting", row, "name", f"{typed!r} is no setting", remedy)
            elif name in self._rows:
                finding = f"{name} is already in row {int(table.rows[self._rows[name]]) + 1}"
                table.error("duplicate_setting", row, "name", finding, "keep one of the rows")
            else:
                self._rows[name], self._entries[name] = row, values[row]

    def values(self) -> dict[str, Any]:
        """The settings given, by the names of `Settings`."""
        found: dict[str, Any] = {name: self._text(name) for name in _TEXTS}
        found |= {name: self._date(name) for name in DATE_SETTINGS}
        found |= {name: self._choice(name, choices) for name, choices in _CHOICES.items()}
        found["period_label"] = self._period_label()
        found["year_start"] = self._year_start()
        found["language"] = self._language()
        found["rate_base"] = self._number("rate_base", above_zero=True)
        for name in ("same_within", "minimum_denominator"):
            found[name] = self._number(name)
        for colour in ("green", "amber"):
            found[f"{colour}_tolerance"] = {
                polarity: self._number(f"{colour}_tolerance_{polarity}") for polarity in Polarity
            }
        self._note_missing(found)
        self._note_contradictions(found)
        return {name: value for name, value in found.items() if value is not None}

    def _entry(self, name: str) -> object:
        entry = self._entries.get(name)
        return None if is_blank(entry) else entry

    def _error(self, code: str, name: str, finding: str, remedy: str) -> None:
        self._table.error(code, self._rows.get(name), "value", finding, remedy)

    def _text(self, name: str) -> str | None:
        entry = self._entry(name)
        if isinstance(entry, dt.date | np.datetime64):
            self._error(
                "label_is_date", name, f"{name} is the date {text_of(entry)}",
                "type it with an apostrophe in front, such as 'March 12",
            )  # fmt: skip
            return None
        text = text_of(entry)
        if entry is not None and text is None:
            self._error("not_text", name, f"{name} {entry!r} is not text", "type it as text")
        return text

    def _period_label(self) -> str | None:
        entry = self._entry("period_label")
        day = None if isinstance(entry, str) else date_of(entry)
        return text_of(entry) if day is None else month_label(day)

    def _language(self) -> str | None:
        text = self._text("language")
        if text is not None and _LANGUAGE.fullmatch(text) is None:
            self._table.warning(
                "not_a_language", self._rows["language"], "value",
                f"language {text!r} is not known", "type a tag such as en-GB or cy-GB",
            )  # fmt: skip
            return None
        return text

    def _date(self, name: str) -> dt.date | None:
        entry = self._entry(name)
        day = date_of(entry)
        if entry is not None and day is None:
            finding = f"{name} {entry!r} is not a date"
            self._error("not_a_date", name, finding, remedy_for_date(entry))
        return day

    def _choice(self, name: str, choices: type[StrEnum]) -> StrEnum | None:
        text = text_of(self._entry(name))
        if text is None:
            return None
        for choice in choices:
            if choice.value == _GAP.sub(" ", text.lower()):
                return choice
        self._error(
            f"unknown_{name}", name, f"{name} {text!r} is not known", f"use {listed(choices)}"
        )
        return None

    def _number(self, name: str, *, above_zero: bool = False) -> float | None:
        entry = self._entry(name)
        if entry is None:
            return None
        number = number_of(entry)
        if number is None or not np.isfinite(number):
            finding = f"{name} {entry!r} is not a number"
            self._error("not_a_number", name, finding, "type a number, or leave it blank")
            return None
        if number < 0 or (above_zero and number == 0):
            least = "above 0" if above_zero else "0 or more"
            self._error("out_of_range", name, f"{name} is {number:g}", f"it must be {least}")
            return None
        return number

    def _year_start(self) -> YearStart | None:
        entry = self._entry("year_start")
        if entry is None:
            return None
        day = date_of(entry)
        match = _YEAR_START.fullmatch(entry.strip()) if isinstance(entry, str) else None
        month, date = (int(match[1]), int(match[2])) if match else (0, 0)
        if day is not None:
            month, date = day.month, day.day
        try:
            dt.date(_COMMON_YEAR, month, date)
        except ValueError:
            finding = f"year_start {text_of(entry)!r} is not a month and day"
            self._error("not_a_month_and_day", "year_start", finding, "type 04-01 for 1 April")
            return None
        return YearStart(month=month, day=date)

    def _note_missing(self, found: dict[str, Any]) -> None:
        for name, remedy in (
            ("area", "name the council or district"),
            ("as_at", "type the date the counts were taken, such as 31/01/2013"),
        ):
            if found[name] is None and self._entry(name) is None:
                self._error("setting_missing", name, f"{name} is blank", remedy)

    def _note_contradictions(self, found: dict[str, Any]) -> None:
        for name in ("previous_as_at", "outturn_as_at"):
            if found[name] and found["as_at"] and found[name] >= found["as_at"]:
                self._error(
                    "not_before_as_at", name,
                    f"{name} {found[name]} is not before as_at {found['as_at']}",
                    "type an earlier date, or leave it blank",
                )  # fmt: skip
        for polarity in Polarity:
            green, amber = (found[f"{colour}_tolerance"][polarity] for colour in ("green", "amber"))
            if green is not None and amber is not None and amber < green:
                self._error(
                    "amber_below_green", f"amber_tolerance_{polarity}",
                    f"amber_tolerance_{polarity} is {amber:.10g}, below green_tolerance_{polarity}"
                    f" of {green:.10g}", "amber reaches at least as far as green",
                )  # fmt: skip
