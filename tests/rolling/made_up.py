"""Made-up scorecards whose counts change from period to period."""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING, Any

import pandas as pd

from scorecard_xl.csv_folder import Inputs
from scorecard_xl.rules import INDICATOR_COLUMNS, Measure, Settings, build_scorecard

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scorecard_xl.rules import Frequency

_SIZE = 14
_MISSING = ("N/A", "c", "TBS")


@dataclasses.dataclass
class MadeUp:
    """Indicators that stay, and counts that are made up anew for each period."""

    seed: int
    frequency: Frequency

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self.indicators = pd.DataFrame(
            [self._indicator(i) for i in range(_SIZE)],
            columns=list(INDICATOR_COLUMNS),
            dtype=object,
        )

    def _indicator(self, number: int) -> dict[str, Any]:
        chance = self._chance
        measure = chance.choice(list(Measure))
        target = chance.randint(10, 90)
        return {
            "indicator": f"ind_{number}", "section": f"Section {number % 3}",
            "name": f"Indicator {number}", "polarity": chance.choice(("H", "L", "T")),
            "data_period": chance.choice(("YTD", "R12M", "SS")), "measure": measure.value,
            "numerator": f"num_{number}",
            "denominator": f"den_{number}" if measure.has_denominator else None,
            "target": target / 100 if measure is Measure.PERCENTAGE else float(target),
        }  # fmt: skip

    def counts(self) -> dict[str, Any]:
        """The counts of another period: small, so that results often stay the same."""
        chance, counts = self._chance, {}
        for number in range(_SIZE):
            denominator = chance.choice((0, 4, 5, 10, 20))
            counts[f"den_{number}"] = denominator
            counts[f"num_{number}"] = chance.randint(0, max(denominator, 3))
            if denominator:
                counts[f"num_{number}"] = min(counts[f"num_{number}"], denominator)
            if chance.random() < 0.1:
                counts[f"num_{number}"] = chance.choice(_MISSING)
        return counts

    def inputs(self, counts: dict[str, Any], as_at: dt.date) -> Inputs:
        """The tables of the first period, without any history."""
        settings = {
            "area": "Nowhere", "as_at": as_at, "frequency": self.frequency.value,
            "green_tolerance_H": 0.0, "amber_tolerance_H": 0.1, "green_tolerance_L": 0.0,
            "amber_tolerance_L": 0.1, "green_tolerance_T": 0.05, "amber_tolerance_T": 0.15,
        }  # fmt: skip
        return Inputs(
            indicators=self.indicators,
            counts=counts_frame(counts),
            history=pd.DataFrame({"as_at": [], "indicator": [], "result": []}, dtype=object),
            commentary=pd.DataFrame({"as_at": [], "indicator": [], "comment": []}, dtype=object),
            settings=pd.DataFrame(list(settings.items()), columns=["name", "value"], dtype=object),
            lines={},
        )

    def arrows_from_scratch(
        self, periods: list[tuple[dt.date, dict[str, Any]]]
    ) -> dict[str, tuple[Any, ...]]:
        """What the last period compares with, worked out from the counts of all periods."""
        history = [row for period in periods[:-1] for row in self._results_of(*period)]
        as_at, counts = periods[-1]
        results = build_scorecard(
            self.indicators,
            counts_frame(counts),
            pd.DataFrame(history, columns=["as_at", "indicator", "result"], dtype=object),
            self._settings(as_at),
        ).results
        return compared(results)

    def _results_of(
        self, as_at: dt.date, counts: dict[str, Any]
    ) -> Iterator[tuple[dt.date, str, Any]]:
        nothing = pd.DataFrame({"as_at": [], "indicator": [], "result": []}, dtype=object)
        results = build_scorecard(
            self.indicators, counts_frame(counts), nothing, self._settings(as_at)
        ).results
        for code, result in zip(results["indicator"], results["result"], strict=True):
            if pd.notna(result):
                yield as_at, code, result

    def _settings(self, as_at: dt.date) -> Settings:
        return Settings(area="Nowhere", as_at=as_at, frequency=self.frequency)


def counts_frame(counts: dict[str, Any]) -> pd.DataFrame:
    """Counts as a table."""
    rows = [(code, code, "YTD", value) for code, value in counts.items()]
    return pd.DataFrame(rows, columns=["code", "count", "data_period", "value"], dtype=object)


def compared(results: pd.DataFrame) -> dict[str, tuple[Any, ...]]:
    """By code: the figures that a result is compared with, and both arrows."""
    columns = ["indicator", "previous", "dot_previous", "outturn", "dot_outturn"]
    plain = results[columns].astype(object).where(results[columns].notna(), None)
    return {
        code: tuple(round(each, 12) if isinstance(each, float) else each for each in others)
        for code, *others in plain.itertuples(index=False)
    }
