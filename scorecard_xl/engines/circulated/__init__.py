"""Workbooks to be sent: written whole from nothing but what they show, and read back."""

from __future__ import annotations

from scorecard_xl.engines.circulated.appearance import ShownLook, plain_format
from scorecard_xl.engines.circulated.document import (
    Cell,
    Document,
    Edge,
    Look,
    Page,
    PageSetUp,
    PageTable,
    Properties,
    Row,
)
from scorecard_xl.engines.circulated.reading import ReadCopy, read_copy
from scorecard_xl.engines.circulated.texts import kept_text
from scorecard_xl.engines.circulated.writing import document_bytes

__all__ = [
    "Cell",
    "Document",
    "Edge",
    "Look",
    "Page",
    "PageSetUp",
    "PageTable",
    "Properties",
    "ReadCopy",
    "Row",
    "ShownLook",
    "document_bytes",
    "kept_text",
    "plain_format",
    "read_copy",
]
