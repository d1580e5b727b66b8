"""What an area's workbook is called: safely on every system, and never like another area's."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

# With the date, an ending, and a folder around it, Windows takes no longer names than this.
LONGEST_NAME = 80
_LONGEST_IN_BYTES = 160
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)
_HARMLESS = re.compile(r"[^\W_](?:[^\W_]| (?! )|['(),&+-])*")
_OTHERS = re.compile(r"[^\w'(),&+-]+|_+")
_DIGITS = 12


def file_name(area: str, as_at: dt.date, suffix: str) -> str:
    """Name the workbook of an area and date: ``Ashford 2013-01-31.xlsx``.

    It depends on nothing else, so that every run and every machine finds the
    same. A name that has to be altered, or that another area's could be taken
    for on some system, carries a mark of its own: ``St Helens~1f2e3d4c5b6a``.
    """
    return f"{safe_name(area)} {as_at.isoformat()}{suffix}"


def safe_name(area: str) -> str:
    """An area's name as files can have it; two areas never share one, whatever their case."""
    name = area.strip()
    if _is_harmless(name):
        return name
    mark = hashlib.sha256(name.lower().encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    kept = _OTHERS.sub(" ", plain).strip(" .")[: LONGEST_NAME - _DIGITS - 1].strip(" .")
    return f"{kept or 'area'}~{mark}"


def _is_harmless(name: str) -> bool:
    """Whether every system has the name as it is, and takes no other name for it."""
    has_one_form = name == unicodedata.normalize("NFKC", name)
    has_one_case = name.lower() == name.casefold() == name.upper().lower()
    return (
        len(name) <= LONGEST_NAME
        and len(name.encode("utf-8", "surrogatepass")) <= _LONGEST_IN_BYTES
        and _HARMLESS.fullmatch(name) is not None
        and _RESERVED.fullmatch(name) is None
        and has_one_form
        and has_one_case
    )
