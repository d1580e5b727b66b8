"""Scorecards made up from a seed: every rule's edge, on purpose and often."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from scorecard_xl.csv_folder import Inputs
from scorecard_xl.rules import INDICATOR_COLUMNS, Measure
from tests.generated.odd_texts import odd_text, spaced, written_otherwise
from tests.generated.settings import made_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.generated.settings import MadeSettings

Row = dict[str, Any]
STATES = (
    None,
    "N/A",
    "x",
    "TBS",
    "c",
    "z",
    "n/a",
    "tbs",
    "X",
    "C",
    " z ",
    "Tbs ",
    " ",
    "N/A\u00a0",
    "\tc\n",
    "\u00a0",
)
MEASURES = tuple(Measure)
DATA_PERIODS = ("YTD", "ytd", " Ytd ", "R12M", "SS", "Q", None)
SIZES = (1, 2, 3, 5, 8, 13, 21, 34)
LARGE_SIZES = (301, 350, 400)
_TABLES = ("Counts", "Indicators", "History", "Settings")
_SHARES = tuple(Fraction(tenths, 1000) for tenths in (0, 25, 50, 75, 100, 125, 150, 333))
_TENTHS = tuple(Fraction(tenths, 10) for tenths in (1, 5, 25, 77, 100, 385, 772, 1000, 5437))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Case:
    """One scorecard's tables, and whether its workbook counts days from 1904."""

    seed: int
    inputs: Inputs
    from_1904: bool
    has_stale_keys: bool


def case_of(seed: int, *, size: int | None = None) -> Case:
    """The scorecard of a seed, always the same; large ones are rare."""
    chance = random.Random(seed)
    if size is None:
        size = chance.choice(LARGE_SIZES if chance.random() < 0.02 else SIZES)
    return _Maker(chance, made_settings(chance)).case(seed, size)


