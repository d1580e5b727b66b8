"""Everything a refresh puts into a workbook, as values or as formulas."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.rules import Fill
from scorecard_xl.workbook.body import body_rows
from scorecard_xl.workbook.fill import texts_of
from scorecard_xl.workbook.formula_fill import FormulaFill
from scorecard_xl.workbook.formulas import STATE_PREFIX
from scorecard_xl.workbook.setting_names import PREFIX
from scorecard_xl.workbook.text_formulas import TALLY_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.rules import Scorecard
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.engine import Content, Workbook
    from scorecard_xl.workbook.reading import Reading
    from scorecard_xl.workbook.template import Template


# How the names begin that only formulas use.
_PREFIXES = (PREFIX, STATE_PREFIX, TALLY_PREFIX)


@dataclasses.dataclass(frozen=True)
class Contents:
    """The rows of the body, the texts around it, and the names that formulas use."""

    rows: Sequence[BodyRow]
    texts: Mapping[str, Content]
    names: Mapping[str, str | None]


def contents_of(
    workbook: Workbook, reading: Reading, template: Template, scorecard: Scorecard, fill: Fill
) -> Contents:
    """Work out what the Scorecard is to hold; formulas come with the core's value."""
    texts = texts_of(scorecard)
    rows = body_rows(scorecard, texts, with_footnote=template.has_footnote)
    if fill is Fill.VALUES:
        # Names that only formulas use go away with them.
        unused = [name for name in reading.names if name.startswith(_PREFIXES)]
        return Contents(rows, texts, dict.fromkeys(unused))
    formulas = FormulaFill(workbook, template, reading.inputs, scorecard)
    return Contents(formulas.rows(rows), formulas.texts(texts), formulas.names(rows))
