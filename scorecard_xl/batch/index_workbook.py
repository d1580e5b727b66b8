"""The index of a batch: areas across, indicators down, letters and arrows that lead to each."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.batch.file_names import file_name
from scorecard_xl.engines.file.plain_book import Look, PlainCell, PlainSheet, plain_book
from scorecard_xl.rules import Rag
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.formats import RAG_COLOURS
from scorecard_xl.workbook.inputs import INDICATORS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scorecard_xl.batch.manifest import Manifest
    from scorecard_xl.batch.records import Entry, Place
    from scorecard_xl.batch.store import Store, Unit
    from scorecard_xl.batch.template import BatchTemplate

NAME = "index"
_ENDING = ".xlsx"
# A sheet has 16,384 columns, and a reader less patience.
AREAS_A_SHEET = 1_000
_SHEETS_A_BOOK = 60
# More than these are not printed on one page across.
_AREAS_A_PAGE = 40
_NARROWEST, _WIDEST = 30.0, 110.0
_LOWEST_HEADING, _POINTS_A_LETTER, _HIGHEST_HEADING = 30.0, 6.5, 300.0
_EXPLAINED = (
    "The letter is the rating; the first arrow compares with the period before, the second with the"
    " outturn. Blank is not rated, or not available. A click leads to the scorecard."
)
_HEADING_ROW = 3
_LINK = "1B5E9B"
_NOT_MADE = "not made"
LOOKS = {
    "title": Look(bold=True, points=14),
    "note": Look(color="595959"),
    "section": Look(bold=True, fill="E7E6E6"),
    "heading": Look(bold=True),
    "area": Look(bold=True, underlined=True, color=_LINK, upright=True, centred=True),
    "not made": Look(color="595959", upright=True, centred=True),
    "none": Look(color="595959", centred=True),
    **{
        rating.value: Look(color=letter, fill=fill, bold=True, centred=True)
        for rating, (letter, fill) in RAG_COLOURS.items()
    },
}
_LETTERS = {rating.value for rating in Rag}


class _Part(NamedTuple):
    """The areas that a sheet shows: some of those of a date, counted from 1."""

    as_at: dt.date
    number: int

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.as_at.isoformat() + (f" ({self.number})" if self.number > 1 else "")


class _Line(NamedTuple):
    """A line down the side: a section, or an indicator and its place among all."""

    text: str
    place: int | None = None


def write_indexes(
    place: Place, store: Store, manifest: Manifest, template: BatchTemplate, *, overwrite: bool
) -> list[Path]:
    """Write the index, or several where there are too many areas and dates for one workbook.

    Raises
    ------
    RefusedError
        There is a file of that name that is not as a batch made it, and not `overwrite`.
    """
    parts = list(_parts(store))
    lines = _lines(template)
    written = []
    for start in range(0, len(parts), _SHEETS_A_BOOK):
        own = parts[start : start + _SHEETS_A_BOOK]
        sheets = (_sheet(part, list(_group(part, place, store, manifest)), lines) for part in own)
        book = plain_book([part.name for part in own], sheets, LOOKS, title="Scorecards")
        number = start // _SHEETS_A_BOOK + 1
        name = NAME + (f"_{number}" if number > 1 else "") + _ENDING
        manifest.put(name, book, overwrite=overwrite)
        written.append(place.folder / name)
    return written


def _parts(store: Store) -> Iterator[_Part]:
    for as_at, count in store.dates_and_numbers():
        for number in range(1, -(-count // AREAS_A_SHEET) + 1):
            yield _Part(as_at, number)


def _group(
    part: _Part, place: Place, store: Store, manifest: Manifest
) -> Iterator[tuple[Unit, Entry | None]]:
    start = (part.number - 1) * AREAS_A_SHEET
    for unit in store.units_at(part.as_at, start=start, count=AREAS_A_SHEET):
        yield unit, manifest.current(file_name(unit.area, unit.as_at, place.suffix))


def _sheet(
    part: _Part, group: Sequence[tuple[Unit, Entry | None]], lines: Sequence[_Line]
) -> PlainSheet:
    rows = [
        [PlainCell(f"Scorecards as at {part.as_at:%d/%m/%Y}", "title")],
        [PlainCell(_EXPLAINED, "note")],
        [PlainCell("Indicator", "heading"), *(_heading(*each) for each in group)],
    ]
    for text, place in lines:
        if place is None:
            rows.append([PlainCell(text, "section")])
        else:
            rows.append([PlainCell(text), *(_cell(entry, place) for _, entry in group)])
    links = {
        Area(part.name, _HEADING_ROW, column, len(rows), column): entry.file
        for column, (_, entry) in enumerate(group, 2)
        if entry is not None
    }
    longest = max((len(unit.area) for unit, _ in group), default=0)
    widest = max((float(len(text)) for text, _ in lines), default=0.0)
    return PlainSheet(
        name=part.name,
        rows=rows,
        widths=[min(max(widest, _NARROWEST), _WIDEST), *[7.0] * len(group)],
        frozen_rows=_HEADING_ROW,
        frozen_columns=1,
        links=links,
        is_one_page_across=len(group) <= _AREAS_A_PAGE,
        heights={_HEADING_ROW: min(_LOWEST_HEADING + _POINTS_A_LETTER * longest, _HIGHEST_HEADING)},
    )


def _lines(template: BatchTemplate) -> list[_Line]:
    """Sections in order of first appearance, each with its indicators."""
    columns = template.inputs.columns(INDICATORS)
    codes = columns["indicator"]
    blank: list[object] = [None] * len(codes)
    grouped: dict[str, list[_Line]] = {"": []}
    place = 0
    for code, name, section in zip(
        codes, columns.get("name") or blank, columns.get("section") or blank, strict=True
    ):
        if isinstance(code, str):
            own = grouped.setdefault(str(section or "").strip(), [])
            own.append(_Line(str(name or code), place))
            place += 1
    lines: list[_Line] = []
    for section, own in grouped.items():
        lines += [_Line(section), *own] if section and own else own
    return lines


def _heading(unit: Unit, entry: Entry | None) -> PlainCell:
    if entry is None:
        return PlainCell(f"{unit.area} ({_NOT_MADE})", "not made")
    return PlainCell(unit.area, "area")


def _cell(entry: Entry | None, place: int) -> PlainCell:
    """An indicator's letter and arrows in one area."""
    if entry is None or place >= len(entry.rag):
        return PlainCell("")
    return _cell_of(entry.rag[place], entry.previous[place], entry.outturn[place])


@functools.lru_cache(maxsize=256)
def _cell_of(letter: str, previous: str, outturn: str) -> PlainCell:
    arrows = f"{previous} {outturn}".replace("-", " ")
    text = f"{letter if letter in _LETTERS else ''} {arrows}".strip()
    return PlainCell(text, letter if letter in _LETTERS else "none")
