"""Which sheets may be written, asked before the first write, and whether one has been made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.engines.xlwings_book import probes
from scorecard_xl.exceptions import RefusedError

if TYPE_CHECKING:
    from scorecard_xl.engines.xlwings_book.definitions import Definitions

HALF_DONE = (
    "The scorecard is partly filled in: undo or close it without saving, or refresh it again."
)
# Names on the sheets that a refresh fills, the one that it writes first in front.
_FILLED = ("scorecard_body", "checks_body", "why_body")


class Protection:
    """Asks each sheet once whether it is protected, and remembers that writing has begun."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._writable: set[str] = set()
        self.is_half_done = False

    def refuse(self, sheet: str) -> None:
        """Refuse a protected sheet before anything is written on it.

        Who begins with the Scorecard will go on to all that a refresh fills, so
        then all of these are asked.
        """
        for name in dict.fromkeys([sheet, *self._filled_with(sheet)]):
            if name in self._writable:
                continue
            if probes.is_protected(self._definitions.sheet(name)):
                message = (
                    f"{name!r} is protected, so nothing was written; take the protection off with "
                    "Review, Unprotect Sheet, then try again."
                )
                raise RefusedError(message)
            self._writable.add(name)

    def begin(self, sheet: str) -> None:
        """Refuse a protected sheet, and know that from here on something has been written."""
        self.refuse(sheet)
        self.is_half_done = True

    def _filled_with(self, sheet: str) -> list[str]:
        """The sheets that are filled when a sheet is."""
        named = (self._definitions.names.get(name) for name in _FILLED)
        areas = self._definitions.areas()
        filled = [area.sheet for each in named if each and (area := areas[each.name])]
        return filled if filled[:1] == [sheet] else []
