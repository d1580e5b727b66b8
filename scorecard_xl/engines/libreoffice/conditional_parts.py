"""Rules that were cut into parts to be shown, whole in the file that is saved.

A cell that is set live has the rules of one set alone, so a rule that lies over others in some
of its cells is held in parts. In a file rules may lie over one another: while it is written,
the parts of a rule that adjoin are one rule, and afterwards they are parts again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import graphlib
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.libreoffice.boxes import joined
from scorecard_xl.engines.libreoffice.conditional_rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorecard_xl.engines.libreoffice.boxes import Box
    from scorecard_xl.engines.libreoffice.conditional_rules import Listed, Rule

# What a rule asks and shows, written alike wherever its cells are.
_Asked = tuple[str, ...]
_Wholes = dict[tuple[_Asked, "Box"], "Box"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Part:
    """Cells that have the rules of one set and no others, the one shown first."""

    listed: Listed
    box: Box
    rules: Mapping[_Asked, Rule]


@contextlib.contextmanager
def rules_whole(document: Any, sheets: Iterable[str]) -> Iterator[None]:
    """Have the rules of some sheets whole while a ``with`` block saves them."""
    there = [document.Sheets.getByName(name) for name in sheets if document.Sheets.hasByName(name)]
    if not there:
        yield
        return
    with contextlib.ExitStack() as stack:
        # What is done here counts as no change of the workbook.
        is_changed = document.isModified()
        stack.callback(lambda: document.setModified(is_changed))
        document.addActionLock()
        stack.callback(document.removeActionLock)
        for sheet in there:
            stack.enter_context(_whole_on(document, sheet))
        yield
        is_changed = document.isModified()


@contextlib.contextmanager
def _whole_on(document: Any, sheet: Any) -> Iterator[None]:
    rules = Rules(document, sheet, sheet)
    parts = _parts(rules)
    wholes = _wholes(parts)
    cut = [part for part in parts if any(wholes[each, part.box] != part.box for each in part.rules)]
    order = _order(cut, wholes)
    if not order:
        yield
        return
    known = {asked: rule for part in cut for asked, rule in part.rules.items()}
    with _unnoticed(document):
        rules.remove_all([part.listed for part in cut])
        listed = [rules.list_only(box, known[asked]) for asked, box in order]
    try:
        yield
    finally:
        with _unnoticed(document):
            rules.remove_all(listed)
        for part in cut:
            with _unnoticed(document):
                rules.show(part.box, list(part.rules.values()))


@contextlib.contextmanager
def _unnoticed(document: Any) -> Iterator[None]:
    """Have changes left out of what the user can undo; of those that show rules, only one.

    To show rules has LibreOffice note down again what it does.
    """
    document.UndoManager.lock()
    try:
        yield
    finally:
        document.UndoManager.unlock()


def _parts(rules: Rules) -> list[_Part]:
    """The rectangles of cells whose rules lie over no others."""
    all_listed = rules.listed()
    parts = []
    for listed in all_listed:
        others = [box for each in all_listed if each is not listed for box in each.boxes]
        box, *more = listed.boxes
        if more or any(box.common(other) for other in others):
            continue
        found = [entry.rule for entry in listed.entries]
        asked = {rules.asked_by(rule): rule for rule in found if rule is not None}
        if len(asked) == len(found):
            parts.append(_Part(listed=listed, box=box, rules=asked))
    return parts


def _wholes(parts: Sequence[_Part]) -> _Wholes:
    """The rectangle that the parts of a rule make together, by the rule and each part's own."""
    cells: dict[_Asked, list[Box]] = {}
    for part in parts:
        for asked in part.rules:
            cells.setdefault(asked, []).append(part.box)
    return {
        (asked, box): next(whole for whole in joined(boxes) if whole.holds(box))
        for asked, boxes in cells.items()
        for box in boxes
    }


def _order(cut: Sequence[_Part], wholes: _Wholes) -> list[tuple[_Asked, Box]]:
    """The whole rules in an order that is right in every part; none where there is no such."""
    before: dict[tuple[_Asked, Box], set[tuple[_Asked, Box]]] = {}
    for part in cut:
        earlier: set[tuple[_Asked, Box]] = set()
        for asked in part.rules:
            node = (asked, wholes[asked, part.box])
            before.setdefault(node, set()).update(earlier)
            earlier = {node}
    try:
        return list(graphlib.TopologicalSorter(before).static_order())
    except graphlib.CycleError:
        return []
