"""The rules of conditional formats, laid over one another as LibreOffice can show them.

LibreOffice shows live what is set on a range, and that takes the place of every rule the range
had. So to add a rule, the cells are cut into parts that have the same rules, and each part gets
its own back after the new one.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from scorecard_xl.engines.libreoffice.boxes import Box, box_of
from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.engines.libreoffice.office import properties
from scorecard_xl.exceptions import EngineError

CONDITION = 0
# Names of LibreOffice's operators, and their numbers in what it lists.
OPERATORS = {
    "equal_to": ("EQUAL", 0),
    "less_than": ("LESS", 1),
    "greater_than": ("GREATER", 2),
    "less_than_or_equal": ("LESS_EQUAL", 3),
    "greater_than_or_equal": ("GREATER_EQUAL", 4),
    "not_equal_to": ("NOT_EQUAL", 5),
    "between": ("BETWEEN", 6),
    "not_between": ("NOT_BETWEEN", 7),
}
CUSTOM = ("FORMULA", 24)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rule:
    """A condition as LibreOffice holds it; formulas are relative to the cell `origin`."""

    operator: str
    formula1: str
    formula2: str
    style: str
    origin: tuple[int, int, int]


class Rules:
    """The rules that apply to some cells of a sheet."""

    def __init__(self, document: Any, sheet: Any, cells: Any) -> None:
        self._document, self._sheet, self._cells = document, sheet, cells

    def natives(self) -> list[Any]:
        """What LibreOffice lists that has a cell in common with the range."""
        here = box_of(self._cells.RangeAddress)
        return [
            native
            for native in self._sheet.ConditionalFormats.ConditionalFormats
            if any(here.common(box) for box in _boxes(native))
        ]

    def add(self, rule: Rule) -> None:
        """Put a rule before those that the cells have."""
        for box, inside, rules in self._layout():
            self._set(box, [rule, *rules] if inside else rules)

    def clear(self) -> None:
        """Remove the rules from the cells; on others they stay."""
        here = box_of(self._cells.RangeAddress)
        natives = self.natives()
        if all(here.holds(box) for native in natives for box in _boxes(native)):
            for native in natives:
                self._sheet.ConditionalFormats.removeByID(native.ID)
        else:
            for box, inside, rules in self._layout():
                self._set(box, [] if inside else rules)

    def remove(self, native: Any, position: int) -> None:
        """Remove one of the rules that LibreOffice lists together."""
        for box, _, rules in self._layout(without=(native.ID, position)):
            self._set(box, rules)

    def _layout(
        self, *, without: tuple[int, int] | None = None
    ) -> list[tuple[Box, bool, list[Rule]]]:
        """Cut all cells that have rules in common into parts that have the same rules.

        Each part says whether it is in the range. LibreOffice writes a rule's formula relative to
        the first cell the rule was set on: parts that lose theirs to others are set anew too.
        """
        parts: list[tuple[Box, bool, list[Rule]]] = [(box_of(self._cells.RangeAddress), True, [])]
        for native in self._family():
            rules = self._rules_of(native)
            if without is not None and without[0] == native.ID:
                del rules[without[1]]
            for box in _boxes(native):
                parts = _laid_over(parts, box, rules)
        return parts

    def _family(self) -> list[Any]:
        """What LibreOffice lists that has a cell in common with the range, or with another."""
        family: list[Any] = []
        boxes = [box_of(self._cells.RangeAddress)]
        waiting = list(self._sheet.ConditionalFormats.ConditionalFormats)
        while near := [
            native
            for native in waiting
            if any(box.common(other) for box in _boxes(native) for other in boxes)
        ]:
            family += near
            boxes += [box for native in near for box in _boxes(native)]
            waiting = [native for native in waiting if native not in near]
        return sorted(family, key=lambda native: int(native.ID))

    def _rules_of(self, native: Any) -> list[Rule]:
        addresses = native.Range.RangeAddresses
        origin = (
            addresses[0].Sheet,
            min(address.StartColumn for address in addresses),
            min(address.StartRow for address in addresses),
        )
        names = {number: name for name, number in (*OPERATORS.values(), CUSTOM)}
        rules = []
        for entry in (native.getByIndex(i) for i in range(native.Count)):
            if entry.Type != CONDITION or entry.Operator not in names:
                raise EngineError(
                    f"{self._cells.AbsoluteName.replace('.', '!')}: a colour scale, data bar "
                    "or icon set there would be lost by adding a rule; remove it first."
                )
            rules.append(
                Rule(
                    operator=names[entry.Operator],
                    formula1=quoted(entry.Formula1),
                    formula2=quoted(entry.Formula2),
                    style=entry.StyleName,
                    origin=origin,
                )
            )
        return rules

    def _set(self, box: Box, rules: list[Rule]) -> None:
        cells = self._sheet.getCellRangeByPosition(box.left, box.top, box.right, box.bottom)
        entries = cells.ConditionalFormat
        entries.clear()
        for rule in rules:
            entries.addNew(self._condition(rule, cells))
        cells.ConditionalFormat = entries

    def _condition(self, rule: Rule, cells: Any) -> tuple[Any, ...]:
        """Make a condition, its formulas relative to the first of its cells."""
        origin = cells.getCellByPosition(0, 0).CellAddress
        return properties(
            Operator=uno_module().Enum("com.sun.star.sheet.ConditionOperator", rule.operator),
            Formula1=self._moved(rule.formula1, rule.origin, origin),
            Formula2=self._moved(rule.formula2, rule.origin, origin),
            StyleName=rule.style,
            SourcePosition=origin,
        )

    def _moved(self, formula: str, origin: tuple[int, int, int], to: Any) -> str:
        """Write a formula that is relative to one cell as it is relative to another."""
        if not formula or origin == (to.Sheet, to.Column, to.Row):
            return formula
        start = uno_module().createUnoStruct("com.sun.star.table.CellAddress")
        start.Sheet, start.Column, start.Row = origin
        parser = self._document.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish = True
        return str(parser.printFormula(parser.parseFormula(formula, start), to))


def quoted(formula: str) -> str:
    """Double the quotation marks within a text, which LibreOffice reads out as they are."""
    if formula[:1] == '"' and formula.count('"') % 2:
        return '"' + formula[1:-1].replace('"', '""') + '"'
    return formula


def _boxes(native: Any) -> list[Box]:
    return [box_of(address) for address in native.Range.RangeAddresses]


def _laid_over(
    parts: list[tuple[Box, bool, list[Rule]]], box: Box, rules: list[Rule]
) -> list[tuple[Box, bool, list[Rule]]]:
    """Add the rules of a rectangle to the parts that it covers, and a part where it has none."""
    after: list[tuple[Box, bool, list[Rule]]] = []
    bare = [box]
    for part, inside, known in parts:
        for piece, covered in part.cut_by(box):
            after.append((piece, inside, [*known, *rules] if covered else known))
        bare = [piece for rest in bare for piece, covered in rest.cut_by(part) if not covered]
    return [*after, *((piece, False, rules) for piece in bare)]
