"""``batch``: a workbook an area and date, an index, and only what is missing or has changed."""

from __future__ import annotations

import csv
import json
import random
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import openpyxl
import pytest

from scorecard_xl import open_workbook, refresh
from tests.batch.areas import districts, kent_counts, write_counts
from tests.judges.absence import need_libreoffice
from tests.judges.package_check import problems_of_package
from tests.scorecards import KENT, change_indicator, copy_of, edited, place_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.command import Command, Run

DAY = "2013-01-31"


@pytest.fixture
def areas() -> dict[str, dict[str, object]]:
    return districts(4, random.Random(1))


@pytest.fixture
def batch(run: Command, tmp_path: Path) -> Callable[..., Run]:
    """Makes scorecards from counts.csv into the folder out, by two processes."""

    def ended(*arguments: object) -> Run:
        template = () if "--template" in arguments else ("--template", KENT)
        output = ("--output", "out", "--workers", "2")
        return run("batch", tmp_path / "counts.csv", *template, *output, *arguments)

    return ended


def parents_of(tmp_path: Path, areas: dict[str, dict[str, object]]) -> Path:
    path = tmp_path / "areas.csv"
    lines = [f"{area},Kent\n" for area in areas]
    path.write_text("Area,Parent\n" + "".join(lines), encoding="utf-8")
    return path


def made(tmp_path: Path, area: str) -> Path:
    return tmp_path / "out" / f"{area} {DAY}.xlsx"


def shown(path: Path) -> dict[str, dict[str, object]]:
    with open_workbook(path) as workbook:
        record = refresh(workbook).scorecard.to_record()
    return {row["indicator"]: row for row in record["results"]}


def test_the_templates_own_area_is_what_refresh_with_counts_makes(
    run: Command, batch: Callable[..., Run], tmp_path: Path
) -> None:
    own = {code: value + 3 for code, value in kent_counts().items()}
    write_counts(tmp_path / "counts.csv", {"Kent": own})
    assert batch().code == 0
    by_hand = copy_of(KENT, tmp_path / "by_hand")
    assert run("refresh", by_hand, "--counts", tmp_path / "counts.csv").code == 0
    assert made(tmp_path, "Kent").read_bytes() == by_hand.read_bytes()


