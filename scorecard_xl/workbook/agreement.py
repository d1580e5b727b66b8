"""What a workbook shows against what its counts give: the sheet and the core must agree."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from scorecard_xl.problems import Problem, Severity
from scorecard_xl.rules import as_shown
from scorecard_xl.workbook.cell_content import ErrorValue, Formula, NotCalculated, value_of
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.template import COMMENTARY_COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.fill import Shown
    from scorecard_xl.workbook.template import Template

# Two programs may differ in the last bits of a quotient.
LARGEST_DIFFERENCE = 1e-9
_FIGURES = ("result", "target", "previous", "outturn")
_REMEDY = "refresh the workbook"


def agree(shown: object, expected: object) -> bool:
    """Whether two values are the same: numbers to 9 decimals, a blank text as nothing."""
    if shown in (None, "") or expected in (None, ""):
        return shown in (None, "") and expected in (None, "")
    if isinstance(shown, int | float) and isinstance(expected, int | float):
        return abs(shown - expected) <= LARGEST_DIFFERENCE * max(1.0, abs(expected))
    return shown == expected


def is_laid_out(shown: Shown, rows: Sequence[BodyRow]) -> bool:
    """Whether the body shows these indicators in these rows."""
    codes = [str(value_of(row.get("code")) or "") for row in shown.rows]
    return codes == [row.code for row in rows]


def disagreements(template: Template, shown: Shown, rows: Sequence[BodyRow]) -> list[Problem]:
    """Name every cell of the body that shows other than the counts give.

    `rows` is what the body should hold. A formula that was typed over is an
    error where it shows another value, and a warning where it happens to show
    the right one, for it no longer moves with the counts.
    """
    if not is_laid_out(shown, rows):
        return [_not_laid_out(template, shown)]
    has_formulas = any(
        isinstance(content, Formula)
        for cells, row in zip(shown.rows, rows, strict=True)
        for content in cells.values()
        if row.kind.is_indicator
    )
    problems: list[Problem] = []
    uncalculated = 0
    for number, (cells, row) in enumerate(zip(shown.rows, rows, strict=True), template.body_top):
        for role, content in cells.items():
            expected = row.contents.get(role)
            cell = Area.cell(template.sheet, number, template.columns[role])
            if isinstance(value_of(content), NotCalculated):
                uncalculated += 1
                continue
            was_formula = has_formulas and isinstance(expected, Formula)
            problems += _differences(cell, content, expected, _measure(row), role, was_formula)
    if uncalculated:
        problems.append(_not_calculated(template, uncalculated))
    return problems


def typed_over(template: Template, shown: Shown, rows: Sequence[BodyRow]) -> list[Problem]:
    """Name the formulas that were typed over with another value, which a refresh replaces."""
    if not is_laid_out(shown, rows):
        return []
    return [
        dataclasses.replace(problem, severity=Severity.WARNING, remedy="it has been replaced")
        for problem in disagreements(template, shown, rows)
        if problem.code == "typed_over" and problem.is_error
    ]


def _measure(row: BodyRow) -> str:
    return row.kind.value if row.kind.is_indicator else ""


def _differences(
    cell: Area, content: Content, expected: Content, measure: str, role: str, was_formula: bool
) -> Iterator[Problem]:
    """What is wrong with one cell, if anything."""
    shown, wanted = value_of(content), value_of(expected)
    is_right = agree(shown, wanted)
    if is_right and not (was_formula and not isinstance(content, Formula)):
        return
    holds, gives = _both(shown, wanted, measure if role in _FIGURES else "")
    if was_formula and not isinstance(content, Formula):
        severity = Severity.WARNING if is_right else Severity.ERROR
        typed = _in_words(shown, "")
        finding = f"holds a typed value, {typed}; the counts give {gives}"
        yield _problem("typed_over", severity, cell, finding)
    elif isinstance(content, Formula):
        finding = f"shows {holds}; the counts give {gives}; its formula is {content.text}"
        yield _problem("formula_disagrees", Severity.ERROR, cell, finding)
    elif role == COMMENTARY_COLUMN:
        finding = f"shows {holds}, and Commentary says {gives}"
        yield _problem("commentary_not_refreshed", Severity.WARNING, cell, finding)
    else:
        finding = f"shows {holds}; the counts give {gives}"
        yield _problem("not_refreshed", Severity.ERROR, cell, finding)


def _both(shown: Any, wanted: Any, measure: str) -> tuple[str, str]:
    """Two values as their cells show them; with all their digits where that looks the same."""
    in_words = _in_words(shown, measure), _in_words(wanted, measure)
    if in_words[0] != in_words[1]:
        return in_words
    return _in_words(shown, ""), _in_words(wanted, "")


def _problem(code: str, severity: Severity, cell: Area, finding: str) -> Problem:
    return Problem(code=code, severity=severity, place=str(cell), finding=finding, remedy=_REMEDY)


def _in_words(value: Any, measure: str) -> str:
    """A value as a sentence tells it, a figure as its cell shows it."""
    if value in (None, ""):
        return "nothing"
    if isinstance(value, ErrorValue):
        return f"the error {value.text}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return as_shown(float(value), measure) if measure else f"{value:.15g}"
    return repr(value)


def _not_laid_out(template: Template, shown: Shown) -> Problem:
    is_filled = any(value_of(row.get("code")) for row in shown.rows)
    finding = "the scorecard has not been filled in yet"
    if is_filled:
        finding = "the scorecard shows other indicators than the sheet Indicators lists"
    corner = Area.cell(template.sheet, template.body_top, min(template.columns.values()))
    return _problem("not_filled", Severity.WARNING, corner, finding)


def _not_calculated(template: Template, count: int) -> Problem:
    corner = Area.cell(template.sheet, template.body_top, min(template.columns.values()))
    finding = f"{count} formulas of the scorecard have not been calculated yet"
    return _problem("not_calculated", Severity.WARNING, corner, finding)


def text_disagreements(
    places: Mapping[str, Area], shown: Mapping[str, Content], expected: Mapping[str, Content]
) -> list[Problem]:
    """Name the texts around the body, such as the title, that say other than they should."""
    problems: list[Problem] = []
    for name, area in places.items():
        content = shown[name]
        if not isinstance(value_of(content), NotCalculated):
            was_formula = isinstance(content, Formula)
            problems += _differences(area, content, expected[name], "", "", was_formula)
    return problems
