"""The body of the Scorecard: which rows it has, and what each of their cells holds."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.rules import Measure, State, Travel
from scorecard_xl.workbook.cell_content import Formula, value_of
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.formula_rows import FormulaContents
from scorecard_xl.workbook.text_lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules.commentary import Comment
    from scorecard_xl.rules.one_scorecard import OneScorecard
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.template import Template

SUMMARY_HEADING = "PERFORMANCE SUMMARY"
_LINE_HEIGHT = 13.0
# Excel has no higher row.
_HIGHEST = 409.0
_AS_RECORDED = (
    "polarity", "data_period", "result", "rag", "numerator", "denominator", "target",
    "previous", "outturn",
)  # fmt: skip
_recorded = itemgetter(*_AS_RECORDED)
_REFERENCES = ("previous", "outturn")
# What a printed page holds: A4 across, its margins taken off, at the template's scale.
_PAGE_POINTS = 524 / 0.76
_POINTS_ABOVE_BODY = 150.0
_POINTS_OF_REPEATED_ROWS = 54.0


class RowKind(StrEnum):
    """The kinds of rows; the prototype rows of the Styles sheet are named after them."""

    SECTION = "section"
    COUNT = "count"
    PERCENTAGE = "percentage"
    RATE = "rate"
    AVERAGE = "average"
    SUPPLIED = "supplied"
    SUMMARY_HEADING = "summary_heading"
    SUMMARY = "summary"
    FOOTNOTE = "footnote"

    @property
    def is_indicator(self) -> bool:
        """Whether rows of this kind show an indicator."""
        return self in _OF_INDICATORS


_KINDS = {measure.value: RowKind(measure.value) for measure in Measure}
_OF_INDICATORS = frozenset(_KINDS.values())
_ARROWS = {travel.value: travel.arrow for travel in Travel}
_STATES = {state.value: state.words for state in State}
# Rows that hold a text stretched over the printed columns.
TEXT_KINDS = (RowKind.SUMMARY, RowKind.FOOTNOTE)
_HEIGHTS = {RowKind.SECTION: 20.0, RowKind.SUMMARY_HEADING: 20.0, RowKind.FOOTNOTE: 14.0}
_BODY_HEIGHT = 18.0


class BodyRow(NamedTuple):
    """One row: its kind, its indicator's code, and contents by what a column shows.

    `restated` names the columns whose figure was restated since it was published.
    """

    kind: RowKind
    contents: Mapping[str, Content]
    code: str = ""
    restated: tuple[str, ...] = ()

    def in_run(self, run: tuple[str, ...]) -> Sequence[Content]:
        """What the cells of columns side by side hold."""
        contents = self.contents
        if isinstance(contents, FormulaContents):
            return contents.in_run(run)
        return list(map(contents.get, run))

    def formula_count(self, run: tuple[str, ...]) -> int:
        """How many cells of columns side by side hold a formula."""
        contents = self.contents
        if isinstance(contents, FormulaContents):
            return contents.formula_count(run)
        return sum(isinstance(contents.get(role), Formula) for role in run)

    @property
    def text(self) -> str:
        """What stands in the first column."""
        return str(value_of(self.contents.get("indicator")) or "")

    @property
    def commentary(self) -> str:
        """What is said of the indicator."""
        return str(value_of(self.contents.get("commentary")) or "")


def body_rows(
    scorecard: OneScorecard, texts: Mapping[str, Content], *, with_footnote: bool
) -> list[BodyRow]:
    """Lay a scorecard out: sections in order of first appearance, their indicators, the summary."""
    rows: list[BodyRow] = []
    restated = restated_references(scorecard)
    comments = scorecard.comments()
    for section, records in scorecard.sections().items():
        if section:
            rows.append(BodyRow(RowKind.SECTION, {"indicator": section, "row_kind": "section"}))
        for each in records:
            code = each["indicator"]
            rows.append(indicator_row(each, restated.get(code, ()), comments.get(code)))
    closing: dict[RowKind, Content] = {RowKind.SUMMARY_HEADING: SUMMARY_HEADING}
    closing[RowKind.SUMMARY] = texts["summary"]
    if with_footnote:
        closing[RowKind.FOOTNOTE] = texts["footnote"]
    rows += [
        BodyRow(kind, {"indicator": text, "row_kind": kind.value}) for kind, text in closing.items()
    ]
    return rows


def restated_references(scorecard: OneScorecard) -> dict[str, tuple[str, ...]]:
    """Which references of each indicator were restated, by code, where any was."""
    flags = [f"{name}_restated" for name in _REFERENCES]
    codes, *restated = scorecard.columns(["indicator", *flags])
    return {
        code: tuple(name for name, flag in zip(_REFERENCES, own, strict=True) if flag)
        for code, *own in zip(codes, *restated, strict=True)
        if any(own)
    }


def indicator_row(
    record: Mapping[str, Any], restated: tuple[str, ...], comment: Comment | None
) -> BodyRow:
    """The row of one indicator, from its plain values."""
    kind = _KINDS[record["measure"]]
    contents: dict[str, Content] = dict(zip(_AS_RECORDED, _recorded(record), strict=True))
    contents["indicator"], contents["code"] = record["name"], record["indicator"]
    look = f"{kind.value}, restated {' and '.join(restated)}" if restated else kind.value
    contents["row_kind"] = look
    contents["commentary"] = str(comment) if comment else None
    contents["state"] = None
    for role in ("dot_previous", "dot_outturn"):
        contents[role] = _ARROWS.get(record[role])
    if kind in (RowKind.COUNT, RowKind.SUPPLIED):
        # The result is the count itself, so the published scorecard leaves these blank.
        contents["numerator"] = contents["denominator"] = None
    if record["state"] == State.NEW_YEAR:
        contents["previous"] = State.NEW_YEAR.words
    elif record["state"]:
        contents["result"] = contents["state"] = _STATES[record["state"]]
    return BodyRow(kind, contents, record["indicator"], restated)


def height_of(kind: RowKind) -> float:
    """The height of a row of one line, in points."""
    return _HEIGHTS.get(kind, _BODY_HEIGHT)


def heights(
    rows: Sequence[BodyRow],
    *,
    name_width: float,
    summary_width: float,
    commentary_width: float | None = None,
) -> list[float]:
    """Give each row the height its texts need, in points; widths are in characters.

    Without a width for commentary, no room is made for it.
    """
    given = []
    for row in rows:
        height, lines = height_of(row.kind), 1
        if row.kind in TEXT_KINDS:
            points = 10 if row.kind is RowKind.SUMMARY else 9
            lines = lines_of(row.text, column_width=summary_width, points=points)
        elif row.kind.is_indicator:
            lines = lines_of(row.text, column_width=name_width, points=10, indent=1)
            if commentary_width is not None and row.commentary:
                said = lines_of(row.commentary, column_width=commentary_width, points=10, indent=1)
                lines = max(lines, said)
        given.append(min(height + (lines - 1) * _LINE_HEIGHT, _HIGHEST))
    return given


def page_breaks(rows: Sequence[BodyRow], row_heights: Sequence[float], *, top: int) -> list[int]:
    """Say which rows start a page, so that a section that fits one page is not torn."""
    breaks = []
    used = _POINTS_ABOVE_BODY
    starts = [
        i for i, row in enumerate(rows) if row.kind in (RowKind.SECTION, RowKind.SUMMARY_HEADING)
    ]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        needed = sum(row_heights[start:end])
        if used + needed > _PAGE_POINTS and start > 0:
            breaks.append(top + start)
            used = _POINTS_OF_REPEATED_ROWS
        used += needed
        while used > _PAGE_POINTS:
            used -= _PAGE_POINTS - _POINTS_OF_REPEATED_ROWS
    return breaks


def runs_of_kind(rows: Sequence[BodyRow], chosen: Sequence[bool]) -> list[tuple[RowKind, int, int]]:
    """Group the chosen rows that follow each other and are of one kind: kind, first, last."""
    runs = []
    marked = [
        (i, row.kind if keep else None)
        for i, (row, keep) in enumerate(zip(rows, chosen, strict=True))
    ]
    for kind, group in groupby(marked, key=lambda each: each[1]):
        indexes = [i for i, _ in group]
        if kind is not None:
            runs.append((kind, indexes[0], indexes[-1]))
    return runs


def look_areas(template: Template, kind: RowKind, top: int, bottom: int) -> list[tuple[Area, Area]]:
    """Pair the prototype's cells with the cells that are to look like them, side by side."""
    prototypes = template.prototypes
    if prototypes is None or kind not in prototypes.rows:
        return []
    source_row = prototypes.rows[kind]
    pairs: list[list[tuple[int, int]]] = []
    for role in sorted(template.columns, key=lambda role: template.columns[role]):
        if role in prototypes.columns:
            pair = (prototypes.columns[role], template.columns[role])
            if pairs and pairs[-1][-1] == (pair[0] - 1, pair[1] - 1):
                pairs[-1].append(pair)
            else:
                pairs.append([pair])
    return [
        (
            Area(prototypes.sheet, source_row, run[0][0], source_row, run[-1][0]),
            Area(template.sheet, top, run[0][1], bottom, run[-1][1]),
        )
        for run in pairs
    ]
