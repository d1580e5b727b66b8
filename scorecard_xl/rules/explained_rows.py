"""Where each result lies among its bands: worked out in columns, handed on row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scorecard_xl.rules.columns import choice_codes, chosen, floats
from scorecard_xl.rules.distances import Short, beyond_next_letter, cases_to_next_letter
from scorecard_xl.rules.explanation_records import Closeness, NotRated
from scorecard_xl.rules.figures import unrounded
from scorecard_xl.rules.indicators import Measure, Polarity
from scorecard_xl.rules.rag import NOTHING, Bands, Rag, bands_of, has_too_few
from scorecard_xl.rules.result_columns import plain_columns
from scorecard_xl.rules.results import compared, rounded_as_shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scorecard_xl.rules.columns import Columns
    from scorecard_xl.rules.settings import Settings

    Numbers = NDArray[np.float64]

_AS_THEY_ARE = (
    "indicator", "name", "section", "polarity", "measure", "rag", "state", "result", "target",
    "numerator", "denominator",
)  # fmt: skip
_PERCENTAGE = list(Measure).index(Measure.PERCENTAGE)
_HIGH, _LOW = (list(Polarity).index(polarity) for polarity in (Polarity.HIGH, Polarity.LOW))
_AMBER, _RED = list(Rag).index(Rag.AMBER), list(Rag).index(Rag.RED)
_CLOSENESS, _NOT_RATED = (*Closeness, None), (*NotRated, None)
_NOT_CLOSE = len(Closeness)
_FORMATS = [
    *({Measure.COUNT: "{:,.0f}", Measure.PERCENTAGE: "{:,.1%}"}.get(each, "{:,.1f}").format
      for each in Measure),
    str,
]  # fmt: skip
# A percentage is whole but for what its binary form adds.
_WHOLE_WITHIN = 1e-7


class Row(NamedTuple):
    """What is known of one indicator's letter, and its values as texts.

    Edges are where Green begins and ends, then Amber; `near` is the place among
    them of the one that the result can be taken for. Missing numbers that are
    compared are NaN.
    """

    indicator: str
    name: str
    section: str | None
    polarity: str | None
    measure: str
    rag: str | None
    state: str | None
    result: float | None
    target: float | None
    numerator: float | None
    denominator: float | None
    compared_result: float
    compared_target: float
    has_floor: bool
    from_green: float
    from_amber: float
    edges: tuple[float, ...]
    edges_shown: tuple[str, ...]
    result_shown: str
    target_shown: str
    previous_shown: str
    outturn_shown: str
    not_rated: NotRated | None
    closeness: Closeness | None
    near: int
    distance: float
    next_is_green: bool
    must_rise: bool
    cases: float
    future_cases: float

    @property
    def is_percentage(self) -> bool:
        """Whether the result is a fraction of 1, shown in hundredths."""
        return self.measure == "percentage"

    @property
    def has_next_letter(self) -> bool:
        """Whether it is rated, and not Green."""
        return self.rag is not None and self.rag != "G"


def explained_rows(results: Columns, settings: Settings) -> list[Row]:
    """Say of each result where it lies among its bands, and what its next letter needs.

    `results` are a scorecard's own, with letters; the settings those that rated them.
    """
    measure, rating = choice_codes(results["measure"], Measure), choice_codes(results["rag"], Rag)
    result = compared(results, "result", settings.compare)
    bands = bands_of(
        results,
        green_tolerance=settings.green_tolerance,
        amber_tolerance=settings.amber_tolerance,
        compare=settings.compare,
    )
    beyond = bands.beyond(result)
    edges = _edges(bands)
    references = floats(results, "previous"), floats(results, "outturn")
    shown = _rounded(np.array((*edges, result, bands.target, *references)), measure)
    columns = (
        *plain_columns(results, _AS_THEY_ARE),
        result.tolist(),
        bands.target.tolist(),
        bands.has_floor.tolist(),
        *(column.tolist() for column in beyond),
        list(zip(*edges.tolist(), strict=True)),
        *_texts(edges, shown, measure),
        _not_rated(results, result, bands, settings, rating),
        *_closeness(result, edges, shown, beyond, measure, rating),
        *_next_letters(results, measure, rating, result, bands, beyond, settings),
    )
    return list(map(Row._make, zip(*columns, strict=True)))


def _rounded(values: Numbers, measure: NDArray[np.int8]) -> Numbers:
    """Several columns as they are shown."""
    measures = chosen(np.tile(measure, len(values)), Measure)
    return rounded_as_shown(values.ravel(), measures).reshape(values.shape)


def _edges(bands: Bands) -> Numbers:
    """Where each band begins and ends, NaN where it is open, or where there is no Amber."""
    has_start, has_end = (bands.polarity >= 0) & (bands.polarity != _LOW), bands.polarity != _HIGH
    has_end &= bands.polarity >= 0
    amber = bands.amber
    if bands.has_floor.any():
        amber = np.where(bands.has_floor, np.abs(bands.target - bands.floor), amber)
    amber = np.where(amber - bands.green >= NOTHING, amber, np.nan)
    edges = np.array(
        [
            np.where(has_start, bands.target - bands.green, np.nan),
            np.where(has_end, bands.target + bands.green, np.nan),
            np.where(has_start, bands.target - amber, np.nan),
            np.where(has_end, bands.target + amber, np.nan),
        ]
    )
    return np.where(bands.has_floor & ~np.isnan(edges), _with_floors(edges, bands), edges)


def _with_floors(edges: Numbers, bands: Bands) -> Numbers:
    """The edges with the floors themselves, not as far from the target as they are."""
    return np.array([edges[0], edges[1], bands.floor, bands.floor])


def _texts(
    edges: Numbers, shown: Numbers, measure: NDArray[np.int8]
) -> tuple[list[tuple[str, ...]], list[str], list[str], list[str], list[str]]:
    """The edges as texts, with the decimals they have; the other values as they are shown."""
    formats = [_FORMATS[code] for code in measure.tolist()]
    texts = [
        ["" if value != value else write(value) for value, write in zip(own, formats, strict=True)]
        for own in shown.tolist()
    ]
    has_more, percentages = np.abs(edges - shown[:4]) >= NOTHING, (measure == _PERCENTAGE).tolist()
    for own, place in zip(edges.tolist(), range(4), strict=True):
        for row in np.flatnonzero(has_more[place]).tolist():
            texts[place][row] = unrounded(own[row], is_percentage=percentages[row])
    return list(zip(*texts[:4], strict=True)), texts[4], texts[5], texts[6], texts[7]


def _not_rated(
    results: Columns,
    result: Numbers,
    bands: Bands,
    settings: Settings,
    rating: NDArray[np.int8],
) -> list[NotRated | None]:
    """Why each result has no letter; the first reason that there is."""
    codes = np.where(rating >= 0, -1, list(NotRated).index(NotRated.NO_BANDS))
    for reason, applies in (
        (NotRated.TOO_FEW, has_too_few(results, settings.minimum_denominator)),
        (NotRated.NO_TARGET, np.isnan(bands.target)),
        (NotRated.NO_POLARITY, bands.polarity < 0),
        (NotRated.NO_RESULT, np.isnan(result)),
    ):
        codes[applies] = list(NotRated).index(reason)
    return [_NOT_RATED[code] for code in codes.tolist()]


def _closeness(
    result: Numbers,
    edges: Numbers,
    shown: Numbers,
    beyond: tuple[Numbers, ...],
    measure: NDArray[np.int8],
    rating: NDArray[np.int8],
) -> tuple[list[Closeness | None], list[int]]:
    """How close each result is, and to which edge: the closest first, then Green's."""
    hundredths = np.rint(edges * 100)
    is_whole = np.abs(edges * 100 - hundredths) < _WHOLE_WITHIN
    is_whole &= (measure == _PERCENTAGE) & (np.floor(result * 100 + 0.5) == hundredths)
    # Only a result that falls short is taken for better than it is.
    is_whole &= np.array([beyond[0], beyond[0], beyond[1], beyond[1]]) >= NOTHING
    kinds = np.where(is_whole, 2, _NOT_CLOSE)
    kinds[shown[4] == shown[:4]] = 1
    kinds[np.abs(result - edges) < NOTHING] = 0
    near = kinds.argmin(axis=0)
    closest = np.where(rating >= 0, kinds.min(axis=0), _NOT_CLOSE)
    return [_CLOSENESS[code] for code in closest.tolist()], near.tolist()


