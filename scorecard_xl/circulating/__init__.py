"""Copies that are safe to send, and whether a copy agrees with itself."""

from __future__ import annotations

from scorecard_xl.circulating.circulation import Circulated, circulate
from scorecard_xl.circulating.files import (
    CirculatedFile,
    circulate_file,
    circulate_open_workbook,
)
from scorecard_xl.circulating.verification import Verified, verify

__all__ = [
    "Circulated",
    "CirculatedFile",
    "Verified",
    "circulate",
    "circulate_file",
    "circulate_open_workbook",
    "verify",
]
