"""State a workbook's language, which XlsxWriter's document properties leave out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from pathlib import Path

_CORE = "docProps/core.xml"
_END = b"</cp:coreProperties>"


def set_language(path: Path, language: str) -> None:
    """Write `language`, such as ``"en-GB"``, into the document properties of `path`."""
    element = f"<dc:language>{language}</dc:language>".encode()
    changed = io.BytesIO()
    with ZipFile(path) as source, ZipFile(changed, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == _CORE:
                content = content.replace(_END, element + _END)
            target.writestr(entry, content)
    path.write_bytes(changed.getvalue())
