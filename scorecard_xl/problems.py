"""What is wrong with an input: a code, a place, a finding and a remedy."""

from __future__ import annotations

import dataclasses
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem stops the scorecard (error) or not (warning)."""

    ERROR = "error"
    WARNING = "warning"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TablePosition:
    """Where a problem lies in a table of inputs, before anyone knows of cells.

    `row` counts the table's rows from 0; None means the table or its heading.
    `column` is the column's name in snake case; "" means the whole row.
    """

    table: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        parts = [self.table]
        if self.row is not None:
            parts.append(f"row {self.row + 1}")
        if self.column:
            parts.append(self.column.replace("_", " "))
        return ", ".join(parts)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong, told so that an analyst can put it right.

    `code` names the kind of problem and never changes; `place` is a cell such
    as ``'Counts'!D14`` once the problem has been located in a workbook.
    """

    code: str
    severity: Severity
    finding: str
    remedy: str
    place: str = ""
    position: TablePosition | None = None

    def __str__(self) -> str:
        return f"{self.place or self.position}: {self.finding}; {self.remedy}."

    @property
    def is_error(self) -> bool:
        """Whether it stops the scorecard."""
        return self.severity is Severity.ERROR
