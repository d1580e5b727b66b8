"""The sheet Exceptions of a copy against its other sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard_xl.circulating import exceptions_page
from scorecard_xl.circulating.accessible_columns import (
    NO_SECTION,
    NO_TARGET,
    RATINGS,
    said_result,
)
from scorecard_xl.circulating.compared_cells import differences, is_as_expected
from scorecard_xl.circulating.stated import content_at, disagreement
from scorecard_xl.rules import Rag
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.engines.circulated import ReadCopy
    from scorecard_xl.problems import Problem

_FIGURES = ("result", "target")


def exception_disagreements(copy: ReadCopy, lines: Sequence[Line]) -> Iterator[Problem]:
    """The exceptions: each an indicator that is Red or has changed, and every Red among them."""
    listed = listed_exceptions(copy, lines)
    for cells, line in listed:
        if line is None:
            cell = cells.get("name", next(iter(cells.values())))
            yield disagreement(cell, "no indicator of the sheet Accessible is called so")
        else:
            yield from _of_exception(copy, cells, line)
    for line in lines:
        if line.rag == Rag.RED and not any(each is line for _, each in listed):
            finding = f"{line.name!r} is Red, and is not listed"
            yield disagreement(Area.cell(exceptions_page.SHEET, 1, 1), finding)


def listed_exceptions(
    copy: ReadCopy, lines: Sequence[Line]
) -> list[tuple[dict[str, Area], Line | None]]:
    """The rows of the table: the cell of each field, and the line that the row is about."""
    area = copy.tables.get(exceptions_page.TABLE.casefold())
    columns = {} if area is None else _exception_columns(copy, area)
    if area is None or not columns:
        return []
    left = list(lines)
    listed = []
    for row in range(area.top, area.bottom + 1):
        cells = {field: Area.cell(area.sheet, row, place) for field, place in columns.items()}
        line = _line_of(copy, cells, left)
        left = [each for each in left if each is not line]
        listed.append((cells, line))
    return listed


def _exception_columns(copy: ReadCopy, area: Area) -> dict[str, int]:
    """Where the table has which field of an exception."""
    fields = {heading: field for heading, _, field, _ in exceptions_page.HEADINGS}
    said = {
        place: str(content_at(copy, Area.cell(area.sheet, area.top - 1, place)))
        for place in range(area.left, area.right + 1)
    }
    return {fields[text]: place for place, text in said.items() if text in fields}


def _line_of(copy: ReadCopy, cells: Mapping[str, Area], left: Sequence[Line]) -> Line | None:
    """The indicator that a row is about: of those called so, the one that it fits best."""
    name = content_at(copy, cells["name"]) if "name" in cells else None

    def misfits(line: Line) -> int:
        expected = _expected_of(line)
        return sum(
            not is_as_expected(content_at(copy, cells[field]), value)
            for field, value in expected.items()
            if field in cells
        )

    return min((line for line in left if line.name == name), key=misfits, default=None)


def _expected_of(line: Line) -> dict[str, Any]:
    """What the exceptions say of a line, of what the sheet Accessible says, too."""
    return {
        "section": line.section or NO_SECTION,
        "rag": RATINGS[line.rag],
        "result": said_result(line),
        "target": NO_TARGET if line.target is None else line.target,
    }


def _of_exception(copy: ReadCopy, cells: Mapping[str, Area], line: Line) -> Iterator[Problem]:
    for field, value in _expected_of(line).items():
        if field in cells:
            measure = line.measure if field in _FIGURES else ""
            yield from differences(
                copy, cells[field], value, measure=measure, why="the sheet Accessible gives"
            )
    if line.rag != Rag.RED and "rag_before" in cells:
        before, now = content_at(copy, cells["rag_before"]), RATINGS[line.rag]
        if before not in {rag.words for rag in Rag} or before == now:
            finding = f"shows {before!r}, and the rating is {now}: that is no change"
            yield disagreement(cells["rag_before"], finding)
