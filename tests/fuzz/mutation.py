"""Inputs changed at random, from a seed: the same changes in every run, on any Python."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What parsers trip over: names of ours, numbers at their ends, signs that mean something.
TOKENS = (
    b"<row ", b"</row>", b'<row r="', b"<c ", b'<c r="A1"', b"</c>", b"<v>", b"</v>", b"<f>",
    b"</f>", b"<is>", b"</is>", b"<t>", b"</t>", b"<extLst>", b"</extLst>", b"<sheetData>",
    b"</sheetData>", b"<sheetData/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x ", b"?>",
    b"<!DOCTYPE a>", b"&#0;", b"&#xD800;", b"&#8593;", b"&amp;", b'r="1048577"', b'r="0"',
    b'r="-1"', b'r="A1"', b'r="XFD1048576"', b'r="AAAA1"', b't="s"', b't="str"', b't="inlineStr"',
    b't="e"', b't="d"', b't="b"', b's="1"', b's="99999999999999999999"', b"-1", b"1e999", b"nan",
    b"_xD83D_", b"_x0041_", b'spans="1:2"', b'ht="."', b'min="x"', b'ref="C3:D4"',
    b'ref="A1:XFD1048576"', b' xmlns:x="y"', b"x:", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\1\2",
    b"PK\3\4", b"PK\5\6", b"\xff" * 4,
)  # fmt: skip


def mutations(seeds: Sequence[bytes], *, seed: int) -> Iterator[bytes]:
    """Changed inputs, without end."""
    chance = random.Random(seed)
    while True:
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 4)):
            _change(data, seeds, chance)
        yield bytes(data)


def _change(data: bytearray, seeds: Sequence[bytes], chance: random.Random) -> None:
    start = chance.randint(0, len(data))
    length = chance.choice((0, 1, 1, 2, 4, 8, 32))
    match chance.randint(0, 4):
        case 0:
            data[start : start + length] = chance.choice(TOKENS)
        case 1:
            del data[start : start + length]
        case 2:
            data[start : start + length] = bytes(chance.randbytes(length))
        case 3:
            data[start:start] = data[chance.randint(0, len(data)) :][: length * 8]
        case _:
            other = chance.choice(seeds)
            at = chance.randint(0, len(other))
            data[start : start + length] = other[at : at + length * 8]
