"""The rules against plain loops that apply the same ones, each checked to give the same.

Run it with ``python -m benchmarks.rules``. Both sides start from the same
frames or rows, in memory; peaks are what is allocated beyond them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.cases import inputs_of
from benchmarks.loops import joined_by_loop, rated_by_loop
from benchmarks.machine import machine, seconds
from scorecard_xl.rules import (
    Measure,
    Polarity,
    Settings,
    ToleranceUnit,
    build_scorecard,
    direction_of_travel,
    rag_ratings,
    results_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard_xl.rules import Scorecard

INDICATORS, COUNTS = 400, 600
SETTINGS = Settings(
    area="Kent",
    as_at=dt.date(2013, 1, 31),
    green_tolerance={Polarity.HIGH: 0.0, Polarity.LOW: 0.0, Polarity.TARGET: 0.05},
    amber_tolerance={Polarity.HIGH: 0.1, Polarity.LOW: 0.1, Polarity.TARGET: 0.15},
)
BANDS = {"green_tolerance": SETTINGS.green_tolerance, "amber_tolerance": SETTINGS.amber_tolerance}
_JOINED = (
    "measure", "numerator", "denominator", "polarity", "target", "floor", "green_tolerance",
    "amber_tolerance", "tolerance_unit", "previous", "outturn",
)  # fmt: skip
_HEADINGS = (
    "| | loop | scorecard_xl | ratio | loop's peak | scorecard_xl's peak |\n"
    "| --- | --- | --- | --- | --- | --- |"
)


def indicators_and_counts(areas: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same indicators for all areas, and each area's counts.

    As in the published scorecard, hardly an indicator has no polarity, and all but
    a few have a target.
    """
    random = np.random.default_rng(2013)
    codes = np.array([f"count_{place:03}" for place in range(COUNTS)], dtype=object)
    measures = random.choice([*Measure], INDICATORS)
    divided = [Measure(measure).has_denominator for measure in measures]
    targets = np.round(random.random(INDICATORS), 2)
    targets[::40] = np.nan
    polarities = random.choice(np.array([*Polarity], dtype=object), INDICATORS)
    polarities[20::40] = None
    indicators = pd.DataFrame(
        {
            "indicator": [f"indicator_{place:03}" for place in range(INDICATORS)],
            "section": [f"Section {place // 50}" for place in range(INDICATORS)],
            "name": [f"Indicator {place}" for place in range(INDICATORS)],
            "polarity": polarities,
            "data_period": random.choice(["SS", "YTD"], INDICATORS),
            "measure": measures,
            "numerator": random.choice(codes, INDICATORS),
            "denominator": np.where(divided, random.choice(codes, INDICATORS), None),
            "target": targets,
            "floor": np.nan,
            "green_tolerance": np.nan,
            "amber_tolerance": random.choice([0.2, np.nan, np.nan], INDICATORS),
            "tolerance_unit": None,
        }
    )
    counts = pd.DataFrame(
        {
            "area": np.repeat(names_of(areas), COUNTS),
            "code": np.tile(codes, areas),
            "count": np.tile(codes, areas),
            "data_period": "SS",
            "value": random.integers(0, 1_000, areas * COUNTS).astype(np.float64),
        }
    )
    return indicators, counts


def history_of(areas: int, indicators: pd.DataFrame) -> pd.DataFrame:
    """Each area's results of the month before and of the outturn."""
    random = np.random.default_rng(2012)
    days = np.array([SETTINGS.previous_as_at, SETTINGS.outturn_as_at], dtype=object)
    each = areas * INDICATORS
    return pd.DataFrame(
        {
            "area": np.tile(np.repeat(names_of(areas), INDICATORS), 2),
            "as_at": np.repeat(days, each),
            "indicator": np.tile(indicators["indicator"].to_numpy(dtype=object), 2 * areas),
            "result": random.integers(0, 1_000, 2 * each) / 1_000,
        }
    )


def names_of(areas: int) -> np.ndarray[Any, Any]:
    """The areas' names."""
    return np.array([f"Area {place:04}" for place in range(areas)], dtype=object)


