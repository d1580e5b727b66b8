"""What the next period's file is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.rolling.dates_in_words import (
    month_renderings,
    moved,
    quarter_renderings,
    year_renderings,
)

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from scorecard_xl.rules.periods import YearStart


def next_path(path: Path, *, closed: dt.date, as_at: dt.date, year_start: YearStart) -> Path:
    """Name the next period's file beside this one: ``kent_2013_01`` becomes ``kent_2013_02``.

    A name without the month of `closed` gets the new one at its end.
    """
    name = moved(path.stem, month_renderings(closed, as_at))
    if name is None:
        quarters = quarter_renderings(closed, as_at, year_start)
        years = year_renderings(closed, as_at, year_start)
        # A quarter alone does not tell the files of two years apart.
        if moved(path.stem, quarters) and moved(path.stem, years):
            name = moved(path.stem, quarters | years)
    if name is None or name == path.stem:
        name = f"{path.stem}_{as_at:%Y_%m}"
    return path.with_name(name + path.suffix)
