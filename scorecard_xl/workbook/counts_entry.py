"""Enter new counts into the Counts table, leaving formulas and everything else alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.exceptions import InvalidWorkbookError
from scorecard_xl.problems import Problem, Severity
from scorecard_xl.workbook.engine import Area, Formula
from scorecard_xl.workbook.inputs import heading_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.workbook.engine import Table, Value, Workbook


def enter_counts(workbook: Workbook, values: Mapping[str, Value]) -> tuple[Problem, ...]:
    """Put values beside their codes; codes match without case.

    Returns
    -------
    A warning for each cell that holds a formula, which keeps it.

    Raises
    ------
    InvalidWorkbookError
        A code is not in the table, or there is no such table; nothing was written.
    """
    table = workbook.read_table("Counts")
    keys = [heading_key(heading) for heading in table.headings] if table else []
    if table is None or "code" not in keys or "value" not in keys:
        raise InvalidWorkbookError(
            [
                _problem(
                    "missing_table",
                    "'Counts'",
                    "there is no table Counts with Code and Value",
                    "copy the sheet back from an earlier workbook",
                )
            ]
        )
    code_at, value_at = keys.index("code"), keys.index("value")
    rows = {str(row[code_at] or "").strip().casefold(): i for i, row in enumerate(table.rows)}
    unknown = [code for code in values if code.strip().casefold() not in rows]
    if unknown:
        raise InvalidWorkbookError([_unknown(table, code) for code in unknown])
    kept = []
    for code, value in values.items():
        i = rows[code.strip().casefold()]
        cell = Area.cell(table.area.sheet, table.area.top + i, table.area.left + value_at)
        if isinstance(table.rows[i][value_at], Formula):
            shown = f"{value:.15g}" if isinstance(value, float) else repr(value)
            finding = (
                f"the cell holds a formula, so the new value {shown} of {code} was not entered"
            )
            kept.append(
                _problem(
                    "formula_kept",
                    str(cell),
                    finding,
                    "change what the formula reads, or clear it",
                    Severity.WARNING,
                )
            )
        else:
            workbook.write_block(cell.sheet, cell.top, cell.left, [[value]])
    return tuple(kept)


def _unknown(table: Table, code: str) -> Problem:
    finding = f"no count has the code {code!r}"
    return _problem(
        "unknown_code",
        str(table.area),
        finding,
        "add a row for it, or correct the code in the file",
    )


def _problem(
    code: str, place: str, finding: str, remedy: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(code=code, severity=severity, place=place, finding=finding, remedy=remedy)
