"""The mark that Windows gives files from the internet, and in whose files Excel runs no macro."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

# A second stream of the same file, beside its content.
_STREAM = ":Zone.Identifier"
_ZONE = re.compile(r"^\s*ZoneId\s*=\s*(\d+)", re.MULTILINE)
_INTERNET = 3
_SUBJECT = "Mark of the web"


def web_mark_findings(paths: Sequence[Path]) -> list[Finding]:
    """Tell which of some files are marked as from the internet; one line if none is."""
    marked = [path for path in paths if _is_from_the_internet(path)]
    if not marked:
        return [Finding(subject=_SUBJECT, found="none of the files has it")]
    remedy = (
        "where you trust the file, tick Unblock in its Properties, or save it to a folder that "
        "your IT desk has made a trusted one"
    )
    return [
        Finding(subject=_SUBJECT, found=f"{path} came from the internet", remedy=remedy)
        for path in marked
    ]


def _is_from_the_internet(path: Path) -> bool:
    try:
        mark = Path(f"{path}{_STREAM}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    zone = _ZONE.search(mark)
    return zone is not None and int(zone[1]) >= _INTERNET
