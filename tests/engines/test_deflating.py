"""Packing, by the library that is installed or by Python's own: the same workbook either way."""

from __future__ import annotations

import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.engines.file import deflating
from tests.scorecards import KENT, ROOT, copy_of, parts_of, refreshed

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b"referrals_ytd,12345;" * 1_000
WITHOUT_ISAL = """
import sys
sys.modules["isal"] = None
from pathlib import Path
from scorecard_xl import open_workbook, refresh
from scorecard_xl.engines.file import deflating
with open_workbook(Path(sys.argv[1])) as workbook:
    refresh(workbook, fill="values")
    workbook.save()
print(deflating.library.__name__)
"""


def test_what_is_packed_is_read_by_others_and_what_others_packed_is_read() -> None:
    assert zlib.decompress(deflating.packed(TEXT), -15) == TEXT
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    assert deflating.unpacked(packer.compress(TEXT) + packer.flush(), len(TEXT)) == TEXT
    assert deflating.checksum(TEXT) == zlib.crc32(TEXT)


def test_of_more_than_was_said_one_byte_is_unpacked() -> None:
    packed = deflating.packed(bytes(50_000_000))
    assert deflating.unpacked(packed, 10) == bytes(11)


@pytest.mark.parametrize("packed", [b"\xff\xff\xff", b"\x06", TEXT], ids=["kind", "short", "text"])
def test_what_is_damaged_is_no_value(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        deflating.unpacked(packed, 100)


def test_where_it_is_installed_the_quick_library_packs() -> None:
    pytest.importorskip("isal")
    assert deflating.library.__name__ == "isal.isal_zlib"


def test_without_the_library_the_same_parts_are_written(tmp_path: Path) -> None:
    own, other = copy_of(KENT, tmp_path / "own"), copy_of(KENT, tmp_path / "other")
    refreshed(own, fill="values")
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_ISAL, str(other)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout == "zlib\n"
    assert parts_of(own) == parts_of(other)
