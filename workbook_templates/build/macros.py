"""The VBA project of the add-in and of the template with buttons, made without Excel."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, decompress
from xlsxwriter import Workbook

from workbook_templates.build.office_parts import MACRO_WORKBOOK, WORKBOOK, retyped

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(__file__).with_name("addin")
PROJECT_PART = "xl/vbaProject.bin"

# Records of the dir stream, as [MS-OVBA] 2.3.4.2 numbers them.
_VERSION, _STREAM_NAME, _TEXT_OFFSET = 0x09, 0x1A, 0x31
_TERMINATOR = bytes.fromhex("2b00 00000000 1000 00000000")
# What [MS-OVBA] 2.3.4.1 has a writer put here, where nothing compiled comes along.
_NOTHING_COMPILED = bytes.fromhex("cc61ffff000000")


def vba_project(*, sheet_count: int, sources: Path = SOURCES) -> bytes:
    """Make the project of a workbook with so many sheets, from the .bas texts in a folder.

    It holds text only: Excel compiles it when it first runs.
    """
    with TemporaryDirectory() as temporary:
        path = Path(temporary) / "blank.xlsm"
        _write_blank_workbook(path, sheet_count)
        with ExcelFile(path) as file:
            file.add_vba_project()
            for source in sorted(sources.glob("*.bas")):
                file.vba_project().add_module(source.stem, _text_of(source))
            file.save(path)
        with ZipFile(path) as archive:
            return _normalised(archive.read(PROJECT_PART))


def _write_blank_workbook(path: Path, sheet_count: int) -> None:
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        for _ in range(sheet_count):
            workbook.add_worksheet()
    path.write_bytes(retyped(content.getvalue(), old=WORKBOOK, new=MACRO_WORKBOOK))


def _text_of(source: Path) -> str:
    """A module's text as a project holds it: ASCII, lines ended as Windows ends them."""
    return source.read_text(encoding="ascii").replace("\n", "\r\n")


def _normalised(project: bytes) -> bytes:
    """Drop the compiled code that the blank project came with, and bytes behind the end."""
    storage = CFB.from_bytes(project)
    records = decompress(storage.get_stream_in_storage("VBA", "dir"))
    end = records.rindex(_TERMINATOR) + len(_TERMINATOR)
    changed = bytearray(records[:end])
    stream = ""
    for kind, start, size in _records_of(changed):
        if kind == _STREAM_NAME:
            stream = changed[start : start + size].decode("ascii")
        elif kind == _TEXT_OFFSET:
            offset = int.from_bytes(changed[start : start + size], "little")
            text = storage.get_stream_in_storage("VBA", stream)[offset:]
            storage.write_stream_in_storage("VBA", stream, text)
            changed[start : start + size] = bytes(size)
    storage.write_stream_in_storage("VBA", "dir", compress(bytes(changed)))
    storage.write_stream_in_storage("VBA", "_VBA_PROJECT", _NOTHING_COMPILED)
    return storage.to_bytes()


def _records_of(content: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """Yield each record's kind, where its data starts, and its size."""
    position = 0
    while position < len(content):
        kind = int.from_bytes(content[position : position + 2], "little")
        size = int.from_bytes(content[position + 2 : position + 6], "little")
        # The one record whose size does not count all of its data.
        size = 6 if kind == _VERSION else size
        yield kind, position + 6, size
        position += 6 + size
