"""Texts that have broken spreadsheets before, and other ways to write a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

ODD_TEXTS = (
    "=1+1",
    "+44 20 7946 0000",
    "-5 and under",
    "@council",
    'the "best" <Kent> & more',
    "it's 50% | 1,000",
    "'March",
    "👶🏽 children",
    "ילדים בסיכון",
    "أطفال",
    "Ünïtéd \u2013 Ärea",
    "12/13",
    "2012",
    "TRUE",
    "#N/A",
    "two  spaces",
    "line\nbreak",
    "_x000D_",
    "~*?",
    "G",
    "a" * 300,
)


def odd_text(chance: random.Random, plain: str) -> str:
    """Mostly the plain text; at times an odd one, or one after it."""
    if chance.random() < 0.75:
        return plain
    odd = chance.choice(ODD_TEXTS)
    return odd if chance.random() < 0.5 else f"{odd} {plain}"


def written_otherwise(chance: random.Random, word: str) -> str:
    """The same word for whoever reads without case and without spaces round it."""
    ways = (word, word, word, word.upper(), word.capitalize(), f" {word}", f"{word} ")
    return chance.choice(ways)


def spaced(chance: random.Random, code: str | None) -> str | None:
    """A code, rarely in other letters or with a space before or after."""
    if code is None or chance.random() < 0.9:
        return code
    return written_otherwise(chance, code)
