"""Counts pasted from a hostile workbook: refused in a sentence, in bounded memory."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import FileError
from scorecard_xl.engines.pasted_counts import read_pasted_counts
from tests.hostile.packages import Entry, entries_of_kent, zip_of
from tests.scorecards import KENT

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet2.xml"
BOMB = b"<worksheet><sheetData>" + b"<row/>" * 5_000_001 + b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(zip_of(entries_of_kent({SHEET: b"<a"})), id="no XML"),
        pytest.param(zip_of(entries_of_kent({SHEET: None})), id="a sheet that is not there"),
        pytest.param(zip_of(entries_of_kent({SHEET: BOMB})), id="five million rows"),
        pytest.param(
            zip_of([*entries_of_kent(), Entry(name=b"x.xml", size=2**30, packed=b"x")]),
            id="a bomb by size",
        ),
        pytest.param(
            zip_of([*entries_of_kent(), Entry(name=b"x.xml", method=99)]), id="other packing"
        ),
        pytest.param(zip_of([*entries_of_kent(), Entry(name=b"x.xml", flags=1)]), id="encrypted"),
        pytest.param(b"PK\3\4", id="four letters"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_hostile_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "counts.xlsx"
    path.write_bytes(data)
    with pytest.raises(FileError):
        read_pasted_counts(path)


def test_a_workbook_with_a_kilobyte_of_noise_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "counts.xlsx"
    whole = KENT.read_bytes()
    right = read_pasted_counts(KENT)
    with zipfile.ZipFile(KENT) as archive:
        assert SHEET in archive.namelist()
    for start in range(0, len(whole), 1024):
        noise = bytes(255 - byte for byte in whole[start : start + 8])
        path.write_bytes(whole[:start] + noise + whole[start + 8 :])
        try:
            counts = read_pasted_counts(path)
        except FileError:
            continue
        assert counts == right
