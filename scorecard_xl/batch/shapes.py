"""What areas' facts must have in common for their workbooks to be made in one mould."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scorecard_xl.rules.counts import STATES_AS_TYPED

if TYPE_CHECKING:
    from scorecard_xl.batch.facts import AreaFacts, Published
    from scorecard_xl.workbook.engine import Value

_LONGEST_TEXT = 1_000
_PLAIN_TYPES = {float, str, type(None), dt.date}


def shape_of(facts: AreaFacts, *, is_own: bool, has_own_name: bool) -> object | None:
    """What areas must have in common to be made in one mould; None for what must be made alone.

    Numbers of facts are finite floats, and none is -0. `is_own` says whether the
    area is the template's, `has_own_name` whether it is written the same.
    """
    published, targets = facts.history or (), facts.targets or ()
    texts = {facts.area, *facts.sources.values()}
    for row in (*published, *targets):
        texts.update([value for value in row if value.__class__ is str])
    if not all(map(_is_plain_count, facts.counts.values())) or not all(map(_is_plain, texts)):
        return None
    if any(value.__class__ not in _PLAIN_TYPES for row in (*published, *targets) for value in row):
        return None
    return (
        facts.as_at, is_own, has_own_name, bool(facts.sources), facts.history is None,
        tuple([_shape_of_published(each) for each in published]),
        tuple([(each.indicator, *(value is None for value in each[1:])) for each in targets]),
    )  # fmt: skip


def _shape_of_published(published: Published) -> tuple[object, ...]:
    is_restated = isinstance(published.restated, float)
    return published.as_at, published.indicator, is_restated, published.status


def _is_plain_count(value: Value) -> bool:
    if value.__class__ is float or value is None:
        return True
    return isinstance(value, str) and value.lower() in STATES_AS_TYPED


def _is_plain(text: str) -> bool:
    """Whether a text comes out of a cell as it went in."""
    is_short = 0 < len(text) <= _LONGEST_TEXT
    return is_short and text.isprintable() and "_x" not in text and text == text.strip()
