"""The version that an add-in states in its macros, read without a program that runs macros.

[MS-CFB] lays out the storage of a VBA project, [MS-OVBA] 2.4.1 how its texts are packed.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.package import Package
from scorecard_xl.exceptions import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROJECT = "xl/vbaProject.bin"
_VERSION = re.compile(
    rb'Const (?:ADDIN_VERSION|XLWINGS_VERSION)(?: As String)? = "([^"\r\n]{1,40})"'
)
# A packed text starts with a mark, its first chunk's length, and eight letters as they are.
_PACKED_TEXT = re.compile(rb"\x01[\x00-\xff]{2}\x00Attribut")
_LAST_SECTOR = 0xFFFFFFFA
_STREAM = 2
_SHORTEST_LONG_STREAM = 4096
_CHUNK = 4096


def version_of_addin(content: bytes, *, name: str) -> str | None:
    """Tell an add-in's version; None where it states none, or is no add-in."""
    try:
        project = Package(content, name=name).read(_PROJECT)
        for stream in _streams_of(project):
            for start in _PACKED_TEXT.finditer(stream):
                found = _VERSION.search(_unpacked(stream, start.start() + 1))
                if found:
                    return found[1].decode("ascii", "replace")
    except (FileError, KeyError, IndexError, struct.error):
        return None
    return None


def _streams_of(storage: bytes) -> Iterator[bytes]:
    """Yield the streams of a compound file."""
    shift, mini_shift = struct.unpack_from("<HH", storage, 30)
    size, mini_size = 1 << shift, 1 << mini_shift
    directory, mini_table = (struct.unpack_from("<I", storage, at)[0] for at in (48, 60))
    sectors = [storage[at : at + size] for at in range(size, len(storage), size)]
    listed = struct.unpack_from("<109I", storage, 76)
    table = _numbers(b"".join(sectors[i] for i in listed if i < _LAST_SECTOR))
    mini_chain = _numbers(b"".join(_chain(mini_table, table, sectors)))
    entries = b"".join(_chain(directory, table, sectors))
    root_start = struct.unpack_from("<I", entries, 116)[0]
    root = b"".join(_chain(root_start, table, sectors))
    mini_sectors = [root[at : at + mini_size] for at in range(0, len(root), mini_size)]
    for at in range(0, len(entries) - 127, 128):
        start, length = struct.unpack_from("<II", entries, at + 116)
        if entries[at + 66] == _STREAM:
            is_long = length >= _SHORTEST_LONG_STREAM
            where = (table, sectors) if is_long else (mini_chain, mini_sectors)
            yield b"".join(_chain(start, *where))[:length]


def _numbers(data: bytes) -> list[int]:
    return [number for (number,) in struct.iter_unpack("<I", data[: len(data) // 4 * 4])]


def _chain(start: int, table: list[int], sectors: list[bytes]) -> Iterator[bytes]:
    """Yield the sectors of a stream; a chain that runs in a circle ends with the table."""
    for _ in range(len(table)):
        if start >= _LAST_SECTOR:
            return
        yield sectors[start]
        start = table[start]


def _unpacked(stream: bytes, at: int) -> bytes:
    """Unpack the chunks of a text that starts at `at`; what is no chunk ends it."""
    text = bytearray()
    while at + 2 <= len(stream):
        header = struct.unpack_from("<H", stream, at)[0]
        if header >> 12 != 0b1011:
            break
        end = min(at + (header & 0x0FFF) + 3, len(stream))
        _unpack_chunk(stream[at + 2 : end], text)
        at = end
    return bytes(text)


def _unpack_chunk(chunk: bytes, text: bytearray) -> None:
    """Add a chunk's text: letters as they are, and copies of what the chunk held before."""
    begin, at = len(text), 0
    while at < len(chunk):
        flags, at = chunk[at], at + 1
        for bit in range(8):
            if at >= len(chunk):
                return
            if not flags >> bit & 1:
                text.append(chunk[at])
                at += 1
                continue
            token = struct.unpack_from("<H", chunk, at)[0]
            length_bits = 16 - max(4, (len(text) - begin - 1).bit_length())
            source = len(text) - (token >> length_bits) - 1
            if source < begin or len(text) - begin > _CHUNK:
                raise IndexError
            for i in range((token & (1 << length_bits) - 1) + 3):
                text.append(text[source + i])
            at += 2
