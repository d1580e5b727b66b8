from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scorecard_xl.rules import (
    Measure,
    Polarity,
    direction_of_travel,
    rag_ratings,
    results_of,
    tallies_of,
)
from scorecard_xl.rules.columns import Columns, Spread, chosen
from scorecard_xl.rules.words import Words
from tests.rules.frames import KENT_TOLERANCES

FRAME = pd.DataFrame(
    {
        "measure": ["percentage", "rate", "count", "percentage"],
        "polarity": ["H", "L", None, "T"],
        "numerator": [75.0, 3.0, 4.0, 0.0],
        "denominator": [100.0, 40.0, np.nan, 0.0],
        "target": [0.8, 700.0, 5.0, 0.5],
        "previous": [0.8, 800.0, 4.0, 0.5],
    },
    index=[3, 5, 7, 9],
)
COLUMNS = Columns(
    {
        "measure": chosen(np.array([1, 2, 0, 1], np.int8), Measure),
        "polarity": chosen(np.array([0, 1, -1, 2], np.int8), Polarity),
        **{name: FRAME[name].to_numpy() for name in FRAME.columns[2:]},
    },
    FRAME.index.to_numpy(),
)


def test_the_rules_read_columns_as_they_read_a_frame() -> None:
    of_frame, of_columns = results_of(FRAME), results_of(COLUMNS)
    pd.testing.assert_frame_equal(of_columns, of_frame)
    frame = FRAME.assign(result=of_frame["result"])
    columns = COLUMNS.beside(result=of_columns["result"].to_numpy())
    letters = rag_ratings(columns, **KENT_TOLERANCES)
    arrows = direction_of_travel(columns, reference="previous")
    pd.testing.assert_series_equal(letters, rag_ratings(frame, **KENT_TOLERANCES))
    pd.testing.assert_series_equal(arrows, direction_of_travel(frame, reference="previous"))


def test_tallies_are_the_same_of_columns_and_of_a_frame() -> None:
    letters = rag_ratings(FRAME.assign(result=results_of(FRAME)["result"]), **KENT_TOLERANCES)
    arrows = ["improved", None, "same", "worsened"]
    frame = pd.DataFrame({"rag": letters, "dot_previous": arrows, "dot_outturn": arrows})
    assert tallies_of(Columns.of(frame)) == tallies_of(frame)


def test_columns_become_a_frame_and_come_back() -> None:
    frame = COLUMNS.to_frame()
    again = Columns.of(frame)
    assert frame["measure"].tolist() == FRAME["measure"].tolist()
    assert again.words("polarity").plain() == ["H", "L", None, "T"]
    pd.testing.assert_frame_equal(again.to_frame(), frame)


@pytest.mark.parametrize("written_first", [True, False])
def test_a_column_of_another_table_is_put_to_its_rows(written_first: bool) -> None:
    areas = Spread(Words(np.array([1, 0]), ["Kent", "Medway"]), np.array([0, 0, 1]))
    columns = Columns({"area": areas}, np.arange(3))
    expected = ["Medway", "Medway", "Kent"]
    if written_first:
        assert columns.written("area").tolist() == expected
    assert columns.words("area").plain() == expected
    assert columns.written("area").tolist() == expected


def test_numbers_are_no_words_nor_words_numbers() -> None:
    with pytest.raises(TypeError, match="'target' holds no words"):
        COLUMNS.words("target")
    with pytest.raises(TypeError, match="'measure' holds words"):
        COLUMNS.numbers("measure")
