"""Conditional formats of a live workbook: ours replaced, an analyst's own left alone."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.xlwings_book import probes
from scorecard_xl.engines.xlwings_book.busy import patient
from scorecard_xl.workbook.engine import LAST_ROW, Area, Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import xlwings

Look = dict[str, Any]

_RELATIVE_ROW = re.compile(r"(\$[A-Z]{1,3})(\d+)")
_ROW_IN_FORMULA = re.compile(r"(?<=[A-Z])\d+")
_OF_THE_ROW = re.compile(r"INDEX\((\$[A-Z]{1,3}):\1,ROW\(\)\)")
_LOOKS = {
    "fill_color": "fill_color", "font_color": "font_color", "bold": "font_bold",
    "italic": "font_italic",
}  # fmt: skip


def replace_conditions(
    cells_of: Callable[[Area], xlwings.Range], owned: Area, conditions: Sequence[Condition]
) -> None:
    """Replace those rules of the conditions' columns within `owned` that ask the same.

    Where rules can be read, others stay, and so does a look that an analyst has
    given one of ours. Excel on the web does not let a script read them: where rows
    move there, all rules of these columns are replaced, an analyst's own among them,
    and rules on cells that get another look may go, too.
    """
    is_remote = cells_of(owned).sheet.book.app.engine.type == "remote"
    looks: dict[Condition, Look] = {}
    for column, alike in _by_column(owned, conditions).items():
        cells = cells_of(column)
        if is_remote:
            clear(cells)
        else:
            looks |= _take_away(cells, column, alike)
    # The newest rule goes on top, so the last is added first.
    for condition in reversed(conditions):
        add(cells_of(condition.area), condition, looks.get(condition))


def are_all_there(
    cells_of: Callable[[Area], xlwings.Range], owned: Area, conditions: Sequence[Condition]
) -> bool:
    """Whether each condition has a rule that asks the same; yes where that cannot be read."""
    if cells_of(owned).sheet.book.app.engine.type == "remote":
        return True
    for column, alike in _by_column(owned, conditions).items():
        cells = cells_of(column)
        wanted = {signature(formula_of(each, is_excel=False)) for each in alike}
        for rule in rules_of(cells):
            if wanted and signature(asked_by(rule) or "") in wanted:
                address = probes.applies_to(rule, cells.sheet)
                if condition_like(rule, column.sheet, address, alike):
                    wanted.discard(signature(asked_by(rule) or ""))
        if wanted:
            return False
    return True


def condition_like(
    rule: xlwings.main.ConditionalFormat,
    sheet: str,
    address: str | None,
    conditions: Sequence[Condition],
) -> Condition | None:
    """The condition that a rule was made from: it asks the same, in the same column.

    Where its `address` is not known, what it asks decides alone.
    """
    asked = signature(asked_by(rule) or "")
    for condition in conditions:
        if asked == signature(formula_of(condition, is_excel=False)):
            column = dataclasses.replace(condition.area, sheet=sheet)
            if _lies_in(column, address):
                return condition
    return None


def formula_of(condition: Condition, *, is_excel: bool) -> str:
    """A condition's formula as the program reads it.

    Excel on Windows reads relative references as seen from the active cell,
    wherever that is. So the cell of the row itself is looked up instead.
    """
    if condition.equals is not None:
        return '="' + condition.equals.replace('"', '""') + '"'
    formula = f"={condition.formula}"
    if not is_excel:
        return formula

    def of_the_row(match: re.Match[str]) -> str:
        if int(match[2]) != condition.area.top:
            return match[0]
        return f"INDEX({match[1]}:{match[1]},ROW())"

    return _RELATIVE_ROW.sub(of_the_row, formula)


def _by_column(owned: Area, conditions: Sequence[Condition]) -> dict[Area, list[Condition]]:
    """The conditions by the part of `owned` that lies in their columns."""
    columns: dict[Area, list[Condition]] = {}
    for each in conditions:
        part = dataclasses.replace(owned, left=each.area.left, right=each.area.right)
        columns.setdefault(part, []).append(each)
    return columns


def signature(formula: str) -> str:
    """What makes two formulas ask the same, whatever rows they are written for."""
    same_row = _OF_THE_ROW.sub(r"\g<1>1", formula.replace(" ", ""))
    return _ROW_IN_FORMULA.sub("#", same_row.lstrip("="))


def _take_away(
    cells: xlwings.Range, column: Area, conditions: Sequence[Condition]
) -> Mapping[Condition, Look]:
    """Delete the rules that ask the same as a condition; give the looks they had."""
    looks: dict[Condition, Look] = {}
    ours, others = [], 0
    for rule in rules_of(cells):
        address = probes.applies_to(rule, cells.sheet)
        condition = condition_like(rule, column.sheet, address, conditions)
        if condition is not None:
            # The first of several is the one shown.
            looks.setdefault(condition, look_of(rule))
            ours.append(rule)
        else:
            others += 1
    if not others:
        clear(cells)
        return looks
    # From the last to the first, for they may be known by their number.
    for rule in reversed(ours):
        delete(rule)
    return looks


def _lies_in(column: Area, address: str | None) -> bool:
    """Whether a rule belongs to one column; one that reaches further is an analyst's."""
    if address is None:
        return True
    whole = dataclasses.replace(column, top=1, bottom=LAST_ROW)
    try:
        areas = [Area.of(column.sheet, part) for part in address.split(",")]
    except ValueError:
        return False
    return all(whole.left <= area.left and area.right <= whole.right for area in areas)


@patient
def rules_of(cells: xlwings.Range) -> list[xlwings.main.ConditionalFormat]:
    """The rules that reach into cells, the one shown first."""
    return list(cells.conditional_formats)


@patient
def asked_by(rule: xlwings.main.ConditionalFormat) -> str | None:
    """The formula of a rule of the two kinds that ours are of."""
    if rule.type == "custom":
        return str(rule.formula)
    if rule.type == "cell_value" and rule.operator == "equal_to":
        return str(rule.formula1)
    return None


def _look(condition: Condition) -> Look:
    """How a condition makes cells look, as xlwings calls it."""
    given = {theirs: getattr(condition, ours) for ours, theirs in _LOOKS.items()}
    return {
        name: f"#{value}" if isinstance(value, str) else value
        for name, value in given.items()
        if value is not None
    }


@patient
def look_of(rule: xlwings.main.ConditionalFormat) -> Look:
    """How a rule makes cells look."""
    given = {name: getattr(rule, name) for name in _LOOKS.values()}
    return {name: value for name, value in given.items() if value is not None}


@patient
def delete(rule: xlwings.main.ConditionalFormat) -> None:
    """Delete a rule from all its cells."""
    rule.delete()


@patient
def clear(cells: xlwings.Range) -> None:
    """Take all rules from cells; on others they stay."""
    cells.conditional_formats.clear()


def add(cells: xlwings.Range, condition: Condition, look: Look | None) -> None:
    """Add a condition's rule on top of those that are there; without a look, in its own."""
    formula = formula_of(condition, is_excel=probes.is_excel(cells.sheet.book))
    _add(cells, condition, formula, look or _look(condition))


@patient
def _add(cells: xlwings.Range, condition: Condition, formula: str, look: Look) -> None:
    """Add a rule on top of those that are there."""
    if condition.equals is not None:
        cells.conditional_formats.add_cell_value("equal_to", formula, **look)
    else:
        cells.conditional_formats.add_custom(formula, **look)
