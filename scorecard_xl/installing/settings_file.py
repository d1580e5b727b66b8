"""Lines of the user's xlwings.conf: set with those before remembered, and put back.

The add-in of xlwings reads pairs such as ``"NAME","value"``, takes the first whose name
matches without case, and is thrown out of step by an empty line. So a new line goes first.
"""

from __future__ import annotations

import dataclasses
import locale
import re
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import PurePath

FOLDER_ON_PATH = "ADD_WORKBOOK_TO_PYTHONPATH"
_LINE = re.compile(rb'\s*"?([^",]*?)"?\s*,\s*"?(.*?)"?\s*', re.DOTALL)
# What the line's form or xlwings would take for something else.
_REFUSED = re.compile(r'["%\r\n]')


@dataclasses.dataclass(frozen=True, kw_only=True)
class SetLine:
    """A line that was set, and the one that it stands in the place of, if there was one."""

    wrote: bytes
    before: bytes = b""


def settings_of(places_key: str, interpreter: PurePath) -> dict[str, bytes]:
    """The lines to be set, by name: this Python, and nothing from beside a workbook.

    Raises
    ------
    RefusedError
        The interpreter's path cannot be written there.
    """
    path = str(interpreter)
    try:
        # Excel's macros read the file by the system's code page, not as UTF-8.
        encoded = path.encode(locale.getencoding())
    except UnicodeEncodeError:
        encoded = b""
    if not encoded or _REFUSED.search(path):
        message = (
            f"{path} cannot be written to xlwings' settings, because of its letters; install "
            "Python in a folder with a plain name."
        )
        raise RefusedError(message)
    return {
        places_key: b'"%s","%s"' % (places_key.encode(), encoded),
        FOLDER_ON_PATH: b'"%s","false"' % FOLDER_ON_PATH.encode(),
    }


def value_of_setting(content: bytes, name: str) -> str | None:
    """The value that xlwings' add-in reads for a name; None if there is none."""
    for line in content.splitlines():
        match = _LINE.fullmatch(line)
        if match and _is_named(line, name):
            return match[2].decode(locale.getencoding(), "replace")
    return None


def with_lines(
    content: bytes, lines: Mapping[str, bytes], known: Mapping[str, SetLine], *, newline: bytes
) -> tuple[bytes, dict[str, SetLine]]:
    """Set lines, each in the place of the first of its name; all other lines stay.

    Returns
    -------
    The new content, and what to remember: a line that was set by us before is not what was
    there `before`, so for it what is `known` is carried on.
    """
    remembered = {}
    for name, line in reversed(list(lines.items())):
        kept = content.splitlines(keepends=True)
        place = _place_of(name, kept)
        before = b"" if place is None else kept[place]
        is_set = before.strip() == line
        ending = before[len(before.rstrip(b"\r\n")) :] if is_set else newline
        if name in known and before.strip() == known[name].wrote:
            before = known[name].before
        remembered[name] = SetLine(wrote=line, before=before)
        kept[place or 0 : 0 if place is None else place + 1] = [line + ending]
        content = b"".join(kept)
    return content, remembered


def without_lines(content: bytes, known: Mapping[str, SetLine]) -> tuple[bytes, list[str]]:
    """Put lines back as they were before; gives the names of those changed by others since."""
    changed = []
    for name, remembered in known.items():
        kept = content.splitlines(keepends=True)
        place = _place_of(name, kept)
        there = b"" if place is None else kept[place]
        if place is not None and there.strip() == remembered.wrote:
            kept[place] = _ended_like(remembered.before, there, is_last=place == len(kept) - 1)
            content = b"".join(kept)
        elif there != remembered.before:
            changed.append(name)
    return content, changed


def _ended_like(before: bytes, there: bytes, *, is_last: bool) -> bytes:
    """A line that ended the file is not to run into one that has been added since."""
    if before and not is_last and not before.endswith((b"\r", b"\n")):
        return before + there[len(there.rstrip(b"\r\n")) :]
    return before


def _place_of(name: str, lines: Sequence[bytes]) -> int | None:
    """Where the line is that xlwings' add-in takes for a name: the first."""
    return next((i for i, line in enumerate(lines) if _is_named(line, name)), None)


def _is_named(line: bytes, name: str) -> bool:
    match = _LINE.fullmatch(line)
    return match is not None and match[1].lower() == name.lower().encode()
