"""Children's services scorecards in Excel workbooks, worked out from raw counts.

from scorecard_xl import open_workbook, refresh

with open_workbook("kent.xlsx") as workbook:
    refresh(workbook)
    workbook.save()
"""

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
