"""What a workbook's defined names say: where the title, the body and each column lie."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

from scorecard_xl.problems import Problem, Severity
from scorecard_xl.workbook.engine import Area, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from scorecard_xl.workbook.engine import Workbook

# What each column of the body shows, in the order of the published scorecard.
PRINTED_COLUMNS = (
    "indicator", "polarity", "data_period", "result", "rag", "numerator", "denominator", "target",
    "previous", "dot_previous", "outturn", "dot_outturn",
)  # fmt: skip
# Columns right of the print area, for the workbook itself.
WORKING_COLUMNS = ("code", "row_kind", "state")
# Printed where an analyst has put it beside a printed column.
COMMENTARY_COLUMN = "commentary"
COLUMNS = (*PRINTED_COLUMNS, *WORKING_COLUMNS, COMMENTARY_COLUMN)
STYLES_SHEET = "Styles"
# Raised when a template gains what `scorecard-xl upgrade` gives to workbooks made before.
TEMPLATE_VERSION = 2
# Templates before the second do not have this name.
VERSION_NAME = "template_version"
# All rows between body and summary belong to the scorecard, and are written.
_MOST_ROWS = 20_000
_REQUIRED = ("scorecard_body", "scorecard_summary")


@dataclasses.dataclass(frozen=True)
class Prototypes:
    """The rows that show how each kind of row looks: rows by kind, columns by what they show."""

    sheet: str
    rows: Mapping[str, int]
    columns: Mapping[str, int]


@dataclasses.dataclass(frozen=True)
class Template:
    """Where a workbook wants its scorecard; what is not there is not filled."""

    sheet: str
    body_top: int
    body_bottom: int
    columns: Mapping[str, int]
    headings: Mapping[str, Area]
    cells: Mapping[str, Area]
    prototype_corner: Area | None
    prototypes: Prototypes | None = None

    @property
    def has_footnote(self) -> bool:
        """Whether a footnote's cell follows the summary."""
        return "footnote" in self.cells

    @functools.cached_property
    def printed(self) -> tuple[str, ...]:
        """What is printed, of the columns that are there, from left to right."""
        printed = [role for role in PRINTED_COLUMNS if role in self.columns]
        beside = {self.columns[role] + step for role in printed for step in (-1, 1)}
        if self.columns.get(COMMENTARY_COLUMN) in beside:
            printed.append(COMMENTARY_COLUMN)
        return tuple(sorted(printed, key=lambda role: self.columns[role]))

    def run_area(self, run: Sequence[str], top: int, bottom: int) -> Area:
        """The cells of columns side by side, from row `top` to row `bottom`."""
        left = self.columns[run[0]]
        return Area(self.sheet, top, left, bottom, left + len(run) - 1)

    def runs(self, roles: Collection[str] = COLUMNS) -> list[tuple[str, ...]]:
        """The columns of `roles`, grouped where they lie side by side, from left to right."""
        runs: list[list[str]] = []
        last = -1
        present = [role for role in self.columns if role in roles]
        for role in sorted(present, key=lambda role: self.columns[role]):
            if self.columns[role] != last + 1 or not runs:
                runs.append([])
            runs[-1].append(role)
            last = self.columns[role]
        return [tuple(run) for run in runs]

    def column_area(self, role: str, top: int, bottom: int) -> Area:
        """The cells of one column, from row `top` to row `bottom`."""
        return Area(self.sheet, top, self.columns[role], bottom, self.columns[role])


def _missing_name(name: str, what: str) -> Problem:
    return Problem(
        code="missing_name",
        severity=Severity.ERROR,
        place=name,
        finding=f"there is no defined name {name}, which says where {what}",
        remedy="define it again with Formulas, Name Manager",
    )


def _missing_scorecard() -> Problem:
    """Say that the sheet is gone, or that no name says anything of it."""
    return Problem(
        code="missing_scorecard",
        severity=Severity.ERROR,
        place="Scorecard",
        finding="nothing says where the scorecard goes: its sheet is gone, or all names of it are",
        remedy="go on with an earlier copy of the workbook, and take this one's tables into it",
    )


def _missing_styles() -> Problem:
    return Problem(
        code="missing_styles",
        severity=Severity.WARNING,
        place=STYLES_SHEET,
        finding="this sheet is gone, from which rows of the scorecard take their look",
        remedy="run scorecard-xl upgrade, which adds it again",
    )


