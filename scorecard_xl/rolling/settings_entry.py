"""What a roll writes to Settings: values in their cells, and a row for a name that has none."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.rules.settings_table import rows_of_settings
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import Area
from scorecard_xl.workbook.inputs import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.workbook.cell_content import Content, Value
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.inputs import Inputs, Located

_DATE_FORMAT = "dd/mm/yyyy"


@dataclasses.dataclass(frozen=True)
class SettingsEntry:
    """Values by their cells, and those by name that the table does not have yet."""

    located: Located
    cells: Mapping[Area, Value]
    added: Mapping[str, Value]

    def write(self, workbook: Workbook) -> None:
        """Write them; the table grows by what it does not have."""
        for cell, value in self.cells.items():
            workbook.write_block(cell.sheet, cell.top, cell.left, [[value]])
        if not self.added:
            return
        area = self.located.area
        name_at, value_at = (self.located.columns[key] - area.left for key in ("name", "value"))
        rows: list[list[Content]] = []
        formats: list[list[str | None]] = []
        for name, value in self.added.items():
            rows.append(_line(area.width, {name_at: name, value_at: value}))
            shown = _DATE_FORMAT if isinstance(value, dt.date) else None
            formats.append([shown if i == value_at else None for i in range(area.width)])
        workbook.extend_table(self.located.name, rows, formats, after=area.height)


def settings_entry(
    workbook: Workbook, inputs: Inputs, values: Mapping[str, Value]
) -> SettingsEntry:
    """Find the cells of settings that are to be written.

    Raises
    ------
    RefusedError
        One of them is a formula, which would be lost.
    """
    located, rows = inputs.tables[SETTINGS.name], rows_of_settings(inputs.columns(SETTINGS))
    area, left = located.area, located.columns["value"]
    held = workbook.read_block(dataclasses.replace(area, left=left, right=left))
    cells: dict[Area, Value] = {}
    for name, value in values.items():
        if name not in rows:
            continue
        content, cell = held[rows[name]][0], Area.cell(area.sheet, area.top + rows[name], left)
        if isinstance(content, Formula):
            message = (
                f"{cell}: {name} is a formula, which would be lost; type its value, or leave it "
                "blank to have it derived."
            )
            raise RefusedError(message)
        # A date that was typed as text stays one: its cell shows no other.
        is_text = isinstance(content, str) and isinstance(value, dt.date)
        cells[cell] = value.isoformat() if is_text and isinstance(value, dt.date) else value
    return SettingsEntry(
        located, cells, {name: it for name, it in values.items() if name not in rows}
    )


def _line(width: int, contents: Mapping[int, Content]) -> list[Content]:
    return [contents.get(i) for i in range(width)]
