"""Sheets that are a title, a sentence and a marked-up table below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.circulating import house_look as house
from scorecard_xl.circulating.paper import page_starts, scale_of
from scorecard_xl.engines.circulated import Cell, Page, PageSetUp, PageTable, Row
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.text_lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE, _HIGHEST = 13.0, 409.0


class Marks(NamedTuple):
    """What every printed page says: whose it is, and how it is protected."""

    whose: str
    marking: str

    def set_up(
        self, *, heading_row: int | None, scale: int, breaks: tuple[int, ...] = ()
    ) -> PageSetUp:
        """A page set up with them, the heading row on every page."""
        return PageSetUp(
            scale=scale,
            breaks=breaks,
            repeated_rows=None if heading_row is None else (heading_row, heading_row),
            footer=(self.whose, self.marking, ""),
            header=self.marking,
        )


def first_rows(title: str, *sentences: str) -> list[Row]:
    """A sheet's title, and what it is, a sentence a row."""
    return [
        Row(cells={1: Cell(title, house.SHEET_TITLE)}, height=24),
        *(Row(cells={1: Cell(each, house.PERIOD)}, height=16) for each in sentences),
    ]


def heading_row(headings: Sequence[tuple[str, float]]) -> Row:
    """A table's headings, as high as they need."""
    cells = {
        column: Cell(heading, house.TABLE_HEADING)
        for column, (heading, _) in enumerate(headings, 1)
    }
    lines = max(
        lines_of(heading, column_width=width * 0.93, points=9, indent=1)
        for heading, width in headings
    )
    return Row(cells=cells, height=12.0 * lines + 6)


def table_row(cells: Sequence[Cell], widths: Sequence[float]) -> Row:
    """A row of a table, as high as its texts need."""
    lines = max(
        lines_of(cell.value, column_width=width, points=10, indent=1)
        if isinstance(cell.value, str)
        else 1
        for cell, width in zip(cells, widths, strict=False)
    )
    return Row(cells=dict(enumerate(cells, 1)), height=min(_LINE * lines + 4, _HIGHEST))


def table_page(
    sheet: str,
    top: Sequence[Row],
    *,
    table: str,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[Cell]],
    marks: Marks,
) -> Page:
    """A sheet with one table, its headings frozen; `columns` are headings and widths."""
    widths = [width for _, width in columns]
    scale, number = scale_of(widths), len(top) + 1
    heading, *body = (heading_row(columns), *(table_row(cells, widths) for cells in rows))
    starts = page_starts(
        heights_of(body),
        scale=scale,
        above=sum(heights_of([*top, heading])),
        repeated=sum(heights_of([heading])),
    )
    area = Area(sheet, number, 1, number + len(rows), len(columns))
    return Page(
        name=sheet,
        rows=(*top, heading, *body),
        widths=tuple(widths),
        set_up=marks.set_up(
            heading_row=number,
            scale=scale,
            breaks=tuple(number + 1 + start for start in starts),
        ),
        frozen_rows=number,
        tables=(PageTable(name=table, area=area, headings=tuple(name for name, _ in columns)),),
    )


def heights_of(rows: Sequence[Row]) -> list[float]:
    """How high rows are, in points."""
    return [_LINE if row.height is None else row.height for row in rows]
