"""Tables of inputs: the rows that hold something, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scorecard_xl.problems import Problem, Severity, TablePosition
from scorecard_xl.rules.codes import LONGEST_CODE, is_code
from scorecard_xl.rules.columns import chosen
from scorecard_xl.rules.entries import (
    date_entries,
    is_blank,
    number_entries,
    remedy_for_date,
    words_of,
    written_number,
)
from scorecard_xl.rules.words import Words, distinct_entries, entries_of, objects_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from enum import StrEnum
    from typing import TypeAlias

    import pandas as pd
    from numpy.typing import NDArray

    from scorecard_xl.rules.words import Entries

    # A frame, or lists of equal length by the name of their column.
    InputTable: TypeAlias = pd.DataFrame | Mapping[str, Sequence[Any]]


def listed(choices: Iterable[str], *, last: str = "or") -> str:
    """Choices as a person lists them: ``H, L or T``."""
    *others, final = choices
    return f"{', '.join(others)} {last} {final}" if others else final


class Table:
    """A table of inputs being read; its blank rows are left aside.

    It is a frame, or a list for each column by name. `rows` holds the position
    of each row kept in the table as given; the problems found keep those
    positions. Columns are read by name; an optional one that is absent reads as
    blank.
    """

    def __init__(
        self,
        name: str,
        given: InputTable,
        *,
        key: str,
        columns: Sequence[str],
        optional: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._order = {column: place for place, column in enumerate((*columns, *optional))}
        self._given = given
        self._entries: dict[str, Entries] = {}
        self._words: dict[str, tuple[Words, list[Any]]] = {}
        names: list[Any] = list(given)
        for column in columns:
            if column not in names:
                self._missing_column(column, columns)
        self.is_readable = not self.problems
        self.rows = np.arange(len(given[names[0]]) if names else 0)
        self._leave_blank_rows(key)

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, column: str) -> bool:
        """Whether the table has the column at all."""
        return column in self._given

    def error(self, code: str, row: int | None, column: str, finding: str, remedy: str) -> None:
        """Note an error; `row` counts the rows kept."""
        self._note(Severity.ERROR, code, row, column, finding, remedy)

    def warning(self, code: str, row: int | None, column: str, finding: str, remedy: str) -> None:
        """Note a warning; `row` counts the rows kept."""
        self._note(Severity.WARNING, code, row, column, finding, remedy)

    def in_order(self) -> list[Problem]:
        """The problems by row, then by column, those of the whole table first."""
        return sorted(self.problems, key=self._place)

    def text(self, column: str) -> Words:
        """A column of text, stripped; missing where blank."""
        return self._text_and_entries(column)[0]

    def codes(self, column: str) -> Words:
        """The column that names each row, with its errors noted: blank or ill-formed."""
        codes, distinct = self._text_and_entries(column)
        for row in np.flatnonzero(codes.codes < 0).tolist():
            self.error(
                "code_blank", row, column, f"{_words(column)} is blank beside other content",
                "give the row a code, or clear it",
            )  # fmt: skip
        ill_formed = [not is_code(code) for code in codes.distinct]
        for row in _rows_of(ill_formed, codes):
            self.error(
                "ill_formed_code", row, column, f"{_words(column)} is {codes[row]!r}",
                f"codes are letters, digits and _, starting with a letter, {LONGEST_CODE} at most",
            )  # fmt: skip
        if not all(isinstance(entry, str) for entry in distinct):
            self._note_codes_that_are_no_text(column, codes)
        return codes

    def _note_codes_that_are_no_text(self, column: str, codes: Words) -> None:
        """Note what would make a good code but was typed as something else, such as TRUE."""
        for row, entry in enumerate(objects_of(self.entries(column)).tolist()):
            if isinstance(entry, bool | np.bool_):
                self.error(
                    "ill_formed_code", row, column, f"{_words(column)} {codes[row]!r} is not text",
                    "type an apostrophe in front of it, or another code",
                )  # fmt: skip

    def area(self) -> Words:
        """The areas that the rows belong to, with blanks noted."""
        areas = self.text("area")
        for row in np.flatnonzero(areas.codes < 0).tolist():
            remedy = "name the area, or leave the column out if there is but one"
            self.error("area_blank", row, "area", "area is blank", remedy)
        return areas

    def repeated(
        self,
        column: str,
        codes: Words,
        rows: NDArray[np.int64],
        first: NDArray[np.int64],
    ) -> None:
        """Note the rows whose code an earlier row has."""
        for row, earlier in zip(rows.tolist(), first.tolist(), strict=True):
            place = TablePosition(table=self.name, row=int(self.rows[earlier]))
            self.error(
                "duplicate_code", row, column,
                f"{_words(column)} {codes[row]!r} is already in {place}",
                "keep one of the rows, or rename one",
            )  # fmt: skip

    def percentages_above_1(
        self, column: str, numbers: NDArray[np.float64], among: NDArray[np.bool_]
    ) -> None:
        """Note percentages that look typed as 69.5 instead of 69.5%."""
        for row in np.flatnonzero(among & (numbers > 1)).tolist():
            number = float(numbers[row])
            finding = f"{_words(column)} is {number:g}, which is {number * 100:,.10g}%"
            self.error("percentage_above_1", row, column, finding, f"type {number:g}%")

    def choices(self, column: str, choices: type[StrEnum], *, blank: str | None = None) -> Words:
        """A column of fixed choices; what is none of them is noted."""
        text = self.text(column)
        known = {choice.lower(): place for place, choice in enumerate(choices)}
        places = [known.get(word, -1) for word in text.lowered]
        for row in _rows_of([place < 0 for place in places], text):
            finding = f"{_words(column)} {text[row]!r} is not known"
            remedy = f"use {listed(choices)}{f', or {blank}' if blank else ''}"
            self.error(f"unknown_{column}", row, column, finding, remedy)
        return chosen(np.array([*places, -1], np.int8).take(text.codes), choices)

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A column of numbers; text, dates, logical values and infinities are noted."""
        numbers, others = number_entries(self.entries(column))
        for row, entry in others.items():
            self.not_a_number(row, column, entry)
        infinite = np.isinf(numbers)
        if infinite.any():
            for row in np.flatnonzero(infinite).tolist():
                self.not_a_number(row, column, float(numbers[row]))
            numbers = np.where(infinite, np.nan, numbers)
        return numbers

    def raw_numbers(self, column: str) -> tuple[NDArray[np.float64], dict[int, object]]:
        """A column of numbers as entered, and what else was entered, by row kept."""
        return number_entries(self.entries(column))

    def not_a_number(self, row: int, column: str, entry: object) -> None:
        """Note an entry that should have been a number."""
        words = _words(column)
        if isinstance(entry, str) and written_number(entry) is not None:
            self.error(
                "number_as_text", row, column, f"{words} {entry.strip()!r} is text, not a number",
                "retype it as a number",
            )  # fmt: skip
            return
        shown = entry.strip() if isinstance(entry, str) else entry
        finding = f"{words} {shown!r} is not a number"
        self.error("not_a_number", row, column, finding, "type a number, or leave it blank")

    def no_number_or_state(self, row: int, column: str, entry: object, states: str) -> None:
        """Note an entry that is neither a number nor one of the states."""
        if isinstance(entry, str) and written_number(entry) is None:
            finding = f"{_words(column)} {entry.strip()!r} is not known"
            self.error("unknown_state", row, column, finding, f"type a number, or {states}")
        else:
            self.not_a_number(row, column, entry)

    def dates(self, column: str) -> NDArray[np.datetime64]:
        """A column of days; blanks and what is no date are noted."""
        days, others = date_entries(self.entries(column))
        for row in np.flatnonzero(np.isnat(days)).tolist():
            finding = f"{_words(column)} is blank"
            if row in others:
                finding = f"{_words(column)} {others[row]!r} is not a date"
            self.error("not_a_date", row, column, finding, remedy_for_date(others.get(row)))
        return days

    def entries(self, column: str) -> Entries:
        """A column as given, blank rows left aside."""
        if column not in self._given:
            return np.full(len(self), np.nan)
        if column not in self._entries:
            entries = entries_of(self._given[column])
            whole = len(entries) == len(self.rows)
            self._entries[column] = entries if whole else entries.take(self.rows)
        return self._entries[column]

    def _leave_blank_rows(self, key: str) -> None:
        """Keep the rows that hold anything; only rows without a key can be blank."""
        keyless = np.flatnonzero(self.text(key).codes < 0)
        known = [column for column in self._order if self.has(column)]
        if not len(keyless) or not known:
            return
        content = (objects_of(self.entries(column).take(keyless)).tolist() for column in known)
        blank = [all(map(is_blank, entries)) for entries in zip(*content, strict=True)]
        self.rows = np.delete(self.rows, keyless[blank])
        self._entries.clear()
        self._words.clear()

    def _text_and_entries(self, column: str) -> tuple[Words, list[Any]]:
        """A column of text, and the distinct entries it was read from."""
        if not self.has(column):
            return Words(np.full(len(self), -1, np.int8), ()), []
        if column not in self._words:
            found, distinct = distinct_entries(self.entries(column))
            self._words[column] = words_of(found, distinct), distinct
        return self._words[column]

    def _missing_column(self, column: str, columns: Sequence[str]) -> None:
        self.error(
            "missing_column", None, column, f"there is no column {_words(column)!r}",
            f"the columns are {listed([_words(name) for name in columns], last='and')}",
        )  # fmt: skip

    def _note(
        self, severity: Severity, code: str, row: int | None, column: str, finding: str, remedy: str
    ) -> None:
        position = TablePosition(
            table=self.name, row=None if row is None else int(self.rows[row]), column=column
        )
        self.problems.append(
            Problem(code=code, severity=severity, finding=finding, remedy=remedy, position=position)
        )

    def _place(self, problem: Problem) -> tuple[int, int]:
        position = problem.position
        if position is None or position.row is None:
            return (-1, 0)
        return (position.row, self._order.get(position.column, -1))


def _rows_of(marked: list[bool], words: Words) -> list[int]:
    """The rows whose word is marked; `marked` has an entry for each distinct word."""
    if not any(marked):
        return []
    rows: list[int] = np.flatnonzero(np.array([*marked, False])[words.codes]).tolist()
    return rows


def _words(column: str) -> str:
    return column.replace("_", " ")
