"""The Scorecard's frame, and the Styles sheet its body rows take their look from."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbook_templates.build import look as house

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from workbook_templates.build.look import Look


@dataclasses.dataclass(frozen=True, kw_only=True)
class ScorecardColumn:
    """One column of the Scorecard: its role, heading and width in characters."""

    role: str
    heading: str
    width: float
    group: str = ""


COLUMNS = (
    ScorecardColumn(role="indicator", heading="Indicator", width=79),
    ScorecardColumn(role="polarity", heading="Polarity", width=8),
    ScorecardColumn(role="data_period", heading="Data Period", width=7),
    ScorecardColumn(role="result", heading="Latest Result", width=11, group="LATEST RESULT"),
    ScorecardColumn(role="rag", heading="RAG Status", width=6.5, group="LATEST RESULT"),
    ScorecardColumn(role="numerator", heading="Num", width=8, group="LATEST RESULT"),
    ScorecardColumn(role="denominator", heading="Denom", width=8, group="LATEST RESULT"),
    ScorecardColumn(
        role="target", heading="Target for {target_label}", width=9, group="LATEST RESULT"
    ),
    ScorecardColumn(
        role="previous", heading="Previous Reported Result", width=9, group="PREVIOUS RESULT"
    ),
    ScorecardColumn(
        role="dot_previous",
        heading="DoT from previous to latest result",
        width=10,
        group="PREVIOUS RESULT",
    ),
    ScorecardColumn(
        role="outturn",
        heading="Outturn ({outturn_label}) Result",
        width=9.5,
        group="OUTTURN RESULT",
    ),
    ScorecardColumn(
        role="dot_outturn",
        heading="DoT from outturn to latest result",
        width=10,
        group="OUTTURN RESULT",
    ),
)
SPACER, CODE, ROW_KIND, STATE = range(len(COLUMNS), len(COLUMNS) + 4)
# What the workbook itself needs, grey, right of the print area: column, role, heading, width.
WORKING_COLUMNS = (
    (CODE, "code", "Code", 36),
    (ROW_KIND, "row_kind", "Row kind", 16),
    (STATE, "state", "No result because", 20),
)
LAST_PRINTED = len(COLUMNS) - 1

TITLE, PERIOD, TALLIES, KEY, GROUPS, HEADINGS, BODY = range(7)
SUMMARY, FOOTNOTE = BODY + 1, BODY + 2
HEIGHTS = {TITLE: 24, PERIOD: 16, TALLIES: 17, KEY: 15, GROUPS: 15, HEADINGS: 38}
HEIGHTS |= {BODY: 20, SUMMARY: 48, FOOTNOTE: 14}

KEY_OF_MARKS = (
    "Key: G target met, A near, R off target, blank not rated.   Up ↑ better, down ↓ worse, "
    "level → same: better or worse, not more or less; for T, nearer to this year's target."
)
KEY_OF_LETTERS = (
    "H high is good, L low is good, T close to target.   "
    "R12M rolling 12 months, YTD since 1 April, SS snapshot."
)

# A fixed scale, since Excel ignores manual page breaks when fitting to pages.
PRINT_SCALE = 76
MILLIMETRES = 1 / 25.4

FIGURE_FORMATS = {
    "count": house.COUNT_ALIGNED,
    "percentage": house.PERCENTAGE,
    "rate": house.RATE_ALIGNED,
    "average": house.RATE_ALIGNED,
    "supplied": house.RATE_ALIGNED,
}
COMMENTARY_WIDTH = 60
BAND_KINDS = ("section", "summary_heading")
ROW_KINDS = ("section", *FIGURE_FORMATS, "summary_heading", "summary", "footnote")
KIND_HEIGHTS = {"section": 20, "summary_heading": 20, "summary": 48, "footnote": 14}
BODY_HEIGHT = 18


def scorecard_names() -> dict[str, str]:
    """Return the defined names on the Scorecard and the cell each stands for."""
    rows = {
        "scorecard_title": TITLE,
        "scorecard_period": PERIOD,
        "scorecard_tallies": TALLIES,
        "scorecard_body": BODY,
        "scorecard_summary": SUMMARY,
        "scorecard_footnote": FOOTNOTE,
    }
    cells = {name: f"=Scorecard!$A${row + 1}" for name, row in rows.items()}
    working = [(position, role) for position, role, *_ in WORKING_COLUMNS]
    for position, role in [*enumerate(c.role for c in COLUMNS), *working]:
        cells[f"column_{role}"] = f"=Scorecard!${chr(ord('A') + position)}${HEADINGS + 1}"
    return cells


def write_scorecard(sheet: Worksheet, look: Look, *, settings: dict[str, str]) -> None:
    """Write everything above the body, the summary's place, and the page set-up."""
    for row, height in HEIGHTS.items():
        sheet.set_row(row, height)
    for position, column in enumerate(COLUMNS):
        sheet.set_column(position, position, column.width)
    sheet.set_column(SPACER, SPACER, 2)
    for position, _, _, width in WORKING_COLUMNS:
        sheet.set_column(position, position, width)
    sheet.write_string(TITLE, 0, settings["title"], look.format("title"))
    sheet.write_blank(PERIOD, 0, None, look.format("period"))
    sheet.write_blank(TALLIES, 0, None, look.format("tallies"))
    sheet.write_string(KEY, 0, KEY_OF_MARKS, look.format("key"))
    sheet.write_string(GROUPS, 0, KEY_OF_LETTERS, look.format("key"))
    _write_headings(sheet, look, settings=settings)
    _write_summary(sheet, look)
    sheet.freeze_panes(BODY, 0)
    sheet.hide_gridlines(2)
    _set_up_page(sheet, settings=settings)


