"""Counts added up: those of districts into a county's, of counties into a region's."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import numpy as np

from scorecard_xl.rules.counts import LARGEST_COUNT, STATES_AS_TYPED, State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import pandas as pd

NOT_AVAILABLE, NOT_APPLICABLE = "N/A", "z"
_MOST_NAMED = 3
_KEY = ["parent", "as_at", "code_key"]


def rolled_up(
    counts: pd.DataFrame,
    members: Mapping[str, Sequence[str]],
    *,
    not_added: Collection[str] = (),
    fractional: Collection[str] = (),
) -> pd.DataFrame:
    """Add counts up; a sum that lacks a member's count is not available, and says whose.

    Parameters
    ----------
    counts
        ``area``, ``as_at``, ``code`` and ``value``, a row each.
    members
        For each parent the areas that are added up into it. Areas and codes
        match without case.
    not_added
        Codes whose values are results that others supply: an average of them
        would be none of the whole.
    fractional
        Codes whose values need not be whole numbers. Elsewhere a fraction is a
        wrong count, as is one below 0, and wrong counts are not added up.

    Returns
    -------
    ``area`` (the parent's), ``as_at``, ``code``, ``value`` and ``source``, which says
    what the value is a sum of, or why there is none; a row for each parent,
    date and code that any member has. A count that is not applicable to a
    member adds nothing.
    """
    import pandas as pd

    given = _typed(counts, {code.lower() for code in fractional})
    pairs = pd.DataFrame(
        [(parent, area.lower()) for parent, areas in members.items() for area in areas],
        columns=["parent", "area_key"],
    )
    joined = pairs.merge(given, on="area_key")
    grouped = joined.groupby(_KEY, sort=False)
    sums = grouped.agg(
        code=("code", "first"),
        total=("number", "sum"),
        numbers=("number", "count"),
        given=("is_given", "sum"),
    ).reset_index()
    needed = sums["parent"].map({parent: len(areas) for parent, areas in members.items()})
    is_whole = sums["given"].to_numpy() == needed.to_numpy()
    is_added = ~sums["code_key"].isin({code.lower() for code in not_added}).to_numpy()
    value = sums["total"].astype(object)
    value[sums["numbers"].to_numpy() == 0] = NOT_APPLICABLE
    value[~(is_whole & is_added)] = NOT_AVAILABLE
    sums["value"] = value
    sums["source"] = [
        f"Sum of {number} areas" if number > 1 else "As its one area" for number in needed
    ]
    sums.loc[~is_whole, "source"] = _lacking(sums[~is_whole], joined, members)
    sums.loc[~is_added, "source"] = "Not added up: results that others supply make no sum"
    sums = sums.rename(columns={"parent": "area"})
    return sums[["area", "as_at", "code", "value", "source"]]


def _typed(counts: pd.DataFrame, fractional: Collection[str]) -> pd.DataFrame:
    """The counts with keys without case, their numbers, and whether each can be added."""
    import pandas as pd

    values = counts["value"].to_numpy(dtype=object)
    is_number = np.fromiter(
        (isinstance(value, float | int) and not isinstance(value, bool) for value in values),
        dtype=np.bool_,
        count=len(values),
    )
    numbers = np.full(len(values), np.nan)
    numbers[is_number] = values[is_number].astype(np.float64)
    codes = counts["code"].str.lower()
    is_wrong = (numbers != np.floor(numbers)) & ~codes.isin(fractional).to_numpy()
    is_wrong |= (numbers < 0) | (numbers > LARGEST_COUNT)
    numbers[is_wrong] = np.nan
    is_applicable = np.fromiter(
        (_state(value) is not State.NOT_APPLICABLE for value in values), np.bool_, len(values)
    )
    return pd.DataFrame(
        {
            "area_key": counts["area"].str.lower().to_numpy(),
            "as_at": counts["as_at"].to_numpy(),
            "code": counts["code"].to_numpy(),
            "code_key": codes.to_numpy(),
            "number": numbers,
            "is_given": ~np.isnan(numbers) | ~is_applicable,
        }
    )


def _state(value: object) -> State | None:
    return STATES_AS_TYPED.get(value.strip().lower()) if isinstance(value, str) else None


def _lacking(
    sums: pd.DataFrame, joined: pd.DataFrame, members: Mapping[str, Sequence[str]]
) -> list[str]:
    """For each sum that is not whole, whose counts it lacks."""
    if sums.empty:
        return []
    wanted = joined[joined["is_given"]].merge(sums[_KEY], on=_KEY)
    has = {key: set(own) for key, own in wanted.groupby(_KEY, sort=False)["area_key"]}
    return [
        _lacks([area for area in members[key[0]] if area.lower() not in has.get(key, ())])
        for key in sums[_KEY].itertuples(index=False, name=None)
    ]


def _lacks(areas: Sequence[str]) -> str:
    return f"Not added up: {named(areas)} {'has' if len(areas) == 1 else 'have'} no usable count"


def named(areas: Sequence[str]) -> str:
    """Areas as a sentence lists them, the first few by name."""
    shown: list[str] = list(areas[:_MOST_NAMED])
    if len(areas) > _MOST_NAMED:
        shown.append(f"{len(areas) - _MOST_NAMED} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def members_of(parents: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """For each parent all areas under it that have none under them, whatever lies between.

    `parents` pairs areas with their parents; names match without case.

    Raises
    ------
    ValueError
        An area lies under itself; its name is the message.
    """
    children: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for area, parent in parents:
        for name in (parent, area):
            written.setdefault(name.lower(), name)
        children.setdefault(parent.lower(), []).append(area.lower())
    order = TopologicalSorter(children)
    try:
        upwards = list(order.static_order())
    except CycleError as error:
        raise ValueError(written[error.args[1][0]]) from error
    found: dict[str, dict[str, None]] = {}
    for key in upwards:
        found[key] = {}
        for child in children.get(key, ()):
            found[key] |= found[child] if child in children else {written[child]: None}
    return {written[key]: list(found[key]) for key in children}
