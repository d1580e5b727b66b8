"""The footnote under a scorecard: how its arrows compare, and where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.rules.settings import Compare

if TYPE_CHECKING:
    from scorecard_xl.rules.settings import Settings

# Leaving care to special guardianship in January 2013: 7.0% now, 7.0% before, and an arrow up.
ROUNDING_NOTE = (
    "Where an arrow stands between two equal figures, they were compared before rounding."
)


def footnote(settings: Settings) -> str:
    """Say how figures were compared, and what the settings tell of their source."""
    notes = [ROUNDING_NOTE] if settings.compare is Compare.UNROUNDED else []
    if settings.source_note:
        notes.append(f"Source: {settings.source_note}.")
    return " ".join(notes)
