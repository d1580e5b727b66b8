"""Where codes stand in their tables, however they are typed."""

from __future__ import annotations

import datetime

from scorecard_xl.workbook.definitions import places_of

DAY, OTHER = datetime.date(2013, 1, 31), datetime.date(2012, 12, 31)


def test_codes_are_found_in_any_case_and_with_spaces() -> None:
    places = places_of(["cin", None, " LAC ", 7.0, "Straße"])
    assert places.rows == {"cin": 0, "lac": 2, "strasse": 4}
    assert places.typed == {"lac": " LAC "}


def test_of_two_alike_the_last_counts_as_it_is_typed() -> None:
    assert places_of(["cin ", "cin"]) == ({"cin": 1}, {})
    assert places_of(["cin", "cin "]) == ({"cin": 1}, {"cin": "cin "})


def test_a_code_has_a_place_for_each_day() -> None:
    places = places_of(["cin", "cin ", "cin"], [DAY, OTHER, None])
    assert places.rows == {(DAY, "cin"): 0, (OTHER, "cin"): 1}
    assert places.typed == {(OTHER, "cin"): "cin "}
