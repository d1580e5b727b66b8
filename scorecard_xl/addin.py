"""What the buttons run: each works on the calling workbook and ends in a sentence.

Excel starts these through xlwings' RunPython. Warnings and errors are listed on the
sheet Checks, with links. A message box opens only where something failed or a rating
changed; otherwise the status bar tells.
"""

from __future__ import annotations

# First of all, so that everything else is looked for where it was installed.
from scorecard_xl.import_guard import refuse_foreign_modules

# isort: split
import logging
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.click_log import log_file, logging_to_file
from scorecard_xl.exceptions import EngineError, InvalidWorkbookError, RefusedError, ScorecardError
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
    from scorecard_xl.problems import Problem
    from scorecard_xl.workbook.refresh import Refreshed

__all__ = [
    "ACTIONS",
    "check",
    "circulate",
    "doctor",
    "press_on",
    "refresh",
    "refresh_script",
    "roll_forward",
]

TITLE = "Scorecard"
# A message box of Excel shows about a thousand characters.
_LONGEST_MESSAGE = 900
_MOST_NAMED = 5
_LOOK_FIRST = "Look at the scorecard before you save it."
_log = logging.getLogger("scorecard_xl")


class Answer(NamedTuple):
    """What a button says, and whether it is told in a message box."""

    sentence: str
    is_loud: bool


def refresh() -> None:
    """Refresh the calling workbook, or else the active one."""
    _press(_refreshed)


def check() -> None:
    """List on its sheet Checks what is wrong in the calling workbook; nothing else changes."""
    _press(_checked)


def roll_forward() -> None:
    """Make the next period's file from the calling workbook, which stays as it is."""
    _press(_rolled)


def circulate() -> None:
    """Make a copy of the calling workbook that is safe to send; the workbook stays as it is."""
    _press(_circulated)


def doctor() -> None:
    """Tell what is found of everything that a click depends on."""
    _press(_examined)


def refresh_script(book: Any) -> None:
    """Refresh an xlwings book that is handed over, as xlwings Lite and xlwings Server do.

    Raises nothing: what is wrong is told by an alert in Excel, and on the sheet Checks.
    """
    from scorecard_xl.engines.xlwings_book import XlwingsWorkbook

    workbook = XlwingsWorkbook(book)
    _tell(workbook, _answer(workbook, _refreshed))


def press_on(book: Any, action: str) -> None:
    """Do what a button stands for on an xlwings book that is handed over, and tell how it went.

    Parameters
    ----------
    book
        An open book, in a program that this Python is already connected to.
    action
        One of `ACTIONS`; nothing else can be asked for.
    """
    from scorecard_xl.engines.xlwings_book import XlwingsWorkbook

    with logging_to_file():
        workbook = XlwingsWorkbook(book)
        _tell(workbook, _answer(workbook, ACTIONS[action]))


def _press(action: Callable[[XlwingsWorkbook], Answer]) -> None:
    """Do what a button stands for, and tell how it went."""
    with logging_to_file():
        try:
            refuse_foreign_modules()
            from scorecard_xl.engines.xlwings_book import calling_workbook, rejections_told

            with rejections_told():
                workbook = calling_workbook()
                _tell(workbook, _answer(workbook, action))
        except ScorecardError as error:
            # RunPython opens a message box with what a program that failed has printed.
            _log.warning("%s", error)
            sys.exit(str(error))


def _answer(workbook: XlwingsWorkbook, action: Callable[[XlwingsWorkbook], Answer]) -> Answer:
    """What an action answers; what goes wrong becomes a sentence."""
    try:
        with workbook:
            return action(workbook)
    except ScorecardError as error:
        _log.warning("%s", error)
        return Answer(str(error), is_loud=True)
    except Exception as error:  # noqa: BLE001 - a traceback helps no analyst; the log has it
        _log.exception("not expected")
        told = (
            f"Something happened that Scorecard does not know: {type(error).__name__}: {error}. "
            f"{log_file()} tells more. {workbook.half_done or _LOOK_FIRST}"
        )
        return Answer(told, is_loud=True)


def _refreshed(workbook: XlwingsWorkbook) -> Answer:
    from scorecard_xl.workbook.refresh import refresh as refresh_workbook

    try:
        refreshed = refresh_workbook(workbook)
    except InvalidWorkbookError as error:
        return _listed(workbook, error.problems, "The scorecard was not changed")
    _log.info("%s refreshed: %s", workbook.name, refreshed.scorecard.tally_line)
    changes = [str(change) for change in refreshed.changed_ratings]
    said = [f"Refreshed: {refreshed.scorecard.tally_line}", _warned(refreshed)]
    if changes:
        more = [f"and {len(changes) - _MOST_NAMED} more"] if len(changes) > _MOST_NAMED else []
        said.insert(1, f"Changed ratings: {'; '.join([*changes[:_MOST_NAMED], *more])}")
    return Answer(". ".join(part for part in said if part) + ".", is_loud=bool(changes))


