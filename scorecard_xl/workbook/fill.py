"""Put a scorecard into the cells that a template's names give it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.rules.footnote import footnote
from scorecard_xl.workbook.body import (
    TEXT_KINDS,
    RowKind,
    look_areas,
    page_breaks,
    runs_of_kind,
)
from scorecard_xl.workbook.cell_content import Formula, NotCalculated, text_in, value_of
from scorecard_xl.workbook.engine import Area, Pages
from scorecard_xl.workbook.formats import body_conditions, restated_formats
from scorecard_xl.workbook.row_heights import (
    merged_columns,
    needed_heights,
    said_anew,
    set_heights,
)
from scorecard_xl.workbook.template import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from scorecard_xl.rules import Settings
    from scorecard_xl.rules.one_scorecard import OneScorecard
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.template import Template

# What tells which indicator stands in a row.
PLACE_COLUMNS = ("code", "row_kind", "indicator")
TITLE_CELLS = ("title", "period", "tallies")
# How headings that name a year begin in the house's words, by their column.
DATED_HEADINGS = {"target": "Target for ", "outturn": "Outturn ("}


@dataclasses.dataclass(frozen=True)
class Shown:
    """What the body holds before it is filled: contents row by row, by what a column shows."""

    rows: Sequence[Mapping[str, Content]]
    own_headings: tuple[str, ...]

    def own_breaks(self, template: Template) -> set[int]:
        """The rows at which an earlier refresh may have set a page break."""
        starts = (RowKind.SECTION, RowKind.SUMMARY_HEADING)
        return {
            number
            for number, row in enumerate(self.rows, template.body_top)
            if "row_kind" not in row or value_of(row["row_kind"]) in starts
        }

    def new_rows(self, rows: Sequence[BodyRow], *, restyle: bool) -> list[bool]:
        """Which of the rows are to be given their look: those that do not stand there already."""
        standing = len(self.rows)
        return [
            restyle or i >= standing or not _stands_there(self.rows[i], row)
            for i, row in enumerate(rows)
        ]


def _stands_there(shown: Mapping[str, Content], row: BodyRow) -> bool:
    """Whether a row of that kind, for that indicator, stands there already."""
    return (
        _says(shown.get("code"), row.code)
        and _says(shown.get("row_kind"), str(row.contents["row_kind"]))
        and (row.kind in TEXT_KINDS or _says(shown.get("indicator"), row.text))
    )


def _says(content: Content, text: str) -> bool:
    return content == text or str(value_of(content) or "") == text


def read_shown(workbook: Workbook, template: Template, roles: Collection[str] = COLUMNS) -> Shown:
    """Read what stands in the body, in all columns or in those of `roles`."""
    rows: list[dict[str, Content]] = [
        {} for _ in range(template.body_bottom - template.body_top + 1)
    ]
    runs = template.runs(roles)
    areas = [template.run_area(run, template.body_top, template.body_bottom) for run in runs]
    for run, block in zip(runs, workbook.read_side_by_side(areas), strict=True):
        for row, line in zip(rows, block, strict=True):
            row.update(zip(run, line, strict=True))
    return Shown(rows, _own_headings(workbook, template))


def refuse_to_grow(workbook: Workbook, template: Template, height: int) -> None:
    """Refuse a body of that many rows if it would cover a user's cells.

    Raises
    ------
    RefusedError
        A cell that the body would grow over holds something; it is named.
    """
    top, bottom = template.body_bottom + 1, template.body_top + height - 1
    if bottom < top:
        return
    for run in template.runs():
        area = template.run_area(run, top, bottom)
        for i, line in enumerate(workbook.read_block(area)):
            for j, content in enumerate(line):
                if content not in (None, ""):
                    cell = Area.cell(area.sheet, area.top + i, area.left + j)
                    message = (
                        f"{cell}: the scorecard grows over this cell, which holds something; "
                        "move it further down."
                    )
                    raise RefusedError(message)


def _own_headings(workbook: Workbook, template: Template) -> tuple[str, ...]:
    """Which headings that name a year are still ours: one an analyst has worded anew is theirs."""
    return tuple(
        role
        for role, start in DATED_HEADINGS.items()
        if role in template.headings
        and _begins(workbook.read_block(template.headings[role])[0][0], start)
    )


def _begins(content: Content, start: str) -> bool:
    """Whether a cell shows a text that begins so, or will once it is calculated."""
    if isinstance(content, Formula) and isinstance(content.value, NotCalculated):
        return content.text.startswith(f'="{start}')
    return text_in(content).startswith(start)


def dated_headings(settings: Settings) -> dict[str, str]:
    """The headings that name a year, by their column, as the settings now word them."""
    return {
        "target": f"{DATED_HEADINGS['target']}{settings.target_label}",
        "outturn": f"{DATED_HEADINGS['outturn']}{settings.outturn_label}) Result",
    }


def texts_of(scorecard: OneScorecard, notes: str = "") -> dict[str, Content]:
    """The texts around a scorecard's rows, by the name of their place; `notes` end the footnote."""
    settings = scorecard.settings
    return {
        "title": scorecard.title,
        "period": scorecard.period_line,
        "tallies": scorecard.tally_line,
        **{f"{role}_heading": text for role, text in dated_headings(settings).items()},
        "summary": scorecard.summary,
        "footnote": " ".join(part for part in (footnote(settings), notes) if part),
    }


