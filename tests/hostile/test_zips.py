"""Zip files built to do harm, or cut off: refused in a sentence."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import FileError, ScorecardError, open_workbook, refresh
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.plan import Plan
from tests.hostile.packages import Entry, entries_of_kent, zip_of
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT, PUBLISHED, shown_rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.conftest import Refused

SHEET = b"xl/worksheets/sheet1.xml"


def with_entry(**facts: object) -> bytes:
    return zip_of([*entries_of_kent(), Entry(**facts)])  # type: ignore[arg-type]


def kent_but(name: bytes, **facts: object) -> bytes:
    """Kent's workbook with other facts about one entry."""
    return zip_of(
        dataclasses.replace(entry, **facts) if entry.name == name else entry  # type: ignore[arg-type]
        for entry in entries_of_kent()
    )


def overlapping() -> bytes:
    """One packed part under two names, as in bombs whose entries share what they unpack."""
    entries = entries_of_kent()
    first = next(entry for entry in entries if entry.name == SHEET)
    start = zip_of(entries[: entries.index(first)]).index(b"PK\1\2")
    return zip_of(
        [*entries, dataclasses.replace(first, name=b"xl/worksheets/sheetX.xml", at=start)]
    )


def inside_another() -> bytes:
    """A part whose record lies in the packed bytes of another."""
    inner = zip_of([Entry(name=b"xl/inner.xml", content=b"<x/>")])
    record = inner[: inner.index(b"PK\1\2")]
    outer = Entry(name=b"xl/outer.bin", content=record, method=zipfile.ZIP_STORED)
    start = 30 + len(outer.name)
    return zip_of(
        [outer, Entry(name=b"xl/inner.xml", content=b"<x/>", at=start), *entries_of_kent()]
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(with_entry(name=b"../../etc/cron.d/x"), "a part is named '../../", id="up"),
        pytest.param(with_entry(name=b"xl/../../x"), "a part is named 'xl/../", id="up within"),
        pytest.param(with_entry(name=b"/etc/passwd"), "a part is named '/etc", id="absolute"),
        pytest.param(with_entry(name=b"C:\\x.dll"), "a part is named 'C:", id="drive"),
        pytest.param(with_entry(name=b"xl\\sheet.xml"), "a part is named", id="backslash"),
        pytest.param(with_entry(name=b"xl/a.xml\0.exe"), "a part is named", id="zero byte"),
        pytest.param(with_entry(name=SHEET), "two of its parts have the same name", id="twice"),
        pytest.param(with_entry(name=SHEET.upper()), "two of its parts have", id="twice but case"),
        pytest.param(overlapping(), "is not where the list says", id="two names for one part"),
        pytest.param(inside_another(), "lies within another one", id="a part within a part"),
        pytest.param(kent_but(SHEET, local_name=b"xl/worksheets/sheet9.xml"), "is not where",
                     id="two names, one in each place"),
        pytest.param(kent_but(SHEET, at=10**9), "is not where the list says", id="beyond the end"),
        pytest.param(kent_but(SHEET, flags=1), "holds encrypted parts", id="encrypted"),
        pytest.param(kent_but(SHEET, method=12), "packed in an unknown way", id="other packing"),
        pytest.param(kent_but(SHEET, packed=b"\xff" * 99), "cannot be unpacked", id="no packing"),
        pytest.param(kent_but(SHEET, size=10), "does not match", id="a size too small"),
        pytest.param(kent_but(SHEET, size=10**6), "does not match", id="a size too large"),
        pytest.param(kent_but(SHEET, crc=1), "does not match its checksum", id="a wrong checksum"),
        pytest.param(zip_of(entries_of_kent())[:-1], "its list", id="cut at the end"),
        pytest.param(zip_of([Entry(name=b"%d" % i) for i in range(10_001)]), "it lists 10,001",
                     id="ten thousand parts"),
        pytest.param(zip_of(entries_of_kent()[:9], count=10), "list of parts is not whole",
                     id="more parts promised than listed"),
        pytest.param(with_entry(name=b"bomb.bin", size=2**29 + 1, packed=b"x"), "unpacks to",
                     id="a bomb by size"),
        pytest.param(with_entry(name=b"bomb.bin", size=2**24 + 1, packed=b"x" * 999), "unpacks to",
                     id="a bomb by ratio"),
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b"PK", "its list of parts cannot be read", id="two letters"),
        pytest.param(b"PK\5\6" + bytes(18), "is not an Excel workbook", id="an empty zip"),
        pytest.param(b"%PDF-1.7", "is not an Excel workbook", id="something else"),
        pytest.param(zip_of([Entry(name=b"a.txt", content=b"a")]), "is not an Excel workbook",
                     id="a zip of something else"),
    ],
)  # fmt: skip
def test_a_zip_that_no_program_writes_is_refused(refused: Refused, data: bytes, why: str) -> None:
    assert why in refused(data)


