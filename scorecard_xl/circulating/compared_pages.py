"""Every cell of a copy against what its other cells give, sheet by sheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scorecard_xl.circulating import accessible_page, exceptions_page, notes_page
from scorecard_xl.circulating.accessible_columns import (
    NO_SECTION,
    NO_TARGET,
    RATINGS,
    said_result,
)
from scorecard_xl.circulating.definitions import BANDS_BY_HEADING
from scorecard_xl.circulating.facts import BY_LABEL
from scorecard_xl.circulating.manifest import as_kept
from scorecard_xl.circulating.scorecard_layout import heading_now, texts_around
from scorecard_xl.circulating.scorecard_page import body_of
from scorecard_xl.circulating.stated import content_at, disagreement
from scorecard_xl.rules import Rag, as_shown
from scorecard_xl.workbook.agreement import agree
from scorecard_xl.workbook.body import SUMMARY_HEADING
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.circulating.stated import Stated
    from scorecard_xl.engines.circulated import ReadCopy
    from scorecard_xl.problems import Problem

_FIGURES = ("result", "target", "previous", "outturn")
_TEXTS = ("title", "period", "marking", "reason", "tallies", "summary", "footnote")


def disagreements(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> list[Problem]:
    """Name every cell that shows other than what the copy states gives; `lines` are that."""
    return [
        *_of_accessible(copy, stated, lines),
        *_of_texts(copy, stated, lines),
        *_of_body(copy, stated, lines),
        *_of_exceptions(copy, lines),
        *_of_notes(copy, stated, lines),
    ]


def _differs(
    copy: ReadCopy, cell: Area, expected: Any, *, measure: str = "", why: str
) -> Iterator[Problem]:
    """The problem of a cell, if it shows other than expected."""
    shown = content_at(copy, cell)
    if isinstance(shown, dt.datetime):
        shown = shown.date()
    if not _agree(shown, expected):
        holds, gives = _in_words(shown, expected, measure)
        yield disagreement(cell, f"shows {holds}; {why} {gives}")


def _agree(shown: Any, expected: Any) -> bool:
    if isinstance(shown, str) and isinstance(expected, str):
        return as_kept(shown) == as_kept(expected)
    return not isinstance(shown, bool) and agree(shown, expected)


def _in_words(shown: Any, expected: Any, measure: str) -> tuple[str, str]:
    """Two values as a sentence tells them; figures with all digits where they look alike."""
    told = [_told(value, measure) for value in (shown, expected)]
    if told[0] == told[1]:
        told = [_told(value, "") for value in (shown, expected)]
    return told[0], told[1]


def _told(value: Any, measure: str) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return as_shown(float(value), measure) if measure else f"{value:.15g}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return repr(value)


def _of_accessible(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> Iterator[Problem]:
    area = copy.tables[accessible_page.TABLE.casefold()]
    for row, line in enumerate(lines, area.top):
        for place, column in stated.columns.items():
            measure = line.measure if column.role in _FIGURES else ""
            yield from _differs(
                copy, Area.cell(area.sheet, row, place), column.said(line),
                measure=measure, why=f"what the sheet {area.sheet} states gives",
            )  # fmt: skip


def _of_texts(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> Iterator[Problem]:
    """The texts around the Scorecard's rows: tallies and summary, title and headings."""
    texts = texts_around(lines, stated.basis)
    for name in _TEXTS:
        cell = copy.names.get(f"scorecard_{name}")
        if cell is None:
            if texts[name]:
                yield disagreement(copy.name, f"there is no name scorecard_{name}, which it needs")
            continue
        yield from _differs(copy, cell, texts[name], why="what the copy states gives")
    for role, heading in zip(stated.layout.roles, stated.layout.headings, strict=True):
        cell = copy.names[f"column_{role}"]
        assert cell is not None
        expected = heading_now(role, heading, stated.basis.settings)
        yield from _differs(copy, cell, expected, why="the settings on Notes give")


def _of_body(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> Iterator[Problem]:
    """The rows of the Scorecard, from the first one to the summary."""
    first = copy.names["scorecard_body"]
    assert first is not None
    places = {role: copy.names[f"column_{role}"] for role in stated.layout.roles}
    sheet = first.sheet
    rows = body_of(lines)
    for number, (row, line) in enumerate(rows, first.top):
        for role, heading in places.items():
            assert heading is not None
            is_figure = line is not None and role in _FIGURES
            yield from _differs(
                copy, Area.cell(sheet, number, heading.left), row.contents.get(role),
                measure=line.measure if line is not None and is_figure else "",
                why="what the copy states gives",
            )  # fmt: skip
    below = Area.cell(sheet, first.top + len(rows), min(a.left for a in places.values() if a))
    yield from _differs(copy, below, SUMMARY_HEADING, why="after the last indicator comes")


def _of_exceptions(copy: ReadCopy, lines: Sequence[Line]) -> Iterator[Problem]:
    """The exceptions: each an indicator that is Red or has changed, and every Red among them."""
    area = copy.tables.get(exceptions_page.TABLE.casefold())
    left = list(lines)
    if area is not None:
        columns = _exception_columns(copy, area)
        for row in range(area.top, area.bottom + 1):
            cells = {field: Area.cell(area.sheet, row, place) for field, place in columns.items()}
            line = _line_of(copy, cells, left)
            if line is None:
                cell = cells.get("name", Area.cell(area.sheet, row, area.left))
                yield disagreement(cell, "no indicator of the sheet Accessible is called so")
                continue
            left = [each for each in left if each is not line]
            yield from _of_exception(copy, cells, line)
    for line in left:
        if line.rag == Rag.RED:
            finding = f"{line.name!r} is Red, and is not listed"
            yield disagreement(Area.cell(exceptions_page.SHEET, 1, 1), finding)


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
            not _agree(content_at(copy, cells[field]), value)
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
            yield from _differs(
                copy, cells[field], value, measure=measure, why="the sheet Accessible gives"
            )
    if line.rag != Rag.RED and "rag_before" in cells:
        before, now = content_at(copy, cells["rag_before"]), RATINGS[line.rag]
        if before not in {rag.words for rag in Rag} or before == now:
            finding = f"shows {before!r}, and the rating is {now}: that is no change"
            yield disagreement(cells["rag_before"], finding)


def _of_notes(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> Iterator[Problem]:
    """What the notes explain: signs, and bands in words."""
    keys = notes_page.keys_of(lines, stated.basis, stated.layout.roles)
    about = copy.tables[notes_page.FACTS_TABLE.casefold()]
    for row in range(about.top, about.bottom + 1):
        label = content_at(copy, Area.cell(about.sheet, row, about.left))
        setting = BY_LABEL[str(label)].setting
        if setting in keys:
            cell = Area.cell(about.sheet, row, about.left + 1)
            yield from _differs(copy, cell, keys[setting], why="its rules are told as")
    area = copy.tables[notes_page.DEFINITIONS_TABLE.casefold()]
    for row, line in enumerate(lines, area.top):
        name = Area.cell(area.sheet, row, area.left)
        yield from _differs(copy, name, line.name, why="the sheet Accessible gives")
        for place in range(area.left, area.right + 1):
            heading = content_at(copy, Area.cell(area.sheet, area.top - 1, place))
            column = BANDS_BY_HEADING.get(str(heading))
            if column is not None:
                cell = Area.cell(area.sheet, row, place)
                yield from _differs(copy, cell, column.said(line), why="its tolerances give")
