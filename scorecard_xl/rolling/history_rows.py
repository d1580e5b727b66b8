"""A period's results as rows of History, and what History already holds of them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.rules import Measure, State, as_shown
from scorecard_xl.rules.counts import STATES_AS_TYPED
from scorecard_xl.workbook.agreement import agree
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, Formula
from scorecard_xl.workbook.history_keys import HISTORY_KEY, key_of
from scorecard_xl.workbook.input_problems import heading_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.cell_content import Content

# How a reason for a missing result is typed; what has no such word is left blank.
_TYPED = {
    State.NOT_AVAILABLE: "N/A",
    State.TO_BE_SUPPLIED: "TBS",
    State.SUPPRESSED: "c",
    State.NOT_APPLICABLE: "z",
}
_FORMATS = {Measure.PERCENTAGE: "0.0%", Measure.COUNT: "#,##0"}
_ONE_DECIMAL = "#,##0.0"
_FIGURES = ("result", "target", "restated")
_ROUNDED = "rounded"
_COLUMNS = (
    "indicator", "measure", "result", "state", "numerator", "denominator", "target", "rag",
)  # fmt: skip


class PeriodResult(NamedTuple):
    """An indicator's result of one period, as the rules give it."""

    code: str
    measure: Measure
    result: float | None
    state: State | None
    numerator: float | None
    denominator: float | None
    target: float | None
    rag: str | None

    @property
    def entry(self) -> float | str | None:
        """What History holds for the result: the number, or the word for why there is none."""
        if self.result is not None or self.state is None:
            return self.result
        return _TYPED.get(self.state)


def results_of_period(scorecard: Scorecard) -> list[PeriodResult]:
    """The results of a scorecard, in its order."""
    return [
        PeriodResult(code, Measure(measure), result, State(state) if state else None, *others)
        for code, measure, result, state, *others in zip(*scorecard.columns(_COLUMNS), strict=True)
    ]


@dataclasses.dataclass(frozen=True, kw_only=True)
class HistoryLayout:
    """How a row of the workbook's History is made: its headings, its keys, its own formulas."""

    keys: Sequence[str]
    day_0: dt.date
    last_row: Sequence[Content]

    @classmethod
    def of(
        cls, headings: Sequence[str], *, day_0: dt.date, last_row: Sequence[Content]
    ) -> HistoryLayout:
        """The layout under these headings, where `last_row` is what the row above holds."""
        keys = [heading_key(heading) for heading in headings]
        return cls(keys=keys, day_0=day_0, last_row=last_row)

    def row(self, result: PeriodResult, *, as_at: dt.date, status: str | None) -> list[Content]:
        """The row of a result."""
        known: dict[str, Content] = {
            "as_at": as_at,
            "indicator": result.code,
            "result": result.entry,
            "numerator": result.numerator,
            "denominator": result.denominator,
            "target": result.target,
            "rag": result.rag,
            "restated": None,
            "status": status,
            "key": self._key(result.code, as_at),
        }
        return [
            known[key] if key in known else _carried_on(above)
            for key, above in zip(self.keys, self.last_row, strict=True)
        ]

    def formats(self, result: PeriodResult) -> list[str | None]:
        """The number formats of that row; a restated figure shows an r beside it."""
        shown = _FORMATS.get(result.measure, _ONE_DECIMAL)
        own = dict.fromkeys(_FIGURES, shown) | {"restated": shown + '"r"'}
        return [own.get(key) for key in self.keys]

    def _key(self, code: str, as_at: dt.date) -> Content:
        value = key_of(as_at, code, self.day_0)
        above = self.last_row[self.keys.index("key")] if "key" in self.keys else None
        if above is None or isinstance(above, Formula):
            return Formula(above.text if above else HISTORY_KEY, value)
        return value


def _carried_on(above: Content) -> Content:
    """What an analyst's own column has in a new row: its formula, if it is the same in each."""
    if isinstance(above, Formula) and "[#This Row]" in above.text:
        return Formula(above.text, NOT_CALCULATED)
    return None


def rows_by_code(history: Mapping[str, Sequence[Any]], as_at: dt.date) -> dict[str, int]:
    """The rows of History that hold the results of a day, by code in small letters."""
    codes = history["indicator"]
    return {
        str(codes[row]).strip().casefold(): row
        for row, day in enumerate(history["as_at"])
        if day == as_at and codes[row] is not None
    }


def entry_of(history: Mapping[str, Sequence[Any]], row: int) -> tuple[str, Any]:
    """The column that says what a row of History holds now, and that: Restated comes first."""
    restated = history["restated"][row] if "restated" in history else None
    return ("result", history["result"][row]) if restated is None else ("restated", restated)


def is_held(result: PeriodResult, entry: object, status: object) -> bool:
    """Whether History's entry is that result; one marked as rounded need only look the same."""
    if isinstance(entry, str):
        return STATES_AS_TYPED.get(entry.strip().lower()) == result.state
    if result.result is not None and isinstance(entry, int | float) and _is_rounded(status):
        return as_shown(float(entry), result.measure) == as_shown(result.result, result.measure)
    return agree(entry, result.result)


def _is_rounded(status: object) -> bool:
    return isinstance(status, str) and _ROUNDED in status.casefold()


def is_unchanged(
    results: Sequence[PeriodResult], history: Mapping[str, Sequence[Any]], previous: dt.date
) -> bool:
    """Whether every count that History holds of the period before is still the same."""
    held = rows_by_code(history, previous)
    compared = [
        (history[name][held[code]], getattr(result, name))
        for result in results
        for name in ("numerator", "denominator")
        if name in history and (code := result.code.casefold()) in held
    ]
    known = [(before, now) for before, now in compared if before is not None]
    return bool(known) and all(agree(before, now) for before, now in known)