class _Maker:
    """Makes indicators one by one, with the counts and the history that each needs."""

    def __init__(self, chance: random.Random, settings: MadeSettings) -> None:
        self._chance, self._settings = chance, settings
        self._indicators: list[Row] = []
        self._counts: list[Row] = []
        self._history: list[Row] = []

    def case(self, seed: int, size: int) -> Case:
        chance = self._chance
        sections = [odd_text(chance, f"Section {i}") for i in range(chance.randint(1, 4))]
        for number in range(size):
            self._add_indicator(number, chance.choice(sections))
        if chance.random() < 0.5:
            chance.shuffle(self._counts)
            chance.shuffle(self._history)
        inputs = Inputs(
            indicators=_frame(self._indicators, INDICATOR_COLUMNS),
            counts=_frame(
                self._counts, ("code", "count", "data_period", "value", "source", "extracted")
            ),
            history=_frame(self._history, ("as_at", "indicator", "result", "restated", "status")),
            settings=_frame(
                [{"name": name, "value": value} for name, value in self._settings.table.items()],
                ("name", "value"),
            ),
            commentary=_frame([], ("as_at", "indicator", "comment")),
            lines={name: tuple(range(2, 9_999)) for name in _TABLES},
        )
        return Case(
            seed=seed,
            inputs=inputs,
            from_1904=chance.random() < 0.1,
            has_stale_keys=chance.random() < 0.1,
        )

    def _add_indicator(self, number: int, section: str) -> None:
        chance = self._chance
        measure = chance.choice(MEASURES)
        polarity = chance.choice(("H", "L", "T", "h", "t ", None))
        code = f"ind_{number}"
        row: Row = {
            "indicator": spaced(chance, code),
            "section": section if chance.random() < 0.95 else None,
            "name": odd_text(chance, f"Indicator {number}"),
            "polarity": polarity,
            "data_period": chance.choice(DATA_PERIODS),
            "measure": written_otherwise(chance, measure.value),
        }
        row |= self._targets(measure, (polarity or "").strip().upper())
        result = self._wanted_result(row, measure)
        row |= self._counts_for(number, measure, result)
        whole = [count for count in self._counts if count["is_whole"]]
        if not measure.has_denominator and whole and chance.random() < 0.1:
            row["denominator"] = chance.choice(whole)["code"].strip()
        self._indicators.append(row)
        self._add_history(code, row, result, measure)

    def _targets(self, measure: Measure, polarity: str) -> Row:
        """Target, floor and tolerances, in the units of results."""
        chance = self._chance
        target = self._figure(measure) if chance.random() < 0.85 else None
        if target is not None and chance.random() < 0.08:
            target = Fraction(0)
        row: Row = {"target": target, "floor": None, "green_tolerance": None}
        row |= {"amber_tolerance": None, "tolerance_unit": None}
        in_points = chance.random() < 0.25
        if in_points:
            row["tolerance_unit"] = chance.choice(("points", "Points"))
        elif chance.random() < 0.3:
            row["tolerance_unit"] = "share"
        if in_points or chance.random() < 0.3:
            scale = (target or Fraction(1)) if in_points else Fraction(1)
            green, amber = sorted(chance.choices(_SHARES, k=2))
            least = self._settings.green.get(polarity, Fraction(0)) if not in_points else 0
            row["green_tolerance"] = green * scale if chance.random() < 0.7 else None
            if row["green_tolerance"] is not None or amber >= least:
                row["amber_tolerance"] = amber * scale
            most = self._settings.amber.get(polarity, Fraction(1)) if not in_points else 1
            if row["amber_tolerance"] is None and green > most:
                row["green_tolerance"] = None
        if target is not None and polarity in ("H", "L") and chance.random() < 0.25:
            away = chance.choice(_SHARES) * target
            row["floor"] = target - away if polarity == "H" else target + away
            if measure is Measure.PERCENTAGE and row["floor"] > 1:
                row["floor"] = target
        return row

    def _figure(self, measure: Measure) -> Fraction:
        chance = self._chance
        if measure is Measure.PERCENTAGE:
            return Fraction(chance.randint(1, 1000), 1000)
        if measure is Measure.COUNT:
            return Fraction(chance.choice((1, 4, 10, 30, 200, 1000, 64_000)))
        return chance.choice(_TENTHS)

    def _wanted_result(self, row: Row, measure: Measure) -> Fraction:
        """A result: on an edge, a hair beyond it, just where rounding turns, or anywhere."""
        chance = self._chance
        anywhere = self._figure(measure)
        target = row["target"]
        kind = chance.choice(("edge", "edge", "beyond", "tie", "anywhere", "large"))
        if kind == "tie":
            half = Fraction(1, 2000) if measure is Measure.PERCENTAGE else Fraction(1, 20)
            return anywhere + half
        if kind == "large":
            return anywhere * chance.choice((7, 1000))
        if target is None or kind == "anywhere":
            return anywhere
        unit = 1 if str(row["tolerance_unit"] or "").lower() == "points" else abs(target)
        polarity = str(row["polarity"] or "T").strip().upper()
        tolerances = [row["green_tolerance"], row["amber_tolerance"]]
        tolerances += [self._settings.green.get(polarity), self._settings.amber.get(polarity)]
        tolerance = chance.choice([Fraction(0), *(each for each in tolerances if each is not None)])
        edge = target + chance.choice((-1, 1)) * tolerance * unit
        if row["floor"] is not None and chance.random() < 0.5:
            edge = row["floor"]
        if kind == "beyond":
            edge += chance.choice((-1, 1)) * Fraction(1, 10 ** chance.choice((2, 4, 6)))
        return max(edge, Fraction(0))

    def _counts_for(self, number: int, measure: Measure, result: Fraction) -> Row:
        """Counts that give a result, or a state in their place; the codes of both."""
        chance = self._chance
        codes = {"numerator": f"num_{number}", "denominator": None}
        if not measure.has_denominator:
            value = result if measure is Measure.SUPPLIED else Fraction(round(result))
            if measure is Measure.SUPPLIED and chance.random() < 0.1:
                value = -value
            self._add_count(codes["numerator"], value)
            return codes
        codes["denominator"] = f"den_{number}"
        ratio = result / self._settings.rate_base if measure is Measure.RATE else result
        if ratio.denominator > 10**7:
            ratio = ratio.limit_denominator(10**6)
        denominator = ratio.denominator * chance.choice((1, 1, 2, 7))
        numerator = ratio * denominator
        if chance.random() < 0.06:
            denominator, numerator = 0, chance.choice((Fraction(0), numerator))
        shared = [count for count in self._counts if count["is_whole"]]
        if shared and chance.random() < 0.2 and measure is not Measure.PERCENTAGE:
            codes["denominator"] = chance.choice(shared)["code"].strip()
        else:
            self._add_count(codes["denominator"], Fraction(denominator))
        self._add_count(codes["numerator"], numerator)
        return {role: spaced(chance, code) for role, code in codes.items()}

    def _add_count(self, code: str, value: Fraction) -> None:
        chance = self._chance
        is_number = chance.random() >= 0.12
        entry = float(value) if is_number else chance.choice(STATES)
        extracted = dt.date(2013, 2, chance.randint(1, 28)) if chance.random() < 0.02 else None
        self._counts.append(
            {
                "code": spaced(chance, code), "count": odd_text(chance, code), "value": entry,
                "data_period": "YTD", "extracted": extracted,
                "is_whole": is_number and value.denominator == 1 and value > 0,
            }
        )  # fmt: skip

    def _add_history(self, code: str, row: Row, result: Fraction, measure: Measure) -> None:
        """Results of old that are worse, better, the same, or as far on the target's other side."""
        chance = self._chance
        for as_at in self._settings.reference_dates(chance):
            if chance.random() < 0.2:
                continue
            before = self._before(row, result)
            if measure is Measure.PERCENTAGE:
                before = min(before, Fraction(1))
            entry: Any = float(before) if chance.random() < 0.93 else chance.choice(STATES)
            restated: Any = None
            if chance.random() < 0.1:
                restated = float(min(before, self._figure(measure)))
            elif chance.random() < 0.05:
                restated = chance.choice(("N/A", "c", " x "))
            self._history.append(
                {
                    "as_at": as_at,
                    "indicator": spaced(chance, code),
                    "result": entry,
                    "restated": restated,
                }
            )

    def _before(self, row: Row, result: Fraction) -> Fraction:
        chance, target = self._chance, row["target"]
        within = self._settings.same_within
        kind = chance.choice(("same", "mirrored", "within", "shown", "more", "less"))
        if kind == "same":
            return result
        if kind == "mirrored" and target is not None:
            return max(2 * target - result, Fraction(0))
        if kind == "within":
            return result / (1 + chance.choice((-1, 1)) * within)
        if kind == "shown":
            return Fraction(round(result * 1000), 1000)
        factor = Fraction(chance.randint(1, 50), 100)
        return result * (1 + factor if kind == "more" else 1 - factor)


def _frame(rows: Sequence[Row], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame of plain values."""
    values = [
        [float(each) if isinstance(each, Fraction) else each for each in map(row.get, columns)]
        for row in rows
    ]
    return pd.DataFrame(values, columns=list(columns), dtype=object)
