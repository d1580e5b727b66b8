"""Numbers with what they count, as sentences say them."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """So many of something: ``1 error``, ``2 errors``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
