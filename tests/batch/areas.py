"""Areas made up for a template: counts near its own, states, histories and targets of their own."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING, Any

from scorecard_xl.batch.facts import AreaFacts, Published, Target
from scorecard_xl.batch.making import Maker
from scorecard_xl.rules.periods import month_end_before
from scorecard_xl.workbook.inputs import COUNTS
from tests.scorecards import KENT_CSV

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Value

AS_AT = dt.date(2013, 1, 31)
STATES = ("N/A", "x", "TBS", "c", "z", "n/a", "C", None)
NAMES = (
    "Ashford", "St Helens & Knowsley", "Côte d'Or", "<North> \"East\"", "1066 Country", "=SUM(1)",
    "kent", "Kent", "Isle of Wight, the",
)  # fmt: skip


def maker_of(path: Path, *, fill: str | None = None) -> Maker:
    """A maker of workbooks like that one."""
    return Maker(path.read_bytes(), name=path.name, fill=fill)


def counts_of(maker: Maker) -> dict[str, Any]:
    """The counts that a template holds, by code."""
    table = maker.template.inputs.columns(COUNTS)
    return {
        code: value
        for code, value in zip(table["code"], table["value"], strict=True)
        if isinstance(code, str)
    }


def made_up(maker: Maker, chance: random.Random, number: int) -> list[AreaFacts]:
    """So many areas: some alike, some with histories or targets, some with errors."""
    counts, indicators = counts_of(maker), list(maker.template.measures)
    as_at = maker.template.settings.as_at
    dates = (as_at, dt.date(as_at.year + 1, 4, 30))
    has_history, has_targets = chance.random() < 0.5, chance.random() < 0.3
    areas = []
    for place in range(number):
        day = chance.choice(dates)
        areas.append(
            AreaFacts(
                area=NAMES[place] if place < len(NAMES) else f"District {place}",
                as_at=day,
                counts=_counts(counts, chance),
                history=_history(indicators, day, chance) if has_history else None,
                targets=_targets(indicators, chance) if has_targets else None,
                sources=dict.fromkeys(list(counts)[:place], "Sum of 3 areas"),
            )
        )
    return areas


def _counts(held: Mapping[str, Any], chance: random.Random) -> dict[str, Value]:
    wild = chance.random()
    counts: dict[str, Value] = {}
    for code, value in held.items():
        drawn = chance.random()
        if drawn < 0.04:
            continue
        if drawn < 0.12:
            counts[code] = chance.choice(STATES)
        elif drawn < 0.18:
            counts[code] = 0.0
        elif wild < 0.08 and drawn < 0.22:
            counts[code] = chance.choice(("many", -3.0, 0.5, True))
        else:
            size = value if isinstance(value, float | int) else 100.0
            counts[code] = float(round(size * chance.uniform(0.1, 1.2)))
    if wild > 0.97:
        counts["no_such_code"] = 1.0
    return counts


def _history(
    indicators: Sequence[str], as_at: dt.date, chance: random.Random
) -> tuple[Published, ...]:
    """The same rows for most areas, so that they are alike; restated for some."""
    days = (month_end_before(as_at), dt.date(as_at.year - 1, 3, 31))
    restates, status = chance.random() < 0.2, chance.choice((None, None, "provisional"))
    return tuple(
        Published(
            day,
            code,
            chance.choice((round(chance.uniform(0, 1), 3), 0.5, "N/A")),
            numerator=chance.choice((None, 12.0)),
            restated=0.25 if restates and i == 0 else None,
            status=status,
            rag=chance.choice(("R", "G", None)),
        )
        for day in days
        for i, code in enumerate(indicators)
    )


def _targets(indicators: Sequence[str], chance: random.Random) -> tuple[Target, ...]:
    return tuple(
        Target(code, chance.choice((0.5, 0.9, None, 1_000.0)), green_tolerance=0.05)
        for code in indicators[::2]
    )


def kent_counts() -> dict[str, float]:
    """Kent's counts of January 2013, by code."""
    with (KENT_CSV / "counts.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: float(row["value"]) for row in csv.DictReader(file)}


def write_counts(path: Path, areas: Mapping[str, Mapping[str, object]]) -> Path:
    """A long table of areas' counts, as at January 2013."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Area", "As at", "Code", "Value"])
        for area, counts in areas.items():
            for code, value in counts.items():
                shown = "" if value is None else value
                writer.writerow([area, AS_AT.isoformat(), code, shown])
    return path


def districts(number: int, chance: random.Random) -> dict[str, dict[str, object]]:
    """Areas that add up to something like Kent."""
    return {
        f"District {i}": {
            code: round(value / number * chance.uniform(0.9, 1.1))
            for code, value in kent_counts().items()
        }
        for i in range(number)
    }
