"""A year of counts like Kent's, month by month, with the history and comments that go with it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import random
from typing import TYPE_CHECKING, Any

import pandas as pd

from scorecard_xl.csv_folder import Inputs, read_csv_folder
from scorecard_xl.rules import Scorecard, Settings, build_scorecard
from scorecard_xl.rules.periods import month_end
from tests.scorecards import KENT_CSV

if TYPE_CHECKING:
    from collections.abc import Iterator

# Two years are made, so that the second has a year to compare with and to roll over.
FIRST, MONTHS = (2011, 4), 24
DAYS = [month_end(FIRST[0], FIRST[1] + i) for i in range(MONTHS)]
YEAR = DAYS[12:]
JANUARY = dt.date(2013, 1, 31)
_MONTHS_TO_JANUARY = 10
_POPULATION = "children_under_18"


@functools.cache
def kent() -> Inputs:
    """Kent's own tables, from which the year's size and shape are taken."""
    return read_csv_folder(KENT_CSV)


def month_inputs(as_at: dt.date) -> Inputs:
    """The tables of a month: its counts, all that was published before, a comment on each line."""
    own = kent()
    settings = own.settings.copy()
    replaced = {
        "as_at": as_at, "period_label": None, "target_label": None, "previous_as_at": None,
        "outturn_as_at": None, "outturn_label": None,
    }  # fmt: skip
    settings["value"] = [
        replaced.get(name, value)
        for name, value in zip(settings["name"], settings["value"], strict=True)
    ]
    codes = own.indicators["indicator"]
    comments = pd.DataFrame({"as_at": as_at, "indicator": codes, "comment": "As planned."})
    history = [row for day in DAYS if day < as_at for row in published(day)]
    frames = {
        "indicators": own.indicators.copy(),
        "counts": counts_at(as_at),
        "history": pd.DataFrame(history, dtype=object) if history else own.history.iloc[:0],
        "settings": settings,
        "commentary": comments.astype(object),
    }
    lines = {name.capitalize(): tuple(range(2, len(frame) + 2)) for name, frame in frames.items()}
    return Inputs(**frames, lines=lines)


def scorecard_at(inputs: Inputs) -> Scorecard:
    """The scorecard of a month's tables."""
    return build_scorecard(
        inputs.indicators, inputs.counts, inputs.history, inputs.settings, inputs.commentary
    )


@functools.cache
def published(as_at: dt.date) -> tuple[dict[str, Any], ...]:
    """What a month's roll puts into History: results with their counts, targets and letters."""
    own = kent()
    tolerances = Settings.from_frame(own.settings)
    settings = dataclasses.replace(tolerances, area="Kent", as_at=dt.date(2013, 1, 31)).at(
        area="Kent", as_at=as_at
    )
    scorecard = build_scorecard(own.indicators, counts_at(as_at), {}, settings)
    columns = ("indicator", "result", "numerator", "denominator", "target", "rag")
    return tuple(
        {"as_at": as_at} | dict(zip(columns, row, strict=True))
        for row in zip(*scorecard.columns(columns), strict=True)
    )


def counts_at(as_at: dt.date) -> pd.DataFrame:
    """The counts of a month, in Kent's order."""
    counts = kent().counts.copy()
    counts["value"] = [_year()[code][DAYS.index(as_at)] for code in counts["code"]]
    return counts.astype(object)


@functools.cache
def _year() -> dict[str, list[float]]:
    """Each count month by month: events happen by chance, years to date and rolling add them up."""
    chance = random.Random(2013)
    wholes = {
        numerator: denominator
        for numerator, denominator, measure in zip(
            kent().indicators["numerator"],
            kent().indicators["denominator"],
            kent().indicators["measure"],
            strict=True,
        )
        if measure == "percentage"
    }
    kents = dict(zip(kent().counts["code"], kent().counts["value"], strict=True))
    periods = dict(zip(kent().counts["code"], kent().counts["data_period"], strict=True))
    events: dict[str, list[int]] = {}
    made: dict[str, list[float]] = {}
    for code in _wholes_first(kents, wholes):
        whole, share = wholes.get(code), 0.0
        if whole is not None:
            share = kents[code] / kents[whole]
        if periods[code] == "SS":
            made[code] = (
                [float(round(share * each)) for each in made[whole]]
                if whole is not None
                else _snapshots(chance, code, kents[code])
            )
            continue
        stem = code.removesuffix("_ytd").removesuffix("_r12m")
        if stem not in events:
            if whole is not None:
                of_whole = events[whole.removesuffix("_ytd")]
                events[stem] = [_part(chance, each, share) for each in of_whole]
            else:
                months = 12 if periods[code] == "R12M" else _MONTHS_TO_JANUARY
                events[stem] = [_about(chance, kents[code] / months) for _ in range(MONTHS + 12)]
        made[code] = list(_added_up(events[stem], periods[code]))
    return made


def _wholes_first(codes: dict[str, Any], wholes: dict[str, str]) -> Iterator[str]:
    """The codes, each after the one that it is a part of."""
    told: set[str] = set()
    while len(told) < len(codes):
        for code in codes:
            if code not in told and wholes.get(code) in (None, *told):
                told.add(code)
                yield code


def _added_up(events: list[int], period: str) -> Iterator[float]:
    """A year to date, which begins anew in April, or the twelve months up to each."""
    for month in range(12, MONTHS + 12):
        first = month - 11 if period == "R12M" else month - month % 12
        yield float(sum(events[first : month + 1]))


def _snapshots(chance: random.Random, code: str, size: float) -> list[float]:
    """A number of children that drifts; the population, which is estimated once, does not."""
    if code == _POPULATION:
        return [size] * MONTHS
    found = []
    for _ in range(MONTHS):
        found.append(float(max(round(size), 0)))
        # Two months are never the same where children are many.
        step = max(1.0, 0.01 * size)
        size += chance.choice((-1, 1)) * chance.uniform(1.0, 1.0 + step) if size > 50 else 0
    return found


def _about(chance: random.Random, mean: float) -> int:
    """How often something happens in a month, by chance."""
    return max(0, round(chance.gauss(mean, mean**0.5)))


def _part(chance: random.Random, whole: int, share: float) -> int:
    """How many of a whole have something, by chance."""
    return sum(chance.random() < share for _ in range(whole))
