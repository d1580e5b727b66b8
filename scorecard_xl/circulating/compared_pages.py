"""Every cell of a copy against what its other cells give, sheet by sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.circulating import accessible_page, notes_page
from scorecard_xl.circulating.compared_cells import differences
from scorecard_xl.circulating.compared_exceptions import exception_disagreements
from scorecard_xl.circulating.compared_looks import look_disagreements
from scorecard_xl.circulating.definitions import BANDS_BY_HEADING
from scorecard_xl.circulating.facts import BY_LABEL
from scorecard_xl.circulating.scorecard_layout import heading_now, texts_around
from scorecard_xl.circulating.scorecard_page import body_of
from scorecard_xl.circulating.stated import content_at, disagreement
from scorecard_xl.workbook.body import SUMMARY_HEADING
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.circulating.stated import Stated
    from scorecard_xl.engines.circulated import ReadCopy
    from scorecard_xl.problems import Problem

_FIGURES = ("result", "target", "previous", "outturn")
_TEXTS = ("title", "period", "marking", "reason", "tallies", "summary", "footnote")


def disagreements(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> list[Problem]:
    """Name every cell that shows other than what the copy states gives, or looks otherwise.

    `lines` are what the copy states gives.
    """
    found = [
        *_of_accessible(copy, stated, lines),
        *_of_texts(copy, stated, lines),
        *_of_body(copy, stated, lines),
        *exception_disagreements(copy, lines),
        *_of_notes(copy, stated, lines),
    ]
    named = {problem.place for problem in found}
    looks = look_disagreements(copy, stated, lines)
    return [*found, *(problem for problem in looks if problem.place not in named)]


def _of_accessible(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> Iterator[Problem]:
    area = copy.tables[accessible_page.TABLE.casefold()]
    for row, line in enumerate(lines, area.top):
        for place, column in stated.columns.items():
            measure = line.measure if column.role in _FIGURES else ""
            yield from differences(
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
        yield from differences(copy, cell, texts[name], why="what the copy states gives")
    for role, heading in zip(stated.layout.roles, stated.layout.headings, strict=True):
        cell = copy.names[f"column_{role}"]
        assert cell is not None
        expected = heading_now(role, heading, stated.basis.settings)
        yield from differences(copy, cell, expected, why="the settings on Notes give")


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
            yield from differences(
                copy, Area.cell(sheet, number, heading.left), row.contents.get(role),
                measure=line.measure if line is not None and is_figure else "",
                why="what the copy states gives",
            )  # fmt: skip
    below = Area.cell(sheet, first.top + len(rows), min(a.left for a in places.values() if a))
    yield from differences(copy, below, SUMMARY_HEADING, why="after the last indicator comes")


def _of_notes(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> Iterator[Problem]:
    """What the notes explain: signs, and bands in words."""
    keys = notes_page.keys_of(lines, stated.basis, stated.layout.roles)
    about = copy.tables[notes_page.FACTS_TABLE.casefold()]
    for row in range(about.top, about.bottom + 1):
        label = content_at(copy, Area.cell(about.sheet, row, about.left))
        setting = BY_LABEL[str(label)].setting
        if setting in keys:
            cell = Area.cell(about.sheet, row, about.left + 1)
            yield from differences(copy, cell, keys[setting], why="its rules are told as")
    area = copy.tables[notes_page.DEFINITIONS_TABLE.casefold()]
    for row, line in enumerate(lines, area.top):
        name = Area.cell(area.sheet, row, area.left)
        yield from differences(copy, name, line.name, why="the sheet Accessible gives")
        for place in range(area.left, area.right + 1):
            heading = content_at(copy, Area.cell(area.sheet, area.top - 1, place))
            column = BANDS_BY_HEADING.get(str(heading))
            if column is not None:
                cell = Area.cell(area.sheet, row, place)
                yield from differences(copy, cell, column.said(line), why="its tolerances give")
