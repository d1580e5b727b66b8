"""Rules and lists of a table's columns, which go on over the rows it grows by."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.xml import Q
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from lxml import etree

_RULES = (f"{Q}conditionalFormatting", f"{Q}dataValidations/{Q}dataValidation")
# Rules that only newer programs know name their cells in an element.
_IN_EXTENSIONS = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"


def follow_table(root: etree._Element, table: Area, bottom: int) -> None:
    """Have what reaches the last data row of a table reach row `bottom`, as Excel does."""
    for path in _RULES:
        for element in root.iterfind(path):
            element.set("sqref", _grown(element.get("sqref", ""), table, bottom))
    for element in root.iter(_IN_EXTENSIONS):
        element.text = _grown(element.text or "", table, bottom)


def _grown(references: str, table: Area, bottom: int) -> str:
    return " ".join(_grown_range(each, table, bottom) for each in references.split())


def _grown_range(reference: str, table: Area, bottom: int) -> str:
    try:
        area = Area.of(table.sheet, reference)
    except ValueError:
        # Whole columns reach every row already.
        return reference
    is_in_columns = table.left <= area.left and area.right <= table.right
    if not (is_in_columns and area.bottom == table.bottom):
        return reference
    return dataclasses.replace(area, bottom=bottom).range