def fill_top(
    workbook: Workbook, template: Template, texts: Mapping[str, Content], shown: Shown
) -> None:
    """Write title, period, tallies, and the headings that name a year."""
    for name in TITLE_CELLS:
        if name in template.cells:
            _write_cell(workbook, template.cells[name], texts[name])
    for role in shown.own_headings:
        _write_cell(workbook, template.headings[role], texts[f"{role}_heading"])


def _write_cell(workbook: Workbook, area: Area, content: Content) -> None:
    workbook.write_block(area.sheet, area.top, area.left, [[content]])


def keep_rules(workbook: Workbook, template: Template, height: int, *, is_moved: bool) -> None:
    """Have conditional formats outlast a fill with that many rows, where it copies or clears looks.

    Raises
    ------
    RefusedError
        An analyst's own would be lost; nothing has been written.
    """
    bottom = template.body_top + height - 1
    copies = is_moved and template.prototypes is not None
    if copies or bottom < template.body_bottom:
        columns = template.columns.values()
        last = max(bottom, template.body_bottom)
        owned = Area(template.sheet, template.body_top, min(columns), last, max(columns))
        workbook.keep_conditions(owned, body_conditions(template, template.body_top, last))


def fill_body(
    workbook: Workbook,
    template: Template,
    settings: Settings,
    rows: Sequence[BodyRow],
    shown: Shown,
    is_new: Sequence[bool],
) -> None:
    """Write the rows, and the looks of new ones; clear what is left over, move what follows."""
    top, bottom = template.body_top, template.body_top + len(rows) - 1
    for run in template.runs():
        block = [row.in_run(run) for row in rows]
        workbook.write_block(template.sheet, top, template.columns[run[0]], block)
    row_heights = needed_heights(workbook, template, rows)
    _copy_looks(workbook, template, rows, is_new)
    is_said_anew = said_anew(template, shown.rows, rows)
    to_set = [
        new or said or row.kind in TEXT_KINDS
        for row, new, said in zip(rows, is_new, is_said_anew, strict=True)
    ]
    set_heights(workbook, template, rows, row_heights, to_set)
    if template.body_bottom > bottom:
        for run in template.runs():
            workbook.clear(template.run_area(run, bottom + 1, template.body_bottom))
    _move_names(workbook, template, rows)
    printed = _printed(template)
    owned = Area(template.sheet, top, min(printed), max(bottom, template.body_bottom), max(printed))
    _merge_texts(workbook, template, rows, max(bottom, template.body_bottom))
    if "indicator" not in template.columns:
        _write_texts(workbook, template, rows)
    last = top + max((i for i, row in enumerate(rows) if row.kind.is_indicator), default=0)
    workbook.replace_conditions(owned, body_conditions(template, top, last))
    area = Area(template.sheet, 1, min(printed), bottom, max(printed))
    breaks = page_breaks(rows, row_heights, top=top)
    old_bottom = template.body_bottom
    own_breaks = {*breaks, *shown.own_breaks(template)}
    workbook.lay_out_pages(Pages(area, old_bottom, own_breaks, breaks, footer_text(settings)))


def _merge_texts(
    workbook: Workbook, template: Template, rows: Sequence[BodyRow], bottom: int
) -> None:
    """Merge the cells that a text stretches over; columns between ours keep their merges."""
    merged = merged_columns(template)
    top = template.body_top
    after = [top + i for i, row in enumerate(rows) if row.kind in TEXT_KINDS]
    for run in template.runs(template.printed):
        owned = template.run_area(run, top, bottom)
        merges = [Area(template.sheet, row, merged[0], row, merged[-1]) for row in after]
        has_texts = owned.left == merged[0] and len(merged) > 1
        workbook.set_merges(owned, merges if has_texts else [])


def _write_texts(workbook: Workbook, template: Template, rows: Sequence[BodyRow]) -> None:
    """Write summary and footnote at their own cells, where no column of names holds them."""
    for i, row in enumerate(rows):
        if row.kind in TEXT_KINDS:
            left = template.cells[row.kind.value].left
            content = row.contents["indicator"]
            workbook.write_block(template.sheet, template.body_top + i, left, [[content]])


def footer_text(settings: Settings) -> str:
    """What the footer says on the left: area, period, version and status."""
    version = f"version {settings.version}" if settings.version else ""
    parts = (settings.area, settings.period_label, f"{version} {settings.status}".strip())
    return ", ".join(part for part in parts if part)


def _printed(template: Template) -> list[int]:
    """The columns that are printed."""
    return [template.columns[role] for role in template.printed]


def _copy_looks(
    workbook: Workbook,
    template: Template,
    rows: Sequence[BodyRow],
    new: Sequence[bool],
) -> None:
    """Give rows that are new at their place the look of their kind; others keep what they have."""
    top = template.body_top
    for kind, first, last in runs_of_kind(rows, new):
        for source, target in look_areas(template, kind, top + first, top + last):
            workbook.copy_looks(source, target)
    marked = restated_formats(template, rows, new)
    if marked:
        workbook.set_number_formats(marked)


def _move_names(workbook: Workbook, template: Template, rows: Sequence[BodyRow]) -> None:
    """Point the names of summary and footnote at where they now are."""
    moved = {}
    for i, row in enumerate(rows):
        if row.kind in TEXT_KINDS:
            old = template.cells[row.kind.value]
            new = Area.cell(template.sheet, template.body_top + i, old.left)
            if (new.top, new.left) != (old.top, old.left):
                moved[f"scorecard_{row.kind.value}"] = new
    if moved:
        workbook.set_names(moved)
