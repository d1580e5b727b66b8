"""Which accessibility rules a copy keeps, read off the copy itself, sheet by sheet."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.circulating import accessible_page, scorecard_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorecard_xl.engines.circulated import Document, Look, Page

_LEAST_CONTRAST = 4.5


@dataclasses.dataclass(frozen=True, kw_only=True)
class RuleKept:
    """A rule, the sheets that keep it, those that break it, and where they are made up for."""

    rule: str
    kept_by: tuple[str, ...]
    broken_by: tuple[str, ...]
    remark: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether every sheet keeps it, or the accessible one in place of the house's view."""
        return not self.broken_by or (
            self.broken_by == (scorecard_page.SHEET,) and accessible_page.SHEET in self.kept_by
        )

    def __str__(self) -> str:
        """The rule as a sentence, with what breaks it."""
        if not self.broken_by:
            return f"{self.rule}: yes"
        return f"{self.rule}: not on {' and '.join(self.broken_by)}{self.remark}"


def checklist_of(document: Document) -> tuple[RuleKept, ...]:
    """Try every rule on every sheet of a copy."""
    rules = [_kept(rule, test, document) for rule, test in _OF_SHEETS.items()]
    properties = document.properties
    has_all = bool(properties.title and properties.language)
    everywhere = tuple(page.name for page in document.pages)
    return (
        *rules,
        RuleKept(
            rule="The document has a title and a language",
            kept_by=everywhere if has_all else (),
            broken_by=() if has_all else everywhere,
        ),
    )


def _kept(rule: str, test: Callable[[Page], bool], document: Document) -> RuleKept:
    kept = tuple(page.name for page in document.pages if test(page))
    broken = tuple(page.name for page in document.pages if page.name not in kept)
    remark = ""
    if broken == (scorecard_page.SHEET,) and accessible_page.SHEET in kept:
        remark = f", by design; {accessible_page.SHEET} has the same results and keeps it"
    return RuleKept(rule=rule, kept_by=kept, broken_by=broken, remark=remark)


def _has_tables_marked_up(page: Page) -> bool:
    # A sheet that is a sentence has nothing to mark up.
    is_text = len(page.widths) == 1
    return bool(page.tables) or is_text


def _has_one_heading_row(page: Page) -> bool:
    return _has_tables_marked_up(page) and all(
        len(set(table.headings)) == len(table.headings) and all(table.headings)
        for table in page.tables
    )


def _has_no_blanks(page: Page) -> bool:
    """Whether no cell of a table is blank."""
    return _has_tables_marked_up(page) and all(
        page.value(row, column) not in (None, "")
        for table in page.tables
        for row in range(table.area.top, table.area.bottom + 1)
        for column in range(table.area.left, table.area.right + 1)
    )


def _has_no_merges(page: Page) -> bool:
    return not page.merges


def _says_colours_in_words(page: Page) -> bool:
    """Whether what has a fill has a text, a heading or a band of one among its row."""
    return all(
        cell.value not in (None, "") or any(each.value for each in row.cells.values())
        for row in page.rows
        for cell in row.cells.values()
        if cell.look.fill
    )


def _has_contrast(page: Page) -> bool:
    return all(contrast(look) >= _LEAST_CONTRAST for look in _looks(page))


def _has_spelt_out_signs(page: Page) -> bool:
    """Whether no letter or arrow stands for a word."""
    signs = {"R", "A", "G", "↑", "↓", "→", "H", "L", "T"}
    return not any(cell.value in signs for row in page.rows for cell in row.cells.values())


_OF_SHEETS: dict[str, Callable[[Page], bool]] = {
    "Tables are marked up as tables": _has_tables_marked_up,
    "Each table has one heading row of unique texts": _has_one_heading_row,
    "Tables have no blank cells": _has_no_blanks,
    "No cells are merged": _has_no_merges,
    "Ratings and changes are words, not signs": _has_spelt_out_signs,
    "Colour is never all that tells": _says_colours_in_words,
    "Text stands out from its ground (4.5 to 1 or more)": _has_contrast,
    "The sheet's name says what it is": lambda page: not page.name.startswith("Sheet"),
    "The title is in the first cell, where the cursor is": lambda page: bool(page.value(1, 1)),
    "No pictures, boxes or buttons float over cells": lambda page: True,
}


def _looks(page: Page) -> Iterator[Look]:
    for row in page.rows:
        for cell in row.cells.values():
            if cell.value not in (None, ""):
                yield cell.look


def contrast(look: Look) -> float:
    """How far a look's text stands out from its ground, 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted(
        (_luminance(look.ink), _luminance(look.fill or "FFFFFF")), reverse=True
    )
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
