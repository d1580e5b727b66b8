"""A refresh follows the counts, and leaves alone what is not its own."""

from __future__ import annotations

import csv
import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree

from scorecard_xl import open_workbook, refresh
from tests.judges.foreign import foreign_entries
from tests.judges.opened_package import MAIN
from tests.scorecards import (
    KENT,
    KENT_CSV,
    PUBLISHED,
    area_of_name,
    change_indicator,
    change_settings,
    copy_of,
    edited,
    enter,
    entries_of,
    part_of,
    refreshed,
    sheet_part,
    shown_rows,
    skeleton_in,
    text_at,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content
    from tests.judges.libreoffice import Calc

SCORECARD = "xl/worksheets/sheet1.xml"
COUNTS = "xl/worksheets/sheet2.xml"


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def records(name: str) -> list[dict[str, str]]:
    """One of the CSV files that Kent's workbook was made from."""
    with (KENT_CSV / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INDICATORS = {row["indicator"]: row for row in records("indicators")}
DEPENDENT = [code for code, row in INDICATORS.items() if row["denominator"] == "children_under_18"]


def worked_by_hand(code: str, population: int) -> dict[str, str]:
    """Letter, result and arrows of a rate of polarity T, in exact fractions.

    Green within 5% of the target, amber within 15%; better is nearer to the target.
    """
    row = INDICATORS[code]
    assert (row["polarity"], row["measure"]) == ("T", "rate")
    counts = {each["code"]: int(each["value"]) for each in records("counts")}
    published = {(each["as_at"], each["indicator"]): each["result"] for each in records("history")}
    target = Fraction(row["target"])
    result = Fraction(counts[row["numerator"]] * 10_000, population)
    off = abs(result - target)
    before, outturn = (
        abs(Fraction(published[day, code]) - target) for day in ("2012-12-31", "2012-03-31")
    )
    return {
        "latest": f"{float(result):,.1f}",
        "rag": "G" if off <= target / 20 else "A" if off <= target * 3 / 20 else "R",
        "dot_previous": "↑" if off < before else "↓",
        "dot_outturn": "↑" if off < outturn else "↓",
    }


def sentence(rows: list[dict[str, str]]) -> str:
    """The summary, from the letters and arrows on the sheet."""

    def counted(column: str, mark: str) -> int:
        return sum(row[column] == mark for row in rows)

    def indicators(number: int, rest: str) -> str:
        return f"{number} indicator{'' if number == 1 else 's'} {rest}"

    def moved(column: str) -> str:
        phrases = []
        for mark, phrase in (
            ("↑", "shown an improvement"),
            ("→", "remained the same"),
            ("↓", "shown a reduction"),
        ):
            number = counted(column, mark)
            phrases.append(indicators(number, f"{'has' if number == 1 else 'have'} {phrase}"))
        return f"{phrases[0]}, {phrases[1]} and {phrases[2]}."

    rated = [
        indicators(counted("rag", letter), f"rated as {colour}")
        for letter, colour in (("G", "Green"), ("A", "Amber"), ("R", "Red"))
    ]
    return (
        f"As at 31/01/2013, Kent has {rated[0]}, {rated[1]} and {rated[2]}. "
        f"When comparing performance from last month to this month, {moved('dot_previous')} "
        "When comparing performance from outturn (March 12) to this month, "
        f"{moved('dot_outturn')}"
    )


@pytest.mark.parametrize("fill", ["values", "formulas"])
def test_what_depends_on_a_changed_count_follows_and_nothing_else(kent: Path, fill: str) -> None:
    enter(kent, children_under_18=330_000)
    refreshed(kent, fill=fill)
    rows = shown_rows(kent)
    for published, row in zip(PUBLISHED, rows, strict=True):
        if row["indicator"] in DEPENDENT:
            changed = worked_by_hand(row["indicator"], 330_000) | {"denominator": "330000"}
            assert row == published | changed
        else:
            assert row == published
    assert text_at(kent, "scorecard_summary") == sentence(rows)


def test_the_changed_count_moves_letters_and_arrows() -> None:
    """So the test above would notice one that stayed."""
    before, after = (
        [worked_by_hand(code, size) for code in DEPENDENT] for size in (322813, 330000)
    )
    assert len(DEPENDENT) == 9
    for column in ("latest", "rag", "dot_previous"):
        assert [row[column] for row in before] != [row[column] for row in after]


@pytest.mark.parametrize(
    "fill", [None, pytest.param("values", id="after a first refresh with values")]
)
def test_nothing_else_in_the_package_changes(kent: Path, fill: str | None) -> None:
    refreshed(kent, fill=fill)
    enter(kent, children_under_18=330_000)
    filled = [sheet_part(kent, name) for name in ("Scorecard", "Checks", "Why")]
    before = foreign_entries(kent, filled)
    edited_counts = part_of(kent, COUNTS)
    old = part_of(kent, SCORECARD)
    refreshed(kent, fill=fill)
    assert foreign_entries(kent, filled) == before
    assert part_of(kent, COUNTS) == edited_counts
    assert part_of(kent, SCORECARD) != old


def test_only_the_dependents_cells_change_on_the_sheet(kent: Path) -> None:
    before = openpyxl.load_workbook(kent, data_only=True)["Scorecard"]
    enter(kent, children_under_18=330_000)
    refreshed(kent)
    after = openpyxl.load_workbook(kent, data_only=True)["Scorecard"]
    changed = {
        cell.coordinate
        for line in after.iter_rows()
        for cell in line
        if cell.value != before[cell.coordinate].value
    }
    rows = {cell.row for cell in after["N"] if cell.value in DEPENDENT}
    mine = {f"{column}{row}" for column in "DEGJL" for row in rows}
    assert {f"{column}{row}" for column in "DG" for row in rows} <= changed
    assert changed <= mine | {"A3", "A54"}


@pytest.mark.parametrize("fill", ["values", "formulas"])
def test_a_second_refresh_writes_the_same_bytes(kent: Path, fill: str) -> None:
    enter(kent, children_under_18=330_000, referrals_ytd=None, cp_plans="c")
    refreshed(kent, fill=fill)
    first = kent.read_bytes()
    refreshed(kent, fill=fill)
    assert kent.read_bytes() == first


def test_nothing_is_saved_until_asked_for(kent: Path) -> None:
    enter(kent, children_under_18=330_000)
    before = kent.read_bytes()
    with open_workbook(kent) as workbook:
        refresh(workbook)
    assert kent.read_bytes() == before


def test_switching_between_values_and_formulas_changes_neither_values_nor_looks(
    kent: Path,
) -> None:
    refreshed(kent, fill="values")
    assert b"<f>" not in part_of(kent, SCORECARD)
    values = looks_and_values(kent)
    refreshed(kent, fill="formulas")
    assert part_of(kent, SCORECARD).count(b"<f>") > 42
    assert looks_and_values(kent) == values
    assert entries_of(kent) == entries_of(KENT)


def looks_and_values(path: Path) -> tuple[bytes, dict[str, tuple[object, str | None]]]:
    """The styles, and what every cell of the Scorecard shows with which of them."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Scorecard"]
    root = etree.fromstring(part_of(path, SCORECARD))
    cells = {cell.get("r", ""): cell.get("s") for cell in root.iter(f"{MAIN}c")}
    shown = {place: (sheet[place].value or "", style) for place, style in cells.items()}
    return part_of(path, "xl/styles.xml"), shown


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        pytest.param({"referrals_ytd": None}, "not entered", id="blank"),
        pytest.param({"referrals_ytd": "N/A"}, "not available", id="not available"),
        pytest.param({"referrals_ytd": "X"}, "not available", id="x"),
        pytest.param({"referrals_ytd": "TBS"}, "to be supplied", id="to be supplied"),
        pytest.param({"referrals_ytd": "c"}, "suppressed", id="suppressed"),
        pytest.param({"referrals_ytd": "z"}, "not applicable", id="not applicable"),
        pytest.param({"referrals_ytd": 0}, "zero denominator", id="nothing to divide by"),
        pytest.param(
            {"referrals_ytd": 0, "initial_assessments_ytd": 0}, "none due", id="none of none"
        ),
        pytest.param(
            {"referrals_ytd": "c", "initial_assessments_ytd": None},
            "not entered",
            id="the numerator's state wins",
        ),
    ],
)
def test_a_missing_result_is_told_in_words_and_not_tallied(
    kent: Path, counts: dict[str, Content], words: str
) -> None:
    enter(kent, **counts)
    refreshed(kent)
    rows = shown_rows(kent)
    row = next(row for row in rows if row["indicator"] == "referrals_to_initial_assessment")
    assert (row["latest"], row["rag"], row["dot_previous"], row["dot_outturn"]) == (
        words,
        "",
        "",
        "",
    )
    assert row["target"] == "69.5%"
    assert text_at(kent, "scorecard_summary") == sentence(rows)


def test_in_a_new_year_there_is_no_arrow_without_the_same_month_of_last_year(kent: Path) -> None:
    change_settings(
        kent, as_at=datetime.date(2013, 4, 30), previous_as_at=datetime.date(2013, 3, 31)
    )
    refreshed(kent)
    for row in shown_rows(kent):
        is_year_to_date = row["data_period"] == "YTD"
        assert row["previous"] == ("new year" if is_year_to_date else "")
        assert row["dot_previous"] == ""


def test_in_a_new_year_the_same_month_of_last_year_is_compared_with(kent: Path) -> None:
    edited(kent, {"History!A7": datetime.date(2012, 4, 30), "History!J7": None})
    change_settings(
        kent, as_at=datetime.date(2013, 4, 30), previous_as_at=datetime.date(2013, 3, 31)
    )
    refreshed(kent)
    row = shown_rows(kent)[2]
    # 75.4% now and 89.8% a year before, for a target of 69.5%: nearer.
    assert row["indicator"] == "referrals_to_initial_assessment"
    assert (row["previous"], row["dot_previous"]) == ("89.8%", "↑")


@pytest.mark.parametrize("fill", ["values", "formulas"])
def test_text_is_written_as_text_exactly(kent: Path, fill: str) -> None:
    texts = [
        "=1+1",
        "+44 1622",
        "-5 to 16",
        "@home",
        "'quoted",
        "a < b & c",
        "two\nlines",
        "_x0041_",
    ]
    names = {f"'Indicators'!C{row}": text for row, text in enumerate(texts, 5)}
    edited(kent, {**names, "Indicators!B5": "=A1"})
    change_settings(kent, title="=SUM(1)")
    refreshed(kent, fill=fill)
    sheet = openpyxl.load_workbook(kent)["Scorecard"]
    # The first indicator has the only row of its section, the others follow under another.
    cells = [sheet[place] for place in ("A7", "A8", *(f"A{row}" for row in range(10, 17)))]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        (text, "s") for text in ("=A1", *texts[:-1], "_x005F_x0041_")
    ]
    assert text_at(kent, "scorecard_title") == "=SUM(1)"


def test_libreoffice_shows_such_text_and_does_not_calculate_it(calc: Calc, kent: Path) -> None:
    change_indicator(kent, "cafs_completed", name="=1+1", section="@SUM(1)")
    change_settings(kent, title="-1+2")
    refreshed(kent)
    with calc.open(kent) as book:
        book.recalculate()
        shown = [book.shown("Scorecard", cell)[0][0] for cell in ("A1", "A7", "A8")]
    assert shown == ["-1+2", "@SUM(1)", "=1+1"]


def test_headings_follow_the_settings(kent: Path) -> None:
    change_settings(kent, target_label="13/14", outturn_label="March 13")
    refreshed(kent)
    assert text_at(kent, "column_target") == "Target for 13/14"
    assert text_at(kent, "column_outturn") == "Outturn (March 13) Result"


def test_a_heading_reworded_by_the_analyst_is_left_alone(kent: Path) -> None:
    edited(kent, {"Scorecard!H6": "What we promised", "Scorecard!K6": "Last March"})
    change_settings(kent, target_label="13/14", outturn_label="March 13")
    refreshed(kent)
    assert text_at(kent, "column_target") == "What we promised"
    assert text_at(kent, "column_outturn") == "Last March"


def test_the_footer_says_area_period_and_version(kent: Path) -> None:
    change_settings(
        kent, area="Kent & Medway", period_label="2013 Q1", version="2.0", status="draft"
    )
    refreshed(kent)
    footer = b"&amp;8Kent &amp;&amp; Medway, 2013 Q1, version 2.0 draft&amp;C"
    assert footer in part_of(kent, SCORECARD)


def test_the_footer_leaves_out_what_xml_cannot_hold(kent: Path) -> None:
    edited(kent, {"'Settings'!B5": "Kent\x01Medway"})
    refreshed(kent)
    assert b"&amp;8Kent Medway, Jan 2013" in part_of(kent, SCORECARD)


def test_a_skeleton_is_filled_from_nothing(tmp_path: Path) -> None:
    path = skeleton_in(tmp_path)
    refreshed(path)
    book = openpyxl.load_workbook(path)
    assert area_of_name(book, "scorecard_summary") == ("Scorecard", 54, 1)
    assert shown_rows(path) == PUBLISHED
