"""A workbook's package: what is not replaced keeps every byte; what is unsound is refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import FileError, open_workbook
from scorecard_xl.engines.file.package import OLE_MAGIC, Package
from scorecard_xl.workbook.engine import Area
from tests.engines.small_books import SHEET_PART, SmallBook, write_package
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scorecard_xl.engines.file.workbook import FileWorkbook


def records_of(data: bytes) -> dict[str, bytes]:
    """Every entry's bytes in the file, from its header to the next one's, and its listing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        end = archive.start_dir
    starts = [*sorted(info.header_offset for info in infos), end]
    return {
        info.filename: data[info.header_offset : starts[starts.index(info.header_offset) + 1]]
        for info in infos
    }


class Unseekable(io.BytesIO):
    """A stream such as a network's, for which zip files carry data descriptors."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def with_descriptors(parts: dict[str, bytes]) -> bytes:
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_unusual_entries(parts: dict[str, bytes]) -> bytes:
    """Stored entries, extra fields, comments, other dates, names in other scripts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, (name, content) in enumerate(
            {**parts, "docs/Übersicht – ελ.txt": b"x" * 99, "empty/": b""}.items()
        ):
            info = zipfile.ZipInfo(name, (2013, 2, 8, 9, number, 2))
            info.compress_type = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)[number % 2]
            info.extra = struct.pack("<HH4s", 0xCAFE, 4, b"mine")
            info.comment = b"kept"
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return stream.getvalue()


PARTS = {name: text.encode() for name, text in SmallBook().parts().items()}


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(with_descriptors(PARTS), id="data descriptors"),
        pytest.param(with_unusual_entries(PARTS), id="stored, extra fields, other names"),
        pytest.param(KENT.read_bytes(), id="the template"),
    ],
)
def test_untouched_entries_keep_every_byte(packed: bytes) -> None:
    package = Package(packed, name="small.xlsx")
    changed = package.replaced({SHEET_PART: b"<changed/>", "xl/new.xml": b"<new/>"}).to_bytes()
    before, after = records_of(packed), records_of(changed)
    assert [*before, "xl/new.xml"] == list(after)
    assert {name for name in before if after[name] != before[name]} == {SHEET_PART}
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(io.BytesIO(changed)) as new:
        assert new.testzip() is None
        assert new.read(SHEET_PART) == b"<changed/>"
        for info in old.infolist():
            if info.filename != SHEET_PART:
                other = new.getinfo(info.filename)
                assert (info.date_time, info.extra, info.comment, info.external_attr) == (
                    other.date_time,
                    other.extra,
                    other.comment,
                    other.external_attr,
                )


def test_a_replaced_entry_keeps_its_place_and_date() -> None:
    packed = with_unusual_entries(PARTS)
    changed = Package(packed, name="small.xlsx").replaced({SHEET_PART: b"<changed/>"}).to_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(io.BytesIO(changed)) as new:
        assert new.namelist() == old.namelist()
        assert new.getinfo(SHEET_PART).date_time == old.getinfo(SHEET_PART).date_time


def test_replacing_a_part_by_itself_changes_nothing() -> None:
    package = Package(KENT.read_bytes(), name="kent.xlsx")
    same = package.replaced({part: package.read(part) for part in package.parts})
    assert same.to_bytes() == package.to_bytes()


def test_a_dropped_part_is_gone() -> None:
    package = Package(KENT.read_bytes(), name="kent.xlsx")
    changed = package.replaced({}, dropped=["xl/theme/theme1.xml"])
    assert "xl/theme/theme1.xml" not in changed
    with zipfile.ZipFile(io.BytesIO(changed.to_bytes())) as archive:
        assert archive.namelist() == [p for p in package.parts if p != "xl/theme/theme1.xml"]


def test_the_package_that_edits_start_from_stays_as_it_is() -> None:
    package = Package(KENT.read_bytes(), name="kent.xlsx")
    package.replaced({SHEET_PART: b"<changed/>"}, dropped=["xl/theme/theme1.xml"])
    assert package.to_bytes() == KENT.read_bytes()


def test_an_entry_with_a_descriptor_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "small.xlsx"
    path.write_bytes(with_descriptors(PARTS))
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 1, 1, [["new"]])
        path.write_bytes(workbook.to_bytes())
    assert problems_of_package(path) == []


def opened(path: Path, data: bytes) -> FileWorkbook:
    path.write_bytes(data)
    return open_workbook(path)


def a_zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, **parts}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_entry(name: str) -> bytes:
    return a_zip(**{name: b"<x/>"})


def twice(name: str) -> bytes:
    stream = io.BytesIO(a_zip())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, b"<other/>")
    return stream.getvalue()


def bomb() -> bytes:
    return a_zip(**{"xl/media/zeros.bin": bytes(40 * 1024 * 1024)})


def lying_about_its_size() -> bytes:
    """A part whose listing says that it is smaller than it is."""
    data = bytearray(a_zip(**{SHEET_PART: b"<x/>" + bytes(1_000_000)}))
    real, told = struct.pack("<I", 1_000_004), struct.pack("<I", 4)
    assert data.count(real) == 2
    return bytes(data.replace(real, told))


