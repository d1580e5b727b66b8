"""A VBA project read from a workbook, as [MS-OVBA] lays it out."""

from __future__ import annotations

import dataclasses
import struct
import zipfile
from typing import TYPE_CHECKING

import olefile
from oletools.olevba import decompress_stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROJECT_PART = "xl/vbaProject.bin"

# Record ids of the dir stream, [MS-OVBA] 2.3.4.2.
SYSTEM, CODE_PAGE, PROJECT_VERSION, MODULES, TERMINATOR = 0x01, 0x03, 0x09, 0x0F, 0x10
MODULE_NAME, STREAM_NAME, PROCEDURAL, DOCUMENT = 0x19, 0x1A, 0x21, 0x22
MODULE_END, TEXT_OFFSET, STREAM_NAME_UNICODE, MODULE_NAME_UNICODE = 0x2B, 0x31, 0x32, 0x47
KNOWN_RECORDS = frozenset(
    (
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x13,
        0x14, 0x16, 0x19, 0x1A, 0x1C, 0x1E, 0x21, 0x22, 0x25, 0x28, 0x2B, 0x2C, 0x2F, 0x30, 0x31,
        0x32, 0x33, 0x3C, 0x3D, 0x3E, 0x40, 0x47, 0x48, 0x4A,
    )
)  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True)
class Module:
    """A module: what the dir stream says of it, and its text."""

    name: str
    unicode_name: str
    stream: str
    unicode_stream: str
    kind: int
    text_offset: int
    text: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class VbaProject:
    """The streams of a project, the records of its dir stream, and its modules.

    A text that cannot be unpacked is ``""``.
    """

    streams: dict[str, bytes]
    records: tuple[tuple[int, bytes], ...]
    trailing: bytes
    modules: tuple[Module, ...]

    @property
    def lines(self) -> list[str]:
        """Lines of the stream PROJECT."""
        return self.streams["PROJECT"].decode("cp1252").split("\r\n")

    def record(self, kind: int) -> bytes:
        """Data of the first record of a kind; empty if there is none."""
        return next((data for found, data in self.records if found == kind), b"")


def read_vba_project(path: Path) -> VbaProject:
    """Read the project of an .xlsm or .xlam."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read(PROJECT_PART)
    with olefile.OleFileIO(content, raise_defects=olefile.DEFECT_INCORRECT) as storage:
        streams = {"/".join(name): storage.openstream(name).read() for name in storage.listdir()}
    packed = streams.get("VBA/dir", b"")
    records, trailing = _records_of(bytes(decompress_stream(bytearray(packed))) if packed else b"")
    return VbaProject(
        streams=streams,
        records=tuple(records),
        trailing=trailing,
        modules=tuple(_modules_of(records, streams)),
    )


def _records_of(content: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """Records up to the terminator, and what stands behind it."""
    records: list[tuple[int, bytes]] = []
    position = 0
    while position + 6 <= len(content):
        kind, size = struct.unpack_from("<HI", content, position)
        # The version's size does not count its two last bytes.
        size = 6 if kind == PROJECT_VERSION else size
        records.append((kind, content[position + 6 : position + 6 + size]))
        position += 6 + size
        if kind == TERMINATOR:
            break
    return records, content[position:]


def _modules_of(records: list[tuple[int, bytes]], streams: dict[str, bytes]) -> Iterator[Module]:
    """Yield the modules, each told by the records from its name to its end."""
    found: dict[int, bytes] = {}
    for kind, data in records:
        if kind == MODULE_NAME:
            found = {}
        found[kind] = data
        if kind == MODULE_END and MODULE_NAME in found:
            yield _module_of(found, streams)


def _module_of(found: dict[int, bytes], streams: dict[str, bytes]) -> Module:
    stream = found.get(STREAM_NAME, b"").decode("cp1252")
    offset = int.from_bytes(found.get(TEXT_OFFSET, b""), "little")
    return Module(
        name=found[MODULE_NAME].decode("cp1252"),
        unicode_name=found.get(MODULE_NAME_UNICODE, b"").decode("utf-16-le"),
        stream=stream,
        unicode_stream=found.get(STREAM_NAME_UNICODE, b"").decode("utf-16-le"),
        kind=next((kind for kind in (PROCEDURAL, DOCUMENT) if kind in found), 0),
        text_offset=offset,
        text=_text_in(streams.get(f"VBA/{stream}", b""), offset),
    )


def _text_in(stream: bytes, offset: int) -> str:
    try:
        return bytes(decompress_stream(bytearray(stream[offset:]))).decode("cp1252")
    except (ValueError, IndexError, struct.error):
        return ""
