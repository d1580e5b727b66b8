"""The rules of conditional formats, laid over one another as LibreOffice can show them.

LibreOffice shows live what is set on a range, and that takes the place of every rule the range
had. So to add a rule, the cells are cut into parts that have the same rules, and each part gets
its own back after the new one. In a file that is saved they are whole again.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.libreoffice.boxes import Box, box_of
from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.engines.libreoffice.office import properties
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
_OPERATOR_NUMBERS = dict((*OPERATORS.values(), CUSTOM))
_OPERATOR_NAMES = {number: name for name, number in _OPERATOR_NUMBERS.items()}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rule:
    """A condition as LibreOffice holds it; formulas are relative to the cell `origin`."""

    operator: str
    formula1: str
    formula2: str
    style: str
    origin: tuple[int, int, int]


class Listed:
    """Rules that LibreOffice lists together, which the same cells have, the one shown first.

    Each is read once: every question is a journey to LibreOffice and back.
    """

    def __init__(self, native: Any) -> None:
        self.native = native
        addresses = native.Range.RangeAddresses
        self.boxes = [box_of(address) for address in addresses]
        self._origin = (
            addresses[0].Sheet,
            min(box.left for box in self.boxes),
            min(box.top for box in self.boxes),
        )

    @functools.cached_property
    def number(self) -> int:
        """By what LibreOffice knows it."""
        return int(self.native.ID)

    @functools.cached_property
    def entries(self) -> list[Entry]:
        """What it holds."""
        return [self._entry(self.native.getByIndex(i)) for i in range(self.native.Count)]

    def _entry(self, native: Any) -> Entry:
        kind = int(native.Type)
        if kind != CONDITION:
            return Entry(native=native, kind=kind, style=None, rule=None)
        operator, style = _OPERATOR_NAMES.get(native.Operator), native.StyleName
        if operator is None:
            return Entry(native=native, kind=kind, style=style, rule=None)
        rule = Rule(
            operator=operator,
            formula1=quoted(native.Formula1),
            formula2=quoted(native.Formula2),
            style=style,
            origin=self._origin,
        )
        return Entry(native=native, kind=kind, style=style, rule=rule)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entry:
    """One of the rules listed together: no `rule` where it is of another kind than ours."""

    native: Any
    kind: int
    style: str | None
    rule: Rule | None


class Rules:
    """The rules that apply to some cells of a sheet."""

    def __init__(
        self, document: Any, sheet: Any, cells: Any, cut_sheets: set[str] | None = None
    ) -> None:
        self._document, self._sheet, self._cells = document, sheet, cells
        self._cut_sheets = cut_sheets if cut_sheets is not None else set()

    def listed(self) -> list[Listed]:
        """What LibreOffice lists that has a cell in common with the range."""
        here = box_of(self._cells.RangeAddress)
        return [each for each in self._all() if any(here.common(box) for box in each.boxes)]

    def _all(self) -> list[Listed]:
        return [Listed(native) for native in self._sheet.ConditionalFormats.ConditionalFormats]

    def add(self, rule: Rule) -> None:
        """Put a rule before those that the cells have."""
        here = box_of(self._cells.RangeAddress)
        family = self._family([here])
        parts = self._laid_out(family, within=here)
        self._lay(
            family,
            [(box, [rule, *rules] if here.holds(box) else rules) for box, rules in parts],
        )

    def clear(self) -> None:
        """Remove the rules from the cells; on others they stay."""
        here = box_of(self._cells.RangeAddress)
        listed = self.listed()
        if all(here.holds(box) for each in listed for box in each.boxes):
            self.remove_all(listed)
            return
        family = self._family([here])
        parts = self._laid_out(family, within=here)
        self._lay(family, [(box, rules) for box, rules in parts if not here.holds(box)])

    def remove(self, asked: tuple[str, ...], boxes: Sequence[Box]) -> bool:
        """Remove a rule from its cells, whatever parts they are in by now; False if it is gone."""
        family = self._family(boxes)
        parts = self._laid_out(family)
        is_found = False
        for box, rules in parts:
            places = [i for i, rule in enumerate(rules) if self.asked_by(rule) == asked]
            if places and any(each.holds(box) for each in boxes):
                del rules[places[-1]]
                is_found = True
        if is_found:
            self._lay(family, parts)
        return is_found

    def _lay(self, family: Sequence[Listed], parts: Sequence[tuple[Box, list[Rule]]]) -> None:
        """Put parts in the place of what LibreOffice lists.

        What is set over rules that are there is shown, but the list goes wrong; so they go first.
        """
        if len(parts) > 1:
            self._cut_sheets.add(self._sheet.Name)
        self.remove_all(family)
        for box, rules in parts:
            if rules:
                self.show(box, rules)

    def _laid_out(
        self, family: Sequence[Listed], *, within: Box | None = None
    ) -> list[tuple[Box, list[Rule]]]:
        """Cut all cells that have rules in common into parts that have the same rules.

        Cells `within` are told from others, and are a part even where they have none.
        """
        parts: list[tuple[Box, list[Rule]]] = [(within, [])] if within else []
        for listed in family:
            rules = self._rules_of(listed)
            for box in listed.boxes:
                parts = _laid_over(parts, box, rules)
        return parts

    def _family(self, boxes: Sequence[Box]) -> list[Listed]:
        """What LibreOffice lists that has a cell in common with rectangles, or with another."""
        family: list[Listed] = []
        boxes = list(boxes)
        waiting = self._all()
        while near := [
            each
            for each in waiting
            if any(box.common(other) for box in each.boxes for other in boxes)
        ]:
            family += near
            boxes += [box for each in near for box in each.boxes]
            waiting = [each for each in waiting if each not in near]
        return sorted(family, key=lambda each: each.number)

    def _rules_of(self, listed: Listed) -> list[Rule]:
        """The rules that LibreOffice lists together, the one shown first."""
        rules = [entry.rule for entry in listed.entries if entry.rule is not None]
        if len(rules) < len(listed.entries):
            raise EngineError(
                f"{self._cells.AbsoluteName.replace('.', '!')}: a colour scale, data bar "
                "or icon set there would be lost by adding a rule; remove it first."
            )
        return rules

    def asked_by(self, rule: Rule) -> tuple[str, ...]:
        """What a rule asks and shows, written alike wherever its cells are."""
        first = self._sheet.getCellByPosition(0, 0).CellAddress
        formulas = [
            self._moved(each, rule.origin, first) for each in (rule.formula1, rule.formula2)
        ]
        return (rule.operator, *formulas, rule.style)

    def remove_all(self, listed: Iterable[Listed]) -> None:
        """Remove rules that LibreOffice lists, from all their cells."""
        # Asked for before any is gone.
        for number in [each.number for each in listed]:
            self._sheet.ConditionalFormats.removeByID(number)

    def list_only(self, box: Box, rule: Rule) -> Listed:
        """Add a rule that is saved and not shown, for cells that may have others; give it."""
        ranges = self._document.createInstance("com.sun.star.sheet.SheetCellRanges")
        cells = self._cells_of(box)
        ranges.addRangeAddress(cells.RangeAddress, False)
        number = self._sheet.ConditionalFormats.createByRange(ranges)
        listed = self._sheet.ConditionalFormats.ConditionalFormats
        native = next(each for each in listed if number == each.ID)
        native.createEntry(CONDITION, 0)
        entry, origin = native.getByIndex(0), cells.getCellByPosition(0, 0).CellAddress
        entry.Operator = _OPERATOR_NUMBERS[rule.operator]
        entry.Formula1 = self._moved(rule.formula1, rule.origin, origin)
        entry.Formula2 = self._moved(rule.formula2, rule.origin, origin)
        entry.StyleName = rule.style
        return Listed(native)

    def _cells_of(self, box: Box) -> Any:
        return self._sheet.getCellRangeByPosition(box.left, box.top, box.right, box.bottom)

    def show(self, box: Box, rules: list[Rule]) -> None:
        """Give cells these rules and no others, the one shown first."""
        cells = self._cells_of(box)
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


def _laid_over(
    parts: list[tuple[Box, list[Rule]]], box: Box, rules: list[Rule]
) -> list[tuple[Box, list[Rule]]]:
    """Add the rules of a rectangle to the parts that it covers, and a part where it has none."""
    after: list[tuple[Box, list[Rule]]] = []
    bare = [box]
    for part, known in parts:
        for piece, covered in part.cut_by(box):
            after.append((piece, [*known, *(rules if covered else ())]))
        bare = [piece for rest in bare for piece, covered in rest.cut_by(part) if not covered]
    return [*after, *((piece, list(rules)) for piece in bare)]
