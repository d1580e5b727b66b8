"""The footnote under a scorecard: where its figures come from, and arrows that hang on rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.rules.direction_of_travel import Travel
from scorecard_xl.rules.results import rounded_as_shown

if TYPE_CHECKING:
    import pandas as pd

    from scorecard_xl.rules.settings import Settings

ROUNDING_NOTE = (
    "Where an arrow stands between two equal figures, they were compared before rounding."
)


def hangs_on_rounding(results: pd.DataFrame, *, reference: str) -> np.ndarray:
    """Say for each row whether its arrow says a change that the figures as shown do not.

    Leaving care to special guardianship in January 2013 is such a row: 7.0% now,
    7.0% the month before, and an arrow up.
    """
    shown = rounded_as_shown(results["result"], results["measure"])
    before = rounded_as_shown(results[reference], results["measure"])
    moved = results[f"dot_{reference}"].isin([Travel.IMPROVED, Travel.WORSENED])
    return np.asarray(moved) & (np.asarray(shown, dtype=float) == np.asarray(before, dtype=float))


def footnote(results: pd.DataFrame, settings: Settings) -> str:
    """The footnote's text; empty where there is nothing to say."""
    notes = []
    if any(hangs_on_rounding(results, reference=name).any() for name in ("previous", "outturn")):
        notes.append(ROUNDING_NOTE)
    if settings.source_note:
        notes.append(f"Source: {settings.source_note}.")
    return " ".join(notes)
