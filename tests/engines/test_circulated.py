"""A document is written as it is given, always alike, and read back as it was written."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl.engines.circulated import (
    Cell,
    Document,
    Edge,
    Look,
    Page,
    PageSetUp,
    PageTable,
    Properties,
    Row,
    document_bytes,
    kept_text,
    read_copy,
)
from scorecard_xl.engines.circulated.sheets import Strings, sheet_bytes
from scorecard_xl.engines.circulated.styles import LookBook
from scorecard_xl.workbook.engine import Area
from tests.judges.package_check import problems_of_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOLD = Look(is_bold=True, ink="FFFFFF", fill="1F3A5F", bottom=Edge("medium", "1F3A5F"))
SHARE = Look(number_format='0.0%"r"', horizontal="right", indent=1, shrinks=True)
CONTENTS = ("=1+1", " two  spaces ", "a\nb", "<&>\"'", "_x000D_", "\x01", "😀", 0, -3, 1 / 3, 1e-9)


def page(name: str, contents: tuple[object, ...], table: str = "") -> Page:
    rows = [Row(cells={1: Cell(f"{name} & more", BOLD)}, height=30)]
    rows += [Row(cells={1: Cell(content, SHARE)}) for content in contents]  # type: ignore[arg-type]
    area = Area(name, 1, 1, len(rows), 1)
    tables = (PageTable(name=table, area=area, headings=(f"{name} & more",)),) if table else ()
    return Page(
        name=name, rows=tuple(rows), widths=(20.0,), tables=tables, frozen_rows=1,
        set_up=PageSetUp(repeated_rows=(1, 1), breaks=(3,), footer=("A & B", "", ""), header="H"),
    )  # fmt: skip


def document(*pages: Page) -> Document:
    properties = Properties(
        title="A <title>", subject="", author="Kent & more", language="en-GB", status="Final",
        version="1.0", made_at=dt.datetime(2013, 2, 8, 9, tzinfo=dt.UTC), custom={"A & B": "<c>"},
    )  # fmt: skip
    return Document(
        pages=pages, names={"start": Area.cell(pages[0].name, 1, 1)}, properties=properties
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = document(page("It's", CONTENTS, "First"), page("B", (dt.date(2013, 1, 31),), "Second"))
    path = tmp_path / "document.xlsx"
    path.write_bytes(document_bytes(made))
    return path


def test_what_is_written_is_read_back(path: Path) -> None:
    copy = read_copy(path)
    read = [copy.cells["It's"][row, 1] for row in range(2, len(CONTENTS) + 2)]
    assert read[:-2] == list(CONTENTS[:-2])
    assert read[-2:] == pytest.approx(CONTENTS[-2:], rel=1e-14)
    assert copy.cells["B"][2, 1] in (41305, 41305.0, dt.datetime(2013, 1, 31))
    assert copy.names == {"start": Area.cell("It's", 1, 1)}
    assert copy.custom == {"A & B": "<c>"}
    assert copy.tables["second"] == Area("B", 2, 1, 2, 1)


def test_numbers_have_fifteen_digits_so_that_no_program_changes_them(path: Path) -> None:
    third = read_copy(path).cells["It's"][11, 1]
    assert third == 0.333333333333333


def test_it_is_sound(path: Path, validator_problems: Callable[[Path], list[str]]) -> None:
    assert problems_of_package(path) == []
    assert validator_problems(path) == []


def test_the_same_document_gives_the_same_bytes() -> None:
    made = document(page("A", CONTENTS, "First"))
    assert document_bytes(made) == document_bytes(made)


def test_looks_and_pages_are_as_asked_for(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["It's"]
    assert (sheet["A1"].font.b, sheet["A1"].fill.fgColor.rgb) == (True, "FF1F3A5F")
    assert (sheet["A2"].number_format, sheet["A2"].alignment.indent) == ('0.0%"r"', 1)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert [each.id for each in sheet.row_breaks.brk] == [2]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.oddFooter.left.text.strip() == "A && B"
    book.close()


def test_headers_and_footers_stay_within_what_excel_takes() -> None:
    long = "Children & families " * 40
    made = page("A", CONTENTS)
    set_up = PageSetUp(footer=(long, long, ""), header=long)
    part = sheet_bytes(
        dataclasses.replace(made, set_up=set_up), LookBook(), Strings(), is_first=True
    )
    for text in re.findall(r"<odd\w+>(.*?)</odd", part.decode()):
        plain = html.unescape(text)
        assert len(plain) <= 255
        assert "…" in plain


def test_a_text_is_cut_where_excel_ends_a_cell() -> None:
    # Excel counts an emoji as two, and none is cut in halves.
    assert kept_text("😀" * 20_000) == "😀" * 16_383
    assert kept_text("x" * 40_000) == "x" * 32_767
