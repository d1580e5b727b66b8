"""Children's services scorecards in Excel workbooks, worked out from raw counts.

from scorecard_xl import open_workbook, refresh

with open_workbook("kent.xlsx") as workbook:
    refresh(workbook)
    workbook.save()
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorecard_xl.engines.opening import open_workbook
    from scorecard_xl.exceptions import (
        EngineError,
        FileError,
        InvalidInputsError,
        InvalidWorkbookError,
        RefusedError,
        ScorecardError,
    )
    from scorecard_xl.problems import Problem, Severity
    from scorecard_xl.rules import Scorecard, build_scorecard
    from scorecard_xl.workbook.checking import check
    from scorecard_xl.workbook.reading import scorecard_of
    from scorecard_xl.workbook.refresh import Refreshed, refresh

__all__ = [
    "EngineError",
    "FileError",
    "InvalidInputsError",
    "InvalidWorkbookError",
    "Problem",
    "Refreshed",
    "RefusedError",
    "Scorecard",
    "ScorecardError",
    "Severity",
    "build_scorecard",
    "check",
    "open_workbook",
    "refresh",
    "scorecard_of",
]

# Loaded when they are asked for: pandas alone takes longer than a refresh.
_HOMES = {
    "engines.opening": ("open_workbook",),
    "exceptions": (
        "EngineError", "FileError", "InvalidInputsError", "InvalidWorkbookError", "RefusedError",
        "ScorecardError",
    ),
    "problems": ("Problem", "Severity"),
    "rules": ("Scorecard", "build_scorecard"),
    "workbook.checking": ("check",),
    "workbook.reading": ("scorecard_of",),
    "workbook.refresh": ("Refreshed", "refresh"),
}  # fmt: skip
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a public name from the module it lives in."""
    if name not in _HOME_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
