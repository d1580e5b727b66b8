"""Make a workbook: the published example, an empty one, or one from a folder of CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.engines.opening import open_workbook
from scorecard_xl.exceptions import InvalidInputsError, RefusedError, ScorecardError
from scorecard_xl.rules import problems_of
from scorecard_xl.workbook.input_rows import write_inputs
from scorecard_xl.workbook.refresh import refresh

if TYPE_CHECKING:
    from scorecard_xl.csv_folder import Inputs
    from scorecard_xl.workbook.refresh import Refreshed

EXAMPLE = "scorecard_kent_2013_01.xlsx"
EMPTY = "scorecard_empty.xlsx"
SUFFIX = ".xlsx"


def template_path(name: str) -> Path:
    """Where a template lies: in the installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    for folder in (here / "workbook_templates", here.parent / "workbook_templates"):
        if (folder / name).is_file():
            return folder / name
    message = f"The template {name} is missing from the installation; install scorecard_xl again."
    raise ScorecardError(message)


def _refuse_other_endings(path: Path) -> None:
    if path.suffix.casefold() != SUFFIX:
        message = f"{path} should end in {SUFFIX}; the template holds no macros."
        raise RefusedError(message)


def new_example(path: Path, *, overwrite: bool = False) -> Refreshed:
    """Make a workbook with Kent's published January 2013 scorecard, filled from its counts."""
    _refuse_other_endings(path)
    with open_workbook(template_path(EXAMPLE)) as workbook:
        refreshed = refresh(workbook)
        workbook.save_copy(path, overwrite=overwrite)
    return refreshed


def new_empty(path: Path, *, overwrite: bool = False) -> None:
    """Make a workbook with no counts, no indicators, and no rating bands until they are agreed."""
    _refuse_other_endings(path)
    with open_workbook(template_path(EMPTY)) as workbook:
        workbook.save_copy(path, overwrite=overwrite)


def new_from_inputs(path: Path, inputs: Inputs, *, overwrite: bool = False) -> Refreshed:
    """Make a workbook from tables of one's own, and fill it.

    Raises
    ------
    InvalidInputsError
        The tables cannot make a scorecard; every problem is told by file and line.
    """
    _refuse_other_endings(path)
    problems = problems_of(inputs.indicators, inputs.counts, inputs.history, inputs.settings)
    if any(problem.is_error for problem in problems):
        raise InvalidInputsError([inputs.located(problem) for problem in problems])
    with open_workbook(template_path(EMPTY)) as workbook:
        write_inputs(
            workbook,
            indicators=inputs.indicators,
            counts=inputs.counts,
            history=inputs.history,
            commentary=inputs.commentary,
            settings=inputs.settings,
        )
        refreshed = refresh(workbook)
        workbook.save_copy(path, overwrite=overwrite)
    return refreshed


def free_name(path: Path) -> Path:
    """The path itself, or with the first number that makes it a name nobody has taken."""
    free, number = path, 2
    while free.exists():
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free
