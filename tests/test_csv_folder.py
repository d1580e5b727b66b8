from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.csv_folder import Inputs, read_csv_folder
from scorecard_xl.exceptions import InvalidInputsError
from scorecard_xl.rules import problems_of

if TYPE_CHECKING:
    from pathlib import Path

INDICATORS = (
    "indicator,section,name,polarity,data_period,measure,numerator,denominator,target,floor,"
    "green_tolerance,amber_tolerance,tolerance_unit\n"
)
FILES = {
    "counts": "code,count,data_period,value\nvisits,Visits,SS,75\ndue,Visits due,SS,100\n",
    "indicators": INDICATORS + "in_time,HOW ?,Visits,H,SS,percentage,visits,due,80%,,,,\n",
    "settings": "name,value\narea,Kent\nas_at,2013-01-31\n",
}


def folder_of(folder: Path, **files: str | bytes | None) -> Path:
    for name, content in (FILES | files).items():
        if content is not None:
            encoded = content.encode() if isinstance(content, str) else content
            (folder / f"{name}.csv").write_bytes(encoded)
    return folder


def read(folder: Path, **files: str | bytes | None) -> Inputs:
    return read_csv_folder(folder_of(folder, **files))


def errors_of(folder: Path, **files: str | bytes | None) -> list[str]:
    with pytest.raises(InvalidInputsError) as raised:
        read(folder, **files)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("measure", "target", "expected"),
    [
        pytest.param("percentage", "69.5", 0.695, id="a percentage without a sign"),
        pytest.param("percentage", "69.5%", 0.695, id="a percentage with one"),
        pytest.param("Percentage", "68.9", 0.689, id="not a float away from 0.689"),
        pytest.param("rate", "543.7", 543.7, id="a rate"),
        pytest.param("count", '"1,234"', 1234.0, id="thousands"),
        pytest.param("rate", "", None, id="a blank"),
    ],
)
def test_targets_are_in_the_units_of_the_rules(
    tmp_path: Path, measure: str, target: str, expected: float | None
) -> None:
    row = f"in_time,HOW ?,Visits,H,SS,{measure},visits,due,{target},,,,\n"
    assert read(tmp_path, indicators=INDICATORS + row).indicators["target"].item() == expected


@pytest.mark.parametrize(
    ("measure", "tolerance", "unit", "expected"),
    [
        pytest.param("percentage", "10%", "", 0.1, id="a share with a sign"),
        pytest.param("percentage", "0.1", "share", 0.1, id="a share without"),
        pytest.param("percentage", "5", "points", 0.05, id="points of a percentage"),
        pytest.param("percentage", "5%", "Points", 0.05, id="points with a sign"),
        pytest.param("rate", "5", "points", 5.0, id="points of a rate"),
    ],
)
def test_tolerances_are_in_the_units_of_the_rules(
    tmp_path: Path, measure: str, tolerance: str, unit: str, expected: float
) -> None:
    row = f"in_time,HOW ?,Visits,H,SS,{measure},visits,due,80,,,{tolerance},{unit}\n"
    frame = read(tmp_path, indicators=INDICATORS + row).indicators
    assert frame["amber_tolerance"].item() == expected


def test_history_is_in_the_units_of_its_indicators(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        history="as_at,indicator,result,Restated\n2012-12-31,IN_TIME,69.5,N/A\n2012-12-31,old,69.5,\n",
    ).history
    assert history["result"].tolist() == [0.695, 69.5]
    assert history["restated"].tolist() == ["N/A", None]
    assert history["as_at"].tolist() == [dt.date(2012, 12, 31)] * 2


def test_counts_are_numbers_or_words(tmp_path: Path) -> None:
    counts = "code,count,data_period,value\na,A,SS,75\nb,B,SS,TBS\nc,C,SS,\nd,D,SS,soon\n"
    assert read(tmp_path, counts=counts).counts["value"].tolist() == [75.0, "TBS", None, "soon"]


def test_history_and_commentary_may_be_absent(tmp_path: Path) -> None:
    inputs = read(tmp_path)
    assert inputs.history.columns.tolist() == ["as_at", "indicator", "result"]
    assert (len(inputs.history), len(inputs.commentary)) == (0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_files_are_read_as_people_save_them(tmp_path: Path, encoding: str) -> None:
    counts = "code,count,data_period,value\nvisits,Visits – Ségolène,SS,75\n".encode(encoding)
    frame = read(tmp_path, counts=counts).counts
    assert (frame.columns[0], frame["count"].item()) == ("code", "Visits – Ségolène")


def test_headings_match_without_case_and_with_spaces(tmp_path: Path) -> None:
    counts = " CODE ,Count,Data Period,Value,\r\nvisits,Visits,SS,75,\r\n"
    assert read(tmp_path, counts=counts).counts.to_dict("records") == [
        {"code": "visits", "count": "Visits", "data_period": "SS", "value": 75.0}
    ]


@pytest.mark.parametrize("name", ["counts", "indicators", "settings"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    assert errors_of(tmp_path, **{name: None}) == [
        f"{name}.csv: there is no such file; put it in {tmp_path.name!r}."
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"counts": "code,count,value\nvisits,Visits,75\n"},
            "counts.csv, line 1: there is no heading 'data_period';"
            " the headings are code, count, data_period, value.",
            id="a missing heading",
        ),
        pytest.param(
            {"counts": "code,count,data_period,value,Value\n"},
            "counts.csv, line 1: heading 'value' is there twice; keep one.",
            id="a heading twice",
        ),
        pytest.param(
            {"indicators": INDICATORS + "a,S,N,H,SS,rate,visits,due,1 in 10,,,,\n"},
            "indicators.csv, line 2: target '1 in 10' is not a number;"
            " write a number such as 69.5.",
            id="a target in words",
        ),
        pytest.param(
            {"history": "as_at,indicator,result\n\n31/12/2012,a,1\n"},
            "history.csv, line 3: as at '31/12/2012' is not a date; write dates as 2013-01-31.",
            id="a date as Excel writes it, after a blank line",
        ),
        pytest.param(
            {"settings": "name,value\narea,Kent\nas_at,31/01/2013\n"},
            "settings.csv, line 3: as_at '31/01/2013' is not a date; write dates as 2013-01-31.",
            id="a date among the settings",
        ),
        pytest.param(
            {"counts": 'code,count,data_period,value\nvisits,"two\nlines",SS,1\ndue,A,b,SS,2\n'},
            "counts.csv, line 4: there are 5 values under 4 headings;"
            " put text that holds a comma in double quotes.",
            id="an unquoted comma, after a value of two lines",
        ),
    ],
)
def test_what_cannot_be_read_is_told_by_file_and_line(
    tmp_path: Path, files: dict[str, str], expected: str
) -> None:
    assert errors_of(tmp_path, **files) == [expected]


def test_everything_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    found = errors_of(
        tmp_path,
        counts=None,
        history="as_at,indicator,result\nMarch,a,good\n",
    )
    assert [sentence.split(":")[0] for sentence in found] == [
        "counts.csv",
        "history.csv, line 2",
        "history.csv, line 2",
    ]


def test_a_problem_of_the_rules_is_located_by_file_and_line(tmp_path: Path) -> None:
    counts = "code,count,data_period,value\n\nvisits,Visits,SS,-3\ndue,Due,SS,100\n"
    inputs = read(tmp_path, counts=counts)
    found = problems_of(inputs.indicators, inputs.counts, inputs.history, inputs.settings)
    assert str(inputs.located(found[0])) == ("counts.csv, line 3: visits is -3; counts start at 0.")
