"""An analyst's own conditional formats, which outlast what is copied over their cells.

Pasting a look onto cells gives them the rules of the cells it was copied from, in
place of their own. So rules are read before anything is written, and made again after.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.xlwings_book import conditions as rules
from scorecard_xl.engines.xlwings_book import probes
from scorecard_xl.engines.xlwings_book.busy import patient
from scorecard_xl.exceptions import RefusedError
from scorecard_xl.workbook.engine import LAST_COLUMN, LAST_ROW, Area, column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import xlwings

    from scorecard_xl.workbook.engine import Condition

_KINDS = ("cell_value", "custom")
# Excel tells and takes no longer addresses.
_LONGEST_ADDRESS = 250


@dataclasses.dataclass(frozen=True, kw_only=True)
class _KeptRule:
    """A rule, as it can be made again; formulas as the program reads them."""

    address: str
    kind: str
    operator: Any
    formulas: tuple[str, ...]
    look: rules.Look
    stops: bool

    @property
    def asked(self) -> tuple[object, ...]:
        """What makes two rules ask the same, whatever rows they are written for."""
        return self.kind, self.operator, tuple(map(rules.signature, self.formulas))


@dataclasses.dataclass(frozen=True, kw_only=True)
class KeptConditions:
    """The rules of an area: those of an analyst's own, and which of ours each of the others is.

    The one shown first comes first. Without `are_placed` the program does not tell the
    cells of a rule; then all of them are ours.
    """

    area: Area
    own: tuple[_KeptRule, ...]
    ours: tuple[tuple[Condition, _KeptRule], ...]
    are_placed: bool

    @classmethod
    def of(
        cls, cells: xlwings.Range, area: Area, conditions: Sequence[Condition]
    ) -> KeptConditions:
        """Read the rules of an area, so that they can be put back.

        Raises
        ------
        RefusedError
            One that is not like any of `conditions` cannot be made again in this program: a
            colour scale, a data bar, an icon set, or a look with a border or a number format.
            On a Mac none can, for Excel does not tell there which cells a rule is for.
        """
        own, ours = [], []
        left = Counter(map(_asked_by_ours, conditions))
        addresses = []
        for rule in rules.rules_of(cells):
            address = probes.applies_to(rule, cells.sheet)
            addresses.append(address)
            condition = rules.condition_like(rule, area.sheet, address, conditions)
            if condition is not None and address is None:
                # Which column it belongs to is not known, only how many may ask so.
                left[_asked_by_ours(condition)] -= 1
                condition = None if left[_asked_by_ours(condition)] < 0 else condition
            if condition is not None:
                ours.append((condition, _read(rule, address or "")))
            elif address is None or not _can_be_made_again(rule, address, cells.sheet):
                raise RefusedError(_told(area, address))
            else:
                own.append(_read(rule, address))
        are_placed = None not in addresses
        return cls(area=area, own=tuple(own), ours=tuple(ours), are_placed=are_placed)


def put_back(
    cells_of: Callable[[Area], xlwings.Range],
    kept: KeptConditions,
    conditions: Sequence[Condition],
) -> None:
    """Make an area's rules again: those of an analyst's own, and below them ours.

    Ours are for the cells of `conditions` now, and keep a look that an analyst gave them.
    """
    sheet = cells_of(kept.area).sheet
    rules.clear(cells_of(kept.area))
    for rule in (*kept.own, *(rule for _, rule in kept.ours)):
        _delete_remnants(sheet, rule, kept.area)
    looks: dict[tuple[str, int], rules.Look] = {}
    for condition, rule in kept.ours:
        # The first of several is the one shown.
        looks.setdefault(_key(condition), rule.look)
    # The newest rule goes on top, so the last is added first.
    for condition in reversed(conditions):
        rules.add(cells_of(condition.area), condition, looks.get(_key(condition)))
    for rule in reversed(kept.own):
        _make(_cells_at(sheet, rule.address), rule)


def _asked_by_ours(condition: Condition) -> str:
    return rules.signature(rules.formula_of(condition, is_excel=False))


def _key(condition: Condition) -> tuple[str, int]:
    return _asked_by_ours(condition), condition.area.left


def _told(area: Area, address: str | None) -> str:
    place = f"'{area.sheet}'!{address.replace('$', '')}" if address else str(area)
    return (
        f"{place}: a conditional format of your own there would be lost, for rows move; nothing "
        "was written. Close the workbook and refresh the file, or take it away first."
    )


@patient
def _can_be_made_again(rule: xlwings.main.ConditionalFormat, address: str, sheet: Any) -> bool:
    """Whether xlwings can read all of a rule, and say all of it when it adds one."""
    is_simple = rule.type == "custom" or (rule.type == "cell_value" and rule.operator is not None)
    is_placed = len(address) <= _LONGEST_ADDRESS and (
        "," not in address or probes.is_excel(sheet.book)
    )
    return is_simple and is_placed and not probes.draws_more(rule, sheet)


@patient
def _read(rule: xlwings.main.ConditionalFormat, address: str) -> _KeptRule:
    kind = rule.type
    is_custom = kind == "custom"
    formulas = (rule.formula,) if is_custom else (rule.formula1, rule.formula2)
    return _KeptRule(
        address=address,
        kind=kind,
        operator=None if is_custom else rule.operator,
        formulas=tuple(str(each) for each in formulas if each is not None),
        look=rules.look_of(rule),
        stops=bool(rule.stop_if_true),
    )


@patient
def _make(cells: xlwings.Range, rule: _KeptRule) -> None:
    """Add a rule on top of those that are there."""
    add: Callable[..., object]
    if rule.kind == "custom":
        add = cells.conditional_formats.add_custom
        add(*rule.formulas, stop_if_true=rule.stops, **rule.look)
    else:
        add = cells.conditional_formats.add_cell_value
        add(rule.operator, *rule.formulas, stop_if_true=rule.stops, **rule.look)


def _delete_remnants(sheet: xlwings.Sheet, rule: _KeptRule, area: Area) -> None:
    """Delete what is left of a rule outside the area that was cleared."""
    places = _areas(area.sheet, rule.address)
    for place, part in zip(places, rule.address.split(","), strict=True):
        if _is_within(place, [area]):
            continue
        for found in reversed(rules.rules_of(_cells_at(sheet, part))):
            address = probes.applies_to(found, sheet)
            left = _areas(area.sheet, address) if address else []
            if all(_is_within(each, places) for each in left) and _asks(found, rule):
                rules.delete(found)


def _asks(found: xlwings.main.ConditionalFormat, rule: _KeptRule) -> bool:
    return found.type in _KINDS and _read(found, "").asked == rule.asked


@patient
def _cells_at(sheet: xlwings.Sheet, address: str) -> xlwings.Range:
    return sheet.range(address)


def _areas(sheet: str, address: str) -> list[Area]:
    """The rectangles of an address, in which whole columns and rows may be named."""
    areas = []
    for part in address.replace("$", "").split(","):
        first, _, last = part.partition(":")
        if first.isalpha():
            part = f"{first}1:{last}{LAST_ROW}"
        elif first.isdigit():
            part = f"A{first}:{column_letters(LAST_COLUMN)}{last}"
        areas.append(Area.of(sheet, part))
    return areas


def _is_within(area: Area, others: Sequence[Area]) -> bool:
    return any(
        other.top <= area.top
        and other.left <= area.left
        and other.bottom >= area.bottom
        and other.right >= area.right
        for other in others
    )