def _write_headings(sheet: Worksheet, look: Look, *, settings: dict[str, str]) -> None:
    labels = {
        "target_label": settings["target_label"] or "this year",
        "outturn_label": settings["outturn_label"] or "last year",
    }
    group = ""
    for position, column in enumerate(COLUMNS):
        opens_group = column.group != group
        group = column.group
        edge = {"left": house.THIN, "left_color": house.WHITE} if opens_group else {}
        if opens_group:
            sheet.write_string(GROUPS, position, group, look.format("group_label", **edge))
        elif group:
            sheet.write_blank(GROUPS, position, None, look.format("group_label"))
        if position == 0:
            edge = {"align": "left", "indent": 1}
        sheet.write_string(
            HEADINGS, position, column.heading.format(**labels), look.format("heading", **edge)
        )
    for position, _, heading, _ in WORKING_COLUMNS:
        sheet.write_string(HEADINGS, position, heading, look.format("code_heading"))


def _write_summary(sheet: Worksheet, look: Look) -> None:
    band = look.format("section")
    sheet.write_string(BODY, 0, "PERFORMANCE SUMMARY", band)
    for position in range(1, LAST_PRINTED + 1):
        sheet.write_blank(BODY, position, None, band)
    sheet.merge_range(SUMMARY, 0, SUMMARY, LAST_PRINTED, "", look.format("summary"))
    sheet.write_blank(FOOTNOTE, 0, None, look.format("footnote"))


def _set_up_page(sheet: Worksheet, *, settings: dict[str, str]) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_print_scale(PRINT_SCALE)
    sheet.center_horizontally()
    side, foot = 10 * MILLIMETRES, 15 * MILLIMETRES
    sheet.set_margins(left=side, right=side, top=side, bottom=foot)
    version = f"version {settings['version']} {settings['status']}"
    parts = (settings["area"], settings["period_label"], version)
    left = ", ".join(part for part in parts if part)
    font = f'&"{house.FONT},Regular"&8'
    sheet.set_footer(
        f"&L{font}{left.replace('&', '&&')}&C{font}OFFICIAL&R{font}Page &P of &N",
        {"margin": 7 * MILLIMETRES},
    )
    sheet.repeat_rows(GROUPS, HEADINGS)
    sheet.print_area(TITLE, 0, FOOTNOTE, LAST_PRINTED)


def write_styles(sheet: Worksheet, look: Look) -> None:
    """Write a prototype row for each kind of row, under the Scorecard's columns.

    Column A holds the kind; from B on, the columns of the Scorecard in order.
    """
    roles = [*(column.role for column in COLUMNS), "", *(role for _, role, *_ in WORKING_COLUMNS)]
    # The Scorecard has this column once an analyst gives a heading its name.
    roles.append("commentary")
    sheet.set_column(0, 0, 18)
    sheet.write_row(0, 0, ["Row kind", *roles], look.format("code_heading"))
    for position, column in enumerate(COLUMNS, start=1):
        sheet.set_column(position, position, column.width)
    sheet.set_column(SPACER + 1, SPACER + 1, 2)
    for position, _, _, width in WORKING_COLUMNS:
        sheet.set_column(position + 1, position + 1, width)
    sheet.set_column(len(roles), len(roles), COMMENTARY_WIDTH)
    for row, kind in enumerate(ROW_KINDS, start=1):
        sheet.set_row(row, KIND_HEIGHTS.get(kind, BODY_HEIGHT))
        sheet.write_string(row, 0, kind, look.format("code"))
        for position, role in enumerate(roles, start=1):
            if role:
                sheet.write_blank(row, position, None, _prototype(look, kind=kind, role=role))


def _prototype(look: Look, *, kind: str, role: str) -> Format:
    if role in ("code", "row_kind", "state"):
        return look.format("code")
    if role == "commentary":
        return look.format("comment" if kind in FIGURE_FORMATS else "code")
    if kind in BAND_KINDS:
        return look.format("section")
    if kind not in FIGURE_FORMATS:
        return look.format(kind)
    return look.format("text", **_LINE, **_body_properties(kind=kind, role=role))


_LINE = {"bottom": house.THIN, "bottom_color": house.LINE_GREY}


def _body_properties(*, kind: str, role: str) -> dict[str, object]:
    figure = {"align": "right", "indent": 1, "num_format": FIGURE_FORMATS[kind]}
    counted = {"align": "right", "indent": 1, "num_format": house.COUNT}
    by_role: dict[str, dict[str, object]] = {
        "indicator": {"indent": 1, "text_wrap": True},
        "polarity": {"align": "center"},
        "data_period": {"align": "center"},
        "result": figure | {"bold": True, "shrink": True},
        "rag": {"bold": True, "align": "center"},
        "numerator": counted | {"font_color": house.FIGURE_GREY},
        "denominator": counted | {"font_color": house.FIGURE_GREY},
        "dot_previous": {"bold": True, "font_size": 12, "align": "center"},
        "dot_outturn": {"bold": True, "font_size": 12, "align": "center"},
    }
    return by_role.get(role, figure)
