"""Workbooks with commentary: a column for it on the Scorecard, and comments in their table."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scorecard_xl import open_workbook
from scorecard_xl.workbook.cell_content import value_of
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.fill import read_shown
from scorecard_xl.workbook.template import read_template
from tests.scorecards import replace_rows

if TYPE_CHECKING:
    from pathlib import Path

JANUARY, DECEMBER = dt.date(2013, 1, 31), dt.date(2012, 12, 31)
# A long one, two that spreadsheets would take for formulas, and one with all there is to say.
COMMENTS = {
    "referrals": ("Fewer came from schools than in any month since April. " * 8, None, None),
    "cp_plans": ("=HYPERLINK is not meant", None, None),
    "core_assessments": ("- as planned", "@team to look at overdue ones", "A. Smith"),
    "leaving_care_sgo": ("+2 since December", None, "B. Jones"),
}
SHOWN = {
    "referrals": COMMENTS["referrals"][0].strip(),
    "cp_plans": "=HYPERLINK is not meant",
    "core_assessments": "- as planned Action: @team to look at overdue ones (A. Smith)",
    "leaving_care_sgo": "+2 since December (B. Jones)",
}


def with_commentary(path: Path, column: int = 17) -> None:
    """Give a Scorecard a column for commentary, and Commentary its rows."""
    with open_workbook(path) as workbook:
        workbook.write_block("Scorecard", 6, column, [["What lies behind it"]])
        workbook.set_names({"column_commentary": Area.cell("Scorecard", 6, column)})
        path.write_bytes(workbook.to_bytes())
    # Codes match without case.
    rows = [
        [JANUARY, code.upper(), text.strip(), *rest] for code, (text, *rest) in COMMENTS.items()
    ]
    replace_rows(path, "Commentary", [[DECEMBER, "referrals", "Of December.", None, None], *rows])


def comments_shown(path: Path) -> dict[str, str]:
    """What stands beside each indicator that has something beside it, by its code."""
    with open_workbook(path) as workbook:
        template, _ = read_template(workbook)
        assert template is not None
        rows = read_shown(workbook, template).rows
    texts = {row["code"]: value_of(row["commentary"]) for row in rows}
    return {str(code): str(text) for code, text in texts.items() if text}
