"""What areas' facts must have in common for their workbooks to be made in one mould."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scorecard_xl.batch.facts import Published, holds_something
from scorecard_xl.rules.counts import STATES_AS_TYPED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.batch.facts import AreaFacts
    from scorecard_xl.workbook.cell_content import Value

_LONGEST_TEXT = 1_000
_PLAIN_TYPES = {float, str, type(None), dt.date}


def shape_of(facts: AreaFacts, *, is_own: bool, has_own_name: bool) -> object | None:
    """What areas must have in common to be made in one mould; None for what must be made alone.

    Numbers of facts are finite floats, and none is -0. `is_own` says whether the
    area is the template's, `has_own_name` whether it is written the same.
    """
    published = list(zip(*facts.history or (), strict=True))
    targets = facts.targets or ()
    texts = {facts.area, *facts.sources.values()}
    for values in (*published, *zip(*targets, strict=True)):
        types = set(map(type, values))
        if not types <= _PLAIN_TYPES:
            return None
        if str in types:
            texts.update([value for value in values if value.__class__ is str])
    if not all(map(_is_plain_count, facts.counts.values())) or not all(map(_is_plain, texts)):
        return None
    return (
        facts.as_at, is_own, has_own_name, bool(facts.sources), facts.history is None,
        _shape_of_published(dict(zip(Published._fields, published, strict=False))),
        tuple([(each.indicator, *(value is None for value in each[1:])) for each in targets]),
    )  # fmt: skip


def _shape_of_published(columns: Mapping[str, Sequence[Value]]) -> tuple[object, ...]:
    """What the columns of a history must have in common; there are none where it is empty."""
    is_restated = [value.__class__ is float for value in columns.get("restated", ())]
    held = [name for name, column in columns.items() if holds_something(column)]
    alike = [columns.get(name) for name in ("as_at", "indicator", "status")]
    return tuple(is_restated), tuple(held), *alike


def _is_plain_count(value: Value) -> bool:
    if value.__class__ is float or value is None:
        return True
    return isinstance(value, str) and value.lower() in STATES_AS_TYPED


def _is_plain(text: str) -> bool:
    """Whether a text comes out of a cell as it went in."""
    is_short = 0 < len(text) <= _LONGEST_TEXT
    return is_short and text.isprintable() and "_x" not in text and text == text.strip()
