"""The PDF of a copy is one that a screen reader can make something of."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.circulating import circulate_file
from tests.judges.absence import need_libreoffice
from tests.scorecards import KENT, change_settings, copy_of, refreshed

if TYPE_CHECKING:
    from pathlib import Path


def told_by(program: str, pdf: Path) -> str:
    return subprocess.run([program, str(pdf)], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_libreoffice()
    folder = tmp_path_factory.mktemp("pdf")
    path = copy_of(KENT, folder)
    change_settings(path, language="cy-GB")
    refreshed(path)
    made = circulate_file(path, pdf=folder / "kent.pdf")
    assert made.pdf is not None
    return made.pdf


def test_it_is_tagged_and_has_a_title(pdf: Path) -> None:
    told = told_by("pdfinfo", pdf)
    assert re.search(r"Tagged: +yes", told)
    assert re.search(r"Title: +Scorecard - Kent, inc UASC, Jan 2013", told)
    assert b"/DisplayDocTitle true" in pdf.read_bytes()


def test_it_states_the_language_of_the_settings(pdf: Path) -> None:
    assert re.findall(rb"/Lang\((.*?)\)", pdf.read_bytes()) == [b"cy-GB"]


def test_its_fonts_are_embedded(pdf: Path) -> None:
    fonts = told_by("pdffonts", pdf).splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes (yes|no) +(yes|no) +\d+ +\d+$", line) for line in fonts)


def test_every_page_says_whose_it_is(pdf: Path) -> None:
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = text.split("\f")[:-1]
    assert 6 <= len(pages) <= 10
    assert all("Kent, Jan 2013, version 1.0 final" in page for page in pages)
    assert all("OFFICIAL" in page for page in pages)
    assert "made subject to a SGO" in pages[1]
