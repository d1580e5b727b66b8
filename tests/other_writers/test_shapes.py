"""Kent's workbook in the shapes of other programs: refreshed right, or refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard_xl import FileError, check, open_workbook, refresh
from tests.generated.workbooks import count_days_from_1904
from tests.judges.package_check import problems_of_package
from tests.other_writers import shapes
from tests.scorecards import KENT, PUBLISHED, PUBLISHED_SUMMARY, copy_of, shown_rows, text_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# These are parsed, and their rows written anew; in others only the edited rows are.
REWRITTEN = [
    pytest.param(shapes.prefixed_beside_a_default, id="a prefix beside the default"),
    pytest.param(shapes.each_sheet(shapes.without_places), id="rows and cells without places"),
    pytest.param(shapes.each_sheet(shapes.with_comments), id="comments and instructions"),
    pytest.param(shapes.each_sheet(shapes.in_mixed_quotes), id="quotes of both kinds"),
    pytest.param(shapes.each_sheet(shapes.with_spaces_in_tags), id="spaces in tags"),
    pytest.param(shapes.each_sheet(shapes.prefixed_here_and_there), id="a prefix here and there"),
    pytest.param(shapes.in_utf_16, id="UTF-16"),
    pytest.param(shapes.prefixed, id="a prefix everywhere"),
]
SHAPES = [
    pytest.param(shapes.absolute_targets, id="absolute part names"),
    pytest.param(shapes.shared_strings, id="shared strings"),
    pytest.param(shapes.inline_strings, id="inline strings"),
    pytest.param(shapes.each_sheet(shapes.without_dimension), id="no dimension"),
    pytest.param(shapes.each_sheet(shapes.with_spans), id="spans"),
    pytest.param(shapes.each_sheet(shapes.with_crlf), id="line ends"),
    pytest.param(shapes.each_sheet(shapes.in_single_quotes), id="single quotes"),
    pytest.param(shapes.each_sheet(shapes.in_another_order), id="attributes in another order"),
    pytest.param(shapes.each_sheet(shapes.with_cdata), id="CDATA"),
    pytest.param(shapes.with_bom, id="a mark of UTF-8"),
    pytest.param(shapes.shared_formula_in_counts, id="shared formulas in the counts"),
    pytest.param(shapes.like_google, id="as Google Sheets"),
    pytest.param(shapes.like_excel_for_mac, id="as Excel for Mac"),
]


@pytest.mark.parametrize("change", [*SHAPES, *REWRITTEN])
def test_another_shape_is_refreshed_right(
    tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    path = shapes.kent_as(tmp_path, change)
    before = problems_of_package(path)
    refreshed_twice(path, "formulas")
    assert set(problems_of_package(path)) <= set(before)


@pytest.mark.parametrize("change", REWRITTEN)
def test_a_sheet_that_is_written_anew_is_sound(
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
    validator_problems: Callable[[Path], list[str]],
) -> None:
    path = shapes.kent_as(tmp_path, change)
    with open_workbook(path) as workbook:
        workbook.write_block("Scorecard", 1, 30, [["beside"]])
        refresh(workbook, fill="values")
        workbook.save()
    assert shown_rows(path) == PUBLISHED
    assert validator_problems(path) == []


def refreshed_twice(path: Path, fill: str) -> None:
    """Refresh with another count and with Kent's again: every row and text is as published."""
    with open_workbook(path) as workbook:
        table = workbook.read_table("Counts")
        assert table is not None
        place = table.area.sheet, table.area.top + 2, table.area.left + 3
        kents = table.rows[2][3]
        workbook.write_block(*place, [[1.0]])
        refresh(workbook, fill=fill)
        workbook.save()
    assert shown_rows(path) != PUBLISHED
    with open_workbook(path) as workbook:
        workbook.write_block(*place, [[kents]])
        refresh(workbook, fill=fill)
        workbook.save()
    assert shown_rows(path) == PUBLISHED
    assert text_at(path, "scorecard_summary") == PUBLISHED_SUMMARY
    with open_workbook(path) as workbook:
        assert [each for each in check(workbook) if each.is_error] == []


def test_a_workbook_of_1904_is_refreshed_right(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    count_days_from_1904(path)
    refreshed_twice(path, "formulas")
    assert problems_of_package(path) == []


def test_strict_open_xml_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = shapes.kent_as(tmp_path, shapes.strict)
    with pytest.raises(FileError) as raised:
        open_workbook(path)
    assert str(raised.value) == (
        "scorecard.xlsx is saved as Strict Open XML; save it as an ordinary Excel workbook (.xlsx)."
    )
