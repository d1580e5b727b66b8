"""Zip files that no program writes, made record by record."""

from __future__ import annotations

import dataclasses
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from tests.scorecards import KENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_MAX = 0xFFFFFFFF


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry, and what its records say of it where that is not the truth."""

    name: bytes
    content: bytes = b""
    packed: bytes | None = None
    size: int | None = None
    crc: int | None = None
    method: int = zipfile.ZIP_DEFLATED
    flags: int = 0
    local_name: bytes | None = None
    is_zip64: bool = False
    has_descriptor: bool = False
    at: int | None = None


def entries_of_kent(changes: Mapping[str, bytes | None] | None = None) -> list[Entry]:
    """Kent's parts as entries; some replaced, added, or (None) left out."""
    with zipfile.ZipFile(KENT) as archive:
        parts: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    parts |= changes or {}
    return [
        Entry(name=name.encode(), content=content)
        for name, content in parts.items()
        if content is not None
    ]


def zip_of(entries: Iterable[Entry], *, count: int | None = None) -> bytes:
    """A zip file of these entries; its end may say another number of them."""
    records: list[bytes] = []
    listing: list[bytes] = []
    position = 0
    for entry in entries:
        packed = _deflated(entry) if entry.packed is None else entry.packed
        start = position if entry.at is None else entry.at
        if entry.at is None:
            record = _local_record(entry, packed)
            records.append(record)
            position += len(record)
        listing.append(_listed(entry, packed, start))
    end = b"".join(listing)
    number = len(listing) if count is None else count
    return b"".join(records) + end + _END.pack(
        b"PK\5\6", 0, 0, number, number, len(end), position, 0
    )  # fmt: skip


def _deflated(entry: Entry) -> bytes:
    if entry.method != zipfile.ZIP_DEFLATED:
        return entry.content
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compressor.compress(entry.content) + compressor.flush()


def _facts(entry: Entry) -> tuple[int, int]:
    size = len(entry.content) if entry.size is None else entry.size
    return (zlib.crc32(entry.content) if entry.crc is None else entry.crc), size


def _local_record(entry: Entry, packed: bytes) -> bytes:
    crc, size = _facts(entry)
    name = entry.name if entry.local_name is None else entry.local_name
    extra = struct.pack("<2H2Q", 1, 16, size, len(packed)) if entry.is_zip64 else b""
    sizes = (_MAX, _MAX) if entry.is_zip64 else (len(packed), size)
    flags = entry.flags | (8 if entry.has_descriptor else 0)
    head = _LOCAL.pack(
        b"PK\3\4", 45, flags, entry.method, 0, 33, crc, *sizes, len(name), len(extra)
    )
    tail = b""
    if entry.has_descriptor:
        layout = "<4sI2Q" if entry.is_zip64 else "<4s3I"
        tail = struct.pack(layout, b"PK\7\x08", crc, len(packed), size)
    return head + name + extra + packed + tail


def _listed(entry: Entry, packed: bytes, start: int) -> bytes:
    crc, size = _facts(entry)
    extra = struct.pack("<2H2Q", 1, 16, size, len(packed)) if entry.is_zip64 else b""
    sizes = (_MAX, _MAX) if entry.is_zip64 else (len(packed), size)
    flags = entry.flags | (8 if entry.has_descriptor else 0)
    return _CENTRAL.pack(
        b"PK\1\2", 45, 45, flags, entry.method, 0, 33, crc, *sizes, len(entry.name), len(extra),
        0, 0, 0, 0, start,
    ) + entry.name + extra  # fmt: skip
