"""Workbooks that unpack, parse or claim to be enormous: refused in bounded time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import cli
from tests.judges.package_editor import PackageEditor
from tests.scorecards import KENT, ROOT, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_MEGABYTES = 1_000
MOST_SECONDS = 5
COUNTS = PackageEditor(KENT).sheet_part("Counts")
SCORECARD = PackageEditor(KENT).sheet_part("Scorecard")
(STRINGS,) = PackageEditor(KENT).related("xl/workbook.xml", "sharedStrings") or ("",)
(TABLE,) = PackageEditor(KENT).related(COUNTS, "table")
DEEP = f"<extLst>{'<x>' * 9_999}{'</x>' * 9_999}</extLst>"
MEGABYTE = 1024 * 1024

pytestmark = pytest.mark.skipif(os.name != "posix", reason="memory is measured as POSIX does")


def kent_with(path: Path, part: str, pieces: Iterator[bytes]) -> None:
    """Kent's workbook with a part of these pieces, packed as they come."""
    with (
        zipfile.ZipFile(KENT) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
        with target.open(part, "w", force_zip64=True) as stream:
            for piece in pieces:
                stream.write(piece)


def inside(part: str, tag: bytes, piece: bytes, megabytes: int) -> Iterator[bytes]:
    """A part of Kent's with a piece again and again just inside an element."""
    text = part_of(KENT, part)
    at = text.index(b">", text.index(b"<" + tag)) + 1
    yield text[:at]
    for _ in range(megabytes):
        yield piece * (MEGABYTE // len(piece))
    yield text[at:]


def in_sheet(piece: bytes, megabytes: int) -> Callable[[Path], None]:
    return lambda path: kent_with(path, COUNTS, inside(COUNTS, b"sheetData", piece, megabytes))


def of_strings(piece: bytes, megabytes: int) -> Callable[[Path], None]:
    """Shared strings that Kent's sheets refer to by another part's name."""

    def change(path: Path) -> None:
        part = STRINGS or "xl/workbook.xml"
        tag = b"sst" if STRINGS else b"workbook"
        kent_with(path, part, inside(part, tag, piece, megabytes))

    return change


def rows(first: int, last: int, cells: str = "") -> Iterator[bytes]:
    text = part_of(KENT, COUNTS)
    end = text.index(b"</sheetData>")
    yield text[:end]
    for start in range(first, last + 1, 10_000):
        numbers = range(start, min(start + 10_000, last + 1))
        yield "".join(f'<row r="{i}">{cells.replace("#", str(i))}</row>' for i in numbers).encode()
    yield text[end:]


def with_rows(last: int, cells: str = "") -> Callable[[Path], None]:
    return lambda path: kent_with(path, COUNTS, rows(1_000, last, cells))


def in_part(part: str, old: str, new: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        text = part_of(KENT, part).decode()
        assert old in text
        kent_with(path, part, iter([text.replace(old, new).encode()]))

    return change


def table_with_ref(ref: str) -> Callable[[Path], None]:
    old = part_of(KENT, TABLE).decode().split(' ref="', 1)[1].split('"', 1)[0]
    start, right = old.split(":")[0], old.split(":")[1].rstrip("0123456789")
    return in_part(TABLE, f'ref="{old}"', f'ref="{ref.replace("A", start).replace("Z", right)}"')


def name_at(name: str, place: str) -> Callable[[Path], None]:
    text = part_of(KENT, "xl/workbook.xml").decode()
    start = text.index(">", text.index(f'name="{name}"')) + 1
    old = text[start : text.index("<", start)]
    return in_part("xl/workbook.xml", f">{old}</definedName>", f">{place}</definedName>")


BOMBS = [
    pytest.param(in_sheet(b"\n", 600), (3,), "unpacks to", id="600 MB of nothing"),
    pytest.param(in_sheet(b"\n", 60), (0, 3), "", id="60 MB of nothing in a sheet"),
    pytest.param(in_sheet(b"<row>", 60), (3,), "too large", id="rows within rows"),
    pytest.param(in_sheet(b'<row r="1"><c r="A1"/></row>', 60), (3,), "twice|too large",
                 id="a row often"),
    pytest.param(in_sheet(b"<sheetData ", 60), (3,), "too large|damaged", id="sheets without end"),
    pytest.param(in_sheet(b"<row ", 60), (3,), "too large|damaged", id="rows without end"),
    pytest.param(in_sheet(b'<c r="A1">', 20), (3,), "too large|damaged", id="cells without end"),
    pytest.param(in_sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>', 20), (3,),
                 "too large|damaged", id="texts without end"),
    pytest.param(with_rows(1_048_576), (3,), "rows: delete", id="a million empty rows"),
    pytest.param(with_rows(250_000, '<c r="A#"/>'), (0, 3), "", id="250,000 cells"),
    pytest.param(with_rows(100_000, '<c r="A#" t="inlineStr"><is></is><x/></c>'), (0, 3), "",
                 id="cells that no pattern fits"),
    pytest.param(of_strings(b"<si/>", 60), (3,), "too large", id="twelve million shared strings"),
    pytest.param(of_strings(b"<si><t>x</t></si>", 8), (0, 1, 3), "",
                 id="400,000 shared strings"),
]  # fmt: skip
CLAIMS = [
    pytest.param(table_with_ref("A:Z1048576"), (3,), "rows; take away", id="a table to the end"),
    pytest.param(table_with_ref("A:Z1000000000"), (3,), "lies outside|not a range",
                 id="a table of a billion rows"),
    pytest.param(table_with_ref("A:XFD9000"), (3,), "columns do not fit", id="a table too wide"),
    pytest.param(name_at("scorecard_summary", "'Scorecard'!$A$1048576"), (1,), "20,000 rows below",
                 id="a scorecard of a million rows"),
    pytest.param(name_at("scorecard_summary", "'Scorecard'!$A$1000000000"), (1,), "no defined name",
                 id="a summary in row one billion"),
    pytest.param(name_at("scorecard_body", "'Scorecard'!$A$7:$XFD$1048576"), (0, 1), "",
                 id="a body that is the whole sheet"),
    pytest.param(in_part(COUNTS, "<sheetData>", "<sheetData>" + "<x>" * 300_000), (3,), "damaged",
                 id="deep nesting that never ends"),
    pytest.param(in_part(COUNTS, "<sheetData>", f"{DEEP}<sheetData>"), (0, 3), "",
                 id="deep nesting where nothing is written"),
    pytest.param(in_part(SCORECARD, "<sheetData>", f"{DEEP}<sheetData>"), (3,), "damaged",
                 id="deep nesting where something is written"),
    pytest.param(in_part("xl/workbook.xml", "<sheets>", f"{DEEP}<sheets>"), (3,), "damaged",
                 id="deep nesting in the workbook's part"),
]  # fmt: skip


@pytest.mark.parametrize(("write", "codes", "why"), BOMBS)
def test_a_bomb_is_answered_in_bounded_time_and_memory(
    tmp_path: Path, write: Callable[[Path], None], codes: tuple[int, ...], why: str
) -> None:
    path = tmp_path / "bomb.xlsx"
    write(path)
    before = path.read_bytes()
    code, told, megabytes, seconds = refreshed_elsewhere(path)
    assert code in codes, told[-2000:]
    assert "Traceback" not in told
    assert any(each in told for each in why.split("|"))
    assert megabytes < MOST_MEGABYTES
    assert seconds < MOST_SECONDS
    if code:
        assert path.read_bytes() == before
        assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(("write", "codes", "why"), CLAIMS)
def test_a_claim_to_be_enormous_is_answered_in_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    write: Callable[[Path], None],
    codes: tuple[int, ...],
    why: str,
) -> None:
    path = tmp_path / "claim.xlsx"
    write(path)
    before = path.read_bytes()
    monkeypatch.setattr(sys, "argv", ["scorecard-xl", "refresh", str(path)])
    started = time.process_time()
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert (ended.value.code or 0) in codes
    assert any(each in told for each in why.split("|"))
    assert time.process_time() - started < MOST_SECONDS
    if ended.value.code:
        assert path.read_bytes() == before
        assert [each.name for each in tmp_path.iterdir()] == [path.name]


def refreshed_elsewhere(path: Path) -> tuple[int, str, float, float]:
    """Refresh in a process of its own: exit code, what it told, its memory in MB, its work in s."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scorecard_xl", "refresh", str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    return process.returncode, told, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime
