"""Counts entered by code: only their own cells are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from scorecard_xl import InvalidWorkbookError, open_workbook
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.counts_entry import CountsEntry, enter_counts
from tests.judges.package_editor import PackageEditor
from tests.scorecards import KENT, copy_of, edited, part_of, sheet_part, table_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def entered(path: Path, **counts: Any) -> None:
    with open_workbook(path) as workbook:
        enter_counts(workbook, counts, places=dict.fromkeys(counts, "new.csv"))
        workbook.save()


def test_cells_of_counts_that_are_not_given_stay_to_the_letter(kent: Path) -> None:
    part = sheet_part(kent, "Counts")
    rich = b't="inlineStr"><is><r><rPr><b/></rPr><t>N</t></r><r><t>/A</t></r></is></c>'
    xml = re.sub(rb'(<c r="D6"[^>]*)><v>\d+</v></c>', rb"\1 " + rich, part_of(kent, part))
    xml = re.sub(rb'(<c r="D7"[^>]*)><v>(\d+)</v>', rb"\1><v>\2.0</v>", xml)
    package = PackageEditor(kent)
    package.entries[part] = xml
    package.save(kent)
    entered(kent, children_under_18=400_000, referrals_ytd=9)
    after = part_of(kent, part)
    kept = re.findall(rb'<c r="D[67]".*?</c>', xml)
    assert len(kept) == 2
    assert re.findall(rb'<c r="D[67]".*?</c>', after) == kept
    values = {row[0]: row[3] for row in table_in(kent, "Counts").rows}
    assert (values["children_under_18"], values["referrals_ytd"]) == (400_000, 9)


def test_a_code_that_is_a_formula_is_read_by_its_value(kent: Path) -> None:
    edited(kent, {"Counts!A5": Formula('="children_"&"under_18"', "children_under_18")})
    entered(kent, Children_Under_18=400_000)
    assert table_in(kent, "Counts").rows[0][3] == 400_000


def test_a_batch_finds_the_code_that_is_a_formula(kent: Path) -> None:
    edited(kent, {"Counts!A5": Formula('="children_"&"under_18"', "children_under_18")})
    with open_workbook(kent) as workbook:
        entry = CountsEntry.into(workbook)
    code_at = [heading.casefold() for heading in entry.table.headings].index("code")
    assert entry.table.rows[0][code_at] == "children_under_18"


def test_only_what_may_be_a_code_is_suggested(kent: Path) -> None:
    edited(kent, {"Counts!A5": 101_300_000.0})
    with open_workbook(kent) as workbook, pytest.raises(InvalidWorkbookError) as refused:
        enter_counts(workbook, {"101300001": 1}, places={"101300001": "new.csv, line 2"})
    assert str(refused.value) == (
        "new.csv, line 2: '101300001' is not among the codes of 'Counts'!A5:G68; add a row for "
        "it, or take it out."
    )


def test_a_code_that_is_a_number_is_found_as_it_is_shown(kent: Path) -> None:
    edited(kent, {"Counts!A5": 101.0})
    entered(kent, **{"101": 400_000})
    assert table_in(kent, "Counts").rows[0][3] == 400_000
