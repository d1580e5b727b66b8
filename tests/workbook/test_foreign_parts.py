"""What Excel and the analyst keep in a workbook comes through any number of refreshes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from scorecard_xl import open_workbook, refresh
from tests.judges.excel_parts import USER_CELLS, with_excel_parts
from tests.judges.foreign import foreign_elements, foreign_entries
from tests.judges.opened_package import MAIN
from tests.judges.package_check import problems_of_package
from tests.scorecards import (
    KENT,
    PUBLISHED_SUMMARY,
    enter,
    indicator_rows,
    more_indicators,
    part_of,
    refreshed,
    replace_rows,
    shown_rows,
    text_at,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.judges.libreoffice import Calc

SCORECARD = "xl/worksheets/sheet1.xml"
# Checks and Why, which a refresh writes, too.
MESSAGES = ("xl/worksheets/sheet7.xml", "xl/worksheets/sheet8.xml")
# What a refresh may write, and the sheet and table of indicators that are edited in between.
OWNED = (
    SCORECARD,
    *MESSAGES,
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/worksheets/sheet3.xml",
    "xl/tables/table2.xml",
)
# Formulas came and went, so the order of their calculation is Excel's to find anew.
OF_THE_CHAIN = ("xl/calcChain.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml")
# The same as patterns, in which a bracket would have a meaning of its own.
OWNED_WITH_THE_CHAIN = [part.replace("[", "?").replace("]", "?") for part in OF_THE_CHAIN]
KENTS = indicator_rows(KENT)
# Names that a refresh defines or moves.
OUR_NAMES = (
    "scorecard_", "setting_", "state_", "tally_", "checks_last", "_xlnm.Print_Area",
)  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore:.*not supported and will be removed")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kent's workbook with every part that Excel adds."""
    path = tmp_path_factory.mktemp("before") / "rich.xlsx"
    with_excel_parts(KENT, path)
    return path


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after ten refreshes, with indicators added and removed between them."""
    path = tmp_path_factory.mktemp("after") / "rich.xlsx"
    path.write_bytes(before.read_bytes())
    for number in range(10):
        rows = KENTS[number:] if number % 2 else KENTS + more_indicators(KENTS, number)
        replace_rows(path, "Indicators", KENTS if number == 9 else rows)
        refreshed(path, fill=("formulas", "values")[number % 2])
    return path


def test_every_foreign_entry_keeps_its_bytes(before: Path, after: Path) -> None:
    owned = (*OWNED, *OWNED_WITH_THE_CHAIN)
    assert foreign_entries(after, owned) == foreign_entries(before, owned)
    assert len(foreign_entries(after, owned)) > 40


def test_every_foreign_element_of_the_scorecard_is_still_there(before: Path, after: Path) -> None:
    elements = [
        foreign_elements(part_of(path, SCORECARD), owned_columns="A:P") for path in (before, after)
    ]
    assert elements[1] == elements[0]
    found = "".join(elements[0])
    for kind in ("controls", "drawing", "legacyDrawing", "sparkline", "dataBar", "dataValidation"):
        assert kind in found


def test_foreign_names_and_extensions_of_the_workbook_are_still_there(
    before: Path, after: Path
) -> None:
    kept = []
    for path in (before, after):
        root = etree.fromstring(part_of(path, "xl/workbook.xml"))
        for name in list(root.iter(f"{MAIN}definedName")):
            if name.get("name", "").startswith(OUR_NAMES):
                name.getparent().remove(name)
        for settings in root.findall(f"{MAIN}calcPr"):
            root.remove(settings)
        kept.append(etree.tostring(root, method="c14n"))
    assert kept[1] == kept[0]


def test_only_the_chain_of_calculation_leaves_the_lists_of_parts(before: Path, after: Path) -> None:
    for part in OF_THE_CHAIN[1:]:
        lines = [
            {etree.tostring(line, method="c14n") for line in etree.fromstring(part_of(path, part))}
            for path in (before, after)
        ]
        assert lines[1] <= lines[0]
        assert all(b"calcChain" in line for line in lines[0] - lines[1])


def test_the_scorecard_is_right_after_all(before: Path, after: Path) -> None:
    assert shown_rows(after) == shown_rows(before)
    assert text_at(after, "scorecard_summary") == PUBLISHED_SUMMARY


def test_the_judges_find_nothing_of_our_making(
    validator_problems: Callable[[Path], list[str]], after: Path
) -> None:
    assert problems_of_package(after) == []
    assert validator_problems(after) == []


def test_libreoffice_shows_the_users_cells(calc: Calc, after: Path) -> None:
    with calc.open(after) as book:
        shown = {cell: book.shown("Scorecard", cell)[0][0] for cell in USER_CELLS}
    assert shown == USER_CELLS


def test_a_changed_count_touches_nothing_but_the_scorecard(before: Path, tmp_path: Path) -> None:
    path = tmp_path / "rich.xlsx"
    path.write_bytes(before.read_bytes())
    enter(path, children_under_18=330_000)
    refreshed(path)
    counts = "xl/worksheets/sheet2.xml"
    owned = (SCORECARD, *MESSAGES, "xl/workbook.xml", counts, *OWNED_WITH_THE_CHAIN)
    assert foreign_entries(path, owned) == foreign_entries(before, owned)
    elements = [
        foreign_elements(part_of(each, SCORECARD), owned_columns="A:P") for each in (before, path)
    ]
    assert elements[1] == elements[0]


def test_a_refresh_in_place_is_read_back_from_the_file_it_saved(
    before: Path, tmp_path: Path
) -> None:
    path = tmp_path / "rich.xlsx"
    path.write_bytes(before.read_bytes())
    with open_workbook(path) as workbook:
        refresh(workbook, fill="values")
        workbook.save()
    assert b"<f>SUM(Q7:Q8)</f>" in part_of(path, SCORECARD)
    assert part_of(path, SCORECARD).count(b"<f>") == 1
