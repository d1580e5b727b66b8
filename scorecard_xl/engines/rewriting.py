"""What LibreOffice leaves out of a workbook that it writes anew."""

from __future__ import annotations

import io
import re
import zipfile

# What is looked for in the parts of a file, by what an analyst calls it.
_MARKS = {
    "the frozen panes": rb"<(?:\w+:)?pane\b",
    "the styles of the tables": rb"<(?:\w+:)?tableStyleInfo\b",
    "the theme": rb"<a:theme\b",
    "the sparklines": rb"<(?:\w+:)?sparklineGroup\b",
    "the slicers": rb"<(?:\w+:)?slicerCacheDefinition\b",
    "the timelines": rb"<(?:\w+:)?timelineCacheDefinition\b",
    "the pivot tables": rb"<(?:\w+:)?pivotTableDefinition\b",
    "the threads of comments": rb"<(?:\w+:)?threadedComment\b",
    "the data connections": rb"<(?:\w+:)?connections\b",
    "the pictures in cells and linked data types": rb"<(?:\w+:)?rvData\b",
    "the form controls": rb"<(?:\w+:)?formControlPr\b",
    "the custom ribbon": rb"<(?:\w+:)?customUI\b",
}
# It writes them, but without the shapes that Excel shows them by.
_NEVER_WHOLE = "the form controls"
_XML = (".xml", ".vml")


def left_out(before: bytes, after: bytes) -> list[str]:
    """Name what a file had and the one written from it has not."""
    had, has = _marks_in(before), _marks_in(after) - {_NEVER_WHOLE}
    return [name for name in _MARKS if name in had - has]


def _marks_in(content: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith(_XML)]
        parts = [archive.read(name) for name in names]
    return {name for name, mark in _MARKS.items() if any(re.search(mark, part) for part in parts)}


def told(name: str, missing: list[str]) -> str:
    """Say that a file was written anew, what it has lost, and how nothing gets lost."""
    *first, last = missing or [""]
    listed = f"{', '.join(first)} and {last}" if first else last
    without = f" without {listed}" if missing else ""
    keeps = "all of it" if missing else "all else as it is"
    return f"{name} was written anew by LibreOffice{without}; --engine file keeps {keeps}."
