"""A scorecard as formulas: every cell keeps the core's value and shows where it comes from."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.rules import Measure, Polarity, ToleranceUnit
from scorecard_xl.workbook.body import BodyRow
from scorecard_xl.workbook.cell_content import Formula, value_of
from scorecard_xl.workbook.definitions import Definition, RowCells, Tables, places_of
from scorecard_xl.workbook.engine import column_letters
from scorecard_xl.workbook.formula_rows import FormulaContents
from scorecard_xl.workbook.formula_texts import FormulaTexts
from scorecard_xl.workbook.formulas import STATE_NAMES, RowFormulas
from scorecard_xl.workbook.history_keys import has_true_keys
from scorecard_xl.workbook.input_problems import TableLayout, heading_key
from scorecard_xl.workbook.inputs import (
    COMMENTARY,
    COUNTS,
    HISTORY,
    INDICATORS,
    SETTINGS,
    Inputs,
)
from scorecard_xl.workbook.references import TableReference
from scorecard_xl.workbook.setting_names import TypedSetting, setting_names
from scorecard_xl.workbook.text_formulas import tally_names, text_formulas

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.template import Template


# Excel takes no longer one: it drops it on loading, and so the value stands there.
LONGEST_FORMULA = 8_192
_OF_RESULTS = (
    "indicator", "numerator_code", "denominator_code", "previous_as_at", "outturn_as_at",
    "measure", "polarity", "data_period", "previous_restated", "outturn_restated",
)  # fmt: skip
_OF_INDICATORS = ("tolerance_unit", "floor", "green_tolerance", "amber_tolerance")
_MEASURES = {measure.value: measure for measure in Measure}
_POLARITIES = {polarity.value: polarity for polarity in Polarity}


class FormulaFill:
    """Turns what a scorecard shows into formulas over the workbook's tables."""

    def __init__(
        self,
        workbook: Workbook,
        template: Template,
        inputs: Inputs,
        scorecard: Scorecard,
        *,
        notes: str = "",
    ) -> None:
        self._template = template
        self._inputs = inputs
        self._scorecard = scorecard
        self._workbook = workbook
        self._notes = notes

    @functools.cached_property
    def _tables(self) -> Tables:
        return _tables(self._inputs, has_keys=has_true_keys(self._workbook, self._inputs))

    def rows(self, rows: Sequence[BodyRow]) -> list[BodyRow]:
        """Give the same rows with formulas in their cells; what they show stays the same."""
        definitions = self._definitions()
        formulas, texts = FormulaTexts(self._row_formulas), self._text_formulas
        top = self._template.body_top
        shown = [(str(i), row) for i, row in enumerate(rows, top) if row.kind.is_indicator]
        codes = [row.code for _, row in shown]
        defined = [definitions[code] for code in codes]
        cells = self._cells([number for number, _ in shown], codes, defined)
        of_indicators = zip(defined, cells, strict=True)
        filled = []
        for row in rows:
            contents: Mapping[str, Content] = row.contents
            if row.kind.is_indicator:
                indicator, own = next(of_indicators)
                patterns = formulas.of(indicator.definition, own)
                contents = FormulaContents(contents, patterns.fitting(own, LONGEST_FORMULA), own)
            elif row.kind.value in texts and len(texts[row.kind.value]) <= LONGEST_FORMULA:
                formula = Formula(texts[row.kind.value], value_of(row.contents["indicator"]))
                contents = {**row.contents, "indicator": formula}
            filled.append(BodyRow(row.kind, contents, row.code, row.restated))
        return filled

    def _row_formulas(self, definition: Definition, cells: RowCells) -> dict[str, str]:
        formulas = RowFormulas(
            definition,
            cells,
            template=self._template,
            tables=self._tables,
            settings=self._scorecard.settings,
        )
        return formulas.all()

    def _definitions(self) -> dict[str, Defined]:
        """What the formulas of each indicator depend on, by its code."""
        own = self._inputs.columns(INDICATORS)
        rows = self._tables.places_of_indicators.rows
        blank = [None] * len(own["indicator"])
        unit, floor, green, amber = (own.get(name, blank) for name in _OF_INDICATORS)
        known: dict[object, Definition] = {}
        defined = {}
        for code, numerator, denominator, previous, outturn, *deciding in zip(
            *self._scorecard.columns(_OF_RESULTS), strict=True
        ):
            row = rows[_folded(code)]
            has = floor[row] is not None, green[row] is not None, amber[row] is not None
            key = (*deciding, *has, unit[row])
            definition = known.get(key)
            if definition is None:
                definition = known[key] = _definition(deciding, has, unit[row])
            defined[code] = Defined(definition, numerator, denominator or "", previous, outturn)
        return defined

    def _cells(
        self, numbers: Sequence[str], codes: Sequence[str], defined: Sequence[Defined]
    ) -> Iterator[RowCells]:
        """What the formulas of each row have to themselves."""
        tables, folded = self._tables, [code.casefold() for code in codes]
        in_codes: Sequence[str] = [f'"{code}"' for code in codes]
        if self._code_column is not None:
            in_codes = [f"${self._code_column}{number}" for number in numbers]
        columns = [numbers, in_codes]
        for used in ([each.numerator for each in defined], [each.denominator for each in defined]):
            keys, written = [code.casefold() for code in used], [f'"{code}"' for code in used]
            columns += tables.looked_up(tables.counts, tables.places_of_counts, keys, written)
        columns += tables.looked_up(
            tables.indicators, tables.places_of_indicators, folded, in_codes
        )
        for days in ([each.previous for each in defined], [each.outturn for each in defined]):
            dated = list(zip(days, folded, strict=True))
            columns += tables.looked_up(tables.history, tables.places_of_history, dated, in_codes)
        return map(RowCells._make, zip(*columns, strict=True))

    @functools.cached_property
    def _code_column(self) -> str | None:
        """The letters of the column that holds the codes."""
        column = self._template.columns.get("code")
        return None if column is None else column_letters(column)

    def texts(self, values: Mapping[str, Content]) -> dict[str, Content]:
        """Give the texts around the rows as formulas, where they can be."""
        formulas = self._text_formulas
        return {
            name: Formula(formulas[name], value_of(value)) if name in formulas else value
            for name, value in values.items()
        }

    def names(self, rows: Sequence[BodyRow]) -> dict[str, str]:
        """Give the names that the formulas use: the settings', and those of the tallies."""
        top = self._template.body_top
        last = max((i for i, row in enumerate(rows) if row.kind.is_indicator), default=0)
        table = self._inputs.columns(SETTINGS)
        typed = {
            heading_key(name): TypedSetting(name, value, row)
            for row, (name, value) in enumerate(zip(table["name"], table["value"], strict=True))
            if isinstance(name, str)
        }
        settings = setting_names(
            self._scorecard.settings,
            _reference(self._inputs, SETTINGS),
            typed,
            are_guarded=self._tables.are_large,
        )
        return {
            **settings,
            **STATE_NAMES,
            **tally_names(self._template, top=top, bottom=top + last),
        }

    @functools.cached_property
    def _text_formulas(self) -> dict[str, str]:
        counts = self._tables.counts
        extracted = counts.column("extracted") if "extracted" in counts else None
        return text_formulas(
            self._template, self._scorecard.settings, extracted=extracted, notes=self._notes
        )


