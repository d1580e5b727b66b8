"""The records that a zip file consists of, read and written."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import deflating

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCAL = struct.Struct("<4s5H3I2H")
ZIP64 = 1
CENTRAL_MARK = b"PK\1\2"
DESCRIPTOR = 0x08
ENCRYPTED = 0x01

_END_MARK = b"PK\5\6"
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_WHERE = struct.Struct("<I")
# Where an entry is stands last of what has a fixed size.
_POSITION = _CENTRAL.size - _WHERE.size
_FIELD = struct.Struct("<2H")
_UTF8 = 0x800
_UNDATED = (1980, 1, 1, 0, 0, 0)


def packed_part(part: str, unpacked: bytes, old: zipfile.ZipInfo | None) -> tuple[bytes, bytes]:
    """Pack a part: its record, and its line in the list, but for where it is.

    It keeps the date and attributes of the entry it replaces.
    """
    packed = deflating.packed(unpacked)
    entry = zipfile.ZipInfo(part, old.date_time if old else _UNDATED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = old.create_system if old else 0
    entry.external_attr = old.external_attr if old else 0
    entry.flag_bits = 0 if part.isascii() else _UTF8
    entry.CRC, entry.file_size, entry.compress_size = (
        deflating.checksum(unpacked),
        len(unpacked),
        len(packed),
    )
    name = part.encode()
    header = LOCAL.pack(
        b"PK\3\4", 20, entry.flag_bits, entry.compress_type, *_dos_time(entry),
        entry.CRC, entry.compress_size, entry.file_size, len(name), 0,
    )  # fmt: skip
    return header + name + packed, central_record(entry)


def _dos_time(entry: zipfile.ZipInfo) -> tuple[int, int]:
    """The entry's time and date as zip files store them."""
    year, month, day, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def central_record(entry: zipfile.ZipInfo) -> bytes:
    """An entry's line in the list at the end of the file, but for where the entry is."""
    name = stored_name(entry)
    # The sizes fit their ordinary places, so the fields that zip64 has for them go.
    extra = b"".join([field for number, field in extra_fields(entry.extra) if number != ZIP64])
    return _CENTRAL.pack(
        b"PK\1\2", entry.create_version | entry.create_system << 8, entry.extract_version,
        entry.flag_bits,
        entry.compress_type, *_dos_time(entry), entry.CRC, entry.compress_size, entry.file_size,
        len(name), len(extra), len(entry.comment), 0, entry.internal_attr,
        entry.external_attr, 0,
    ) + name + extra + entry.comment  # fmt: skip


def archive(entries: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A whole file, from the record of each entry and its line in the list at the end."""
    records: list[bytes] = []
    directory: list[bytes] = []
    position = 0
    for record, central in entries:
        where = _WHERE.pack(position)
        directory.append(central[:_POSITION] + where + central[_CENTRAL.size :])
        records.append(record)
        position += len(record)
    listing = b"".join(directory)
    count = len(directory)
    end = _END.pack(_END_MARK, 0, 0, count, count, len(listing), position, 0)
    return b"".join([*records, listing, end])


def stored_name(entry: zipfile.ZipInfo) -> bytes:
    """An entry's name as the file holds it."""
    name = entry.orig_filename
    # Python has no quick way to write the old character set.
    if name.isascii():
        return name.encode()
    return name.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")


def extra_fields(extra: bytes) -> list[tuple[int, bytes]]:
    """An entry's extra fields with their numbers, heads included; a rest as number -1."""
    fields = []
    while len(extra) >= _FIELD.size:
        number, size = _FIELD.unpack_from(extra)
        fields.append((number, extra[: _FIELD.size + size]))
        extra = extra[_FIELD.size + size :]
    return [*fields, (-1, extra)] if extra else fields


def is_complete(data: bytes, count: int) -> bool:
    """Whether as many entries were found as the last record says there are."""
    # Its two bytes are all ones where zip64 says the number elsewhere.
    said = int.from_bytes(data[data.rfind(_END_MARK) + 10 :][:2], "little")
    return said in (count, 0xFFFF)


def descriptor_size(data: bytes, end: int, extra: bytes) -> int:
    """How long the record is that follows an entry's packed bytes with its sizes and checksum."""
    # Sizes of 8 bytes each follow where the local header says so in an extra field.
    is_zip64 = any(number == ZIP64 for number, _ in extra_fields(extra))
    mark = 4 if data[end : end + 4] == b"PK\7\x08" else 0
    return mark + (20 if is_zip64 else 12)
