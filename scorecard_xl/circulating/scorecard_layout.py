"""How the Scorecard of a copy is laid out: its columns, and the texts around its rows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.circulating.lines import columns_of
from scorecard_xl.rules import period_line, summary_sentence, tallies_of, tally_line
from scorecard_xl.rules.footnote import footnote
from scorecard_xl.rules.periods import MONTHS, british_date
from scorecard_xl.workbook.cell_content import text_in
from scorecard_xl.workbook.fill import DATED_HEADINGS, dated_headings, footer_text
from scorecard_xl.workbook.history_notes import PROVISIONAL_NOTE, RESTATED_NOTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.circulating.basis import Basis
    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.rules import Settings, YearStart
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.template import Template

REASON = "Circulated with errors in its counts, because"
_GAP = "   |   "
_WIDTHS = {
    "indicator": 79.0, "polarity": 8.0, "data_period": 7.0, "result": 11.0, "rag": 6.5,
    "numerator": 8.0, "denominator": 8.0, "target": 9.0, "previous": 9.0, "dot_previous": 10.0,
    "outturn": 9.5, "dot_outturn": 10.0, "commentary": 60.0,
}  # fmt: skip
_LEAST_WIDTHS = {"indicator": 30.0, "commentary": 30.0}
_HEADINGS = {
    "indicator": "Indicator", "polarity": "Polarity", "data_period": "Data Period",
    "result": "Latest Result", "rag": "RAG Status", "numerator": "Num", "denominator": "Denom",
    "previous": "Previous Reported Result", "dot_previous": "DoT from previous to latest result",
    "dot_outturn": "DoT from outturn to latest result", "commentary": "Commentary",
}  # fmt: skip
GROUPS = {
    **dict.fromkeys(("result", "rag", "numerator", "denominator", "target"), "LATEST RESULT"),
    **dict.fromkeys(("previous", "dot_previous"), "PREVIOUS RESULT"),
    **dict.fromkeys(("outturn", "dot_outturn"), "OUTTURN RESULT"),
}
_MARKS = (
    "Key: G target met, A near, R off target, blank not rated.   Up ↑ better, down ↓ worse, "
    "level → same: better or worse, not more or less; for T, nearer to this year's target."
)
_POLARITIES = {"H": "H high is good", "L": "L low is good", "T": "T close to target"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Layout:
    """The columns of a Scorecard from left to right: what each shows, its heading, its width."""

    roles: tuple[str, ...]
    headings: tuple[str, ...]
    widths: tuple[float, ...]


def layout_of(workbook: Workbook, template: Template, settings: Settings) -> Layout:
    """The columns that a workbook's Scorecard prints, in its order and under its headings."""
    roles = tuple(template.printed)
    if "indicator" not in roles:
        roles = ("indicator", *roles)
    headings: list[str] = []
    for role in roles:
        heading = ""
        if role in template.headings:
            heading = text_in(workbook.read_block(template.headings[role])[0][0])
        heading = heading_now(role, heading.strip(), settings)
        while heading in headings:
            heading += " (2)"
        headings.append(heading)
    return Layout(
        roles=roles,
        headings=tuple(headings),
        widths=tuple(_width(workbook, template, role) for role in roles),
    )


def heading_now(role: str, heading: str, settings: Settings) -> str:
    """A heading as worded; where it names a year in the house's words, it names this one."""
    if role in DATED_HEADINGS and (not heading or heading.startswith(DATED_HEADINGS[role])):
        return dated_headings(settings)[role]
    return heading or _HEADINGS[role]


def _width(workbook: Workbook, template: Template, role: str) -> float:
    width = None
    if role in template.columns:
        width = workbook.column_width(template.sheet, template.columns[role])
    # A column that was given a name and no room would show nothing of its texts.
    return max(width or _WIDTHS[role], _LEAST_WIDTHS.get(role, 1.0))


def texts_around(lines: Sequence[Line], basis: Basis) -> dict[str, str]:
    """The texts around the rows by what they are, in the order in which they stand."""
    settings, tallies = basis.settings, tallies_of(columns_of(lines))
    notes = [RESTATED_NOTE] if any(line.restated for line in lines) else []
    notes += [PROVISIONAL_NOTE] if basis.is_outturn_provisional else []
    return {
        "title": settings.title,
        "period": period_line(settings, basis.extracted),
        "marking": marking_line(settings),
        "reason": basis.reason and f"{REASON}: {basis.reason}",
        "tallies": tally_line(tallies, settings),
        "key": _MARKS,
        "letters": _letters(lines, settings.year_start),
        "summary": summary_sentence(tallies, settings),
        "footnote": " ".join(part for part in (footnote(settings), *notes) if part),
        "footer": footer_text(settings),
    }


def marking_line(settings: Settings) -> str:
    """How it is protected, and who signed it off; blank where nobody said."""
    signed = f"Signed off by {settings.signed_off_by}" if settings.signed_off_by else ""
    if settings.signed_off_on:
        on = british_date(settings.signed_off_on)
        signed = f"{signed} on {on}" if signed else f"Signed off on {on}"
    return _GAP.join(part for part in (settings.marking, signed) if part)


def _letters(lines: Sequence[Line], start: YearStart) -> str:
    """What the letters of the polarities and data periods mean that are shown."""
    polarities = [
        _POLARITIES[each] for each in "HLT" if any(line.polarity == each for line in lines)
    ]
    periods = dict.fromkeys((line.data_period or "").upper() for line in lines)
    known = period_meanings(start)
    meanings = [f"{each} {known[each]}" for each in periods if each in known]
    return "   ".join(f"{', '.join(part)}." for part in (polarities, meanings) if part)


def period_meanings(start: YearStart) -> dict[str, str]:
    """What the usual data periods mean."""
    return {
        "R12M": "rolling 12 months",
        "YTD": f"since {first_day(start)}",
        "SS": "snapshot",
        "MS": "snapshot at the end of the month",
        "Q": "quarter",
        "A": "year",
    }


def first_day(start: YearStart) -> str:
    """The first day of a reporting year, ``1 April``."""
    return f"{start.day} {MONTHS[start.month - 1]}"
