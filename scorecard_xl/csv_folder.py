"""A folder of CSV files as people write them, read into frames for the rules."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from scorecard_xl.csv_text import read_csv_lines
from scorecard_xl.exceptions import FileError, InvalidInputsError
from scorecard_xl.problems import Problem, Severity
from scorecard_xl.rules.counts import COUNT_COLUMNS, STATES_AS_TYPED
from scorecard_xl.rules.entries import written_number
from scorecard_xl.rules.history import HISTORY_COLUMNS
from scorecard_xl.rules.indicators import NEEDED_COLUMNS
from scorecard_xl.rules.settings_table import DATE_SETTINGS

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

_REQUIRED_COLUMNS = {
    "indicators": NEEDED_COLUMNS,
    "counts": COUNT_COLUMNS,
    "history": HISTORY_COLUMNS,
    "settings": ("name", "value"),
    "commentary": ("as_at", "indicator", "comment"),
}
_OPTIONAL_FILES = ("history", "commentary")
_DATES = {"counts": ("as_at", "extracted"), "history": ("as_at",), "commentary": ("as_at",)}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Inputs:
    """The tables of a folder of CSV files, in the units of the rules.

    `lines` holds, by table name such as ``"Counts"``, the line of each row.
    """

    indicators: pd.DataFrame
    counts: pd.DataFrame
    history: pd.DataFrame
    settings: pd.DataFrame
    commentary: pd.DataFrame
    lines: Mapping[str, tuple[int, ...]]

    def located(self, problem: Problem) -> Problem:
        """The problem with its place told by file and line."""
        position = problem.position
        if position is None or problem.place:
            return problem
        place = f"{position.table.lower()}.csv"
        if position.row is not None:
            place += f", line {self.lines[position.table][position.row]}"
        return dataclasses.replace(problem, place=place)


def read_csv_folder(folder: str | os.PathLike[str]) -> Inputs:
    """Read counts, indicators and settings, with history and commentary where there are any.

    Files are UTF-8, with or without a byte order mark, or as Windows programs
    save them (cp1252). Headings match without case and with spaces for ``_``.
    Percentages, written 69.5 or 69.5%, become fractions of 1; tolerances
    written 10% become 0.1; dates are ISO.

    Raises
    ------
    InvalidInputsError
        With everything that cannot be understood, by file and line.
    FileError
        If a file is there and cannot be read.
    """
    if not Path(folder).is_dir():
        message = f"The folder {folder} was not found; check its name."
        raise FileError(message)
    problems: list[Problem] = []
    files = {name: _File(Path(folder), name, problems) for name in _REQUIRED_COLUMNS}
    measures = files["indicators"].convert_indicators()
    files["counts"].convert_counts()
    files["history"].convert_history(measures)
    files["settings"].convert_settings()
    for name, columns in _DATES.items():
        for column in columns:
            files[name].convert_dates(column)
    if problems:
        raise InvalidInputsError(problems)
    frames = {name: file.frame() for name, file in files.items()}
    lines = {name.capitalize(): tuple(file.lines) for name, file in files.items()}
    return Inputs(**frames, lines=lines)


class _File:
    """One file: its columns of text, turned into numbers and dates in place."""

    def __init__(self, folder: Path, name: str, problems: list[Problem]) -> None:
        self.lines: list[int] = []
        self._columns: dict[str, list[object]] = {column: [] for column in _REQUIRED_COLUMNS[name]}
        self._name, self._problems = f"{name}.csv", problems
        path = folder / self._name
        if path.is_file():
            self._read(read_csv_lines(path), _REQUIRED_COLUMNS[name])
        elif name not in _OPTIONAL_FILES:
            self._error(
                "missing_file",
                None,
                "there is no such file",
                f"put it in {folder.resolve().name!r}",
            )

    def frame(self) -> pd.DataFrame:
        """The columns as a frame; missing is None."""
        return pd.DataFrame(self._columns, dtype=object)

    def convert_indicators(self) -> dict[str, str]:
        """Turn targets, floors and tolerances into numbers; return measures by code."""
        measures = [_lowered(entry) for entry in self._columns["measure"]]
        units = [_lowered(entry) for entry in self._columns.get("tolerance_unit", [])]
        units = units or [""] * len(measures)
        for column in ("target", "floor"):
            self._convert(column, [measure == "percentage" for measure in measures])
        in_points = [
            measure == "percentage" and unit == "points"
            for measure, unit in zip(measures, units, strict=True)
        ]
        for column in ("green_tolerance", "amber_tolerance"):
            self._convert(column, in_points)
        codes = [_lowered(entry) for entry in self._columns["indicator"]]
        return dict(zip(codes, measures, strict=True))

    def convert_counts(self) -> None:
        """Turn counts into numbers; what is none is left for the rules to judge."""
        values = self._columns["value"]
        for row, entry in enumerate(values):
            if isinstance(entry, str) and not entry.endswith("%"):
                number = written_number(entry)
                values[row] = entry if number is None else number

    def convert_history(self, measures: Mapping[str, str]) -> None:
        """Turn results and targets into numbers, in the units of their indicators."""
        percentages = [
            measures.get(_lowered(entry)) == "percentage" for entry in self._columns["indicator"]
        ]
        for column in ("result", "restated", "target"):
            self._convert(column, percentages, or_state=True)
        for column in ("numerator", "denominator"):
            self._convert(column, [False] * len(self.lines), or_state=True)

    def convert_settings(self) -> None:
        """Turn the dates among the settings into dates."""
        values = self._columns["value"]
        for row, name in enumerate(self._columns["name"]):
            if _heading(_lowered(name)) in DATE_SETTINGS:
                values[row] = self._date(row, str(name), values[row])

    def convert_dates(self, column: str) -> None:
        """Turn a column of ISO dates into dates."""
        if column in self._columns:
            entries = enumerate(self._columns[column])
            words = _words(column)
            self._columns[column] = [self._date(row, words, entry) for row, entry in entries]

    def _convert(self, column: str, percentages: Sequence[bool], *, or_state: bool = False) -> None:
        entries = self._columns.get(column, [])
        for row, entry in enumerate(entries):
            if not isinstance(entry, str) or (or_state and entry.lower() in STATES_AS_TYPED):
                continue
            is_bare = not entry.endswith("%")
            number = written_number(f"{entry}%" if is_bare and percentages[row] else entry)
            if number is None:
                finding = f"{_words(column)} {entry!r} is not a number"
                self._error("not_a_number", row, finding, "write a number such as 69.5")
            entries[row] = number

    def _date(self, row: int, words: str, entry: object) -> dt.date | None:
        if not isinstance(entry, str):
            return None
        try:
            return dt.date.fromisoformat(entry)
        except ValueError:
            finding = f"{words} {entry!r} is not a date"
            self._error("not_a_date", row, finding, "write dates as 2013-01-31")
            return None

    def _read(self, lines: Sequence[tuple[int, list[str]]], required: Sequence[str]) -> None:
        headings = [_heading(heading) for heading in (lines[0][1] if lines else [])]
        for column in required:
            if column not in headings:
                remedy = f"the headings are {', '.join(required)}"
                finding = f"there is no heading {column!r}"
                self._error("missing_column", None, finding, remedy, line=1)
        for column in {heading for heading in headings if headings.count(heading) > 1} - {""}:
            self._error(
                "duplicate_column", None, f"heading {column!r} is there twice", "keep one", line=1
            )
        self._columns |= {heading: [] for heading in headings if heading}
        for line, cells in lines[1:]:
            self._add_row(line, headings, cells)
        for column in required:
            if column not in headings:
                self._columns[column] = [None] * len(self.lines)

    def _add_row(self, line: int, headings: Sequence[str], cells: Sequence[str]) -> None:
        if not any(map(str.strip, cells)):
            return
        row = len(self.lines)
        self.lines.append(line)
        if any(map(str.strip, cells[len(headings) :])):
            self._error(
                "too_many_values", row, f"there are {len(cells)} values under"
                f" {len(headings)} headings", "put text that holds a comma in double quotes",
            )  # fmt: skip
        padded = [*cells, *[""] * (len(headings) - len(cells))]
        for heading, cell in zip(headings, padded, strict=False):
            if heading and len(self._columns[heading]) == row:
                self._columns[heading].append(cell.strip() or None)

    def _error(
        self, code: str, row: int | None, finding: str, remedy: str, *, line: int | None = None
    ) -> None:
        line = line if row is None else self.lines[row]
        self._problems.append(
            Problem(
                code=code,
                severity=Severity.ERROR,
                finding=finding,
                remedy=remedy,
                place=self._name if line is None else f"{self._name}, line {line}",
            )
        )


def _heading(text: str) -> str:
    return re.sub(r"[\s_]+", "_", text.strip().lower())


def _lowered(entry: object) -> str:
    return entry.lower() if isinstance(entry, str) else ""


def _words(column: str) -> str:
    return column.replace("_", " ")
