"""A copy agrees with itself, until a cell is changed: then the cell is named."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl import FileError, RefusedError, open_workbook
from scorecard_xl.circulating import verify
from scorecard_xl.circulating.verification import verified
from scorecard_xl.engines.circulated import read_copy
from scorecard_xl.workbook.engine import column_letters
from tests.circulating.copies import Edit, copy_in, copy_made, random_edit, without_counts
from tests.commented import with_commentary
from tests.generated.cases import case_of
from tests.generated.workbooks import write_case
from tests.scorecards import (
    KENT,
    change_indicator,
    change_settings,
    copy_of,
    edited,
    enter,
    refreshed,
    replace_rows,
    table_in,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.judges.libreoffice import Calc

EDITS_IN_MEMORY, EDITS_IN_FILES = 200, 100


def places_of(path: Path) -> list[str]:
    return [problem.place for problem in verify(path).problems]


def findings_of(path: Path, edits: dict[str, object], folder: Path) -> dict[str, str]:
    """What verify says, by place, of a copy with some cells edited."""
    copy = folder / "edited.xlsx"
    copy.write_bytes(path.read_bytes())
    edited(copy, edits)  # type: ignore[arg-type]
    return {problem.place: problem.finding for problem in verify(copy).problems}


def test_an_untouched_copy_agrees(kent_copy: Path) -> None:
    outcome = verify(kent_copy)
    assert (outcome.problems, outcome.not_checked) == ((), ())
    assert (outcome.results, outcome.letters, outcome.arrows) == (42, 41, 82)


def test_a_copy_that_libreoffice_saved_still_agrees(
    kent_copy: Path, tmp_path: Path, calc: Calc
) -> None:
    saved = tmp_path / "saved.xlsx"
    with calc.open(kent_copy) as book:
        book.save_xlsx(saved)
    assert verify(saved).problems == ()


def test_a_copy_of_what_libreoffice_saved_agrees(tmp_path: Path, calc: Calc) -> None:
    saved = tmp_path / "saved.xlsx"
    with calc.open(copy_of(KENT, tmp_path)) as book:
        book.save_xlsx(saved)
    refreshed(saved)
    assert verify(copy_in(saved, tmp_path)).problems == ()


def test_a_copy_from_libreoffice_itself_agrees(tmp_path: Path, calc: Calc) -> None:
    from scorecard_xl.circulating import circulate

    assert calc.process_id
    path = copy_of(KENT, tmp_path)
    copy = tmp_path / "live.xlsx"
    with open_workbook(path, engine="libreoffice") as workbook:
        copy.write_bytes(circulate(workbook).content)
    assert verify(copy).problems == ()


def odd(path: Path) -> None:
    """All that makes a scorecard hard to work out again."""
    with_commentary(path, column=13)
    change_settings(
        path, compare="as shown", same_within=0.02, minimum_denominator=80, rate_base=1000,
        status="draft",
    )  # fmt: skip
    change_indicator(path, "lac_dental_checks", floor=0.85)
    change_indicator(path, "referrals", amber_tolerance=40.5, tolerance_unit="points")
    enter(path, cafs_completed_r12m="c", core_assessments_r12m=0)
    history = [list(row) for row in table_in(path, "History").rows]
    restated = table_in(path, "History").headings.index("Restated")
    history[3][restated] = 0.42
    replace_rows(path, "History", history)
    refreshed(path)


def test_as_shown_floors_points_states_and_restated_results_can_be_worked_out_again(
    tmp_path: Path,
) -> None:
    path = copy_of(KENT, tmp_path)
    odd(path)
    assert verify(copy_in(path, tmp_path)).problems == ()


def test_the_start_of_a_year_can_be_worked_out_again(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    change_settings(path, as_at=dt.date(2013, 4, 30), previous_as_at=dt.date(2013, 1, 31))
    history = [list(row) for row in table_in(path, "History").rows]
    for row in history[:20]:
        row[0] = dt.date(2012, 4, 30)
    for row in history[20:40]:
        row[0] = dt.date(2013, 1, 31)
    replace_rows(path, "History", history)
    refreshed(path)
    copy = copy_in(path, tmp_path)
    book = openpyxl.load_workbook(copy)
    texts = {cell.value for row in book["Accessible"].iter_rows() for cell in row}
    book.close()
    assert "new year" in texts
    assert verify(copy).problems == ()


@pytest.mark.parametrize("seed", range(12))
def test_copies_of_generated_workbooks_agree(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "generated.xlsx"
    write_case(case_of(seed), path)
    made = copy_made(path, reason="tried")
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(made.content)
    assert verify(copy).problems == ()


def test_random_edits_are_all_found(kent_copy: Path) -> None:
    copy, chance = read_copy(kent_copy), random.Random(8)
    edits = [random_edit(copy, chance) for _ in range(EDITS_IN_MEMORY)]
    unseen = [edit for edit in edits if verified(edit.done_to(copy)).agrees]
    assert unseen == []


def test_random_edits_of_the_file_are_all_found(kent_copy: Path, tmp_path: Path) -> None:
    copy, chance = read_copy(kent_copy), random.Random(13)
    path = tmp_path / "edited.xlsx"
    unseen = []
    for _ in range(EDITS_IN_FILES):
        edit = random_edit(copy, chance)
        with open_workbook(kent_copy) as workbook:
            workbook.write_block(edit.sheet, edit.row, edit.column, [[edit.content]])
            path.write_bytes(workbook.to_bytes())
        if verify(path).agrees:
            unseen.append(edit)
    assert unseen == []


def test_an_edited_figure_of_either_sheet_is_found_without_the_hashes(kent_copy: Path) -> None:
    copy, chance = read_copy(kent_copy), random.Random(21)
    figures = [
        (sheet, place)
        for sheet in ("Scorecard", "Accessible", "Exceptions")
        for place, content in copy.cells[sheet].items()
        if isinstance(content, int | float)
    ]
    unseen = []
    for sheet, (row, column) in chance.sample(figures, 60):
        edit = Edit(sheet, row, column, copy.cells[sheet][row, column] * 1.5 + 1)  # type: ignore
        found = verified(edit.done_to(copy)).problems
        if not [problem for problem in found if problem.code != "other_contents"]:
            unseen.append(edit)
    assert unseen == []


@pytest.mark.parametrize(
    ("place", "content", "named"),
    [
        pytest.param("'Scorecard'!D9", 66.0, "'Scorecard'!D9", id="a result"),
        pytest.param("'Scorecard'!E9", "G", "'Scorecard'!E9", id="a letter"),
        pytest.param("'Scorecard'!J9", "↓", "'Scorecard'!J9", id="an arrow"),
        pytest.param("'Scorecard'!A4", "21 Green", "'Scorecard'!A4", id="the tallies"),
        pytest.param("'Scorecard'!A55", "All is well.", "'Scorecard'!A55", id="the summary"),
        pytest.param("'Accessible'!F4", 66.0, "'Accessible'!F4", id="a result of the table"),
        pytest.param("'Accessible'!G4", "Green", "'Accessible'!G4", id="a rating in words"),
        pytest.param("'Accessible'!H4", 2164, "'Scorecard'!F9", id="a numerator of the table"),
        pytest.param("'Exceptions'!C4", "Amber", "'Exceptions'!C4", id="a rating of an exception"),
        pytest.param("'Accessible'!G4", "Purple", "'Accessible'!G4", id="what no rating can be"),
        pytest.param("'Accessible'!F4", None, "'Accessible'!F4", id="a result that is deleted"),
    ],
)
def test_the_cell_is_named(
    kent_copy: Path, tmp_path: Path, place: str, content: object, named: str
) -> None:
    assert named in findings_of(kent_copy, {place: content}, tmp_path)


def test_the_finding_tells_both_figures(kent_copy: Path, tmp_path: Path) -> None:
    found = findings_of(kent_copy, {"'Scorecard'!D9": 66.0}, tmp_path)
    assert found == {"'Scorecard'!D9": "shows 66.0; what the copy states gives 67.0"}


def test_a_changed_text_that_nothing_else_tells_of_is_found_by_its_hash(
    kent_copy: Path, tmp_path: Path
) -> None:
    found = findings_of(kent_copy, {"'Notes'!B34": "Something else"}, tmp_path)
    assert list(found) == ["'Notes'"]


def test_a_red_that_is_not_listed_is_found(kent_copy: Path, tmp_path: Path) -> None:
    found = findings_of(kent_copy, {"'Exceptions'!B4": "Another name"}, tmp_path)
    assert any("is Red, and is not listed" in finding for finding in found.values())


def test_a_formula_is_found(kent_copy: Path) -> None:
    from scorecard_xl.workbook.cell_content import Formula

    copy = read_copy(kent_copy)
    edit = Edit("Scorecard", 9, 4, Formula("=1+1", copy.cells["Scorecard"][9, 4]))  # type: ignore
    assert [each.place for each in verified(edit.done_to(copy)).problems] == ["'Scorecard'!D9"]


def test_without_its_properties_a_copy_does_not_pass(kent_copy: Path) -> None:
    copy = dataclasses.replace(read_copy(kent_copy), custom={})
    assert [problem.code for problem in verified(copy).problems] == ["no_manifest"]


def test_another_sheet_is_found(kent_copy: Path) -> None:
    copy = read_copy(kent_copy)
    more = dataclasses.replace(copy, cells={**copy.cells, "More": {(1, 1): "mine"}})
    assert [problem.code for problem in verified(more).problems] == ["other_sheet"]


def test_what_is_no_copy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="is no circulated copy"):
        verify(KENT)
    with pytest.raises(FileError):
        verify(tmp_path / "missing.xlsx")


def test_a_copy_without_counts_says_what_it_could_not_work_out(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    without_counts(path)
    outcome = verify(copy_in(path, tmp_path))
    assert (outcome.problems, outcome.results, outcome.letters) == ((), 0, 41)
    assert [each.partition(",")[0] for each in outcome.not_checked] == [
        "results",
        "letters and arrows that hang on the rounding of a result",
    ]


def test_a_copy_without_targets_says_that_letters_could_not_be_worked_out(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    with open_workbook(path) as workbook:
        workbook.set_names({"column_target": "=0"})
        path.write_bytes(workbook.to_bytes())
    outcome = verify(copy_in(path, tmp_path))
    assert (outcome.problems, outcome.letters) == ((), 0)
    assert outcome.not_checked == ("letters, for the copy shows no targets",)


def test_without_counts_a_letter_that_rounding_cannot_have_made_is_found(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    without_counts(path)
    copy = read_copy(copy_in(path, tmp_path))
    row, column = next(it for it, value in copy.cells["Accessible"].items() if value == "Red")
    edit = Edit("Accessible", row, column, "Green")
    found = [problem.place for problem in verified(edit.done_to(copy)).problems]
    assert f"'Accessible'!{column_letters(column)}{row}" in found