class Defined(NamedTuple):
    """An indicator's definition, its counts' codes, and the dates it is compared with."""

    definition: Definition
    numerator: str
    denominator: str
    previous: datetime.date | None
    outturn: datetime.date | None


def _tables(inputs: Inputs, *, has_keys: bool) -> Tables:
    """The input tables, and where each code stands in them."""
    history = inputs.columns(HISTORY)
    return Tables(
        counts=_reference(inputs, COUNTS),
        indicators=_reference(inputs, INDICATORS),
        history=_reference(inputs, HISTORY),
        commentary=_reference(inputs, COMMENTARY) if COMMENTARY.name in inputs.tables else None,
        places_of_counts=places_of(inputs.columns(COUNTS)["code"]),
        places_of_indicators=places_of(inputs.columns(INDICATORS)["indicator"]),
        places_of_history=places_of(history["indicator"], history["as_at"]),
        has_keys=has_keys,
    )


def _reference(inputs: Inputs, layout: TableLayout) -> TableReference:
    located = inputs.tables[layout.name]
    return TableReference(located.name, located.area, located.headings, located.columns)


def _definition(deciding: Sequence[Any], has: tuple[bool, bool, bool], unit: object) -> Definition:
    """What decides an indicator's formulas, out of the last of `_OF_RESULTS` and of Indicators."""
    measure, polarity, period, previous_is_restated, outturn_is_restated = deciding
    has_floor, has_green, has_amber = has
    return Definition(
        measure=_MEASURES[measure],
        polarity=_POLARITIES.get(polarity),
        is_year_to_date=period is not None and period.strip().casefold() == "ytd",
        has_floor=has_floor,
        has_green=has_green,
        has_amber=has_amber,
        is_in_points=_folded(str(unit or "")) == ToleranceUnit.POINTS,
        previous_is_restated=previous_is_restated,
        outturn_is_restated=outturn_is_restated,
    )


def _folded(code: str) -> str:
    return code.strip().casefold()
