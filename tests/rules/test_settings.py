from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
import pytest

from scorecard_xl.exceptions import InvalidInputsError
from scorecard_xl.problems import Severity
from scorecard_xl.rules import (
    SETTING_NAMES,
    Compare,
    Fill,
    Frequency,
    Polarity,
    Settings,
    YearStart,
    read_settings,
)
from tests.rules.frames import codes_of, setting_table, settings_as_at

JANUARY_31 = dt.date(2013, 1, 31)


def test_area_and_date_are_enough() -> None:
    assert Settings.from_frame(setting_table()) == Settings(
        area="Kent",
        as_at=JANUARY_31,
        title="Scorecard - Kent",
        period_label="Jan 2013",
        target_label="12/13",
        previous_as_at=dt.date(2012, 12, 31),
        outturn_as_at=dt.date(2012, 3, 31),
        outturn_label="March 12",
        rate_base=10_000.0,
        green_tolerance=dict.fromkeys(Polarity),
        amber_tolerance=dict.fromkeys(Polarity),
        previous_words="last month",
        current_words="this month",
        frequency=Frequency.MONTH,
        year_start=YearStart(month=4, day=1),
        fill=Fill.FORMULAS,
        compare=Compare.UNROUNDED,
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        pytest.param("as_at", "2013-01-31", JANUARY_31, id="a date as text"),
        pytest.param("as_at", dt.datetime(2013, 1, 31, 9), JANUARY_31, id="a date and time"),
        pytest.param("as_at", pd.Timestamp("2013-01-31"), JANUARY_31, id="a timestamp"),
        pytest.param("rate_base", "1,000", 1000.0, id="a number as text"),
        pytest.param("rate_base", 100000, 100000.0, id="a number"),
        pytest.param("same_within", "2%", 0.02, id="a percentage as text"),
        pytest.param("same_within", 0.02, 0.02, id="a share"),
        pytest.param("minimum_denominator", math.nan, None, id="a blank"),
        pytest.param("minimum_denominator", 5, 5.0, id="a minimum"),
        pytest.param("compare", "As shown", Compare.AS_SHOWN, id="a choice without case"),
        pytest.param("compare", "as_shown", Compare.AS_SHOWN, id="a choice with an underscore"),
        pytest.param("fill", "values", Fill.VALUES, id="fill"),
        pytest.param("frequency", "quarter", Frequency.QUARTER, id="frequency"),
        pytest.param("period_label", dt.date(2013, 1, 1), "Jan 2013", id="a period as a date"),
        pytest.param("target_label", 2013.0, "2013", id="a label as a number"),
        pytest.param("year_start", "01-01", YearStart(month=1, day=1), id="a year start"),
        pytest.param(
            "year_start", dt.date(2013, 9, 1), YearStart(month=9, day=1), id="a start as a date"
        ),
        pytest.param("title", None, "Scorecard - Kent", id="a blank title is derived"),
        pytest.param("version", "1.0", "1.0", id="a version"),
    ],
)
def test_a_value_is_read_typed_or_as_written(name: str, value: Any, expected: Any) -> None:
    assert getattr(Settings.from_frame(setting_table(**{name: value})), name) == expected


def test_tolerances_are_read_by_polarity() -> None:
    settings = Settings.from_frame(setting_table(green_tolerance_T="5%", amber_tolerance_H=0.1))
    assert settings.green_tolerance[Polarity.TARGET] == 0.05
    assert settings.amber_tolerance[Polarity.HIGH] == 0.1
    assert settings.green_tolerance[Polarity.HIGH] is None


