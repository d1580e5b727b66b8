"""What a scorecard says in a sentence: tallies of its letters and arrows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.rules.columns import choice_codes
from scorecard_xl.rules.direction_of_travel import Travel
from scorecard_xl.rules.periods import british_date
from scorecard_xl.rules.rag import Rag
from scorecard_xl.wording import counted

if TYPE_CHECKING:
    import datetime as dt

    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Rows
    from scorecard_xl.rules.settings import Settings

_GAP = "   |   "


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tallies:
    """How many letters and arrows of each kind a scorecard shows."""

    green: int
    amber: int
    red: int
    improved_from_previous: int
    worsened_from_previous: int
    same_as_previous: int
    improved_from_outturn: int
    worsened_from_outturn: int
    same_as_outturn: int


def tallies_of(results: Rows) -> Tallies:
    """Count the letters and arrows that the results of one scorecard show."""
    (tallies,) = tallies_by_scorecard(results, np.zeros(len(results), dtype=np.intp), 1)
    return tallies


def tallies_by_scorecard(results: Rows, scorecard: NDArray[np.intp], count: int) -> list[Tallies]:
    """Count letters and arrows scorecard by scorecard.

    `scorecard` says which of the `count` scorecards each row of `results`
    belongs to; `results` is a frame or columns.
    """
    tallied = [
        _tallied(choice_codes(results[column], choices), scorecard, count)
        for column, choices in (("rag", Rag), ("dot_previous", Travel), ("dot_outturn", Travel))
    ]
    names = [field.name for field in dataclasses.fields(Tallies)]
    return [Tallies(**dict(zip(names, row, strict=True))) for row in np.hstack(tallied).tolist()]


def summary_sentence(tallies: Tallies, settings: Settings) -> str:
    """The paragraph below a scorecard, right in singular and plural."""
    rated = _listed(
        f"{counted(tallies.green, 'indicator')} rated as Green",
        f"{counted(tallies.amber, 'indicator')} rated as Amber",
        f"{counted(tallies.red, 'indicator')} rated as Red",
    )
    from_previous = _compared(
        tallies.improved_from_previous, tallies.same_as_previous, tallies.worsened_from_previous
    )
    from_outturn = _compared(
        tallies.improved_from_outturn, tallies.same_as_outturn, tallies.worsened_from_outturn
    )
    now = settings.current_words
    return (
        f"As at {british_date(settings.as_at)}, {settings.area} has {rated}."
        f" When comparing performance from {settings.previous_words} to {now}, {from_previous}."
        f" When comparing performance from outturn ({settings.outturn_label}) to {now},"
        f" {from_outturn}."
    )


def tally_line(tallies: Tallies, settings: Settings) -> str:
    """The tallies in one line, for the head of a scorecard."""
    rated = f"{tallies.green} Green   {tallies.amber} Amber   {tallies.red} Red"
    previous = _since(
        settings.previous_words, tallies.improved_from_previous,
        tallies.same_as_previous, tallies.worsened_from_previous,
    )  # fmt: skip
    outturn = _since(
        settings.outturn_label, tallies.improved_from_outturn,
        tallies.same_as_outturn, tallies.worsened_from_outturn,
    )  # fmt: skip
    return _GAP.join((rated, previous, outturn))


def period_line(settings: Settings, extracted: dt.date | None = None) -> str:
    """Which period, which data and which version a scorecard shows; parts unknown are left out."""
    data = f"Data as at {british_date(settings.as_at)}"
    if extracted is not None:
        data += f", extracted {british_date(extracted)}"
    version = f"Version {settings.version}" if settings.version else ""
    if version and settings.status:
        version += f", {settings.status}"
    elif settings.status:
        version = settings.status[0].upper() + settings.status[1:]
    return _GAP.join(part for part in (settings.period_label, data, version) if part)


def _tallied(codes: NDArray[np.int8], scorecard: NDArray[np.intp], count: int) -> NDArray[np.int64]:
    """How often each of three choices occurs in each scorecard."""
    shown = codes >= 0
    places = scorecard[shown] * 3 + codes[shown]
    return np.bincount(places, minlength=3 * count).reshape(count, 3)


def _compared(improved: int, same: int, worsened: int) -> str:
    return _listed(
        f"{counted(improved, 'indicator')} {_have(improved)} shown an improvement",
        f"{counted(same, 'indicator')} {_have(same)} remained the same",
        f"{counted(worsened, 'indicator')} {_have(worsened)} shown a reduction",
    )


def _since(when: str, improved: int, same: int, worsened: int) -> str:
    return f"since {when}: {improved} better, {same} same, {worsened} worse"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _listed(*parts: str) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
