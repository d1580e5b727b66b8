"""Pictures of pages: read, laid below one another, and written as PNG."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WHITE = 255


def read_ppm(content: bytes) -> Picture:
    """Read a picture as pdftoppm writes it: rows of dots of red, green and blue."""
    _, size, _, dots = content.split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(dots, dtype=np.uint8).reshape(height, width, 3)


def stacked(pages: Sequence[Picture], *, margin: int) -> Picture:
    """Lay pages of one width below one another, with a margin instead of the paper around them."""
    inked = [(page != _WHITE).any(axis=2) for page in pages]
    left, right = _ends(np.logical_or.reduce([ink.any(axis=0) for ink in inked]))
    parts = []
    for page, ink in zip(pages, inked, strict=True):
        top, bottom = _ends(ink.any(axis=1))
        parts.append(_framed(page[top:bottom, left:right], margin))
    return np.concatenate(parts)


def _ends(is_inked: NDArray[np.bool_]) -> tuple[int, int]:
    """From the first to behind the last; all of them where there are none."""
    places = np.flatnonzero(is_inked)
    return (int(places[0]), int(places[-1]) + 1) if places.size else (0, is_inked.size)


def _framed(picture: Picture, margin: int) -> Picture:
    width: Any = ((margin, margin), (margin, margin), (0, 0))
    return np.pad(picture, width, constant_values=_WHITE)


def as_png(picture: Picture) -> bytes:
    """Write a picture as PNG."""
    height, width, _ = picture.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    # Each row begins with the number of its filter: none.
    rows = np.concatenate([np.zeros((height, 1), np.uint8), picture.reshape(height, -1)], axis=1)
    body = zlib.compress(rows.tobytes(), 9)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
