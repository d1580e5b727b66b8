"""Everything the library raises, so that one ``except ScorecardError`` is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.problems import Problem


class ScorecardError(Exception):
    """Base of all errors of scorecard_xl; its message is a sentence for analysts."""


class InvalidInputsError(ScorecardError):
    """The counts, indicators, history or settings cannot make a scorecard.

    `problems` holds every problem found, warnings included, in order.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems if problem.is_error))


class InvalidWorkbookError(InvalidInputsError):
    """A workbook cannot be refreshed; every problem carries its cell."""


class RefusedError(ScorecardError):
    """What was asked for would harm the user's work, so it was not done."""


class EngineError(ScorecardError):
    """The program or library behind an engine could not do its part."""


class FileError(EngineError):
    """A file cannot be read, or cannot be written."""
