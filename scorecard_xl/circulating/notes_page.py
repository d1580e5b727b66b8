"""The sheet Notes: what the scorecard rests on, and how each indicator is made and rated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard_xl.circulating import house_look as house
from scorecard_xl.circulating.definitions import definition_columns
from scorecard_xl.circulating.facts import facts_of
from scorecard_xl.circulating.paper import fits_page, page_starts, scale_of
from scorecard_xl.circulating.scorecard_layout import period_meanings
from scorecard_xl.circulating.table_pages import first_rows, heading_row, heights_of, table_row
from scorecard_xl.engines.circulated import Cell, Page, PageTable, Row
from scorecard_xl.rules import Compare, State, ToleranceUnit
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scorecard_xl.circulating.basis import Basis
    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.circulating.table_pages import Marks
    from scorecard_xl.engines.circulated import Look

SHEET, FACTS_TABLE, DEFINITIONS_TABLE = "Notes", "About", "Definitions"
_WIDTHS = (46.0, 78.0)
_MADE = "How it is worked out"
_PURPOSE = (
    "What the figures are, where they come from, by which rules they are rated, and whom to ask."
)
_SHARES = ("green_tolerance", "amber_tolerance")


def notes_page(
    lines: Sequence[Line],
    made: Sequence[str],
    basis: Basis,
    *,
    lineage: str,
    shown: Collection[str],
    marks: Marks,
) -> Page:
    """The sheet; `made` says how the result of each line comes about."""
    keys = {**keys_of(lines, basis, shown), "lineage": lineage}
    rows = first_rows(f"{basis.settings.title}: notes", _PURPOSE)
    facts, about = _facts(basis, keys, top=len(rows) + 1)
    rows += [*facts, Row(cells={})]
    subtitle = _subtitle("How each indicator is worked out and rated")
    definitions, defined = _definitions(lines, made, shown, top=len(rows) + 2)
    columns = (*_WIDTHS, *(column.width for column in definition_columns(shown)))
    scale = scale_of(columns)
    return Page(
        name=SHEET,
        rows=(*rows, subtitle, *definitions),
        widths=columns,
        set_up=marks.set_up(
            heading_row=len(rows) + 2,
            scale=scale,
            breaks=_breaks(rows, [subtitle, *definitions], scale),
        ),
        tables=(about, defined),
    )


def _breaks(about: Sequence[Row], defined: Sequence[Row], scale: int) -> tuple[int, ...]:
    """Which rows start a page: both tables on one, or each from the top of its own."""
    if fits_page(heights_of([*about, *defined]), scale=scale):
        return ()
    subtitle, heading, *definitions = heights_of(defined)
    first = len(about) + 1
    starts = page_starts(definitions, scale=scale, above=subtitle + heading, repeated=heading)
    return (
        *(1 + start for start in page_starts(heights_of(about), scale=scale)),
        first,
        *(first + 2 + start for start in starts),
    )


def keys_of(lines: Sequence[Line], basis: Basis, shown: Collection[str]) -> dict[str, str]:
    """What the signs on the page mean, as far as they are there."""
    keys: dict[str, str] = {}
    if "rag" in shown:
        keys["key_letters"] = (
            "G, Green: the target is met, or missed by no more than the green tolerance. A, Amber: "
            "missed by no more than the amber tolerance, or at the floor or better. R, Red: beyond "
            "that. A result exactly at an edge counts as achieved. Blank: not rated."
        )
    if {"dot_previous", "dot_outturn"} & set(shown):
        keys["key_arrows"] = _arrows(basis)
    periods = dict.fromkeys((line.data_period or "").upper() for line in lines)
    known = period_meanings(basis.settings.year_start)
    meanings = [f"{each}: {known[each]}" for each in periods if each in known]
    keys["key_periods"] = f"{'. '.join(meanings)}." if meanings else ""
    if any(line.state for line in lines):
        keys["key_states"] = _states(lines)
    return keys


def _arrows(basis: Basis) -> str:
    compared = "before rounding"
    if basis.settings.compare is Compare.AS_SHOWN:
        compared = "as they are shown"
    return (
        "Up: better. Down: worse. Level: the same. Better is by what is good for the indicator, "
        "not more or less, and does not say that a change is significant. Results are compared "
        f"{compared}. At the start of a year, YTD results are compared with the same period a "
        "year earlier."
    )


_MEANINGS = {
    State.NOT_ENTERED: "nobody has entered the count yet",
    State.NOT_AVAILABLE: "there is no count that could be used",
    State.TO_BE_SUPPLIED: "the count comes later",
    State.SUPPRESSED: "the count is too small to be shown",
    State.NOT_APPLICABLE: "there is nothing to count in this period",
    State.NONE_DUE: "nothing was due, so that there is nothing to divide by",
    State.ZERO_DENOMINATOR: "the denominator is zero",
    State.NEW_YEAR: "a year has begun, and there is nothing to compare with",
}


def _states(lines: Sequence[Line]) -> str:
    states = {line.state for line in lines}
    meanings = [f"{each.words}: {said}" for each, said in _MEANINGS.items() if each in states]
    told = "; ".join(meanings)
    return f"{told[:1].upper()}{told[1:]}."


def _subtitle(text: str) -> Row:
    return Row(cells={1: Cell(text, house.SUBTITLE)}, height=26)


def _facts(basis: Basis, keys: dict[str, str], *, top: int) -> tuple[list[Row], PageTable]:
    headings = (("Subject", _WIDTHS[0]), ("What is said of it", _WIDTHS[1]))
    rows = [heading_row(headings)]
    for fact, value in facts_of(basis, keys):
        look = house.formatted(house.TABLE_TEXT, fact.number_format)
        cells = [Cell(fact.label, house.TABLE_TEXT), Cell(value, look)]
        rows.append(table_row(cells, _WIDTHS))
    area = Area(SHEET, top, 1, top + len(rows) - 1, 2)
    return rows, PageTable(name=FACTS_TABLE, area=area, headings=tuple(h for h, _ in headings))


def _definitions(
    lines: Sequence[Line], made: Sequence[str], shown: Collection[str], *, top: int
) -> tuple[list[Row], PageTable]:
    columns = definition_columns(shown)
    headings = [("Indicator", _WIDTHS[0]), (_MADE, _WIDTHS[1])]
    headings += [(column.heading, column.width) for column in columns]
    widths = [width for _, width in headings]
    rows = [heading_row(headings)]
    for line, how in zip(lines, made, strict=True):
        cells = [Cell(line.name, house.TABLE_TEXT), Cell(how, house.TABLE_TEXT)]
        for column in columns:
            value = column.said(line)
            cells.append(Cell(value, _look(column.role, line, value)))
        rows.append(table_row(cells, widths))
    area = Area(SHEET, top, 1, top + len(rows) - 1, len(headings))
    names = tuple(heading for heading, _ in headings)
    return rows, PageTable(name=DEFINITIONS_TABLE, area=area, headings=names)


def _look(role: str, line: Line, value: Any) -> Look:
    if isinstance(value, str):
        return house.TABLE_TEXT
    number_format = house.figure_format(line.measure)
    if role in _SHARES and line.tolerance_unit == ToleranceUnit.SHARE:
        number_format = house.SHARE
    return house.formatted(house.TABLE_FIGURE, number_format)