def test_a_workbook_cut_off_anywhere_is_refused(refused: Refused) -> None:
    whole = KENT.read_bytes()
    for length in range(0, len(whole), 1024):
        told = refused(whole[:length])
        assert told.startswith("hostile.xlsx is ")
        assert len(told.splitlines()) == 1


def test_a_workbook_with_any_kilobyte_of_noise_is_read_right_or_refused() -> None:
    whole = KENT.read_bytes()
    for start in range(0, len(whole), 1024):
        data = (
            whole[:start]
            + bytes(255 - byte for byte in whole[start : start + 8])
            + whole[start + 8 :]
        )
        try:
            package = Package(data, name="hostile.xlsx")
            Plan(package)
            parts = {part: package.read(part) for part in package.parts}
        except FileError:
            continue
        with zipfile.ZipFile(KENT) as archive:
            assert parts == {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"is_zip64": True}, id="zip64"),
        pytest.param({"has_descriptor": True}, id="descriptors"),
        pytest.param({"is_zip64": True, "has_descriptor": True}, id="zip64 and descriptors"),
        pytest.param({"method": zipfile.ZIP_STORED}, id="stored"),
    ],
)
def test_zip_files_of_other_shapes_are_refreshed_right(
    tmp_path: Path, facts: dict[str, object]
) -> None:
    path = tmp_path / "other.xlsx"
    entries = [dataclasses.replace(each, **facts) for each in entries_of_kent()]  # type: ignore[arg-type]
    path.write_bytes(zip_of(entries))
    with open_workbook(path) as workbook:
        refresh(workbook, fill="values")
        workbook.save()
    assert shown_rows(path) == PUBLISHED
    assert problems_of_package(path) == []
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    # Whoever walks from record to record, without the list, finds them too.
    assert _walked(path.read_bytes()) == zipfile.ZipFile(path).namelist()


def _walked(data: bytes) -> list[str]:
    """The names found by going from one local record to the next."""
    names = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            at = info.header_offset
            assert data[at : at + 4] == b"PK\3\4"
            names.append(info.filename)
        starts = sorted(info.header_offset for info in archive.infolist())
        ends = [*starts[1:], archive.start_dir]
        for start, end, info in zip(starts, ends, archive.infolist(), strict=True):
            head = 30 + int.from_bytes(data[start + 26 : start + 28], "little")
            head += int.from_bytes(data[start + 28 : start + 30], "little")
            rest = end - start - head - info.compress_size
            is_64 = data[start + 18 : start + 22] == b"\xff" * 4
            assert rest == ((24 if is_64 else 16) if info.flag_bits & 8 else 0)
    return names


def test_a_comment_behind_the_zip_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(KENT.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"a comment"
    with open_workbook(path) as workbook:
        refresh(workbook, fill="values")
        workbook.save()
    assert shown_rows(path) == PUBLISHED


def test_every_sentence_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(KENT.read_bytes()[:5000])
    with pytest.raises(ScorecardError, match=r"mine\.xlsx"):
        open_workbook(path)
