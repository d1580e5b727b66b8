"""What a reader must know of the results a scorecard compares with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.workbook.body import restated_references

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Scorecard

PROVISIONAL, FINAL = "provisional", "final"
RESTATED_NOTE = "r: restated since it was published."
PROVISIONAL_NOTE = "The outturn is provisional."


def notes_of(history: Mapping[str, Sequence[object]], scorecard: Scorecard) -> str:
    """Say what marks the figures compared with, and how final they are.

    `history` holds the columns of the History table, Status being optional.
    """
    notes = []
    if restated_references(scorecard):
        notes.append(RESTATED_NOTE)
    if "status" in history:
        outturn = scorecard.settings.outturn_as_at
        dated = zip(history["status"], history["as_at"], strict=True)
        if any(is_provisional(status) for status, as_at in dated if as_at == outturn):
            notes.append(PROVISIONAL_NOTE)
    return " ".join(notes)


def is_provisional(status: object) -> bool:
    """Whether a cell under Status says that its result is not final yet."""
    return isinstance(status, str) and status.strip().casefold() == PROVISIONAL
