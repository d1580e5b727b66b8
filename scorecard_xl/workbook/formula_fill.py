"""A scorecard as formulas: every cell keeps the core's value and shows where it comes from."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

import pandas as pd

from scorecard_xl.workbook.definitions import Place, Tables, definition_of
from scorecard_xl.workbook.engine import ErrorValue, Formula, value_of
from scorecard_xl.workbook.formulas import STATE_NAMES, RowFormulas
from scorecard_xl.workbook.input_problems import TableLayout, heading_key
from scorecard_xl.workbook.inputs import (
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
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.definitions import Definition
    from scorecard_xl.workbook.engine import Content, Workbook
    from scorecard_xl.workbook.template import Template


LONGEST_FORMULA = 8_192
# A key's formula that no program has calculated yet; the next one will.
_TO_BE_CALCULATED = ErrorValue("")


class FormulaFill:
    """Turns what a scorecard shows into formulas over the workbook's tables."""

    def __init__(
        self, workbook: Workbook, template: Template, inputs: Inputs, scorecard: Scorecard
    ) -> None:
        self._template = template
        self._inputs = inputs
        self._scorecard = scorecard
        self._workbook = workbook

    @functools.cached_property
    def _tables(self) -> Tables:
        return _tables(self._inputs, has_keys=has_true_keys(self._workbook, self._inputs))

    def rows(self, rows: Sequence[BodyRow]) -> list[BodyRow]:
        """Give the same rows with formulas in their cells; what they show stays the same."""
        own = {
            _folded(record["indicator"]): {str(key): value for key, value in record.items()}
            for record in self._inputs.frame(INDICATORS).to_dict("records")
            if isinstance(record["indicator"], str)
        }
        results = {
            record["indicator"]: {str(key): value for key, value in record.items()}
            for record in self._scorecard.results.to_dict("records")
        }
        texts = self._text_formulas
        filled = []
        for number, row in enumerate(rows, self._template.body_top):
            formulas: dict[str, str] = {}
            if row.kind.is_indicator:
                definition = definition_of(results[row.code], own[_folded(row.code)])
                formulas = self._row(definition, number).all()
            elif row.kind.value in texts:
                formulas = {"indicator": texts[row.kind.value]}
            given = {
                role: Formula(text, value_of(row.contents.get(role)))
                for role, text in formulas.items()
                # Excel drops longer formulas on loading; the value stands where one would be.
                if len(text) <= LONGEST_FORMULA
            }
            filled.append(dataclasses.replace(row, contents={**row.contents, **given}))
        return filled

    def _row(self, definition: Definition, number: int) -> RowFormulas:
        return RowFormulas(
            definition,
            number,
            template=self._template,
            tables=self._tables,
            settings=self._scorecard.settings,
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
        frame = self._inputs.frame(SETTINGS)
        typed = {
            heading_key(name): TypedSetting(name, value, row)
            for row, (name, value) in enumerate(zip(frame["name"], frame["value"], strict=True))
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
        return text_formulas(self._template, self._scorecard.settings, extracted=extracted)


def _tables(inputs: Inputs, *, has_keys: bool) -> Tables:
    """The input tables, and where each code stands in them."""
    history = inputs.frame(HISTORY)
    places_of_history = {
        (pd.Timestamp(as_at), _folded(code)): Place(row, code)
        for row, (as_at, code) in enumerate(
            zip(history["as_at"], history["indicator"], strict=True)
        )
        if as_at is not None and isinstance(code, str)
    }
    return Tables(
        counts=_reference(inputs, COUNTS),
        indicators=_reference(inputs, INDICATORS),
        history=_reference(inputs, HISTORY),
        places_of_counts=_places_of(inputs.frame(COUNTS)["code"]),
        places_of_indicators=_places_of(inputs.frame(INDICATORS)["indicator"]),
        places_of_history=places_of_history,
        has_keys=has_keys,
    )


def _reference(inputs: Inputs, layout: TableLayout) -> TableReference:
    located = inputs.tables[layout.name]
    return TableReference(located.name, located.area, located.headings, located.columns)


def _places_of(codes: pd.Series[Any]) -> dict[str, Place]:
    return {
        _folded(code): Place(row, code) for row, code in enumerate(codes) if isinstance(code, str)
    }


def _folded(code: object) -> str:
    return str(code).strip().casefold()


def has_true_keys(workbook: Workbook, inputs: Inputs) -> bool:
    """Whether History's Key column holds, in every row, the date's serial number and the code."""
    history = inputs.frame(HISTORY)
    if "key" not in inputs.tables[HISTORY.name].headings:
        return False
    for as_at, code, key in zip(
        history["as_at"], history["indicator"], history["key"], strict=True
    ):
        if as_at is None and code is None:
            continue
        if key == _TO_BE_CALCULATED:
            continue
        serial, bar, rest = str(key or "").partition("|")
        if not bar or not serial.isdigit() or rest.casefold() != str(code).casefold():
            return False
        if workbook.date_of(float(serial)).date() != pd.Timestamp(as_at).date():
            return False
    return True
