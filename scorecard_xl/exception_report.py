"""The exceptions of a scorecard as a table that a committee paper can take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard_xl.rules import State, as_shown
from scorecard_xl.rules.periods import british_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard_xl.rules import Rag, Scorecard
    from scorecard_xl.rules.exceptional_results import ExceptionalResult

HEADINGS = ("Indicator", "Rating", "Last period", "Result", "Target", "Comment", "Action", "Owner")
_FIGURES = ("Result", "Target")
_MARKS = re.compile(r"[\\`*_\[\]<>#|]")


def exception_rows(exceptions: Sequence[ExceptionalResult]) -> list[tuple[str, ...]]:
    """The exceptions as texts, a row each, under `HEADINGS`."""
    return [
        (
            each.name,
            _words(each.rag) or "Not rated",
            _words(each.rag_before),
            as_shown(each.result, each.measure) or State(each.state or State.NOT_ENTERED).words,
            as_shown(each.target, each.measure),
            each.comment.comment,
            each.comment.action,
            each.comment.owner,
        )
        for each in exceptions
    ]


def exceptions_markdown(scorecard: Scorecard) -> str:
    """The exceptions of a scorecard in Markdown: a heading, and a table under each section."""
    settings = scorecard.settings
    return "\n".join(
        [
            f"# {_in_line(settings.title)}: exceptions as at {british_date(settings.as_at)}",
            "",
            *(_tables(scorecard.exceptions) if scorecard.exceptions else ["There are none."]),
        ]
    )


def _tables(exceptions: Sequence[ExceptionalResult]) -> Iterator[str]:
    sections = dict.fromkeys(each.section for each in exceptions)
    for section in sections:
        if section:
            yield from (f"## {_in_line(section)}", "")
        yield f"| {' | '.join(HEADINGS)} |"
        yield f"| {' | '.join('---:' if name in _FIGURES else '---' for name in HEADINGS)} |"
        for row in exception_rows([each for each in exceptions if each.section == section]):
            yield f"| {' | '.join(map(_in_cell, row))} |"
        yield ""


def _words(rag: Rag | None) -> str:
    return "" if rag is None else rag.words


def _in_line(text: str) -> str:
    """A text in one line that Markdown shows as it is."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))


def _in_cell(text: str) -> str:
    """A text in a table's cell; its lines stay lines."""
    return "<br>".join(_in_line(line) for line in text.strip().splitlines())
