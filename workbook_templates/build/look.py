"""The house look: colours, fonts and number formats, each named once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FONT = "Arial"

TEXT = "#1A1A1A"
NAVY = "#1F3A5F"
WHITE = "#FFFFFF"
FIGURE_GREY = "#404040"
QUIET_GREY = "#595959"
LINE_GREY = "#BFC7D1"
BAND_BLUE = "#DCE6F1"
INPUT_CREAM = "#FFF8E1"
TAB_OUTPUT = NAVY
TAB_INPUT = "#FFC83D"
TAB_HELP = "#8A94A3"

COUNT = "#,##0"
PERCENTAGE = "0.0%"
RATE = "#,##0.0"
SHARE = "0%"
DATE = "dd/mm/yyyy"
AS_TEXT = "@"
# Excel's _x leaves the width of x: these three keep decimal points in one line
# although only percentages end in a sign.
COUNT_ALIGNED = "#,##0_._0_%"
RATE_ALIGNED = "#,##0.0_%"

THIN, MEDIUM = 1, 2
# How a count looks while it is still last period's.
UNCHANGED = {"italic": True, "font_color": QUIET_GREY}

# Without an empty scheme, Excel would show the theme's font instead of the one named.
_BASE = {
    "font_name": FONT,
    "font_scheme": "",
    "font_size": 10,
    "font_color": TEXT,
    "valign": "vcenter",
}

LOOKS: dict[str, dict[str, object]] = {
    "text": {},
    "title": {"bold": True, "font_size": 16, "font_color": NAVY},
    "sheet_title": {"bold": True, "font_size": 14, "font_color": NAVY},
    "purpose": {"font_color": FIGURE_GREY},
    "period": {"font_color": FIGURE_GREY},
    "tallies": {"bold": True},
    "key": {"font_size": 9, "font_color": FIGURE_GREY},
    "group_label": {
        "bold": True,
        "font_size": 9,
        "font_color": NAVY,
        "bottom": MEDIUM,
        "bottom_color": NAVY,
    },
    "heading": {
        "bold": True,
        "font_size": 9,
        "font_color": WHITE,
        "bg_color": NAVY,
        "align": "center",
        "text_wrap": True,
    },
    "table_heading": {
        "bold": True,
        "font_size": 9,
        "font_color": WHITE,
        "bg_color": NAVY,
        "text_wrap": True,
        "indent": 1,
    },
    "code_heading": {"bold": True, "font_size": 9, "font_color": QUIET_GREY},
    "comment": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "code": {"font_size": 9, "font_color": QUIET_GREY},
    "section": {
        "bold": True,
        "font_color": NAVY,
        "bg_color": BAND_BLUE,
        "bottom": THIN,
        "bottom_color": NAVY,
    },
    "summary": {"text_wrap": True},
    "footnote": {"italic": True, "font_size": 9, "font_color": QUIET_GREY},
    "guide_heading": {"bold": True, "font_size": 12, "font_color": NAVY, "valign": "bottom"},
    "guide_text": {"text_wrap": True, "valign": "top"},
    "guide_item": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
}


class Look:
    """The named looks of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def format(self, name: str = "text", **changes: object) -> Format:
        """Return the named look, with `changes` in XlsxWriter's property names."""
        properties = _BASE | LOOKS[name] | changes
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def contrast_ratio(ink: str, paper: str) -> float:
    """Return the contrast of two ``#RRGGBB`` colours, 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
