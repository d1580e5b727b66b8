"""Pages become one picture without the paper around them."""

from __future__ import annotations

import zlib

import numpy as np

from scorecard_xl.engines.pictures import as_png, read_ppm, stacked


def page(*dots: tuple[int, int]) -> bytes:
    rows = np.full((4, 5, 3), 255, np.uint8)
    for row, column in dots:
        rows[row, column] = 0
    return b"P6\n5 4\n255\n" + rows.tobytes()


def test_pages_are_laid_below_one_another_within_one_margin() -> None:
    picture = stacked([read_ppm(page((1, 1), (2, 3))), read_ppm(page((0, 2)))], margin=1)
    is_inked = (picture[:, :, 0] == 0).tolist()
    assert [[j for j, dot in enumerate(row) if dot] for row in is_inked] == [
        [], [1], [3], [], [], [2], [],
    ]  # fmt: skip
    assert picture.shape == (7, 5, 3)


def test_a_blank_page_stays_whole() -> None:
    assert stacked([read_ppm(page())], margin=0).shape == (4, 5, 3)


def test_a_picture_is_written_as_png() -> None:
    content = as_png(read_ppm(page((0, 0))))
    length = int.from_bytes(content[33:37], "big")
    assert (content[:8], content[12:16], content[37:41]) == (b"\x89PNG\r\n\x1a\n", b"IHDR", b"IDAT")
    rows = zlib.decompress(content[41 : 41 + length])
    assert rows[:5] == bytes([0, 0, 0, 0, 255])
