"""Texts as far as Excel takes them: in cells, in headers and footers, in attributes."""

from __future__ import annotations

from scorecard_xl.engines.file.cells import LONGEST_TEXT, escaped

_LEFT_OUT = "…"


def kept_text(text: str, *, most: int = LONGEST_TEXT) -> str:
    """A text cut where a cell ends; Excel counts an emoji as two characters or more."""
    if 2 * len(text) <= most:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * most:
        return text
    last = int.from_bytes(units[2 * most - 2 : 2 * most], "little")
    # A character is not cut in two.
    end = most - 1 if 0xD800 <= last < 0xDC00 else most
    return units[: 2 * end].decode("utf-16-le", "surrogatepass")


def header_text(text: str, *, most: int) -> str:
    """A text for a header or footer, in which ``&`` starts a code, in so many characters."""
    line = " ".join(text.split())
    doubled = line.replace("&", "&&")
    kept = most
    while kept_text(doubled, most=most) != doubled:
        kept -= 1
        doubled = kept_text(line, most=kept).replace("&", "&&") + _LEFT_OUT
    return doubled


def attribute(text: str) -> str:
    """A text as it stands in an attribute."""
    return escaped(text).replace('"', "&quot;").replace("\n", "_x000a_")