def test_every_workbook_is_whole_and_a_refresh_changes_nothing_in_it(
    batch: Callable[..., Run],
    tmp_path: Path,
    areas: dict[str, dict[str, object]],
    validator_problems: Callable[[Path], list[str]],
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    ended = batch("--areas", parents_of(tmp_path, areas))
    assert ended.code == 0
    assert "5 scorecards made, 0 up to date, 0 failed" in ended.out
    for area in (*areas, "Kent"):
        path = made(tmp_path, area)
        assert problems_of_package(path) == problems_of_package(KENT)
        before = path.read_bytes()
        with open_workbook(path) as workbook:
            refresh(workbook)
            assert workbook.to_bytes() == before
    assert validator_problems(made(tmp_path, "District 2")) == []
    assert validator_problems(made(tmp_path, "Kent")) == []


def test_the_county_shows_what_its_districts_add_up_to(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    assert batch("--areas", parents_of(tmp_path, areas)).code == 0
    total = {code: sum(float(str(own[code])) for own in areas.values()) for code in kent_counts()}
    write_counts(tmp_path / "counts.csv", {"Kent": total})
    assert batch("--output", "whole").code == 0
    whole = shown(tmp_path / "whole" / f"Kent {DAY}.xlsx")
    added = shown(made(tmp_path, "Kent"))
    assert {code: row["result"] for code, row in added.items()} == {
        code: row["result"] for code, row in whole.items()
    }
    assert [row["rag"] for row in added.values()] == [row["rag"] for row in whole.values()]


def test_a_county_with_a_missing_district_does_not_pretend(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    del areas["District 1"]["referrals_r12m"]
    write_counts(tmp_path / "counts.csv", areas)
    assert batch("--areas", parents_of(tmp_path, areas)).code == 0
    referrals = shown(made(tmp_path, "Kent"))["referrals"]
    assert (referrals["state"], referrals["result"], referrals["rag"]) == (
        "not_available", None, None,
    )  # fmt: skip
    source = place_in(made(tmp_path, "Kent"), "Counts", "referrals_r12m", "Source")
    cell = openpyxl.load_workbook(made(tmp_path, "Kent"))["Counts"][source.rpartition("!")[2]]
    assert cell.value == "Not added up: District 1 has no usable count"


def test_a_district_without_any_counts_is_told_and_nothing_is_added_up(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    parents = parents_of(tmp_path, areas)
    del areas["District 3"]
    write_counts(tmp_path / "counts.csv", areas)
    ended = batch("--areas", parents)
    assert ended.err == (
        "Kent, 31/01/2013: District 3 has no counts, so that nothing is added up; add them to the "
        "counts, or take them out of the areas.\n"
    )
    assert all(row["rag"] is None for row in shown(made(tmp_path, "Kent")).values())


def test_a_county_that_is_given_twice_over_fails(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    parents = parents_of(tmp_path, areas)
    write_counts(tmp_path / "counts.csv", {**areas, "Kent": {"referrals_r12m": 9}})
    ended = batch("--areas", parents)
    assert ended.code == 1
    assert ended.err == (
        "Kent, 31/01/2013: referrals_r12m is given for the whole and for the areas under it, which "
        "are added up; take one of the two out.\n"
    )
    assert not made(tmp_path, "Kent").exists()


def test_bad_counts_are_told_and_do_not_stop_the_others(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    areas["District 0"]["referrals_r12m"] = -3
    areas["District 2"]["no_such_code"] = 1
    write_counts(tmp_path / "counts.csv", areas)
    with (tmp_path / "counts.csv").open("a", encoding="utf-8") as file:
        file.write(f"District 3,{DAY},referrals_r12m,5\nDistrict 3,spring,referrals_r12m,5\n")
    ended = batch()
    assert ended.code == 1
    assert "1 scorecard made, 0 up to date, 4 failed" in ended.out
    told = ended.err.splitlines()
    assert told == [
        "counts.csv, line 260: as_at 'spring' is not a date; write dates as 2013-01-31.",
        "District 3, 31/01/2013: referrals_r12m is given more than once; leave one row of each.",
        "District 0, 31/01/2013: referrals_r12m is -3; counts start at 0.",
        "District 2, 31/01/2013: 'no_such_code' is not among the codes of 'Counts'!A5:G68; add a "
        "row for it, or take it out.",
    ]
    report = (tmp_path / "out" / "report.txt").read_text(encoding="utf-8-sig")
    assert report.splitlines() == told


def test_what_is_wrong_with_all_is_told_once(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    template = copy_of(KENT, tmp_path / "template")
    change_indicator(template, "referrals", polarity="X")
    areas["District 3"]["referrals_r12m"] = -3
    write_counts(tmp_path / "counts.csv", areas)
    ended = batch("--template", template)
    place = place_in(template, "Indicators", "referrals", "Polarity")
    reason = f"{place}: polarity 'X' is not known; use H, L or T, or leave it blank."
    alone = "District 3, 31/01/2013: referrals_r12m is -3; counts start at 0."
    told = f"District 0, 31/01/2013 and 3 more: {reason}"
    assert (ended.code, ended.err.splitlines()) == (1, [told, alone])
    report = (tmp_path / "out" / "report.txt").read_text(encoding="utf-8-sig")
    whose = [f"- District {number}, 31/01/2013" for number in range(4)]
    assert report.splitlines() == [told, *whose, alone]


def test_only_what_has_changed_is_made_again(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    batch()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("District*")}
    assert "0 scorecards made, 4 up to date" in batch().out
    areas["District 2"]["referrals_r12m"] = 777
    write_counts(tmp_path / "counts.csv", areas)
    assert "1 scorecard made, 3 up to date" in batch().out
    changed = [path.name for path, time in before.items() if path.stat().st_mtime_ns != time]
    assert changed == [f"District 2 {DAY}.xlsx"]
    made(tmp_path, "District 1").unlink()
    assert "1 scorecard made, 3 up to date" in batch().out
    assert "4 scorecards made, 0 up to date" in batch("--fill", "values").out


def test_a_workbook_that_was_changed_by_hand_is_not_lost(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    batch()
    path = made(tmp_path, "District 1")
    edited(path, {"'Commentary'!C5": "More came from schools."})
    by_hand = path.read_bytes()
    assert "1 changed by hand and left alone" in batch().out
    areas["District 1"]["referrals_r12m"] = 777
    write_counts(tmp_path / "counts.csv", areas)
    ended = batch()
    assert (ended.code, path.read_bytes()) == (1, by_hand)
    assert ended.err == (
        f"District 1, 31/01/2013: {path.name} is there, changed by hand, and its facts have "
        "changed, too; move it away, or --force to replace it.\n"
    )
    assert batch("--force").code == 0
    assert path.read_bytes() != by_hand


def test_a_file_that_no_batch_made_is_not_replaced(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    made(tmp_path, "District 1").parent.mkdir()
    made(tmp_path, "District 1").write_bytes(b"mine")
    ended = batch()
    assert "not made by a batch; move it away, or --force to replace it." in ended.err
    assert made(tmp_path, "District 1").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["index.xlsx", "report.txt"])
def test_an_index_or_a_report_of_somebody_elses_is_kept(
    name: str, batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    areas["District 0"]["referrals_r12m"] = -3
    write_counts(tmp_path / "counts.csv", areas)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_bytes(b"mine")
    ended = batch()
    assert f"{name} is there, and is not as a batch made it; move it away, or" in ended.err
    del areas["District 0"]["referrals_r12m"]
    write_counts(tmp_path / "counts.csv", areas)
    batch()
    assert (tmp_path / "out" / name).read_bytes() == b"mine"
    if name == "index.xlsx":
        assert batch("--force").code == 0
        assert (tmp_path / "out" / name).read_bytes() != b"mine"


def test_the_template_is_never_replaced(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    template = made(tmp_path, "District 1")
    template.parent.mkdir()
    template.write_bytes(KENT.read_bytes())
    ended = batch("--template", template, "--force")
    assert ended.err == (
        f"District 1, 31/01/2013: {template.name} is there, read by this batch; choose another "
        "folder.\n"
    )
    assert template.read_bytes() == KENT.read_bytes()


def test_a_folder_in_a_workbooks_place_fails_that_workbook_alone(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    made(tmp_path, "District 1").mkdir(parents=True)
    assert "3 scorecards made, 0 up to date, 1 failed" in batch().out


def test_a_sum_has_no_part_that_is_wrong(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    areas["District 1"]["referrals_r12m"] = -5
    for area in areas:
        areas[area]["cp_plans"] = 2.5
    write_counts(tmp_path / "counts.csv", areas)
    batch("--areas", parents_of(tmp_path, areas))
    rows = shown(made(tmp_path, "Kent"))
    assert rows["referrals"]["result"] is None
    assert rows["cp_plans"]["result"] is None
    assert rows["children_in_need"]["result"] is not None


def test_areas_that_no_table_of_counts_or_of_areas_knows_are_told(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    parents = parents_of(tmp_path, areas)
    areas["Distrct 4"] = areas["District 3"]
    write_counts(tmp_path / "counts.csv", areas)
    (tmp_path / "targets.csv").write_text("Area,Indicator,Target\nDover,referrals,5\n")
    ended = batch("--areas", parents, "--targets", tmp_path / "targets.csv")
    assert ended.code == 0
    assert ended.err.splitlines() == [
        "Distrct 4 is not among the areas, and in no total; correct the name, or add it to the "
        "areas, without a parent if it has none.",
        "The targets: dover has no counts; correct the name, or take it out.",
    ]


def test_targets_and_histories_that_are_given_twice_or_are_no_figures_are_told(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    (tmp_path / "targets.csv").write_text(
        "Area,Indicator,Target\nDistrict 0,referrals,5\nDistrict 0,Referrals,6\n"
        "District 1,referrals,many\n"
    )
    (tmp_path / "history.csv").write_text(
        "Area,As at,Indicator,Result\nDistrict 2,2012-12-31,referrals,5\n"
        "District 2,2012-12-31,referrals,6\nDistrict 2,2012-12-31,,6\n"
    )
    tables = ("--history", tmp_path / "history.csv", "--targets", tmp_path / "targets.csv")
    assert batch(*tables).err.splitlines() == [
        "history.csv, line 4: the row names no indicator; give it one.",
        "District 0, 31/01/2013: target of referrals is given more than once; leave one row of "
        "each.",
        "District 2, 31/01/2013: history of referrals as at 2012-12-31 is given more than once; "
        "leave one row of each.",
        "District 1, 31/01/2013: targets of referrals: target 'many' is not a number; type a "
        "number, or leave it blank.",
    ]


def test_an_areas_own_history_comes_before_everyones(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    (tmp_path / "history.csv").write_text(
        "Area,As at,Indicator,Result\nDistrict 1,2012-12-31,referrals,7\n,2012-12-31,referrals,5\n"
    )
    assert batch("--history", tmp_path / "history.csv").code == 0
    found = [shown(made(tmp_path, f"District {i}"))["referrals"]["previous"] for i in (0, 1)]
    assert found == [5.0, 7.0]


@pytest.mark.parametrize(
    ("area", "day", "told"),
    [
        pytest.param("a\0b", DAY, "has a line break, a tab or the like in its name", id="NUL"),
        pytest.param("a\nb", DAY, "has a line break, a tab or the like in its name", id="lines"),
        pytest.param("x" * 201, DAY, "has 201 letters; give it at most 200", id="long"),
        pytest.param("Deal", "1850-01-31", "'1850-01-31' is not a date", id="no date of Excel's"),
        pytest.param("Deal", "9999-12-31", "'9999-12-31' is not a date", id="the last date"),
    ],
)
def test_names_and_dates_that_no_workbook_can_hold_are_told(
    batch: Callable[..., Run], tmp_path: Path, area: str, day: str, told: str
) -> None:
    with (tmp_path / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([("Area", "As at", "Code", "Value"), (area, day, "referrals_r12m", 5)])
    ended = batch()
    assert (ended.code, len(ended.err.splitlines())) == (1, 1)
    assert told in ended.err


def test_a_row_without_an_area_among_areas_is_not_the_templates(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    with (tmp_path / "counts.csv").open("a", encoding="utf-8") as file:
        file.write(f" ,{DAY},referrals_r12m,5\n")
    assert batch().err == "counts.csv, line 258: the row names no area; give it one.\n"
    assert not made(tmp_path, "Kent").exists()


def test_the_index_is_printed_with_its_headings_on_every_page(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    batch()
    sheet = openpyxl.load_workbook(tmp_path / "out" / "index.xlsx")[DAY]
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$3", "$A:$A")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    longest = max(len(str(cell.value)) for cell in sheet["A"][3:])
    assert sheet.column_dimensions["A"].width == longest


def test_the_index_shows_every_letter_and_leads_to_every_workbook(
    batch: Callable[..., Run],
    tmp_path: Path,
    areas: dict[str, dict[str, object]],
    validator_problems: Callable[[Path], list[str]],
) -> None:
    areas["A/B & Co"] = areas.pop("District 3")
    areas["District 0"]["referrals_r12m"] = -3
    write_counts(tmp_path / "counts.csv", areas)
    batch()
    path = tmp_path / "out" / "index.xlsx"
    assert validator_problems(path) == []
    assert problems_of_package(path) == []
    sheet = openpyxl.load_workbook(path)[DAY]
    headings = [cell.value for cell in sheet[3]]
    assert headings == [
        "Indicator",
        "District 0 (not made)",
        "District 1",
        "District 2",
        "A/B & Co",
    ]
    for column in "CDE":
        linked = {cell.hyperlink.target for cell in sheet[column][2:]}
        (target,) = linked
        assert (tmp_path / "out" / unquote(target)).exists()
    assert not any(cell.hyperlink for cell in sheet["B"])
    results = shown(made(tmp_path, "District 1"))
    # openpyxl shows where a blank cell leads to.
    cells = [cell for cell in sheet["C"][3:] if cell.value != cell.hyperlink.target]
    letters = {sheet.cell(cell.row, 1).value: cell.value for cell in cells if cell.value}
    assert letters == {row["name"]: _in_index(row) for row in results.values() if _in_index(row)}
    fills = {cell.value[0]: cell.fill.fgColor.rgb for cell in cells if cell.value}
    assert fills["R"] != fills["G"]


def _in_index(row: dict[str, object]) -> str:
    arrows = {"improved": "↑", "worsened": "↓", "same": "→"}
    dots = [arrows.get(str(row[f"dot_{name}"]), " ") for name in ("previous", "outturn")]
    return f"{row['rag'] or ''} {' '.join(dots)}".strip()


def test_history_of_the_templates_area_is_not_anothers(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    batch()
    assert all(row["previous"] is None for row in shown(made(tmp_path, "District 1")).values())


def test_history_and_targets_are_each_areas_own(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    (tmp_path / "history.csv").write_text(
        "Area,As at,Indicator,Result\n"
        "District 1,31/12/2012,referrals_to_initial_assessment,69.5\n"
        "District 2,2012-12-31,referrals_to_initial_assessment,12%\n",
        encoding="utf-8",
    )
    (tmp_path / "targets.csv").write_text(
        "Indicator,Target,Area\nreferrals_to_initial_assessment,50,\n"
        "referrals_to_initial_assessment,80%,District 2\n",
        encoding="utf-8",
    )
    tables = ("--history", tmp_path / "history.csv", "--targets", tmp_path / "targets.csv")
    assert batch(*tables).code == 0
    found = [
        (row["previous"], row["target"])
        for i in range(3)
        for row in [shown(made(tmp_path, f"District {i}"))["referrals_to_initial_assessment"]]
    ]
    assert found == [(None, 0.5), (0.695, 0.5), (0.12, 0.8)]


def test_parquet_excel_and_folders_give_the_same_workbooks(
    run: Command, batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    import pandas as pd

    path = write_counts(tmp_path / "counts.csv", areas)
    batch()
    table = pd.read_csv(path, parse_dates=["As at"])
    folder = tmp_path / "tables"
    folder.mkdir()
    table[:100].to_parquet(folder / "a.parquet")
    table[100:].to_excel(folder / "b.xlsx", index=False)
    assert run("batch", folder, "--template", KENT, "--output", "other").code == 0
    for area in areas:
        other = tmp_path / "other" / f"{area} {DAY}.xlsx"
        assert other.read_bytes() == made(tmp_path, area).read_bytes()


def test_a_second_period_gets_its_own_dates_and_labels(
    batch: Callable[..., Run], tmp_path: Path
) -> None:
    with (tmp_path / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "value", "as_at"])
        for as_at in (DAY, "2013-02-28"):
            writer.writerows([code, value, as_at] for code, value in kent_counts().items())
    assert "2 scorecards made" in batch().out
    with open_workbook(tmp_path / "out" / "Kent 2013-02-28.xlsx") as workbook:
        settings = refresh(workbook).scorecard.settings
    assert (settings.period_label, str(settings.previous_as_at)) == ("Feb 2013", "2013-01-31")


def test_supplied_results_are_not_added_up(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    template = copy_of(KENT, tmp_path / "template")
    change_indicator(template, "referrals", measure="supplied", denominator=None)
    write_counts(tmp_path / "counts.csv", areas)
    assert batch("--areas", parents_of(tmp_path, areas), "--template", template).code == 0
    assert shown(made(tmp_path, "Kent"))["referrals"]["state"] == "not_available"


def test_a_count_that_is_a_formula_is_refused_with_its_cell(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    from scorecard_xl.workbook.cell_content import Formula

    template = copy_of(KENT, tmp_path / "template")
    edited(template, {"'Counts'!D6": Formula("=D5+1", 5.0)})
    write_counts(tmp_path / "counts.csv", areas)
    ended = batch("--template", template)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("'Counts'!D6: the count is a formula, which a batch cannot")


def test_the_manifest_has_a_line_a_workbook_and_one_for_the_index(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    write_counts(tmp_path / "counts.csv", areas)
    batch()
    lines = (tmp_path / "out" / ".batch" / "manifest.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["area"] for entry in entries] == [*areas, ""]
    assert entries.pop()["file"] == "index.xlsx"
    assert all(re.fullmatch(r"[GAR-]{42}", entry["rag"]) for entry in entries)
    assert sorted(path.name for path in (tmp_path / "out" / ".batch").iterdir()) == [
        "leader.lock", "manifest.jsonl", "template.xlsx", "workers.lock",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(("nowhere.csv",), 3, "nowhere.csv was not found", id="no counts"),
        pytest.param(("counts.txt",), 3, "is neither .csv, .parquet nor .xlsx", id="ending"),
        pytest.param(("wrong.csv",), 3, "has no columns Code and Value", id="headings"),
        pytest.param(("empty.csv",), 3, "empty.csv has no counts below its headings", id="empty"),
        pytest.param((".",), 1, "out holds the tables; choose another folder", id="same folder"),
    ],
)
def test_tables_that_cannot_be_read(
    run: Command, tmp_path: Path, arguments: tuple[str], code: int, told: str
) -> None:
    (tmp_path / "counts.txt").write_text("x")
    (tmp_path / "wrong.csv").write_text("Area,Number\nKent,1\n")
    (tmp_path / "empty.csv").write_text("Area,Code,Value\n")
    (tmp_path / "out").mkdir()
    counts = "out" if arguments == (".",) else arguments[0]
    ended = run("batch", counts, "--template", KENT, "--output", "out")
    assert ended.code == code
    assert told in ended.err


def test_each_is_printed_once_and_again_where_it_has_changed_over_no_others_file(
    batch: Callable[..., Run], tmp_path: Path, areas: dict[str, dict[str, object]]
) -> None:
    need_libreoffice()
    two = {area: areas[area] for area in ("District 1", "District 2")}
    write_counts(tmp_path / "counts.csv", two)
    assert "2 scorecards made, 0 up to date, 2 printed" in batch("--pdf").out
    pdf = made(tmp_path, "District 1").with_suffix(".pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert " printed, " not in batch("--pdf").out
    two["District 2"]["referrals_r12m"] = 777
    write_counts(tmp_path / "counts.csv", two)
    assert "1 scorecard made, 1 up to date, 1 printed" in batch("--pdf").out
    pdf.write_bytes(b"mine")
    two["District 1"]["referrals_r12m"] = 777
    write_counts(tmp_path / "counts.csv", two)
    assert f"{pdf.name} is there, and is not as a batch made it" in batch("--pdf").err
    assert pdf.read_bytes() == b"mine"
