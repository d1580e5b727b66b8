"""A scorecard in spite of errors: what an error touches is left out, everything else stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard_xl.exceptions import InvalidWorkbookError
from scorecard_xl.rules import scorecard_and_problems
from scorecard_xl.workbook.inputs import COMMENTARY, COUNTS, HISTORY, INDICATORS, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.reading import Reading

_TABLES = (INDICATORS, COUNTS, HISTORY, SETTINGS, COMMENTARY)
# Entries that can be left blank; for an error in any other, its whole row is left out.
_ENTRIES = {
    "Counts": ("value", "extracted", "previous_value"),
    "Indicators": ("polarity", "target", "floor", "green_tolerance", "amber_tolerance",
                   "tolerance_unit"),
    "History": (),
    "Settings": ("value",),
}  # fmt: skip
# An error left out may uncover another one, a few times over.
_MOST_ROUNDS = 20
_NO_COUNT = "N/A"


def scorecard_despite_errors(reading: Reading) -> Scorecard:
    """Work out what can be worked out: a count with an error is taken as not available.

    Raises
    ------
    InvalidWorkbookError
        A table or a setting is missing that nothing can do without.
    """
    tables = {
        layout.name: {name: list(column) for name, column in reading.inputs.columns(layout).items()}
        for layout in _TABLES
    }
    for _ in range(_MOST_ROUNDS):
        scorecard, problems = scorecard_and_problems(*(tables[layout.name] for layout in _TABLES))
        if scorecard is not None:
            return scorecard
        if not _left_out(tables, [problem for problem in problems if problem.is_error]):
            break
    raise InvalidWorkbookError(reading.problems)


def _left_out(tables: dict[str, dict[str, list[Any]]], errors: Iterable[Problem]) -> bool:
    """Blank what the errors are about; whether anything was left to be blanked."""
    has_changed = False
    for problem in errors:
        position = problem.position
        if position is None or position.row is None or position.table not in _ENTRIES:
            continue
        table, row = tables[position.table], position.row
        columns = [position.column]
        if position.column not in _ENTRIES[position.table]:
            columns = list(table)
        instead = _NO_COUNT if (position.table, columns) == ("Counts", ["value"]) else None
        for column in columns:
            if column in table and table[column][row] != instead:
                table[column][row] = instead
                has_changed = True
    return has_changed
