"""The lock files that Excel and LibreOffice lay beside a workbook that they have open."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def holder_of(path: Path) -> str | None:
    """Who has the file open in Excel or LibreOffice, by the lock file beside it; None if nobody."""
    excel = path.with_name(f"~${path.name}")
    if not is_there(excel) and len(path.name) > 2:
        # Word and some versions of Excel put "~$" in the place of the first two letters.
        excel = path.with_name(f"~${path.name[2:]}")
    if is_there(excel):
        return f"{_excel_owner(excel)} in Excel (lock file {excel.name})"
    libreoffice = path.with_name(f".~lock.{path.name}#")
    if is_there(libreoffice):
        return f"{_libreoffice_owner(libreoffice)} in LibreOffice (lock file {libreoffice.name})"
    return None


def is_there(path: Path) -> bool:
    """Whether a file is there; none is where its name would be too long."""
    with contextlib.suppress(OSError):
        return path.exists()
    return False


def _libreoffice_owner(lock: Path) -> str:
    """The user's name, the first of the fields that is not empty."""
    with contextlib.suppress(OSError):
        fields = lock.read_text(encoding="utf-8", errors="replace").split(",")
        names = [field.strip() for field in fields[:2] if field.strip()]
        return names[0] if names else "someone"
    return "someone"


def _excel_owner(lock: Path) -> str:
    """The user's name, which Excel writes as a length and 8-bit letters."""
    with contextlib.suppress(OSError):
        data = lock.read_bytes()
        if data and data[0] < len(data):
            name = data[1 : 1 + data[0]].decode("cp1252", "replace").strip("\0 ")
            return name or "someone"
    return "someone"
