"""Names that spreadsheets could take for something else come through as text, on paper too."""

from __future__ import annotations

import subprocess
import unicodedata
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl.circulating import verify
from scorecard_xl.engines.tagged_pdf import tagged_pdf
from tests.circulating.copies import copy_in
from tests.judges.absence import need_libreoffice
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT, copy_of, indicator_rows, refreshed, replace_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = {
    "a formula": '=HYPERLINK("http://example.org","Click")',
    "a sum": "+1+1 and @SUM(A1)",
    "very long": "Children who were seen, and seen again, in time. " * 60,
    "from right to left": "نسبة الأطفال الذين تمت رؤيتهم في الوقت المحدد",
    "Hebrew and digits": "אחוז הילדים 2013 (כולל)",
    "emoji": "Children 👶🏽 reviewed ✅ in time",
    "markup": "<b>Bold</b> &amp; <script>alert('1')</script> ]]>",
    "an escape": "_x0041_ stays, and so does &#65;",
    "two lines": "First line\nsecond line",
    "accents": "Plânt sy'n derbyn gofal: ŵ ŷ",
}


def with_names(path: Path) -> None:
    rows = indicator_rows(path)
    for row, name in zip(rows, NAMES.values(), strict=False):
        row[2] = name.strip()
    replace_rows(path, "Indicators", rows)
    refreshed(path)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    path = copy_of(KENT, folder)
    with_names(path)
    return copy_in(path, folder)


@pytest.mark.parametrize("name", [pytest.param(name, id=kind) for kind, name in NAMES.items()])
def test_a_name_is_text_on_every_sheet(copy: Path, name: str) -> None:
    book = openpyxl.load_workbook(copy)
    for sheet in ("Scorecard", "Accessible", "Notes"):
        found = [
            cell for row in book[sheet].iter_rows() for cell in row if cell.value == name.strip()
        ]
        assert [cell.data_type for cell in found][:1] == ["s"]
    book.close()


def test_such_a_copy_is_sound_and_agrees_with_itself(
    copy: Path, validator_problems: Callable[[Path], list[str]]
) -> None:
    assert verify(copy).problems == ()
    assert problems_of_package(copy) == []
    assert validator_problems(copy) == []


def test_names_are_in_the_pdf_as_text(copy: Path, tmp_path: Path) -> None:
    need_libreoffice()
    pdf = tmp_path / "copy.pdf"
    pdf.write_bytes(tagged_pdf(copy.read_bytes(), language="en-GB"))
    text = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    shown = compact(text)
    for kind in ("a formula", "a sum", "markup", "an escape", "two lines", "accents"):
        assert compact(NAMES[kind])[:40] in shown, kind
    assert compact("Children who were seen, and seen again, in time.") in shown
    assert "👶" in text
    # Poppler gives Arabic and Hebrew letters in the order in which they are read or drawn.
    for word in ("نسبة", "אחוז"):
        assert word in shown or word[::-1] in shown


def compact(text: str) -> str:
    """A text without spaces and line ends, its letters in one form."""
    return "".join(unicodedata.normalize("NFKC", text).split())
