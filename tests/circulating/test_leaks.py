"""Nothing travels that the page does not show, whatever the working file holds."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import open_workbook
from tests.circulating.copies import copy_in
from tests.circulating.leaks import leaks_in, numbers_in
from tests.judges.excel_parts import with_excel_parts
from tests.judges.package_editor import PackageEditor
from tests.scorecards import KENT, TEMPLATES, copy_of, refreshed, table_in

if TYPE_CHECKING:
    from pathlib import Path

WITH_MACROS = TEMPLATES / "scorecard_kent_2013_01.xlsm"
UNUSED = 918_273_645.0
JANUARY, NOVEMBER = dt.date(2013, 1, 31), dt.date(2012, 11, 30)


def with_secrets(path: Path) -> list[str]:
    """Plant a text of its own in every place that a working file has; gives the texts."""
    secrets = [f"SECRET{number:02}" for number in range(30)]
    give = iter(secrets).__next__
    with_excel_parts(path, path)
    with open_workbook(path) as workbook:
        for sheet, row, column in (
            ("Scorecard", 5, 20), ("Scorecard", 9, 20), ("Counts", 4, 12), ("Counts", 5, 12),
            ("Checks", 2, 9), ("Guide", 1, 5), ("Settings", 5, 3), ("Styles", 25, 3),
        ):  # fmt: skip
            workbook.write_block(sheet, row, column, [[give()]])
        count = ["unused_" + give(), give(), "YTD", UNUSED, give(), JANUARY, None]
        workbook.extend_table("Counts", [count], after=table_in(path, "Counts").area.height)
        history = table_in(path, "History")
        old: list[object] = [None] * len(history.headings)
        old[:3] = [NOVEMBER, "referrals", UNUSED + 1]
        workbook.extend_table("History", [old], after=history.area.height)
        workbook.write_table("Commentary", [[NOVEMBER, "referrals", give(), give(), give()]])
        workbook.set_names({give(): "=Styles!$Z$9", "old_" + give(): "='C:\\books'!$A$1"})
        path.write_bytes(workbook.to_bytes())
    refreshed(path)
    package = PackageEditor(path)
    core = package.entries["docProps/core.xml"].decode()
    core = re.sub(r"<dc:creator>[^<]*", f"<dc:creator>{give()}", core)
    core = re.sub(r"<dc:title>[^<]*", f"<dc:title>{give()}", core)
    package.entries["docProps/core.xml"] = core.encode()
    for part, content in list(package.entries.items()):
        if re.search(r"omment|person|customXml/item|custom\.xml|drawing\d", part):
            text = content.decode("utf-8", "replace")
            changed = re.sub(r">([^<>]{3,})<", f">{secrets[-1]}<", text)
            package.entries[part] = changed.encode()
    part = package.sheet_part("Scorecard")
    sheet = package.entries[part].decode()
    package.entries[part] = sheet.replace("<oddFooter>", f"<oddFooter>&amp;L{give()} ").encode()
    package.save(path)
    return secrets


def test_kents_copy_carries_nothing_else(kent_copy: Path) -> None:
    codes = [str(row[0]) for row in table_in(KENT, "Counts").rows]
    assert leaks_in(kent_copy, secrets=codes) == []


def test_every_number_of_kents_copy_is_on_the_page(kent_copy: Path) -> None:
    shown = set(numbers_in(kent_copy))
    counts = {float(row[3]) for row in table_in(KENT, "Counts").rows}
    history = {float(row[2]) for row in table_in(KENT, "History").rows}
    # All of Kent's counts are numerators, denominators or results; nothing else is a number.
    assert counts <= shown
    settings = {10_000.0, 0.0, 0.05, 0.1, 0.15, 0.2, 0.45}
    targets = {float(row[8]) for row in table_in(KENT, "Indicators").rows if row[8] is not None}
    known = {round(number, 12) for number in counts | history | settings | targets}
    results = {number for number in shown if round(number, 12) not in known}
    assert len(results) <= 42
    assert all(any(abs(number - n * base / d) < 1e-9 for n in counts for d in counts if d
                   for base in (1, 10_000)) for number in results)  # fmt: skip


def test_nothing_of_what_a_working_file_hides_arrives(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    secrets = with_secrets(path)
    copy = copy_in(path, tmp_path)
    assert leaks_in(copy, secrets=secrets) == []
    assert numbers_in(copy).isdisjoint({UNUSED, UNUSED + 1})


def test_the_secrets_are_in_the_working_file(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    secrets = with_secrets(path)
    parts = [content.decode("utf-8", "replace") for content in PackageEditor(path).entries.values()]
    used = [secret for secret in secrets if any(secret in part for part in parts)]
    assert len(used) >= 20


def test_macros_stay_behind(tmp_path: Path) -> None:
    path = tmp_path / "with_buttons.xlsm"
    path.write_bytes(WITH_MACROS.read_bytes())
    copy = copy_in(path, tmp_path)
    assert leaks_in(copy) == []


def test_no_macro_is_found_by_olevba(kent_copy: Path) -> None:
    olevba = pytest.importorskip("oletools.olevba", reason="oletools is not installed")
    parser = olevba.VBA_Parser(str(kent_copy))
    assert parser.detect_vba_macros() is False
    assert parser.detect_xlm_macros() is False if hasattr(parser, "detect_xlm_macros") else True
    parser.close()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(b"</cp:core", b"<cp:lastModifiedBy>A</cp:lastModifiedBy></cp:core",
                     "a person", id="who saved it"),
        pytest.param(b"<sheets><sheet ", b'<sheets><sheet state="hidden" ', "something hidden",
                     id="a hidden sheet"),
        pytest.param(b"</definedNames>", b"<!-- #REF! --></definedNames>",
                     "points nowhere", id="a name that points nowhere"),
        pytest.param(b"</sst>", b"<si><t>left over</t></si></sst>", "no cell shows", id="a text"),
        pytest.param(b"<Application>", b"<Company>C:\\work</Company><Application>", "a path",
                     id="a path"),
    ],
)  # fmt: skip
def test_the_scan_sees_what_is_planted_in_a_copy(
    kent_copy: Path, tmp_path: Path, old: bytes, new: bytes, said: str
) -> None:
    package = PackageEditor(kent_copy)
    for part, content in list(package.entries.items()):
        package.entries[part] = content.replace(old, new, 1)
    planted = tmp_path / "planted.xlsx"
    package.save(planted)
    assert any(said in leak for leak in leaks_in(planted))