def test_names_match_without_case_and_with_spaces() -> None:
    frame = pd.DataFrame(
        {"name": ["AREA", "As at", " rate  Base"], "value": ["Kent", JANUARY_31, 1]}
    )
    assert Settings.from_frame(frame).rate_base == 1.0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, ("Jan 2013", "12/13", "March 12", "last month"), id="monthly"),
        pytest.param(
            {"frequency": Frequency.QUARTER, "as_at": dt.date(2013, 3, 31)},
            ("Mar 2013", "12/13", "March 12", "last quarter"),
            id="quarterly",
        ),
        pytest.param(
            {"year_start": YearStart(month=1, day=1)},
            ("Jan 2013", "2013", "December 12", "last month"),
            id="a calendar year",
        ),
    ],
)
def test_labels_are_derived_from_dates(changes: dict[str, Any], expected: tuple[str, ...]) -> None:
    own = settings_as_at(**changes)
    found = own.period_label, own.target_label, own.outturn_label, own.previous_words
    assert found == expected


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        pytest.param(
            {"area": None},
            "setting_missing",
            "area is blank; name the council or district.",
            id="no area",
        ),
        pytest.param(
            {"as_at": "31/01/2013"},
            "not_a_date",
            "as_at '31/01/2013' is not a date; the cell holds text: format it as a date, and type "
            "it anew.",
            id="a date that is text",
        ),
        pytest.param(
            {"outturn_label": dt.date(2012, 3, 1)},
            "label_is_date",
            "outturn_label is the date 2012-03-01;"
            " type it with an apostrophe in front, such as 'March 12.",
            id="a label that Excel made a date",
        ),
        pytest.param(
            {"fill": "formula"},
            "unknown_fill",
            "fill 'formula' is not known; use formulas or values.",
            id="no such choice",
        ),
        pytest.param(
            {"rate_base": 0},
            "out_of_range",
            "rate_base is 0; it must be above 0.",
            id="a rate per nothing",
        ),
        pytest.param(
            {"same_within": -0.1},
            "out_of_range",
            "same_within is -0.1; it must be 0 or more.",
            id="a negative share",
        ),
        pytest.param(
            {"minimum_denominator": "few"},
            "not_a_number",
            "minimum_denominator 'few' is not a number; type a number, or leave it blank.",
            id="a word for a number",
        ),
        pytest.param(
            {"year_start": "04-31"},
            "not_a_month_and_day",
            "year_start '04-31' is not a month and day; type 04-01 for 1 April.",
            id="no such day",
        ),
        pytest.param(
            {"previous_as_at": JANUARY_31},
            "not_before_as_at",
            "previous_as_at 2013-01-31 is not before as_at 2013-01-31;"
            " type an earlier date, or leave it blank.",
            id="compared with itself",
        ),
        pytest.param(
            {"area": object},
            "not_text",
            "area <class 'object'> is not text; type it as text.",
            id="what is neither text nor number",
        ),
    ],
)
def test_an_error_says_what_is_there_and_what_would_do(
    changes: dict[str, Any], code: str, sentence: str
) -> None:
    settings, (problem,) = read_settings(setting_table(**changes))
    assert settings is None
    assert (problem.code, str(problem).split(": ", 1)[1]) == (code, sentence)


def test_amber_below_green_is_an_error() -> None:
    _, (problem,) = read_settings(setting_table(green_tolerance_T=0.15, amber_tolerance_T=0.05))
    assert str(problem) == (
        "Settings, row 4, value: amber_tolerance_T is 0.05, below green_tolerance_T of 0.15;"
        " amber reaches at least as far as green."
    )


def test_an_unknown_name_is_a_warning() -> None:
    settings, (problem,) = read_settings(setting_table(colour="blue"))
    assert settings is not None
    assert (problem.code, problem.severity) == ("unknown_setting", Severity.WARNING)


def test_a_name_given_twice_is_an_error() -> None:
    frame = pd.concat([setting_table(), setting_table().iloc[:1]])
    assert codes_of(read_settings(frame)[1]) == ["duplicate_setting"]


def test_a_date_that_is_missing_is_told() -> None:
    frame = pd.DataFrame({"name": ["area"], "value": ["Kent"]})
    with pytest.raises(InvalidInputsError, match="as_at is blank; type the date"):
        Settings.from_frame(frame)


def test_another_area_and_date_derive_what_hangs_on_them() -> None:
    own = settings_as_at(title="Scorecard - Kent, inc UASC", outturn_label="2011/12")
    there = own.at(area="Medway", as_at=dt.date(2012, 4, 30))
    assert (there.title, there.outturn_label, there.previous_as_at, there.period_label) == (
        "Scorecard - Medway",
        "March 12",
        dt.date(2012, 3, 31),
        "Apr 2012",
    )


def test_the_same_area_and_date_keep_what_was_typed() -> None:
    own = settings_as_at(title="Scorecard - Kent, inc UASC", previous_as_at=dt.date(2012, 11, 30))
    assert own.at(area=own.area, as_at=own.as_at) == own


def test_every_setting_of_the_published_table_has_a_name() -> None:
    names = {name.removesuffix(f"_{polarity}") for name in SETTING_NAMES for polarity in "HLT"}
    assert set(Settings.__dataclass_fields__) <= names


def test_a_language_that_is_no_tag_is_a_warning_and_is_not_used() -> None:
    settings, problems = read_settings(setting_table(language="British English"))
    assert codes_of(problems) == ["not_a_language"]
    assert not problems[0].is_error
    assert settings is not None
    assert settings.language == ""


def test_what_a_circulated_copy_states_is_read() -> None:
    settings, problems = read_settings(
        setting_table(marking="OFFICIAL", language="cy-GB", signed_off_on="2013-02-07")
    )
    assert problems == []
    assert settings is not None
    assert (settings.marking, settings.language) == ("OFFICIAL", "cy-GB")
    assert settings.signed_off_on == dt.date(2013, 2, 7)
