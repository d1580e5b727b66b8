"""The zip package of a workbook, edited without touching what is not replaced."""

from __future__ import annotations

import io
import itertools
import posixpath
import struct
import zipfile
from typing import TYPE_CHECKING

from scorecard_xl.engines.file import deflating, xml
from scorecard_xl.engines.file.zip_records import (
    CENTRAL_MARK,
    DESCRIPTOR,
    ENCRYPTED,
    LOCAL,
    archive,
    central_record,
    descriptor_size,
    is_complete,
    packed_part,
    stored_name,
)
from scorecard_xl.exceptions import FileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_ENTRIES = 10_000
LARGEST_PART = 512 * 1024 * 1024
LARGEST_READ = 64 * 1024 * 1024
LARGEST_READ_TOGETHER = 128 * 1024 * 1024
LARGEST_RATIO = 400
SMALLEST_BOMB = 16 * 1024 * 1024

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _refuse_other_formats(data: bytes, name: str) -> None:
    """Say what a file is that is no workbook package."""
    if data.startswith(OLE_MAGIC):
        # Both an old .xls and an encrypted .xlsx are OLE files; only the latter holds this stream.
        if "EncryptedPackage".encode("utf-16-le") in data:
            message = (
                f"{name} is protected by a password to open; remove it in Excel (File, Info, "
                "Protect Workbook)."
            )
        else:
            message = f"{name} is an old .xls workbook; save it as .xlsx or .xlsm in Excel."
        raise FileError(message)
    if not data.startswith(b"PK"):
        what = "is empty" if not data else "is not an Excel workbook"
        message = f"{name} {what}; choose an .xlsx or .xlsm file."
        raise FileError(message)


