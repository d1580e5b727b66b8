"""A copy of a scorecard that is safe to send: made from nothing but what its page shows."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from scorecard_xl.circulating.accessible_page import TABLE
from scorecard_xl.circulating.basis import Basis
from scorecard_xl.circulating.checklist import checklist_of
from scorecard_xl.circulating.definitions import made_of
from scorecard_xl.circulating.document import document_of
from scorecard_xl.circulating.lines import lines_of
from scorecard_xl.circulating.notes_page import FACTS_TABLE
from scorecard_xl.circulating.printed_figures import (
    are_counts_shown,
    as_printed,
    exceptions_as_printed,
)
from scorecard_xl.circulating.scorecard_layout import layout_of
from scorecard_xl.circulating.worked_around import scorecard_despite_errors
from scorecard_xl.engines.circulated import document_bytes
from scorecard_xl.exceptions import InvalidWorkbookError, RefusedError
from scorecard_xl.workbook.checking import problems_shown
from scorecard_xl.workbook.history_notes import is_provisional
from scorecard_xl.workbook.inputs import COUNTS, HISTORY
from scorecard_xl.workbook.reading import read_workbook
from scorecard_xl.workbook.template import TEMPLATE_VERSION, VERSION_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.circulating.checklist import RuleKept
    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.circulating.scorecard_layout import Layout
    from scorecard_xl.engines.circulated import Document
    from scorecard_xl.problems import Problem
    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.inputs import Inputs


@dataclasses.dataclass(frozen=True, kw_only=True)
class Circulated:
    """A copy as bytes of an .xlsx file, which accessibility rules it keeps, and warnings.

    `errors` are those it was made in spite of.
    """

    content: bytes
    document: Document
    checklist: tuple[RuleKept, ...]
    warnings: tuple[Problem, ...]
    errors: tuple[Problem, ...]


def circulate(
    workbook: Workbook, *, reason: str = "", made_at: dt.datetime | None = None
) -> Circulated:
    """Make a copy of a workbook's scorecard for circulation; nothing of the workbook is written.

    The same workbook, reason and time always give the same parts.

    Parameters
    ----------
    reason
        Why it is circulated although `check` finds errors; it is printed on the page.
        What an error keeps from being worked out is left out, and says so in words.
    made_at
        The time that the copy states; by default now.

    Raises
    ------
    InvalidWorkbookError
        `check` finds errors and no `reason` was given, or nothing can be worked out.
    RefusedError
        There is no indicator to be shown, or the workbook is such a copy itself.
    """
    _refuse_copies(workbook)
    reading = read_workbook(workbook)
    problems = problems_shown(workbook, reading)
    errors = tuple(problem for problem in problems if problem.is_error)
    if (errors and not reason) or reading.template is None:
        raise InvalidWorkbookError(problems)
    scorecard = reading.worked_out
    if scorecard is None or reading.has_errors:
        scorecard = scorecard_despite_errors(reading)
    document = _document(
        workbook,
        scorecard,
        layout_of(workbook, reading.template, scorecard.settings),
        reading.inputs,
        reason=reason if errors else "",
        made_at=made_at or dt.datetime.now(dt.UTC),
    )
    return Circulated(
        content=document_bytes(document),
        document=document,
        checklist=checklist_of(document),
        warnings=tuple(problem for problem in problems if not problem.is_error),
        errors=errors,
    )


def _refuse_copies(workbook: Workbook) -> None:
    """Refuse what has been circulated: nothing in it can be worked out from counts."""
    has_own_tables = workbook.read_table(FACTS_TABLE) and workbook.read_table(TABLE)
    if has_own_tables and not workbook.read_table(COUNTS.name):
        message = f"{workbook.name} is a circulated copy; name the workbook that it was made from."
        raise RefusedError(message)


def _document(
    workbook: Workbook,
    scorecard: Scorecard,
    layout: Layout,
    inputs: Inputs,
    *,
    reason: str,
    made_at: dt.datetime,
) -> Document:
    """The copy of what a scorecard's page shows."""
    lines, exceptions = lines_of(scorecard), list(scorecard.exceptions)
    if not lines:
        message = f"{workbook.name} has no indicators; there is nothing to circulate."
        raise RefusedError(message)
    if not are_counts_shown(layout.roles):
        lines = as_printed(lines)
        exceptions = exceptions_as_printed(exceptions, lines)
    return document_of(
        lines,
        exceptions,
        _basis(scorecard, inputs, reason),
        layout,
        how_made=_how_made(scorecard, lines, inputs),
        template_version=_template_version(workbook),
        made_at=made_at,
    )


def _template_version(workbook: Workbook) -> str:
    """The version of the template that a workbook was made from: the first did not name one."""
    names = {name.casefold() for name in workbook.read_names()}
    return str(TEMPLATE_VERSION) if VERSION_NAME in names else "1"


def _basis(scorecard: Scorecard, inputs: Inputs, reason: str) -> Basis:
    """What the copy states beside its rows."""
    history, outturn = inputs.columns(HISTORY), scorecard.settings.outturn_as_at
    statuses = history.get("status", [None] * len(history["as_at"]))
    return Basis(
        settings=scorecard.settings,
        extracted=scorecard.extracted,
        reason=" ".join(reason.split()),
        is_outturn_provisional=any(
            is_provisional(status)
            for status, as_at in zip(statuses, history["as_at"], strict=True)
            if as_at == outturn
        ),
    )


def _how_made(scorecard: Scorecard, lines: Sequence[Line], inputs: Inputs) -> list[str]:
    """How the result of each line comes about, in the order of the lines."""
    counts = inputs.columns(COUNTS)
    names = {
        str(code).strip().casefold(): str(name).strip() if name else str(code).strip()
        for code, name in zip(counts["code"], counts["count"], strict=True)
        if code
    }
    how = {
        indicator: made_of(
            measure,
            names.get((numerator or "").casefold(), numerator or ""),
            names.get((denominator or "").casefold(), denominator or ""),
            scorecard.settings.rate_base,
        )
        for indicator, measure, numerator, denominator in zip(
            *scorecard.columns(["indicator", "measure", "numerator_code", "denominator_code"]),
            strict=True,
        )
    }
    return [how[line.code] for line in lines]
