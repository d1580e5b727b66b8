"""The template of a batch: what it holds of its own area, and where other areas' facts go."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Self

from scorecard_xl.exceptions import InvalidWorkbookError, RefusedError
from scorecard_xl.rules.settings import read_settings
from scorecard_xl.rules.settings_table import rows_of_settings
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.counts_entry import CountsEntry
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.inputs import COMMENTARY, HISTORY, INDICATORS, SETTINGS, read_inputs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Settings
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Table, Workbook
    from scorecard_xl.workbook.inputs import Inputs, Located

_NEEDED = ("Counts", INDICATORS.name, HISTORY.name, SETTINGS.name)


@dataclasses.dataclass(frozen=True, kw_only=True)
class BatchTemplate:
    """A workbook that others are made from, as read."""

    settings: Settings
    setting_cells: Mapping[str, Area]
    setting_contents: Mapping[str, Content]
    entry: CountsEntry
    history: Table
    commentary: Located | None
    inputs: Inputs

    @classmethod
    def of(cls, workbook: Workbook) -> Self:
        """Read a template.

        Raises
        ------
        InvalidWorkbookError
            A table that is needed is missing, or its settings have errors.
        RefusedError
            A count, or a setting that differs from area to area, is a formula.
        """
        inputs, unreadable = read_inputs(workbook)
        settings, problems = read_settings(inputs.columns(SETTINGS))
        errors = [problem for problem in unreadable if problem.place.startswith("'Settings'")]
        errors += [inputs.located(problem) for problem in problems]
        missing = [name for name in _NEEDED if name not in inputs.tables]
        if missing:
            errors = [problem for problem in unreadable if problem.is_error]
        if settings is None or missing:
            raise InvalidWorkbookError(errors)
        history = workbook.read_table(HISTORY.name)
        assert history is not None
        entry = CountsEntry.into(workbook)
        _refuse_formulas(entry)
        cells = _setting_cells(inputs.tables[SETTINGS.name], inputs.columns(SETTINGS))
        contents = {name: workbook.read_block(cell)[0][0] for name, cell in cells.items()}
        return cls(
            settings=settings,
            setting_cells=cells,
            setting_contents=contents,
            entry=entry,
            history=history,
            commentary=inputs.tables.get(COMMENTARY.name),
            inputs=inputs,
        )

    @functools.cached_property
    def measures(self) -> dict[str, str]:
        """Each indicator's measure, by its code in small letters."""
        return {
            code: str(measure or "").strip().lower() for code, measure in self._by_code("measure")
        }

    @functools.cached_property
    def in_hundredths(self) -> dict[str, bool]:
        """Whether a figure of each indicator is a fraction of 1, by its code."""
        return {code: measure == "percentage" for code, measure in self.measures.items()}

    @functools.cached_property
    def bands_in_hundredths(self) -> dict[str, bool]:
        """Whether a bare number among an indicator's tolerances is in hundredths, by its code."""
        units = dict(self._by_code("tolerance_unit"))
        return {
            code: is_fraction and str(units.get(code) or "").strip().lower() == "points"
            for code, is_fraction in self.in_hundredths.items()
        }

    @functools.cached_property
    def supplied_codes(self) -> set[str]:
        """The counts that are results others supply, which cannot be added up."""
        numerators = dict(self._by_code("numerator"))
        return {
            str(numerators.get(code) or "").strip().lower()
            for code, measure in self.measures.items()
            if measure == "supplied"
        }

    @functools.cached_property
    def fractional_codes(self) -> set[str]:
        """The counts that need not be whole: averages and supplied results alone use them."""
        used_by: dict[str, set[str]] = {}
        for column in ("numerator", "denominator"):
            for code, count in self._by_code(column):
                used_by.setdefault(str(count or "").strip().lower(), set()).add(self.measures[code])
        return {count for count, by in used_by.items() if by <= {"average", "supplied"}}

    def _by_code(self, column: str) -> list[tuple[str, object]]:
        table = self.inputs.columns(INDICATORS)
        codes = table["indicator"]
        values: Sequence[object] = table.get(column) or [None] * len(codes)
        return [
            (code.strip().lower(), value)
            for code, value in zip(codes, values, strict=True)
            if isinstance(code, str)
        ]


def _setting_cells(located: Located, columns: Mapping[str, Sequence[object]]) -> dict[str, Area]:
    """The cell of each setting's value, by the setting's name."""
    area, left = located.area, located.columns.get("value", located.area.left)
    return {
        name: Area.cell(area.sheet, area.top + row, left)
        for name, row in rows_of_settings(columns).items()
    }


def _refuse_formulas(entry: CountsEntry) -> None:
    """Refuse counts that are formulas: nothing here calculates them for other areas."""
    for row, content in enumerate(entry.column):
        if isinstance(content, Formula):
            message = (
                f"{entry.cell(row)}: the count is a formula, which a batch cannot calculate for "
                "each area; type a value in the template, and give the count with the others."
            )
            raise RefusedError(message)