class Package:
    """The entries of an .xlsx or .xlsm file, in order.

    Untouched entries keep every byte: compressed data, dates, extra fields.

    Raises
    ------
    FileError
        The bytes are no such file, are damaged, or look built to do harm.
    """

    def __init__(self, data: bytes, *, name: str) -> None:
        _refuse_other_formats(data, name)
        self.name = name
        self._data = data
        # Counted before the list is read, which takes half a kilobyte for each of its lines.
        lines = data.count(CENTRAL_MARK)
        if lines > MOST_ENTRIES:
            raise self._damaged(f"it lists {lines:,} parts")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._entries = {entry.filename: entry for entry in archive.infolist()}
                count = len(archive.infolist())
        except (
            zipfile.BadZipFile,
            struct.error,
            ValueError,
            NotImplementedError,
            EOFError,
        ) as error:
            raise self._damaged("its list of parts cannot be read") from error
        if not is_complete(data, count):
            raise self._damaged("its list of parts is not whole")
        if len({entry.casefold() for entry in self._entries}) != count:
            raise self._damaged("two of its parts have the same name")
        for entry in self._entries.values():
            self._refuse_unsafe(entry)
        self._refuse_overlaps()
        self._replaced: dict[str, bytes] = {}
        self._order = list(self._entries)
        self._read: dict[str, bytes] = {}
        # What was packed and copied last, for packages that are made of this one.
        self._packed: dict[str, tuple[bytes, bytes, bytes]] = {}
        self._copies: dict[str, tuple[bytes, bytes]] = {}

    def _damaged(self, why: str) -> FileError:
        return FileError(f"{self.name} is damaged ({why}); open it in Excel, repair it and save.")

    def _refuse_unsafe(self, entry: zipfile.ZipInfo) -> None:
        """Refuse entries that no spreadsheet program writes."""
        if entry.flag_bits & ENCRYPTED:
            message = f"{self.name} holds encrypted parts; save it in Excel without a password."
            raise FileError(message)
        name = entry.orig_filename
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or "\0" in name:
            raise self._damaged(f"a part is named {name!r}")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._damaged(f"the part {entry.filename} is packed in an unknown way")
        too_tight = entry.file_size > SMALLEST_BOMB and entry.file_size > LARGEST_RATIO * max(
            entry.compress_size, 1
        )
        if entry.file_size > LARGEST_PART or too_tight:
            raise self._damaged(f"the part {entry.filename} unpacks to {entry.file_size:,} bytes")

    def _refuse_overlaps(self) -> None:
        """Refuse parts that share bytes, by which a small file unpacks to an enormous one."""
        spans = sorted((*self._span(entry), entry.filename) for entry in self._entries.values())
        for (*_, end, _), (start, *_, name) in itertools.pairwise(spans):
            if start < end:
                raise self._damaged(f"the part {name} lies within another one")

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all entries, in the file's order."""
        return tuple(self._order)

    def __contains__(self, part: str) -> bool:
        return part in self._replaced or (part in self._entries and part in self._order)

    def _span(self, entry: zipfile.ZipInfo) -> tuple[int, int, int]:
        """Where an entry's record, its data, and its end lie in the file."""
        start = entry.header_offset
        header = self._data[start : start + LOCAL.size]
        if len(header) < LOCAL.size or not header.startswith(b"PK\3\4"):
            raise self._damaged(f"the part {entry.filename} is not where the list says")
        *_, name_length, extra_length = LOCAL.unpack(header)
        name = start + LOCAL.size
        data = name + name_length + extra_length
        if self._data[name : name + name_length] != stored_name(entry):
            raise self._damaged(f"the part {entry.filename} is not where the list says")
        end = data + entry.compress_size
        if end > len(self._data):
            raise self._damaged(f"the part {entry.filename} is cut off")
        return start, data, end

    def read(self, part: str) -> bytes:
        """Unpack a part.

        Raises
        ------
        FileError
            The part is missing or damaged.
        """
        if part in self._replaced:
            return self._replaced[part]
        if part in self._read:
            return self._read[part]
        if part not in self._entries:
            raise self._damaged(f"the part {part} is missing")
        entry = self._entries[part]
        # Threads share a package, and another one may be reading too.
        together = entry.file_size + sum(map(len, list(self._read.values())))
        if entry.file_size > LARGEST_READ or together > LARGEST_READ_TOGETHER:
            message = (
                f"{self.name} is too large: its part {part} unpacks to {entry.file_size:,} bytes; "
                "delete the empty rows and the sheets that the scorecard does not need."
            )
            raise FileError(message)
        _, start, end = self._span(entry)
        packed = self._data[start:end]
        if entry.compress_type == zipfile.ZIP_STORED:
            unpacked = packed
        else:
            try:
                unpacked = deflating.unpacked(packed, entry.file_size)
            except ValueError as error:
                raise self._damaged(f"the part {part} cannot be unpacked") from error
        if len(unpacked) != entry.file_size or deflating.checksum(unpacked) != entry.CRC:
            raise self._damaged(f"the part {part} does not match its checksum")
        self._read[part] = unpacked
        return unpacked

    def replaced(self, parts: Mapping[str, bytes], *, dropped: Iterable[str] = ()) -> Package:
        """Give a package with some parts replaced, added or dropped; this one stays as it is."""
        copy = object.__new__(Package)
        copy.name, copy._data, copy._entries, copy._read = (
            self.name,
            self._data,
            self._entries,
            self._read,
        )
        copy._packed, copy._copies = self._packed, self._copies
        copy._replaced = dict(self._replaced)
        for part, unpacked in parts.items():
            if part in self._entries and part not in self._replaced and self.read(part) == unpacked:
                continue
            copy._replaced[part] = unpacked
        gone = set(dropped)
        copy._order = [part for part in self._order if part not in gone]
        copy._order += [part for part in copy._replaced if part not in copy._order]
        copy._replaced = {k: v for k, v in copy._replaced.items() if k not in gone}
        return copy

    def changed_since(self, earlier: Package) -> set[str]:
        """The parts that are others than in a package that this one was made of, or not in both."""
        before, now = earlier._replaced, self._replaced
        others = {part for part in {*before, *now} if before.get(part) is not now.get(part)}
        return others | (set(earlier._order) ^ set(self._order))

    def to_bytes(self) -> bytes:
        """Pack the file; untouched entries are copied as they are."""
        return archive(map(self._entry, self._order))

    def _entry(self, part: str) -> tuple[bytes, bytes]:
        """A part's record, and its line in the list at the end of the file."""
        entry = self._entries.get(part)
        if part in self._replaced:
            return self._packed_anew(part, entry)
        assert entry is not None
        return self._copied(entry)

    def _packed_anew(self, part: str, entry: zipfile.ZipInfo | None) -> tuple[bytes, bytes]:
        """A replaced part packed, once for all packages that have the very same bytes."""
        unpacked = self._replaced[part]
        known = self._packed.get(part)
        if known is None or known[0] is not unpacked:
            known = self._packed[part] = (unpacked, *packed_part(part, unpacked, entry))
        return known[1], known[2]

    def _copied(self, entry: zipfile.ZipInfo) -> tuple[bytes, bytes]:
        """An entry's record as it stands in the file, data descriptor included, and its line."""
        if entry.filename not in self._copies:
            self._copies[entry.filename] = self._found(entry), central_record(entry)
        return self._copies[entry.filename]

    def _found(self, entry: zipfile.ZipInfo) -> bytes:
        start, data, end = self._span(entry)
        if entry.flag_bits & DESCRIPTOR:
            extra = self._data[start + LOCAL.size + len(stored_name(entry)) : data]
            end += descriptor_size(self._data, end, extra)
        return self._data[start:end]

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part relates to: id -> (type's last word, target part or address)."""
        rels = relationships_part(part)
        if rels not in self:
            return {}
        folder = posixpath.dirname(part)
        related = {}
        for element in xml.parse(self.read(rels), rels).iter(
            f"{{{xml.PACKAGE_RELATIONSHIPS}}}Relationship"
        ):
            target = element.get("Target", "")
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            related[element.get("Id", "")] = (element.get("Type", "").rsplit("/", 1)[-1], target)
        return related


def relationships_part(part: str) -> str:
    """The name of the part that lists a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
