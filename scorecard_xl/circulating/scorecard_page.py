"""The sheet Scorecard of a copy: what directors read, as values in the house look."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.circulating import house_look as house
from scorecard_xl.circulating.paper import HOUSE_SCALE, scale_of
from scorecard_xl.circulating.scorecard_layout import GROUPS
from scorecard_xl.engines.circulated import Cell, Edge, Look, Page, PageSetUp, Row
from scorecard_xl.rules import Travel
from scorecard_xl.workbook.body import (
    SUMMARY_HEADING,
    BodyRow,
    RowKind,
    heights,
    indicator_row,
    page_breaks,
)
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.circulating.scorecard_layout import Layout
    from scorecard_xl.circulating.table_pages import Marks
    from scorecard_xl.workbook.cell_content import Content

SHEET = "Scorecard"
# The rows above the body, from the first on; those without a text are left out.
_TOP = {
    "title": (house.TITLE, 24.0),
    "period": (house.PERIOD, 16.0),
    "marking": (house.MARKING, 16.0),
    "reason": (house.REASON, 17.0),
    "tallies": (house.TALLIES, 17.0),
    "key": (house.KEY, 15.0),
}
# What the house's breaks allow for above the body: its texts and headings, but no marking.
_ALLOWED_ABOVE = 150.0
_OPTIONAL = ("marking", "reason")
_GROUPS_HEIGHT, _HEADINGS_HEIGHT = 15.0, 38.0
_FIGURES = ("result", "target", "previous", "outturn")
_RESTATED_MARK = '"r"'
_TRAVELS = {travel.arrow: travel.value for travel in Travel}


def body_of(lines: Sequence[Line]) -> list[tuple[BodyRow, Line | None]]:
    """The rows below the headings, down to the last indicator, each with its line."""
    rows: list[tuple[BodyRow, Line | None]] = []
    section = ""
    for line in lines:
        if line.section and line.section != section:
            section = line.section
            rows.append((BodyRow(RowKind.SECTION, {"indicator": section}), None))
        row = indicator_row({**vars(line), "indicator": ""}, line.restated, None)
        said = {**row.contents, "commentary": line.comment or None}
        rows.append((row._replace(contents=said), line))
    return rows


def scorecard_page(
    lines: Sequence[Line], layout: Layout, texts: Mapping[str, str], marks: Marks
) -> tuple[Page, dict[str, Area]]:
    """The sheet, and the names that say where on it everything lies."""
    top = _top_rows(layout, texts)
    body = body_of(lines)
    closing = _closing(texts)
    all_rows = [row for row, _ in body] + closing
    given = _heights(all_rows, layout)
    cells = [_line_cells(row, line, layout) for row, line in body]
    cells += [_closing_cells(row, len(layout.roles)) for row in closing]
    filled = (Row(cells=own, height=height) for own, height in zip(cells, given, strict=True))
    rows = [*top, *filled]
    first = len(top) + 1
    page = Page(
        name=SHEET,
        rows=tuple(rows),
        widths=layout.widths,
        set_up=dataclasses.replace(
            _set_up(marks, layout),
            breaks=_breaks(all_rows, given, top, layout),
            repeated_rows=(len(top) - 1, len(top)),
        ),
        frozen_rows=len(top),
        merges=_merges(len(rows), closing, len(layout.roles)),
    )
    return page, _names(_top_texts(texts), first, len(body), closing, layout)


def _closing(texts: Mapping[str, str]) -> list[BodyRow]:
    """The rows below the last indicator."""
    closing = {
        RowKind.SUMMARY_HEADING: SUMMARY_HEADING,
        RowKind.SUMMARY: texts["summary"],
        RowKind.FOOTNOTE: texts["footnote"],
    }
    return [BodyRow(kind, {"indicator": text}) for kind, text in closing.items() if text]


def _set_up(marks: Marks, layout: Layout) -> PageSetUp:
    set_up = marks.set_up(heading_row=None, scale=scale_of(layout.widths))
    # On the sheet itself the marking stands under the title.
    return dataclasses.replace(set_up, header="")


def _breaks(
    rows: Sequence[BodyRow], given: Sequence[float], top: Sequence[Row], layout: Layout
) -> tuple[int, ...]:
    """Which rows start a page; the narrower columns print, the more rows a page takes."""
    share = scale_of(layout.widths) / HOUSE_SCALE
    printed = [height * share for height in given]
    above = sum(row.height or 0.0 for row in top) * share
    printed[0] += max(0.0, above - _ALLOWED_ABOVE)
    return tuple(page_breaks(rows, printed, top=len(top) + 1))


def _top_rows(layout: Layout, texts: Mapping[str, str]) -> list[Row]:
    rows = []
    for name in _top_texts(texts):
        look, height = _TOP[name]
        rows.append(Row(cells={1: Cell(texts[name], look)}, height=height))
    return [*rows, *_heading_rows(layout, texts["letters"])]


def _top_texts(texts: Mapping[str, str]) -> list[str]:
    """The texts above the headings, in the order of their rows."""
    return [name for name in _TOP if texts[name] or name not in _OPTIONAL]


def _heading_rows(layout: Layout, letters: str) -> list[Row]:
    """The row of groups, with the key of letters at its start, and the row of headings."""
    groups: dict[int, Cell] = {}
    headings: dict[int, Cell] = {}
    before = ""
    for column, (role, heading) in enumerate(zip(layout.roles, layout.headings, strict=True), 1):
        group = GROUPS.get(role, "")
        edge = Edge("thin", house.WHITE) if group != before else None
        if group:
            text = group if group != before else None
            groups[column] = Cell(text, dataclasses.replace(house.GROUP, left=edge))
        look = dataclasses.replace(house.HEADING, left=edge)
        if role in ("indicator", "commentary"):
            look = dataclasses.replace(look, horizontal="left", indent=1)
        headings[column] = Cell(heading, look)
        before = group
    groups.setdefault(1, Cell(letters, house.KEY))
    return [
        Row(cells=groups, height=_GROUPS_HEIGHT),
        Row(cells=headings, height=_HEADINGS_HEIGHT),
    ]


def _heights(rows: Sequence[BodyRow], layout: Layout) -> list[float]:
    width = dict(zip(layout.roles, layout.widths, strict=True))
    return heights(
        rows,
        name_width=width["indicator"],
        summary_width=sum(layout.widths),
        commentary_width=width.get("commentary"),
    )


def _line_cells(row: BodyRow, line: Line | None, layout: Layout) -> dict[int, Cell]:
    if line is None:
        return {
            column: Cell(row.text if role == "indicator" else None, house.SECTION)
            for column, role in enumerate(layout.roles, 1)
        }
    return {
        column: Cell(row.contents.get(role), _look(role, row.contents.get(role), line))  # type: ignore[arg-type]
        for column, role in enumerate(layout.roles, 1)
    }


def _look(role: str, content: Content, line: Line) -> Look:
    """How one cell of an indicator's row looks, as the working Scorecard's rules would have it."""
    if role == "rag":
        return house.letter_look(line.rag)
    if role in ("dot_previous", "dot_outturn"):
        return house.arrow_look(_TRAVELS.get(str(content)))
    if role in ("result", "previous") and isinstance(content, str):
        return house.STATE
    if role in _FIGURES:
        return _figure_look(role, line)
    if role in ("numerator", "denominator"):
        return house.COUNTED
    if role == "commentary":
        return house.COMMENT
    return house.NAME if role == "indicator" else house.WORD


def _figure_look(role: str, line: Line) -> Look:
    look = house.RESULT if role == "result" else house.FIGURE
    number_format = house.figure_format(line.measure, is_aligned=True)
    if role in line.restated:
        number_format = house.figure_format(line.measure) + _RESTATED_MARK
    return house.formatted(look, number_format)


def _closing_cells(row: BodyRow, columns: int) -> dict[int, Cell]:
    if row.kind is RowKind.SUMMARY_HEADING:
        return {
            column: Cell(row.text if column == 1 else None, house.SECTION)
            for column in range(1, columns + 1)
        }
    look = house.SUMMARY if row.kind is RowKind.SUMMARY else house.FOOTNOTE
    return {1: Cell(row.text, look)}


def _merges(last: int, closing: Sequence[BodyRow], columns: int) -> tuple[Area, ...]:
    """The summary and the footnote stretch over the columns."""
    first = last - len(closing) + 1
    return tuple(
        Area(SHEET, number, 1, number, columns)
        for number, row in enumerate(closing, first)
        if row.kind is not RowKind.SUMMARY_HEADING and columns > 1
    )


def _names(
    top_texts: Sequence[str], first: int, height: int, closing: Sequence[BodyRow], layout: Layout
) -> dict[str, Area]:
    """Where on the sheet everything lies, by the names that working files have, too."""
    names = {
        f"column_{role}": Area.cell(SHEET, first - 1, column)
        for column, role in enumerate(layout.roles, 1)
    }
    for number, name in enumerate(top_texts, 1):
        names[f"scorecard_{name}"] = Area.cell(SHEET, number, 1)
    names["scorecard_body"] = Area.cell(SHEET, first, 1)
    for number, row in enumerate(closing, first + height):
        if row.kind is not RowKind.SUMMARY_HEADING:
            names[f"scorecard_{row.kind.value}"] = Area.cell(SHEET, number, 1)
    return names
