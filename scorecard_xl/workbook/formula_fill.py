"""A scorecard as formulas: every cell keeps the core's value and shows where it comes from."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.rules import Measure, Polarity, ToleranceUnit
from scorecard_xl.workbook.cell_content import Formula, value_of
from scorecard_xl.workbook.definitions import Definition, Place, RowCells, Tables
from scorecard_xl.workbook.engine import column_letters
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
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.template import Template


LONGEST_FORMULA = 8_192
_OF_RESULTS = (
    "indicator", "measure", "polarity", "data_period", "numerator_code", "denominator_code",
    "previous_restated", "outturn_restated", "previous_as_at", "outturn_as_at",
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
        formulas = FormulaTexts(self._row_formulas)
        texts = self._text_formulas
        filled = []
        for number, row in enumerate(rows, self._template.body_top):
            contents = dict(row.contents)
            if row.kind.is_indicator:
                indicator = definitions[row.code]
                cells = self._cells(str(number), row.code, indicator)
                patterns = formulas.of(indicator.definition, cells)
                widest = max(map(len, cells))
                for role, pattern in patterns.items():
                    if pattern.longest(widest) <= LONGEST_FORMULA or _fits(pattern.text(cells)):
                        contents[role] = Formula(pattern, value_of(contents.get(role)), cells)
            elif row.kind.value in texts and _fits(texts[row.kind.value]):
                text = texts[row.kind.value]
                contents["indicator"] = Formula(text, value_of(contents["indicator"]))
            filled.append(row._replace(contents=contents))
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
        rows = {
            _folded(code): row for row, code in enumerate(own["indicator"]) if isinstance(code, str)
        }
        blank = [None] * len(own["indicator"])
        unit, floor, green, amber = (own.get(name, blank) for name in _OF_INDICATORS)
        defined = {}
        for code, *of_results in zip(*self._scorecard.columns(_OF_RESULTS), strict=True):
            row = rows[_folded(code)]
            measure, polarity, period, numerator, denominator, *references = of_results
            definition = Definition(
                measure=_MEASURES[measure],
                polarity=_POLARITIES.get(polarity),
                is_year_to_date=period is not None and period.strip().casefold() == "ytd",
                has_floor=floor[row] is not None,
                has_green=green[row] is not None,
                has_amber=amber[row] is not None,
                is_in_points=_folded(str(unit[row] or "")) == ToleranceUnit.POINTS,
                previous_is_restated=references[0],
                outturn_is_restated=references[1],
            )
            defined[code] = Defined(definition, numerator, denominator or "", *references[2:])
        return defined

    def _cells(self, row: str, code: str, defined: Defined) -> RowCells:
        """What the formulas of one row have to themselves."""
        tables, folded = self._tables, code.casefold()
        in_code = f'"{code}"'
        if "code" in self._template.columns:
            in_code = f"${column_letters(self._template.columns['code'])}{row}"
        counts, history = tables.places_of_counts, tables.places_of_history
        return RowCells(
            row,
            in_code,
            *tables.looked_up(
                tables.counts, counts.get(defined.numerator.casefold()), f'"{defined.numerator}"'
            ),
            *tables.looked_up(
                tables.counts,
                counts.get(defined.denominator.casefold()),
                f'"{defined.denominator}"',
            ),
            *tables.looked_up(tables.indicators, tables.places_of_indicators.get(folded), in_code),
            *tables.looked_up(tables.history, history.get((defined.previous, folded)), in_code),
            *tables.looked_up(tables.history, history.get((defined.outturn, folded)), in_code),
        )

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


def _fits(formula: str) -> bool:
    """Whether Excel takes it: longer ones are dropped on loading, and the value stands there."""
    return len(formula) <= LONGEST_FORMULA


def _tables(inputs: Inputs, *, has_keys: bool) -> Tables:
    """The input tables, and where each code stands in them."""
    history = inputs.columns(HISTORY)
    places_of_history = {
        (day, _folded(code)): _place(row, code)
        for row, (day, code) in enumerate(zip(history["as_at"], history["indicator"], strict=True))
        if day is not None and isinstance(code, str)
    }
    return Tables(
        counts=_reference(inputs, COUNTS),
        indicators=_reference(inputs, INDICATORS),
        history=_reference(inputs, HISTORY),
        commentary=_reference(inputs, COMMENTARY) if COMMENTARY.name in inputs.tables else None,
        places_of_counts=_places_of(inputs.columns(COUNTS)["code"]),
        places_of_indicators=_places_of(inputs.columns(INDICATORS)["indicator"]),
        places_of_history=places_of_history,
        has_keys=has_keys,
    )


def _reference(inputs: Inputs, layout: TableLayout) -> TableReference:
    located = inputs.tables[layout.name]
    return TableReference(located.name, located.area, located.headings, located.columns)


def _places_of(codes: Sequence[object]) -> dict[str, Place]:
    return {
        _folded(code): _place(row, code) for row, code in enumerate(codes) if isinstance(code, str)
    }


def _place(row: int, code: str) -> Place:
    return Place(row, "" if code == code.strip() else code)


def _folded(code: str) -> str:
    return code.strip().casefold()