def spoiled(part: str) -> bytes:
    """A package with one letter of a part's compressed bytes changed."""
    data = bytearray(a_zip())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo(part).header_offset + 30 + len(part) + 20
    data[start] ^= 0x55
    return bytes(data)


def of_another_kind() -> bytes:
    rels = PARTS["_rels/.rels"].replace(b"xl/workbook.xml", b"word/document.xml")
    return a_zip(**{"_rels/.rels": rels, "word/document.xml": b"<document/>"})


def encrypted_entry() -> bytes:
    data = bytearray(a_zip())
    for signature, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + at] |= 1
    return bytes(data)


ENCRYPTED = OLE_MAGIC + bytes(504) + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda: b"", "is empty; choose an .xlsx or .xlsm file.", id="empty"),
        pytest.param(
            lambda: b"Code,Value\n", "is not an Excel workbook; choose an .xlsx", id="a CSV file"
        ),
        pytest.param(
            lambda: OLE_MAGIC + bytes(504),
            "is an old .xls workbook; save it as .xlsx or .xlsm in Excel.",
            id="an old .xls under a new name",
        ),
        pytest.param(
            lambda: ENCRYPTED,
            "is protected by a password to open; remove it in Excel (File, Info, Protect "
            "Workbook).",
            id="encrypted",
        ),
        pytest.param(
            lambda: KENT.read_bytes()[:20_000],
            "is damaged (its list of parts cannot be read)",
            id="cut off",
        ),
        pytest.param(lambda: b"PK\3\4", "is damaged (its list of parts", id="a zip's beginning"),
        pytest.param(of_another_kind, "is not an Excel workbook", id="a document of Word"),
        pytest.param(
            lambda: twice(SHEET_PART), "damaged (two of its parts have the same name)", id="twice"
        ),
        pytest.param(
            lambda: with_entry("xl/WORKBOOK.xml"),
            "damaged (two of its parts have the same name)",
            id="twice but for case",
        ),
        pytest.param(
            lambda: with_entry("../evil.xml"), "a part is named '../evil.xml'", id="climbing out"
        ),
        pytest.param(
            lambda: with_entry("/etc/evil.xml"),
            "a part is named '/etc/evil.xml'",
            id="from the top",
        ),
        pytest.param(bomb, "the part xl/media/zeros.bin unpacks to 41,943,040 bytes", id="a bomb"),
        pytest.param(
            encrypted_entry, "holds encrypted parts; save it in Excel without", id="a zip password"
        ),
        pytest.param(
            lambda: spoiled("xl/workbook.xml"),
            "damaged (the part xl/workbook.xml",
            id="a spoiled part",
        ),
    ],
)
def test_what_is_no_sound_workbook_is_refused_in_a_sentence(
    tmp_path: Path, make: Callable[[], bytes], message: str
) -> None:
    with pytest.raises(FileError) as raised:
        opened(tmp_path / "small.xlsx", make())
    told = str(raised.value)
    assert message in told
    assert told.startswith("small.xlsx ")
    assert told.endswith(".")
    assert "\n" not in told


def test_a_part_that_lies_about_its_size_is_never_unpacked_whole(tmp_path: Path) -> None:
    workbook = opened(tmp_path / "small.xlsx", lying_about_its_size())
    with pytest.raises(FileError, match="does not match its checksum"):
        workbook.read_block(Area.of("Data", "A1"))


@pytest.mark.parametrize("part", [SHEET_PART, "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"<worksheet><sheetData>", "is damaged", id="no end"),
        pytest.param(b"not XML at all", "is damaged", id="no XML"),
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>',
            "declares a document type",
            id="an entity from outside",
        ),
    ],
)
def test_a_part_that_is_no_plain_xml_is_refused(
    tmp_path: Path, part: str, content: bytes, why: str
) -> None:
    path = tmp_path / "small.xlsx"
    write_package(path, {**PARTS, part: content})
    with pytest.raises(FileError) as raised:
        read_first_cell(path)
    assert str(raised.value).startswith(f"The part {part} of the workbook {why}")


def read_first_cell(path: Path) -> None:
    with open_workbook(path) as workbook:
        workbook.read_block(Area.of("Data", "A1"))


def test_a_strict_workbook_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "small.xlsx"
    strict = PARTS["xl/workbook.xml"].replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    write_package(path, {**PARTS, "xl/workbook.xml": strict})
    with pytest.raises(FileError, match=r"Strict Open XML; save it as an ordinary Excel workbook"):
        open_workbook(path)


def test_a_checksum_that_does_not_fit_is_noticed(tmp_path: Path) -> None:
    data = a_zip()
    checksum = struct.pack("<I", zlib.crc32(PARTS["xl/workbook.xml"]))
    with pytest.raises(FileError, match=r"xl/workbook\.xml does not match its checksum"):
        opened(tmp_path / "small.xlsx", data.replace(checksum, b"\1\2\3\4"))
