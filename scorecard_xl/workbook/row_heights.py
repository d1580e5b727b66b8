"""How high each row of the body must be for its texts, in columns as wide as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from scorecard_xl.workbook.body import height_of, heights
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.template import COMMENTARY_COLUMN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.template import Template

_DEFAULT_WIDTHS = {"indicator": 60.0, COMMENTARY_COLUMN: 60.0}
_DEFAULT_WIDTH = 8.43


def merged_columns(template: Template) -> list[int]:
    """The printed columns side by side that the summary stretches over."""
    printed = [template.columns[role] for role in template.printed]
    start = template.columns.get("indicator", printed[0])
    merged = [start]
    while merged[-1] + 1 in printed:
        merged.append(merged[-1] + 1)
    return merged


class Widths(TypedDict):
    """How wide the columns are that texts wrap in, in characters."""

    name_width: float
    summary_width: float
    commentary_width: float | None


def needed_heights(workbook: Workbook, template: Template, rows: Sequence[BodyRow]) -> list[float]:
    """The height each row needs in the columns as wide as they are."""
    return heights(rows, **widths_of(workbook, template))


def widths_of(workbook: Workbook, template: Template) -> Widths:
    """How wide the columns are, or would be if nobody had set their width."""
    merged = merged_columns(template)
    first = _width(workbook, template, merged[0])
    together = workbook.column_width(template.sheet, merged[0], merged[-1])
    if together is None:
        together = sum(_width(workbook, template, column) for column in merged)
    said = None
    if COMMENTARY_COLUMN in template.printed:
        said = _width(workbook, template, template.columns[COMMENTARY_COLUMN])
    return Widths(name_width=first, summary_width=together, commentary_width=said)


def _width(workbook: Workbook, template: Template, column: int) -> float:
    """How wide a column is, or would be if nobody had set its width."""
    width = workbook.column_width(template.sheet, column)
    if width is None:
        role = next(role for role, at in template.columns.items() if at == column)
        return _DEFAULT_WIDTHS.get(role, _DEFAULT_WIDTH)
    return width


def said_anew(
    template: Template, shown: Sequence[Mapping[str, Content]], rows: Sequence[BodyRow]
) -> list[bool]:
    """Which rows must make other room for their comment than they have, where it is printed."""
    if COMMENTARY_COLUMN not in template.printed:
        return [False] * len(rows)
    before = [str(value_of(row.get(COMMENTARY_COLUMN)) or "") for row in shown[: len(rows)]]
    before += [""] * (len(rows) - len(before))
    return [
        row.kind.is_indicator and row.commentary != said
        for row, said in zip(rows, before, strict=True)
    ]


def set_heights(
    workbook: Workbook,
    template: Template,
    rows: Sequence[BodyRow],
    row_heights: Sequence[float],
    to_set: Sequence[bool],
) -> None:
    """Set the heights of rows that need more than one line, or did."""
    given = {
        template.body_top + i: row_heights[i]
        for i, row in enumerate(rows)
        if to_set[i]
        and (row_heights[i] != height_of(row.kind) or COMMENTARY_COLUMN in template.printed)
    }
    if given and template.prototype_corner is not None:
        workbook.set_heights(template.sheet, given)
