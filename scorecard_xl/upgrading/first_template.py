"""What templates had from the first on: where it is missing, an analyst has taken it away."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Headings that a scorecard can be made without.
HEADINGS: Mapping[str, frozenset[str]] = {
    "Counts": frozenset({"source", "extracted"}),
    "Indicators": frozenset(
        {"floor", "green_tolerance", "amber_tolerance", "tolerance_unit", "data_period"}
    ),
    "Commentary": frozenset({"action", "owner"}),
    "Settings": frozenset({"what_it_does"}),
}
SETTINGS = frozenset(
    {
        "area", "title", "as_at", "period_label", "target_label", "previous_as_at",
        "outturn_as_at", "outturn_label", "rate_base", "green_tolerance_h", "amber_tolerance_h",
        "green_tolerance_l", "amber_tolerance_l", "green_tolerance_t", "amber_tolerance_t",
        "previous_words", "current_words", "frequency", "year_start", "fill", "compare",
        "same_within", "minimum_denominator", "tolerances_agreed_by", "tolerances_agreed_on",
        "source_note", "status", "version",
    }
)  # fmt: skip
# Texts of sheets that are written for the analyst, as templates before today's had them.
CHECKS_PURPOSES = frozenset(
    {"What the last refresh found to put right, and where. Empty when all is well."}
)
WHY_PURPOSES = frozenset(
    {
        "Explanations are written here when asked for.",
        "Kept for explanations of the ratings; nothing writes them yet.",
    }
)
WHY_HEADINGS = frozenset({"Result", "Target", "RAG", "Why"})
# How wide the columns of Why were, from the first on.
WHY_WIDTHS = (60.7109375, 12.7109375, 12.7109375, 8.7109375, 95.7109375)
# Guides that nobody has changed, by what `fingerprint_of` gives.
GUIDES = frozenset(
    {
        "9926eb0bd932226b",
        "2c7852587ff3a10e",
        "42089a973d131079",
        "45ba69f8608dfb60",
        "8f847975d1f0f3a4",
        "1b3efc2d1658546d",
    }
)


def fingerprint_of(texts: Iterable[str]) -> str:
    """Tell a Guide by its paragraphs, row by row."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
