"""What the rows of a copy rest on, beside themselves."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from scorecard_xl.rules import Settings


@dataclasses.dataclass(frozen=True, kw_only=True)
class Basis:
    """The settings, when the data were extracted, why it was sent despite errors, if it was."""

    settings: Settings
    extracted: dt.date | None = None
    reason: str = ""
    is_outturn_provisional: bool = False