def joined_rows(scorecard: Scorecard, indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicators with their counts and what they are compared with, choices as categoricals."""
    results = scorecard.results
    own = indicators.set_index("indicator").loc[results["indicator"]].reset_index(drop=True)
    tolerances = own[["floor", "green_tolerance", "amber_tolerance"]]
    measures, polarities = results["measure"], results["polarity"]
    return results[["numerator", "denominator", "target", "previous", "outturn"]].assign(
        measure=pd.Categorical(measures, categories=pd.Index([*Measure], dtype=object)),
        polarity=pd.Categorical(polarities, categories=pd.Index([*Polarity], dtype=object)),
        tolerance_unit=pd.Categorical.from_codes(
            np.zeros(len(results), np.int8), categories=pd.Index([*ToleranceUnit], dtype=object)
        ),
        **tolerances,
    )


def by_rules(joined: pd.DataFrame) -> pd.DataFrame:
    """Results, letters and two arrows."""
    results = joined.assign(**results_of(joined))
    return pd.DataFrame(
        {
            "result": results["result"],
            "state": results["state"],
            "rag": rag_ratings(results, **BANDS),
            "dot_previous": direction_of_travel(results, reference="previous"),
            "dot_outturn": direction_of_travel(results, reference="outturn"),
        },
        copy=False,
    )


def plain(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Rows as tuples, None where missing."""
    return list(zip(*(_plain(frame[name]) for name in frame), strict=True))


def _plain(column: pd.Series[Any]) -> list[Any]:
    values = column.astype(object)
    return values.where(column.notna(), None).tolist()


def peak(action: Callable[[], object]) -> int:
    """The most that is allocated at once beyond what is there before, in bytes."""
    tracemalloc.start()
    kept = action()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return most


def line(
    what: str, loop: Callable[[], object], ours: Callable[[], object], *, loop_times: int
) -> str:
    """A line of the table: both times, their ratio, both peaks."""
    theirs_taken, ours_taken = seconds(loop, times=loop_times), seconds(ours, times=7)
    return (
        f"| {what} | {theirs_taken * 1000:,.0f} ms | {ours_taken * 1000:,.0f} ms"
        f" | {theirs_taken / ours_taken:.1f}x"
        f" | {peak(loop) / 1e6:,.0f} MB | {peak(ours) / 1e6:,.0f} MB |"
    )


def compare_rules(joined: pd.DataFrame) -> None:
    """Print how the rules alone compare with a loop over tuples."""
    rows = plain(joined[[*_JOINED]])
    assert rated_by_loop(rows, SETTINGS) == plain(by_rules(joined))
    print(f"{len(rows):,} rows, joined: results, letters and two arrows")
    print(_HEADINGS)
    print(
        line(
            "rules",
            lambda: rated_by_loop(rows, SETTINGS),
            lambda: by_rules(joined),
            loop_times=3,
        )
    )


def compare_building(tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> None:
    """Print how a whole scorecard compares with a loop over dicts."""
    shown = ["area", "indicator", "result", "state", "rag", "dot_previous", "dot_outturn"]
    results = build_scorecard(*tables, SETTINGS).results
    assert joined_by_loop(*tables, SETTINGS) == plain(results[shown])
    indicators, counts, history = (len(table) for table in tables)
    print(f"{len(results):,} rows of results, from {indicators:,} indicators,"
          f" {counts:,} counts and {history:,} results published before")  # fmt: skip
    del results
    print(_HEADINGS)
    print(
        line(
            "build_scorecard",
            lambda: joined_by_loop(*tables, SETTINGS),
            lambda: build_scorecard(*tables, SETTINGS).results,
            loop_times=1,
        )
    )


def time_small_scorecards() -> None:
    """Print the table of ordinary scorecards."""
    print("| indicators | build_scorecard | of lists | records |\n| --- | --- | --- | --- |")
    for indicators, times in ((42, 101), (4_000, 9)):
        inputs = inputs_of(indicators)
        frames = inputs.indicators, inputs.counts, inputs.history, inputs.settings
        lists = [{name: _plain(frame[name]) for name in frame} for frame in frames]
        scorecard = build_scorecard(*frames)
        taken = [
            seconds(lambda: build_scorecard(*frames), times=times),  # noqa: B023
            seconds(lambda: build_scorecard(*lists), times=times),  # noqa: B023
            seconds(scorecard.records, times=times),
        ]
        cells = " | ".join(f"{each * 1000:,.1f} ms" for each in taken)
        print(f"| {indicators:,} | {cells} |")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, default=2_500)
    areas = parser.parse_args().areas
    print(machine())
    time_small_scorecards()
    indicators, counts = indicators_and_counts(areas)
    tables = indicators, counts, history_of(areas, indicators)
    compare_rules(joined_rows(build_scorecard(*tables, SETTINGS), indicators))
    compare_building(tables)


if __name__ == "__main__":
    main()