def _warned(refreshed: Refreshed) -> str:
    count = len(refreshed.warnings)
    return f"{counted(count, 'warning')} on the sheet Checks" if count else ""


def _checked(workbook: XlwingsWorkbook) -> Answer:
    from scorecard_xl.workbook.changed_ratings import sentences_of
    from scorecard_xl.workbook.checking import moves_shown, problems_shown
    from scorecard_xl.workbook.reading import read_workbook

    reading = read_workbook(workbook)
    problems = problems_shown(workbook, reading)
    moved = list(sentences_of(moves_shown(workbook, reading)))
    answer = _listed(workbook, problems, "Nothing is wrong" if not problems else "Checked")
    if not moved:
        return answer
    more = [f"and {len(moved) - _MOST_NAMED} more"] if len(moved) > _MOST_NAMED else []
    since = f" Since the last refresh: {'; '.join([*moved[:_MOST_NAMED], *more])}."
    return answer._replace(sentence=answer.sentence + since)


def _rolled(workbook: XlwingsWorkbook) -> Answer:
    from scorecard_xl.rolling import roll_open_workbook

    try:
        path, rolled = roll_open_workbook(workbook)
    except InvalidWorkbookError as error:
        return _listed(workbook, error.problems, "Nothing was rolled forward")
    _log.info("%s rolled forward to %s", workbook.name, path)
    said = [
        f"{path.name} is made beside this workbook, for {rolled.as_at:%d/%m/%Y}; "
        f"{counted(rolled.added, 'result')} in its History are new. Open it and type the new "
        "counts. This workbook stays as it is.",
        *map(str, rolled.warnings[:_MOST_NAMED]),
    ]
    return Answer("\n".join(said), is_loud=True)


def _circulated(workbook: XlwingsWorkbook) -> Answer:
    from scorecard_xl.circulating import circulate_open_workbook

    try:
        path, _, circulated = circulate_open_workbook(workbook)
    except InvalidWorkbookError as error:
        return _listed(workbook, error.problems, "Nothing was circulated")
    _log.info("%s circulated as %s", workbook.name, path)
    warnings = len(circulated.warnings)
    said = [
        f"{path.name} is made beside this workbook, to be sent: values, and nothing that its pages "
        "do not show. This workbook stays as it is.",
        f"Check has {counted(warnings, 'warning')}." if warnings else "",
    ]
    return Answer(" ".join(part for part in said if part), is_loud=True)


def _listed(workbook: XlwingsWorkbook, problems: Sequence[Problem], what: str) -> Answer:
    """List problems on Checks, and say what the first error is."""
    from scorecard_xl.workbook.checking import list_on_checks

    errors = [problem for problem in problems if problem.is_error]
    warnings = len(problems) - len(errors)
    counts = f"{counted(len(errors), 'error')} and {counted(warnings, 'warning')}"
    _log.info("%s: %s: %s", workbook.name, what, counts)
    where, failure = "listed on the sheet Checks", ""
    try:
        if not list_on_checks(workbook, problems):
            where = "the workbook has no sheet Checks"
    except (EngineError, RefusedError) as error:
        # What is wrong with the inputs is worth more than where it is not listed.
        _log.warning("%s", error)
        where, failure = "which could not be listed on the sheet Checks", f" {error}"
    first = f" {errors[0]}" if errors else ""
    said = f"{what}: {counts}, {where}.{first}{failure}" if problems else f"{what}.{failure}"
    return Answer(said, is_loud=bool(errors or failure))


def _examined(workbook: XlwingsWorkbook) -> Answer:
    from scorecard_xl.doctor import findings

    # That it is open is known: a button in it was clicked.
    found = [each for each in findings(workbook.path) if each.subject != "Open elsewhere"]
    lines = [str(finding) for finding in found if finding.remedy]
    if not lines:
        return Answer(f"{len(found)} things examined, and nothing to put right.", is_loud=True)
    return Answer("\n".join(lines), is_loud=True)


# What can be pressed, by the name that the buttons know it by.
ACTIONS: Mapping[str, Callable[[XlwingsWorkbook], Answer]] = {
    "refresh": _refreshed,
    "check": _checked,
    "roll_forward": _rolled,
    "circulate": _circulated,
    "doctor": _examined,
}


def _tell(workbook: XlwingsWorkbook, answer: Answer) -> None:
    """Say it where the analyst is: in a message box, or in the status bar, if there is one."""
    from scorecard_xl.engines.xlwings_book import tell

    sentence = answer.sentence
    if len(sentence) > _LONGEST_MESSAGE:
        # What is to be done now stands at the end.
        end = f" {workbook.half_done}" if sentence.endswith(workbook.half_done or "\0") else ""
        sentence = f"{sentence[: _LONGEST_MESSAGE - len(end)].rpartition(' ')[0]} ...{end}"
    tell(workbook.app, sentence, title=TITLE, is_loud=answer.is_loud)
