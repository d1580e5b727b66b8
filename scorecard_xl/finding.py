"""What was found of one thing that a click depends on, and what would put it right."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of an examination; no `remedy` means that nothing needs doing."""

    subject: str
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.subject}: {self.found}{'; ' + self.remedy if self.remedy else ''}."