def _next_letters(
    results: Columns,
    measure: NDArray[np.int8],
    rating: NDArray[np.int8],
    result: Numbers,
    bands: Bands,
    beyond: tuple[Numbers, ...],
    settings: Settings,
) -> tuple[list[float], list[bool], list[bool], list[float], list[float]]:
    """The next better letter of what is Amber or Red: how far, which, which way, how many cases."""
    is_amber = rating == _AMBER
    distances = beyond_next_letter(*beyond, is_amber=is_amber)
    rows = np.flatnonzero(is_amber | (rating == _RED))
    cases, future = np.full((2, len(result)), np.nan)
    cases[rows], future[rows] = cases_to_next_letter(
        Short(
            measure=measure,
            numerator=floats(results, "numerator"),
            denominator=floats(results, "denominator"),
            result=result,
            beyond=distances,
            is_amber=is_amber,
            is_high=bands.polarity == _HIGH,
            bands=bands,
            rate_base=settings.rate_base,
            compare=settings.compare,
        ).take(rows)
    )
    is_green = is_amber | (beyond[0] - beyond[1] < NOTHING)
    must_rise = result < bands.target
    return (
        distances.tolist(), is_green.tolist(), must_rise.tolist(), cases.tolist(), future.tolist(),
    )  # fmt: skip
