"""An area's facts entered into a workbook made from the template, as an analyst would type them."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from typing import TYPE_CHECKING, Any

from scorecard_xl.batch.facts import Published, holds_something
from scorecard_xl.exceptions import RefusedError
from scorecard_xl.workbook.cell_content import Formula, value_of
from scorecard_xl.workbook.history_keys import HISTORY_KEY
from scorecard_xl.workbook.input_problems import heading_key
from scorecard_xl.workbook.input_rows import figure_format
from scorecard_xl.workbook.inputs import INDICATORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.batch.facts import AreaFacts, Target
    from scorecard_xl.batch.template import BatchTemplate
    from scorecard_xl.workbook.cell_content import Content, Value
    from scorecard_xl.workbook.engine import Area, Workbook

# What is said of one area or period and holds for no other.
_OF_AREA = ("title",)
_OF_PERIOD = ("period_label", "target_label", "outturn_label", "previous_as_at", "outturn_as_at")
_OF_BOTH = ("signed_off_by", "signed_off_on")
_COUNTS_OF_AREA = ("extracted", "previous_value")
_SOURCE = "source"
_PUBLISHED_FIGURES = ("result", "numerator", "denominator", "target", "rag", "restated")
_FIGURES = ("target", "floor", "green_tolerance", "amber_tolerance")


class Entering:
    """Enters facts; where they go is found once for all areas."""

    def __init__(self, template: BatchTemplate, workbook: Workbook) -> None:
        self._template = template
        self._day_0 = workbook.date_of(0).date()
        entry = template.entry
        self._codes = {
            str(row[self._counts_keys.index("code")]).strip(): i
            for i, row in enumerate(entry.table.rows)
            if row[self._counts_keys.index("code")] not in (None, "")
        }
        self._blank: dict[str, Value] = dict.fromkeys(self._codes)
        self._folded = {code.casefold(): code for code in self._codes}
        self._history_keys = [heading_key(heading) for heading in template.history.headings]
        names = (*Published._fields, "key")
        self._history_places = [
            names.index(key) if key in names else len(names) for key in self._history_keys
        ]
        self._figure_places = [
            (at, Published._fields.index(key))
            for at, key in enumerate(self._history_keys)
            if key in _PUBLISHED_FIGURES
        ]
        self._formats: dict[str, list[str | None]] = {}
        self._serials: dict[dt.date, int] = {}
        self._target_rows = self._rows_of_indicators()

    @functools.cached_property
    def _counts_keys(self) -> list[str]:
        return [heading_key(heading) for heading in self._template.entry.table.headings]

    def is_own_area(self, facts: AreaFacts) -> bool:
        """Whether the facts are of the area that the template was made for."""
        return facts.area.strip().lower() == self._template.settings.area.strip().lower()

    def knows_codes_of(self, facts: AreaFacts) -> bool:
        """Whether every count is among those of the template."""
        return all(code.strip().casefold() in self._folded for code in facts.counts)

    def enter(self, workbook: Workbook, facts: AreaFacts) -> None:
        """Enter everything; what the template holds of another area goes.

        Raises
        ------
        InvalidWorkbookError
            A code is not among the template's counts; nothing was written.
        RefusedError
            A setting that has to change is a formula.
        """
        is_own = self.is_own_area(facts)
        settings = self._settings(facts)
        values = self._values(facts)
        self._enter_history(workbook, facts, is_own=is_own)
        self._template.entry.enter(workbook, values, places=dict.fromkeys(values, facts.whose))
        for cell, value in settings.items():
            workbook.write_block(cell.sheet, cell.top, cell.left, [[value]])
        if not is_own:
            self._clear_what_is_the_templates(workbook)
        self._enter_sources(workbook, facts)
        self._enter_targets(workbook, facts)

    def varying_cells(self, facts: AreaFacts) -> list[tuple[str, list[tuple[int, int]]]]:
        """The cells, by sheet, row and column, that differ between areas whose facts are alike."""
        template = self._template
        groups: list[tuple[str, list[tuple[int, int]]]] = []
        if facts.area != template.settings.area and "area" in template.setting_cells:
            cell = template.setting_cells["area"]
            groups.append((cell.sheet, [(cell.top, cell.left)]))
        area, keys = template.entry.table.area, self._counts_keys
        columns = [template.entry.value_at]
        if facts.sources and _SOURCE in keys:
            columns.append(keys.index(_SOURCE))
        groups.append((area.sheet, [
            (area.top + i, area.left + at) for at in columns for i in range(area.height)
        ]))  # fmt: skip
        if facts.history:
            area = template.history.area
            rows = range(area.top, area.top + len(facts.history))
            groups.append((area.sheet, [
                (row, area.left + at) for at, _ in self._history_figures(facts) for row in rows
            ]))  # fmt: skip
        if facts.targets:
            located = template.inputs.tables[INDICATORS.name]
            groups.append((located.area.sheet, [
                (row, located.columns[name]) for row, name, _ in self._target_figures(facts)
            ]))  # fmt: skip
        return groups

    def varying_values(self, facts: AreaFacts) -> list[list[Value]]:
        """The values of those cells, in their order."""
        template = self._template
        groups: list[list[Any]] = []
        if facts.area != template.settings.area and "area" in template.setting_cells:
            groups.append([facts.area])
        counts = self.column_of(facts)
        if facts.sources and _SOURCE in self._counts_keys:
            counts += self._source_column(facts)
        groups.append([value_of(content) for content in counts])
        if facts.history:
            figures = [column for _, column in self._history_figures(facts)]
            groups.append(list(itertools.chain.from_iterable(figures)))
        if facts.targets:
            groups.append([value for _, _, value in self._target_figures(facts)])
        return groups

    def _history_figures(self, facts: AreaFacts) -> list[tuple[int, Sequence[Value]]]:
        """The columns of a history that hold figures at all, by where they stand in the table."""
        columns = list(zip(*facts.history or (), strict=True))
        return [(at, columns[i]) for at, i in self._figure_places if holds_something(columns[i])]

    def column_of(self, facts: AreaFacts) -> list[Content]:
        """What the values of Counts are when the facts have been entered."""
        values, entry = self._values(facts), self._template.entry
        return entry.with_values(values, places=dict.fromkeys(values, facts.whose))[0]

    def history_of(
        self, facts: AreaFacts, held: Mapping[str, list[object]]
    ) -> dict[str, list[Any]]:
        """The columns of History when the facts have been entered into one that held others."""
        if facts.history is None:
            return dict(held)
        columns = dict(
            zip(Published._fields, map(list, zip(*facts.history, strict=True)), strict=False)
        )
        blank: list[Any] = [None] * len(facts.history)
        return {key: columns.get(key) or blank for key in held if key != "key"}

    def indicators_of(
        self, facts: AreaFacts, held: Mapping[str, list[object]]
    ) -> dict[str, list[Any]]:
        """The columns of Indicators when the facts have been entered."""
        columns = {key: list(values) for key, values in held.items()}
        top = self._template.inputs.tables[INDICATORS.name].area.top
        for row, name, value in self._target_figures(facts):
            columns[name][row - top] = value
        return columns

    def _values(self, facts: AreaFacts) -> dict[str, Value]:
        """Every count of the template: those that are not given are blank."""
        values = self._blank.copy()
        for code, value in facts.counts.items():
            values[self._folded.get(code.strip().casefold(), code)] = value
        return values

    def _settings(self, facts: AreaFacts) -> dict[Area, Value]:
        """The settings that differ from the template's, by their cells."""
        own = self._template.settings
        values: dict[str, Value] = {}
        if facts.area != own.area:
            values |= {"area": facts.area, **dict.fromkeys(_OF_AREA)}
        if facts.as_at != own.as_at:
            values |= {"as_at": facts.as_at, **dict.fromkeys(_OF_PERIOD)}
        if values:
            values |= dict.fromkeys(_OF_BOTH)
        cells, contents = self._template.setting_cells, self._template.setting_contents
        found: dict[Area, Value] = {}
        for name, value in values.items():
            if name not in cells or contents[name] == value:
                continue
            if isinstance(contents[name], Formula):
                message = (
                    f"{cells[name]}: {name} is a formula, which would be lost; type its value in "
                    "the template, or leave it blank to have it derived."
                )
                raise RefusedError(message)
            # A date that was typed as text stays one: its cell shows no other.
            is_text = isinstance(contents[name], str) and isinstance(value, dt.date)
            found[cells[name]] = (
                value.isoformat() if is_text and isinstance(value, dt.date) else value
            )
        return found

    def _enter_history(self, workbook: Workbook, facts: AreaFacts, *, is_own: bool) -> None:
        """Write the area's own history; without one, another area's history goes."""
        table = self._template.history
        if facts.history is not None:
            rows = [self._history_row(each) for each in facts.history]
            formats = [self._history_formats(each) for each in facts.history]
            workbook.write_table(table.name, rows, formats if rows else None)
        elif not is_own and any(map(holds_something, table.rows)):
            workbook.write_table(table.name, [])

    def _history_row(self, published: Published) -> list[Content]:
        key = Formula(HISTORY_KEY, f"{self._serial(published.as_at)}|{published.indicator.lower()}")
        known = (*published, key, None)
        return [known[place] for place in self._history_places]

    def _serial(self, day: dt.date) -> int:
        if day not in self._serials:
            self._serials[day] = (day - self._day_0).days
        return self._serials[day]

    def _history_formats(self, published: Published) -> list[str | None]:
        code = published.indicator.lower()
        formats = self._formats.get(code)
        if formats is None:
            shown = figure_format(self._template.measures.get(code, ""))
            known = {"result": shown, "target": shown, "restated": f'{shown}"r"'}
            formats = self._formats[code] = [known.get(key) for key in self._history_keys]
        return formats

    def _clear_what_is_the_templates(self, workbook: Workbook) -> None:
        """Empty comments, and columns of Counts, that tell of another area."""
        commentary = self._template.commentary
        if commentary is not None and any(any(column) for column in commentary.values.values()):
            area = commentary.area
            blank: list[list[Content]] = [[None] * area.width for _ in range(area.height)]
            workbook.write_block(area.sheet, area.top, area.left, blank)
        table, keys = self._template.entry.table, self._counts_keys
        for key in _COUNTS_OF_AREA:
            at = keys.index(key) if key in keys else None
            if at is not None and any(row[at] is not None for row in table.rows):
                self._write_counts_column(workbook, at, [None] * len(table.rows))

    def _enter_sources(self, workbook: Workbook, facts: AreaFacts) -> None:
        """Say beside counts that were added up what they are a sum of."""
        keys = self._counts_keys
        if not facts.sources or _SOURCE not in keys:
            return
        self._write_counts_column(workbook, keys.index(_SOURCE), self._source_column(facts))

    def _source_column(self, facts: AreaFacts) -> list[Content]:
        at = self._counts_keys.index(_SOURCE)
        column: list[Content] = [row[at] for row in self._template.entry.table.rows]
        for code, source in facts.sources.items():
            row = self._codes.get(self._folded.get(code.strip().casefold(), ""))
            if row is not None and not isinstance(column[row], Formula):
                column[row] = source
        return column

    def _write_counts_column(self, workbook: Workbook, at: int, column: list[Content]) -> None:
        area = self._template.entry.table.area
        block = [[content] for content in column]
        workbook.write_block(area.sheet, area.top, area.left + at, block)

    def _enter_targets(self, workbook: Workbook, facts: AreaFacts) -> None:
        located = self._template.inputs.tables[INDICATORS.name]
        for row, name, value in self._target_figures(facts):
            workbook.write_block(located.area.sheet, row, located.columns[name], [[value]])

    def _target_figures(self, facts: AreaFacts) -> list[tuple[int, str, Value]]:
        """What is entered of the targets: row, column and value."""
        return [
            (self._target_rows[target.indicator.lower()], name, value)
            for target in facts.targets or ()
            if target.indicator.lower() in self._target_rows
            for name, value in self._figures(target).items()
        ]

    def _figures(self, target: Target) -> dict[str, Value]:
        """A target's figures; bands that are not given stay the template's."""
        columns = self._template.inputs.tables[INDICATORS.name].columns
        given = {name: getattr(target, name) for name in _FIGURES if name in columns}
        return {
            name: value for name, value in given.items() if value is not None or name == "target"
        }

    def _rows_of_indicators(self) -> dict[str, int]:
        located = self._template.inputs.tables[INDICATORS.name]
        return {
            code.strip().lower(): located.area.top + i
            for i, code in enumerate(located.values["indicator"])
            if isinstance(code, str)
        }