def version_of(formula: str | None) -> int:
    """The template's version by what its name stands for; the first had no such name."""
    return int(formula) if formula is not None and formula.strip().isdecimal() else 1


def read_template(workbook: Workbook) -> tuple[Template | None, list[Problem]]:
    """Read where the scorecard goes; no template where a name it cannot do without is missing."""
    names = {name.casefold(): area for name, area in workbook.read_names().items() if area}
    what = {"scorecard_body": "the first row goes", "scorecard_summary": "the summary goes"}
    problems = [_missing_name(name, what[name]) for name in _REQUIRED if name not in names]
    columns = {role: names[f"column_{role}"] for role in COLUMNS if f"column_{role}" in names}
    if "indicator" not in columns and "result" not in columns:
        problems.append(_missing_name("column_indicator", "the indicators' names go"))
    if len(problems) > len(_REQUIRED):
        problems = [_missing_scorecard()]
    if not problems:
        problems = _misplaced(names, columns)
    if problems:
        return None, problems
    body, summary = names["scorecard_body"], names["scorecard_summary"]
    cells = {
        name.removeprefix("scorecard_"): area
        for name, area in names.items()
        if name.startswith("scorecard_") or name in ("checks_body", "checks_last", "why_body")
    }
    footnote = cells.get("footnote")
    if footnote is not None and (footnote.sheet, footnote.top) != (body.sheet, summary.top + 1):
        del cells["footnote"]
    template = Template(
        sheet=body.sheet,
        body_top=body.top,
        body_bottom=summary.top + ("footnote" in cells),
        columns={role: area.left for role, area in columns.items()},
        headings=columns,
        cells=cells,
        prototype_corner=_prototype_corner(workbook, names.get("prototype_rows")),
    )
    return template, [_missing_styles()] if template.prototype_corner is None else []


def _misplaced(names: Mapping[str, Area], columns: Mapping[str, Area]) -> list[Problem]:
    """Find names that contradict each other."""
    body, summary = names["scorecard_body"], names["scorecard_summary"]
    problems = []

    def add(name: str, finding: str, remedy: str) -> None:
        problems.append(
            Problem(
                code="misplaced_name",
                severity=Severity.ERROR,
                place=str(names[name]),
                finding=f"{name} {finding}",
                remedy=remedy,
            )
        )

    if summary.sheet != body.sheet or summary.top <= body.top:
        add(
            "scorecard_summary",
            "does not lie below scorecard_body",
            "point it at the summary's cell",
        )
    elif summary.top - body.top > _MOST_ROWS:
        remedy = "point it at the summary's cell, or delete the empty rows"
        add("scorecard_summary", f"lies over {_MOST_ROWS:,} rows below scorecard_body", remedy)
    taken: dict[int, str] = {}
    for role, area in columns.items():
        name = f"column_{role}"
        if area.sheet != body.sheet or area.top >= body.top:
            remedy = f"point it at a heading above row {body.top} of {quoted(body.sheet)}"
            add(name, "does not lie on a heading above the scorecard's body", remedy)
        elif area.left in taken:
            add(
                name,
                f"lies on the same column as {taken[area.left]}",
                "give each a column of its own",
            )
        taken.setdefault(area.left, name)
    return problems


def _prototype_corner(workbook: Workbook, named: Area | None) -> Area | None:
    """The first cell of the prototype rows, None where there are none."""
    if named is None and STYLES_SHEET in workbook.sheet_names:
        return Area.cell(STYLES_SHEET, 1, 1)
    return named


def with_prototypes(workbook: Workbook, template: Template) -> Template:
    """Read the prototype rows, too, which only rows that are new need."""
    if template.prototype_corner is None:
        return template
    prototypes = _read_prototypes(workbook, template.prototype_corner)
    return dataclasses.replace(template, prototypes=prototypes)


def _read_prototypes(workbook: Workbook, corner: Area) -> Prototypes:
    """Read the prototype rows: kinds down the first column, roles along the first row."""
    sheet, top, left = corner.sheet, corner.top, corner.left
    block = workbook.read_block(Area(sheet, top, left, top + 30, left + 40))
    rows = {str(line[0]): top + i for i, line in enumerate(block) if i and line[0]}
    columns = {str(role): left + i for i, role in enumerate(block[0]) if i and role}
    return Prototypes(sheet, rows, columns)
