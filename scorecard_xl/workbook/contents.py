"""Everything a refresh puts into a workbook, as values or as formulas."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.rules import Fill
from scorecard_xl.workbook.body import body_rows
from scorecard_xl.workbook.fill import texts_of
from scorecard_xl.workbook.formula_fill import FormulaFill
from scorecard_xl.workbook.history_notes import notes_of
from scorecard_xl.workbook.inputs import HISTORY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Workbook
    from scorecard_xl.workbook.reading import Reading
    from scorecard_xl.workbook.template import Template


@dataclasses.dataclass(frozen=True)
class Contents:
    """The rows of the body, the texts around it, and the names that formulas use."""

    rows: Sequence[BodyRow]
    texts: Mapping[str, Content]
    names: Mapping[str, str]


def contents_of(
    workbook: Workbook, reading: Reading, template: Template, scorecard: Scorecard, fill: Fill
) -> Contents:
    """Work out what the Scorecard is to hold; formulas come with the core's value."""
    notes = notes_of(reading.inputs.columns(HISTORY), scorecard)
    texts = texts_of(scorecard, notes)
    rows = body_rows(scorecard, texts, with_footnote=template.has_footnote)
    formulas = FormulaFill(workbook, template, reading.inputs, scorecard, notes=notes)
    # The names stay with values, too: an analyst's own formulas may use them.
    names = formulas.names(rows)
    if fill is Fill.VALUES:
        return Contents(rows, texts, names)
    return Contents(formulas.rows(rows), formulas.texts(texts), names)
