"""How the cells of a copy are shown, against how its sheets are made."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from scorecard_xl.circulating import notes_page
from scorecard_xl.circulating.accessible_page import accessible_page
from scorecard_xl.circulating.compared_exceptions import listed_exceptions
from scorecard_xl.circulating.exceptions_page import exception_look
from scorecard_xl.circulating.scorecard_layout import texts_around
from scorecard_xl.circulating.scorecard_page import scorecard_page
from scorecard_xl.circulating.stated import content_at, disagreement
from scorecard_xl.circulating.table_pages import Marks
from scorecard_xl.engines.circulated import ShownLook, plain_format
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.circulating.stated import Stated
    from scorecard_xl.engines.circulated import Look, Page, ReadCopy
    from scorecard_xl.problems import Problem


def look_disagreements(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> Iterator[Problem]:
    """Name the cells whose number format, colours or size show another figure, or none."""
    for cell, look in _looks(copy, stated, lines):
        shown = copy.looks.get(cell.sheet, {}).get((cell.top, cell.left))
        if shown is None:
            continue
        expected = shown_look(look)
        if content_at(copy, cell) is None:
            # Of a blank cell only the colour is seen.
            expected = shown._replace(fill=expected.fill)
        if shown != expected:
            yield disagreement(cell, _difference(shown, expected), "looks_otherwise")


@functools.lru_cache(maxsize=1024)
def shown_look(look: Look) -> ShownLook:
    """What is read of a cell that was given a look."""
    return ShownLook(plain_format(look.number_format), look.ink, look.fill, look.points)


def _difference(shown: ShownLook, expected: ShownLook) -> str:
    """The first thing in which a cell looks otherwise, as a sentence tells it."""
    names = ("its number format", "the colour of its text", "its fill", "the size of its text")
    told = [
        f"{name} is {_told(held)}, where a copy has {_told(wanted)}"
        for name, held, wanted in zip(names, shown, expected, strict=True)
        if held != wanted
    ]
    return told[0]


def _told(part: str | float | None) -> str:
    if part is None:
        return "none"
    return f"'{part}'" if isinstance(part, str) else f"{part:g} points"


def _looks(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> Iterator[tuple[Area, Look]]:
    """The cells of a copy's sheets, each with its look as made of what the copy states."""
    for page in _pages(copy, stated, lines):
        for number, row in enumerate(page.rows, 1):
            for column, cell in row.cells.items():
                yield Area.cell(page.name, number, column), cell.look
    for cells, line in listed_exceptions(copy, lines):
        if line is not None:
            for place in cells.values():
                yield place, exception_look(content_at(copy, place), line.measure)


def _pages(copy: ReadCopy, stated: Stated, lines: Sequence[Line]) -> tuple[Page, ...]:
    """The sheets whose every row follows from what the copy states."""
    settings = stated.basis.settings
    texts = texts_around(lines, stated.basis)
    marks = Marks(texts["footer"], settings.marking)
    columns = [stated.columns[place] for place in sorted(stated.columns)]
    return (
        scorecard_page(lines, stated.layout, texts, marks)[0],
        accessible_page(lines, columns, settings.title, marks),
        notes_page.notes_page(
            lines,
            [""] * len(lines),
            stated.basis,
            lineage=stated.lineage,
            shown=stated.layout.roles,
            marks=marks,
        ),
    )
